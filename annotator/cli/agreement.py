"""The command that prints how far the analysts of a team agree."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from annotator.cli import opening
from annotator.cli.command import DONE, Call, Command
from annotator.cli.filters import add_session
from annotator.cli.output import one_line, table
from annotator.domain.counting import counted

if TYPE_CHECKING:
    from annotator.domain.agreement import Figure
    from annotator.domain.measures import Measure
    from annotator.domain.team_figures import Scope, TeamFigures
    from annotator.services.agreement import Agreement


def _arguments(parser: argparse.ArgumentParser) -> None:
    opening.add_project(parser)
    add_session(parser, "of")


def _agreement(call: Call) -> int:
    from annotator.services.agreement import finish

    with opening.to_read(call.options) as project, call.output.progress("agreement") as progress:
        found = finish(project.agreement.steps(call.options.session), progress)
    call.output.result(_document(found), _lines(found))
    return DONE


def _lines(found: Agreement) -> Iterator[str]:
    """Yield the figures as people read them."""
    from annotator.services.figure_table import notes_on

    now = found.now
    title = f"“{found.session.name}”" if found.session else "all articles"
    analysts, texts = counted(len(now.analysts), "analyst"), counted(len(now.texts), "article")
    yield f"{title}: {analysts}, {texts} that two or more of them have submitted"
    if now.left_out:
        yield f"left out: {counted(len(now.left_out), 'article')} that fewer than two have submitted"
    yield ""
    moments = {"now": now, "at the reveal": found.at_reveal, "at the close": found.at_close}
    shown = {name: figures.whole.figures for name, figures in moments.items() if figures is not None}
    yield from table(("", *shown, "n"), [_row(measure, list(shown.values())) for measure in now.whole.figures])
    for name, scopes in (("two analysts", found.pairs(now)), ("tag", now.tags), ("article", now.articles)):
        if scopes:
            yield ""
            yield from table((name, "passages", "tag", "people", "relations"), [_headline(found, s) for s in scopes])
    yield ""
    yield from notes_on(now.whole.figures)


def _row(measure: Measure, moments: Sequence[Mapping[Measure, Figure]]) -> tuple[str, ...]:
    from annotator.services.figure_table import titled, value_text

    now = moments[0][measure]
    return titled(measure), *(value_text(figures.get(measure)) for figures in moments), str(now.n)


def _headline(found: Agreement, scope: Scope) -> tuple[str, ...]:
    from annotator.services.figure_table import value_text

    return one_line(found.name(scope), 50), *(value_text(scope.figures[measure]) for measure in scope.headline)


def _document(found: Agreement) -> dict[str, Any]:
    """Return the figures as ``--json`` prints them."""
    session = found.session
    return {
        "session": None if session is None else {"id": session.id, "name": session.name},
        "names_hidden": found.names_hidden,
        "analysts": [] if found.names_hidden else [_named(found, id_) for id_ in found.now.analysts],
        "now": _figures(found, found.now),
        "at_reveal": None if found.at_reveal is None else _figures(found, found.at_reveal),
        "at_close": None if found.at_close is None else _figures(found, found.at_close),
    }


def _named(found: Agreement, analyst_id: str) -> dict[str, str]:
    return {"id": analyst_id, "name": found.analyst(analyst_id)}


def _figures(found: Agreement, figures: TeamFigures) -> dict[str, Any]:
    return {
        "least_overlap": figures.least,
        "articles": len(figures.texts),
        "articles_left_out": len(figures.left_out),
        "whole": _scope(found, figures.whole),
        "pairs": [_scope(found, scope) for scope in found.pairs(figures)],
        "tags": [_scope(found, scope) for scope in figures.tags],
        "by_article": [_scope(found, scope) for scope in figures.articles],
    }


def _scope(found: Agreement, scope: Scope) -> dict[str, Any]:
    analysts = [] if found.names_hidden else list(scope.analysts)
    ids = {"analysts": analysts, "tag_id": scope.tag_id, "article_id": scope.article_id}
    table = [
        {"one": cell.one or None, "other": cell.other or None, "number": cell.number, "annotations": list(cell.ids)}
        for cell in scope.confusion
    ]
    return {
        "name": found.name(scope),
        **ids,
        "figures": {measure.value: _figure(measure, figure) for measure, figure in scope.figures.items()},
        "confusion": table,
    }


def _figure(measure: Measure, figure: Figure) -> dict[str, Any]:
    from annotator.domain.agreement import WORDS
    from annotator.domain.measures import EXPERIMENTAL

    return {
        "value": figure.value,
        "n": figure.n,
        "reason": None if figure.reason is None else WORDS[figure.reason],
        "interval": None if figure.low is None else [figure.low, figure.high],
        "experimental": measure in EXPERIMENTAL,
        "annotations": len(figure.ids),
        "annotations_apart": list(figure.apart),
    }


COMMANDS = (
    Command(
        name="agreement",
        summary="print how far the analysts of a team agree",
        arguments=_arguments,
        run=_agreement,
        details=(
            "Only articles that two analysts have submitted count, and they are pooled. A blind session has no\n"
            "figures before it is revealed. Without any review session, whoever marked something in an article\n"
            "counts as having read it."
        ),
        examples=("agreement story.annotator", 'agreement story.annotator --session "October" --json'),
    ),
)
