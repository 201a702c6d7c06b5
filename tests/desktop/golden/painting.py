"""Paints scenes, in a process of its own whose fonts and sizes are the same on every machine: FOLDER SCALE."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.desktop.golden.fonts import environment

ROOT = Path(__file__).resolve().parents[3]
PICTURES = Path(__file__).parent / "pictures"
SCALES = ("1", "1.25", "2")
_UI_SIZE = 9.75
"""Points: 13 pixels at 96 dots an inch."""


def file_name(scene: str) -> str:
    """Return the name of a scene's picture."""
    return f"{scene.replace(' ', '-')}.png"


def paint_all(fonts: Path, folder: Path) -> None:
    """Paint every scene into ``folder``, one process for each scale of the screen, which is Qt's for good."""
    for scale in SCALES:
        own = folder / f"scale {scale}"
        own.mkdir(parents=True)
        subprocess.run(
            [sys.executable, "-m", "tests.desktop.golden.painting", str(folder), scale],
            cwd=ROOT,
            env=environment(fonts, own, scale=scale),
            check=True,
        )


def _paint(folder: Path, scale: str) -> None:
    from PySide6.QtGui import QFont, QImageWriter
    from PySide6.QtWidgets import QApplication

    from annotator.desktop.app import make_application
    from annotator.desktop.article_view import load_fonts
    from tests.desktop.golden.scenes import SCENES

    app = make_application()
    load_fonts()
    QApplication.setCursorFlashTime(0)
    font = QFont("DejaVu Sans")
    font.setPointSizeF(_UI_SIZE)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)
    for scene in SCENES:
        if scene.scale == scale:
            own = folder / f"scale {scale}" / scene.name
            own.mkdir()
            image = scene.paint(own)
            image = image.convertToFormat(image.Format.Format_RGB888)
            image.setDevicePixelRatio(1)
            writer = QImageWriter(str(folder / file_name(scene.name)), b"png")
            writer.setQuality(0)  # as small as can be
            if not writer.write(image):
                raise OSError(scene.name)


if __name__ == "__main__":
    _paint(Path(sys.argv[1]), sys.argv[2])
