"""A project's state as an exchange document: deterministic, sorted by id, the fingerprint last."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Any, TypeVar

import orjson

from annotator import __version__
from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation, AnnotationPerson
from annotator.domain.articles import Article, TextVersion
from annotator.domain.codebook import Tag
from annotator.domain.comments import Comment
from annotator.domain.entity import Entity, Part, Record
from annotator.domain.ids import derived_id
from annotator.domain.merging import merged_into, resolve
from annotator.domain.people import Alias, Person
from annotator.domain.points import Point
from annotator.domain.relations import Relation
from annotator.domain.versions import Version, ancestors_of
from annotator.formats.exchange.layout import CLIENT, FINAL, SCHEMA, SCHEMA_VERSION, UNREVIEWED, keyed_fields
from annotator.formats.exchange.selecting import Selection, select
from annotator.formats.exchange.state import ExportOptions, ProjectState

E = TypeVar("E", bound=Entity)


def document_of(state: ProjectState, options: ExportOptions, *, exported_at: str) -> dict[str, Any]:
    """Return the exchange document of a project: plain JSON values only.

    Raises RuleError when what is wanted refers to what is left out.
    """
    return _Writer(state, options).document(exported_at)


def to_bytes(document: Mapping[str, Any]) -> bytes:
    """Return a document as a file has it: UTF-8, two spaces of indent, a line break at the end."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def fingerprint(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a document's content: keys sorted, no spaces, without ``exported_at`` and itself."""
    content = {key: value for key, value in document.items() if key not in {"exported_at", "fingerprint"}}
    try:
        plain = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    except (TypeError, orjson.JSONEncodeError):  # numbers and strings that only a foreign file has
        plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
            errors="surrogatepass"
        )
    return hashlib.sha256(plain).hexdigest()


