"""Where windows stand when screens come and go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from pytestqt.qtbot import QtBot

from annotator.desktop import window_places
from annotator.desktop.main_window import MainWindow
from annotator.desktop.window_places import fitted, is_reachable
from annotator.settings import Settings

LAPTOP, LEFT = QRect(0, 0, 1366, 768), QRect(-1920, 0, 1920, 1080)
ABOVE, BELOW = QRect(0, -1080, 1920, 1080), QRect(0, 768, 1366, 768)


@pytest.mark.parametrize(
    ("frame", "reachable"),
    [
        (QRect(100, 100, 800, 600), True),
        (QRect(-1500, 200, 800, 600), False),
        (QRect(-750, 200, 800, 600), False),
        (QRect(-650, 200, 800, 600), True),
        (QRect(100, 760, 800, 600), False),
        (QRect(100, -30, 800, 600), False),
    ],
)
def test_a_window_has_to_be_seizable_at_its_top(frame: QRect, reachable: bool) -> None:
    assert is_reachable(frame, [LAPTOP]) is reachable
    assert is_reachable(frame, [LAPTOP, LEFT, ABOVE, BELOW])


def test_a_window_of_a_screen_that_is_gone_comes_to_the_nearest() -> None:
    assert fitted(QRect(-1500, 200, 800, 500), [LAPTOP]) == QRect(0, 200, 800, 500)
    assert fitted(QRect(-1500, 300, 1800, 1000), [LAPTOP]) == LAPTOP
    assert fitted(QRect(3000, 900, 800, 500), [LEFT, LAPTOP]) == QRect(566, 268, 800, 500)
    assert fitted(QRect(9, 9, 9, 9), []) == QRect(9, 9, 9, 9)


def test_places_are_remembered_for_each_set_of_screens(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(project_file, size=(700, 500))
    window.move(40, 30)
    window.close()
    with monkeypatch.context() as patch:
        patch.setattr(window_places, "_name", lambda _screens: "window.others")
        elsewhere = open_window()
        elsewhere.resize(660, 400)
        elsewhere.move(5, 6)
        elsewhere.close()
    assert Settings().layout("window") == Settings().layout("window.others") != ""
    again = open_window(size=(1, 1))
    assert again.pos() == QPoint(40, 30)


def test_a_window_outside_every_screen_is_brought_within(qtbot: QtBot, open_window: Callable[..., MainWindow]) -> None:
    window = open_window(size=(700, 500))
    window.move(-4000, -4000)
    window.owner._bring_within()  # type: ignore[union-attr]
    assert window.screen().availableGeometry().contains(window.frameGeometry())
    assert (window.width(), window.height()) == (700, 500)
