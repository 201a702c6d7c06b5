"""The agreement figures in the user's words: what each tells, what its n counts, and why one is not defined."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.domain.agreement import Figure, Reason
from annotator.domain.measures import EXPERIMENTAL, ROLES, Measure

_tr = QCoreApplication.translate
OPEN = "–"
"""What stands where a figure is not defined."""


def measure_text(measure: Measure) -> str:
    """Return what a figure is called in a table."""
    words = {
        Measure.SAME_PASSAGE: _tr("Measure", "Same passages"),
        Measure.SAME_ENDS: _tr("Measure", "Same passages, with the same ends"),
        Measure.ANY_OVERLAP: _tr("Measure", "Same passages, by any overlap"),
        Measure.SAME_PASSAGE_AND_TAG: _tr("Measure", "Same passages with the same tag"),
        Measure.SAME_ENDS_AND_TAG: _tr("Measure", "Same passages with the same ends and tag"),
        Measure.ANY_OVERLAP_AND_TAG: _tr("Measure", "Same passages with the same tag, by any overlap"),
        Measure.TAG_KAPPA: _tr("Measure", "Same tag: Cohen’s κ"),
        Measure.TAG_FLEISS: _tr("Measure", "Same tag: Fleiss’ κ"),
        Measure.TAG_ALPHA: _tr("Measure", "Same tag: Krippendorff’s α"),
        Measure.TAG_SHARE: _tr("Measure", "Same tag: plain share"),
        Measure.ONE_TAG: _tr("Measure", "This tag given by both"),
        Measure.SAME_PEOPLE: _tr("Measure", "Same people"),
        Measure.SPEAKER: _tr("Measure", "Same speakers"),
        Measure.ON_BEHALF_OF: _tr("Measure", "Same people on whose behalf"),
        Measure.TARGET: _tr("Measure", "Same targets"),
        Measure.ABOUT: _tr("Measure", "Same people it is about"),
        Measure.REPORTED_BY: _tr("Measure", "Same people who reported it"),
        Measure.SAME_RELATIONS: _tr("Measure", "Same relations"),
        Measure.U_ALPHA: _tr("Measure", "Dividing the text: uα"),
        Measure.BAR_U_ALPHA: _tr("Measure", "Dividing the text, marked or not: |uα"),
        Measure.CU_ALPHA: _tr("Measure", "Dividing the text, tags of shared words: cuα"),
        Measure.KU_ALPHA: _tr("Measure", "Dividing the text, this tag on shared words: (k)uα"),
    }
    return words[measure]


def statement_text(measure: Measure) -> str:
    """Return what a headline figure says of the team, as the end of "They …"."""
    if measure is Measure.SAME_PASSAGE:
        return _tr("Measure", "found the same passages")
    if measure is Measure.SAME_PEOPLE:
        return _tr("Measure", "named the same people")
    if measure is Measure.SAME_RELATIONS:
        return _tr("Measure", "saw the same relations")
    return _tr("Measure", "gave the same tag")


def method_text(measure: Measure) -> str:
    """Return how a figure is made, in one line."""
    if measure in {Measure.TAG_KAPPA, Measure.TAG_FLEISS, Measure.TAG_ALPHA}:
        names = {Measure.TAG_KAPPA: "Cohen’s κ", Measure.TAG_FLEISS: "Fleiss’ κ", Measure.TAG_ALPHA: "Krippendorff’s α"}
        return _tr("Measure", "{0}: 1 is perfect, 0 is chance").format(names[measure])
    if measure in EXPERIMENTAL:
        return _tr("Measure", "experimental: 1 is perfect, 0 is chance")
    if measure is Measure.TAG_SHARE:
        return _tr("Measure", "share of pairs, 1 is all")
    return _tr("Measure", "F1: 1 is all of it, 0 is nothing")


def counted_text(measure: Measure, figure: Figure) -> str:
    """Return what a figure rests on: its n with what is counted."""
    names = _tr("Measure", "1 name compared"), _tr("Measure", "{0} names compared")
    characters = _tr("Measure", "1 character"), _tr("Measure", "{0} characters")
    pairs = _tr("Measure", "1 passage found by both"), _tr("Measure", "{0} passages found by both")
    words = {
        Measure.TAG_KAPPA: pairs,
        Measure.TAG_SHARE: (_tr("Measure", "1 pair of passages"), _tr("Measure", "{0} pairs of passages")),
        Measure.TAG_FLEISS: (_tr("Measure", "1 passage found by all"), _tr("Measure", "{0} passages found by all")),
        Measure.TAG_ALPHA: (
            _tr("Measure", "1 passage found by several"),
            _tr("Measure", "{0} passages found by several"),
        ),
        Measure.ONE_TAG: (_tr("Measure", "1 use of it"), _tr("Measure", "{0} uses of it")),
        Measure.SAME_RELATIONS: (_tr("Measure", "1 relation compared"), _tr("Measure", "{0} relations compared")),
        **dict.fromkeys(EXPERIMENTAL, characters),
        **dict.fromkeys([Measure.SAME_PEOPLE, *ROLES], names),
    }
    one, many = words.get(measure) or (_tr("Measure", "1 passage"), _tr("Measure", "{0} passages"))
    return number_text(figure.n, one, many)


def number_text(number: int, one: str, many: str) -> str:
    """Return ``one`` for 1, else ``many`` with the number in its place."""
    return one if number == 1 else many.format(f"{number:,}")


def undefined_text(reason: Reason | None) -> str:
    """Return why a figure is not defined."""
    words = {
        Reason.NOTHING_MARKED: _tr("Undefined", "Nobody marked a passage."),
        Reason.NOTHING_IN_COMMON: _tr("Undefined", "No passage was marked by two analysts."),
        Reason.NO_PEOPLE: _tr("Undefined", "Nobody is named where two marked the same."),
        Reason.NO_RELATIONS: _tr("Undefined", "No relation between passages that two marked."),
        Reason.ONE_ANALYST: _tr("Undefined", "Fewer than two analysts have submitted the same article."),
        Reason.ONE_TAG: _tr("Undefined", "Only one tag was used: that may be chance."),
        Reason.ONE_TAG_BY_ONE: _tr("Undefined", "One of the two used a single tag: that may be chance."),
        Reason.NO_VARIATION: _tr("Undefined", "All of the text is treated alike: that may be chance."),
        Reason.NOT_ALL_IN_COMMON: _tr("Undefined", "No passage was marked by all analysts."),
    }
    return words[reason] if reason is not None else ""


def value_text(figure: Figure) -> str:
    """Return a figure with two digits, or an en dash."""
    return OPEN if figure.value is None else _two_digits(figure.value)


def interval_text(figure: Figure) -> str:
    """Return the interval of a figure, empty when it has none."""
    if figure.low is None or figure.high is None:
        return ""
    return _tr("Measure", "{0} to {1}").format(_two_digits(figure.low), _two_digits(figure.high))


def _two_digits(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
