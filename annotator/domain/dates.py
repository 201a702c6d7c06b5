"""Partial dates: ``2024``, ``2024-10``, ``2024-10-24``, or a day with a time; the precision is kept."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime

_FORM = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?))?)?)?", re.ASCII
)
_TYPED = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", re.ASCII)
_MONTHS = 12


def is_partial_date(text: str) -> bool:
    """Whether ``text`` is a year, a month, a day, or a day with a time, and exists in the calendar."""
    match = _FORM.fullmatch(text)
    if match is None:
        return False
    year, month, day, time = match.groups()
    if int(year) == 0:
        return False
    if month is not None and not 1 <= int(month) <= _MONTHS:
        return False
    if day is not None and not 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        return False
    return time is None or _is_time(text)


def written_out(typed: str) -> str:
    """Return a month or a day that was typed without its noughts (``2026-11-2``) with them; anything else as it is."""
    match = _TYPED.fullmatch(typed)
    return typed if match is None else "-".join(part.zfill(2) for part in match.groups() if part is not None)


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def first_day(date: str) -> str:
    """Return the first day (``YYYY-MM-DD``) that a partial date may mean; empty stays empty."""
    match = _FORM.fullmatch(date)
    if match is None:
        return ""
    year, month, day, _ = match.groups()
    return f"{year}-{month or '01'}-{day or '01'}"


def last_day(date: str) -> str:
    """Return the last day (``YYYY-MM-DD``) that a partial date may mean; empty stays empty."""
    match = _FORM.fullmatch(date)
    if match is None:
        return ""
    year, month, day, _ = match.groups()
    month = month or "12"
    return f"{year}-{month}-{day or f'{monthrange(int(year), int(month))[1]:02}'}"


def may_lie_within(date: str, start: str, end: str) -> bool:
    """Whether ``date`` may lie between ``start`` and ``end``, both included; an empty bound is open.

    All three are partial dates. A date that is not known (empty) lies only within a wholly open range.
    """
    if not date:
        return not (start or end)
    return (not start or last_day(date) >= first_day(start)) and (not end or first_day(date) <= last_day(end))
