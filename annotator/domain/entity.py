"""What every entity has in common, and how the fields of one are described.

An entity is one frozen dataclass here and one table of the same field names in the store. A field's metadata says
what the generic code must know: :func:`ref` marks a reference to another entity, :func:`hashed_elsewhere` a field that
is kept in the table but left out of a version's content, because another field holds its hash.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar, get_args, get_origin, get_type_hints

from annotator.domain.text import storable_text

STAMPS = ("id", "revision", "version", "updated_at", "updated_by")
"""Fields that are not part of a version's content: they identify or stamp the version itself."""


def ref(entity_type: str, *, optional: bool = False) -> Any:  # noqa: ANN401  (dataclasses.field is Any by nature)
    """Declare a field that holds the id of an entity of ``entity_type``; ``optional`` gives it the default None."""
    metadata = {"ref": entity_type}
    return field(default=None, metadata=metadata) if optional else field(metadata=metadata)


def hashed_elsewhere(default: Any) -> Any:  # noqa: ANN401
    """Declare a field that a version's content leaves out because another field holds its SHA-256."""
    return field(default=default, metadata={"content": False})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the generic code handles: an entity or a part of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Record):
    """A piece of an entity without an identity of its own: its key is the parent and its position in the tuple."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Record):
    """A thing with an identity and a history.

    ``id``: UUID text. ``revision``: 1 + the highest revision that this state replaces; 0 = not stored yet.
    ``version``: SHA-256 (hex) of the version shown. Times: UTC, milliseconds, ``Z``. ``updated_by``: an analyst's id.
    ``deleted_at``: set on a tombstone; nothing is ever removed by what a user does.
    """

    TYPE: ClassVar[str]

    id: str
    revision: int = 0
    version: str = ""
    created_at: str = ""
    updated_at: str = ""
    updated_by: str | None = None
    deleted_at: str | None = None

    @property
    def deleted(self) -> bool:
        """Whether this is a tombstone."""
        return self.deleted_at is not None


_T = TypeVar("_T", bound=Record)


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """How one dataclass field is stored: its scalar type or, for a tuple of parts, the part's dataclass."""

    name: str
    scalar: type | None
    """``str``, ``int``, ``bool``, a ``StrEnum``, ``bytes``; None for parts."""
    optional: bool
    part: type[Part] | None
    ref: str | None
    in_content: bool
    default: Any


def field_specs(cls: type[Record]) -> tuple[FieldSpec, ...]:
    """Return the stored fields of an entity or a part, in the order of declaration."""
    specs = _specs.get(cls)
    if specs is None:
        hints = get_type_hints(cls)
        specs = _specs[cls] = tuple(_spec(f, hints[f.name]) for f in fields(cls))
    return specs


_specs: dict[type, tuple[FieldSpec, ...]] = {}


def _spec(f: Any, hint: Any) -> FieldSpec:  # noqa: ANN401
    args = get_args(hint)
    part = scalar = None
    optional = type(None) in args
    if get_origin(hint) is tuple:
        part = args[0]
    else:
        scalar = next(a for a in args if a is not type(None)) if optional else hint
    return FieldSpec(
        name=f.name,
        scalar=scalar,
        optional=optional,
        part=part,
        ref=f.metadata.get("ref"),
        in_content=f.metadata.get("content", True) and f.name not in STAMPS,
        default=f.default,
    )


def storable(value: _T) -> _T:
    """Return an entity or a part with U+FFFD for what cannot be stored in its texts (:func:`storable_text`)."""
    changed: dict[str, Any] = {}
    for spec in field_specs(type(value)):
        item = getattr(value, spec.name)
        clean = item
        if spec.part is not None:
            clean = tuple(map(storable, item))
        elif spec.scalar is str and item is not None:
            clean = storable_text(item)
        if clean != item:
            changed[spec.name] = clean
    return replace(value, **changed) if changed else value


def now() -> str:
    """Return the present moment as the project writes it: UTC, milliseconds, ``Z``."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def to_plain(value: Record, *, content_only: bool = False) -> dict[str, Any]:
    """Return the fields as plain JSON values (parts as lists of dicts, enums as text).

    With ``content_only`` the stamps, fields hashed elsewhere and every field that has its default are left out: the
    form that is hashed (see :mod:`annotator.domain.versions`). Bytes are kept as bytes otherwise.
    """
    result: dict[str, Any] = {}
    for spec in field_specs(type(value)):
        item = getattr(value, spec.name)
        if content_only and (not spec.in_content or item == spec.default):
            continue
        if spec.part is not None:
            result[spec.name] = [to_plain(part, content_only=content_only) for part in item]
        else:
            result[spec.name] = str(item) if isinstance(item, StrEnum) else item
    return result


def from_plain(cls: type[_T], values: dict[str, Any]) -> _T:
    """Build ``cls`` from plain values as :func:`to_plain` gives them; what is missing takes its default.

    Raises ValueError for an unknown enum word and TypeError for a missing or an unknown field.
    """
    given = dict(values)
    for name, part, words in _made_from_plain(cls):
        item = given.get(name)
        if item is not None:
            given[name] = tuple(from_plain(part, entry) for entry in item) if part is not None else words(item)
    return cls(**given)


def _made_from_plain(cls: type[Record]) -> tuple[tuple[str, type[Part] | None, Any], ...]:
    """Return the fields whose plain value is another one: (name, the part's class or None, the enum of its words)."""
    made = _plain.get(cls)
    if made is None:
        made = _plain[cls] = tuple(
            (spec.name, spec.part, spec.scalar)
            for spec in field_specs(cls)
            if spec.part is not None or (spec.scalar is not None and issubclass(spec.scalar, StrEnum))
        )
    return made


_plain: dict[type, tuple[tuple[str, type[Part] | None, Any], ...]] = {}
