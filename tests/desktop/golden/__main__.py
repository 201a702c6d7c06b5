"""Make the golden pictures anew: ``python -m tests.desktop.golden``. Look at every one before you commit it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from PySide6.QtGui import QImage

from tests.desktop.golden.comparing import difference
from tests.desktop.golden.fonts import folder_of_fonts
from tests.desktop.golden.painting import PICTURES, paint_all


def main() -> int:
    """Paint all scenes and take each picture that differs; return the exit code."""
    fonts = folder_of_fonts()
    if fonts is None:
        sys.stderr.write("The fonts of the pictures are missing: install fonts-dejavu-core.\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="golden-") as name:
        folder = Path(name)
        paint_all(fonts, folder)
        PICTURES.mkdir(exist_ok=True)
        made = sorted(folder.glob("*.png"))
        for old in set(PICTURES.glob("*.png")) - {PICTURES / new.name for new in made}:
            old.unlink()
            print(f"gone: {old}")
        for new in made:
            old = PICTURES / new.name
            if not old.exists() or difference(QImage(str(new)), QImage(str(old))).matters:
                shutil.copyfile(new, old)
                print(f"new: {old}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
