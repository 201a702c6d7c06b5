"""The JSON Schema says the same as the writer and the reader, in both directions."""

from __future__ import annotations

import copy
import json
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from annotator.domain.annotations import AnnotationPerson, AnnotationPoint
from annotator.domain.articles import Article, Block, TextVersion
from annotator.domain.codebook import Example
from annotator.domain.entities import BY_TYPE
from annotator.domain.entity import Entity, Record
from annotator.domain.people import Alias
from annotator.domain.projects import Setting
from annotator.domain.reviews import ClusterMember, DecidedRow
from annotator.formats.exchange.drafts import DraftReader
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.layout import NAMES, PLACES, RECORD_KEYS, TOP_LEVEL_KEYS, keyed_fields
from annotator.formats.exchange.reading import read_document
from annotator.paths import resource
from tests.formats.exchange.builders import document, fixed_id, full_builder, full_state
from tests.formats.exchange.test_foreign import FOREIGN

SCHEMA = json.loads(resource("schemas", "project-v1.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
STATE = full_state()
JOURNAL = document(STATE, with_journal=True)

PARTS: dict[str, type[Record]] = {
    "annotation_person": AnnotationPerson,
    "annotation_point": AnnotationPoint,
    "cluster_member": ClusterMember,
    "decided_row": DecidedRow,
    "alias": Alias,
    "block": Block,
    "example": Example,
    "setting": Setting,
}
CLASSES: dict[str, type[Record]] = {**{place.cls.TYPE: place.cls for place in PLACES}, **PARTS}


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "options", [{}, {"with_journal": True}, {"profile": "client"}, {"no_text": True}, {"analyst_id": fixed_id("ann")}]
)
def test_whatever_is_written_is_valid(options: dict[str, Any]) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(document(STATE, **options))] == []


def test_a_document_with_a_conflict_is_valid() -> None:
    builder = full_builder()
    point = builder.one(BY_TYPE["point"], "point")
    builder.put(point, parents=(point.version,))
    assert VALIDATOR.is_valid(document(builder.state()))


def test_a_document_of_another_program_is_valid() -> None:
    assert [error.message for error in VALIDATOR.iter_errors(FOREIGN)] == []


@pytest.mark.parametrize("name", CLASSES)
def test_the_schema_has_every_key_that_is_written_or_read_and_no_other(name: str) -> None:
    cls = CLASSES[name]
    keys = {spec.name for spec in keyed_fields(cls)} | set(NAMES.get(cls, {}).values())
    if issubclass(cls, Entity):
        (place,) = [place for place in PLACES if place.cls is cls]
        keys |= {"id", "updated_at", *RECORD_KEYS, *place.derived}
    extra = {
        Article: {"text_versions", "annotations"},
        TextVersion: {"text", "source_base64"},
        AnnotationPerson: {"name"},
    }
    assert SCHEMA["$defs"][name]["properties"].keys() == keys | extra.get(cls, set())


@pytest.mark.parametrize("name", CLASSES)
def test_words_and_types_are_those_of_the_fields(name: str) -> None:
    properties = SCHEMA["$defs"][name]["properties"]
    for spec in keyed_fields(CLASSES[name]):
        if spec.scalar is None:
            assert properties[spec.name]["type"] == "array"
        elif issubclass(spec.scalar, StrEnum):
            assert properties[spec.name]["enum"] == [*spec.scalar, *([None] if spec.optional else [])]
        elif spec.scalar is bool:
            assert properties[spec.name]["type"] == "boolean"


def test_the_top_level_keys_are_those_of_the_layout() -> None:
    assert tuple(SCHEMA["properties"]) == TOP_LEVEL_KEYS


def test_every_property_of_an_entity_is_explained() -> None:
    for name in CLASSES:
        for key, value in SCHEMA["$defs"][name]["properties"].items():
            assert "description" in value or "$ref" in value or key in {"text_versions", "annotations"}, (name, key)


def structural(value: Any) -> list[str]:
    """Return the paths of what the reader finds wrong with keys and types, apart from what depends on other parts."""
    findings = Findings()
    DraftReader(findings, own=True).drafts(value)
    return [problem.path for problem in findings.problems]


def holders(value: Any) -> list[tuple[Any, Any]]:
    """Return (object, key) of every key of an entity or a part in a document."""
    found: list[tuple[Any, Any]] = []
    todo = [value[place.key] for place in PLACES if not place.nested]
    while todo:
        current = todo.pop()
        if isinstance(current, dict):
            found.extend((current, key) for key in current if key not in {*RECORD_KEYS, "updated_at"})
            todo.extend(v for v in current.values() if isinstance(v, dict | list))
        else:
            todo.extend(v for v in current if isinstance(v, dict | list))
    return found


wrong_values: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 7, -3, 10**17, 1.5, "", "word", "claim", "news", "body", fixed_id("a1"), [], {}, [7], [{}], ["x"]]
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_the_reader_takes_what_the_schema_takes_and_refuses_what_it_refuses(data: st.DataObject) -> None:
    value = copy.deepcopy(JOURNAL)
    holder, key = data.draw(st.sampled_from(holders(value)))
    if data.draw(st.booleans()):
        holder[key] = data.draw(wrong_values)
    else:
        del holder[key]
    assert VALIDATOR.is_valid(value) == (structural(value) == [])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_version_records_are_judged_alike_too(data: st.DataObject) -> None:
    value = copy.deepcopy(JOURNAL)
    everything = [value["project"], *value["people"], *value["articles"][0]["annotations"], *value["versions"]]
    holder = data.draw(st.sampled_from(everything))
    key = data.draw(st.sampled_from([k for k in RECORD_KEYS if k != "version"]))
    if data.draw(st.booleans()):
        holder[key] = data.draw(wrong_values | st.just("2026-11-24T09:30:00Z") | st.just(["f" * 64]))
    else:
        del holder[key]
    findings = Findings()
    read_document(json.dumps(value).encode(), findings)
    refused = [p for p in findings.problems if "Expected" in p.message]
    assert VALIDATOR.is_valid(value) == (refused == [])
