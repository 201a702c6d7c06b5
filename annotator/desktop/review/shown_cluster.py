"""A disagreement as the review screen shows it: frozen, in words, with nothing left to look up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from annotator.desktop.review.authors import Author
from annotator.desktop.review.review_words import difference_text
from annotator.desktop.words import attribution_text, relation_text, role_text, stance_text
from annotator.domain.annotations import Annotation, AnnotationPerson, AnnotationPoint, Attribution, Role, Span
from annotator.domain.clusters import Cluster, Difference, Side
from annotator.domain.codebook import Tag
from annotator.domain.deciding import Source, Sources, Wording, compose, sources_of
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.domain.relations import Relation
from annotator.domain.reviews import CardRow
from annotator.services.final_version import wording_of
from annotator.services.under_review import ClusterUnderReview

_tr = QCoreApplication.translate
_QUOTE = 48
"""Characters of another passage's words that stand for it."""


class Standing(IntEnum):
    """How far a disagreement is, in the order in which it wants attention."""

    STALE = 0
    """Decided once, but what was decided on has changed since."""
    OPEN = 1
    PARKED = 2
    DECIDED = 3


class Lookup(Protocol):
    """What ids stand for."""

    def tag(self, tag_id: str, /) -> Tag | None:
        """Return the tag that stands for ``tag_id`` today."""

    def person(self, person_id: str, /) -> Person | None:
        """Return the person that stands for ``person_id`` today."""

    def point(self, point_id: str, /) -> Point | None:
        """Return the point that stands for ``point_id`` today."""


@dataclass(frozen=True, slots=True)
class Having:
    """What one analyst, or several alike, have in a row of the card."""

    authors: tuple[Author, ...]
    text: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the card. ``final``: how it stands in the final version or is proposed; ``source``: where from.

    ``differs``: whether analysts differ in it in a way that counts.
    """

    row: CardRow
    havings: tuple[Having, ...]
    final: str
    source: str
    differs: bool


_COUNTS: Mapping[CardRow, frozenset[Difference]] = {
    CardRow.ENDS: frozenset({Difference.BOUNDARY, Difference.CUT}),
    CardRow.TAG: frozenset({Difference.TAG}),
    CardRow.PEOPLE: frozenset({Difference.PEOPLE}),
    CardRow.ATTRIBUTION: frozenset({Difference.ATTRIBUTION}),
    CardRow.RELATIONS: frozenset({Difference.RELATION}),
}
"""The differences that are seen in a row of the card."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A row of the queue. ``tag_ids``: all that anybody gave; ``place``: the order of reading, over all articles."""

    id: str
    article_id: str
    article: str
    place: int
    quote: str
    standing: Standing
    differences: tuple[Difference, ...]
    disagreement: float
    tag_ids: frozenset[str]
    colour: str
    authors: tuple[Author, ...]
    missing: tuple[Author, ...]
    unanimous: bool
    added: bool = False
    """Whether no disagreement stands behind it: a passage of the final version alone."""

    @property
    def concerned(self) -> tuple[Author, ...]:
        """Whose work it is about: those who have it, and those who read the article and have not."""
        return self.authors + self.missing

    @property
    def detail(self) -> str:
        """In what analysts differ, in a few words."""
        if self.added:
            gone = _tr("ShownCluster", "nobody has it any more: keep it or not")
            return gone if self.standing is Standing.STALE else _tr("ShownCluster", "marked anew")
        words = [difference_text(difference) for difference in self.differences]
        return " · ".join(words) or _tr("ShownCluster", "all the same")


def rows_that_differ(cluster: Cluster) -> frozenset[CardRow]:
    """Return the rows of the card in which analysts differ in a way that counts."""
    return frozenset(row for row, kinds in _COUNTS.items() if not cluster.differences.isdisjoint(kinds))


def cluster_id(key: Sequence[str]) -> str:
    """Return what names a cluster in a list: its key as one text."""
    return " ".join(key)


def standing_of(found: ClusterUnderReview) -> Standing:
    """Return how far a disagreement is."""
    if found.stale:
        return Standing.STALE
    if found.decided:
        return Standing.DECIDED
    return Standing.PARKED if found.parked else Standing.OPEN


def shown_wordings(found: ClusterUnderReview) -> tuple[Wording, ...]:
    """Return the passages of the final version, or, while nothing is decided, those that are proposed."""
    if found.decided or found.final:
        return tuple(map(wording_of, found.final))
    return compose(found.cluster, found.proposal)


