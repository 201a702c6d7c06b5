"""A project's history as an exchange document: deterministic, sorted by id, the fingerprint last.

The document is made of the versions' contents, which are JSON already, so that what is written is what was hashed.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, replace
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple

import orjson

from annotator import __version__
from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation, AnnotationPerson
from annotator.domain.articles import Article, TextVersion
from annotator.domain.codebook import Tag, TagKind
from annotator.domain.comments import Comment
from annotator.domain.entities import BY_TYPE
from annotator.domain.entity import Record
from annotator.domain.ids import derived_id
from annotator.domain.merging import resolve
from annotator.domain.people import Alias, Person
from annotator.domain.points import Point
from annotator.domain.projects import Project
from annotator.domain.relations import Relation
from annotator.domain.reviews import (
    Decision,
    ReviewSession,
    SessionArticle,
    SessionMember,
    Submission,
    Verdict,
)
from annotator.domain.versions import Version, ancestors_of
from annotator.formats.exchange.layout import CLIENT, PLACES, SCHEMA, SCHEMA_VERSION, keyed_fields
from annotator.formats.exchange.selecting import Selection, Values, review_state, select, values_of, values_of_all
from annotator.formats.exchange.state import ExportOptions, ProjectHistory


def document_of(history: ProjectHistory, options: ExportOptions, *, exported_at: str) -> dict[str, Any]:
    """Return the exchange document of a project: plain JSON values only.

    Raises RuleError when what is wanted refers to what is left out.
    """
    sections = pieces_of(history, options, exported_at=exported_at)
    document = {key: list(value) if isinstance(value, Iterator) else value for key, value in sections.items()}
    document["fingerprint"] = fingerprint(document)
    return document


def pieces_of(history: ProjectHistory, options: ExportOptions, *, exported_at: str) -> dict[str, Any]:
    """Return the document but for its fingerprint, key by key; a long list is an iterator that makes its entries.

    Raises RuleError as :func:`document_of`, before anything is made.
    """
    return _Writer(history, options).pieces(exported_at)


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

    def __init__(self, history: ProjectHistory, options: ExportOptions) -> None:
        self._history = history
        self._options = options
        self._client = options.profile == CLIENT
        if self._client:
            options = replace(options, with_journal=False)
        self._with_journal = options.with_journal
        self._selection: Selection = select(history, options)
        self._kinds = self._after_merges(Tag.TYPE, "kind", str(TagKind.OTHER))
        self._forms = _Forms(self._after_merges(Person.TYPE, "name", ""))
        (self._project,) = self._selection.everything[Project.TYPE]
        analysts = sorted(analyst.entity_id for analyst in self._selection.everything[Analyst.TYPE])
        self._letters = _letters(analysts, self._project.entity_id) if self._client else {}

    def pieces(self, exported_at: str) -> dict[str, Any]:
        document: dict[str, Any] = {"schema": SCHEMA, "schema_version": SCHEMA_VERSION}
        if self._options.profile:
            document["profile"] = self._options.profile
        if self._options.packet is not None:
            document["packet"] = self._options.packet.plain()
        return document | {
            "generator": {"name": "annotator", "version": __version__},
            "exported_at": exported_at,
            "offset_unit": "codepoint",
            "project": self._object(self._project),
            "analysts": self._objects(Analyst.TYPE),
            "codebook": self._objects(Tag.TYPE),
            "people": self._objects(Person.TYPE),
            "articles": self._articles(),
            "relations": self._objects(Relation.TYPE),
            "points": self._objects(Point.TYPE),
            **{key: [] if self._client else self._objects(type_) for key, type_ in _REVIEWS.items()},
            "comments": [] if self._client else self._objects(Comment.TYPE),
            "versions": [] if self._client else map(self._version, self._selection.other_versions),
            "journal": self._journal(),
        }

    def _after_merges(self, type_: str, key: str, default: str) -> dict[str, str]:
        """Return for each entity of a type the value of one key of the entity that stands for it."""
        merges = self._selection.merges(type_)
        values = {e.entity_id: values_of(e).get(key, default) for e in self._selection.everything.get(type_, ())}
        return {id_: values[resolve(id_, merges)] for id_ in values}

    def _objects(self, type_: str) -> Iterator[Values]:
        entities = self._selection.entities.get(type_, ())
        for start in range(0, len(entities), _AT_A_TIME):
            some = entities[start : start + _AT_A_TIME]
            yield from self._filled(some, values_of_all(some))

    def _articles(self) -> Iterator[Values]:
        nested: dict[str, dict[str, list[Version]]] = {}
        for type_ in (TextVersion.TYPE, Annotation.TYPE):
            nested[type_] = defaultdict(list)
            in_articles = nested[type_]
            for entity in self._selection.entities.get(type_, ()):
                in_articles[entity.article_id or values_of(entity)["article_id"]].append(entity)
        for article in self._selection.entities.get(Article.TYPE, ()):
            value = self._object(article)
            texts = nested[TextVersion.TYPE][article.entity_id]
            ordinals = ordinals_of({text.entity_id: values_of(text).get("replaces_id") for text in texts})
            value["text_versions"] = [self._text_version(text, ordinals[text.entity_id]) for text in texts]
            passages = nested[Annotation.TYPE][article.entity_id]
            value["annotations"] = list(self._annotations(passages))
            yield value

    def _text_version(self, entity: Version, ordinal: int) -> Values:
        derived: Values = {"ordinal": ordinal}
        text, source = self._history.texts[entity.entity_id]
        if not self._options.no_text:
            derived["text"] = text
            if self._options.with_journal and not self._client and source is not None:
                derived["source_base64"] = base64.b64encode(source).decode("ascii")
        return next(self._filled([entity], [values_of(entity) | derived], tuple(derived)))

    def _annotations(self, entities: Sequence[Version]) -> Iterator[Values]:
        contents = values_of_all(entities)
        for values in contents:
            values["kind"], values["review_state"] = self._kinds[values["tag_id"]], review_state(values)
        return self._filled(entities, contents, ("kind", "review_state"))

    def _object(self, entity: Version) -> Values:
        return next(self._filled([entity], [values_of(entity)]))

    def _filled(
        self, entities: Iterable[Version], contents: Iterable[Values], derived: tuple[str, ...] = ()
    ) -> Iterator[Values]:
        """Yield the objects of entities of one type: id, their own fields, derived keys, times, version record.

        ``contents``: the entities', with the values of the ``derived`` keys among them.
        """
        forms, client, with_journal = self._forms, self._client, self._with_journal
        for entity, given in zip(entities, contents, strict=True):
            form = forms[entity.entity_type, derived, "deleted_at" in given]
            value = form.blank | given
            for name in form.left_out:
                del value[name]
            value["id"] = entity.entity_id
            for name, filled in form.parts:
                value[name] = filled(given[name]) if name in given else []
            if client:
                yield self._for_client(entity, value)
                continue
            value["updated_at"] = entity.at
            add_record(value, entity, self._ancestors(entity) if entity.parents or entity.told_ancestors else ())
            if with_journal:
                value["change_id"] = entity.change_id
            yield value

    def _ancestors(self, entity: Version) -> Iterable[str]:
        return ancestors_of(entity.hash, self._selection.history(entity))

    def _for_client(self, entity: Version, value: Values) -> Values:
        for key in _NOT_FOR_CLIENTS:
            value.pop(key, None)
        if entity.entity_type == Analyst.TYPE:
            id_, letter = self._letters[entity.entity_id]
            return {"id": id_, "name": letter, "initials": letter}
        if "analyst_id" in value:
            value["analyst_id"] = self._letters[value["analyst_id"]][0]
        return value

    def _version(self, version: Version) -> Values:
        history = self._selection.history(version)
        value: Values = {"type": version.entity_type, "id": version.entity_id}
        add_record(value, version, _out_of_reach(version, history))
        value["change_id"] = version.change_id if self._options.with_journal else None
        value["content"] = values_of(version)
        return value

    def _journal(self) -> list[Values]:
        if not self._options.with_journal or self._client:
            return []
        changes: Iterable[Any] = self._history.changes
        if _count(self._selection.everything) > _count(self._selection.entities):
            chosen = [entity for of_type in self._selection.entities.values() for entity in of_type]
            written = {version.change_id for e in chosen for version in self._selection.history(e).values()}
            changes = (change for change in changes if change.id in written)
        keys = ("id", "at", "analyst_id", "device", "label", "undoes_id")
        return [{key: getattr(c, key) for key in keys} for c in sorted(changes, key=attrgetter("id"))]


def _count(by_type: Mapping[str, Sequence[Version]]) -> int:
    return sum(map(len, by_type.values()))


_Fill = Callable[[list[Values]], list[Any]]


class _Form(NamedTuple):
    """What an object looks like. ``blank``: all keys in the order of writing, with their defaults.

    ``parts``: the lists of parts, each with what fills in what its parts leave out. ``left_out``: fields that are told
    by the place.
    """

    blank: Values
    parts: tuple[tuple[str, _Fill], ...]
    left_out: tuple[str, ...]


class _Forms(dict[tuple[str, tuple[str, ...], bool], _Form]):
    """The forms of objects by type, derived keys and whether it is a tombstone; each is made when first asked for."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """``names``: what the people are called, by id."""
        super().__init__()
        self._names = names

    def __missing__(self, key: tuple[str, tuple[str, ...], bool]) -> _Form:
        self[key] = form = _form_of(*key, self._names)
        return form


_REVIEWS = {
    place.key: place.cls.TYPE
    for place in PLACES
    if place.cls in {ReviewSession, SessionMember, SessionArticle, Submission, Verdict, Decision}
}
"""The lists of review sessions, by their keys; a client's file has none."""
_RECORD_KEYS = ("updated_at", "version", "revision", "parents", "ancestors", "at", "by", "device")
_AT_A_TIME = 64
"""Entities whose contents are read at once."""
_NOT_FOR_CLIENTS = ("note", "settings", "created_at", "deleted_at", *_RECORD_KEYS)


