from __future__ import annotations

import random
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.annotations import Annotation
from annotator.domain.articles import TextVersion
from annotator.domain.entities import ENTITIES
from annotator.domain.errors import ConflictError, InputError
from annotator.domain.people import Person
from annotator.domain.versions import Version, ancestors_of, heads_of
from annotator.store.database import Database
from tests.factories import DEVICE, begin, make_person, put


@pytest.fixture
def new_database(tmp_path: Path, made_file: Path) -> Iterator[Callable[[], Database]]:
    with ExitStack() as stack:
        yield partial(fresh_copy, stack, made_file, tmp_path)


def fresh_copy(stack: ExitStack, made_file: Path, folder: Path) -> Database:
    """Return a new, empty project that is closed with ``stack``."""
    path = folder / f"{uuid.uuid4()}.annotator"
    shutil.copyfile(made_file, path)
    return stack.enter_context(Database.open(str(path)))


def merge(source: Database, target: Database, *, with_journal: bool = True) -> Any:
    """Take all of ``source`` into ``target`` as a merge of an exchange file does."""
    with source.read() as reader:
        versions = reader.all_versions()
        texts = {t.id: (t.text, t.source_bytes) for t in reader.all(TextVersion, deleted=True)}
        changes = reader.changes() if with_journal else []
    if not with_journal:
        versions = default_export(versions)
    with target.write(analyst_id=None, device=DEVICE) as uow:
        uow.add_versions(versions, texts=texts, changes=changes)
        return uow.commit("Merge")


def default_export(versions: Sequence[Version]) -> list[Version]:
    """Return the heads alone, each telling all its ancestors, as an export without the journal has them."""
    groups: dict[tuple[str, str], dict[str, Version]] = {}
    for record in versions:
        groups.setdefault((record.entity_type, record.entity_id), {})[record.hash] = record
    return [
        head._replace(told_ancestors=tuple(ancestors_of(head.hash, group)), change_id=None)
        for group in groups.values()
        for head in heads_of(group)
    ]


def state(database: Database) -> Any:
    """Return everything that a merge must agree on: rows, versions with their full ancestry, conflicts."""
    with database.read() as reader:
        rows = {cls.TYPE: reader.all(cls, deleted=True) for cls in ENTITIES}
        versions = {v.hash: v for v in reader.all_versions()}
        ancestry = {hash_: ancestors_of(hash_, versions) for hash_ in versions}
        plain = {h: v._replace(told_ancestors=(), change_id=None) for h, v in versions.items()}
        return rows, plain, ancestry, reader.conflicts(), sorted(c.id for c in reader.changes())


def test_a_merge_into_an_empty_project_takes_everything(new_database: Callable[[], Database]) -> None:
    source, target = new_database(), new_database()
    start = begin(source)
    ann = put(source, start.annotation(), by=start.analyst)
    put(source, replace(ann, note="later"), by=start.analyst)
    change = merge(source, target)
    assert state(target) == state(source)
    assert len(change.edits) == 9
    assert all(edit.before is None for edit in change.edits)
    with target.read() as reader:
        assert [c.label for c in reader.changes()] == ["New project", "Put", "Put"]
        assert reader.head_seq() == 4


def test_a_merge_works_on_either_database(database: Database, new_database: Callable[[], Database]) -> None:
    source, third = new_database(), new_database()
    start = begin(source)
    ann = put(source, start.annotation(), by=start.analyst)
    merge(source, third)
    merge(source, database, with_journal=False)
    mine = put(database, replace(ann, note="here"), by=start.analyst)
    put(third, replace(ann, note="there"), by=start.analyst)
    merge(third, database)
    merge(database, third)
    assert state(database) == state(third)
    with database.read() as reader:
        assert reader.conflicts() == [("annotation", mine.id)]


def test_a_second_merge_writes_nothing(new_database: Callable[[], Database]) -> None:
    source, target = new_database(), new_database()
    begin(source)
    merge(source, target)
    with target.read() as reader:
        seq = reader.head_seq()
    assert merge(source, target).edits == ()
    with target.read() as reader:
        assert reader.head_seq() == seq


