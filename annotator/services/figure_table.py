"""The agreement figures of a session as a table in words, for its minutes."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.domain.agreement import WORDS, Figure
from annotator.domain.analysts import Analyst
from annotator.domain.measures import EXPERIMENTAL, TITLES, Measure
from annotator.domain.reviews import ReviewSession
from annotator.formats.review_record import FigureLine, FigureTable
from annotator.services.session_figures import kept_figures

_OPEN = "–"


def titled(measure: Measure) -> str:
    """Return what a figure is called, with a star when it is experimental."""
    return TITLES[measure] + (" *" if measure in EXPERIMENTAL else "")


def figure_table(session: ReviewSession, analysts: Mapping[str, Analyst]) -> FigureTable | None:
    """Return the figures that were frozen with a session, None when there are none; undefined ones say why."""
    frozen = {"at the reveal": session.figures_at_reveal, "at the close": session.figures_at_close}
    moments = {name: figures for name, kept in frozen.items() if (figures := kept_figures(kept)) is not None}
    if not moments:
        return None
    latest = list(moments.values())[-1]
    shown = [figures.whole.figures for figures in moments.values()]
    first = latest.whole.headline
    order = [*first, *(measure for measure in latest.whole.figures if measure not in first)]
    lines = [
        FigureLine(
            title=titled(measure),
            values=tuple(value_text(figures.get(measure)) for figures in shown),
            n=f"{latest.whole.figures[measure].n:,}",
            first=measure in first,
        )
        for measure in order
    ]
    pairs = [
        (
            " and ".join(analysts[id_].name if id_ in analysts else "?" for id_ in scope.analysts),
            tuple(value_text(scope.figures[measure]) for measure in scope.headline),
        )
        for scope in latest.pairs
    ]
    return FigureTable(
        moments=tuple(moments), lines=tuple(lines), pairs=tuple(pairs), notes=tuple(notes_on(latest.whole.figures))
    )


def value_text(figure: Figure | None) -> str:
    """Return a figure with two digits and its interval, an en dash when it is not defined."""
    if figure is None or figure.value is None:
        return _OPEN
    interval = "" if figure.low is None or figure.high is None else f" ({figure.low:.2f} to {figure.high:.2f})"
    return f"{figure.value:.2f}{interval}"


def notes_on(figures: Mapping[Measure, Figure]) -> list[str]:
    """Return why figures are not defined, and what the star behind a name stands for."""
    reasons: dict[str, list[str]] = {}
    for measure, figure in figures.items():
        if figure.reason is not None:
            reasons.setdefault(WORDS[figure.reason], []).append(TITLES[measure])
    notes = [f"{_OPEN} {', '.join(titles)}: {reason}." for reason, titles in reasons.items()]
    return [*notes, "* experimental"] if EXPERIMENTAL & figures.keys() else notes
