"""The window and the article view look as they did when somebody last looked at the golden pictures."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.desktop.golden.comparing import difference, difference_picture
from tests.desktop.golden.fonts import folder_of_fonts
from tests.desktop.golden.painting import PICTURES, file_name, paint_all
from tests.desktop.golden.scenes import SCENES

ACCEPT = "if it should look so, look at it well and take it: python -m tests.desktop.golden"


@pytest.fixture(scope="module")
def painted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with all scenes, painted now."""
    fonts = folder_of_fonts()
    if fonts is None:
        reason = "the fonts of the golden pictures are missing: install fonts-dejavu-core"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("golden")
    paint_all(fonts, folder)
    return folder


@pytest.mark.parametrize("name", [scene.name for scene in SCENES])
def test_it_looks_as_it_did(painted: Path, name: str) -> None:
    actual, golden = QImage(str(painted / file_name(name))), QImage(str(PICTURES / file_name(name)))
    assert not actual.isNull()
    found = difference(actual, golden)
    if found.matters:
        marked = painted / f"{name} difference.png"
        difference_picture(actual, golden).save(str(marked))
        shutil.copyfile(PICTURES / file_name(name), painted / f"{name} golden.png")
        pytest.fail(f"{name}: {found}. See {painted / file_name(name)} and “{marked}”; {ACCEPT}")


def test_every_picture_has_a_scene_and_all_are_small() -> None:
    kept = list(PICTURES.glob("*.png"))
    assert {path.name for path in kept} == {file_name(scene.name) for scene in SCENES}
    assert sum(path.stat().st_size for path in kept) < 1_500_000


# what the comparison sees and what it does not

GROUND = QColor("#ffffff")
LINE = QColor("#2f6fd0")


def page(*boxes: QRect, colour: QColor = LINE, text: bool = True) -> QImage:
    """A picture of the size of a scene, with text and these boxes on it."""
    image = QImage(860, 440, QImage.Format.Format_RGB888)
    image.fill(GROUND)
    painter = QPainter(image)
    for box in boxes:
        painter.fillRect(box, colour)
    if text:
        painter.drawText(
            QRect(40, 40, 700, 200), Qt.TextFlag.TextWordWrap, "Harbour council denies secret toll deal " * 9
        )
    painter.end()
    return image


UNDERLINE = QRect(100, 300, 40, 2)
LANE = QRect(100, 300, 180, 2)


TINTED = QRect(100, 290, 180, 30)
PAIRS: dict[str, Callable[[], tuple[QImage, QImage]]] = {
    "missing underline": lambda: (page(), page(UNDERLINE)),
    "lane a pixel lower": lambda: (page(LANE.translated(0, 1)), page(LANE)),
    "another colour": lambda: (page(LANE, colour=QColor("#2f6fe0")), page(LANE)),
    "another tint": lambda: (page(TINTED, colour=QColor("#f8eeee")), page(TINTED, colour=QColor("#eef2f8"))),
    "no text": lambda: (page(text=False), page()),
    "another size": lambda: (page().copy(0, 0, 859, 440), page()),
}


@pytest.mark.parametrize("name", PAIRS)
def test_what_one_would_see_is_a_difference(qapp: QApplication, name: str) -> None:
    assert difference(*PAIRS[name]()).matters


def test_the_rounding_of_another_machine_is_none(qapp: QApplication) -> None:
    golden = page(LANE)
    noisy = page(LANE)
    edges = [
        (x, y)
        for y in range(golden.height())
        for x in range(golden.width())
        if 0 < golden.pixelColor(x, y).lightness() < 255
    ]
    for number, (x, y) in enumerate(edges):
        by = 2 if number % 40 else 6
        was = golden.pixelColor(x, y)
        noisy.setPixelColor(x, y, QColor(*(max(0, part - by) for part in (was.red(), was.green(), was.blue()))))
    assert len(edges) > 100
    found = difference(noisy, golden)
    assert found.greatest > 0
    assert not found.matters
    assert difference_picture(noisy, golden).size() == golden.size()
