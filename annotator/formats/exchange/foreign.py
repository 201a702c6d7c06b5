"""Documents that another program wrote: ids that are missing, names where ids belong, quotes that are left out.

What is missing follows from the rest. An id is that of the thing in the project that is meant (the text of the same
SHA-256, the person of the same name), else a UUIDv5 of the project and of what the thing is, so that reading the same
file twice finds everything again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, replace
from typing import Any

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation, quote_with_context
from annotator.domain.articles import Article, TextVersion
from annotator.domain.codebook import Tag
from annotator.domain.comments import Comment
from annotator.domain.entity import Entity, field_specs, from_plain
from annotator.domain.folding import fold
from annotator.domain.ids import derived_id, is_id
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.domain.progress import Progress, each_told, part, silent
from annotator.domain.projects import Project
from annotator.domain.relations import Relation
from annotator.domain.text import text_sha256
from annotator.formats.exchange.checking import check_annotation, check_comment, check_references, check_text
from annotator.formats.exchange.drafts import Draft, NameReference
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.reading import Document
from annotator.formats.exchange.selecting import references
from annotator.formats.exchange.state import Entry

_ANYWHERE = "00000000-0000-0000-0000-000000000000"
_ORDER = (Project, Analyst, Tag, Person, Point, TextVersion, Article, Annotation)
"""Ids are made in this order, each from what was made before; whatever is not named comes last."""


@dataclass(frozen=True, slots=True)
class KnownText:
    """A text that the project has."""

    article_id: str
    text_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the project has that a document may mean.

    ``names``: entity type -> folded name -> ids. ``texts``: by SHA-256. ``text_ids``: the same by id.
    ``analyst_id``: whose are passages that name no analyst. ``strict``: a name that means nothing is a problem.
    """

    namespace: str = _ANYWHERE
    ids: frozenset[str] = frozenset()
    names: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    texts: Mapping[str, KnownText] = field(default_factory=dict)
    analyst_id: str = _ANYWHERE
    strict: bool = True


def names_of(entity: Entity) -> tuple[str, ...]:
    """Return the names by which a document may call an entity, folded; empty for what has none."""
    names: tuple[str, ...] = ()
    if isinstance(entity, Person):
        names = (entity.name, *(alias.text for alias in entity.aliases))
    elif isinstance(entity, Analyst):
        names = (entity.name, entity.initials)
    elif isinstance(entity, Tag):
        names = (entity.name,)
    elif isinstance(entity, Point):
        names = (entity.text,)
    return tuple(fold(name) for name in names if name.strip())


def complete(document: Document, known: Known, findings: Findings, *, progress: Progress = silent) -> list[Entry]:
    """Return the entities of a document of another program, completed, with their paths; notes what is wrong.

    ``progress`` may raise to stop.
    """
    return _Completing(document, known, findings).entries(progress)


