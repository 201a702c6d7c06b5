from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.articles import TextVersion
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.reading import Document, read_document
from annotator.formats.exchange.upgrading import upgraded
from annotator.formats.exchange.writing import to_bytes
from tests.formats.exchange.builders import document, fixed_id, full_state

STATE = full_state()
WRITTEN = document(STATE)
WITH_JOURNAL = document(STATE, with_journal=True)


def read(value: Any) -> tuple[Document | None, list[str]]:
    findings = Findings()
    source = value if isinstance(value, bytes) else json.dumps(value).encode()
    found = read_document(source, findings)
    return found, [str(problem) for problem in findings.problems]


def changed(change: Callable[[dict[str, Any]], Any], base: dict[str, Any] = WRITTEN) -> list[str]:
    value = copy.deepcopy(base)
    change(value)
    return read(value)[1]


def test_every_entity_comes_back_as_it_was_written() -> None:
    found, problems = read(to_bytes(WITH_JOURNAL))
    assert problems == []
    assert found is not None
    assert found.own
    expected = {entity.id: entity for of_class in STATE.entities.values() for entity in of_class}
    assert {id_: entry.entity for id_, entry in found.entries.items()} == expected
    assert found.texts[fixed_id("text")][0] == STATE.of(TextVersion)[0].text
    assert {c.id for c in found.changes} == {c.id for c in STATE.changes}
    assert {h: v.content for h, v in found.versions.items()} == {h: v.content for h, v in STATE.versions.items()}


def test_ancestors_that_are_not_in_the_file_are_told() -> None:
    found, _ = read(WRITTEN)
    assert found is not None
    first = found.entries[fixed_id("a1")].entity
    version = found.versions[first.version]
    assert version.parents == STATE.versions[first.version].parents
    assert version.told_ancestors == ()


