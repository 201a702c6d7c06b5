"""Laws of deciding, whatever was marked and decided: undo is its inverse, layers stay as they are, and the final
version has what was decided and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from annotator.domain.annotations import Annotation
from annotator.domain.errors import UserError
from annotator.domain.relations import Relation, RelationKind
from annotator.domain.reviews import CardRow, Decision, ReasonCode, final_passage_ids
from annotator.domain.versions import content_of
from annotator.services.deciding import Deciding
from annotator.services.project import Project, create_project
from annotator.services.review_edits import Writing
from annotator.services.under_review import ClusterUnderReview
from tests.made_once import MEMORY
from tests.services.actions import state_of

TEXT = "The ‘secret’ toll 🌉 of the bridge was naïve, they said. Nobody asked us.\nThe register shows it.\n"
AUTHORS = ("Ben Cole", "Cy Dahl", "Eva Fry")
# Each example makes a project on the disk; shrinking one would take minutes.
_slow = settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)

spans = st.tuples(st.sampled_from([0, 4, 22, 30, 57, 72]), st.sampled_from([3, 9, 16, 22]), st.integers(0, 2))
layers = st.lists(spans, max_size=4)
links = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from(list(RelationKind))), max_size=5)
acts = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 20), st.integers(0, 20)), min_size=2, max_size=6)


@contextmanager
def session(marked: Sequence[Sequence[tuple[int, int, int]]], linked: Sequence[Any]) -> Iterator[tuple[Project, str]]:
    """Make a revealed session over random work; the reviewer is writing."""
    with (
        tempfile.TemporaryDirectory(dir=MEMORY) as folder,
        create_project(Path(folder) / "law.annotator", name="Law", analyst="Ann Bell") as project,
    ):
        article = project.articles.add_text(TEXT, title="A")
        people = [project.people.add(name) for name in ("Dora Quill", "Ivo Brandt")]
        for name in (*AUTHORS, "Rae Voss"):
            project.analysts.add(name)
        members = [*((name, "author") for name in AUTHORS), ("Rae Voss", "reviewer")]
        session = project.reviews.create("S", articles=[article.id], members=members, reason_on_reject=False)
        project.reviews.open(session.id)
        for name, marks in zip(AUTHORS, marked, strict=True):
            project.act_as(name)
            for start, length, kind in marks:
                tag = ("Claim", "Denial", "Evidence")[kind]
                who = [(people[kind % 2].id, "speaker")] if length % 2 else []
                project.annotations.add(article.id, start=start, end=start + length, tag=tag, people=who)
            own = project.annotations.list(layer="mine")
            for one, other, relation in linked if own else ():
                attempt(lambda: project.relations.add(own[one % len(own)].id, own[other % len(own)].id, relation))  # noqa: B023
            project.submissions.submit(session.id, article.id)
        project.act_as("Ann Bell")
        project.reviews.reveal(session.id)
        project.act_as("Rae Voss")
        yield project, session.id


def attempt(act: Callable[[], object]) -> bool:
    try:
        act()
    except UserError:
        return False
    return True


def act(project: Project, session_id: str, choice: tuple[int, int, int]) -> bool:
    """Decide something; return whether it could be done."""
    kind, one, other = choice
    deciding = project.deciding
    review = deciding.review(session_id)
    if kind == 0:
        return attempt(lambda: deciding.accept_unanimous(session_id))
    if kind == 1:
        return attempt(lambda: _add(deciding, project, session_id, one))
    if kind == 2 and review.others:
        return attempt(lambda: deciding.drop(session_id, review.others[one % len(review.others)].decision.id))
    if not review.clusters:
        return False
    found = review.clusters[one % len(review.clusters)]
    return attempt(lambda: _ACTS[kind % len(_ACTS)](deciding, session_id, found, other))


def _add(deciding: Deciding, project: Project, session_id: str, one: int) -> None:
    (article,) = project.articles.list()
    deciding.new(session_id, article.id, Writing(span=(one, one + 3), tag="Claim"))


def _someone(found: ClusterUnderReview, other: int) -> str:
    sides = found.cluster.sides
    return sides[other % len(sides)].analyst_id


_ACTS: tuple[Callable[[Deciding, str, ClusterUnderReview, int], object], ...] = (
    lambda d, s, found, n: d.take(s, found.key, _someone(found, n)),
    lambda d, s, found, n: d.take(s, found.key, _someone(found, n), rows=[list(CardRow)[n % len(CardRow)]]),
    lambda d, s, found, n: d.combine(s, found.key, ["people", "relations"]),
    lambda d, s, found, n: d.accept(s, found.key, reason_code=list(ReasonCode)[n % len(ReasonCode)]),
    lambda d, s, found, n: d.nothing(s, found.key),
    lambda d, s, found, n: d.park(s, found.key, f"Reason {n}"),
    lambda d, s, found, n: d.withdraw(s, found.key),
    lambda d, s, found, n: d.edit(s, found.key, Writing(span=(n, n + 5), tag="Evidence")),
    lambda d, s, found, n: d.edit(s, found.key, Writing(attribution="record", note=f"note {n}")),
    lambda d, s, found, n: d.vote(s, found.key, AUTHORS[n % 3], _someone(found, n)),
    lambda d, s, found, n: d.take_all(s, _someone(found, n), found.cluster.sides[0].annotations[0].tag_id),
)


def work_of(project: Project) -> dict[str, bytes]:
    """Return the layers: everything that analysts made, by id."""
    with project.context.read() as reader:
        found = [*reader.all(Annotation, session_id=None), *reader.all(Relation, session_id=None)]
    return {entity.id: content_of(entity) + entity.version.encode() for entity in found}


def check_final_version(project: Project, session_id: str) -> None:
    """Check that every passage of the final version has its one decision, and every link two ends there."""
    with project.context.read() as reader:
        decisions = [d for d in reader.all(Decision, session_id=session_id) if d.final_annotation_id is not None]
        passages = {a.id for a in reader.all(Annotation, session_id=session_id)}
        relations = reader.all(Relation, session_id=session_id)
    claimed = [id_ for decision in decisions for id_ in final_passage_ids(decision) if id_ in passages]
    assert sorted(claimed) == sorted(passages), "each passage belongs to one decision"
    assert all(decision.final_annotation_id in passages for decision in decisions)
    for relation in relations:
        assert {relation.source_id, relation.target_id} <= passages
        assert relation.source_id != relation.target_id
    assert len({(r.source_id, r.target_id, r.kind) for r in relations}) == len(relations)
    assert project.verify.run().passed
    assert project.loose_ends.list() == []


@_slow
@given(st.tuples(layers, layers, layers), links, acts)
def test_deciding_and_undoing_it_is_identity_and_touches_no_layer(
    marked: tuple[Any, Any, Any], linked: Sequence[Any], sequence: Sequence[tuple[int, int, int]]
) -> None:
    with session(marked, linked) as (project, session_id):
        work = work_of(project)
        states = [state_of(project)]
        for choice in sequence:
            done = act(project, session_id, choice)
            state = state_of(project)
            assert done or state == states[-1]
            assert work_of(project) == work
            check_final_version(project, session_id)
            if state != states[-1]:
                states.append(state)
        event(f"{min(len(states) - 1, 4)} changes or more")
        for before in reversed(states[:-1]):
            project.history.undo()
            assert state_of(project) == before
        for after in states[1:]:
            project.history.redo()
            assert state_of(project) == after


@_slow
@given(st.tuples(layers, layers, layers), links, acts)
def test_the_order_of_decisions_does_not_matter_to_the_links(
    marked: tuple[Any, Any, Any], linked: Sequence[Any], sequence: Sequence[tuple[int, int, int]]
) -> None:
    """Deciding everything anew, one after the other, changes no link: they were all there as soon as they could be."""
    with session(marked, linked) as (project, session_id):
        for found in project.deciding.clusters(session_id):
            project.deciding.take(session_id, found.key, found.cluster.sides[0].analyst_id)
        links_of = {(r.source_id, r.target_id, r.kind) for r in project.deciding.final(session_id).relations}
        event("with links" if links_of else "without links")
        for found in reversed(project.deciding.clusters(session_id)):
            project.deciding.nothing(session_id, found.key)
        assert project.deciding.final(session_id).relations == ()
        for found in reversed(project.deciding.clusters(session_id)):
            project.deciding.take(session_id, found.key, found.cluster.sides[0].analyst_id)
        again = {(r.source_id, r.target_id, r.kind) for r in project.deciding.final(session_id).relations}
        assert again == links_of
