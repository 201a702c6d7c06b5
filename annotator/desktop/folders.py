"""Where file dialogs begin: in the folder that was used last, at first in the user's documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtCore import QStandardPaths

_LAYOUT, _INCOMING = "folder", "folder of packets"


class Folders:
    """The folder of the file that was chosen last, whatever it was chosen for; remembered over a restart."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def last(self) -> Path:
        """The folder used last; that of the user's documents while there is none any more."""
        known = self._settings.layout(_LAYOUT)
        return Path(known) if known and Path(known).is_dir() else documents_folder()

    @property
    def lasting(self) -> Path:
        """The folder used last for what is to stay: that of the user's documents instead of the one of downloads."""
        last = self.last
        return documents_folder() if last == downloads_folder() else last

    @property
    def incoming(self) -> Path:
        """The folder that packets were last taken from; that of downloads while there is none."""
        known = self._settings.layout(_INCOMING)
        return Path(known) if known and Path(known).is_dir() else downloads_folder() or self.last

    def note_incoming(self, path: str) -> None:
        """Remember the folder of a packet that came in; what is written next still goes where the last went."""
        self._settings.remember_layout(**{_INCOMING: Path(path).absolute().parent.as_posix()})

    def noting(self, answer: Callable[[str], object]) -> Callable[[str], None]:
        """Return what to call with the file that was chosen: it notes the folder and calls ``answer``."""

        def take(path: str) -> None:
            self.note(path)
            answer(path)

        return take

    def note(self, path: str) -> None:
        """Remember the folder of a file."""
        self._settings.remember_layout(**{_LAYOUT: Path(path).absolute().parent.as_posix()})


def documents_folder() -> Path:
    """Return where the user's documents lie; the home folder when there is no such folder."""
    from PySide6.QtCore import QStandardPaths

    return _standard(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home()


def downloads_folder() -> Path | None:
    """Return where the user's programs put what comes from others, None when there is no such folder."""
    from PySide6.QtCore import QStandardPaths

    return _standard(QStandardPaths.StandardLocation.DownloadLocation)


def usual_folders() -> list[Path]:
    """Return the folders in which people look for files, for the side of a file dialog."""
    from PySide6.QtCore import QStandardPaths

    found = (documents_folder(), downloads_folder(), _standard(QStandardPaths.StandardLocation.DesktopLocation))
    return list(dict.fromkeys([Path.home(), *(folder for folder in found if folder is not None)]))


def _standard(place: QStandardPaths.StandardLocation) -> Path | None:
    from PySide6.QtCore import QStandardPaths

    folder = Path(QStandardPaths.writableLocation(place))
    return folder if folder.is_dir() else None
