"""Draw the icons in the sizes that desktops ask for: ``make icons`` → ``resources/desktop/icons``."""

from __future__ import annotations

import os
from pathlib import Path

from annotator import paths
from annotator.cli.shortcut import ICON_SIZES, ICONS


def draw(folder: Path) -> None:
    """Write every icon in every size into ``folder``, as in an icon theme."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
    from PySide6.QtSvg import QSvgRenderer

    from annotator.desktop.icons import app_drawing

    _ = QGuiApplication.instance() or QGuiApplication([])
    for name, drawing in ICONS.items():
        for size in ICON_SIZES:
            source = f"icons/{app_drawing(size)}.svg" if name == "apps/annotator" else drawing
            image = QImage(size, size, QImage.Format.Format_ARGB32)
            image.fill(0)
            painter = QPainter(image)
            QSvgRenderer(str(paths.resource(*source.split("/")))).render(painter)
            painter.end()
            place = folder / f"{size}x{size}" / f"{name}.png"
            place.parent.mkdir(parents=True, exist_ok=True)
            writer = QImageWriter(str(place), b"png")
            if not writer.write(image):
                raise OSError(writer.errorString())


if __name__ == "__main__":
    draw(paths.resource("desktop", "icons"))