def _form_of(type_: str, derived: tuple[str, ...], deleted: bool, names: Mapping[str, str]) -> _Form:
    """Return the form of an object with these derived keys; a tombstone says when it was deleted, others do not."""
    cls = BY_TYPE[type_]
    specs = keyed_fields(cls)
    own = {spec.name: _default(spec.default) for spec in specs}
    last = {name: own.pop(name) for name in (("created_at", "deleted_at") if deleted else ("created_at",))}
    own.pop("deleted_at", None)
    blank = {"id": ""} | own | dict.fromkeys(derived) | last | dict.fromkeys(_RECORD_KEYS)
    parts = tuple((spec.name, _filling(spec.part, names)) for spec in specs if spec.part is not None)
    return _Form(blank, parts, ("article_id",) if cls in {TextVersion, Annotation} else ())


def _filling(part: type[Record], names: Mapping[str, str]) -> _Fill:
    """Return what makes the whole parts of a list from those that a content has."""
    blank = {spec.name: _default(spec.default) for spec in keyed_fields(part)}
    if part is Alias:
        return lambda given: [one["text"] if len(one) == 1 else blank | one for one in given]
    if part is AnnotationPerson:
        blank = {"person_id": "", "name": "", **blank}
        return lambda given: [{**blank, **one, "name": names[one["person_id"]]} for one in given]
    return lambda given: [blank | one for one in given]


