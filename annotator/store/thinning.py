"""Which rolling backups are kept: fewer the older they are, and never more than fit within a limit of size.

A backup belongs to a day, its day to a week and its week to a month (that of the week's Thursday), so that what is
kept for a longer stretch was always kept for the shorter ones within it. Nothing here counts from a first backup:
thinning often or seldom comes to the same, and a clock that was wrong removes nothing that counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

KEPT_ALL = timedelta(days=2)
KEPT_DAILY = timedelta(days=16)
KEPT_WEEKLY = timedelta(weeks=14)
NEVER_REMOVED = 3
"""Kept: all of two days, then one a day for two weeks, one a week for twelve, one a month; always the newest three."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One rolling backup. ``at``: UTC; ``seq``: the journal's number in it; ``why``: ``hourly`` and the like.

    ``size``: bytes.
    """

    path: Path
    at: datetime
    seq: int
    why: str
    size: int = 0


def newest_first(backups: Iterable[Backup]) -> list[Backup]:
    """Return backups in order: by the journal's number, which no clock can turn round, then by time."""
    return sorted(backups, key=lambda backup: (backup.seq, backup.at, backup.path.name), reverse=True)


def to_remove(backups: Iterable[Backup], now: datetime, *, limit: int | None = None) -> list[Backup]:
    """Return the backups that are no longer kept.

    ``limit``: bytes that those which are kept may take together; the finest steps go first, then the oldest, and the
    newest backup never.
    """
    ordered = newest_first(backups)
    worth = _worth(ordered)
    kept = [b for place, b in enumerate(ordered) if place < NEVER_REMOVED or worth[b] >= _needed(now - b.at)]
    if limit is not None:
        total = sum(backup.size for backup in kept)
        for backup in sorted(kept[:0:-1], key=worth.__getitem__):
            if total <= limit:
                break
            kept.remove(backup)
            total -= backup.size
    return [backup for backup in ordered if backup not in kept]


def _needed(age: timedelta) -> int:
    """Return what a backup of this age must be the newest of: 0 nothing, 1 its day, 2 its week, 3 its month."""
    return sum(age >= least for least in (KEPT_ALL, KEPT_DAILY, KEPT_WEEKLY))


def _worth(ordered: Sequence[Backup]) -> dict[Backup, int]:
    """Return the longest stretch of which each backup is the newest, as in :func:`_needed`."""
    worth = dict.fromkeys(ordered, 0)
    for rank, stretch in enumerate(_STRETCHES, 1):
        seen: set[object] = set()
        for backup in ordered:
            period = stretch(backup.at.date())
            if period not in seen:
                seen.add(period)
                worth[backup] = rank
    return worth


def _week(day: date) -> object:
    return day.isocalendar()[:2]


def _month(day: date) -> object:
    thursday = date.fromisocalendar(*day.isocalendar()[:2], 4)
    return thursday.year, thursday.month


_STRETCHES: tuple[Callable[[date], object], ...] = (lambda day: day, _week, _month)
