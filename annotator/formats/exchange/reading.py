"""Reading an exchange document that this program wrote, and taking apart one that another program wrote.

A file is hostile until everything in it was checked: all problems are found at once, each with its JSON path, and
nothing is handed on when there is one. History of the format: :mod:`annotator.formats.exchange.upgrading`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation
from annotator.domain.articles import TextVersion
from annotator.domain.comments import Comment
from annotator.domain.entities import BY_TYPE, owner_of
from annotator.domain.entity import Entity, from_plain
from annotator.domain.ids import is_id
from annotator.domain.progress import Progress, each_told, part, silent
from annotator.domain.reviews import ReviewSession
from annotator.domain.versions import Version, ancestors_of, canonical, content_of, entity_from, heads_of
from annotator.formats.exchange.checking import (
    check_annotation,
    check_comment,
    check_references,
    check_text,
    check_version,
)
from annotator.formats.exchange.drafts import Draft, DraftReader, has_records, kind_of, shown
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.layout import CLIENT, TOP_LEVEL_KEYS
from annotator.formats.exchange.packet import PacketHead, read_head
from annotator.formats.exchange.parsing import Unreadable, parse, step
from annotator.formats.exchange.records import RecordReader
from annotator.formats.exchange.selecting import references
from annotator.formats.exchange.state import Counted, Entry, JournalEntry
from annotator.formats.exchange.upgrading import upgraded
from annotator.formats.exchange.writing import fingerprint

E = TypeVar("E", bound=Entity)

_ALLOWED_PROFILES = (None, CLIENT)
_SHARES = {"versions": (0.5, 0.75), "journal": (0.75, 0.8)}
"""From where to where of reading a document of ours its old versions and its changes take, about."""


@dataclass(slots=True)
class Document:
    """A document that was read.

    ``own``: it carries version records, so that it can be merged. ``drafts``: its objects, checked key by key.
    ``entries``: the entities by id, only of an own document. ``versions``: every version with a body, by hash.
    ``texts``: the text and the original file of each text version whose text is in the document. ``packet``: the head
    of a review packet.
    """

    raw: Mapping[str, Any]
    own: bool
    profile: str
    drafts: list[Draft]
    untouched: bool = False
    """Whether the fingerprint in it is that of its content."""
    packet: PacketHead | None = None
    entries: dict[str, Entry] = field(default_factory=dict)
    versions: dict[str, Version] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    """JSON path of each version by its hash."""
    texts: dict[str, tuple[str, bytes | None]] = field(default_factory=dict)
    changes: list[JournalEntry] = field(default_factory=list)
    counted: Counted = field(default_factory=Counted)

    @property
    def project_id(self) -> str | None:
        """The id of the project that the document is of, None when it names none."""
        project = self.raw.get("project")
        id_ = project.get("id") if isinstance(project, dict) else None
        return id_ if isinstance(id_, str) else None

    def of(self, cls: type[E]) -> list[Entry]:
        """Return the entries of one class, in the order of the document."""
        return [entry for entry in self.entries.values() if isinstance(entry.entity, cls)]


def read_document(
    source: bytes | Mapping[str, Any], findings: Findings, *, progress: Progress = silent
) -> Document | None:
    """Read a document from the bytes of a file, or from what was parsed already, noting everything that is wrong.

    Returns None when it is too broken to go on; ``progress`` may raise to stop. A document of another program is only
    taken apart into drafts; what its names mean depends on the project (:mod:`annotator.services.foreign`).
    """
    value = parse(source, findings) if isinstance(source, bytes) else dict(source)
    if value is None and findings.problems:
        return None
    raw = upgraded(value, findings)
    if raw is None or not isinstance(value, dict):
        return None
    progress(2, 10)
    _check_head(raw, findings)
    own = raw.get("profile") is None and has_records(raw)
    document = Document(raw, own, raw.get("profile") or "", DraftReader(findings, own=own).drafts(raw))
    document.untouched = value.get("fingerprint") == fingerprint(value)
    _refuse_duplicates(document, findings)
    if "packet" in raw:
        document.packet = read_head(raw["packet"], findings)
        if not own:
            findings.problem("$.packet", "This is a review packet without version records: Annotator did not write it.")
    if own:
        _OwnReader(document, findings, part(progress, 0.4, 1)).read()
        _check_packet(document, findings)
    return document


def _check_packet(document: Document, findings: Findings) -> None:
    """Note what the head of a packet names and the packet does not hold."""
    if document.packet is None:
        return
    for key, cls in (("session_id", ReviewSession), ("sender", Analyst), ("receiver", Analyst)):
        entry = document.entries.get(getattr(document.packet, key))
        if entry is None or not isinstance(entry.entity, cls):
            what = cls.TYPE.replace("_", " ")
            findings.problem(f"$.packet.{key}", f"The {what} that this names is not in the packet.")


def _check_head(raw: Mapping[str, Any], findings: Findings) -> None:
    unit = raw.get("offset_unit", "codepoint")
    if unit != "codepoint":
        findings.problem("$.offset_unit", f"Offsets are in code points (“codepoint”), not {shown(unit)}.")
    if raw.get("profile") not in _ALLOWED_PROFILES:
        findings.problem("$.profile", f"Expected “{CLIENT}” or no profile, not {shown(raw['profile'])}.")
    for key in raw:
        if key not in TOP_LEVEL_KEYS:
            findings.warning(step("$", key), "This key is not known and was ignored.")


def _refuse_duplicates(document: Document, findings: Findings) -> None:
    first: dict[str, str] = {}
    for draft in document.drafts:
        if draft.id is None:
            continue
        if draft.id in first:
            findings.problem(f"{draft.path}.id", f"The id {draft.id} stands at {first[draft.id]} already.")
        else:
            first[draft.id] = draft.path


class _OwnReader:
    """Makes entities and versions of an own document and checks them against each other."""

    def __init__(self, document: Document, findings: Findings, progress: Progress) -> None:
        self._progress = progress
        self._document = document
        self._findings = findings
        self._raw = document.raw
        self._records = RecordReader(findings)

    def read(self) -> None:
        """Fill the document."""
        drafts = self._document.drafts
        for draft in each_told(drafts, len(drafts), part(self._progress, 0, 0.5)):
            self._entity(draft)
        for key, read in (("versions", self._version), ("journal", self._change)):
            given = self._raw.get(key, [])
            if isinstance(given, list):
                told = each_told(given, len(given), part(self._progress, *_SHARES[key]))
                for index, value in enumerate(told):
                    if isinstance(value, dict):
                        read(value, f"$.{key}[{index}]")
                    elif not isinstance(value, Unreadable):
                        self._findings.problem(f"$.{key}[{index}]", f"Expected an object, not {kind_of(value)}.")
            elif not isinstance(given, Unreadable):
                self._findings.problem(f"$.{key}", f"Expected a list, not {kind_of(given)}.")
        self._compare()
        self._shorten_ancestors()

    def _entity(self, draft: Draft) -> None:
        record = self._records.record(draft.cls.TYPE, draft.id, draft.raw, draft.path)
        if record is None or draft.id is None or draft.id in self._document.entries:
            return
        values = dict(draft.values)
        source = self._original(values.pop("source_base64", None), values, draft.path)
        if draft.parent is not None:
            values["article_id"] = draft.parent.id or ""
        try:
            entity = from_plain(draft.cls, {**values, "id": draft.id})
        except (TypeError, ValueError):
            return  # a key that is missing or wrong was noted when the draft was read
        record = record._replace(content=content_of(entity), owner_id=owner_of(entity))
        entity = replace(
            entity, revision=record.revision, version=record.hash, updated_at=record.at, updated_by=record.by
        )
        if isinstance(entity, TextVersion) and "text" in draft.values:
            self._document.texts[entity.id] = (entity.text, source)
        self._document.entries[entity.id] = Entry(entity=entity, path=draft.path)
        self._add_version(record, draft.path)

    def _original(self, given: Any, values: Mapping[str, Any], path: str) -> bytes | None:  # noqa: ANN401
        if given is None:
            return None
        try:
            source = base64.b64decode(given, validate=True)
        except (binascii.Error, ValueError):
            self._findings.problem(f"{path}.source_base64", "This is no base64.")
            return None
        if hashlib.sha256(source).hexdigest() != values.get("source_sha256"):
            self._findings.problem(f"{path}.source_sha256", "The original file is not the one that was hashed.")
        return source

    def _add_version(self, version: Version, path: str) -> None:
        if version.hash in self._document.versions:
            first = self._document.places[version.hash]
            self._findings.problem(f"{path}.version", f"This version stands at {first} already.")
            return
        check_version(version, path, self._findings, self._document.counted)
        self._document.versions[version.hash] = version
        self._document.places[version.hash] = path

    def _version(self, raw: Mapping[str, Any], path: str) -> None:
        type_, id_ = raw.get("type"), raw.get("id")
        if not isinstance(type_, str) or type_ not in BY_TYPE:
            self._findings.problem(f"{path}.type", f"Expected one of {', '.join(BY_TYPE)}, not {shown(type_)}.")
            return
        if not isinstance(id_, str) or not is_id(id_):
            self._findings.problem(f"{path}.id", f"Expected an id (a UUID in lower case), not {shown(id_)}.")
            return
        record = self._records.record(type_, id_, raw, path)
        content = raw.get("content")
        if not isinstance(content, dict):
            self._findings.problem(f"{path}.content", f"Expected an object, not {kind_of(content)}.")
        if record is None or not isinstance(content, dict):
            return
        try:
            record = record._replace(content=canonical(content))
            entity = entity_from(record)
            record = record._replace(owner_id=owner_of(entity))
        except (TypeError, ValueError, UnicodeEncodeError, AttributeError):
            self._findings.problem(f"{path}.content", f"This is no content of the type “{type_}”.")
            return
        self._add_version(record, path)

    def _change(self, raw: Mapping[str, Any], path: str) -> None:
        entry = self._records.change(raw, path)
        if entry is not None:
            self._document.changes.append(entry)

    def _compare(self) -> None:
        """Check what depends on several objects: references, texts and quotes, circles."""
        entries = self._document.entries
        given = {draft.id for draft in self._document.drafts}
        for entry in each_told(entries.values(), len(entries), part(self._progress, 0.8, 1)):
            check_references(references(entry.entity), given.__contains__, entry.path, self._findings)
            self._compare_text(entry)
        self._refuse_circles()
        known = {version.entity_id for version in self._document.versions.values()}
        for id_ in sorted(known - given):
            path = next(self._document.places[v.hash] for v in self._document.versions.values() if v.entity_id == id_)
            self._findings.problem(path, f"The entity {id_} itself is not in the file.")

    def _refuse_circles(self) -> None:
        """Note versions that say that they replace themselves, directly or not: then no state would be the newest."""
        histories: dict[str, dict[str, Version]] = {}
        for version in self._document.versions.values():
            histories.setdefault(version.entity_id, {})[version.hash] = version
        for versions in histories.values():
            if not heads_of(versions):
                path = self._document.places[min(versions)]
                self._findings.problem(f"{path}.ancestors", "The version is among those that it replaces itself.")

    def _compare_text(self, entry: Entry) -> None:
        entity, counted = entry.entity, self._document.counted
        if isinstance(entity, TextVersion):
            left_out = entity.id not in self._document.texts
            check_text(entity, entry.path, self._findings, counted, left_out=left_out)
        elif isinstance(entity, Annotation):
            text = self._document.entries.get(entity.text_id)
            if text is not None and getattr(text.entity, "article_id", None) != entity.article_id:
                self._findings.problem(f"{entry.path}.text_id", "The text belongs to another article.")
            check_annotation(entity, self._text(entity.text_id), entry.path, self._findings, counted)
        elif isinstance(entity, Comment):
            check_comment(entity, self._text(entity.text_id), entry.path, self._findings, counted)

    def _text(self, id_: str | None) -> str | None:
        found = self._document.texts.get(id_ or "")
        return None if found is None else found[0]

    def _shorten_ancestors(self) -> None:
        """Keep as told only the ancestors that do not follow from the parents, as a project keeps them."""
        versions = self._document.versions
        for hash_, version in list(versions.items()):
            if version.told_ancestors:
                reached: set[str] = set(version.parents)
                for parent in version.parents:
                    reached |= ancestors_of(parent, versions)
                told = tuple(sorted(set(version.told_ancestors) - reached))
                versions[hash_] = version._replace(told_ancestors=told)
