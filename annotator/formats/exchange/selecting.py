"""Which entities and versions of a project an export holds, so that nothing in it refers to what is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article
from annotator.domain.comments import Comment
from annotator.domain.entity import Entity, Record, field_specs
from annotator.domain.errors import RuleError
from annotator.domain.merging import merged_into, resolve
from annotator.domain.people import Person
from annotator.domain.relations import Relation
from annotator.domain.versions import Version, entity_from, heads_of, in_conflict
from annotator.formats.exchange.state import ExportOptions, ProjectState


@dataclass(frozen=True, slots=True)
class Selection:
    """What is written: the entities of each class by id, in order, and the version bodies beside theirs."""

    entities: Mapping[type[Entity], list[Entity]]
    histories: Mapping[str, Mapping[str, Version]]
    """All known versions of an entity by its id."""
    other_versions: list[Version]


def references(record: Record) -> Iterator[tuple[str, str]]:
    """Yield ``(field, id)`` for everything that an entity or its parts refer to."""
    for spec in field_specs(type(record)):
        if spec.ref is not None:
            id_ = getattr(record, spec.name)
            if id_ is not None:
                yield spec.name, id_
        elif spec.part is not None:
            for part in getattr(record, spec.name):
                yield from references(part)


def select(state: ProjectState, options: ExportOptions) -> Selection:
    """Return what of ``state`` an export with these options holds.

    The default leaves out tombstones but those that something exported still refers to, and old versions but those that
    are heads beside the shown one. Raises RuleError when what is wanted refers to an article that is not.
    """
    histories: dict[str, dict[str, Version]] = defaultdict(dict)
    for version in state.versions.values():
        histories[version.entity_id][version.hash] = version
    allowed = _allowed(state, options)
    contested = _contested(histories)
    if options.with_journal:
        chosen = dict(allowed)
    else:
        gone = {e.id for e in state.entities.get(Article, ()) if e.deleted}
        chosen = {
            id_: e
            for id_, e in allowed.items()
            if id_ in contested or not (e.deleted or getattr(e, "article_id", None) in gone)
        }
    if len(chosen) < sum(map(len, state.entities.values())):
        _close(chosen, allowed, histories, contested)
    others = _others(chosen.values(), histories, contested, everything=options.with_journal)
    entities = {cls: [e for e in of_class if e.id in chosen] for cls, of_class in state.entities.items()}
    return Selection(entities, histories, sorted(others, key=lambda v: (v.entity_type, v.entity_id, v.hash)))


def _allowed(state: ProjectState, options: ExportOptions) -> dict[str, Entity]:
    """Return by id what the wanted articles and the wanted layer leave, tombstones included."""
    everything = {e.id: e for of_class in state.entities.values() for e in of_class}
    if options.articles is None and options.analyst_id is None:
        return everything
    merges = merged_into(state.entities.get(Article, ()))
    wanted = None if options.articles is None else {resolve(id_, merges) for id_ in options.articles}

    def is_wanted(entity: Entity) -> bool:
        article_id = entity.id if isinstance(entity, Article) else getattr(entity, "article_id", None)
        if wanted is not None and article_id is not None and resolve(article_id, merges) not in wanted:
            return False
        in_a_layer = isinstance(entity, Annotation | Relation | Comment)
        return not in_a_layer or options.analyst_id in {None, getattr(entity, "analyst_id", None)}

    allowed = {id_: e for id_, e in everything.items() if is_wanted(e)}
    for id_, entity in list(allowed.items()):
        if isinstance(entity, Relation) and not {entity.source_id, entity.target_id} <= allowed.keys():
            del allowed[id_]
    _drop_orphaned_comments(allowed)
    return allowed


def _drop_orphaned_comments(allowed: dict[str, Entity]) -> None:
    """Leave out comments on passages, or replies to comments, that are left out themselves."""
    dropped = True
    while dropped:
        orphans = [
            id_
            for id_, e in allowed.items()
            if isinstance(e, Comment)
            and any(i is not None and i not in allowed for i in (e.annotation_id, e.parent_id))
        ]
        dropped = bool(orphans)
        for id_ in orphans:
            del allowed[id_]


def _contested(histories: Mapping[str, Mapping[str, Version]]) -> set[str]:
    """Return the ids of the entities whose heads say different things."""
    several = ((id_, versions) for id_, versions in histories.items() if len(versions) > 1)
    return {id_ for id_, versions in several if in_conflict(heads_of(versions))}


def _others(
    entities: Iterable[Entity],
    histories: Mapping[str, Mapping[str, Version]],
    contested: set[str],
    *,
    everything: bool,
) -> list[Version]:
    """Return the version bodies of the entities beside the one that each shows."""
    found: list[Version] = []
    for entity in entities:
        versions = histories.get(entity.id, {})
        if len(versions) > 1:
            known = versions.values() if everything else heads_of(versions) if entity.id in contested else ()
            found.extend(v for v in known if v.hash != entity.version and v.known)
    return found


def _close(
    chosen: dict[str, Entity],
    allowed: Mapping[str, Entity],
    histories: Mapping[str, Mapping[str, Version]],
    contested: set[str],
) -> None:
    """Add to ``chosen`` every tombstone that something in it, or a head beside it, refers to, directly or not."""
    todo: list[Entity] = list(chosen.values())
    todo += [entity_from(version) for version in _others(todo, histories, contested, everything=False)]
    while todo:
        entity = todo.pop()
        for _field, id_ in references(entity):
            if id_ in chosen:
                continue
            if id_ not in allowed:
                raise _left_out(entity)
            chosen[id_] = allowed[id_]
            todo.append(allowed[id_])


def _left_out(entity: Entity) -> RuleError:
    name = getattr(entity, "name", "") or getattr(entity, "title", "") or getattr(entity, "quote", "") or entity.id
    kind = "person" if isinstance(entity, Person) else entity.TYPE.replace("_", " ")
    return RuleError(
        f"The {kind} “{name[:80]}” refers to something in an article that is left out.",
        "Export that article too, or change what refers to it.",
    )
