"""What may be the same under two ids: people, tags and points of equal name, articles of one text; only told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.domain.analysts import Analyst
from annotator.domain.articles import TextVersion
from annotator.domain.codebook import Tag
from annotator.domain.entity import Entity
from annotator.domain.errors import Problem
from annotator.domain.merging import merged_into, resolve
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.formats.exchange.foreign import names_of
from annotator.formats.exchange.reading import Document
from annotator.formats.exchange.state import ProjectState

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Alike:
    """Two entries that may be the same: of equal name, or two articles with one text. Only a person merges them."""

    entity_type: str
    ours: str
    theirs: str
    name: str


def alike(state: ProjectState, document: Document) -> Iterator[Alike]:
    """Yield people, tags and points of equal name, and articles with one text, that have different ids."""
    for cls in (Tag, Person, Point):
        ours = state.of(cls)
        theirs = [entry.entity for entry in document.of(cls)]
        yield from _alike_of(cls, ours, theirs)
    known = {text.sha256: text for text in state.of(TextVersion) if not text.deleted}
    for entry in document.of(TextVersion):
        text = entry.entity
        assert isinstance(text, TextVersion)
        ours_text = known.get(text.sha256)
        if ours_text is not None and ours_text.article_id != text.article_id and not text.deleted:
            article = document.entries.get(text.article_id)
            name = name_of(article.entity) if article else ""
            yield Alike("article", ours_text.article_id, text.article_id, name)


def _alike_of(cls: type[Entity], ours: Iterable[Entity], theirs: Iterable[Entity]) -> Iterator[Alike]:
    here = list(ours)
    there = list(theirs)
    merges = merged_into(here) | merged_into(there)
    standing: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for entity in here:
        if not entity.deleted and resolve(entity.id, merges) == entity.id:
            for name in names_of(entity):
                standing[str(getattr(entity, "kind", "")), name].append(entity)
    known = {entity.id for entity in here}
    seen: set[tuple[str, str]] = set()
    for entity in there:
        if entity.deleted or entity.id in known or resolve(entity.id, merges) != entity.id:
            continue
        for name in names_of(entity):
            for other in standing[str(getattr(entity, "kind", "")), name]:
                pair = (other.id, entity.id)
                if other.id != entity.id and pair not in seen:
                    seen.add(pair)
                    yield Alike(cls.TYPE, other.id, entity.id, name_of(entity))


def equal_analysts(state: ProjectState, document: Document) -> Iterator[Problem]:
    """Yield a warning for each analyst of the file who is called as another one of the project."""
    ours = {name: analyst.id for analyst in state.of(Analyst) for name in names_of(analyst)[:1]}
    for entry in document.of(Analyst):
        for name in names_of(entry.entity)[:1]:
            if ours.get(name, entry.entity.id) != entry.entity.id:
                yield Problem(
                    entry.path,
                    f"There is another analyst called “{name_of(entry.entity)}” in the project; both stay apart.",
                )


def name_of(entity: Entity) -> str:
    """Return what people call an entity: its name, title, text or quote, shortened."""
    for key in ("name", "title", "quote", "text", "kind"):
        value = getattr(entity, key, "")
        if value:
            return value[:_SHOWN] + ("…" if len(value) > _SHOWN else "")
    return entity.id
