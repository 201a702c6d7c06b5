"""Figures of a project: statements by kind and tag in each analyst's layer, never several layers added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article, TextVersion
from annotator.domain.codebook import Tag, TagKind
from annotator.domain.people import Person
from annotator.domain.places import Places
from annotator.domain.points import Point
from annotator.domain.relations import Relation, RelationKind
from annotator.services.analysts import layer_of
from annotator.services.codebook import in_tree_order
from annotator.services.context import Context
from annotator.services.merges import Merges
from annotator.services.texts import Texts
from annotator.store.repository import Reader

_PLURALS = {
    TagKind.CLAIM: ("claim", "claims"),
    TagKind.DENIAL: ("denial", "denials"),
    TagKind.EVIDENCE: ("piece of evidence", "pieces of evidence"),
    TagKind.OTHER: ("other passage", "other passages"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """A number of statements, ``repeated`` of which stand in captions or repeat another one."""

    number: int = 0
    repeated: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.number + other.number, self.repeated + other.repeated)

    def words(self, one: str, many: str) -> str:
        """Return the count in words: ``12 claims, of which 3 in captions or repeats``."""
        plain = f"{self.number} {one if self.number == 1 else many}"
        return f"{plain}, of which {self.repeated} in captions or repeats" if self.repeated else plain


@dataclass(frozen=True, slots=True)
class LayerFigures:
    """What one analyst has marked; a statement cut in two and joined by ``continues`` counts once."""

    analyst_id: str
    analyst: str
    articles: int
    statements: Count
    kinds: Mapping[TagKind, Count]
    tags: Mapping[str, Count]
    """By the tag's name, in the order of the codebook; tags without a statement are left out."""
    relations: Mapping[RelationKind, int]
    unsure: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of a project."""

    articles: int
    people: int
    points: int
    layers: tuple[LayerFigures, ...]

    def lines(self) -> Iterator[str]:
        """Yield the figures as lines for people to read."""
        yield f"{_many(self.articles, 'article')}, {_many(self.people, 'entry', 'entries')} in the register, " + _many(
            self.points, "point"
        )
        for layer in self.layers:
            yield f"{layer.analyst}: {layer.statements.words('statement', 'statements')} in " + _many(
                layer.articles, "article"
            )
            for kind, count in layer.kinds.items():
                yield f"  {count.words(*_PLURALS[kind])}"
            for name, count in layer.tags.items():
                yield f"  tag {name}: {count.words('statement', 'statements')}"
            for relation, number in layer.relations.items():
                yield f"  {_many(number, 'link')} “{relation}”"
            if layer.unsure:
                yield f"  {layer.unsure} unsure"


@dataclass(frozen=True, slots=True)
class _Read:
    """What the figures are made of, read in one transaction."""

    annotations: Sequence[Annotation]
    relations: Sequence[Relation]
    tags: Mapping[str, Tag]
    places: Mapping[str, Places]


class Statistics:
    """Counts what a project holds."""

    def __init__(self, context: Context, texts: Texts) -> None:
        self._context = context
        self._texts = texts

    def summary(self, *, layer: str | None = None, article_id: str | None = None) -> Stats:
        """Return the figures of all layers side by side, or of one; of the whole project, or of one article."""
        with self._context.read() as reader:
            analyst_id = layer_of(reader, layer, self._context.analyst(reader) if layer == "mine" else None)
            analysts = [a for a in reader.all(Analyst) if analyst_id in {None, a.id}]
            merges = Merges.of(reader)
            articles = _standing(reader, Article) if article_id is None else [merges.article(article_id)]
            read = self._read(reader, merges, articles)
            people, points = len(_standing(reader, Person)), len(_standing(reader, Point))
        layers = (_layer(analyst, read) for analyst in analysts)
        return Stats(len(articles), people, points, tuple(layers))

    def _read(self, reader: Reader, merges: Merges, articles: Sequence[str]) -> _Read:
        annotations: list[Annotation] = []
        relations: dict[str, Relation] = {}
        for article_id in articles:
            group = merges.article_group(article_id)
            stored = reader.all(Annotation, session_id=None, article_id=group)
            if stored:
                texts = self._texts.of_article(reader, article_id, merges)
                annotations.extend(self._texts.shown(reader, texts, stored, merges))
        for relation in reader.relations_at_articles([a.article_id for a in annotations]):
            relations[relation.id] = relation
        found = reader.get_many(TextVersion, {annotation.text_id for annotation in annotations})
        places = {id_: self._texts.places(text) for id_, text in found.items()}
        tags = {tag.id: tag for tag in reader.all(Tag, deleted=True)}  # one that was deleted elsewhere is in use here
        return _Read(annotations, list(relations.values()), tags, places)


def _standing(reader: Reader, cls: type[Article] | type[Person] | type[Point]) -> list[str]:
    return [entity.id for entity in reader.all(cls, merged_into=None)]


def _layer(analyst: Analyst, read: _Read) -> LayerFigures:
    own = [annotation for annotation in read.annotations if annotation.analyst_id == analyst.id]
    relations = [relation for relation in read.relations if relation.analyst_id == analyst.id]
    repeating = {relation.source_id for relation in relations if relation.kind == RelationKind.REPEATS}
    kinds: dict[TagKind, Count] = {}
    tags: dict[str, Count] = {}
    total = Count()
    for annotation in statements(own, relations):
        tag = read.tags[annotation.tag_id]
        _, repeated = read.places[annotation.text_id].block(annotation.start)
        one = Count(1, int(repeated or annotation.id in repeating))
        kinds[tag.kind] = kinds.get(tag.kind, Count()) + one
        tags[tag.id] = tags.get(tag.id, Count()) + one
        total += one
    numbers = Counter(relation.kind for relation in relations)
    return LayerFigures(
        analyst_id=analyst.id,
        analyst=analyst.name,
        articles=len({annotation.article_id for annotation in own}),
        statements=total,
        kinds={kind: kinds[kind] for kind in TagKind if kind in kinds},
        tags={tag.name: tags[tag.id] for tag in in_tree_order(read.tags.values()) if tag.id in tags},
        relations={kind: numbers[kind] for kind in RelationKind if numbers[kind]},
        unsure=sum(annotation.unsure for annotation in own),
    )


def statements(annotations: Iterable[Annotation], relations: Iterable[Relation]) -> list[Annotation]:
    """Return the passages that begin a statement: of those joined by ``continues`` only the first in the text."""
    known = {annotation.id: annotation for annotation in annotations}
    parent = {id_: id_ for id_ in known}

    def root(id_: str) -> str:
        while parent[id_] != id_:
            parent[id_] = parent[parent[id_]]
            id_ = parent[id_]
        return id_

    for relation in relations:
        if relation.kind == RelationKind.CONTINUES and relation.source_id in known and relation.target_id in known:
            ends = (root(relation.source_id), root(relation.target_id))
            first, later = sorted(ends, key=lambda id_: (known[id_].start, id_))
            parent[later] = first
    return [annotation for id_, annotation in known.items() if parent[id_] == id_]


def _many(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
