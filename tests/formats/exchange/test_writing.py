from __future__ import annotations

import copy
import json
import random
from dataclasses import replace
from typing import Any

import pytest

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation, AnnotationPerson, Role
from annotator.domain.articles import Article, TextVersion
from annotator.domain.entity import Entity
from annotator.domain.errors import RuleError
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.formats.exchange.layout import TOP_LEVEL_KEYS
from annotator.formats.exchange.writing import fingerprint, ordinals_of, to_bytes
from tests import factories
from tests.formats.exchange.builders import AT, StateBuilder, document, fixed_id, full_builder, full_state


def passages(written: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {a["id"]: a for article in written["articles"] for a in article["annotations"]}


def test_the_top_level_keys_come_in_a_fixed_order_the_fingerprint_last() -> None:
    keys = list(document(profile="client"))
    assert keys == [key for key in TOP_LEVEL_KEYS if key in keys]
    assert keys[-1] == "fingerprint"


def test_the_order_of_entities_and_versions_in_the_state_does_not_matter() -> None:
    state = full_state()
    versions = list(state.versions.items())
    random.Random(7).shuffle(versions)
    shuffled = replace(state, versions=dict(versions), changes=state.changes[::-1])
    assert to_bytes(document(shuffled, with_journal=True)) == to_bytes(document(state, with_journal=True))


def test_lists_are_sorted_by_id() -> None:
    written = document(with_journal=True)
    for key in ("analysts", "codebook", "people", "articles", "relations", "points", "comments", "journal"):
        ids = [entry["id"] for entry in written[key]]
        assert ids == sorted(ids)
        assert ids


def test_the_file_is_utf_8_with_two_spaces_and_a_line_break_at_the_end() -> None:
    content = to_bytes(document())
    assert content == (json.dumps(document(), ensure_ascii=False, indent=2) + "\n").encode()


def test_derived_keys_follow_merges_and_tags() -> None:
    first = passages(document())[fixed_id("a1")]
    assert first["kind"] == "denial"
    assert first["review_state"] == "unreviewed"
    assert [person["name"] for person in first["people"]] == ["Dora Quill", "Dora Quill"]
    assert first["people"][1]["person_id"] == fixed_id("double"), "the link itself is never rewritten"


def test_an_alias_without_dates_is_a_plain_string() -> None:
    (dora,) = [person for person in document()["people"] if person["id"] == fixed_id("dora")]
    assert dora["aliases"] == ["Ms Quill", {"text": "the mayor", "valid_from": "2024", "valid_to": "2025-03"}]


def test_every_entity_carries_its_version_record() -> None:
    written = document()
    nested = [*written["articles"][0]["text_versions"], *written["articles"][0]["annotations"]]
    everything = [written["project"], *nested]
    for key in ("analysts", "codebook", "people", "articles", "relations", "points", "comments"):
        everything += written[key]
    for entity in everything:
        assert {"version", "revision", "parents", "ancestors", "at", "by", "device"} <= entity.keys()
        assert entity["updated_at"] == entity["at"]
        assert set(entity["parents"]) <= set(entity["ancestors"])


def test_the_default_has_heads_only_and_names_all_they_replace() -> None:
    written = document()
    first = passages(written)[fixed_id("a1")]
    assert first["revision"] == 2
    assert len(first["ancestors"]) == 1
    assert fixed_id("a3") not in passages(written), "a tombstone stays out"
    assert written["versions"] == []
    assert written["journal"] == []


def test_the_journal_brings_old_versions_changes_and_tombstones() -> None:
    state = full_state()
    written = document(state, with_journal=True)
    assert passages(written)[fixed_id("a3")]["deleted_at"] == AT
    assert {change["id"] for change in written["journal"]} == {change.id for change in state.changes}
    inline = {first["version"] for first in passages(written).values()}
    beside = {version["version"] for version in written["versions"]}
    assert beside == {v for v in state.versions if state.versions[v].entity_type == "annotation"} - inline
    assert all("change_id" in version for version in written["versions"])


def test_a_tombstone_that_something_refers_to_is_written() -> None:
    builder = full_builder()
    dora = builder.one(Person, "dora")
    builder.put(replace(dora, deleted_at=AT))
    (written,) = [p for p in document(builder.state())["people"] if p["id"] == fixed_id("dora")]
    assert written["deleted_at"] == AT


def test_an_entity_in_conflict_brings_all_its_heads() -> None:
    builder = full_builder()
    (point,) = builder.state().of(Point)
    one = builder.put(replace(point, text="It was sold."), parents=(point.version,))
    two = builder.put(replace(point, text="It was given away."), parents=(point.version,))
    written = document(builder.state())
    shown = written["points"][0]["version"]
    assert {shown, *(version["version"] for version in written["versions"])} == {one.version, two.version}
    assert written["versions"][0]["content"]["text"] in {"It was sold.", "It was given away."}


def test_a_conflict_with_a_deletion_is_not_lost() -> None:
    builder = full_builder()
    (point,) = builder.state().of(Point)
    builder.put(replace(point, text="It was sold."), parents=(point.version,))
    builder.put(replace(point, deleted_at=AT), parents=(point.version,))
    written = document(builder.state())
    assert len(written["points"]) == len(written["versions"]) == 1


def test_the_client_sees_no_notes_comments_versions_or_names() -> None:
    written = document(profile="client")
    text = to_bytes(written).decode()
    assert [a["name"] for a in written["analysts"]] == ["A1", "A2"]
    for word in (
        "Ann",
        "Bell",
        "Crane",
        "quite sure",
        'née Pike"',
        "plainly",
        "archive",
        "desk",
        '"note"',
        '"revision"',
    ):
        assert word not in text
    assert written["comments"] == written["journal"] == written["versions"] == []
    assert written["profile"] == "client"
    assert "settings" not in written["project"]
    given = {a["id"] for a in written["analysts"]}
    assert {a["analyst_id"] for a in passages(written).values()} <= given
    assert fixed_id("ann") not in text


def test_without_texts_quotes_keep_their_context_and_hashes() -> None:
    written = document(no_text=True)
    (text,) = written["articles"][0]["text_versions"]
    assert "text" not in text
    assert len(text["sha256"]) == 64
    assert passages(written)[fixed_id("a1")]["prefix"]


def test_original_files_travel_with_the_journal_only() -> None:
    builder = full_builder()
    state = builder.state()
    (text,) = state.of(TextVersion)
    entities: dict[type[Entity], list[Entity]] = {
        **state.entities,
        TextVersion: [replace(text, source_bytes=b"\xff\x00")],
    }
    state = replace(state, entities=entities)
    assert "source_base64" not in document(state)["articles"][0]["text_versions"][0]
    assert document(state, with_journal=True)["articles"][0]["text_versions"][0]["source_base64"] == "/wA="


def two_articles() -> StateBuilder:
    builder = full_builder()
    ann = builder.one(Analyst, "ann")
    other = builder.put(factories.make_article("Second", id=fixed_id("second")), ann)
    text = builder.put(factories.make_text(other, "Another text altogether.", id=fixed_id("second text")), ann)
    far = builder.put(factories.make_annotation(text, factories.make_tag(), ann, id=fixed_id("far")), ann)
    far = builder.put(replace(far, tag_id=fixed_id("insult")), ann)
    near = builder.one(Annotation, "a1")
    builder.put(factories.make_relation(far, near, id=fixed_id("across")), ann)
    builder.put(factories.make_person("a neighbour", id=fixed_id("unnamed"), article_id=other.id), ann)
    return builder


def test_one_article_leaves_out_what_belongs_to_the_others() -> None:
    written = document(two_articles().state(), articles=frozenset({fixed_id("article")}))
    text = to_bytes(written).decode()
    for name in ("second", "far", "across", "unnamed"):
        assert fixed_id(name) not in text
    assert fixed_id("r1") in text


def test_a_filtered_journal_has_the_changes_of_what_is_in_it() -> None:
    state = two_articles().state()
    written = document(state, articles=frozenset({fixed_id("second")}), with_journal=True)
    chosen = {change["id"] for change in written["journal"]}
    versions = {v.change_id: v.entity_id for v in state.versions.values()}
    assert fixed_id("far") in {versions[id_] for id_ in chosen}
    assert fixed_id("a1") not in {versions[id_] for id_ in chosen}


def test_an_article_brings_those_that_were_merged_with_it() -> None:
    builder = two_articles()
    other = builder.one(Article, "second")
    builder.put(replace(other, merged_into=fixed_id("article")))
    for id_ in (fixed_id("article"), fixed_id("second")):
        written = document(builder.state(), articles=frozenset({id_}))
        assert {article["id"] for article in written["articles"]} == {fixed_id("article"), fixed_id("second")}


def test_one_layer_leaves_the_others_out() -> None:
    written = document(analyst_id=fixed_id("ann"))
    assert set(passages(written)) == {fixed_id("a1")}
    assert written["relations"] == [], "its other end is a colleague's"
    assert written["comments"] == [], "it replies to a colleague's comment"


def test_a_review_state_leaves_the_others_out() -> None:
    builder = full_builder()
    first = builder.one(Annotation, "a1")
    builder.put(replace(first, id=fixed_id("final"), session_id=fixed_id("session"), version=""))
    assert set(passages(document(builder.state(), review_state="final"))) == {fixed_id("final")}
    written = document(builder.state(), review_state="unreviewed")
    assert set(passages(written)) == {fixed_id("a1"), fixed_id("a2")}
    assert [relation["id"] for relation in written["relations"]] == [fixed_id("r1")]
    assert document(builder.state(), review_state="final")["relations"] == []


def test_what_refers_to_a_left_out_article_stops_the_export() -> None:
    builder = two_articles()
    near = builder.one(Annotation, "a1")
    builder.put(replace(near, people=(AnnotationPerson(person_id=fixed_id("unnamed"), role=Role.ABOUT),)))
    with pytest.raises(RuleError, match="refers to something in an article that is left out"):
        document(builder.state(), articles=frozenset({fixed_id("article")}))


def test_the_fingerprint_is_of_the_content_alone() -> None:
    written = document()
    later = copy.deepcopy(written)
    later["exported_at"] = "2030-01-01T00:00:00Z"
    assert fingerprint(dict(reversed(later.items()))) == written["fingerprint"]
    later["project"]["name"] += "."
    assert fingerprint(later) != written["fingerprint"]


def test_a_fingerprint_can_be_made_of_any_json() -> None:
    assert len(fingerprint({"n": 2**80, "s": "\ud800"})) == 64


def test_ordinals_count_along_replacements_and_survive_a_circle() -> None:
    assert ordinals_of({"3": "2", "1": None, "2": "1"}) == {"1": 1, "2": 2, "3": 3}
    assert ordinals_of({"1": "2", "2": "1"}) == {"1": 2, "2": 2}
