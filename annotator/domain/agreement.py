"""Agreement coefficients for plain values, each from its source; what is not defined is so with a reason, never 0 or 1.

All of them take counts or labels of any hashable kind and know nothing of annotations; what they are made of and pooled
over is told in :mod:`annotator.domain.team_figures`, and the family for unitising in :mod:`annotator.domain.unitising`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a figure is not defined."""

    NOTHING_MARKED = "nothing_marked"
    NOTHING_IN_COMMON = "nothing_in_common"
    NO_PEOPLE = "no_people"
    NO_RELATIONS = "no_relations"
    ONE_ANALYST = "one_analyst"
    ONE_TAG = "one_tag"
    ONE_TAG_BY_ONE = "one_tag_by_one"
    NO_VARIATION = "no_variation"
    NOT_ALL_IN_COMMON = "not_all_in_common"


WORDS: dict[Reason, str] = {
    Reason.NOTHING_MARKED: "nobody marked a passage",
    Reason.NOTHING_IN_COMMON: "no passage was marked by two analysts",
    Reason.NO_PEOPLE: "nobody is named on the passages that were marked by two analysts",
    Reason.NO_RELATIONS: "no relation lies between passages that were marked by two analysts",
    Reason.ONE_ANALYST: "fewer than two analysts have submitted the same article",
    Reason.ONE_TAG: "only one tag was used, so that nothing tells agreement from chance",
    Reason.ONE_TAG_BY_ONE: "one of the two used a single tag, so that nothing tells agreement from chance",
    Reason.NO_VARIATION: "the analysts treat all of the text alike, so that nothing tells agreement from chance",
    Reason.NOT_ALL_IN_COMMON: "no passage was marked by all analysts",
}
"""The reasons as people read them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One agreement figure: a value, or None and why.

    ``n``: how many things it rests on; what is counted is told where it is made. ``low`` and ``high``: a 95 % interval,
    or None. ``ids``: the annotations it was made from; ``apart``: those among them on which analysts differ.
    """

    value: float | None = None
    n: int = 0
    reason: Reason | None = None
    low: float | None = None
    high: float | None = None
    ids: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


def undefined(reason: Reason, n: int = 0) -> Figure:
    """Return a figure that is not defined."""
    return Figure(n=n, reason=reason)


def f_measure(both: int, one: int, other: int, nothing: Reason) -> Figure:
    """Return the F1 of two analysts: ``both`` things in common of ``one`` and ``other`` things.

    It is symmetric, and the same as positive specific agreement, to which Cohen's kappa comes near when what neither
    marked is without end, as it is in text (Hripcsak and Rothschild 2005, JAMIA 12:296-298). ``n``: things in all.
    """
    total = one + other
    return Figure(value=2 * both / total, n=total) if total else undefined(nothing)


def share(alike: int, total: int, nothing: Reason) -> Figure:
    """Return the plain share of ``total`` that is alike, not corrected for chance; ``n``: the total."""
    return Figure(value=alike / total, n=total) if total else undefined(nothing)


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Figure:
    """Return Cohen's kappa of two analysts' labels for the same things (Cohen 1960, Educ. Psych. Meas. 20:37-46).

    (Po - Pe) / (1 - Pe), with Pe from each analyst's own distribution. It is 0 whatever they agree on when one of them
    has a single label, and is then called undefined. ``n``: pairs.
    """
    n = len(pairs)
    if not n:
        return undefined(Reason.NOTHING_IN_COMMON)
    one, other = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    if len(one.keys() | other.keys()) == 1:
        return undefined(Reason.ONE_TAG, n)
    if len(one) == 1 or len(other) == 1:
        return undefined(Reason.ONE_TAG_BY_ONE, n)
    observed = sum(a == b for a, b in pairs) / n
    expected = sum(count * other[label] for label, count in one.items()) / n**2
    return Figure(value=(observed - expected) / (1 - expected), n=n)


def fleiss_kappa(units: Sequence[Sequence[Hashable]]) -> Figure:
    """Return Fleiss' kappa of several analysts' labels (Fleiss 1971, Psychological Bulletin 76:378-382).

    Each unit has one label by every analyst: who leaves one out cannot be counted here. ``n``: units. Raises ValueError
    when units have different numbers of labels, or fewer than two.
    """
    if not units:
        return undefined(Reason.NOT_ALL_IN_COMMON)
    raters = len(units[0])
    if raters < 2 or any(len(unit) != raters for unit in units):  # noqa: PLR2004
        raise ValueError("every unit needs a label by each of at least two analysts")
    n = len(units)
    totals = Counter(label for unit in units for label in unit)
    if len(totals) == 1:
        return undefined(Reason.ONE_TAG, n)
    alike = sum(count * (count - 1) for unit in units for count in Counter(unit).values())
    observed = alike / (n * raters * (raters - 1))
    expected = sum(count**2 for count in totals.values()) / (n * raters) ** 2
    return Figure(value=(observed - expected) / (1 - expected), n=n)


def nominal_alpha(units: Iterable[Sequence[Hashable]]) -> Figure:
    """Return Krippendorff's alpha for nominal labels, by any number of analysts, some of which may be missing.

    1 - Do / De by coincidences: a unit with m labels adds each ordered pair of them with the weight 1 / (m - 1), and
    one with a single label nothing (Krippendorff 2004, Content Analysis, 2nd ed., pp. 221-230; 2011, Computing
    Krippendorff's Alpha-Reliability, section C). ``n``: units with two labels or more.
    """
    paired = [Counter(unit) for unit in units if len(unit) > 1]
    if not paired:
        return undefined(Reason.NOTHING_IN_COMMON)
    totals: Counter[Hashable] = Counter()
    apart = 0.0
    for labels in paired:
        size = labels.total()
        totals.update(labels)
        apart += (size**2 - sum(count**2 for count in labels.values())) / (size - 1)
    if len(totals) == 1:
        return undefined(Reason.ONE_TAG, len(paired))
    every = totals.total()
    expected = (every**2 - sum(count**2 for count in totals.values())) / (every - 1)
    return Figure(value=1 - apart / expected, n=len(paired))
