from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotations import Annotation, AnnotationPerson, Role
from annotator.domain.codebook import RESERVED_KEYS, default_tags
from annotator.domain.entities import BY_TYPE, ENTITIES
from annotator.domain.entity import STAMPS, Entity, field_specs, from_plain, to_plain
from annotator.domain.ids import new_id
from annotator.domain.people import Alias, Person
from annotator.domain.versions import (
    Version,
    ancestors_of,
    canonical,
    content_of,
    entity_from,
    heads_of,
    in_conflict,
    same_state,
    version_hash,
)

AT = "2026-11-24T09:30:00.000Z"


def annotation(**more: object) -> Annotation:
    values: dict[str, object] = {
        "id": "01936000-0000-7000-8000-000000000001",
        "article_id": "a",
        "text_id": "t",
        "start": 3,
        "end": 9,
        "quote": "‘naïve",
        "tag_id": "g",
        "analyst_id": "n",
        "people": [{"person_id": "p", "role": "speaker"}, {"person_id": "q", "role": "target", "mention_start": 1}],
    }
    return from_plain(Annotation, values | more)


def version(
    hash_: str, *parents: str, revision: int = 1, content: bytes | None = b"{}", told: tuple[str, ...] = ()
) -> Version:
    return Version(hash_, "person", "x", revision, parents, content, AT, None, "d", told_ancestors=told)


def test_content_leaves_out_stamps_and_defaults() -> None:
    content = content_of(annotation(revision=7, version="f" * 64, updated_at=AT, updated_by="n"))
    assert content == content_of(annotation())
    assert (
        content
        == (
            '{"analyst_id":"n","article_id":"a","end":9,"people":[{"person_id":"p","role":"speaker"},'
            '{"mention_start":1,"person_id":"q","role":"target"}],"quote":"‘naïve","start":3,"tag_id":"g","text_id":"t"}'
        ).encode()
    )


@pytest.mark.parametrize("cls", ENTITIES)
def test_every_entity_survives_the_way_to_plain_values_and_back(cls: type[Entity]) -> None:
    assert BY_TYPE[cls.TYPE] is cls
    specs = field_specs(cls)
    assert [s.name for s in specs] == [f.name for f in fields(cls)]
    assert {s.name for s in specs if not s.in_content} >= set(STAMPS)


def test_an_entity_comes_back_from_its_version() -> None:
    one = annotation(note="x", created_at=AT)
    stored = Version("h" * 64, "annotation", one.id, 4, (), content_of(one), AT, "n", "d")
    assert entity_from(stored) == replace(one, revision=4, version="h" * 64, updated_at=AT, updated_by="n")
    assert from_plain(Annotation, to_plain(one)) == one
    with pytest.raises(ValueError, match="not known"):
        entity_from(stored._replace(content=None))


def test_floats_never_get_into_a_version() -> None:
    with pytest.raises(TypeError, match="float"):
        canonical({"a": [1, {"b": 0.5}]})


def test_every_thing_that_a_version_is_changes_its_hash() -> None:
    base = version_hash("person", "x", b"{}", 1, ["b", "a"], AT, "n", "d")
    assert base == version_hash("person", "x", b"{}", 1, ["a", "b"], AT, "n", "d")
    others = {
        version_hash("point", "x", b"{}", 1, ["a", "b"], AT, "n", "d"),
        version_hash("person", "y", b"{}", 1, ["a", "b"], AT, "n", "d"),
        version_hash("person", "x", b"[]", 1, ["a", "b"], AT, "n", "d"),
        version_hash("person", "x", b"{}", 2, ["a", "b"], AT, "n", "d"),
        version_hash("person", "x", b"{}", 1, ["a"], AT, "n", "d"),
        version_hash("person", "x", b"{}", 1, ["a", "b"], "", "n", "d"),
        version_hash("person", "x", b"{}", 1, ["a", "b"], AT, None, "d"),
        version_hash("person", "x", b"{}", 1, ["a", "b"], AT, "n", "e"),
    }
    assert base not in others
    assert len(others) == 8


def test_heads_are_what_no_known_version_replaces() -> None:
    chain = {v.hash: v for v in (version("a"), version("b", "a", revision=2), version("c", "a", revision=2))}
    assert [v.hash for v in heads_of(chain)] == ["b", "c"]
    joined = chain | {"d": version("d", "b", "c", revision=3)}
    assert [v.hash for v in heads_of(joined)] == ["d"]
    assert ancestors_of("d", joined) == {"a", "b", "c"}


def test_ancestors_are_known_from_a_file_without_their_bodies() -> None:
    told = {"d": version("d", "c", revision=4, told=("a", "b")), "a": version("a"), "c": version("c", content=None)}
    assert ancestors_of("d", told) == {"a", "b", "c"}
    assert [v.hash for v in heads_of(told)] == ["d"]


def test_heads_of_equal_content_are_no_conflict() -> None:
    assert not in_conflict([version("a"), version("b")])
    assert in_conflict([version("a"), version("b", content=b'{"name":"x"}')])


@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_the_order_in_which_versions_arrive_does_not_matter(order: list[str]) -> None:
    records = {
        "a": version("a"),
        "b": version("b", "a", revision=2),
        "c": version("c", "a", revision=2),
        "d": version("d", "b", revision=3),
        "e": version("e", "c", revision=3),
    }
    assert [v.hash for v in heads_of({h: records[h] for h in order})] == ["d", "e"]


def test_a_tombstone_equals_an_absent_entity_and_stamps_do_not_count() -> None:
    person = Person(id=new_id(), name="Ada", aliases=(Alias(text="A."),))
    assert same_state(None, replace(person, deleted_at=AT))
    assert not same_state(None, person)
    assert same_state(person, replace(person, revision=9, version="x", updated_at=AT, created_at=AT))
    assert not same_state(person, replace(person, aliases=()))


def test_the_default_tags_have_fixed_ids_and_free_keys() -> None:
    tags = default_tags()
    assert [t.id for t in tags] == [
        "c5223dce-c13d-5198-8f4e-e80ee6e70295",
        *[t.id for t in default_tags()[1:]],
    ]
    assert not {t.key for t in tags} & RESERVED_KEYS
    assert all(t.decision_rule and {e.fits for e in t.examples} == {True, False} for t in tags)


def test_parts_keep_their_order() -> None:
    one = annotation()
    assert [p.role for p in one.people] == [Role.SPEAKER, Role.TARGET]
    assert isinstance(one.people[0], AnnotationPerson)


def test_a_version_is_a_tombstone_only_when_its_own_field_says_so() -> None:
    quoting = annotation(note='He wrote "deleted_at":"2026" and \\"deleted_at":"2026".')
    for entity, gone in ((quoting, False), (replace(quoting, deleted_at=AT), True)):
        stored = Version("h" * 64, "annotation", entity.id, 1, (), content_of(entity), AT, None, "d")
        assert stored.deleted is gone
