"""The domain's rules for what is imported: what no person could write is a problem, what only clashes is a warning."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article, TextVersion
from annotator.domain.codebook import Tag
from annotator.domain.entity import Entity
from annotator.domain.errors import RuleError
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.domain.progress import Progress, each_told, silent
from annotator.domain.relations import Relation
from annotator.domain.rules import (
    check_blocks,
    check_colour,
    check_date,
    check_key,
    check_named,
    check_people,
    check_person,
    check_points,
    check_tag,
    check_text,
)
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.state import Entry, ProjectState


def check_rules(
    entries: Sequence[Entry], state: ProjectState, findings: Findings, *, progress: Progress = silent
) -> None:
    """Note what breaks a rule in entities that are about to be imported."""
    texts = {text.id: text.text for text in state.of(TextVersion)}
    texts |= {e.entity.id: e.entity.text for e in entries if isinstance(e.entity, TextVersion)}
    new = {entry.entity.id: entry.entity for entry in entries}
    tags = [*(tag for tag in state.of(Tag) if tag.id not in new), *(t for t in new.values() if isinstance(t, Tag))]
    people = [*(p for p in state.of(Person) if p.id not in new), *(p for p in new.values() if isinstance(p, Person))]
    hashes = {text.id: text.sha256 for text in state.of(TextVersion)}
    for entry in each_told(entries, len(entries), progress):
        entity = entry.entity
        for check in _shape(entity, texts):
            _try(check, findings.problem, entry.path)
        if isinstance(entity, Tag):
            _try(partial(check_tag, entity, tags), findings.warning, entry.path)
        elif isinstance(entity, Person):
            _try(partial(check_person, entity, people), findings.warning, entry.path)
        elif isinstance(entity, TextVersion) and hashes.get(entity.id, entity.sha256) != entity.sha256:
            findings.problem(f"{entry.path}.text", "The project has another text under this id; a text never changes.")
        elif isinstance(entity, TextVersion) and entity.id not in hashes and not entity.text.strip():
            findings.problem(f"{entry.path}.text", "An article needs a text, and the project has no such text.")
    _check_relations(entries, state.of(Relation), findings)


def _try(check: Callable[[], None], note: Callable[[str, str], None], path: str) -> None:
    try:
        check()
    except RuleError as error:
        note(path, str(error))


def _shape(entity: Entity, texts: Mapping[str, str]) -> Iterable[Callable[[], None]]:
    """Yield the checks of one entity that need no other entity."""
    if isinstance(entity, Analyst | Tag):
        yield partial(check_named, entity.name, entity.TYPE)
        yield partial(check_colour, entity.colour)
    if isinstance(entity, Tag):
        yield partial(check_key, entity, ())
    elif isinstance(entity, Person):
        yield partial(check_person, entity, ())
    elif isinstance(entity, Point):
        yield partial(check_named, entity.text, "point")
    elif isinstance(entity, Article):
        yield partial(check_date, entity.published_at, "an article")
    elif isinstance(entity, TextVersion) and entity.text.strip():
        yield partial(check_text, entity.text)
        yield partial(check_blocks, entity.blocks, len(entity.text))
    elif isinstance(entity, Annotation):
        yield partial(check_people, entity.people, len(texts.get(entity.text_id, "")))
        yield partial(check_points, entity.points)
        yield partial(check_date, entity.stated_on, "a passage")


def _check_relations(entries: Iterable[Entry], known: Iterable[Relation], findings: Findings) -> None:
    """Note links of a passage to itself, and links that are there twice."""
    links = {(r.source_id, r.target_id, r.kind, r.analyst_id): r.id for r in known if not r.deleted}
    for entry in entries:
        relation = entry.entity
        if not isinstance(relation, Relation):
            continue
        if relation.source_id == relation.target_id:
            findings.problem(f"{entry.path}.target_id", "A passage cannot be related to itself.")
        link = (relation.source_id, relation.target_id, relation.kind, relation.analyst_id)
        if links.setdefault(link, relation.id) != relation.id:
            findings.problem(entry.path, "The same relation is there already.")