class Describer:
    """Says what the rows of the card hold, in the words of the project."""

    def __init__(self, lookup: Lookup, text: str, quotes: Callable[[str], str], authors: Iterable[Author]) -> None:
        """``text``: of the article; ``quotes``: the words of any passage of the session, by id."""
        self._lookup = lookup
        self._text = text
        self._quotes = quotes
        self._authors = {author.analyst_id: author for author in authors}

    def rows(self, found: ClusterUnderReview, links: Sequence[Relation]) -> tuple[ShownRow, ...]:
        """Return the rows of a card; ``links``: the relations of the final version that start at its passages."""
        wordings = shown_wordings(found)
        stands = found.decision is not None and (found.decided or bool(found.final))
        sources = sources_of(found.decision) if stands and found.decision is not None else found.proposal
        finals = {
            CardRow.ENDS: self.ends(w.span for w in wordings),
            CardRow.TAG: self.tags(w.tag_id for w in wordings),
            CardRow.PEOPLE: self.people(part for w in wordings for part in w.people),
            CardRow.ATTRIBUTION: self.said(w.attribution for w in wordings),
            CardRow.RELATIONS: self._final_links(found, wordings, links),
        }
        return tuple(
            ShownRow(
                row=row,
                havings=self._havings(found.cluster.sides, row),
                final=final if wordings else "",
                source=self.source(row, sources) if wordings else "",
                differs=row in rows_that_differ(found.cluster),
            )
            for row, final in finals.items()
        )

    def final_rows(self, passages: Sequence[Annotation], links: Sequence[Relation]) -> tuple[ShownRow, ...]:
        """Return the rows of passages of the final version that nobody has marked."""
        finals = {
            CardRow.ENDS: self.ends(a.span for a in passages),
            CardRow.TAG: self.tags(a.tag_id for a in passages),
            CardRow.PEOPLE: self.people(part for a in passages for part in a.people),
            CardRow.ATTRIBUTION: self.said(a.attribution for a in passages),
            CardRow.RELATIONS: self.links(links, [part for a in passages for part in a.points]),
        }
        return tuple(ShownRow(row, (), final, "", differs=False) for row, final in finals.items())

    def side(self, side: Side, row: CardRow) -> str:
        """Return what one analyst has in a row."""
        parts = side.annotations
        words: dict[CardRow, Callable[[], str]] = {
            CardRow.ENDS: lambda: self.ends(side.ends),
            CardRow.TAG: lambda: self.tags(annotation.tag_id for annotation in parts),
            CardRow.PEOPLE: lambda: self.people(part for annotation in parts for part in annotation.people),
            CardRow.ATTRIBUTION: lambda: self.said(side.attributions),
            CardRow.RELATIONS: lambda: self.links(side.relations, (p for a in parts for p in a.points)),
        }
        return words[row]()

    def author(self, analyst_id: str) -> Author | None:
        """Return how an analyst is shown."""
        return self._authors.get(analyst_id)

    def source(self, row: CardRow, sources: Sources) -> str:
        """Return where a row of the final version comes from."""
        source = sources.get(row)
        if source is Source.ALL:
            return _tr("ShownCluster", "all together")
        if not isinstance(source, str):
            return _tr("ShownCluster", "by hand")
        author = self.author(source)
        return author.sign if author is not None else "–"

    def ends(self, spans: Iterable[Span]) -> str:
        """Return the words of spans, pieces one after the other."""
        return " + ".join(f"“{' '.join(self._text[span.start : span.end].split())}”" for span in spans)

    def tags(self, tag_ids: Iterable[str]) -> str:
        """Return the names of tags."""
        names = [tag.name if (tag := self._lookup.tag(id_)) is not None else "–" for id_ in dict.fromkeys(tag_ids)]
        return ", ".join(sorted(names))

    def people(self, parts: Iterable[AnnotationPerson]) -> str:
        """Return who is linked in which role."""
        named: dict[Role, list[str]] = {role: [] for role in Role}
        for part in parts:
            person = self._lookup.person(part.person_id)
            name = person.name if person is not None else "–"
            if name not in named[part.role]:
                named[part.role].append(name)
        lines = [f"{role_text(role)}: {', '.join(sorted(names))}" for role, names in named.items() if names]
        return "\n".join(lines) or _tr("ShownCluster", "nobody named")

    @staticmethod
    def said(attributions: Iterable[Attribution]) -> str:
        """Return how it was said."""
        return ", ".join(sorted({attribution_text(attribution) for attribution in attributions}))

    def links(self, relations: Iterable[Relation], points: Iterable[AnnotationPoint]) -> str:
        """Return what a passage does to others, and its points."""
        lines = [
            f"{relation_text(relation.kind, outgoing=True)} “{shortened(self._quotes(relation.target_id) or '–')}”"
            for relation in relations
        ]
        for part in points:
            point = self._lookup.point(part.point_id)
            lines.append(f"{stance_text(part.stance)}: {point.text if point is not None else '–'}")
        return "\n".join(sorted(dict.fromkeys(lines))) or _tr("ShownCluster", "none")

    def _havings(self, sides: Sequence[Side], row: CardRow) -> tuple[Having, ...]:
        """Group analysts who have the same, in the order of their keys."""
        groups: dict[str, list[Author]] = {}
        ordered = sorted(sides, key=lambda side: self._number(side.analyst_id))
        for side in ordered:
            author = self.author(side.analyst_id)
            if author is not None:
                groups.setdefault(self.side(side, row), []).append(author)
        return tuple(Having(tuple(authors), text) for text, authors in groups.items())

    def _number(self, analyst_id: str) -> int:
        author = self.author(analyst_id)
        return author.number if author is not None else 0

    def _final_links(self, found: ClusterUnderReview, wordings: Sequence[Wording], links: Sequence[Relation]) -> str:
        points = [part for wording in wordings for part in wording.points]
        if found.decided or found.final:
            return self.links(links, points)
        source = found.proposal.get(CardRow.RELATIONS)
        sides = [side for side in found.cluster.sides if source in (Source.ALL, side.analyst_id)]
        return self.links((relation for side in sides for relation in side.relations), points)


def shortened(quote: str, most: int = _QUOTE) -> str:
    """Return the beginning of a passage's words, on one line."""
    words = " ".join(quote.split())
    return words if len(words) <= most else words[:most].rstrip() + "…"
