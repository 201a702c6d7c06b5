"""Taking a change of the journal back: its inverse is made of the versions it replaced (DESIGN 4.5)."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain.analysts import Analyst
from annotator.domain.entities import BY_TYPE
from annotator.domain.entity import Entity, field_specs
from annotator.domain.errors import ConflictError
from annotator.domain.versions import Version, entity_from, heads_of
from annotator.services.references import described, noun, referred, referring
from annotator.store.unit_of_work import UnitOfWork


def revert(uow: UnitOfWork, change_id: str, what: str) -> None:
    """Put everything that a change wrote back to what it was before, within a unit of work.

    ``what`` names the attempt in messages (``Undo “Tag as denial”``). Raises ConflictError when a version that it wrote
    is not the only head any more, when something live refers to what would go, or when what would come back refers to
    something that is gone.
    """
    written = uow.versions_of_change(change_id)
    if not written:
        raise ConflictError(f"{what} is not possible: the change is not in the journal.")
    states = [(_shown(uow, version, what), _replaced(uow, version, what)) for version in written]
    going = [shown for shown, before in states if before is None or before.deleted]
    _refuse_needed(uow, going, {shown.id for shown, _ in states}, what)
    back = {before.id for _, before in states if before is not None and not before.deleted}
    for shown, before in states:
        if before is not None and not before.deleted:
            _refuse_dangling(uow, before, shown, back, what)
    for shown, before in states:
        if before is None:
            uow.delete(shown)
        else:
            uow.put(replace(before, version=shown.version, revision=shown.revision))


def elsewhere(entity: Entity) -> dict[str, object]:
    """Return the fields of an entity that a version's content leaves out because another field holds their hash."""
    stamps = {"id", "revision", "version", "updated_at", "updated_by"}
    return {
        spec.name: getattr(entity, spec.name)
        for spec in field_specs(type(entity))
        if not spec.in_content and spec.name not in stamps
    }


def _shown(uow: UnitOfWork, version: Version, what: str) -> Entity:
    """Return the entity as the version left it; raises ConflictError when that is not the only head any more.

    An undo that went back to this state counts as the state: what matters is the content, which the hash of a version
    does not tell, because the same content at another time is another version.
    """
    entity = uow.get(BY_TYPE[version.entity_type], version.entity_id)
    versions = uow.versions(version.entity_type, version.entity_id)
    heads = heads_of(versions)
    if entity is None or [head.content for head in heads] != [version.content]:
        newer = next((head for head in heads if head.content != version.content), version)
        raise ConflictError(
            f"{what} is not possible: {_who(uow, newer)} changed the {_words(entity, version)} since"
            f"{_by_which(uow, newer)}.",
            "Edit it by hand if you still want to.",
        )
    return entity


def _replaced(uow: UnitOfWork, version: Version, what: str) -> Entity | None:
    """Return the state that a version replaced; None when it made the entity."""
    if not version.parents:
        return None
    versions = uow.versions(version.entity_type, version.entity_id)
    known = [versions[parent] for parent in version.parents if parent in versions and versions[parent].known]
    entity = uow.get(BY_TYPE[version.entity_type], version.entity_id)
    if not known or entity is None:
        raise ConflictError(f"{what} is not possible: the state before it is not in this project.")
    shown = min(known, key=lambda v: (-v.revision, v.hash))
    return entity_from(shown, elsewhere(entity))


def _refuse_needed(uow: UnitOfWork, going: list[Entity], changing: set[str], what: str) -> None:
    for entity in going:
        for other in referring(uow, entity, apart_from=changing):
            by = uow.get(Analyst, other.updated_by) if other.updated_by else None
            name = by.name if by else "somebody"
            raise ConflictError(
                f"{what} is not possible: the {described(other)}, last changed by {name}, refers to "
                f"the {described(entity)}, which would go.",
                "Take that away first.",
            )


def _refuse_dangling(uow: UnitOfWork, before: Entity, shown: Entity, back: set[str], what: str) -> None:
    """Refuse to bring a state back that refers to something that is gone; what it refers to now is not asked again."""
    held = set() if shown.deleted else set(referred(shown))
    for cls, id_ in referred(before):
        if (cls, id_) not in held and id_ not in back and not uow.count(cls, id=id_):
            raise ConflictError(
                f"{what} is not possible: the {described(before)} refers to a {noun(cls)} that is gone.",
                "Bring that back first.",
            )


def _who(uow: UnitOfWork, version: Version) -> str:
    analyst = uow.get(Analyst, version.by) if version.by else None
    return analyst.name if analyst else "somebody"


def _by_which(uow: UnitOfWork, version: Version) -> str:
    row = uow.change(version.change_id) if version.change_id else None
    return f" (“{row.label}”)" if row else ""


def _words(entity: Entity | None, version: Version) -> str:
    return described(entity) if entity is not None else noun(BY_TYPE[version.entity_type])
