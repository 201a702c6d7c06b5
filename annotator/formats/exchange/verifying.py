"""Recomputing everything in a document, or in a project, that can be recomputed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.annotations import Annotation
from annotator.domain.articles import TextVersion
from annotator.domain.codebook import Tag
from annotator.domain.comments import Comment
from annotator.domain.entity import Entity, field_specs
from annotator.domain.errors import Problem
from annotator.domain.merging import resolve
from annotator.domain.people import Person
from annotator.domain.progress import Progress, each_told, part, silent
from annotator.domain.versions import content_of, heads_of
from annotator.formats.exchange.checking import (
    check_annotation,
    check_comment,
    check_references,
    check_text,
    check_version,
)
from annotator.formats.exchange.drafts import Draft
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.foreign import Known, complete
from annotator.formats.exchange.layout import FINAL, UNREVIEWED
from annotator.formats.exchange.reading import Document, read_document
from annotator.formats.exchange.selecting import references
from annotator.formats.exchange.state import Counted, ProjectState
from annotator.formats.exchange.writing import ordinals_of

_VERSIONS = 0.6
"""The part of looking a project over that its versions take: each is hashed anew."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying found: everything that does not fit, and what was compared."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    counted: Counted = field(default_factory=Counted)
    fingerprint: str = ""
    """The fingerprint that was compared; empty when there was none."""

    @property
    def passed(self) -> bool:
        """Whether everything fits."""
        return not self.problems


def verify_document(source: bytes | Mapping[str, Any], *, progress: Progress = silent) -> Verified:
    """Recompute the texts' hashes, the quotes, the versions, the derived values and the fingerprint of a document."""
    findings = Findings()
    document = read_document(source, findings, progress=part(progress, 0, 0.7))
    told = ""
    if document is not None:
        if not document.own:
            complete(document, Known(strict=False), findings, progress=part(progress, 0.7, 0.9))
        progress(9, 10)
        _check_derived(document, findings)
        told = _check_fingerprint(document, findings)
    counted = Counted() if document is None else document.counted
    return Verified((*findings.problems, *findings.derived), tuple(findings.warnings), counted, told)


def verify_state(state: ProjectState, progress: Progress = silent) -> Verified:
    """Recompute the same for a project, and compare every entity with the version that it shows.

    ``progress`` may raise to stop.
    """
    findings, counted = Findings(), Counted()
    histories: dict[str, dict[str, Any]] = {}
    for version in each_told(state.versions.values(), len(state.versions), part(progress, 0, _VERSIONS)):
        check_version(version, f"{version.entity_type} {version.entity_id}", findings, counted)
        histories.setdefault(version.entity_id, {})[version.hash] = version
    everything = {e.id: e for of_class in state.entities.values() for e in of_class}
    texts = {text.id: text.text for text in state.of(TextVersion)}
    for entity in each_told(everything.values(), len(everything), part(progress, _VERSIONS, 1)):
        place = f"{entity.TYPE} {entity.id}"
        heads = heads_of(histories.get(entity.id, {}))
        if not heads or heads[0].hash != entity.version or heads[0].content != content_of(entity):
            findings.problem(place, "It is not what its newest version says.")
        check_references(references(entity), everything.__contains__, place, findings)
        _check_entity(entity, texts, place, findings, counted)
    return Verified(tuple(findings.problems), tuple(findings.warnings), counted)


def _check_entity(entity: Entity, texts: Mapping[str, str], place: str, findings: Findings, counted: Counted) -> None:
    if isinstance(entity, TextVersion):
        check_text(entity, place, findings, counted, left_out=entity.id not in texts)
    elif isinstance(entity, Annotation):
        check_annotation(entity, texts.get(entity.text_id), place, findings, counted)
    elif isinstance(entity, Comment):
        check_comment(entity, texts.get(entity.text_id or ""), place, findings, counted)


def _check_derived(document: Document, findings: Findings) -> None:
    """Compare each value that repeats what stands elsewhere in the document."""
    for path, said, expected in _derived(document):
        if said != expected:
            findings.mismatch(path, f"It says {json.dumps(said)[:80]}; it should be {json.dumps(expected)[:80]}.")


def _derived(document: Document) -> Iterator[tuple[str, object, object]]:
    """Yield the path of each derived value that is there, what it says and what it should say."""
    ordinals = _ordinals(document)
    kinds = _Looked(document, Tag, "kind")
    names = _Looked(document, Person, "name")
    for draft in document.drafts:
        expected: dict[str, object] = {}
        if draft.cls is TextVersion:
            expected["ordinal"] = ordinals.get(draft.id or "")
        elif draft.cls is Annotation:
            expected["kind"] = kinds.up(draft.values.get("tag_id"))
            expected["review_state"] = FINAL if draft.values.get("session_id") else UNREVIEWED
            yield from _names_of_people(draft, names)
        if document.own:
            expected["updated_at"] = draft.raw.get("at")
        for key, value in expected.items():
            if key in draft.raw and value is not None:
                yield f"{draft.path}.{key}", draft.raw[key], value


def _names_of_people(draft: Draft, names: _Looked) -> Iterator[tuple[str, object, object]]:
    people = draft.raw.get("people")
    for index, raw in enumerate(people if isinstance(people, list) else ()):
        if isinstance(raw, dict) and "name" in raw and (name := names.up(raw.get("person_id"))) is not None:
            yield f"{draft.path}.people[{index}].name", raw["name"], name


class _Looked:
    """Looks one field of the entities of a class up by id, following merges."""

    def __init__(self, document: Document, cls: type[Entity], key: str) -> None:
        default = next(spec.default for spec in field_specs(cls) if spec.name == key)
        drafts = [draft for draft in document.drafts if draft.cls is cls and draft.id is not None]
        self._values = {draft.id: draft.values.get(key, default) for draft in drafts}
        self._merges = {
            str(draft.id): draft.values["merged_into"]
            for draft in drafts
            if draft.values.get("merged_into") is not None and draft.values.get("deleted_at") is None
        }

    def up(self, id_: object) -> object:
        """Return the value of what stands for ``id_``, None when it is not in the document."""
        return self._values.get(resolve(id_, self._merges)) if isinstance(id_, str) else None


def _ordinals(document: Document) -> dict[str, int]:
    by_article: dict[int, dict[str, str | None]] = {}
    for draft in document.drafts:
        if draft.cls is TextVersion and draft.id is not None:
            by_article.setdefault(id(draft.parent), {})[draft.id] = draft.values.get("replaces_id")
    return {id_: n for replaces in by_article.values() for id_, n in ordinals_of(replaces).items()}


def _check_fingerprint(document: Document, findings: Findings) -> str:
    told = document.raw.get("fingerprint")
    if told is None:
        if document.own or document.profile:
            findings.mismatch("$.fingerprint", "The fingerprint is missing.")
        return ""
    if not document.untouched:
        findings.mismatch("$.fingerprint", "It is not that of this content: something in the file was changed.")
    return str(told)
