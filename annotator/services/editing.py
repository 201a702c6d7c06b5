"""Editing by field names: what callers give is checked against the entity's fields and brought to their types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from annotator.domain.entity import Entity, FieldSpec, field_specs
from annotator.domain.errors import UsageError

E = TypeVar("E", bound=Entity)
S = TypeVar("S", bound=StrEnum)


def word(cls: type[S], value: str) -> S:
    """Return the member of an enum that ``value`` names; raises UsageError with the words there are."""
    try:
        return cls(value)
    except ValueError:
        words = ", ".join(cls)
        raise UsageError(f"“{value}” is not one of: {words}.") from None


def changed(entity: E, fields: Mapping[str, object], allowed: Iterable[str]) -> E:
    """Return ``entity`` with ``fields`` set; raises UsageError for one that is not ``allowed`` or of a wrong type."""
    specs = {spec.name: spec for spec in field_specs(type(entity))}
    may = frozenset(allowed)
    unknown = sorted(set(fields) - may)
    if unknown:
        raise UsageError(
            f"“{unknown[0]}” cannot be edited at a {entity.TYPE}.", f"These can: {', '.join(sorted(may))}."
        )
    return replace(entity, **{name: _typed(specs[name], value) for name, value in fields.items()})


def _typed(spec: FieldSpec, value: Any) -> Any:  # noqa: ANN401  (any field's value)
    if spec.part is not None:
        parts = tuple(value)
        if not all(isinstance(part, spec.part) for part in parts):
            raise UsageError(f"“{spec.name}” takes a sequence of {spec.part.__name__}.")
        return parts
    if value is None:
        if spec.optional:
            return None
    elif spec.scalar is not None and issubclass(spec.scalar, StrEnum):
        return word(spec.scalar, str(value))
    elif spec.scalar is not None and isinstance(value, spec.scalar):
        return value
    raise UsageError(f"“{spec.name}” cannot be {value!r}.")


def which_changed(before: Entity, after: Entity) -> tuple[str, ...]:
    """Return the names of the content fields in which two states of an entity differ, in their order."""
    return tuple(
        spec.name
        for spec in field_specs(type(after))
        if spec.in_content and getattr(before, spec.name) != getattr(after, spec.name)
    )


def edit_label(before: Entity, after: Entity, labels: Mapping[str, str], otherwise: str) -> str:
    """Return the label of an edit: that of its one field, else ``otherwise``."""
    names = which_changed(before, after)
    return labels.get(names[0], otherwise) if len(names) == 1 else otherwise
