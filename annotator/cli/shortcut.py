"""The program in the menu of the desktop: its entry, icons and kinds of files, for one user or in a package.

After the specifications of freedesktop.org: Desktop Entry 1.4, Shared MIME-info 0.21, Icon Theme 0.13.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from annotator import bootstrap, paths
from annotator.children import own_command
from annotator.cli.command import DONE
from annotator.cli.output import Output
from annotator.domain.errors import UsageError

INSTALL, REMOVE = "install", "remove"
ENTRY = "applications/annotator.desktop"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)
"""Pixels; beside them there is a drawing for any size."""
ICONS = {
    "apps/annotator": "icons/annotator.svg",
    "mimetypes/application-vnd.annotator+sqlite3": "desktop/icons/project.svg",
    "mimetypes/application-vnd.annotator.packet+json": "desktop/icons/packet.svg",
}
"""An icon's name in a theme, and its drawing in ``resources/``."""
_EXEC = re.compile(r"^Exec=.*$", re.MULTILINE)
_RESERVED = re.compile(r'(["`$\\])')


def shared_files() -> dict[str, Path]:
    """Return for each file its place in a folder such as ``/usr/share``, and where it lies in ``resources/``."""
    files = {
        ENTRY: paths.resource("desktop", "annotator.desktop"),
        "mime/packages/annotator.xml": paths.resource("desktop", "annotator.xml"),
    }
    for name, drawing in ICONS.items():
        files[f"icons/hicolor/scalable/{name}.svg"] = paths.resource(*drawing.split("/"))
        for size in ICON_SIZES:
            picture = f"{size}x{size}/{name}.png"
            files[f"icons/hicolor/{picture}"] = paths.resource("desktop", "icons", *picture.split("/"))
    return files


def run(wish: str, output: Output) -> int:
    """Carry out ``--install-shortcut`` or ``--remove-shortcut``.

    Raises:
        UsageError: this system has no desktop of that sort.
        OSError: a file cannot be written.
    """
    if not sys.platform.startswith("linux"):
        raise UsageError("Shortcuts are made on Linux desktops only.", "Make one by hand to this program's file.")
    share = _share()
    if wish == INSTALL:
        install(share)
        output.say(f"Annotator is in the menu now, and opens projects and packets ({share}).")
    else:
        remove(share)
        output.say(f"Annotator is no longer in the menu ({share}).")
    return DONE


def _share() -> Path:
    """Return the user's folder of what programs share with the desktop."""
    chosen = os.environ.get("XDG_DATA_HOME", "")
    return Path(chosen) if Path(chosen).is_absolute() else Path("~/.local/share").expanduser()


def install(share: Path) -> None:
    """Write the entry, the icons and the kinds of files into ``share``, for the program as it runs now."""
    for place, source in shared_files().items():
        target = share / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    entry = share / ENTRY
    entry.write_text(_started_by(entry.read_text(encoding="utf-8"), own_command()), encoding="utf-8")
    _tell(share)


def remove(share: Path) -> None:
    """Take away what :func:`install` wrote, and the folders that are empty then."""
    files = [share / place for place in shared_files()]
    for file in files:
        file.unlink(missing_ok=True)
    _tell(share)
    for file in files:
        for folder in file.parents:
            if folder == share or (folder.is_dir() and any(folder.iterdir())):
                break
            if folder.is_dir():
                folder.rmdir()


def _started_by(entry: str, command: Sequence[str]) -> str:
    """Return the text of the entry with another command, and the folder that it is started in when it needs one."""
    line = f"Exec={' '.join(map(_quoted, command))} %F"
    if bootstrap.in_checkout():
        line += f"\nPath={bootstrap.ROOT}"
    return _EXEC.sub(lambda _: line, entry)


def _quoted(word: str) -> str:
    """Return a word of a command as an entry wants it: quoted, escaped for that and once more as a string."""
    escaped = _RESERVED.sub(r"\\\1", word).replace("\\", "\\\\").replace("%", "%%")
    return f'"{escaped}"'


def _tell(share: Path) -> None:
    """Let the desktop read anew what there is; one that lacks a tool for it does so by itself."""
    for tool, folder in (("update-mime-database", share / "mime"), ("update-desktop-database", share / "applications")):
        if shutil.which(tool) and folder.is_dir():
            subprocess.run([tool, str(folder)], check=False, stderr=subprocess.DEVNULL)  # noqa: S603  (a fixed name)
