"""Krippendorff's coefficients for unitising: do analysts divide a text in the same way? Experimental.

After Krippendorff, Mathet, Bouvry and Widlöcher 2016, On the reliability of unitizing textual continua: further
developments, Quality & Quantity 50:2347-2364, as in Krippendorff 2019, Content Analysis, 4th ed., section 12.6. Each
analyst divides the whole text into units with a tag and gaps between them. Observed coincidences are lengths of
intersections, l_ck; expected ones, e_ck, are the products of their margins without what a unit has with itself: the
square of a unit's length, and of a gap its length, because a gap has no inner structure.

- ``u``: all of it, tags and gaps. ``bar_u`` (written with a bar before the u): marked or not, whatever the tag.
- ``cu``: the tags where units of two analysts intersect, whatever the ends. ``ku``: the same for one tag.

They are experimental because the paper itself was not at hand. The example of the book (three observers, 60 positions,
figure 12.11) was, at second hand: its four printed figures come out (tests/domain/test_unitising.py).

Texts are pooled by adding up their coincidences, as if they were one text; intervals are by drawing whole texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import NamedTuple

from annotator.domain.agreement import Figure, Reason, undefined

DRAWS = 1000
"""How often the texts are drawn anew for an interval."""
_SEED = 20161124
_TAIL = 0.025
_TINY = 1e-9
_FIXED = 3


class Unit(NamedTuple):
    """A stretch ``[start, end)`` of a text with a tag; the units of one analyst do not overlap."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Coincidences:
    """The sums that the coefficients are made from; those of several texts add up.

    ``tags``: the tags that have places in ``sums``. ``sums``: l.. , the gaps' margin and their diagonal; then for each
    tag its margin, its diagonal, its units' squared lengths, and margin and squares where other units intersect.
    """

    tags: tuple[str, ...]
    sums: tuple[float, ...]

    def of(self, tag: str) -> Sequence[float]:
        """Return the five sums of a tag; all 0 when it was not used."""
        if tag not in self.tags:
            return (0.0,) * 5
        at = _FIXED + 5 * self.tags.index(tag)
        return self.sums[at : at + 5]


def coincidences(length: int, layers: Sequence[Sequence[Unit]], tags: Sequence[str]) -> Coincidences:
    """Return the coincidences of two or more analysts' units on a text of ``length``; ``tags``: all that may occur."""
    analysts = len(layers)
    margin, diagonal, squares = (dict.fromkeys(tags, 0.0) for _ in range(3))
    shared: dict[Unit, dict[int, float]] = defaultdict(lambda: defaultdict(float))  # by unit and analyst
    gap_gap = 0.0
    for start, end, units in _stretches(length, layers):
        stretch, marked = end - start, sum(unit is not None for unit in units)
        gaps = analysts - marked
        gap_gap += stretch * gaps * (gaps - 1) / (analysts - 1)
        counts: dict[str, int] = defaultdict(int)
        for analyst, unit in enumerate(units):
            if unit is not None:
                counts[unit.tag] += 1
                shared[unit][analyst] += stretch * (marked - 1) / (analysts - 1)
        for tag, count in counts.items():
            diagonal[tag] += stretch * count * (count - 1) / (analysts - 1)
    for layer in layers:
        for unit in layer:
            margin[unit.tag] += unit.end - unit.start
            squares[unit.tag] += (unit.end - unit.start) ** 2
    common, common_squares = (dict.fromkeys(tags, 0.0) for _ in range(2))
    for unit, by_analyst in shared.items():
        common[unit.tag] += sum(by_analyst.values())
        common_squares[unit.tag] += sum(part**2 for part in by_analyst.values())
    total = float(analysts * length)
    sums = [total, total - sum(margin.values()), gap_gap]
    for tag in tags:
        sums += [margin[tag], diagonal[tag], squares[tag], common[tag], common_squares[tag]]
    return Coincidences(tuple(tags), tuple(sums))


def _stretches(length: int, layers: Sequence[Sequence[Unit]]) -> Iterable[tuple[int, int, Sequence[Unit | None]]]:
    """Yield the stretches in which no unit begins or ends, each with the unit of every analyst or None."""
    changes: dict[int, list[tuple[int, Unit | None]]] = {0: [], length: []}
    for analyst, layer in enumerate(layers):
        for unit in layer:
            changes.setdefault(unit.end, []).append((analyst, None))
    for analyst, layer in enumerate(layers):  # after the ends, so that a unit may begin where another one ends
        for unit in layer:
            changes.setdefault(unit.start, []).append((analyst, unit))
    current: list[Unit | None] = [None] * len(layers)
    for start, end in pairwise(sorted(changes)):
        for analyst, now in changes[start]:
            current[analyst] = now
        yield start, end, current


