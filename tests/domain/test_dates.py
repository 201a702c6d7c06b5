from __future__ import annotations

import pytest

from annotator.domain.dates import first_day, is_partial_date, last_day, may_lie_within, written_out


@pytest.mark.parametrize(
    "date",
    [
        "2024",
        "2024-10",
        "2024-10-24",
        "2024-02-29",
        "2024-10-24T09:30",
        "2024-10-24T09:30:00Z",
        "2024-10-24T09:30:00+01:00",
    ],
)
def test_partial_dates(date: str) -> None:
    assert is_partial_date(date)


@pytest.mark.parametrize(
    "date",
    [
        "",
        "24",
        "2024-13",
        "2024-00",
        "2023-02-29",
        "2024-10-24T",
        "2024-10-24T25:00",
        "24/10/2024",
        "2024-1",
        "0000",
        "٢٠٢٤",
    ],
)
def test_no_dates(date: str) -> None:
    assert not is_partial_date(date)


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-10-24", "2024-10-24", "2024-10-24"),
        ("2024-10-24T09:30:00Z", "2024-10-24", "2024-10-24"),
        ("", "", ""),
    ],
)
def test_days_that_a_date_may_mean(date: str, first: str, last: str) -> None:
    assert (first_day(date), last_day(date)) == (first, last)


@pytest.mark.parametrize(
    ("date", "start", "end", "within"),
    [
        ("2024", "2024-06", "", True),
        ("2024", "2025", "", False),
        ("2024-06", "", "2024-06-15", True),
        ("2024-06-16", "", "2024-06-15", False),
        ("2024-06-15", "2024-06-15", "2024-06-15", True),
        ("", "", "", True),
        ("", "2024", "", False),
        ("", "", "2024", False),
    ],
)
def test_date_within_a_range(date: str, start: str, end: str, within: bool) -> None:
    assert may_lie_within(date, start, end) is within


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026-11-2", "2026-11-02"),
        ("2026-1", "2026-01"),
        ("2026-1-24", "2026-01-24"),
        ("2026-11-02", "2026-11-02"),
        ("2026", "2026"),
        ("", ""),
        ("2.11.2026", "2.11.2026"),
        ("2026-11-2T09:30", "2026-11-2T09:30"),
    ],
)
def test_noughts_that_were_not_typed_are_written(typed: str, kept: str) -> None:
    assert written_out(typed) == kept