def _default(value: Any) -> Any:  # noqa: ANN401  (a field's default, of any type)
    if value is MISSING:
        return None
    return str(value) if isinstance(value, StrEnum) else value


def add_record(value: Values, version: Version, ancestors: Iterable[str]) -> None:
    """Add the version record to an object, with the hashes of the versions that this one replaces."""
    value["version"] = version.hash
    value["revision"] = version.revision
    value["parents"] = sorted(version.parents) if version.parents else []
    value["ancestors"] = sorted(ancestors) if ancestors else []
    value["at"] = version.at
    value["by"] = version.by
    value["device"] = version.device


def _out_of_reach(version: Version, history: Mapping[str, Version]) -> frozenset[str]:
    """Return the ancestors of a version that do not follow from its parents and their own records."""
    reached: set[str] = set(version.parents)
    for parent in version.parents:
        reached |= ancestors_of(parent, history)
    return ancestors_of(version.hash, history) - reached


def ordinals_of(replaces: Mapping[str, str | None]) -> dict[str, int]:
    """Return the ordinals (from 1) of the text versions of one article: how many each replaces, in a row, and 1."""
    ordinals: dict[str, int] = {}
    for start in replaces:
        line: list[str] = []
        id_: str | None = start
        while id_ is not None and id_ in replaces and id_ not in line:
            line.append(id_)
            id_ = replaces[id_]
        ordinals[start] = len(line)
    return ordinals


def _letters(analysts: Sequence[str], project_id: str) -> dict[str, tuple[str, str]]:
    """Return for each analyst, in the order of their ids, the id and the name that a client sees (A1, A2)."""
    names = {analyst: f"A{n}" for n, analyst in enumerate(analysts, start=1)}
    return {id_: (derived_id(project_id, "client", name), name) for id_, name in names.items()}
