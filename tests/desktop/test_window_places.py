"""Where windows stand when screens come and go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from pytestqt.qtbot import QtBot

from annotator.desktop import window_places
from annotator.desktop.main_window import MainWindow
from annotator.desktop.window_places import first_size, fitted, is_reachable
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


@pytest.mark.parametrize(
    ("screen", "first"),
    [
        ((683, 384), (675, 344)),
        ((1366, 768), (1358, 728)),
        ((1920, 1080), (1440, 900)),
        ((2732, 1536), (1639, 922)),
        ((3840, 2160), (2200, 1296)),
        ((5120, 1440), (2200, 900)),
    ],
)
def test_the_first_window_is_of_a_size_that_is_of_use(screen: tuple[int, int], first: tuple[int, int]) -> None:
    assert first_size(QSize(*screen)) == QSize(*first)


def test_a_window_at_the_top_of_the_screen_comes_back_where_it_was(
    qtbot: QtBot, open_window: Callable[..., MainWindow]
) -> None:
    """Its inside would begin where a title bar is; with Qt's own way it came back lower at each start."""
    window = open_window(size=(700, 760))
    for _start in range(3):
        window.move(3, 1)
        window_places.remember_place(window, Settings())
        window.resize(640, 400)
        window.move(60, 50)
        window_places.restore_place(window, Settings())
        assert (window.pos(), window.height()) == (QPoint(3, 1), 760)


def test_a_window_that_filled_the_screen_does_so_again_and_knows_its_place(
    qtbot: QtBot, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(size=(700, 500))
    window.move(40, 30)
    window.showMaximized()
    window.close()
    again = open_window(size=(700, 500))
    settings = Settings()
    assert again.isMaximized()
    again.close()
    assert settings.layout("window") == f"40 30 700 500 {Qt.WindowState.WindowMaximized.value}"


def test_a_window_of_a_larger_screen_is_made_smaller(qtbot: QtBot, open_window: Callable[..., MainWindow]) -> None:
    Settings().remember_layout(window="100 50 2400 1300 0")
    window = open_window(size=(640, 360))
    room = window.screen().availableGeometry()
    window_places.restore_place(window, Settings())
    assert room.contains(window.frameGeometry())


@pytest.mark.parametrize("text", ["", "AdnQywADAAAAAAAA", "1 2 3", "1 2 -3 4 0", "1 2 300 400 7", "a b c d e"])
def test_a_text_that_is_no_place_moves_nothing(qtbot: QtBot, open_window: Callable[..., MainWindow], text: str) -> None:
    window = open_window(size=(700, 500))
    window.move(40, 30)
    Settings().remember_layout(window=text)
    window_places.restore_place(window, Settings())
    assert (window.pos(), window.width(), window.height()) == (QPoint(40, 30), 700, 500)


def test_a_window_outside_every_screen_is_brought_within(qtbot: QtBot, open_window: Callable[..., MainWindow]) -> None:
    window = open_window(size=(700, 500))
    window.move(-4000, -4000)
    window.owner._bring_within()  # type: ignore[union-attr]
    assert window.screen().availableGeometry().contains(window.frameGeometry())
    assert (window.width(), window.height()) == (700, 500)
