"""Two analysts' work on one text side by side: what the pooled figures are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from annotator.domain.annotations import Annotation
from annotator.domain.clusters import Cluster
from annotator.domain.pairing import ANY, EXACT, Pair, Trimmed, pair, trimmed
from annotator.domain.segments import innermost_segments
from annotator.domain.unitising import Coincidences, Unit, coincidences


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text and the work of those who submitted it.

    ``layers``: by analyst id; one who marked nothing has an empty layer, which counts: the text was read.
    """

    text_id: str
    article_id: str
    text: str
    layers: Mapping[str, Sequence[Annotation]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The passages of two analysts on one text and which of them are the same.

    ``pairs``: by how much they must overlap and whether tags must be equal (:func:`annotator.domain.pairing.pair`).
    """

    text_id: str
    one: str
    other: str
    mine: Sequence[Trimmed]
    theirs: Sequence[Trimmed]
    least: float
    pairs: Mapping[tuple[float, bool], Sequence[Pair]]

    @property
    def passages(self) -> Iterator[Trimmed]:
        """The passages of both."""
        yield from self.mine
        yield from self.theirs

    @property
    def same(self) -> Sequence[Pair]:
        """The pairs that count as the same passage, whatever their tags."""
        return self.pairs[self.least, False]


@dataclass(frozen=True, slots=True)
class Compared:
    """One text with all that is made of it once: pairs for each two analysts, clusters, coincidences.

    ``coincidences``: of all analysts, and by pair; empty when fewer than two have submitted.
    """

    text_id: str
    article_id: str
    authors: tuple[str, ...]
    comparisons: tuple[Comparison, ...]
    clusters: tuple[Cluster, ...]
    coincidences: Mapping[tuple[str, ...], Coincidences]


def compare(
    read: ReadText, clusters: Iterable[Cluster], tags: Sequence[str], merged: Mapping[str, str], least: float
) -> Compared:
    """Compare the work of all who submitted a text; ``tags``: all that may occur, merged ones once."""
    authors = tuple(sorted(read.layers))
    layers = {analyst: trimmed(read.text, read.layers[analyst], merged) for analyst in authors}
    units = {analyst: _units(layer) for analyst, layer in layers.items()}
    groups = {authors, *combinations(authors, 2)} if len(authors) > 1 else set()
    return Compared(
        text_id=read.text_id,
        article_id=read.article_id,
        authors=authors,
        comparisons=tuple(_comparison(read.text_id, two, layers, least) for two in combinations(authors, 2)),
        clusters=tuple(clusters),
        coincidences={group: coincidences(len(read.text), [units[a] for a in group], tags) for group in groups},
    )


def _comparison(
    text_id: str, two: tuple[str, str], layers: Mapping[str, Sequence[Trimmed]], least: float
) -> Comparison:
    mine, theirs = (layers[analyst] for analyst in two)
    rules = [(rule, same_tag) for rule in {EXACT, least, ANY} for same_tag in (False, True)]
    pairs = {(rule, same_tag): pair(mine, theirs, rule, same_tag=same_tag) for rule, same_tag in rules}
    return Comparison(text_id, *two, mine, theirs, least, pairs)


def _units(layer: Sequence[Trimmed]) -> list[Unit]:
    """Return passages as units that do not overlap: of those that lie on the same words the innermost counts."""
    segments = innermost_segments([(passage.start, passage.end) for passage in layer])
    return [Unit(segment.start, segment.end, layer[segment.span].tag_id) for segment in segments]
