"""PySide6 keeps the references to None and True that Python counts.

PySide6 6.12.0 loses one at every void call and every emission on Python 3.11, which aborts the process after some
seconds of painting; ``pyproject.toml`` keeps it out, and a newer one is let in only when this passes. From Python 3.12
on the two are immortal and nothing can be lost.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

_CALLS = 300


class Sender(QObject):
    happened = Signal(bool)


def test_references_to_none_and_true_are_kept(qtbot: QtBot) -> None:
    widget, sender = QWidget(), Sender()
    qtbot.addWidget(widget)
    received: list[bool] = []
    sender.happened.connect(received.append)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(_CALLS):
        widget.setEnabled(True)
        sender.happened.emit(True)
    lost = before[0] - sys.getrefcount(None), before[1] + len(received) - sys.getrefcount(True)
    assert len(received) == _CALLS
    if sys.version_info < (3, 12):
        assert max(map(abs, lost)) <= _CALLS // 3, f"references lost to None and True: {lost}"
