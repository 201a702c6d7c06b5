from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.annotations import Annotation
from annotator.domain.ids import is_id
from annotator.domain.text import text_sha256
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.foreign import Known, KnownText, complete
from annotator.formats.exchange.reading import read_document
from annotator.formats.exchange.state import Entry
from tests.formats.exchange.builders import fixed_id

TEXT = "Dora Quill said no. Nobody sold the bridge, she added."
FOREIGN: dict[str, Any] = {
    "schema": "urn:annotator:project",
    "schema_version": "1.0.0",
    "analysts": [{"name": "Ann Bell", "initials": "AB"}],
    "codebook": [{"kind": "claim", "name": "Claim"}, {"kind": "denial", "name": "Denial", "parent": None}],
    "people": [{"name": "Dora Quill", "aliases": ["the mayor"]}, {"id": "p7", "name": "Bridge Party", "kind": "group"}],
    "points": [{"text": "The bridge was sold."}],
    "articles": [
        {
            "title": "Bridge",
            "text_versions": [{"text": TEXT}],
            "annotations": [
                {"start": 0, "end": 19, "tag": "denial", "people": [{"person": "The Mayor", "role": "speaker"}]},
                {
                    "id": "x2",
                    "start": 20,
                    "end": 42,
                    "tag": "Claim",
                    "analyst": "ab",
                    "people": [{"person_id": "p7", "role": "about"}],
                    "points": [{"point": "the bridge was sold.", "stance": "denies"}],
                },
                {"id": "x3", "start": 20, "end": 42, "tag": "Claim"},
            ],
        }
    ],
    "relations": [{"kind": "supports", "source_id": "x3", "target_id": "x2"}],
}
KNOWN = Known(namespace=fixed_id("project"), analyst_id=fixed_id("bo"), ids=frozenset({fixed_id("bo")}))


def completed(value: Any, known: Known = KNOWN) -> tuple[list[Entry], list[str]]:
    findings = Findings()
    document = read_document(json.dumps(value).encode(), findings)
    assert document is not None, findings.problems
    entries = complete(document, known, findings)
    return entries, [str(problem) for problem in findings.problems]


def passages_of(entries: list[Entry]) -> list[Annotation]:
    return [entry.entity for entry in entries if isinstance(entry.entity, Annotation)]


def test_what_is_missing_follows_from_the_rest() -> None:
    entries, problems = completed(FOREIGN)
    assert problems == []
    assert all(is_id(entry.entity.id) for entry in entries)
    first, second, third = passages_of(entries)
    assert first.quote == "Dora Quill said no."
    assert second.prefix == "Dora Quill said no. "
    ids = {getattr(e.entity, "name", "") or getattr(e.entity, "text", ""): e.entity.id for e in entries}
    assert first.tag_id == ids["Denial"]
    assert first.people[0].person_id == ids["Dora Quill"]
    assert first.analyst_id == fixed_id("bo"), "the one who imports"
    assert second.analyst_id == ids["Ann Bell"]
    assert second.people[0].person_id == ids["Bridge Party"]
    assert second.points[0].point_id == ids["The bridge was sold."]
    (article,) = [entry.entity for entry in entries if entry.entity.TYPE == "article"]
    assert first.article_id == article.id
    assert getattr(article, "current_text_id") == first.text_id  # noqa: B009
    (relation,) = [entry.entity for entry in entries if entry.entity.TYPE == "relation"]
    assert (getattr(relation, "source_id"), getattr(relation, "target_id")) == (third.id, second.id)  # noqa: B009


def test_the_same_file_gives_the_same_ids_and_another_project_others() -> None:
    once, _ = completed(FOREIGN)
    again, _ = completed(FOREIGN)
    assert [entry.entity for entry in once] == [entry.entity for entry in again]
    elsewhere, _ = completed(FOREIGN, Known(namespace=fixed_id("elsewhere"), analyst_id=fixed_id("bo")))
    assert not {e.entity.id for e in once} & {e.entity.id for e in elsewhere}


def test_ids_do_not_depend_on_the_order_of_other_things() -> None:
    turned = copy.deepcopy(FOREIGN)
    turned["people"].reverse()
    turned["codebook"].reverse()
    once, _ = completed(FOREIGN)
    again, _ = completed(turned)
    assert {entry.entity.id for entry in once} == {entry.entity.id for entry in again}


def test_two_passages_that_are_alike_in_everything_stay_two() -> None:
    value = copy.deepcopy(FOREIGN)
    passage = {"start": 0, "end": 4, "tag": "claim"}
    value["articles"][0]["annotations"] = [passage, passage]
    value["relations"] = []
    first, second = passages_of(completed(value)[0])
    assert first.id != second.id


