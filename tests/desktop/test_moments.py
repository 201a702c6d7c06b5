"""Moments in the notation of the user's country."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

from annotator.desktop.moments import moment_text

THEN = QDateTime(QDate(2025, 3, 14), QTime(9, 30))


@pytest.fixture(autouse=True)
def locale_again() -> Iterator[None]:
    """Put the locale back that the other tests have."""
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(("country", "words"), [("de_DE", "14.03.25 09:30"), ("C", "2025-03-14 09:30")])
def test_a_moment_is_as_the_country_writes_it(country: str, words: str) -> None:
    QLocale.setDefault(QLocale(country) if country != "C" else QLocale.c())
    assert moment_text(THEN) == words
    assert moment_text(THEN, today=False) == words


def test_the_day_is_left_out_when_it_is_today() -> None:
    QLocale.setDefault(QLocale.c())
    now = QDateTime(QDate.currentDate(), QTime(9, 30))
    assert moment_text(now, today=False) == "09:30"
    assert moment_text(now).endswith(" 09:30")
