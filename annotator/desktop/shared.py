"""What all windows of the program share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.desktop.folders import Folders
from annotator.desktop.icons import Icons
from annotator.desktop.shortcuts import Shortcuts
from annotator.desktop.theme import ThemeSource
from annotator.settings import Settings

if TYPE_CHECKING:
    from annotator.desktop.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Shared:
    """Settings, looks, keys, where files were last, the open windows, and the ways to another one.

    ``open_window`` takes a location, empty for a window without a project. ``show_open`` brings the window that has a
    location open to the front, and returns it; None when there is none.
    """

    settings: Settings
    themes: ThemeSource
    icons: Icons
    shortcuts: Shortcuts
    folders: Folders
    windows: Sequence[MainWindow]
    open_window: Callable[[str], MainWindow]
    show_open: Callable[[str], MainWindow | None]