def article(value: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = value["articles"][0]
    return found


def passage(value: dict[str, Any], name: str = "a1") -> dict[str, Any]:
    (found,) = [a for a in article(value)["annotations"] if a["id"] == fixed_id(name)]
    return found  # type: ignore[no-any-return]


NUMBER = [a["id"] for a in WRITTEN["articles"][0]["annotations"]].index(fixed_id("a1"))
A1 = f"$.articles[0].annotations[{NUMBER}]"

MUTATIONS: list[tuple[Callable[[dict[str, Any]], Any], str]] = [
    (lambda d: passage(d).update(quote="“Nobody sold something"), f"{A1}.quote: It does not match the text"),
    (lambda d: passage(d).update(start=25), f"{A1}.quote: It does not match the text from its character 0"),
    (lambda d: passage(d).update(end=99_999), f"{A1}.start: The offsets 24–99999 do not lie in the text"),
    (lambda d: passage(d).update(start=-1), f"{A1}.start: The offsets -1–45 do not lie in the text"),
    (lambda d: passage(d).update(start=45), f"{A1}.start: The offsets 45–45 do not lie in the text"),
    (lambda d: passage(d).update(prefix="x"), f"{A1}.prefix: It does not match"),
    (lambda d: passage(d).update(suffix=""), f"{A1}.suffix: It does not match"),
    (lambda d: passage(d).update(note="another"), f"{A1}.version: The hash is not that of what stands here"),
    (lambda d: passage(d).update(start="24"), f"{A1}.start: Expected a whole number, not “24”."),
    (lambda d: passage(d).update(start=24.0), f"{A1}.start: Expected a whole number, not 24.0."),
    (lambda d: passage(d).update(start=True), f"{A1}.start: Expected a whole number, not true."),
    (lambda d: passage(d).update(unsure=0), f"{A1}.unsure: Expected true or false, not 0."),
    (lambda d: passage(d).update(note=None), f"{A1}.note: Expected a text, not null."),
    (lambda d: passage(d).update(attribution="shouted"), f"{A1}.attribution: Expected one of direct_quote, paraphrase"),
    (lambda d: passage(d).update(tag_id="claim"), f"{A1}.tag_id: Expected an id (a UUID in lower case), not “claim”."),
    (lambda d: passage(d).update(people="nobody"), f"{A1}.people: Expected a list, not a text."),
    (lambda d: passage(d).update(people=[7]), f"{A1}.people[0]: Expected an object, not a number."),
    (lambda d: passage(d)["people"][0].pop("role"), f"{A1}.people[0]: The key “role” is missing."),
    (lambda d: passage(d)["people"][0].update(mention_start=70), f"{A1}.people[0].mention_start: The offsets 70–63"),
    (lambda d: passage(d).pop("tag_id"), f"{A1}: The key “tag_id” is missing."),
    (lambda d: passage(d).pop("id"), f"{A1}: The key “id” is missing."),
    (lambda d: passage(d).pop("version"), f"{A1}.version: Expected a SHA-256"),
    (lambda d: passage(d).update(revision=0), f"{A1}.revision: Expected a whole number from 1, not 0."),
    (lambda d: passage(d).update(parents=["no hash"]), f"{A1}.parents: Expected SHA-256 hashes"),
    (lambda d: passage(d).update(ancestors={}), f"{A1}.ancestors: Expected a list of hashes, not an object."),
    (lambda d: passage(d).update(at="yesterday"), f"{A1}.at: Expected a time in UTC, not “yesterday”."),
    (lambda d: passage(d).update(by="Ann"), f"{A1}.by: Expected an analyst's id or null, not “Ann”."),
    (lambda d: passage(d).update(tag_id=fixed_id("nothing")), f"{A1}.tag_id: There is no tag with the id"),
    (lambda d: passage(d).update(text_id=fixed_id("nothing")), f"{A1}.text_id: There is no text with the id"),
    (lambda d: d.update(people=[]), f"{A1}.person_id: There is no person with the id"),
    (lambda d: passage(d).update(id=passage(d, "a2")["id"]), ".id: The id "),
    (lambda d: article(d).update(text_versions={}), "$.articles[0].text_versions: Expected a list, not an object."),
    (
        lambda d: article(d)["text_versions"][0].update(text=article(d)["text_versions"][0]["text"] + "!"),
        "$.articles[0].text_versions[0].sha256: The text is not the one that was hashed.",
    ),
    (
        lambda d: article(d)["text_versions"][0].update(text="a\r\nb"),
        "$.articles[0].text_versions[0].text: The text is not in its canonical form (line ends are LF) at character 1.",
    ),
    (
        lambda d: article(d)["text_versions"][0]["blocks"][1].update(end=10_000),
        "$.articles[0].text_versions[0].blocks[1]: The offsets 23–10000 do not lie in the text",
    ),
    (lambda d: article(d)["text_versions"][0].update(normalisation="nfc"), ".normalisation: “nfc” is not known"),
    (lambda d: d.update(articles=7), "$.articles: Expected a list, not a number."),
    (lambda d: d.update(articles=[7]), "$.articles[0]: Expected an object, not a number."),
    (lambda d: d.pop("project"), "$.project: The project is missing, or no object."),
    (lambda d: d.update(offset_unit="utf16"), "$.offset_unit: Offsets are in code points (“codepoint”), not “utf16”."),
    (lambda d: d.update(schema="urn:other"), "$.schema: This is no exchange document"),
    (lambda d: d.update(schema_version="1.2.0"), "$.schema_version: The file is of version 1.2.0; this program reads"),
    (lambda d: d.update(schema_version="2.0.0"), "Install a newer Annotator to read it."),
    (lambda d: d.update(schema_version=1), "$.schema_version: Expected a version such as “1.1.0”."),
    (lambda d: d.update(versions=[{}]), "$.versions[0].type: Expected one of project, analyst"),
    (lambda d: d.update(journal=[{}]), "$.journal[0].id: Expected an id, not null."),
    (lambda d: d.update(journal={}), "$.journal: Expected a list, not an object."),
    (lambda d: d.update(profile="press"), "$.profile: Expected “client” or no profile, not “press”."),
    (lambda d: d["comments"][0].update(quote="Mayer", start=0, end=5), "].quote: It does not match"),
]


@pytest.mark.parametrize(("change", "wanted"), MUTATIONS, ids=[wanted for _, wanted in MUTATIONS])
def test_each_defect_is_told_with_its_path(change: Callable[[dict[str, Any]], Any], wanted: str) -> None:
    assert any(wanted in problem for problem in changed(change))


def test_defects_are_told_all_at_once() -> None:
    def spoil(value: dict[str, Any]) -> None:
        passage(value).update(start="x", attribution="shouted")
        value["people"][0].update(kind="martian")
        value["relations"][0].update(source_id=fixed_id("nothing"))

    problems = changed(spoil)
    for part in (f"{A1}.start:", f"{A1}.attribution:", "$.people[0].kind:", "$.relations[0].source_id:"):
        assert any(problem.startswith(part) for problem in problems), part


def test_versions_beside_the_shown_ones_are_checked_too() -> None:
    def spoil(value: dict[str, Any]) -> None:
        value["versions"][0]["content"]["note"] = "never said"

    assert any(
        problem.startswith("$.versions[0].version: The hash is not that") for problem in changed(spoil, WITH_JOURNAL)
    )


def test_content_that_is_none_of_its_type_is_refused() -> None:
    def spoil(value: dict[str, Any]) -> None:
        value["versions"][0]["content"]["no_such_field"] = 1

    assert "$.versions[0].content: This is no content of the type “annotation”." in changed(spoil, WITH_JOURNAL)


def test_an_original_file_that_was_changed_is_told() -> None:
    def spoil(value: dict[str, Any]) -> None:
        article(value)["text_versions"][0]["source_base64"] = "/wA="

    assert any("source_sha256: The original file is not the one" in problem for problem in changed(spoil))


def test_unknown_keys_are_warnings() -> None:
    value = copy.deepcopy(WRITTEN)
    passage(value)["colour_of_ink"] = "blue"
    findings = Findings()
    read_document(json.dumps(value).encode(), findings)
    assert findings.problems == []
    assert [str(warning) for warning in findings.warnings] == [
        f"{A1}.colour_of_ink: This key is not known and was ignored."
    ]


def test_a_file_with_thousands_of_problems_is_read_to_its_end() -> None:
    value = copy.deepcopy(WRITTEN)
    spoilt = {**value["relations"][0], "by": [], "revision": {}, "at": 7, "device": None}
    value["relations"] = [{**spoilt, "id": fixed_id(str(n))} for n in range(600)]
    findings = Findings()
    read_document(json.dumps(value).encode(), findings)
    assert findings.count >= 2400


def test_top_level_keys_that_are_not_read_are_warnings() -> None:
    findings = Findings()
    read_document({**WRITTEN, "colour": "blue", "taste": [{}]}, findings)
    assert findings.problems == []
    assert [warning.path for warning in findings.warnings] == ["$.colour", "$.taste"]


def test_whether_the_file_is_as_it_was_written_is_told() -> None:
    later, by_hand = {**WRITTEN, "exported_at": "later"}, {**WRITTEN, "x": 1}
    for value, untouched in ((WRITTEN, True), (later, True), (by_hand, False)):
        found, _ = read(value)
        assert found is not None
        assert found.untouched is untouched


def test_derived_values_are_ignored_on_reading() -> None:
    def spoil(value: dict[str, Any]) -> None:
        passage(value).update(kind="claim", review_state="accepted", updated_at="then")
        passage(value)["people"][0]["name"] = "Somebody Else"

    assert changed(spoil) == []


def test_a_document_without_texts_has_its_quotes_counted_as_not_checkable() -> None:
    found, problems = read(document(STATE, no_text=True))
    assert problems == []
    assert found is not None
    assert (found.counted.texts_left_out, found.counted.quotes, found.counted.quotes_left_out) == (1, 0, 3)


def test_offsets_that_do_not_fit_their_quote_are_told_even_without_the_text() -> None:
    problems = changed(lambda d: passage(d).update(end=46), document(STATE, no_text=True))
    assert any(problem.startswith(f"{A1}.start: The offsets 24–46 do not fit") for problem in problems)


def test_an_older_document_goes_through_its_upgrade_steps() -> None:
    def rename(value: dict[str, Any]) -> dict[str, Any]:
        return {**value, "schema_version": "1.1.0", "people": value["actors"]}

    old = {"schema": "urn:annotator:project", "schema_version": "0.9.3", "actors": [1]}
    findings = Findings()
    new = upgraded(old, findings, steps={"0.9": rename})
    assert new is not None
    assert new["people"] == [1]
    assert upgraded(old, findings, steps={}) is None
    assert "0.9.3" in str(findings.problems[0])


def test_a_later_patch_of_the_same_version_is_read() -> None:
    assert changed(lambda d: d.update(schema_version="1.1.7")) == []


@pytest.mark.parametrize("value", [7, "text", None, [], [{}], {}, {"schema": 1}, {"schema": "urn:annotator:project"}])
def test_what_is_no_document_is_refused(value: Any) -> None:
    _, problems = read(value)
    assert problems or value is None


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return (container, key) of everything in a document."""
    found: list[tuple[Any, Any]] = []
    todo = [value]
    while todo:
        current = todo.pop()
        keys: list[Any] = list(current) if isinstance(current, dict) else list(range(len(current)))
        for key in keys:
            found.append((current, key))
            if isinstance(current[key], dict | list):
                todo.append(current[key])
    return found


junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["\ud800", "\x00", "claim", fixed_id("a1"), "f" * 64, "2026-11-24T09:30:00Z"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_no_junk_anywhere_breaks_the_reader(data: st.DataObject) -> None:
    value = copy.deepcopy(WITH_JOURNAL)
    for _ in range(data.draw(st.integers(1, 4))):
        holder, key = data.draw(st.sampled_from(places(value)))
        action = data.draw(st.sampled_from(["put", "drop", "twice"]))
        if action == "put":
            holder[key] = data.draw(junk)
        elif action == "drop":
            del holder[key]
        elif isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
    findings = Findings()
    read_document(json.dumps(value).encode(), findings)
    for problem in findings.problems:
        assert problem.path.startswith(("$", "line", "byte")) or not problem.path
        assert problem.message.endswith((".", "…"))