def test_heads_alone_replace_what_they_are_said_to_replace(new_database: Callable[[], Database]) -> None:
    source, target = new_database(), new_database()
    start = begin(source)
    merge(source, target)
    later = put(source, replace(start.person, name="Dora"), by=start.analyst)
    later = put(source, replace(later, name="Dora Q."), by=start.analyst)
    change = merge(source, target, with_journal=False)
    assert [(e.before, e.after) for e in change.edits] == [(start.person, later)]
    with target.read() as reader:
        assert reader.conflicts() == []
        versions = reader.versions("person", later.id)
    assert len(versions) == 2, "the body of the version between is not in the file"
    assert ancestors_of(later.version, versions) > {start.person.version}
    merge(source, target)
    assert state(target) == state(source)


def test_a_conflict_shows_the_highest_revision_and_is_ended_by_a_decision(
    new_database: Callable[[], Database],
) -> None:
    ours, theirs = new_database(), new_database()
    start = begin(ours)
    merge(ours, theirs)
    mine = put(ours, replace(start.person, name="Mine"), by=start.analyst)
    other = put(theirs, replace(start.person, name="Theirs"), by=start.analyst)
    other = put(theirs, replace(other, note="twice"), by=start.analyst)
    merge(theirs, ours)
    with ours.read() as reader:
        assert reader.get(Person, other.id) == other
        assert reader.conflicts() == [("person", other.id)]
    edited = put(ours, replace(other, note="an ordinary edit"), by=start.analyst)
    with ours.read() as reader:
        assert reader.conflicts() == [("person", other.id)], "an ordinary edit replaces the shown head alone"
    with ours.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
        decided = uow.put(replace(edited, name="Mine"), parents=(edited.version, mine.version))
        uow.commit("Decide")
    with ours.read() as reader:
        assert reader.conflicts() == []
        parents = reader.versions("person", other.id)[decided.version].parents
        assert set(parents) == {edited.version, mine.version}
    merge(ours, theirs)
    assert state(ours) == state(theirs)


def test_a_decision_for_what_is_shown_is_written_too(new_database: Callable[[], Database]) -> None:
    ours, theirs = new_database(), new_database()
    start = begin(ours)
    merge(ours, theirs)
    put(ours, replace(start.person, name="Mine"), by=start.analyst)
    put(theirs, replace(start.person, name="Theirs"), by=start.analyst)
    merge(theirs, ours)
    with ours.read() as reader:
        shown = reader.get(Person, start.person.id)
        heads = heads_of(reader.versions("person", start.person.id))
    assert shown is not None
    assert len(heads) == 2
    with ours.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
        uow.put(shown, parents=tuple(head.hash for head in heads))
        assert len(uow.commit("Keep this one").edits) == 1
    with ours.read() as reader:
        assert reader.conflicts() == []


def test_a_decision_must_name_the_shown_head(new_database: Callable[[], Database]) -> None:
    database = new_database()
    start = begin(database)
    with database.write(analyst_id=None, device=DEVICE) as uow, pytest.raises(ConflictError):
        uow.put(replace(start.person, name="x"), parents=("0" * 64,))


def test_equal_changes_on_two_sides_are_no_conflict(new_database: Callable[[], Database]) -> None:
    ours, theirs = new_database(), new_database()
    start = begin(ours)
    merge(ours, theirs)
    put(ours, replace(start.person, name="Same"), by=start.analyst)
    put(theirs, replace(start.person, name="Same"), by=start.analyst, device="their-device")
    merge(theirs, ours)
    with ours.read() as reader:
        assert len(heads_of(reader.versions("person", start.person.id))) == 2
        assert reader.conflicts() == []


def test_versions_that_replace_each_other_in_a_circle_are_refused(new_database: Callable[[], Database]) -> None:
    source, target = new_database(), new_database()
    start = begin(source)
    put(source, replace(start.person, name="Later"), by=start.analyst)
    with source.read() as reader:
        one, two = reader.versions("person", start.person.id).values()
    one, two = one._replace(told_ancestors=(two.hash,)), two._replace(told_ancestors=(one.hash,))
    with target.write(analyst_id=None, device=DEVICE) as uow, pytest.raises(InputError, match="circle"):
        uow.add_versions([one, two])


