"""Which entities and versions of a project an export holds, so that nothing in it refers to what is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

import orjson

from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article
from annotator.domain.comments import Comment
from annotator.domain.entities import BY_TYPE
from annotator.domain.entity import Record, field_specs
from annotator.domain.errors import RuleError
from annotator.domain.merging import resolve
from annotator.domain.relations import Relation
from annotator.domain.reviews import Decision, SessionArticle, Submission, Verdict
from annotator.domain.versions import TOMBSTONE, Version, heads_of, in_conflict
from annotator.formats.exchange.layout import FINAL, UNREVIEWED
from annotator.formats.exchange.state import ExportOptions, ProjectHistory

Values = dict[str, Any]
_BY_ID = attrgetter("entity_id")
_OF_SESSIONS = frozenset(cls.TYPE for cls in (SessionArticle, Submission, Verdict, Decision))
"""What a review session says of articles and passages."""


def values_of(version: Version) -> Values:
    """Return the content of a version, defaults left out; read anew each time, so that no project is held as dicts."""
    values: Values = orjson.loads(version.content or b"{}")
    return values


def values_of_all(versions: Iterable[Version]) -> list[Values]:
    """Return the contents of versions as :func:`values_of` does, in their order; read at once, which is quicker."""
    values: list[Values] = orjson.loads(b"[%b]" % b",".join([version.content or b"{}" for version in versions]))
    return values


@dataclass(frozen=True, slots=True)
class Selection:
    """What is written: the entities of each type by id, each as the version that it shows, and the bodies beside them.

    ``everything``: all entities of the project by type, whether they are written or not. ``histories``: all known
    versions of an entity by its id, if there are several.
    """

    everything: Mapping[str, Sequence[Version]]
    entities: Mapping[str, Sequence[Version]]
    histories: Mapping[str, Mapping[str, Version]]
    other_versions: Sequence[Version]

    def history(self, shown: Version) -> Mapping[str, Version]:
        """Return all known versions of the entity that shows this one, by hash."""
        return self.histories.get(shown.entity_id) or {shown.hash: shown}

    def merges(self, type_: str) -> dict[str, str]:
        """Return loser and winner of every merge of entities of one type."""
        return _merges(self.everything.get(type_, ()))


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
    everything, histories, contested = _shown(history.versions)
    allowed = _allowed(everything, options)
    chosen = allowed if options.with_journal else _standing(allowed, everything, contested)
    if len(chosen) < len(everything):
        chosen = _closed(chosen, allowed, histories, contested)
    others = _others(chosen.values(), histories, contested, everything=options.with_journal)
    others.sort(key=lambda v: (v.entity_type, v.entity_id, v.hash))
    all_of = _by_type(everything.values())
    entities = all_of if len(chosen) == len(everything) else _by_type(chosen.values())
    for of_type in entities.values():
        of_type.sort(key=_BY_ID)
    return Selection(all_of, entities, histories, others)


def _by_type(versions: Iterable[Version]) -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        found[version.entity_type].append(version)
    return found


def _shown(versions: Collection[Version]) -> tuple[dict[str, Version], dict[str, dict[str, Version]], set[str]]:
    """Return by id the version that each entity shows, and all versions where there are several.

    The third are the ids of those whose heads say different things.
    """
    shown: dict[str, Version] = {version.entity_id: version for version in versions}
    histories: dict[str, dict[str, Version]] = {}
    if len(shown) == len(versions):
        return shown, histories, set()
    shown = {}
    for version in versions:
        first = shown.setdefault(version.entity_id, version)
        if first is not version:
            histories.setdefault(version.entity_id, {first.hash: first})[version.hash] = version
    contested: set[str] = set()
    for id_, known in histories.items():
        heads = heads_of(known)
        shown[id_] = heads[0]
        if in_conflict(heads):
            contested.add(id_)
    return shown, histories, contested


def _standing(
    allowed: Mapping[str, Version], everything: Mapping[str, Version], contested: set[str]
) -> Mapping[str, Version]:
    """Return what is left without tombstones and what stands in an article that is one; what is contested stays."""
    tombstones = {id_ for id_, e in everything.items() if e.content is not None and TOMBSTONE in e.content}
    hidden = tombstones - contested
    left = {id_: entity for id_, entity in allowed.items() if id_ not in hidden} if hidden else allowed
    gone = {id_ for id_ in tombstones if everything[id_].entity_type == Article.TYPE}
    if not gone:
        return left
    return {id_: e for id_, e in left.items() if id_ in contested or values_of(e).get("article_id") not in gone}


def _allowed(everything: Mapping[str, Version], options: ExportOptions) -> Mapping[str, Version]:
    """Return by id what the wanted articles and the wanted layer leave, tombstones included."""
    narrowed = (options.articles, options.analyst_id, options.session_id)
    if not options.review_state and all(value is None for value in narrowed):
        return everything
    merges = _merges(entity for entity in everything.values() if entity.entity_type == Article.TYPE)
    wanted = None if options.articles is None else {resolve(id_, merges) for id_ in options.articles}
    reviewed = {Annotation.TYPE, Relation.TYPE}
    in_layers = reviewed | {Comment.TYPE}

    def is_wanted(entity: Version) -> bool:
        values = values_of(entity)
        article_id = entity.entity_id if entity.entity_type == Article.TYPE else values.get("article_id")
        if wanted is not None and article_id is not None and resolve(article_id, merges) not in wanted:
            return False
        reviewable = entity.entity_type in reviewed
        if options.review_state and reviewable and review_state(values) != options.review_state:
            return False
        if reviewable and options.session_id is not None and values.get("session_id") not in {None, options.session_id}:
            return False
        if reviewable and options.analyst_id is not None and not options.review_state and values.get("session_id"):
            return False  # who decided it is not the analyst whose layer it is in
        return entity.entity_type not in in_layers or options.analyst_id in {None, values.get("analyst_id")}

    allowed = {id_: e for id_, e in everything.items() if is_wanted(e)}
    _drop_orphans(allowed)
    return allowed


def review_state(values: Values) -> str:
    """Return where a passage or a relation stands: in a layer and seen by no review yet, or in a final version."""
    return FINAL if values.get("session_id") else UNREVIEWED


def _drop_orphans(allowed: dict[str, Version]) -> None:
    """Leave out relations, comments, replies and what a review says of passages that are left out themselves."""
    ends = {Relation.TYPE: ("source_id", "target_id"), Comment.TYPE: ("annotation_id", "parent_id")}
    hanging = {
        id_: {values[key] for key in ends[e.entity_type] if values.get(key) is not None}
        for id_, e in allowed.items()
        if e.entity_type in ends and (values := values_of(e))
    }
    hanging |= {id_: referred(e) for id_, e in allowed.items() if e.entity_type in _OF_SESSIONS}
    dropped = True
    while dropped:
        orphans = [id_ for id_, needed in hanging.items() if id_ in allowed and not needed <= allowed.keys()]
        dropped = bool(orphans)
        for id_ in orphans:
            del allowed[id_]


def _merges(entities: Iterable[Version]) -> dict[str, str]:
    """Return loser and winner of every merge among entities of one type."""
    return {
        entity.entity_id: into
        for entity in entities
        if not entity.deleted
        if (into := values_of(entity).get("merged_into")) is not None
    }


def _others(
    entities: Iterable[Version],
    histories: Mapping[str, Mapping[str, Version]],
    contested: set[str],
    *,
    everything: bool,
) -> list[Version]:
    """Return the version bodies of the entities beside the one that each shows."""
    found: list[Version] = []
    for entity in entities if histories else ():
        versions = histories.get(entity.entity_id)
        if versions is not None:
            known = versions.values() if everything else heads_of(versions) if entity.entity_id in contested else ()
            found.extend(v for v in known if v.hash != entity.hash and v.known)
    return found


def _closed(
    standing: Mapping[str, Version],
    allowed: Mapping[str, Version],
    histories: Mapping[str, Mapping[str, Version]],
    contested: set[str],
) -> dict[str, Version]:
    """Return ``standing`` and every tombstone that something in it, or a head beside it, refers to, directly or not."""
    chosen = dict(standing)
    todo = list(chosen.values())
    beside = _others(todo, histories, contested, everything=False)
    todo += beside
    while todo:
        entity = todo.pop()
        for id_ in referred(entity):
            if id_ in chosen:
                continue
            if id_ not in allowed:
                raise _left_out(entity)
            chosen[id_] = allowed[id_]
            todo.append(allowed[id_])
    return chosen


def referred(version: Version) -> set[str]:
    """Return the ids that a version refers to."""
    values = values_of(version)
    direct, in_parts = _links_of(version.entity_type)
    found = {values[key] for key in direct if values.get(key) is not None}
    for field, keys in in_parts:
        for part in values.get(field, ()):
            found.update([part[key] for key in keys if part.get(key) is not None])
    return found


@cache
def _links_of(type_: str) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """Return the fields of a type that refer to an entity, and for each of its lists the fields of a part that do."""
    specs = field_specs(BY_TYPE[type_])
    direct = tuple(spec.name for spec in specs if spec.ref is not None)
    parts = ((s.name, tuple(f.name for f in field_specs(s.part) if f.ref is not None)) for s in specs if s.part)
    return direct, tuple((name, keys) for name, keys in parts if keys)


def _left_out(entity: Version) -> RuleError:
    values = values_of(entity)
    name = next((values[key] for key in ("name", "title", "quote") if values.get(key)), entity.entity_id)
    return RuleError(
        f"The {entity.entity_type.replace('_', ' ')} “{name[:80]}” refers to something in an article that is left out.",
        "Export that article too, or change what refers to it.",
    )