def test_what_the_project_has_is_meant_by_name_and_by_text() -> None:
    known = Known(
        namespace=fixed_id("project"),
        names={
            "person": {"dora quill": frozenset({fixed_id("dora")}), "the mayor": frozenset({fixed_id("dora")})},
            "tag": {"denial": frozenset({fixed_id("denial")}), "claim": frozenset({fixed_id("claim")})},
        },
        texts={text_sha256(TEXT): KnownText(fixed_id("article"), fixed_id("text"), TEXT)},
        analyst_id=fixed_id("bo"),
        ids=frozenset({fixed_id("bo"), fixed_id("dora"), fixed_id("claim"), fixed_id("denial")}),
    )
    entries, problems = completed(FOREIGN, known)
    assert problems == []
    first = passages_of(entries)[0]
    assert (first.article_id, first.text_id) == (fixed_id("article"), fixed_id("text"))
    assert first.tag_id == fixed_id("denial")
    assert first.people[0].person_id == fixed_id("dora")


PASSAGE = "$.articles[0].annotations[0]"


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (lambda p: p.update(tag="Insult"), f"{PASSAGE}.tag: There is no tag called “Insult”."),
        (lambda p: p.pop("tag"), f"{PASSAGE}: The key “tag_id” (or “tag”) is missing."),
        (lambda p: p.update(tag=7), f"{PASSAGE}.tag: Expected a name, not 7."),
        (lambda p: p["people"][0].update(person="Nobody"), f"{PASSAGE}.people[0].person: There is no person called"),
        (lambda p: p["people"][0].update(role="victim"), f"{PASSAGE}.people[0].role: Expected one of speaker"),
        (lambda p: p.update(end=9_999), f"{PASSAGE}.start: The offsets 0–9999 do not lie in the text"),
        (lambda p: p.update(end=0), f"{PASSAGE}.start: The offsets 0–0 do not lie in the text"),
        (lambda p: p.update(quote="Dora Quill said yes"), f"{PASSAGE}.quote: It does not match the text"),
        (lambda p: p.update(id=""), f"{PASSAGE}.id: Expected an id, not “”."),
        (lambda p: p.update(id="x2"), "$.articles[0].annotations[1].id: The id x2 stands at"),
        (lambda p: p.update(text_id="t9"), f"{PASSAGE}.text_id: There is no text with the id"),
    ],
)
def test_what_is_wrong_is_told_with_its_path(change: Callable[[dict[str, Any]], Any], wanted: str) -> None:
    value = copy.deepcopy(FOREIGN)
    change(value["articles"][0]["annotations"][0])
    _, problems = completed(value)
    assert any(problem.startswith(wanted) for problem in problems), problems


def test_a_name_that_fits_two_things_is_a_problem() -> None:
    value = copy.deepcopy(FOREIGN)
    value["people"].append({"name": "Someone Else", "aliases": ["the mayor"]})
    _, problems = completed(value)
    assert any(
        p.startswith(f"{PASSAGE}.people[0].person: “The Mayor” may be each of 2 person entries") for p in problems
    )


def test_several_texts_need_the_text_to_be_named() -> None:
    value = copy.deepcopy(FOREIGN)
    value["articles"][0]["text_versions"].append({"text": "Another."})
    _, problems = completed(value)
    assert f"{PASSAGE}: The key “text_id” is missing, and the article has several texts." in problems
    value["articles"][0]["text_versions"][0]["id"] = "t1"
    for passage in value["articles"][0]["annotations"]:
        passage["text_id"] = "t1"
    assert completed(value)[1] == []


def test_a_text_with_other_line_ends_is_refused_because_its_offsets_would_shift() -> None:
    value = copy.deepcopy(FOREIGN)
    value["articles"][0]["text_versions"][0]["text"] = TEXT.replace(". ", ".\r\n")
    _, problems = completed(value)
    assert any("not in its canonical form" in problem for problem in problems)


junk: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.lists(st.integers(), max_size=2) | st.just({})
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_junk_anywhere_breaks_it(data: st.DataObject) -> None:
    value = copy.deepcopy(FOREIGN)
    containers: list[Any] = [value]
    for container in containers:
        inner = container.values() if isinstance(container, dict) else container
        containers.extend(v for v in inner if isinstance(v, dict | list) and v)
    for _ in range(data.draw(st.integers(1, 3))):
        holder = data.draw(st.sampled_from(containers))
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if holder is not value and keys:
            holder[data.draw(st.sampled_from(keys))] = data.draw(junk)
    findings = Findings()
    document = read_document(json.dumps(value).encode(), findings)
    if document is not None:
        complete(document, KNOWN, findings)
