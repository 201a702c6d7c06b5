"""Layers: all passages and relations of one analyst, which only that analyst writes."""

from __future__ import annotations

from typing import TypeVar

from annotator.domain.analysts import Analyst
from annotator.domain.entities import owner_of
from annotator.domain.entity import Entity
from annotator.domain.errors import RuleError
from annotator.services.context import expect, live
from annotator.services.references import noun
from annotator.store.unit_of_work import UnitOfWork

E = TypeVar("E", bound=Entity)


def own(uow: UnitOfWork, cls: type[E], id_: str, expected: str | None = None) -> E:
    """Return a live entity of the layer of who is writing.

    ``expected``: the version that the caller saw, if it matters. Raises NotFoundError, RuleError for a colleague's and
    for what belongs to the final version of a review, ConflictError when it was changed in the meantime.
    """
    entity = live(uow, cls, id_, noun(cls))
    if getattr(entity, "session_id", None) is not None:
        raise RuleError(
            f"This {noun(cls)} belongs to the final version.", "It is changed by deciding it in the review."
        )
    owner = owner_of(entity)
    if owner is not None and owner != uow.analyst_id:
        analyst = uow.get(Analyst, owner)
        name = analyst.name if analyst else "a colleague"
        raise RuleError(f"This {noun(cls)} is {name}'s work.", "Only its own analyst changes it; leave a comment.")
    expect(entity, expected, noun(cls))
    return entity


def writer(uow: UnitOfWork) -> str:
    """Return the id of who is writing; only the project itself writes as nobody, and never into a layer."""
    if uow.analyst_id is None:
        raise ValueError("nobody is writing")
    return uow.analyst_id
