"""Everywhere in the program: all that takes the focus has a name, Tab reaches it and goes in the order of reading."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QGridLayout, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import annotator.desktop
from annotator.desktop.review.screen import ReviewScreen
from tests.desktop.everything import PLACES, Open, Place, shown
from tests.desktop.review.pages import part
from tests.desktop.walking import backwards, missed, round_of, unnamed

SIZE = (1366, 768)
BASES = {"FittedDialog", "FormDialog", "OrderedDialog"}
"""What is never shown itself."""


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_what_takes_the_focus_has_a_name_and_tab_goes_in_order(
    qtbot: QtBot, open_window: Open, tmp_path: Path, place: Place
) -> None:
    with shown(qtbot, open_window, tmp_path, place, SIZE) as widget:
        assert unnamed(widget) == [], "give it setAccessibleName(self.tr(…)), or a label with it as its buddy"
        if isinstance(widget, QMenu):
            return
        went = round_of(widget)
        assert missed(widget, went) == [], "Tab does not reach it"
        assert backwards(went) == [], "against the order of reading: see QWidget.setTabOrder"


def test_every_dialog_and_review_screen_has_a_place() -> None:
    """Whatever the program can show is walked: a class that no place shows is named here."""
    for found in pkgutil.walk_packages(annotator.desktop.__path__, "annotator.desktop."):
        importlib.import_module(found.name)
    kinds = _below(QDialog) | _below(ReviewScreen)
    ours = {kind.__name__ for kind in kinds if kind.__module__.startswith("annotator.")} - BASES
    assert ours - {place.what.__name__ for place in PLACES} == set(), "add a row to PLACES, tests/desktop/everything.py"


def _below(kind: type[QWidget]) -> set[type[QWidget]]:
    """Return all classes that are made from one."""
    return {one for direct in kind.__subclasses__() for one in (direct, *_below(direct))}


@pytest.fixture
def rows(qtbot: QtBot) -> QDialog:
    """Return a dialog of two rows of two buttons, made in the order of reading."""
    dialog = QDialog()
    qtbot.addWidget(dialog)
    grid = QGridLayout(dialog)
    for number in range(4):
        button = QPushButton(str(number), dialog)
        button.setObjectName(str(number))
        grid.addWidget(button, number // 2, number % 2)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def buttons_of(rows: QDialog) -> list[QPushButton]:
    return [part(rows, QPushButton, str(number)) for number in range(4)]


def test_the_walk_finds_what_has_no_name(rows: QDialog) -> None:
    assert unnamed(rows) == []
    buttons_of(rows)[2].setText("")
    assert [line.split(" <")[0] for line in unnamed(rows)] == ["QPushButton 2"]


def test_the_walk_finds_steps_against_the_order_of_reading(rows: QDialog) -> None:
    first, second, third, last = buttons_of(rows)
    first.setFocus()
    assert backwards(round_of(rows)) == []
    for before, after in ((first, last), (last, second), (second, third)):
        QWidget.setTabOrder(before, after)
    assert len(backwards(round_of(rows))) == 1


def test_the_walk_finds_what_tab_does_not_reach(rows: QDialog) -> None:
    first, second, _third, _last = buttons_of(rows)
    first.setFocus()
    went = round_of(rows)
    assert missed(rows, went) == []
    went.remove(second)
    assert [line.split(" <")[0] for line in missed(rows, went)] == ["QPushButton 1"]
