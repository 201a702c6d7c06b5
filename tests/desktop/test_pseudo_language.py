"""Everything in a language that is longer and has accents: what was not translated, what has no room for its words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from annotator.desktop.main_window import MainWindow
from annotator.desktop.pseudo_language import CLOSE, OPEN, PseudoLanguage, pseudo
from annotator.services.project import open_project
from tests.desktop.everything import PLACES, Open, Place, shown
from tests.desktop.reading_words import clipped, left_over, untranslated

SIZES = [(1366, 768), (1100, 700)]
_OWN: tuple[str, ...] = (
    "name",
    "text",
    "title",
    "outlet",
    "byline",
    "url",
    "note",
    "quote",
    "description",
    "decision_rule",
    "position",
)
_OWN += ("initials", "occasion", "comment")
"""Keys of an export under which the user's own words stand."""


@pytest.fixture
def other_language(qapp: QApplication) -> Iterator[None]:
    """Show everything in the pseudo-language."""
    language = PseudoLanguage(qapp)
    qapp.installTranslator(language)
    yield
    qapp.removeTranslator(language)


def own_words(window: MainWindow, folder: Path) -> str:
    """Return everything that the user has typed, or that comes from the system: not ours to translate."""
    found = [str(folder), "Nora Vale", *QFontDatabase.families()]
    if window.project is not None:
        with open_project(window.project.location, read_only=True) as project:
            found += _own(project.exchange.export(with_journal=False))
        found.append(window.project.location)
    return "\n".join(" ".join(text.split()) for text in found).casefold()


def _own(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            if key in _OWN and isinstance(value, str):
                yield value
            elif key in {"examples", "aliases"}:
                yield json.dumps(value, ensure_ascii=False)
            yield from _own(value)
    elif isinstance(content, list):
        for entry in content:
            yield from _own(entry)


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_all_is_translated_and_has_room(
    qtbot: QtBot, open_window: Open, tmp_path: Path, other_language: None, place: Place, size: tuple[int, int]
) -> None:
    with shown(qtbot, open_window, tmp_path, place, size) as widget:
        window = widget if isinstance(widget, MainWindow) else widget.window().parentWidget()
        while window is not None and not isinstance(window, MainWindow):
            window = window.parentWidget()
        assert isinstance(window, MainWindow)
        widget.grab()  # lays everything out
        problems = untranslated(widget, own_words(window, tmp_path)) if size == SIZES[0] else []
        assert not problems, "\n".join(["not translated: self.tr(…), or translate(context, …)", *problems])
        problems = clipped(widget, QSize(*size))
        assert not problems, "\n".join(["too little room for longer words: wrap, elide, or let it grow", *problems])


@pytest.fixture
def words(qtbot: QtBot) -> QDialog:
    """Return a dialog with a text and a button, in the pseudo-language."""
    dialog = QDialog()
    qtbot.addWidget(dialog)
    layout = QVBoxLayout(dialog)
    layout.addWidget(QLabel(pseudo("{0} passages").format("Dora Quill"), dialog))
    layout.addWidget(QPushButton(pseudo("Close"), dialog))
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


@pytest.mark.parametrize("set_text", [QLabel.setText, QLabel.setToolTip, QLabel.setAccessibleName])
def test_what_was_not_translated_is_found(words: QDialog, set_text: Callable[[QLabel, str], None]) -> None:
    label = words.findChild(QLabel)
    assert label is not None
    assert untranslated(words, "dora quill") == []
    set_text(label, "No speaker")
    (found,) = untranslated(words, "dora quill")
    assert "'No speaker'" in found


def test_what_has_no_room_is_found(words: QDialog) -> None:
    button = words.findChild(QPushButton)
    assert button is not None
    room = QSize(1366, 768)
    assert clipped(words, room) == []
    button.setFixedWidth(20)
    assert "needs" in clipped(words, room)[0]
    button.setFixedWidth(300)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    button.move(words.width() - 100, 0)
    assert "reaches" in clipped(words, room)[0]
    assert "larger than the screen" in clipped(words, QSize(100, 100))[0]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (pseudo("Undo") + " Tag as denial", ["Tag as denial"]),
        (pseudo("{0} of {1}").format(pseudo("one"), 2), []),
        ("Ctrl+Shift+Z", []),
        ("4,200", []),
        ("No speaker", ["No speaker"]),
    ],
)
def test_what_is_left_over_of_a_text(text: str, left: list[str]) -> None:
    assert left_over(text) == left


def test_markup_and_places_of_values_stay_as_they_are() -> None:
    assert pseudo("<b>Save</b> {0}…\n%n of") == f"{OPEN}<b>Šávé</b> {{0}}…\n%n óf~~~~{CLOSE}"
    assert pseudo("{0}, {1}") == "{0}, {1}"
    assert pseudo("&Open").startswith(f"{OPEN}&Ó")
