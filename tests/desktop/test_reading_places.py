"""The place where each article was read comes back: after another article, and when the project is opened again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.desktop.main_window import MainWindow
from annotator.desktop.reading_places import ReadingPlace, ReadingPlaces
from annotator.services.project import open_project
from tests.desktop.desk import Desk
from tests.desktop.windows import settle

LONG = "\n".join(f"Paragraph {n} of the ferry report, in which nobody says anything new." for n in range(1, 301))


def test_an_article_is_shown_again_where_it_was_read(desk: Desk) -> None:
    first = desk.article.id
    desk.open(desk.project.articles.add_text(LONG, title="The whole report").id)
    long = desk.article.id
    view = desk.area.view
    view.set_caret(9000)
    view.scroller.by(-37)
    before = view.page.reading_position()
    desk.open(first)
    assert view.page.at_top
    desk.open(long)
    assert (view.page.reading_position(), view.caret()) == (before, 9000)


def test_the_place_is_there_when_the_project_is_opened_again(
    open_window: Callable[[Path], MainWindow], project_file: Path, qtbot: QtBot
) -> None:
    with open_project(str(project_file)) as project:
        project.act_as(project.analysts.list()[0].name)
        article = project.articles.add_text(LONG, title="The whole report")
    window = open_window(project_file)
    space = window.workspace
    assert space is not None
    space.state.open_article(article.id)
    settle(qtbot, window)
    view = space.view
    view.scroller.by(2345)
    before = view.page.reading_position()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    again = open_window(project_file).workspace
    assert again is not None
    assert again.state.article is not None
    assert again.state.article.id == article.id
    assert again.view.page.reading_position() == before


def test_places_are_written_and_read() -> None:
    places, again = ReadingPlaces(), ReadingPlaces()
    places.note("one", ReadingPlace(5, -7, 9))
    again.read(places.written())
    assert again.of("one") == ReadingPlace(5, -7, 9)
    assert again.of("two") is None


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"a": 5}', '{"a": [1, 2]}', '{"a": [1, "2", 3]}', "null"])
def test_a_damaged_memory_is_no_harm(damaged: str) -> None:
    places = ReadingPlaces()
    places.read(damaged)
    assert places.of("a") is None


def test_only_the_texts_read_last_are_kept() -> None:
    places = ReadingPlaces()
    for number in range(400):
        places.note(str(number), ReadingPlace(number, 0, 0))
        places.note("0", ReadingPlace(1, 2, 3))
    assert places.of("0") == ReadingPlace(1, 2, 3)
    assert places.of("50") is None
    assert places.of("399") is not None
