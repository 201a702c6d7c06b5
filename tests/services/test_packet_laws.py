"""Whatever three analysts did and however their packets came, the lead ends with the same, and nothing of it is lost.

Packets are lost, doubled and out of order; only the last one of each analyst has to come once. Through real files.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from annotator.domain.annotations import Annotation
from annotator.domain.articles import TextVersion
from annotator.domain.comments import Comment
from annotator.domain.entity import now
from annotator.domain.errors import UserError
from annotator.domain.relations import Relation
from annotator.domain.reviews import Submission, SubmissionState, Verdict, VerdictOutcome
from annotator.domain.versions import Version
from annotator.formats.exchange.state import ExportOptions
from annotator.formats.exchange.writing import document_of
from annotator.services.project import Project, open_project
from annotator.services.project_state import history_of
from tests.made_once import MEMORY
from tests.services.actions import Choices, attempt, choices
from tests.services.offices import BEN, CY, LEAD, RAE, Office

DEE = "Dee Falk"
AUTHORS = (BEN, CY, DEE)
# Each example has a dozen projects on the disk; shrinking one would take minutes and tell little more.
_slow = settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
some_history = st.lists(choices, min_size=2, max_size=8)
a_round = st.tuples(some_history, some_history, some_history)
BLIND = pytest.mark.parametrize("blind", [True, False], ids=["blind", "open"])


class Team(Office):
    """A team of three authors, and the packets that they write."""

    def __init__(self, folder: Path, stack: ExitStack, *, blind: bool) -> None:
        super().__init__(folder, stack, AUTHORS, blind=blind)
        self._copies = 0
        self.letters: dict[str, list[Path]] = {name: [] for name in AUTHORS}
        for name in AUTHORS:
            self.mark(name, "Council", people=[("Nora Vale", "speaker")])

    def work(self, histories: Sequence[Sequence[Choices]]) -> None:
        """Let each author do something, take some of it back, submit everything and write a packet."""
        for name, history in zip(AUTHORS, histories, strict=True):
            project = self.projects[name]
            for choice in history:
                done = attempt(project, choice)
                if done and choice[2] % 4 == 0 and project.history.undo_label():  # what was done may change nothing
                    project.history.undo()
            for article_id in self.articles:
                try:
                    project.submissions.submit(self.session_id, article_id)
                except UserError:
                    continue  # the author has deleted the article
            with project.context.read() as reader:
                submitted = reader.count(Submission, analyst_id=self.ids[name], state=SubmissionState.SUBMITTED)
            if submitted:
                self.letters[name].append(self.packet(name, LEAD).path)

    def another_lead(self) -> Project:
        """Return a copy of the lead's project as it is now."""
        self._copies += 1
        path = self.lead.care.backup(self.folder / f"copy-{self._copies}.annotator")
        return self._stack.enter_context(open_project(path, analyst=LEAD, memory=self._memory(LEAD)))

    def collected(self, packets: Iterable[Path]) -> Project:
        """Return a copy of the lead's project that took packets in."""
        lead = self.another_lead()
        for packet in packets:
            lead.packets.take_in(packet)
        return lead

    def take_in(self, data: st.DataObject) -> None:
        """Let the lead take in what the authors wrote: each last packet, and before it any packets in any order."""
        last = self.last_letters
        every = [letter for letters in self.letters.values() for letter in letters]
        some = data.draw(st.lists(st.sampled_from(every), max_size=3)) if every else []
        for packet in data.draw(st.permutations([*some, *last])):
            self.lead.packets.take_in(packet)

    def review(self, data: st.DataObject) -> set[str]:
        """Let the reviewer give verdicts and send them to the lead; return their versions."""
        reviewer = self.member(RAE)
        passages = [a.id for a in reviewer.annotations.list()]
        for id_ in data.draw(st.lists(st.sampled_from(passages), min_size=1, max_size=4)) if passages else ():
            outcome = data.draw(st.sampled_from(VerdictOutcome))
            try:
                reviewer.deciding.judge(self.session_id, id_, outcome, comment="Said twice.")
            except UserError:
                continue  # its article was not submitted
        self.send(RAE, LEAD)
        return {hash_ for hash_, v in versions_of(reviewer).items() if v.entity_type == Verdict.TYPE}

    def send_back(self, data: st.DataObject) -> None:
        """Send the authors what the lead has, one after the other, to some of them twice; their own work stays."""
        for name in data.draw(st.permutations([*AUTHORS, data.draw(st.sampled_from(AUTHORS))])):
            mine = own_work(self, name)
            self.send(LEAD, name)
            assert own_work(self, name) == mine

    @property
    def last_letters(self) -> list[Path]:
        return [letters[-1] for letters in self.letters.values() if letters]


@contextmanager
def team(*, blind: bool) -> Iterator[Team]:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder, ExitStack() as stack:
        yield Team(Path(folder), stack, blind=blind)


def content(project: Project) -> bytes:
    with project.context.read(whole=True) as reader:
        versions = sorted((v._replace(article_id=None) for v in reader.all_versions()), key=lambda v: v.hash)
        changes = sorted((replace(change, seq=0) for change in reader.changes()), key=lambda change: change.id)
    return repr((versions, changes)).encode()


