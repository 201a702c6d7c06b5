"""What stands behind the printed article: the legend, and the passages with their people and relations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextLine, QTextOption

from annotator.desktop.article_view.metrics import Columns, Typography
from annotator.desktop.article_view.paints import Paints
from annotator.desktop.plurals import plural_text
from annotator.desktop.printing.breaking import Room
from annotator.desktop.printing.ink import Ink
from annotator.desktop.printing.printed_article import PrintedArticle
from annotator.desktop.words import attribution_text, relation_text, role_text
from annotator.domain.annotations import Role
from annotator.domain.articles import BlockKind
from annotator.domain.codebook import TagKind
from annotator.domain.passages import PassageRow

_tr = QCoreApplication.translate
_SAMPLE = 64
"""Width of the sample of a tag's line in the legend, in units."""
_QUOTED = 600
"""Code points of a passage that the list shows; more is cut, for the text itself is printed before it."""
_CITED = 120
"""Code points of a passage of another article that a relation shows."""


@dataclass(slots=True)
class SmallRow:
    """One line of small print: what room it needs, and how it is drawn with its corner at the painter's origin."""

    room: Room
    draw: Callable[[QPainter], None]


class SmallPrint:
    """Sets legend and list in the columns of the article: numbers and samples left of the text, words in its column."""

    def __init__(self, article: PrintedArticle, type_: Typography, columns: Columns, paints: Paints, ink: Ink) -> None:
        self._article = article
        self._type = type_
        self._columns = columns
        self._paints = paints
        self._ink = ink
        self._font = QFont(type_.label_font)
        self._font.setPixelSize(type_.label_font.pixelSize() + 2)
        self._bold = QFont(self._font)
        self._bold.setBold(True)

    def legend(self) -> Iterator[SmallRow]:
        """Yield the legend: each tag with its line and how often it is marked, and what is not printed."""
        article = self._article
        yield from self._words(_tr("Printing", "Legend"), self._bold, before=30, keeps=True, line_above=True)
        counts = Counter(mark.tag_id for mark in article.marks)
        ordered = sorted(counts, key=lambda id_: (self._paints.of(id_).style.kind, self._paints.of(id_).style.name))
        for number, tag_id in enumerate(ordered):
            yield from self._tag(tag_id, counts[tag_id], keeps=number == 0)
        if not counts:
            yield from self._words(_tr("Printing", "No passage is marked."), self._font, before=6)
        else:
            text = _tr("Printing", "Each passage has its number in the margin; a bracket shows its lines.")
            yield from self._words(text, self._font, before=8, muted=True)
        if article.hidden:
            text = _tr("Printing", "Not printed: {0} passages that a filter hides.").format(article.hidden)
            if article.hidden == 1:
                text = _tr("Printing", "Not printed: 1 passage that a filter hides.")
            yield from self._words(text, self._bold, before=8)

    def passages(self) -> Iterator[SmallRow]:
        """Yield the list of passages: number, words, tag, how they were said, people by role, relations."""
        numbers = self._article.numbers()
        rows = sorted(
            (row for row in self._article.passages if row.annotation.id in numbers),
            key=lambda row: numbers[row.annotation.id],
        )
        if rows:
            yield from self._words(_tr("Printing", "Passages"), self._bold, before=30, keeps=True, line_above=True)
        for row in rows:
            yield from self._passage(row, numbers)

    def _tag(self, tag_id: str, count: int, *, keeps: bool) -> Iterator[SmallRow]:
        paint = self._paints.of(tag_id)
        lines = {
            TagKind.CLAIM: _tr("Printing", "solid line"),
            TagKind.DENIAL: _tr("Printing", "dashed line"),
            TagKind.EVIDENCE: _tr("Printing", "dotted line"),
            TagKind.OTHER: _tr("Printing", "double line"),
        }
        number = plural_text("Printing", "1 passage", "{0} passages", count)
        key = f" ({paint.style.key})" if paint.style.key else ""
        text = f"{paint.style.name or _tr('Printing', 'Tag')}{key}: {lines[paint.style.kind]}, {number}"
        (row,) = self._words(text, self._font, before=6, keeps=keeps, indent=_SAMPLE + 12)
        draw_words = row.draw
        height, thick = row.room.height, self._type.lanes.thickness

        def draw(painter: QPainter) -> None:
            box = QRectF(0, 1, _SAMPLE, height - 6)
            self._ink.fill(painter, [(paint.tint, [box])], box)
            thin = max(1, thick // 2)
            drops = ((0, thin), (thick + thin - 1, thin)) if paint.double else ((0, thick),)
            line = [QRectF(0, box.bottom() + drop, _SAMPLE, tall) for drop, tall in drops]
            self._ink.fill(painter, [(paint.solid if paint.double else paint.line, line)], box.adjusted(0, 0, 0, 9))
            draw_words(painter)

        yield SmallRow(row.room, draw)

    def _passage(self, row: PassageRow, numbers: dict[str, int]) -> Iterator[SmallRow]:
        quote = row.annotation.quote
        if len(quote) > _QUOTED:
            quote = quote[:_QUOTED].rstrip() + " […]"
        head = f"{row.tag.name} · {attribution_text(row.annotation.attribution)}"
        mark = str(numbers[row.annotation.id])
        yield from self._words(head, self._bold, before=14, keeps=True, number=mark)
        text_font = QFont(self._type.style(BlockKind.HEADLINE).font)
        text_font.setPixelSize(self._font.pixelSize() + 1)
        text_font.setBold(False)
        further = [line for line in (" · ".join(_people(row)), "; ".join(_answers(row, numbers))) if line]
        short = len(quote) < _QUOTED  # what stays on one page
        yield from self._words(" ".join(quote.split()), text_font, before=2, keeps=short and bool(further), holds=True)
        for number, line in enumerate(further):
            yield from self._words(line, self._font, before=2, keeps=number < len(further) - 1, holds=True)

    def _words(  # noqa: PLR0913  (how a piece of small print is set)
        self,
        text: str,
        font: QFont,
        *,
        before: int,
        keeps: bool = False,
        holds: bool = False,
        muted: bool = False,
        line_above: bool = False,
        indent: int = 0,
        number: str = "",
    ) -> Iterator[SmallRow]:
        """Yield the lines of a text; ``keeps`` holds all with what follows, ``holds`` the first two and last two."""
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        lines: list[QTextLine] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._columns.text_width - indent)
            line.setPosition(QPointF(indent, 0))
            lines.append(line)
        layout.endLayout()
        colour = QColor(self._paints.theme.muted if muted else self._paints.theme.text)
        for place, line in enumerate(lines):
            kept = keeps or (holds and len(lines) > 1 and (place == 0 or place == len(lines) - 2))
            room = Room(before if place == 0 else 0, round(line.height() + 3), kept)
            first = place == 0
            yield SmallRow(
                room, self._drawing(layout, line, colour, number if first else "", ruled=line_above and first)
            )

    def _drawing(
        self, layout: QTextLayout, line: QTextLine, colour: QColor, number: str, *, ruled: bool
    ) -> Callable[[QPainter], None]:
        def draw(painter: QPainter, _kept: QTextLayout = layout) -> None:
            if ruled:
                painter.fillRect(QRectF(0, -8, self._columns.text_width, 1), QColor(self._paints.theme.muted))
            painter.setPen(colour)
            if number:
                painter.setFont(self._bold)
                left = -46
                painter.drawText(QPointF(left, line.ascent()), number)
            line.draw(painter, QPointF(0, 0))

        return draw


def _people(row: PassageRow) -> list[str]:
    """Return who has to do with a passage, in the order of the roles."""
    named = [(role, [name for each, _, name in row.people if each is role]) for role in Role]
    return [f"{role_text(role)}: {', '.join(names)}" for role, names in named if names]


def _answers(row: PassageRow, numbers: dict[str, int]) -> list[str]:
    """Return the relations of a passage; the other end by its number, by its words when it is not printed here."""
    found = []
    for answer in row.answers:
        other = numbers.get(answer.annotation_id)
        quote = " ".join(answer.quote.split())
        where = str(other) if other is not None else f"“{quote[:_CITED]}{'…' if len(quote) > _CITED else ''}”"
        who = f" ({', '.join(answer.speakers)})" if answer.speakers else ""
        found.append(f"{relation_text(answer.kind, outgoing=answer.outgoing)} {where}{who}")
    return found