def test_an_empty_project_is_taken_over(new_database: Callable[[], Database]) -> None:
    source, target = new_database(), new_database()
    begin(source)
    own = begin(target)
    put(target, own.annotation(note="of our own"), by=own.analyst)
    with source.read() as reader:
        versions, changes = reader.all_versions(), reader.changes()
        texts = {t.id: (t.text, t.source_bytes) for t in reader.all(TextVersion)}
    with target.write(analyst_id=None, device=DEVICE) as uow:
        uow.clear()
        uow.add_versions(versions, texts=texts, changes=changes)
        change = uow.commit("Take over")
    assert state(target) == state(source)
    with target.read() as reader:
        assert reader.search("own") == []
        assert {row.entity_type for row in reader.search("bridge")} == {"article", "text_version"}
    gone = [e.before for e in change.edits if e.after is None]
    assert own.analyst in gone
    assert own.claim not in gone, "the ready-made tags have the same ids in every project"


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["add", "edit", "delete", "decide", "merge", "merge heads"]),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, 1000),
    ),
    max_size=14,
)


def act(writers: Sequence[Database], analysts: Sequence[Any], action: tuple[str, int, int, int]) -> None:
    """Let one of the writers do one thing to the people of the project."""
    what, who, other, number = action
    database, by = writers[who], analysts[who]
    if what.startswith("merge"):
        merge(writers[other], database, with_journal=what == "merge")
        return
    with database.read() as reader:
        people = reader.all(Person, deleted=True)
        conflicts = reader.conflicts()
        heads = [heads_of(reader.versions(*key)) for key in conflicts]
    device = f"device-{who}"
    if what == "add" or not people:
        put(database, make_person(f"Person {number % 7}"), by=by, device=device)
    elif what == "decide" and heads:
        chosen = heads[number % len(heads)]
        with database.write(analyst_id=by.id, device=device) as uow:
            shown = uow.get(Person, chosen[0].entity_id)
            assert shown is not None
            uow.put(replace(shown, note=f"decided {number}"), parents=tuple(h.hash for h in chosen))
            uow.commit("Decide")
    elif what == "delete":
        with database.write(analyst_id=by.id, device=device) as uow:
            uow.delete(people[number % len(people)])
            uow.commit("Delete")
    else:
        person = people[number % len(people)]
        put(database, replace(person, name=f"Name {number % 5}", deleted_at=None), by=by, device=device)


@given(actions=ACTIONS, order=st.permutations([0, 1, 2]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_merging_histories_of_three_writers_commutes_is_associative_and_idempotent(
    actions: list[tuple[str, int, int, int]], order: list[int], tmp_path: Path, made_file: Path
) -> None:
    folder = tmp_path
    with ExitStack() as stack:

        def fresh(*sources: Database) -> Database:
            made = fresh_copy(stack, made_file, folder)
            for source in sources:
                merge(source, made)
            return made

        first = fresh()
        start = begin(first)
        writers = [first, fresh(first), fresh(first)]
        for action in actions:
            act(writers, [start.analyst] * 3, action)
        a, b, c = writers
        together = state(fresh(a, b, c))
        assert state(fresh(*(writers[n] for n in order))) == together
        assert state(fresh(a, fresh(b, c))) == together
        merge(c, a)
        merge(b, a)
        merge(b, a)
        assert state(a) == together
        with a.read() as reader:
            assert reader.all(Annotation) == []


def test_the_property_test_meets_conflicts(new_database: Callable[[], Database]) -> None:
    """Guard the test above: random actions like its own do lead to conflicts and to decisions on them."""
    first = new_database()
    start = begin(first)
    writers = [first, new_database(), new_database()]
    merge(first, writers[1])
    merge(first, writers[2])
    dice = random.Random(7)
    seen = set()
    for _ in range(60):
        act(
            writers,
            [start.analyst] * 3,
            (
                dice.choice(["edit", "edit", "merge", "decide"]),
                dice.randrange(3),
                dice.randrange(3),
                dice.randrange(99),
            ),
        )
        for writer in writers:
            with writer.read() as reader:
                seen.add(bool(reader.conflicts()))
    assert seen == {True, False}