class _Completing:
    def __init__(self, document: Document, known: Known, findings: Findings) -> None:
        self._document = document
        self._known = known
        self._findings = findings
        self._alike: Counter[tuple[str, ...]] = Counter()
        self._given: dict[str, str] = {}
        self._ids: dict[int, str] = {}
        self._names: dict[str, dict[str, set[str]]] = {}
        self._texts_by_article: dict[int, list[Draft]] = {}
        self._hashes: dict[str, str] = {}
        for draft in document.drafts:
            if draft.cls is TextVersion:
                self._texts_by_article.setdefault(id(draft.parent), []).append(draft)
        self._texts: dict[str, str] = {known_text.text_id: known_text.text for known_text in known.texts.values()}

    def entries(self, progress: Progress) -> list[Entry]:
        drafts = sorted(self._document.drafts, key=_rank)
        given = {
            id(d): frozenset(d.values) - {"source_base64"} | {n.field for n in d.names if n.holder is d.values}
            for d in drafts
        }
        for draft in each_told(drafts, len(drafts), part(progress, 0, 0.5)):
            self._fill(draft)
        found: dict[int, Entry] = {}
        for draft in self._document.drafts:
            entity = self._entity(draft)
            if entity is not None:
                found[id(draft)] = Entry(entity=entity, path=draft.path, given=given[id(draft)])
        ids = {entry.entity.id for entry in found.values()} | self._known.ids | set(self._ids.values()) | {_ANYWHERE}
        for entry in each_told(found.values(), len(found), part(progress, 0.5, 1)):
            check_references(references(entry.entity), ids.__contains__, entry.path, self._findings)
            self._compare(entry)
        return list(found.values())

    def _fill(self, draft: Draft) -> None:
        """Complete the values of one draft and settle its id."""
        self._translate(draft)
        for reference in draft.names:
            # what means nothing was noted; the rest of the entity is still looked over
            reference.holder[reference.field] = self._meant(reference) or _ANYWHERE
        if draft.cls is TextVersion:
            self._fill_text(draft)
        elif draft.cls is Annotation:
            self._fill_annotation(draft)
        elif draft.cls in {Comment, Relation} and not any(name.field == "analyst_id" for name in draft.names):
            draft.values.setdefault("analyst_id", self._known.analyst_id)
        id_ = self._id_of(draft)
        self._ids[id(draft)] = id_
        if draft.id is not None:
            self._given[draft.id] = id_
        if draft.cls is TextVersion and "text" in draft.values:
            self._texts[id_] = draft.values["text"]
        self._remember_names(draft, id_)

    def _translate(self, draft: Draft) -> None:
        """Replace references to ids that are no UUIDs by the ids that stand for them here."""
        for holder, cls in ((draft.values, draft.cls), *_parts(draft)):
            for spec in field_specs(cls):
                given = holder.get(spec.name)
                if spec.ref is not None and isinstance(given, str) and not is_id(given):
                    holder[spec.name] = self._given.get(given) or derived_id(
                        self._known.namespace, spec.ref, "id", given
                    )

    def _meant(self, reference: NameReference) -> str | None:
        """Return the id of what a name means; notes a name that fits nothing, or several things."""
        folded = fold(reference.name)
        found = set(self._known.names.get(reference.entity_type, {}).get(folded, ()))
        found |= self._names.get(reference.entity_type, {}).get(folded, set())
        if not self._known.strict and len(found) != 1:
            return _ANYWHERE
        what = reference.entity_type.replace("_", " ")
        if not found:
            self._findings.problem(reference.path, f"There is no {what} called “{reference.name[:60]}”.")
        elif len(found) > 1:
            self._findings.problem(
                reference.path,
                f"“{reference.name[:60]}” may be each of {len(found)} {what} entries; give the id: "
                f"{', '.join(sorted(found))}.",
            )
        return next(iter(found)) if len(found) == 1 else None

    def _fill_text(self, draft: Draft) -> None:
        text = draft.values.get("text")
        if isinstance(text, str) and "sha256" not in draft.values:
            draft.values["sha256"] = text_sha256(text)

    def _fill_annotation(self, draft: Draft) -> None:
        values = draft.values
        if not any(reference.field == "analyst_id" for reference in draft.names):
            values.setdefault("analyst_id", self._known.analyst_id)
        if "text_id" not in values and draft.parent is not None:
            texts = self._texts_of(draft.parent)
            if len(texts) == 1:
                values["text_id"] = self._ids[id(texts[0])]
            else:
                self._findings.problem(draft.path, "The key “text_id” is missing, and the article has several texts.")
        self._fill_quote(draft)

    def _fill_quote(self, draft: Draft) -> None:
        """Take the quote and its context from the text; a quote that cannot be taken stays empty and is refused."""
        values = draft.values
        text = self._texts.get(values.get("text_id", ""))
        start, end = values.get("start"), values.get("end")
        if text is not None and isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
            prefix, quote, suffix = quote_with_context(text, start, end)
            for key, value in (("quote", quote), ("prefix", prefix), ("suffix", suffix)):
                values.setdefault(key, value)
        values.setdefault("quote", "")

    def _id_of(self, draft: Draft) -> str:
        if draft.id is not None and is_id(draft.id):
            return draft.id
        if draft.id is not None:
            return derived_id(self._known.namespace, draft.cls.TYPE, "id", draft.id)
        same = self._same(draft)
        if same is not None:
            return same
        what = (draft.cls.TYPE, *self._what(draft))
        self._alike[what] += 1
        return derived_id(self._known.namespace, *what, str(self._alike[what]))

    def _same(self, draft: Draft) -> str | None:
        """Return the id of the thing in the project that a draft without an id plainly is."""
        if draft.cls is Project:
            return self._known.namespace
        if draft.cls is TextVersion:
            found = self._known.texts.get(draft.values.get("sha256", ""))
            return None if found is None else found.text_id
        if draft.cls is Article:
            return next((known.article_id for known in self._known_texts(draft)), None)
        if draft.cls not in {Person, Tag, Analyst, Point}:
            return None
        name = fold(str(draft.values.get("text" if draft.cls is Point else "name", "")))
        ids = self._known.names.get(draft.cls.TYPE, {}).get(name, frozenset())
        return next(iter(ids)) if len(ids) == 1 else None

    def _known_texts(self, article: Draft) -> list[KnownText]:
        hashes = [d.values.get("sha256", "") for d in self._texts_of(article)]
        return [self._known.texts[sha] for sha in hashes if sha in self._known.texts]

    def _texts_of(self, article: Draft) -> list[Draft]:
        return self._texts_by_article.get(id(article), [])

    def _what(self, draft: Draft) -> tuple[str, ...]:
        """Return what a thing is, in words that stay the same when the file is read again."""
        values = draft.values
        if draft.cls is Annotation:
            place = (str(values.get(key)) for key in ("start", "end", "tag_id", "analyst_id"))
            return (self._hash_of(values.get("text_id", "")), *place)
        if draft.cls is TextVersion:
            return (str(values.get("sha256")),)
        if draft.cls is Article:
            texts = [str(d.values.get("sha256")) for d in self._texts_of(draft)]
            return tuple(texts) or (str(values.get("url")), str(values.get("title")))
        keys = _IDENTITY.get(draft.cls, ("name",))
        return tuple(str(values.get(key, "")) for key in keys)

    def _hash_of(self, text_id: str) -> str:
        """Return the SHA-256 of a text of the file or the project, reckoned once."""
        if text_id not in self._hashes:
            self._hashes[text_id] = text_sha256(self._texts.get(text_id, ""))
        return self._hashes[text_id]

    def _remember_names(self, draft: Draft, id_: str) -> None:
        entity = _made(draft, id_)
        if entity is not None:
            for name in names_of(entity):
                self._names.setdefault(entity.TYPE, {}).setdefault(name, set()).add(id_)

    def _entity(self, draft: Draft) -> Entity | None:
        if draft.cls is Article and "current_text_id" not in draft.values:
            texts = self._texts_of(draft)
            if texts:
                draft.values["current_text_id"] = self._ids[id(texts[-1])]
        if draft.parent is not None:
            draft.values["article_id"] = self._ids[id(draft.parent)]
        return _made(draft, self._ids[id(draft)])

    def _compare(self, entry: Entry) -> None:
        entity, counted = entry.entity, self._document.counted
        if isinstance(entity, TextVersion):
            text = entity.text or self._texts.get(entity.id, "")  # one that is left out may be the project's
            check_text(replace(entity, text=text), entry.path, self._findings, counted, left_out=not text)
        elif isinstance(entity, Annotation):
            check_annotation(entity, self._texts.get(entity.text_id), entry.path, self._findings, counted)
        elif isinstance(entity, Comment):
            check_comment(entity, self._texts.get(entity.text_id or ""), entry.path, self._findings, counted)