def added(parts: Sequence[Coincidences]) -> Coincidences:
    """Return the coincidences of several texts together. Raises ValueError when there are none."""
    if not parts:
        raise ValueError("no text to add")
    return Coincidences(parts[0].tags, tuple(map(sum, zip(*(part.sums for part in parts), strict=True))))


def u_alpha(found: Coincidences) -> Figure:
    """Return u-alpha: 1 - (l.. - sum of l_cc) / (l.. - sum of e_cc), gaps being one of the values (equation 5)."""
    total, gap, gap_gap = found.sums[:_FIXED]
    if not total - gap:
        return undefined(Reason.NOTHING_MARKED)
    own = gap + sum(found.of(tag)[2] for tag in found.tags)
    observed = total - gap_gap - sum(found.of(tag)[1] for tag in found.tags)
    alike = gap**2 - gap + sum(found.of(tag)[0] ** 2 - found.of(tag)[2] for tag in found.tags)
    return _ratio(observed, total - alike / _spread(total, own), total)


def bar_u_alpha(found: Coincidences) -> Figure:
    """Return the coefficient for marked or not: 1 - (l_0. - l_00) / (e_0. - e_00), 0 being the gaps (equation 6)."""
    total, gap, gap_gap = found.sums[:_FIXED]
    if not total - gap:
        return undefined(Reason.NOTHING_MARKED)
    own = gap + sum(found.of(tag)[2] for tag in found.tags)
    return _ratio(gap - gap_gap, gap * (total - gap) / _spread(total, own), total)


def cu_alpha(found: Coincidences) -> Figure:
    """Return cu-alpha: as u-alpha, of what lies in units of two analysts only (equations 10 and 11)."""
    used = [found.of(tag) for tag in found.tags if found.of(tag)[3]]
    total, own = sum(sums[3] for sums in used), sum(sums[4] for sums in used)
    if not used:
        return undefined(Reason.NOTHING_IN_COMMON)
    if len(used) == 1:
        return undefined(Reason.ONE_TAG)
    alike = sum(sums[3] ** 2 - sums[4] for sums in used)
    return _ratio(total - sum(sums[1] for sums in used), total - alike / _spread(total, own), total)


def ku_alpha(found: Coincidences, tag: str) -> Figure:
    """Return (k)u-alpha: 1 - (e_.k / l_.k) (l_.k - l_kk) / (e_.k - e_kk), as cu-alpha but of one tag (equation 13)."""
    every = [found.of(other) for other in found.tags if found.of(other)[3]]
    total, own = sum(sums[3] for sums in every), sum(sums[4] for sums in every)
    _, diagonal, _, margin, squares = found.of(tag)
    if not margin:
        return undefined(Reason.NOTHING_IN_COMMON)
    if len(every) == 1:
        return undefined(Reason.ONE_TAG)
    spread = _spread(total, own)
    expected = (margin * total - squares) / spread
    apart = margin * (total - margin) / spread
    return _ratio((margin - diagonal) * expected / margin, apart, margin)


def _spread(total: float, own: float) -> float:
    return total - own / total


def _ratio(observed: float, expected: float, n: float) -> Figure:
    if expected <= _TINY * n:
        return undefined(Reason.NO_VARIATION, round(n))
    return Figure(value=1 - observed / expected, n=round(n))


def intervals(
    parts: Sequence[Coincidences], coefficients: Sequence[Callable[[Coincidences], Figure]], draws: int = DRAWS
) -> list[tuple[float, float] | None]:
    """Return the 95 % intervals of coefficients over texts: whole texts are drawn with replacement, ``draws`` times.

    The percentile bootstrap of Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 13, with the texts
    as what is drawn. The dice begin alike each time. None for a coefficient with fewer than two texts behind it, or
    that is undefined in more than one draw of twenty.
    """
    if len(parts) < 2:  # noqa: PLR2004
        return [None] * len(coefficients)
    dice = Random(_SEED)  # noqa: S311  (nothing secret)
    values: list[list[float]] = [[] for _ in coefficients]
    for _ in range(draws):
        drawn = added(dice.choices(parts, k=len(parts)))
        for found, coefficient in zip(values, coefficients, strict=True):
            value = coefficient(drawn).value
            if value is not None:
                found.append(value)
    return [_middle(sorted(found), draws) for found in values]


def _middle(values: Sequence[float], draws: int) -> tuple[float, float] | None:
    if len(values) < draws * (1 - 2 * _TAIL):
        return None
    cut = round(len(values) * _TAIL)
    return values[cut], values[-1 - cut]
