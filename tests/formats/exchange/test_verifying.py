from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from annotator.domain.annotations import Annotation
from annotator.domain.articles import TextVersion
from annotator.domain.entity import Entity
from annotator.formats.exchange.verifying import verify_document, verify_state
from annotator.formats.exchange.writing import to_bytes
from tests.formats.exchange.builders import document, fixed_id, full_state

STATE = full_state()
PROFILES: list[dict[str, Any]] = [{}, {"with_journal": True}, {"profile": "client"}, {"no_text": True}]


@pytest.mark.parametrize("options", PROFILES, ids=str)
def test_what_was_just_written_passes(options: dict[str, Any]) -> None:
    verified = verify_document(to_bytes(document(STATE, **options)))
    assert verified.problems == ()
    assert verified.warnings == ()
    assert verified.passed
    assert len(verified.fingerprint) == 64


def test_what_was_compared_is_counted() -> None:
    counted = verify_document(document(STATE)).counted
    assert (counted.texts, counted.quotes, counted.quotes_left_out) == (1, 3, 0)
    counted = verify_document(document(STATE, no_text=True)).counted
    assert (counted.texts, counted.quotes, counted.quotes_left_out) == (0, 0, 3)


@pytest.mark.parametrize("options", PROFILES, ids=str)
def test_any_single_character_that_is_changed_in_the_file_is_noticed(options: dict[str, Any]) -> None:
    content = to_bytes(document(STATE, **options)).decode()
    free = content.index('"exported_at"'), content.index('"offset_unit"')
    chance = random.Random(24)
    for _ in range(120):
        place = chance.randrange(len(content))
        if free[0] <= place < free[1] or content[place].isspace():
            continue
        other = "7" if content[place] != "7" else "3"
        spoilt = content[:place] + other + content[place + 1 :]
        assert not verify_document(spoilt.encode()).passed, content[place - 20 : place + 20]


def article(value: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = value["articles"][0]
    return found


def passage(value: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(a for a in article(value)["annotations"] if a["id"] == fixed_id("a1"))
    return found


@pytest.mark.parametrize("options", [{}, {"profile": "client"}], ids=str)
@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda d: passage(d).update(quote=passage(d)["quote"].replace("b", "p")), ".quote"),
        (lambda d: passage(d).update(start=passage(d)["start"] + 1), ".quote"),
        (lambda d: passage(d).update(end=passage(d)["end"] - 1), ".quote"),
        (
            lambda d: article(d)["text_versions"][0].update(
                text=article(d)["text_versions"][0]["text"].replace("ledger", "leger")
            ),
            "$.articles[0].text_versions[0].sha256",
        ),
        (lambda d: passage(d).update(kind="evidence"), ".kind"),
        (lambda d: passage(d).update(review_state="accepted"), ".review_state"),
        (lambda d: passage(d)["people"][0].update(name="Dora Quilt"), ".people[0].name"),
        (lambda d: article(d)["text_versions"][0].update(ordinal=2), ".ordinal"),
        (lambda d: d.update(fingerprint="0" * 64), "$.fingerprint"),
        (lambda d: d.pop("fingerprint"), "$.fingerprint"),
    ],
)
def test_a_change_is_told_with_its_place(
    change: Callable[[dict[str, Any]], Any], place: str, options: dict[str, Any]
) -> None:
    value = document(STATE, **options)
    change(value)
    verified = verify_document(json.dumps(value).encode())
    assert any(problem.path.endswith(place) for problem in verified.problems), verified.problems


def test_a_file_that_is_no_document_does_not_pass() -> None:
    assert not verify_document(b"[]").passed
    assert not verify_document(b"{").passed


def test_a_document_of_another_program_is_compared_as_far_as_it_goes() -> None:
    value = {
        "schema": "urn:annotator:project",
        "schema_version": "1.0.0",
        "articles": [
            {
                "text_versions": [{"text": "Dora said no."}],
                "annotations": [{"start": 0, "end": 4, "quote": "Dorb", "tag": "Claim"}],
            }
        ],
    }
    verified = verify_document(json.dumps(value).encode())
    assert [problem.path for problem in verified.problems] == ["$.articles[0].annotations[0].quote"]
    assert verified.fingerprint == ""


def test_a_project_as_it_was_written_passes() -> None:
    verified = verify_state(STATE)
    assert verified.problems == ()
    assert (verified.counted.texts, verified.counted.quotes) == (1, 4)
    assert verified.counted.versions == len(STATE.versions)


def test_a_project_whose_row_was_changed_by_hand_does_not_pass() -> None:
    annotations: list[Entity] = [replace(a, note="never said") for a in STATE.of(Annotation)]
    verified = verify_state(replace(STATE, entities={**STATE.entities, Annotation: annotations}))
    place = f"annotation {annotations[0].id}"
    assert any(p.path == place and "newest version" in p.message for p in verified.problems)


def test_a_project_whose_text_was_changed_by_hand_names_the_text_and_the_quotes() -> None:
    (text,) = STATE.of(TextVersion)
    spoilt = replace(text, text=text.text.replace("Nobody", "Nobodi"))
    verified = verify_state(replace(STATE, entities={**STATE.entities, TextVersion: [spoilt]}))
    places = {problem.path for problem in verified.problems}
    assert f"text_version {text.id}.sha256" in places
    assert f"annotation {fixed_id('a1')}.quote" in places


def test_a_version_whose_content_was_changed_by_hand_is_named() -> None:
    hash_, version = next((h, v) for h, v in STATE.versions.items() if v.entity_type == "point")
    spoilt = version._replace(content=b'{"text":"It was stolen."}')
    verified = verify_state(replace(STATE, versions={**STATE.versions, hash_: spoilt}))
    assert f"point {version.entity_id}.version" in {problem.path for problem in verified.problems}


def test_a_reference_to_nothing_is_named() -> None:
    entities = {cls: es for cls, es in STATE.entities.items() if cls.TYPE != "point"}
    verified = verify_state(replace(STATE, entities=entities))
    assert f"annotation {fixed_id('a1')}.point_id" in {problem.path for problem in verified.problems}
