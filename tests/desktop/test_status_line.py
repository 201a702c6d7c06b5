"""The status line: words, progress that shows after a while, and cancelling."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from annotator.desktop.jobs import ProgressReport
from annotator.desktop.status_line import StatusLine
from annotator.domain.codebook import TagKind


def line_of(qtbot: QtBot) -> StatusLine:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show()
    return line


def text(line: StatusLine, name: str) -> str:
    label = line.findChild(QLabel, name)
    assert label is not None
    return label.text()


def test_counts_and_states_in_words(qtbot: QtBot) -> None:
    line = line_of(qtbot)
    line.set_counts({TagKind.CLAIM: 1, TagKind.DENIAL: 2, TagKind.OTHER: 3})
    assert text(line, "statusCounts") == "1 claim  2 denials  0 evidence  3 other"
    line.set_counts(None)
    assert text(line, "statusCounts") == ""
    line.set_saving(True)
    assert text(line, "statusSaved") == "saving…"
    line.set_saving(False)
    assert text(line, "statusSaved") == "all changes saved"
    line.set_read_only("Ann has it open")
    assert text(line, "statusSaved") == "read-only: Ann has it open"


def test_progress_shows_only_when_a_job_takes_long_and_can_be_cancelled(qtbot: QtBot) -> None:
    line = line_of(qtbot)
    bar, cancel = line.findChild(QProgressBar, "progressBar"), line.findChild(QPushButton, "progressCancel")
    assert bar is not None
    assert cancel is not None
    line.show_progress(ProgressReport(7, "Exporting", 0, 0))
    assert not bar.isVisible()
    qtbot.waitUntil(bar.isVisible)
    line.show_progress(ProgressReport(7, "Exporting", 3, 10))
    assert (bar.value(), bar.maximum()) == (3, 10)
    with qtbot.waitSignal(line.cancel_requested) as asked:
        cancel.click()
    assert asked.args == [7]
    line.show_progress(ProgressReport(7, "Exporting", 1, 1, finished=True))
    assert not bar.isVisible()


def test_a_short_job_shows_no_progress_later(qtbot: QtBot) -> None:
    line = line_of(qtbot)
    line.show_progress(ProgressReport(1, "Reading", 0, 0))
    line.show_progress(ProgressReport(1, "Reading", 1, 1, finished=True))
    assert not line._patience.isActive()


def test_the_analyst_and_the_zoom_can_be_clicked(qtbot: QtBot) -> None:
    line = line_of(qtbot)
    line.set_analyst("AB")
    line.set_zoom(120)
    for name, signal, shown in (
        ("statusAnalyst", line.analyst_clicked, "analyst AB"),
        ("statusZoom", line.zoom_clicked, "zoom 120 %"),
    ):
        button = line.findChild(QToolButton, name)
        assert button is not None
        assert button.text() == shown
        with qtbot.waitSignal(signal):
            button.click()
