"""The status line: words, progress that shows after a while, and cancelling."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from annotator.desktop.progress import ProgressReport
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


def test_progress_says_how_far_a_job_is_how_many_wait_and_that_it_is_stopping(qtbot: QtBot) -> None:
    line = line_of(qtbot)
    cancel = line.findChild(QPushButton, "progressCancel")
    assert cancel is not None
    line.show_progress(ProgressReport(1, "Exporting", 312, 1_000))
    line.show_progress(ProgressReport(2, "Backing up", 0, 0))
    assert text(line, "progressText") == "Exporting · 31 % · 1 more waits"
    qtbot.waitUntil(cancel.isVisible)
    with qtbot.waitSignal(line.cancel_requested) as asked:
        cancel.click()
    assert asked.args == [1]
    assert text(line, "progressText") == "Exporting: cancelling… · 1 more waits"
    assert not cancel.isEnabled(), "it has been asked for once"
    line.show_progress(ProgressReport(1, "Exporting", 1, 1, finished=True))
    assert text(line, "progressText") == "Backing up"
    assert cancel.isEnabled()
    assert cancel.isVisible(), "the one behind is shown now"
    line.show_progress(ProgressReport(2, "Backing up", 1, 1, finished=True))
    assert not cancel.isVisible()


def test_how_long_a_job_still_takes_is_told_once_that_can_be_known(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("annotator.desktop.status_line.monotonic", lambda: now[0])
    line = line_of(qtbot)
    line.show_progress(ProgressReport(1, "Exporting", 0, 1_000))
    for at, done, words in (
        (102.0, 400, ""),
        (110.0, 20, ""),
        (110.0, 500, " · about 10 s left"),
        (340.0, 500, " · about 4 min left"),
    ):
        now[0] = at
        line.show_progress(ProgressReport(1, "Exporting", done, 1_000))
        assert text(line, "progressText") == f"Exporting · {done // 10} %{words}"
    line.show_progress(ProgressReport(1, "Exporting", 1, 1, finished=True))


def test_in_a_narrow_window_the_counts_make_way_for_what_is_under_way(qtbot: QtBot) -> None:
    line = line_of(qtbot)
    line.set_counts({TagKind.CLAIM: 12, TagKind.DENIAL: 20, TagKind.OTHER: 3})
    line.set_analyst("AB")
    line.set_saving(True)
    line.set_zoom(100)
    line.resize(660, 36)
    counts, words = (line.findChild(QLabel, name) for name in ("statusCounts", "progressText"))
    assert counts is not None
    assert words is not None
    assert counts.isVisible()
    line.show_progress(ProgressReport(1, "Restoring the backup of 2026-11-25 00:58", 42, 100))
    qtbot.waitUntil(words.isVisible)
    assert not counts.isVisible()
    assert words.width() > 170
    line.resize(1400, 36)
    assert counts.isVisible()
    line.resize(660, 36)
    line.show_progress(ProgressReport(1, "Restoring the backup of 2026-11-25 00:58", 100, 100, finished=True))
    assert counts.isVisible()
