"""How long the start takes, as ratios to the least that a Qt program can do: import the widgets and show one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator import open_project
from annotator.services.project import create_project
from tests.benchmarks.conftest import Ratio
from tests.benchmarks.ratios import childrens_time

ROOT = Path(__file__).resolve().parents[2]

_LEAST = """
import os
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
class Window(QWidget):
    def paintEvent(self, event):
        os._exit(0)
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""
_EMPTY = """
import os
from annotator.desktop.app import create_window
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
window = create_window("")
window.resize(1440, 900)
def paint():
    window.repaint()
    os._exit(0)
window.show()
QTimer.singleShot(0, paint)
QApplication.exec()
"""
_ARTICLE = """
import os, sys
from annotator.desktop.app import create_window
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from annotator.desktop.article_view import ArticleView
window = create_window(sys.argv[1])
window.resize(1440, 900)
def look():
    found = window.findChild(ArticleView, "articleView")
    if found is not None and found.isVisible() and len(found.visible_marks()) > 0:
        window.repaint()
        os._exit(0)
timer = QTimer(interval=1)
timer.timeout.connect(look)
timer.start()
window.show()
QApplication.exec()
"""
_MEMORY = """
import os, sys
from pathlib import Path
from annotator.desktop.app import create_window
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
window = create_window(sys.argv[1])
window.resize(1440, 900)
def look():
    space = window.workspace
    if space is not None and space.state.article is not None and len(space.state.articles) == 1000:
        window.repaint()
        status = Path("/proc/self/status").read_text()
        print(int(status.split("VmRSS:")[1].split()[0]) / 1024, flush=True)
        os._exit(0)
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
window.show()
QApplication.exec()
"""


@pytest.fixture
def program(own_folders: Path) -> Callable[..., str]:
    """Runs a program to its first paint, in user's folders of its own, and returns what it printed."""
    own = {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "HOME": str(own_folders)}
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **own}  # a start compiles nothing

    def run(code: str, *words: str) -> str:
        command = [sys.executable, "-c", code, *words]
        return subprocess.run(
            command, env=environment, check=True, timeout=60, stdout=subprocess.PIPE, text=True
        ).stdout

    return run


def test_an_empty_window(ratio: Ratio, program: Callable[..., str]) -> None:
    ratio(
        "process start to first paint of an empty window",
        lambda: program(_EMPTY),
        lambda: program(_LEAST),
        2.0,
        pairs=7,
        clock=childrens_time,
    )


def test_an_article_with_passages(ratio: Ratio, program: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "story.annotator"
    text = "\n\n".join(f"“The bridge was never sold,” said witness number {n} on Tuesday." for n in range(170))
    create_project(path, name="Story", analyst="Ann Bell").close()
    with open_project(path) as project:
        article = project.articles.add_text(text, title="The bridge")
        for start in range(0, 6000, 100):
            project.annotations.add(article.id, start=start, end=start + 30, tag="Claim")
    ratio(
        "process start to an article of 10 kB with 60 passages on screen",
        lambda: program(_ARTICLE, str(path)),
        lambda: program(_LEAST),
        3.0,
        pairs=7,
        clock=childrens_time,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="resident memory is read from /proc")
def test_memory_with_a_thousand_articles(benchmark: Any, program: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "many.annotator"
    with create_project(path, name="Many", analyst="Ann Bell") as project:
        for number in range(1000):
            text = f"Bridge {number}\n\n" + f"“Nobody sold bridge {number},” the ferry board said. " * 40
            article = project.articles.add_text(text, title=f"Bridge {number}")
            project.annotations.add(article.id, start=12, end=40, tag="Claim")
    megabytes = benchmark.pedantic(lambda: float(program(_MEMORY, str(path))), rounds=1)
    benchmark.extra_info.update(row="resident memory in MB, 1,000 articles, one open", ratio=megabytes, budget=200)
    assert megabytes <= 200
