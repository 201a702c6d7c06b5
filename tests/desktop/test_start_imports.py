"""What is not imported before the first paint, and what is imported before Qt: it decides how long a start takes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from annotator.services.project import open_project
from tests.desktop.windows import make_project_file

ROOT = Path(__file__).resolve().parents[2]

_START = """
import enum, sys
made = []
plain = enum.EnumType.__new__
def noted(kind, name, *rest, **more):
    made.append(name)
    return plain(kind, name, *rest, **more)
enum.EnumType.__new__ = noted

from annotator.desktop.app import create_window
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
before_qt = list(sys.modules)[: list(sys.modules).index("PySide6")]
print(sorted({"annotator.desktop.action_table", "annotator.settings", "typing_extensions"} - set(before_qt)))
window = create_window(sys.argv[1])
# lists of names that come with all styles, all widgets, all dialogs, and what assistive technology hears
names = {"PrimitiveElement", "WizardButton", "FileMode", "AnnouncementPoliteness"}
def painted():
    print(sorted(names.intersection(made)))
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QFileDialog, QStyle, QWizard
    print(sorted(names.intersection(made)))
    sys.stdout.flush()
    QTimer.singleShot(0, window.close)
def watch(_glance):
    window.sight.page.painted.connect(painted)
window.opening.looked.connect(watch)
window.closed.connect(QApplication.exit)
window.show()
QApplication.exec()
"""


def test_an_article_is_painted_before_qts_heavy_classes_are_imported(tmp_path: Path) -> None:
    path = make_project_file(tmp_path / "one.annotator")
    with open_project(path) as project:
        project.articles.delete(next(one.id for one in project.articles.list() if one.outlet == "The Courier"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _START, str(path)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    late_own, before_paint, asked = done.stdout.splitlines()
    assert late_own == "[]", "imported after Qt"
    assert before_paint == "[]", "imported before the first paint"
    assert asked == "['AnnouncementPoliteness', 'FileMode', 'PrimitiveElement', 'WizardButton']"