class _Writer:
    """Makes one document; keeps what the derived keys are looked up in."""

    def __init__(self, state: ProjectState, options: ExportOptions) -> None:
        self._state = state
        self._options = options
        self._client = options.profile == CLIENT
        if self._client:
            options = ExportOptions(articles=options.articles, analyst_id=options.analyst_id)
        self._selection: Selection = select(state, options)
        self._kinds = _after_merges(state.of(Tag), lambda tag: str(tag.kind))
        self._names = _after_merges(state.of(Person), lambda person: person.name)
        self._letters = _letters(state.of(Analyst), state.project.id) if self._client else {}

    def document(self, exported_at: str) -> dict[str, Any]:
        project = self._object(self._state.project)
        document: dict[str, Any] = {"schema": SCHEMA, "schema_version": SCHEMA_VERSION}
        if self._options.profile:
            document["profile"] = self._options.profile
        document |= {
            "generator": {"name": "annotator", "version": __version__},
            "exported_at": exported_at,
            "offset_unit": "codepoint",
            "project": project,
            "analysts": self._objects(Analyst),
            "codebook": self._objects(Tag),
            "people": self._objects(Person),
            "articles": self._articles(),
            "relations": self._objects(Relation),
            "points": self._objects(Point),
            "reviews": [],
            "comments": [] if self._client else self._objects(Comment),
            "versions": [] if self._client else [self._version(v) for v in self._selection.other_versions],
            "journal": self._journal(),
        }
        document["fingerprint"] = fingerprint(document)
        return document

    def _chosen(self, cls: type[E]) -> list[E]:
        return [entity for entity in self._selection.entities.get(cls, ()) if isinstance(entity, cls)]

    def _objects(self, cls: type[Entity]) -> list[dict[str, Any]]:
        return [self._object(entity) for entity in self._chosen(cls)]

    def _articles(self) -> list[dict[str, Any]]:
        texts: dict[str, list[TextVersion]] = defaultdict(list)
        for text in self._chosen(TextVersion):
            texts[text.article_id].append(text)
        annotations: dict[str, list[Annotation]] = defaultdict(list)
        for annotation in self._chosen(Annotation):
            annotations[annotation.article_id].append(annotation)
        objects = []
        for article in self._chosen(Article):
            value = self._object(article)
            ordinals = ordinals_of(texts[article.id])
            value["text_versions"] = [self._text_version(text, ordinals[text.id]) for text in texts[article.id]]
            value["annotations"] = [self._annotation(annotation) for annotation in annotations[article.id]]
            objects.append(value)
        return objects

    def _text_version(self, text: TextVersion, ordinal: int) -> dict[str, Any]:
        derived: dict[str, Any] = {"ordinal": ordinal}
        if not self._options.no_text:
            derived["text"] = text.text
            if self._options.with_journal and not self._client and text.source_bytes is not None:
                derived["source_base64"] = base64.b64encode(text.source_bytes).decode("ascii")
        return self._object(text, derived)

    def _annotation(self, annotation: Annotation) -> dict[str, Any]:
        kind = self._kinds[annotation.tag_id]
        value = self._object(annotation, {"kind": kind, "review_state": review_state(annotation)})
        for person in value["people"]:
            person["name"] = self._names[person["person_id"]]
        return value

    def _object(self, entity: Entity, derived: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the object of an entity: id, its own fields, derived keys, times, version record."""
        value = {"id": entity.id} | plain(entity)
        times = value.pop("created_at"), value.pop("deleted_at")
        if derived:
            value |= derived
        if self._client:
            return self._for_client(entity, value)
        value["created_at"] = times[0]
        if times[1] is not None:
            value["deleted_at"] = times[1]
        version = self._state.versions[entity.version]
        history = self._selection.histories[entity.id]
        alone = len(history) == 1 and not version.told_ancestors and not version.parents
        value["updated_at"] = version.at
        value |= record_of(version, () if alone else ancestors_of(version.hash, history))
        if self._options.with_journal:
            value["change_id"] = version.change_id
        return value

    def _for_client(self, entity: Entity, value: dict[str, Any]) -> dict[str, Any]:
        for key in ("note", "settings"):
            value.pop(key, None)
        if isinstance(entity, Analyst):
            id_, letter = self._letters[entity.id]
            return {"id": id_, "name": letter, "initials": letter}
        if "analyst_id" in value:
            value["analyst_id"] = self._letters[value["analyst_id"]][0]
        return value

    def _version(self, version: Version) -> dict[str, Any]:
        assert version.content is not None
        history = self._selection.histories[version.entity_id]
        value: dict[str, Any] = {"type": version.entity_type, "id": version.entity_id}
        value |= record_of(version, _out_of_reach(version, history))
        value["change_id"] = version.change_id if self._options.with_journal else None
        value["content"] = json.loads(version.content)
        return value

    def _journal(self) -> list[dict[str, Any]]:
        if not self._options.with_journal or self._client:
            return []
        changes: Iterable[Any] = self._state.changes
        if self._options.articles is not None or self._options.analyst_id is not None:
            chosen = {e.id for of_class in self._selection.entities.values() for e in of_class}
            written = {v.change_id for v in self._state.versions.values() if v.entity_id in chosen}
            changes = (change for change in changes if change.id in written)
        keys = ("id", "at", "analyst_id", "device", "label", "undoes_id")
        return [{key: getattr(c, key) for key in keys} for c in sorted(changes, key=attrgetter("id"))]


_plain_word = str.__str__
"""The word of a StrEnum as a plain text, without the detour through the enum."""


def plain(record: Record) -> dict[str, Any]:
    """Return the keyed fields of an entity or a part as plain JSON values."""
    convert = _converters.get(type(record))
    if convert is None:
        convert = _converters[type(record)] = _converter(type(record))
    return convert(record)


_converters: dict[type[Record], Callable[[Any], dict[str, Any]]] = {}


def _converter(cls: type[Record]) -> Callable[[Any], dict[str, Any]]:
    """Return a function that does for one class what would be slow to decide for each of its instances."""
    specs = keyed_fields(cls)
    keys = {spec.name: spec.name for spec in specs}
    if cls is AnnotationPerson:
        keys = {"person_id": "person_id", "name": "person_id", **keys}  # the writer puts the name there
    names = tuple(keys)
    values_of = attrgetter(*keys.values())
    words = tuple(s.name for s in specs if s.scalar is not None and issubclass(s.scalar, StrEnum))
    parts = tuple(spec.name for spec in specs if spec.part is not None)

    def convert(record: Record) -> dict[str, Any]:
        value = dict(zip(names, values_of(record), strict=True))
        for name in words:
            value[name] = _plain_word(value[name])
        for name in parts:
            value[name] = [_part(part) for part in value[name]]
        return value

    return convert


def _part(part: Part) -> Any:  # noqa: ANN401  (a JSON value)
    if isinstance(part, Alias) and not (part.valid_from or part.valid_to):
        return part.text
    return plain(part)


def record_of(version: Version, ancestors: Iterable[str]) -> dict[str, Any]:
    """Return the version record as it is written, with the hashes of the versions that it replaces."""
    return {
        "version": version.hash,
        "revision": version.revision,
        "parents": sorted(version.parents),
        "ancestors": sorted(ancestors),
        "at": version.at,
        "by": version.by,
        "device": version.device,
    }


def _out_of_reach(version: Version, history: Mapping[str, Version]) -> frozenset[str]:
    """Return the ancestors of a version that do not follow from its parents and their own records."""
    reached: set[str] = set(version.parents)
    for parent in version.parents:
        reached |= ancestors_of(parent, history)
    return ancestors_of(version.hash, history) - reached


def review_state(annotation: Annotation) -> str:
    """Return where an annotation stands: in a layer and seen by no review yet, or in a final version."""
    return UNREVIEWED if annotation.session_id is None else FINAL


def ordinals_of(texts: Sequence[TextVersion]) -> dict[str, int]:
    """Return the ordinals (from 1) of the text versions of one article: how many each replaces, in a row, and 1."""
    replaces = {text.id: text.replaces_id for text in texts}
    ordinals: dict[str, int] = {}
    for text in texts:
        line: list[str] = []
        id_: str | None = text.id
        while id_ is not None and id_ in replaces and id_ not in line:
            line.append(id_)
            id_ = replaces[id_]
        ordinals[text.id] = len(line)
    return ordinals


def _after_merges(entities: Sequence[E], value_of: Callable[[E], str]) -> dict[str, str]:
    """Return for each id the value of the entity that stands for it."""
    merges = merged_into(entities)
    values = {entity.id: value_of(entity) for entity in entities}
    return {id_: values[resolve(id_, merges)] for id_ in values}


def _letters(analysts: Iterable[Analyst], project_id: str) -> dict[str, tuple[str, str]]:
    """Return for each analyst, in the order of their ids, the id and the name that a client sees (A1, A2)."""
    names = {analyst.id: f"A{n}" for n, analyst in enumerate(analysts, start=1)}
    return {id_: (derived_id(project_id, "client", name), name) for id_, name in names.items()}
