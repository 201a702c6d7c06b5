"""Which entities and versions of a project an export holds, so that nothing in it refers to what is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article
from annotator.domain.comments import Comment
from annotator.domain.entities import BY_TYPE
from annotator.domain.entity import Entity, Record, field_specs
from annotator.domain.errors import RuleError
from annotator.domain.merging import resolve
from annotator.domain.relations import Relation
from annotator.domain.versions import Version, heads_of, in_conflict
from annotator.formats.exchange.layout import FINAL, UNREVIEWED
from annotator.formats.exchange.state import ExportOptions, ProjectHistory

Values = dict[str, Any]


class Shown(NamedTuple):
    """An entity as an export sees it: the version that it shows, and that version's content, defaults left out."""

    version: Version
    values: Values

    @property
    def id(self) -> str:
        """The id of the entity."""
        return self.version.entity_id

    @property
    def type(self) -> str:
        """The type of the entity."""
        return self.version.entity_type

    @property
    def deleted(self) -> bool:
        """Whether it is a tombstone."""
        return self.values.get("deleted_at") is not None


@dataclass(frozen=True, slots=True)
class Selection:
    """What is written: the entities of each type by id, and the version bodies beside theirs.

    ``everything``: all entities of the project, whether they are written or not. ``histories``: all known versions of
    an entity by its id.
    """

    everything: Mapping[str, Shown]
    entities: Mapping[str, Sequence[Shown]]
    histories: Mapping[str, Mapping[str, Version]]
    other_versions: Sequence[Version]

    def merges(self, type_: str) -> dict[str, str]:
        """Return loser and winner of every merge of entities of one type."""
        return _merges(self.everything.values(), type_)


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


def select(history: ProjectHistory, options: ExportOptions) -> Selection:
    """Return what of a project an export with these options holds.

    The default leaves out tombstones but those that something exported still refers to, and old versions but those that
    are heads beside the shown one. Raises RuleError when what is wanted refers to an article that is not.
    """
    histories: dict[str, dict[str, Version]] = defaultdict(dict)
    for version in history.versions:
        histories[version.entity_id][version.hash] = version
    everything, contested = _shown(histories)
    allowed = _allowed(everything, options)
    if options.with_journal:
        chosen = dict(allowed)
    else:
        gone = {e.id for e in everything.values() if e.type == Article.TYPE and e.deleted}
        chosen = {
            id_: e
            for id_, e in allowed.items()
            if id_ in contested or not (e.deleted or e.values.get("article_id") in gone)
        }
    if len(chosen) < len(everything):
        _close(chosen, allowed, histories, contested)
    others = _others(chosen.values(), histories, contested, everything=options.with_journal)
    entities: dict[str, list[Shown]] = defaultdict(list)
    for id_ in sorted(chosen):
        entities[chosen[id_].type].append(chosen[id_])
    others.sort(key=lambda v: (v.entity_type, v.entity_id, v.hash))
    return Selection(everything, entities, histories, others)


def _shown(histories: Mapping[str, Mapping[str, Version]]) -> tuple[dict[str, Shown], set[str]]:
    """Return the state that each entity shows, by id, and the ids of those whose heads say different things."""
    shown: dict[str, Shown] = {}
    contested: set[str] = set()
    for id_, versions in histories.items():
        heads: Sequence[Version] = tuple(versions.values())
        if len(heads) > 1:
            heads = heads_of(versions)
            if in_conflict(heads):
                contested.add(id_)
        shown[id_] = Shown(heads[0], orjson.loads(heads[0].content or b"{}"))
    return shown, contested


