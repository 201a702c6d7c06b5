"""Merging commutes, is associative and idempotent, whatever three people did; through real export files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.formats.exchange.writing import to_bytes
from annotator.services.project import Project, create_project, open_project
from tests.made_once import MEMORY
from tests.services.actions import Choices, attempt, choices

ANALYSTS = ("Ann Bell", "Bo Crane", "Cy Dunn")
# Each example makes half a dozen projects on the disk; shrinking one would take minutes and tell little more.
_slow = settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)

some_history = st.lists(choices, min_size=2, max_size=9)
three_histories = st.tuples(some_history, some_history, some_history)
JOURNAL = pytest.mark.parametrize("journal", [True, False], ids=["journal", "default"])


class Team:
    """Three people with a copy each of one project, and the files that they exchange."""

    def __init__(self, folder: Path, stack: ExitStack, journal: bool) -> None:
        self._folder = folder
        self._stack = stack
        self._journal = journal
        self._made = 0
        self.projects = [self._opened(content) for content in beginnings(journal)]
        for name, project in zip(ANALYSTS, self.projects, strict=True):
            project.act_as(name)

    def new(self) -> Project:
        return self._opened(nothing())

    def _opened(self, content: bytes) -> Project:
        self._made += 1
        path = self._folder / f"{self._made}.annotator"
        path.write_bytes(content)
        return self._stack.enter_context(open_project(path))

    def file(self, project: Project, *, journal: bool | None = None) -> Path:
        self._made += 1
        path = self._folder / f"{self._made}.json"
        project.exchange.write(path, with_journal=self._journal if journal is None else journal)
        return path

    def merged(self, *files: Path) -> Project:
        project = self.new()
        for file in files:
            project.exchange.merge(file)
        return project


@cache
def nothing() -> bytes:
    """Return the file of a project in which there is nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.annotator"
        create_project(path, name="Empty").close()
        return path.read_bytes()


@cache
def beginnings(journal: bool) -> list[bytes]:
    """Return the three files with which every example begins; the second and third have the first one's export."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{name}.annotator" for name in ANALYSTS]
        with create_project(paths[0], name="Law", analyst=ANALYSTS[0]) as first:
            article = first.articles.add_text("The ‘secret’ toll 🌉 of the bridge was naïve, they said.\n", title="A")
            first.annotations.add(article.id, start=4, end=12, tag="Claim", people=[("Dora Quill", "speaker")])
            first.annotations.add(article.id, start=0, end=3, tag="Denial")
            first.exchange.write(Path(folder) / "law.json", with_journal=journal)
        for name, path in zip(ANALYSTS[1:], paths[1:], strict=True):
            path.write_bytes(nothing())
            with open_project(path) as copy:
                copy.exchange.merge(Path(folder) / "law.json")
                copy.act_as(name, create=True)
        return [path.read_bytes() for path in paths]


@contextmanager
def team(*, journal: bool) -> Iterator[Team]:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder, ExitStack() as stack:
        yield Team(Path(folder), stack, journal=journal)


def work(project: Project, history: Sequence[Choices]) -> None:
    """Do what the choices stand for, and take some of it back again."""
    for number, choice in enumerate(history):
        attempt(project, choice)
        if choice[2] % 5 == 0 or number == len(history) - 1:
            try:
                project.history.undo()
                if choice[1] % 2:
                    project.history.redo()
            except UserError:
                continue


def content(project: Project, *, journal: bool = True) -> bytes:
    return to_bytes({**project.exchange.export(with_journal=journal), "exported_at": ""})


@JOURNAL
@_slow
@given(histories=three_histories)
def test_merging_commutes_and_is_associative(histories: tuple[list[Choices], ...], journal: bool) -> None:
    with team(journal=journal) as people:
        for project, history in zip(people.projects, histories, strict=True):
            work(project, history)
        a, b, c = (people.file(project) for project in people.projects)
        wanted = content(people.merged(a, b, c))
        assert content(people.merged(c, a, b)) == wanted
        assert content(people.merged(b, c, a)) == wanted
        both = people.file(people.merged(a, b), journal=True)  # a default export is no backup: it forgets deletions
        assert content(people.merged(c, both)) == wanted
        assert content(people.merged(both, c)) == wanted
        event("conflicts" if people.merged(a, b, c).exchange.preview(a).conflicts else "no conflicts")


@JOURNAL
@_slow
@given(histories=three_histories)
def test_merging_is_idempotent_and_reaches_everybody(histories: tuple[list[Choices], ...], journal: bool) -> None:
    with team(journal=journal) as people:
        for project, history in zip(people.projects, histories, strict=True):
            work(project, history)
        files = [people.file(project) for project in people.projects]
        first, second, _third = people.projects
        for project in (first, second):
            for file in files:
                project.exchange.merge(file)
        before = content(first)
        for file in files:
            assert first.exchange.merge(file).nothing_new
        assert content(first) == before
        assert first.verify.run().problems == ()
        if journal:
            assert content(second) == before


@JOURNAL
@_slow
@given(before=some_history, after=some_history)
def test_work_goes_on_after_a_merge(before: list[Choices], after: list[Choices], journal: bool) -> None:
    with team(journal=journal) as people:
        first, second, _third = people.projects
        work(first, before)
        second.exchange.merge(people.file(first))
        work(second, after)
        work(first, after)
        a, b = people.file(first), people.file(second)
        assert content(people.merged(a, b)) == content(people.merged(b, a))


@JOURNAL
@_slow
@given(histories=three_histories)
def test_an_export_read_into_an_empty_project_gives_the_same_export(
    histories: tuple[list[Choices], ...], journal: bool
) -> None:
    with team(journal=journal) as people:
        for project, history in zip(people.projects, histories, strict=True):
            work(project, history)
        merged = people.merged(*(people.file(project) for project in people.projects))
        for project in (*people.projects, merged):
            again = people.merged(people.file(project))
            assert content(again, journal=journal) == content(project, journal=journal)
            assert again.exchange.merge(people.file(project)).nothing_new