_IDENTITY: dict[type[Entity], tuple[str, ...]] = {
    Person: ("kind", "name"),
    Tag: ("kind", "name"),
    Point: ("text",),
    Relation: ("source_id", "target_id", "kind", "analyst_id"),
    Comment: ("article_id", "annotation_id", "start", "end", "analyst_id", "text"),
}


def _rank(draft: Draft) -> int:
    return _ORDER.index(draft.cls) if draft.cls in _ORDER else len(_ORDER)


def _parts(draft: Draft) -> Iterable[tuple[dict[str, Any], type[Any]]]:
    for spec in field_specs(draft.cls):
        if spec.part is not None:
            for value in draft.values.get(spec.name, ()):
                yield value, spec.part


def _made(draft: Draft, id_: str) -> Entity | None:
    """Return the entity of a draft, or None when a key that it needs is missing or wrong (which was noted)."""
    values = {key: value for key, value in draft.values.items() if key != "source_base64"}
    needed = {spec.name for spec in field_specs(draft.cls) if spec.default is MISSING and spec.name != "id"}
    if draft.parent is not None:
        values.setdefault("article_id", "")
    if not needed <= values.keys():
        return None
    try:
        return from_plain(draft.cls, {**values, "id": id_})
    except (TypeError, ValueError):
        return None
