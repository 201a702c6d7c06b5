"""Offering the backups of a project: of the one that is open, and of a file that is too damaged to be opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from annotator.desktop.dialogs.backups_dialog import BackupRow, BackupsDialog
from annotator.desktop.moments import moment_text

if TYPE_CHECKING:
    from annotator.desktop.main_window import MainWindow
    from annotator.domain.errors import DamagedError
    from annotator.services.care import ToldBackup

_UNKNOWN = "–"


def offer_backups(window: MainWindow, error: DamagedError, location: str) -> None:
    """Offer to put a backup in a damaged file's place, beside the message, when there is a sound one."""
    from annotator.services.care import backups_of

    def offer(told: Sequence[ToldBackup]) -> None:
        if any(one.counts is not None for one in told):
            window.show_error(error, action=_tr("Restore a backup…"), run=lambda: _ask(window, told, location))

    window.jobs.read(lambda: backups_of(location), done=offer)


def _ask(window: MainWindow, told: Sequence[ToldBackup], location: str) -> None:
    dialog = BackupsDialog(rows_of(told), window.prompts, window, damaged=True)
    dialog.accepted.connect(lambda: window.replacing.restore_over_damaged(dialog.chosen(), location, dialog.called()))
    dialog.open()


def rows_of(told: Sequence[ToldBackup]) -> list[BackupRow]:
    """Return backups as the dialog shows them, in the user's words, time and notation."""
    locale = QLocale()
    rows = []
    for one in told:
        at = QDateTime.fromSecsSinceEpoch(int(one.backup.at.replace(tzinfo=UTC).timestamp()))
        size = locale.formattedDataSize(one.backup.size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        counts = one.counts
        figures = (None,) * 3 if counts is None else (counts.articles, counts.annotations, counts.people)
        cells = (_UNKNOWN if figure is None else locale.toString(figure) for figure in figures)
        why = _why(one.backup.why) if counts is not None else _tr("cannot be read")
        rows.append(BackupRow(one.backup.path, (moment_text(at), why, *cells, size), sound=counts is not None))
    return rows


def _why(word: str) -> str:
    """Return why a backup was made, for people."""
    words = {
        "hourly": _tr("while you worked"),
        "asked": _tr("asked for"),
        "merge": _tr("before a merge"),
        "restore": _tr("before a restore"),
        "upgrade": _tr("before an upgrade"),
        "repair": _tr("before a repair"),
        "reveal": _tr("before the reveal"),
        "close": _tr("before a session was closed"),
        "reopen": _tr("before a session was re-opened"),
    }
    return words.get(word, word)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Backups", text)
