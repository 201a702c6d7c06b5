"""A usual screen at 200 %: every dialog is whole on it, its buttons in sight, whatever it asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.desktop.widgets import fitted_dialog
from annotator.desktop.widgets.fitted_dialog import FittedDialog
from tests.desktop.everything import PLACES, Open, Place, shown

ROOM = QSize(675, 344)
"""1366 x 768 at 200 %, without a frame."""
DIALOGS = [place for place in PLACES if issubclass(place.what, FittedDialog)]


@pytest.fixture(autouse=True)
def low_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every dialog have little room."""

    def room(_dialog: QWidget) -> QSize:
        return QSize(ROOM)

    monkeypatch.setattr(fitted_dialog, "room_for", room)
    monkeypatch.setattr("annotator.desktop.dialogs.form.room_for", room)


@pytest.mark.parametrize("place", DIALOGS, ids=lambda place: place.name)
def test_a_dialog_fits_and_its_buttons_are_in_sight(
    qtbot: QtBot, open_window: Open, tmp_path: Path, place: Place
) -> None:
    with shown(qtbot, open_window, tmp_path, place, (683, 384)) as dialog:
        assert isinstance(dialog, QDialog)
        assert (dialog.size() - ROOM).width() <= 0
        assert (dialog.size() - ROOM).height() <= 0
        boxes = dialog.findChildren(QDialogButtonBox)
        outside = [
            button.text()
            for box in boxes
            for button in box.findChildren(QPushButton)
            if not dialog.rect().contains(QRect(button.mapTo(dialog, QPoint()), button.size()))
        ]
        assert boxes
        assert outside == []
        focus = dialog.focusWidget()
        assert focus is not None
        assert dialog.rect().intersects(QRect(focus.mapTo(dialog, QPoint()), focus.size())), "it is typed into unseen"
