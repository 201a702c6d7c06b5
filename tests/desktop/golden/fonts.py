"""The environment in which golden pictures are painted: the same fonts, sizes and edges of letters on every machine."""

from __future__ import annotations

import os
from pathlib import Path

_NAMES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
_FOLDERS = ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu-sans-fonts", "/usr/share/fonts/TTF")
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
  <match target="font">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="autohint" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
    <edit name="lcdfilter" mode="assign"><const>lcdnone</const></edit>
  </match>
</fontconfig>
"""


def folder_of_fonts() -> Path | None:
    """Return the folder with the fonts that come with libfontconfig1 on Debian; None when this machine has none."""
    for folder in map(Path, _FOLDERS):
        if all((folder / name).is_file() for name in _NAMES):
            return folder
    return None


def environment(fonts: Path, folder: Path, *, scale: str) -> dict[str, str]:
    """Return the environment for a process that paints; ``folder`` is its own, ``scale`` the screen's factor."""
    shown = folder / "fonts"
    shown.mkdir(parents=True, exist_ok=True)
    for name in _NAMES:
        if not (shown / name).exists():
            (shown / name).symlink_to(fonts / name)
    configuration = folder / "fonts.conf"
    configuration.write_text(_CONFIGURATION.format(folder=shown, cache=folder / "cache"), encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "LC_", "LANG", "XDG_"))}
    return kept | {
        "FONTCONFIG_FILE": str(configuration),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": scale,
        "QT_FONT_DPI": "96",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "ANNOTATOR_CONFIG_DIR": str(folder / "config"),
        "ANNOTATOR_DATA_DIR": str(folder / "data"),
    }
