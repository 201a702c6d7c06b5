"""The desktop's own file dialogs on Linux: asked for through its portal, where there is one.

Qt shows the dialogs of macOS and Windows by itself. On Linux only a plugin for the desktop at hand could, and a program
that brings its own Qt has none but that for the XDG portal, which any desktop answers; Qt takes it when it is named
before the application is made. Where the portal does not answer in the end, Qt's own dialogs are shown.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, MutableMapping
from pathlib import Path

_THEME = "QT_QPA_PLATFORMTHEME"
_WITHOUT_DESKTOP = ("offscreen", "minimal", "vnc")
_SERVICE = "dbus-1/services/org.freedesktop.portal.Desktop.service"
_BACKENDS = "xdg-desktop-portal/portals"
_CHOOSER = b"org.freedesktop.impl.portal.FileChooser"


def prefer_portal(environment: MutableMapping[str, str] = os.environ) -> bool:
    """Have Qt ask the desktop's portal for file dialogs; return whether there is one, and nothing else is wanted."""
    if not sys.platform.startswith("linux") or _THEME in environment:
        return False
    if environment.get("QT_QPA_PLATFORM", "").startswith(_WITHOUT_DESKTOP) or not _has_session_bus(environment):
        return False
    folders = list(_shared_folders(environment))
    if not any((folder / _SERVICE).is_file() for folder in folders) or not any(map(_chooses_files, folders)):
        return False
    environment[_THEME] = "xdgdesktopportal"
    return True


def _has_session_bus(environment: MutableMapping[str, str]) -> bool:
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    return bool(environment.get("DBUS_SESSION_BUS_ADDRESS")) or (bool(runtime) and (Path(runtime) / "bus").exists())


def _shared_folders(environment: MutableMapping[str, str]) -> Iterator[Path]:
    yield Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    for folder in (environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":"):
        if folder:
            yield Path(folder)


def _chooses_files(folder: Path) -> bool:
    """Whether one of the desktops installed here answers the portal's questions for files."""
    try:
        return any(_CHOOSER in backend.read_bytes() for backend in (folder / _BACKENDS).glob("*.portal"))
    except OSError:
        return False
