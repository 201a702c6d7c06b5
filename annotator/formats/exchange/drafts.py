"""The document's objects, checked against the layout key by key, before anything is made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field
from enum import StrEnum
from typing import Any

from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article, TextVersion
from annotator.domain.comments import Comment
from annotator.domain.entity import Entity, FieldSpec, Part, Record
from annotator.domain.ids import is_id
from annotator.domain.people import Alias
from annotator.domain.projects import Project
from annotator.domain.relations import Relation
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.layout import (
    DERIVED_ALWAYS,
    DERIVED_IN_PARTS,
    NAMES,
    PLACES,
    RECORD_KEYS,
    Place,
    keyed_fields,
)
from annotator.formats.exchange.parsing import Unreadable, step

_SHOWN = 60
_MAX_NAME = 200

FOUND_OUT: dict[type[Record], frozenset[str]] = {
    Annotation: frozenset({"text_id", "quote", "analyst_id"}),
    Relation: frozenset({"analyst_id"}),
    Comment: frozenset({"analyst_id"}),
}
"""Fields that a file of another program may leave out, because they follow from the rest or from who imports it."""


@dataclass(frozen=True, slots=True)
class NameReference:
    """A name where an id belongs: once it is known whom it means, the id goes to ``holder[field]``."""

    path: str
    holder: dict[str, Any]
    field: str
    entity_type: str
    name: str


@dataclass(slots=True)
class Draft:
    """One object of the document that stands for an entity.

    ``values``: its fields as plain values, those of a wrong type left out. ``raw``: the object itself. ``parent``: the
    article it is nested in.
    """

    place: Place
    path: str
    raw: Mapping[str, Any]
    values: dict[str, Any]
    id: str | None
    parent: Draft | None = None
    names: list[NameReference] = field(default_factory=list)

    @property
    def cls(self) -> type[Entity]:
        """The class of the entity."""
        return self.place.cls


class DraftReader:
    """Turns the lists of a document into drafts, noting every key that is missing, unknown or of a wrong type.

    ``own``: the document was written by this program, with version records; else by another, which may leave out ids
    and name things instead.
    """

    def __init__(self, findings: Findings, *, own: bool) -> None:
        self._findings = findings
        self._own = own
        self._names: list[NameReference] = []

    def drafts(self, document: Mapping[str, Any]) -> list[Draft]:
        """Return a draft for every object that stands for an entity, in the order of ``PLACES`` and of the document."""
        drafts: list[Draft] = []
        articles: list[Draft] = []
        for place in PLACES:
            if place.cls is Project:
                drafts += self._project(place, document)
            elif not place.nested:
                found = self._list(place, document.get(place.key, []), f"$.{place.key}", None)
                drafts += found
                articles = found if place.cls is Article else articles
            else:
                for article in articles:
                    given = article.raw.get(place.key, [])
                    drafts += self._list(place, given, f"{article.path}.{place.key}", article)
        return drafts

    def fields(self, cls: type[Record], raw: Mapping[str, Any], path: str) -> dict[str, Any]:
        """Return the plain values of the fields of ``cls`` in ``raw``; what is wrong is noted and left out."""
        values: dict[str, Any] = {}
        names = {} if self._own else NAMES.get(cls, {})
        for spec in keyed_fields(cls):
            if spec.name in raw:
                value = self._value(spec, raw[spec.name], step(path, spec.name))
                if value is not MISSING:
                    values[spec.name] = value
            elif names.get(spec.name) in raw:
                self._name(spec, names[spec.name], raw, path, values)
            elif self._is_needed(cls, spec):
                alternative = f" (or “{names[spec.name]}”)" if spec.name in names else ""
                self._findings.problem(path, f"The key “{spec.name}”{alternative} is missing.")
        return values

    def _project(self, place: Place, document: Mapping[str, Any]) -> list[Draft]:
        raw = document.get(place.key)
        if raw is None and not self._own:
            return []
        if not isinstance(raw, dict):
            if not isinstance(raw, Unreadable):
                self._findings.problem("$.project", "The project is missing, or no object.")
            return []
        return [self._draft(place, raw, "$.project", None)]

    def _list(self, place: Place, given: Any, path: str, parent: Draft | None) -> list[Draft]:  # noqa: ANN401
        if not isinstance(given, list):
            if not isinstance(given, Unreadable):
                self._findings.problem(path, f"Expected a list, not {kind_of(given)}.")
            return []
        drafts = []
        for index, raw in enumerate(given):
            if isinstance(raw, dict):
                drafts.append(self._draft(place, raw, f"{path}[{index}]", parent))
            elif not isinstance(raw, Unreadable):
                self._findings.problem(f"{path}[{index}]", f"Expected an object, not {kind_of(raw)}.")
        return drafts

    def _draft(self, place: Place, raw: dict[str, Any], path: str, parent: Draft | None) -> Draft:
        self._names = []
        values = self.fields(place.cls, raw, path)
        id_ = self._id(raw, path)
        if place.cls is TextVersion:
            self._text(raw, path, values)
        known = _known_keys(place)
        for key in raw:
            if key not in known:
                self._findings.warning(step(path, key), "This key is not known and was ignored.")
        return Draft(place, path, raw, values, id_, parent, self._names)

    def _id(self, raw: Mapping[str, Any], path: str) -> str | None:
        if "id" not in raw:
            if self._own:
                self._findings.problem(path, "The key “id” is missing.")
            return None
        value = raw["id"]
        if isinstance(value, str) and (is_id(value) if self._own else 0 < len(value) <= _MAX_NAME):
            return value
        if not isinstance(value, Unreadable):
            wanted = "an id (a UUID in lower case)" if self._own else "an id"
            self._findings.problem(f"{path}.id", f"Expected {wanted}, not {shown(value)}.")
        return None

    def _text(self, raw: Mapping[str, Any], path: str, values: dict[str, Any]) -> None:
        """Read the two keys of a text version that are written only when they are wanted."""
        for key in ("text", "source_base64"):
            value = raw.get(key)
            if isinstance(value, str):
                values[key] = value
            elif value is not None and not isinstance(value, Unreadable):
                self._findings.problem(f"{path}.{key}", f"Expected a text, not {kind_of(value)}.")

    def _is_needed(self, cls: type[Record], spec: FieldSpec) -> bool:
        if spec.default is not MISSING:
            return False
        return self._own or spec.name not in FOUND_OUT.get(cls, ())

    def _name(self, spec: FieldSpec, key: str, raw: Mapping[str, Any], path: str, values: dict[str, Any]) -> None:
        value = raw[key]
        if value is None and spec.optional:
            values[spec.name] = None
        elif isinstance(value, str) and value.strip():
            assert spec.ref is not None
            self._names.append(NameReference(step(path, key), values, spec.name, spec.ref, value))
        elif not isinstance(value, Unreadable):
            self._findings.problem(step(path, key), f"Expected a name, not {shown(value)}.")

    def _value(self, spec: FieldSpec, value: Any, path: str) -> Any:  # noqa: ANN401
        """Return the plain value of one field, or MISSING after noting what is wrong with it."""
        if isinstance(value, Unreadable):
            return MISSING
        if spec.part is not None:
            return self._parts(spec.part, value, path)
        if value is None and spec.optional:
            return None
        wanted = self._misfit(spec, value)
        if wanted is None:
            return value
        self._findings.problem(path, f"Expected {wanted}, not {shown(value)}.")
        return MISSING

    def _misfit(self, spec: FieldSpec, value: Any) -> str | None:  # noqa: ANN401
        """Return what was expected where ``value`` does not fit its field, else None."""
        assert spec.scalar is not None
        if issubclass(spec.scalar, StrEnum):
            fits = isinstance(value, str) and value in spec.scalar.__members__.values()
            return None if fits else "one of " + ", ".join(spec.scalar)
        if spec.ref is not None and self._own:
            return None if is_id(value) else "an id (a UUID in lower case)"
        if spec.ref is not None:
            return None if isinstance(value, str) and value else "an id"
        return None if type(value) is spec.scalar else _WORDS[spec.scalar]

    def _parts(self, part: type[Part], given: Any, path: str) -> Any:  # noqa: ANN401
        if not isinstance(given, list):
            self._findings.problem(path, f"Expected a list, not {kind_of(given)}.")
            return MISSING
        parts = []
        for index, raw in enumerate(given):
            where = f"{path}[{index}]"
            if part is Alias and isinstance(raw, str):
                parts.append({"text": raw})
            elif isinstance(raw, dict):
                parts.append(self.fields(part, raw, where))
                self._warn_of_unknown(part, raw, where)
            elif not isinstance(raw, Unreadable):
                self._findings.problem(where, f"Expected an object, not {kind_of(raw)}.")
        return parts

    def _warn_of_unknown(self, part: type[Part], raw: Mapping[str, Any], path: str) -> None:
        known = {spec.name for spec in keyed_fields(part)} | set(DERIVED_IN_PARTS.get(part, ()))
        known |= set(NAMES.get(part, {}).values())
        for key in raw:
            if key not in known:
                self._findings.warning(step(path, key), "This key is not known and was ignored.")


_WORDS: dict[type, str] = {str: "a text", int: "a whole number", bool: "true or false"}


def _known_keys(place: Place) -> frozenset[str]:
    found = _known.get(place.cls)
    if found is None:
        keys = {"id", *(spec.name for spec in keyed_fields(place.cls)), *place.derived, *DERIVED_ALWAYS, *RECORD_KEYS}
        keys |= set(NAMES.get(place.cls, {}).values())
        if place.cls is TextVersion:
            keys |= {"text", "source_base64"}
        if place.cls is Article:
            keys |= {nested.key for nested in PLACES if nested.nested}
        found = _known[place.cls] = frozenset(keys)
    return found


_known: dict[type[Entity], frozenset[str]] = {}


def has_records(document: Mapping[str, Any]) -> bool:
    """Whether any object of the document carries a version record: then this program wrote it."""
    return any("version" in raw for raw in _objects(document))


def _objects(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for place in PLACES:
        given = document.get(place.key)
        if isinstance(given, dict):
            yield given
        elif isinstance(given, list):
            for raw in given:
                if isinstance(raw, dict):
                    yield raw
                    for nested in PLACES:
                        inner = raw.get(nested.key) if nested.nested else None
                        yield from (r for r in inner if isinstance(r, dict)) if isinstance(inner, list) else ()


def kind_of(value: object) -> str:
    """Return what a JSON value is, in words."""
    if value is None:
        return "null"
    words = {
        dict: "an object",
        list: "a list",
        str: "a text",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return words.get(type(value), "something else")


def shown(value: object) -> str:
    """Return a JSON value as a message shows it, shortened."""
    if isinstance(value, str):
        return f"“{value[:_SHOWN]}{'…' if len(value) > _SHOWN else ''}”"
    if value is None or isinstance(value, dict | list | Unreadable):
        return kind_of(value)
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
