"""Moments as the user's country writes them."""

from __future__ import annotations

from PySide6.QtCore import QDate, QDateTime, QLocale


def moment_text(moment: QDateTime, *, today: bool = True) -> str:
    """Return a moment in the user's notation; ``today``: with the day also when it is today.

    Where no country is set (the C locale) it is as ISO 8601 has it: Qt's own notation for that reads like none.
    """
    locale, brief = QLocale(), QLocale.FormatType.ShortFormat
    only_time = not today and moment.date() == QDate.currentDate()
    if locale.language() is QLocale.Language.C:
        return moment.toString("HH:mm" if only_time else "yyyy-MM-dd HH:mm")
    return locale.toString(moment.time(), brief) if only_time else locale.toString(moment, brief)
