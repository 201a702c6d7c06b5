"""Laws of which backups are kept."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.store.thinning import Backup, newest_first, to_remove

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOURS = st.integers(-24 * 60, 24 * 800)
"""Ages: also of a clock that ran two months ahead."""
LIMIT = st.none() | st.integers(0, 3000)


@st.composite
def sets(draw: st.DrawFn) -> list[Backup]:
    """Draw backups whose times and numbers need not agree: a clock may have gone backwards between any two."""
    drawn = draw(st.lists(st.tuples(HOURS, st.integers(1, 400)), max_size=60))
    return [
        Backup(Path(f"{place}"), NOW - timedelta(hours=age), place, "hourly", size)
        for place, (age, size) in enumerate(drawn)
    ]


def kept(backups: list[Backup], now: datetime, limit: int | None = None) -> list[Backup]:
    gone = set(to_remove(backups, now, limit=limit))
    return [backup for backup in backups if backup not in gone]


def hourly(days: int, size: int = 0) -> list[Backup]:
    return [
        Backup(Path(f"{hours}"), NOW - timedelta(hours=hours), 10**6 - hours, "hourly", size)
        for hours in range(24 * days)
    ]


@given(sets(), LIMIT)
def test_the_newest_by_number_is_always_kept(backups: list[Backup], limit: int | None) -> None:
    assert set(newest_first(backups)[:1]) <= set(kept(backups, NOW, limit))
    assert set(newest_first(backups)[:3]) <= set(kept(backups, NOW))


@given(sets(), LIMIT)
def test_thinning_twice_is_thinning_once(backups: list[Backup], limit: int | None) -> None:
    once = kept(backups, NOW, limit)
    assert kept(once, NOW, limit) == once


@given(sets(), st.integers(0, 24 * 400), st.integers(0, 24 * 400))
def test_thinning_on_the_way_comes_to_the_same(backups: list[Backup], first: int, more: int) -> None:
    """Whoever opens a project daily has the same backups in the end as who comes back after a year."""
    early, late = NOW + timedelta(hours=first), NOW + timedelta(hours=first + more)
    assert kept(kept(backups, early), late) == kept(backups, late)


@given(sets(), st.integers(0, 24 * 400))
def test_time_that_passes_never_brings_one_back_and_a_clock_set_back_removes_none(
    backups: list[Backup], hours: int
) -> None:
    later = NOW + timedelta(hours=hours)
    assert set(kept(backups, later)) <= set(kept(backups, NOW))
    survived = kept(backups, later)
    assert kept(survived, NOW) == survived


@given(sets(), st.integers(0, 3000))
def test_what_is_kept_fits_within_the_limit_unless_one_alone_does_not(backups: list[Backup], limit: int) -> None:
    left = kept(backups, NOW, limit)
    assert sum(backup.size for backup in left) <= limit or len(left) == 1


def test_two_days_whole_then_a_day_a_week_a_month() -> None:
    left = kept(hourly(800), NOW)
    ages = [(NOW - backup.at) // timedelta(hours=1) for backup in left]
    assert ages[:48] == list(range(48))
    assert {(before // 24) - (after // 24) for before, after in zip(ages[49:60], ages[48:59], strict=True)} == {1}
    weekly = [age for age in ages if 24 * 23 <= age < 24 * 98]
    assert {after - before for before, after in itertools.pairwise(weekly)} == {24 * 7}
    monthly = [age for age in ages if age >= 24 * 98]
    assert {(after - before) // (24 * 7) for before, after in itertools.pairwise(monthly)} == {4, 5}
    assert monthly[-1] > 24 * 760, "two years are still reached back into"


@pytest.mark.parametrize(("limit", "reaches"), [(60, 700), (20, 300), (1, 0)])
def test_a_limit_gives_up_fine_steps_before_old_ones(limit: int, reaches: int) -> None:
    left = kept(hourly(800, size=1), NOW, limit)
    assert len(left) <= limit
    assert NOW - left[-1].at >= timedelta(days=reaches)
    assert left[0].at == NOW
