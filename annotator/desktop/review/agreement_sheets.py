"""The tables of the agreement page, as they are shown, copied and saved."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from annotator.desktop.review.agreement_words import (
    counted_text,
    interval_text,
    measure_text,
    method_text,
    undefined_text,
    value_text,
)
from annotator.domain.agreement import Figure
from annotator.domain.measures import NOT_MARKED, Cell, Measure
from annotator.domain.team_figures import Scope, TeamFigures
from annotator.formats.quote_sheet_csv import safe
from annotator.services.agreement import Agreement

_tr = QCoreApplication.translate
_NUMBER = re.compile(r"−?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: its text, more about it, and the annotations behind it; ``apart``: those on which analysts differ."""

    text: str
    detail: str = ""
    ids: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    title: str = ""
    """What the annotations are, as the heading of their list."""
    open: bool = False
    """Whether the figure is not defined."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: a name for its heading, column heads, rows whose first cell names them. ``key`` names it for scripts."""

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]


def sheets(found: Agreement, figures: TeamFigures) -> list[Sheet]:
    """Return all tables of the figures of one moment; those that would be empty are left out."""
    pairs = found.pairs(figures)
    made = [
        _measures(figures.whole),
        _scopes("pairs", _tr("AgreementPage", "Two analysts"), found, pairs if len(pairs) > 1 else ()),
        _scopes("tags", _tr("AgreementPage", "Tags"), found, figures.tags),
        _scopes("articles", _tr("AgreementPage", "Articles"), found, figures.articles),
        confusion_sheet(found, figures, figures.whole),
    ]
    return [sheet for sheet in made if sheet.rows]


def as_text(sheets: Sequence[Sheet]) -> str:
    """Return tables as lines with tabs, for a text or a spreadsheet."""
    return "\n".join("\t".join(line) for line in _lines(sheets))


def as_csv(sheets: Sequence[Sheet]) -> bytes:
    """Return tables as CSV after RFC 4180, safe from formulas, in UTF-8 with the mark that spreadsheets look for."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows([_plain(cell) for cell in line] for line in _lines(sheets))
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _plain(cell: str) -> str:
    """Return a cell for a spreadsheet: a number with a sign that it knows, all else safe from formulas."""
    return cell.replace("−", "-") if _NUMBER.fullmatch(cell) else safe(cell)


def _lines(sheets: Sequence[Sheet]) -> Iterator[tuple[str, ...]]:
    for place, sheet in enumerate(sheets):
        if place:
            yield ()
        yield (sheet.title, *sheet.heads[1:])
        for row in sheet.rows:
            yield tuple(entry.text for entry in row)


def figure_entry(measure: Measure, figure: Figure, of: str = "") -> Entry:
    """Return the cell of a figure; ``of``: what it is of, for the list of its passages."""
    name = measure_text(measure)
    counted = counted_text(measure, figure)
    detail = undefined_text(figure.reason) if figure.value is None else f"{name}: {counted}. {method_text(measure)}"
    title = f"{name} · {of}" if of else name
    return Entry(value_text(figure), detail, figure.ids, figure.apart, title, figure.value is None)


def _measures(whole: Scope) -> Sheet:
    heads = (
        _tr("AgreementPage", "Figure"),
        _tr("AgreementPage", "Value"),
        _tr("AgreementPage", "95 % interval"),
        _tr("AgreementPage", "Rests on"),
        _tr("AgreementPage", "How it is made, or why it is open"),
    )
    rows = []
    for measure, figure in whole.figures.items():
        note = undefined_text(figure.reason) if figure.value is None else method_text(measure)
        cell = figure_entry(measure, figure)
        rest = (interval_text(figure), counted_text(measure, figure), note)
        rows.append((Entry(measure_text(measure)), cell, *map(Entry, rest)))
    return Sheet("figures", _tr("AgreementPage", "All figures"), heads, tuple(rows))


def _scopes(key: str, title: str, found: Agreement, scopes: Sequence[Scope]) -> Sheet:
    heads = (
        "",
        _tr("AgreementPage", "Same passages"),
        _tr("AgreementPage", "Same tag"),
        _tr("AgreementPage", "Same people"),
        _tr("AgreementPage", "Same relations"),
    )
    rows = tuple(
        (
            Entry(found.name(scope)),
            *(figure_entry(measure, scope.figures[measure], found.name(scope)) for measure in scope.headline),
        )
        for scope in scopes
    )
    return Sheet(key, title, heads, rows)


def confusion_sheet(found: Agreement, figures: TeamFigures, scope: Scope) -> Sheet:
    """Return which tags went to the same passages: the tags that were used, in the codebook's order."""
    cells = {(cell.one, cell.other): cell for cell in scope.confusion}
    used = {tag for cell in scope.confusion for tag in (cell.one, cell.other)}
    tags = [tag for tag in (*(of.tag_id or "" for of in figures.tags), NOT_MARKED) if tag in used]
    names = {tag: found.tag(tag) if tag else _tr("AgreementPage", "not marked") for tag in tags}
    title = _tr("AgreementPage", "Tags of the same passages")
    if len(scope.analysts) == 2 and not found.names_hidden:  # noqa: PLR2004
        first, second = map(found.analyst, scope.analysts)
        corner = _tr("AgreementPage", "{0} ↓  {1} →").format(first, second)
    else:
        corner = _tr("AgreementPage", "one ↓  another →")
    rows = tuple(
        (Entry(names[one]), *(_cell(cells.get((one, other)), names[one], names[other]) for other in tags))
        for one in tags
        if any((one, other) in cells for other in tags)
    )
    return Sheet("confusion", title, (corner, *names.values()), rows)


def _cell(cell: Cell | None, one: str, other: str) -> Entry:
    if cell is None:
        return Entry("")
    title = f"{one} · {other}"
    return Entry(str(cell.number), title, cell.ids, () if cell.one == cell.other else cell.ids, title)
