"""Taking a change of the journal back: its inverse is made of the versions it replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from annotator.domain.analysts import Analyst
from annotator.domain.entities import BY_TYPE
from annotator.domain.entity import Entity, field_specs
from annotator.domain.errors import ConflictError
from annotator.domain.versions import Version, content_of, entity_from, heads_of
from annotator.services.references import Reference, described, named, noun, referred, referring
from annotator.store.unit_of_work import UnitOfWork


def revert(uow: UnitOfWork, change_id: str, what: str) -> None:
    """Put everything that a change wrote back to what it was before, within a unit of work.

    ``what`` names the attempt in messages (``Undo “Tag as denial”``). Raises ConflictError when a state that it wrote
    is not the only head any more, when something live refers to what would go, or when what would come back refers to
    something that is gone.
    """
    steps = _steps(uow, change_id, what)
    changing = {step.shown.id for step in steps}
    back = {step.shown.id for step in steps if step.comes_back}
    asked: dict[Reference, bool] = {}
    for step in steps:
        if step.comes_back:
            _refuse_dangling(uow, step, back, asked, what)
        else:
            _refuse_needed(uow, step.shown, changing, what)
    for step in steps:
        if step.before is None:
            uow.delete(step.shown)
        else:
            back_to = replace(step.before, version=step.shown.version, revision=step.shown.revision)
            uow.put(back_to, parents=(step.shown.version,))  # named, so that going back to an equal state is kept too


@dataclass(frozen=True, slots=True)
class _Step:
    """One entity to put back: what it is now, and what it was; None when the change made it."""

    shown: Entity
    before: Entity | None

    @property
    def comes_back(self) -> bool:
        return self.before is not None and not self.before.deleted


def _steps(uow: UnitOfWork, change_id: str, what: str) -> list[_Step]:
    written = uow.versions_of_change(change_id)
    if not written:
        raise ConflictError(f"{what} is not possible: the change is not in the journal.")
    shown = _shown(uow, written)
    crowded = uow.with_other_heads()
    parents = uow.versions_with(hash_ for version in written for hash_ in version.parents)
    steps = []
    for version in written:
        entity = shown.get(version.entity_id)
        crowd = (version.entity_type, version.entity_id) in crowded
        if entity is None or crowd or content_of(entity) != version.content:
            raise _changed_since(uow, version, entity, what)
        steps.append(_Step(entity, _replaced(version, parents, entity, what)))
    return steps


def _shown(uow: UnitOfWork, written: Iterable[Version]) -> dict[str, Entity]:
    """Return the entities that versions belong to, as they are now, by id.

    An undo that went back to a state counts as that state: what matters is the content, which the hash of a version
    does not tell, because the same content at another time is another version.
    """
    ids: dict[str, list[str]] = {}
    for version in written:
        ids.setdefault(version.entity_type, []).append(version.entity_id)
    found: dict[str, Entity] = {}
    for type_, wanted in ids.items():
        found.update(uow.get_many(BY_TYPE[type_], wanted))
    return found


def _replaced(version: Version, parents: Mapping[str, Version], entity: Entity, what: str) -> Entity | None:
    """Return the state that a version replaced; None when it made the entity."""
    if not version.parents:
        return None
    known = [parents[hash_] for hash_ in version.parents if hash_ in parents and parents[hash_].known]
    if not known:
        raise ConflictError(f"{what} is not possible: the state before it is not in this project.")
    return entity_from(min(known, key=lambda v: (-v.revision, v.hash)), elsewhere(entity))


def _changed_since(uow: UnitOfWork, version: Version, entity: Entity | None, what: str) -> ConflictError:
    heads = heads_of(uow.versions(version.entity_type, version.entity_id))
    newer = next((head for head in heads if head.content != version.content), version)
    row = uow.change(newer.change_id) if newer.change_id else None
    named = f" (“{row.label}”)" if row else ""
    words = described(entity) if entity is not None else noun(BY_TYPE[version.entity_type])
    return ConflictError(
        f"{what} is not possible: {_who(uow, newer.by)} changed the {words} since{named}.",
        "Edit it by hand if you still want to.",
    )


def elsewhere(entity: Entity) -> dict[str, object]:
    """Return the fields of an entity that a version's content leaves out because another field holds their hash."""
    stamps = {"id", "revision", "version", "updated_at", "updated_by"}
    return {
        spec.name: getattr(entity, spec.name)
        for spec in field_specs(type(entity))
        if not spec.in_content and spec.name not in stamps
    }


def _refuse_needed(uow: UnitOfWork, entity: Entity, changing: Collection[str], what: str) -> None:
    for cls, id_ in referring(uow, entity, apart_from=changing):
        other = uow.get(cls, id_)
        raise ConflictError(
            f"{what} is not possible: the {named(uow, (cls, id_))}, last changed by "
            f"{_who(uow, other.updated_by if other else None)}, refers to "
            f"the {described(entity)}, which would go.",
            "Take that away first.",
        )


def _refuse_dangling(
    uow: UnitOfWork, step: _Step, back: Collection[str], asked: dict[Reference, bool], what: str
) -> None:
    """Refuse to bring a state back that refers to something that is gone; what it refers to now is not asked again."""
    assert step.before is not None
    held = set() if step.shown.deleted else set(referred(step.shown))
    for cls, id_ in referred(step.before):
        if (cls, id_) in held or id_ in back:
            continue
        if (cls, id_) not in asked:
            asked[cls, id_] = bool(uow.count(cls, id=id_))
        if not asked[cls, id_]:
            raise ConflictError(
                f"{what} is not possible: the {described(step.before)} refers to a {noun(cls)} that is gone.",
                "Bring that back first.",
            )


def _who(uow: UnitOfWork, analyst_id: str | None) -> str:
    analyst = uow.get(Analyst, analyst_id) if analyst_id else None
    return analyst.name if analyst else "somebody"
