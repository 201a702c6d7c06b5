"""Where file dialogs begin: in the folder that was used last, at first in the user's documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from annotator.settings import Settings

_LAYOUT = "folder"


class Folders:
    """The folder of the file that was chosen last, whatever it was chosen for; remembered over a restart."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def last(self) -> Path:
        """The folder used last; that of the user's documents while there is none any more."""
        known = self._settings.layout(_LAYOUT)
        return Path(known) if known and Path(known).is_dir() else documents_folder()

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

    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return folder if folder.is_dir() else Path.home()