def versions_of(project: Project) -> dict[str, Version]:
    with project.context.read(whole=True) as reader:
        return {version.hash: version for version in reader.all_versions()}


def check_layers(project: Project) -> None:
    """Check that each layer is written by its analyst alone, and each submission said by who made it."""
    for version in versions_of(project).values():
        if version.entity_type in {Annotation.TYPE, Relation.TYPE, Submission.TYPE}:
            assert version.owner_id is None or version.by == version.owner_id


def own_work(team: Team, name: str) -> set[str]:
    """Return the versions of an author's passages, links and comments on what of the session the author submitted."""
    project = team.projects[name]
    with project.context.read(whole=True) as reader:
        texts = {
            s.text_id for s in reader.all(Submission, analyst_id=team.ids[name]) if s.state is SubmissionState.SUBMITTED
        }
        submitted = {text.article_id for text in reader.get_many(TextVersion, texts).values()}
        article_of = {a.id: a.article_id for a in reader.all(Annotation, deleted=True)}
        relations = reader.all(Relation, deleted=True)
    apart = {r.id for r in relations if not {article_of[r.source_id], article_of[r.target_id]} <= submitted}
    return {
        hash_
        for hash_, version in versions_of(project).items()
        if version.by == team.ids[name] and version.entity_id not in apart
        if (version.entity_type in {Annotation.TYPE, Relation.TYPE} and version.article_id in submitted)
        or (version.entity_type == Comment.TYPE and version.article_id in team.articles)
    }


def whole_file(project: Project) -> dict[str, Any]:
    """Return everything that a project holds as an exchange document, what a session keeps apart with it."""
    with project.context.read(whole=True) as reader:
        return document_of(history_of(reader), ExportOptions(with_journal=True), exported_at=now())


@BLIND
@_slow
@given(rounds=st.lists(a_round, min_size=1, max_size=3), data=st.data())
def test_collecting_commutes_is_associative_and_idempotent(
    rounds: list[tuple[list[Choices], ...]], data: st.DataObject, blind: bool
) -> None:
    with team(blind=blind) as people:
        for histories in rounds:
            people.work(histories)
        last = people.last_letters
        every = [letter for letters in people.letters.values() for letter in letters]
        wanted = content(people.collected(last))
        some = data.draw(st.lists(st.sampled_from(every), max_size=6)) if every else []
        messy = people.collected(data.draw(st.permutations([*some, *last])))
        assert content(messy) == wanted
        for letter in every:
            assert messy.packets.take_in(letter).nothing_new
        assert content(messy) == wanted
        grouped = people.collected(last[:1])
        grouped.exchange.merge(whole_file(people.collected(last[1:])))
        assert content(grouped) == wanted
        event(f"{len(last)} authors sent something")
        assert messy.care.check().problems == ()
        check_layers(messy)


@BLIND
@_slow
@given(before=a_round, after=a_round, data=st.data())
def test_no_passage_verdict_or_comment_is_lost_on_the_way_there_and_back(
    before: tuple[list[Choices], ...], after: tuple[list[Choices], ...], data: st.DataObject, blind: bool
) -> None:
    with team(blind=blind) as people:
        people.work(before)
        people.take_in(data)
        people.lead.reviews.reveal(people.session_id)
        written = people.review(data)
        event(f"{len(written)} verdicts")
        people.send_back(data)
        people.work(after)
        people.take_in(data)
        people.send_back(data)
        for name in AUTHORS:
            written |= own_work(people, name)
        for name, project in people.projects.items():
            if name != RAE:
                assert written <= versions_of(project).keys()
            check_layers(project)
            assert project.care.check().problems == ()


def written_by(project: Project, analyst_id: str) -> set[str]:
    """Return the hashes and changes of all versions by an analyst, and the ids of what the analyst made."""
    versions = versions_of(project).values()
    oldest: dict[str, Version] = {}
    for version in versions:
        first = oldest.setdefault(version.entity_id, version)
        if version.revision < first.revision:
            oldest[version.entity_id] = version
    made = {id_ for id_, version in oldest.items() if version.by == analyst_id}
    own = [version for version in versions if version.by == analyst_id]
    return made | {version.hash for version in own} | {version.change_id or version.hash for version in own}


@_slow
@given(rounds=st.lists(a_round, min_size=1, max_size=2), data=st.data())
def test_no_packet_has_anything_of_another_author_before_the_reveal(
    rounds: list[tuple[list[Choices], ...]], data: st.DataObject
) -> None:
    with team(blind=True) as people:
        for histories in rounds:
            people.work(histories)
        people.take_in(data)
        secrets = {name: written_by(people.lead, people.ids[name]) for name in AUTHORS}
        assert all(secrets.values()), "the lead has something of each"
        for receiver in (*AUTHORS, RAE):
            content = people.packet(LEAD, receiver).path.read_text("utf-8")
            for name in AUTHORS:
                told = {secret for secret in secrets[name] if secret in content}
                assert not told or name == receiver
