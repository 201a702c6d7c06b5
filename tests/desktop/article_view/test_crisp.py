"""Lines have their full colour at every scale of screen: no row or column of half-covered, greyish pixels."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from annotator.paths import resource

_CHILD = """
import json, sys
from PySide6.QtGui import QColor
from annotator.desktop.app import make_application
app = make_application()
from annotator.desktop.article_view import LIGHT, ArticleView, load_fonts
from annotator.desktop.article_view.look import adapted
from tests.desktop.article_view.conftest import STYLES, TEXT, mark
load_fonts()
view = ArticleView()
view.resize(900, 500)
view.set_theme(LIGHT)
view.set_tag_styles(STYLES)
view.set_article(TEXT, ())
starts = [start for start, end in zip(view.page.table.starts, view.page.table.ends) if end > start + 40]
marks = [mark(tag, start, start + 40, tag) for start, tag in zip(starts, ("claim", "denial", "evidence"))]
view.set_marks(marks)
view.show()
picture = view.viewport().grab().toImage()
ratio = picture.devicePixelRatio()
found = {"ratio": ratio}
for each in marks:
    wanted = adapted(STYLES[each.tag_id].colour, LIGHT).rgb()
    index, laid, within = view.page.place(each.start)
    piece = laid.stretches(within, within + 20)[0]
    left = round((view.page.columns.text_left + piece.left + 12) * ratio)
    top = round((view.page.top_in_view(index) + laid.lines[piece.line].bottom) * ratio)
    base = QColor(LIGHT.base).rgb()
    box = round((view.page.top_in_view(index) + laid.lines[piece.line].top) * ratio)
    tint = picture.pixel(left, box + 1)
    rows = [[picture.pixel(x, y) for x in range(left, left + 90)] for y in range(top, top + round(6 * ratio))]
    found[each.tag_id] = {
        "greyish": sum(pixel not in (wanted, base, tint) for row in rows for pixel in row),
        "rows": [sum(pixel == wanted for pixel in row) for row in rows],
    }
print(json.dumps(found))
"""


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_underlines_have_whole_pixels_of_full_colour(scale: float) -> None:
    surroundings = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(scale),
        "PYTHONPATH": str(resource("fonts").parent.parent),
    }
    done = subprocess.run(
        [sys.executable, "-c", _CHILD], capture_output=True, text=True, check=True, env=surroundings, timeout=120
    )
    found = json.loads(done.stdout)
    assert found.pop("ratio") == scale
    for tag, seen in found.items():
        assert seen["greyish"] <= 8, (tag, seen)
        full = [row for row in seen["rows"] if row]
        assert int(2 * scale) <= len(full) <= int(2 * scale) + 1, (tag, seen)
        assert len(set(full)) == 1, "all rows of a line are alike"
    assert max(found["claim"]["rows"]) == 90
    assert 55 < max(found["denial"]["rows"]) < 85
    assert 25 < max(found["evidence"]["rows"]) < 60
