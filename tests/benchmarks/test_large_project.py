"""A project of 1,000 articles and 100,000 passages against one of a single article: what is done in one article.

The article is the same in both, so whatever the large one takes longer grows with what nobody touched.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from annotator.desktop.article_view import ArticleView, TagStyle
from annotator.domain.annotations import AnnotationPerson, Role
from annotator.domain.articles import TextVersion
from annotator.domain.passages import PassageFilter
from annotator.domain.people import Person
from annotator.services.project import Project, open_project
from annotator.settings import DeviceMemory
from annotator.store.driver import connect
from tests.benchmarks.conftest import Ratio
from tests.benchmarks.large import make_project
from tests.benchmarks.raw import FIND, played, recorded
from tests.benchmarks.scene import article_view, hiding, settled
from tests.factories import DEVICE, make_annotation

GROWTH = 1.5
"""How much longer an action in one article may take among a thousand others; above the noise of a shared machine."""

Action = Callable[[], object]


@pytest.fixture
def both(large_copy: Path, tmp_path: Path) -> Iterator[tuple[Project, Project]]:
    """Return the large project and the small one, with an analyst who writes."""
    memory = DeviceMemory(tmp_path / "device.json")
    with (
        open_project(large_copy, analyst="Ann Bell", memory=memory) as large,
        make_project(tmp_path / "small.annotator", memory, articles=1, passages=100) as small,
    ):
        yield large, small


def first_article(project: Project) -> str:
    return project.articles.list()[0].id


def test_open_an_article(ratio: Ratio, both: tuple[Project, Project]) -> None:
    def opening(project: Project) -> Action:
        article_id = first_article(project)

        def read() -> None:
            text = project.articles.text(article_id)
            assert text.text
            assert len(project.annotations.marks(article_id)) >= 100
            project.annotations.labels(article_id)

        return read

    large, small = map(opening, both)
    ratio("open one article among 1,000 against alone", large, small, GROWTH)


def test_tag(ratio: Ratio, both: tuple[Project, Project]) -> None:
    def tagging(project: Project) -> Action:
        article_id, starts = first_article(project), itertools.count()
        return lambda: project.annotations.add(article_id, start=next(starts), end=5_000, tag="Claim")

    large, small = map(tagging, both)
    ratio("tag a passage among 100,000 against among 100", large, small, GROWTH)


def test_undo(ratio: Ratio, both: tuple[Project, Project]) -> None:
    def undoing(project: Project) -> tuple[Action, Action]:
        passage = project.annotations.list(first_article(project))[0]
        notes = itertools.count()
        return project.history.undo, lambda: project.annotations.edit(passage.id, note=f"note {next(notes)}")

    (undo_large, edit_large), (undo_small, edit_small) = map(undoing, both)

    def edit() -> None:
        edit_large()
        edit_small()

    ratio("undo an edit among 100,000 against among 100", undo_large, undo_small, GROWTH, before_each=edit)


def test_filter(ratio: Ratio, both: tuple[Project, Project]) -> None:
    def filtering(project: Project) -> Action:
        wanted = PassageFilter(article_id=first_article(project), layer="mine")
        return lambda: project.passages.query(wanted)

    large, small = map(filtering, both)
    ratio("filter one article's passages among 1,000", large, small, GROWTH)


def test_hide_tags(ratio: Ratio, both: tuple[Project, Project], qapp: QApplication) -> None:
    def show(project: Project, view: ArticleView) -> Action:
        article_id = first_article(project)
        tags = {tag.id: TagStyle(tag.kind, tag.colour, name=tag.name) for tag in project.codebook.tags()}
        view.set_tag_styles(tags)
        view.set_article(project.articles.text(article_id).text, ())
        view.set_marks(project.annotations.marks(article_id))
        settled(view)
        return hiding(view, frozenset(list(tags)[::3]))

    with article_view() as among_many, article_view() as alone:
        large, small = (show(project, view) for project, view in zip(both, (among_many, alone), strict=True))
        ratio("hide a third of the tags in one article among 1,000 against alone", large, small, GROWTH)
        assert any(among_many.painter.draw_list_of(shown).lines for shown in among_many.page.shown())


@pytest.fixture
def raw(both: tuple[Project, Project], tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return a plain connection to a copy of the large project, with the same pragmas."""
    path = tmp_path / "raw.annotator"
    both[0].context.database.backup(path)
    connection = connect(path)
    yield connection
    connection.close()


def test_write_among_very_many(ratio: Ratio, both: tuple[Project, Project], raw: sqlite3.Connection) -> None:
    large = both[0]
    database, analyst, tag = large.context.database, large.analyst, next(iter(large.codebook.tags()))
    assert analyst is not None
    with database.read() as reader:
        text = reader.all(TextVersion, article_id=first_article(large))[0]
        person = reader.all(Person)[0]
    people = tuple(AnnotationPerson(person_id=person.id, role=role) for role in (Role.SPEAKER, Role.TARGET))
    places = itertools.count()

    def write() -> None:
        start = next(places) % 5_000
        with database.write(analyst_id=analyst.id, device=DEVICE) as uow:
            uow.put(make_annotation(text, tag, analyst, start, start + 100, people=people))
            uow.commit("Claim")

    write()
    name = "write one annotation, 2 people, journal, commit among 100,000 against sqlite3"
    ratio(name, write, played(raw, recorded(database, write)), 8)


def test_search_among_very_many(ratio: Ratio, both: tuple[Project, Project], raw: sqlite3.Connection) -> None:
    database = both[0].context.database

    def find() -> int:
        with database.read() as reader:
            return len(reader.search("bridge", limit=50))

    assert find() == 50
    name = "search a word of 1,000 articles and 100,000 passages against sqlite3"
    ratio(name, find, lambda: raw.execute(FIND, ('"bridge"*',)).fetchall(), 3)
