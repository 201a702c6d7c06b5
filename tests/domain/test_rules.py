"""What is refused when a person writes."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from annotator.domain.annotations import AnnotationPerson, AnnotationPoint, Role
from annotator.domain.articles import MAX_ARTICLE_BYTES, Block, BlockKind
from annotator.domain.codebook import RESERVED_KEYS, default_tags
from annotator.domain.errors import RuleError
from annotator.domain.people import Alias, PersonKind
from annotator.domain.relations import RelationKind
from annotator.domain.rules import (
    check_blocks,
    check_colour,
    check_key,
    check_merge_of_people,
    check_named,
    check_no_circle,
    check_people,
    check_person,
    check_points,
    check_relation,
    check_span,
    check_tag,
    check_text,
)
from tests.factories import (
    make_analyst,
    make_annotation,
    make_article,
    make_person,
    make_relation,
    make_tag,
    make_text,
)


def cuts_nothing(_text: str, _offset: int) -> bool:
    return False


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 4), (0, 11), (11, 12)])
def test_span_must_lie_in_the_text_and_hold_something(start: int, end: int) -> None:
    with pytest.raises(RuleError):
        check_span(start, end, "ten chars.", cuts_nothing)


@pytest.mark.parametrize("start", [1.0, True, "1", None])
def test_an_end_is_a_whole_number(start: object) -> None:
    with pytest.raises(RuleError, match="is a whole number"):
        check_span(cast("int", start), 3, "ten chars.", cuts_nothing)


def test_span_may_be_the_whole_text_and_must_cut_nothing() -> None:
    check_span(0, 10, "ten chars.", cuts_nothing)
    with pytest.raises(RuleError, match="cut a character"):
        check_span(0, 5, "ten chars.", lambda _text, offset: offset == 5)


def test_people_of_a_passage() -> None:
    speaker = AnnotationPerson(person_id="a", role=Role.SPEAKER)
    check_people([speaker, replace(speaker, role=Role.TARGET), replace(speaker, person_id="b")], 100)
    for wrong in (
        [speaker, replace(speaker, mention_start=1, mention_end=2)],
        [replace(speaker, role=Role.TARGET), replace(speaker, role=Role.ABOUT)],
        [replace(speaker, mention_start=1)],
        [replace(speaker, mention_start=4, mention_end=4)],
        [replace(speaker, mention_start=90, mention_end=101)],
    ):
        with pytest.raises(RuleError):
            check_people(wrong, 100)


def test_point_stands_once() -> None:
    with pytest.raises(RuleError):
        check_points([AnnotationPoint(point_id="p"), AnnotationPoint(point_id="p")])


def test_relation_to_itself_and_the_same_twice() -> None:
    text = make_text(make_article())
    one, other = (make_annotation(text, make_tag(), make_analyst()) for _ in range(2))
    relation = make_relation(one, other)
    with pytest.raises(RuleError, match="itself"):
        check_relation(make_relation(one, one), [])
    with pytest.raises(RuleError, match="already"):
        check_relation(make_relation(one, other), [relation])
    check_relation(relation, [relation])
    check_relation(make_relation(one, other, RelationKind.ANSWERS), [relation])
    check_relation(make_relation(one, other, analyst_id=make_analyst().id), [relation])
    check_relation(make_relation(one, other), [replace(relation, deleted_at="2026-01-01T00:00:00.000Z")])


@pytest.mark.parametrize("key", ["c", "CC", "1", "-", *sorted(RESERVED_KEYS)])
def test_key_is_one_free_capital_letter(key: str) -> None:
    with pytest.raises(RuleError):
        check_key(make_tag(key=key), [])


def test_key_belongs_to_one_tag_in_use() -> None:
    claim = default_tags()[0]
    with pytest.raises(RuleError, match="Claim"):
        check_key(make_tag(key="C"), [claim])
    check_key(claim, [claim])
    check_key(make_tag(key="C"), [replace(claim, retired=True)])
    check_key(make_tag(key="C"), [replace(claim, merged_into="x")])


def test_tag_has_a_name_of_its_own_among_its_siblings_and_no_circle() -> None:
    top = make_tag("Allegation")
    under = make_tag("Hint", parent_id=top.id)
    check_tag(under, [top, under])
    with pytest.raises(RuleError, match="already"):
        check_tag(make_tag("ALLEGATION"), [top])
    check_tag(make_tag("Allegation", parent_id=top.id), [top])
    with pytest.raises(RuleError, match="under itself"):
        check_tag(replace(top, parent_id=under.id), [top, under])
    with pytest.raises(RuleError):
        check_tag(replace(top, parent_id=top.id), [top])


@pytest.mark.parametrize("colour", ["red", "#FFF", "#2F6FD0", "2f6fd0", "#2f6fd0 "])
def test_colour_is_written_in_one_way(colour: str) -> None:
    with pytest.raises(RuleError):
        check_colour(colour)


@pytest.mark.parametrize("name", ["", "  ", "\u00a0", "two\nlines"])
def test_name_is_a_line_with_something_on_it(name: str) -> None:
    with pytest.raises(RuleError):
        check_named(name, "tag")


def test_circle_elsewhere_is_not_this_ones_fault() -> None:
    check_no_circle("a", {"a": "b", "b": "c", "c": "b"}, "")
    with pytest.raises(RuleError, match="round"):
        check_no_circle("a", {"a": "b", "b": "a"}, "round and round")


def test_person_has_a_name_of_their_own() -> None:
    quill = make_person("Dora Quill")
    with pytest.raises(RuleError, match="already"):
        check_person(make_person("dora  QUILL"), [quill])
    check_person(make_person("Dora Quill"), [replace(quill, merged_into="x")])
    check_person(make_person("Dora Quill"), [replace(quill, deleted_at="2026-01-01T00:00:00.000Z")])
    check_person(quill, [quill])


def test_unnamed_source_belongs_to_one_article_and_shares_its_name_only_elsewhere() -> None:
    with pytest.raises(RuleError, match="belongs to one article"):
        check_person(make_person("an official", kind=PersonKind.UNNAMED), [])
    with pytest.raises(RuleError, match="belongs to one article"):
        check_person(make_person("Dora Quill", article_id="a"), [])
    here = make_person("an official", kind=PersonKind.UNNAMED, article_id="a")
    check_person(make_person("an official", kind=PersonKind.UNNAMED, article_id="b"), [here])
    with pytest.raises(RuleError, match="already"):
        check_person(make_person("an official", kind=PersonKind.UNNAMED, article_id="a"), [here])


@pytest.mark.parametrize(
    "alias", [Alias(text=""), Alias(text="PM", valid_from="24"), Alias(text="PM", valid_to="soon")]
)
def test_alias_has_words_and_dates(alias: Alias) -> None:
    with pytest.raises(RuleError):
        check_person(make_person(aliases=(alias,)), [])


def test_organisation_group_and_member_are_never_merged() -> None:
    council = make_person("Council", kind=PersonKind.ORGANISATION)
    owners = make_person("Owners", kind=PersonKind.GROUP)
    mayor = make_person("Ivo Brandt", affiliation_id=council.id)
    for loser, winner in ((council, owners), (mayor, council), (council, mayor), (owners, mayor)):
        with pytest.raises(RuleError):
            check_merge_of_people(loser, winner)
    branch = make_person("Roads Office", kind=PersonKind.ORGANISATION, affiliation_id=council.id)
    with pytest.raises(RuleError, match="belongs to the other"):
        check_merge_of_people(branch, council)
    with pytest.raises(RuleError):
        check_merge_of_people(mayor, mayor)


def test_unnamed_source_may_turn_out_to_be_anybody_but_not_the_other_way_round() -> None:
    official = make_person("an official", kind=PersonKind.UNNAMED, article_id="a")
    check_merge_of_people(official, make_person("Council", kind=PersonKind.ORGANISATION))
    check_merge_of_people(official, replace(official, id="other"))
    with pytest.raises(RuleError):
        check_merge_of_people(make_person("Dora Quill"), official)


def test_blocks_lie_in_order_apart_and_in_the_text() -> None:
    def block(start: int, end: int) -> Block:
        return Block(start=start, end=end, kind=BlockKind.BODY)

    check_blocks([block(0, 3), block(3, 5), block(7, 10)], 10)
    for wrong in (
        [block(0, 11)],
        [block(3, 3)],
        [block(-1, 2)],
        [block(0, 4), block(3, 5)],
        [block(5, 6), block(0, 2)],
    ):
        with pytest.raises(RuleError):
            check_blocks(wrong, 10)


def test_article_has_words_and_a_limit() -> None:
    check_text("x" * MAX_ARTICLE_BYTES)
    for wrong in ("", " \n\u00a0\n", "x" * (MAX_ARTICLE_BYTES + 1), "é" * (MAX_ARTICLE_BYTES // 2 + 1)):
        with pytest.raises(RuleError):
            check_text(wrong)


def test_what_a_merge_brought_can_still_be_edited() -> None:
    tag, person = make_tag("Claim", key="C"), make_person("Dora Quill")
    twins = replace(tag, id="t"), replace(person, id="p")
    check_tag(replace(tag, colour="#000000"), [tag, twins[0]], tag)
    check_tag(replace(tag, retired=True), [tag, twins[0]], tag)
    with pytest.raises(RuleError, match="key"):
        check_tag(tag, [tag, twins[0]], replace(tag, retired=True))
    check_person(replace(person, note="n"), [person, twins[1]], person)
    with pytest.raises(RuleError):
        check_person(person, [person, twins[1]], replace(person, merged_into="p"))