def _allowed(everything: Mapping[str, Shown], options: ExportOptions) -> dict[str, Shown]:
    """Return by id what the wanted articles and the wanted layer leave, tombstones included."""
    if options.articles is None and options.analyst_id is None and not options.review_state:
        return dict(everything)
    merges = _merges(everything.values(), Article.TYPE)
    wanted = None if options.articles is None else {resolve(id_, merges) for id_ in options.articles}
    reviewed = {Annotation.TYPE, Relation.TYPE}
    in_layers = reviewed | {Comment.TYPE}

    def is_wanted(entity: Shown) -> bool:
        article_id = entity.id if entity.type == Article.TYPE else entity.values.get("article_id")
        if wanted is not None and article_id is not None and resolve(article_id, merges) not in wanted:
            return False
        if options.review_state and entity.type in reviewed and review_state(entity.values) != options.review_state:
            return False
        return entity.type not in in_layers or options.analyst_id in {None, entity.values.get("analyst_id")}

    allowed = {id_: e for id_, e in everything.items() if is_wanted(e)}
    _drop_orphans(allowed)
    return allowed


def review_state(values: Values) -> str:
    """Return where a passage or a relation stands: in a layer and seen by no review yet, or in a final version."""
    return FINAL if values.get("session_id") else UNREVIEWED


def _drop_orphans(allowed: dict[str, Shown]) -> None:
    """Leave out relations of passages, comments on passages and replies to comments that are left out themselves."""
    ends = {Relation.TYPE: ("source_id", "target_id"), Comment.TYPE: ("annotation_id", "parent_id")}
    dropped = True
    while dropped:
        orphans = [
            id_
            for id_, e in allowed.items()
            if any(e.values.get(key) is not None and e.values[key] not in allowed for key in ends.get(e.type, ()))
        ]
        dropped = bool(orphans)
        for id_ in orphans:
            del allowed[id_]


def _merges(entities: Iterable[Shown], type_: str) -> dict[str, str]:
    return {
        entity.id: entity.values["merged_into"]
        for entity in entities
        if entity.type == type_ and not entity.deleted and entity.values.get("merged_into") is not None
    }


def _others(
    entities: Iterable[Shown],
    histories: Mapping[str, Mapping[str, Version]],
    contested: set[str],
    *,
    everything: bool,
) -> list[Version]:
    """Return the version bodies of the entities beside the one that each shows."""
    found: list[Version] = []
    for entity in entities:
        versions = histories[entity.id]
        if len(versions) > 1:
            known = versions.values() if everything else heads_of(versions) if entity.id in contested else ()
            found.extend(v for v in known if v.hash != entity.version.hash and v.known)
    return found


def _close(
    chosen: dict[str, Shown],
    allowed: Mapping[str, Shown],
    histories: Mapping[str, Mapping[str, Version]],
    contested: set[str],
) -> None:
    """Add to ``chosen`` every tombstone that something in it, or a head beside it, refers to, directly or not."""
    todo = list(chosen.values())
    beside = _others(todo, histories, contested, everything=False)
    todo += [Shown(version, orjson.loads(version.content or b"{}")) for version in beside]
    while todo:
        entity = todo.pop()
        for id_ in _referred(BY_TYPE[entity.type], entity.values):
            if id_ in chosen:
                continue
            if id_ not in allowed:
                raise _left_out(entity)
            chosen[id_] = allowed[id_]
            todo.append(allowed[id_])


def _referred(cls: type[Entity], values: Values) -> Iterator[str]:
    """Yield the ids that the content of an entity refers to."""
    for spec in field_specs(cls):
        if spec.ref is not None and values.get(spec.name) is not None:
            yield values[spec.name]
        elif spec.part is not None:
            keys = [inner.name for inner in field_specs(spec.part) if inner.ref is not None]
            yield from (part[key] for part in values.get(spec.name, ()) for key in keys if part.get(key) is not None)


def _left_out(entity: Shown) -> RuleError:
    names = (entity.values.get(key) for key in ("name", "title", "quote"))
    name = next((name for name in names if name), entity.id)
    return RuleError(
        f"The {entity.type.replace('_', ' ')} “{name[:80]}” refers to something in an article that is left out.",
        "Export that article too, or change what refers to it.",
    )
