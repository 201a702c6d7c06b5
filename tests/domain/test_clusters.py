from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation, AnnotationPerson, AnnotationPoint, Attribution, Role, Span, Stance
from annotator.domain.clusters import Cluster, Difference, clusters
from annotator.domain.grouping import group
from annotator.domain.pairing import ANY, HALF, Trimmed, enough, overlap
from annotator.domain.relations import Relation, RelationKind
from tests.factories import (
    make_analyst,
    make_annotation,
    make_article,
    make_person,
    make_point,
    make_relation,
    make_tag,
    make_text,
)

ANN, BO, CY = (make_analyst(name) for name in ("Ann Bell", "Bo Carr", "Cy Dorn"))
CLAIM, DENIAL = make_tag(), make_tag("Denial")
QUILL, MAYOR = make_person(), make_person("The mayor")
TEXT = make_text(
    make_article(), "The mayor sold it. “All lies,” said Quill. The mayor sold the bridge for a crown. Quill left."
)


def mark(by: Analyst, words: str, *people: tuple[str, Role], tag: Any = CLAIM, **fields: Any) -> Annotation:
    start = TEXT.text.index(words)
    parts = tuple(AnnotationPerson(person_id=id_, role=role) for id_, role in people)
    return make_annotation(TEXT, tag, by, start, start + len(words), people=parts, version=words + by.id, **fields)


def found(*annotations: Annotation, relations: list[Relation] | None = None, **given: Any) -> list[Cluster]:
    by = given.pop("authors", (ANN.id, BO.id))
    texts, merged = {TEXT.id: TEXT.text}, given.pop("merged", {})
    return clusters(texts, annotations, relations or [], {TEXT.id: by}, merged, **given)


def differences(*annotations: Annotation, **given: Any) -> list[set[Difference]]:
    return [set(cluster.differences) for cluster in found(*annotations, **given)]


def test_outer_marks_and_a_full_stop_make_no_difference() -> None:
    speaker = (QUILL.id, Role.SPEAKER)
    (cluster,) = found(mark(ANN, "“All lies,”", speaker), mark(BO, "All lies", speaker))
    assert cluster.identical
    assert cluster.disagreement == 0
    assert cluster.missing == ()
    assert set(cluster.members) == {ANN.id, BO.id}
    assert cluster.key == tuple(sorted(("“All lies,”" + ANN.id, "All lies" + BO.id)))


def test_ends_tag_people_and_attribution_may_differ_at_once() -> None:
    mine = mark(ANN, "The mayor sold the bridge", (QUILL.id, Role.SPEAKER), attribution_set=True)
    theirs = mark(
        BO,
        "The mayor sold the bridge for a crown",
        (MAYOR.id, Role.SPEAKER),
        tag=DENIAL,
        attribution=Attribution.PARAPHRASE,
    )
    assert differences(mine, theirs) == [
        {Difference.BOUNDARY, Difference.TAG, Difference.PEOPLE, Difference.ATTRIBUTION}
    ]


def test_attributions_that_were_both_derived_do_not_differ() -> None:
    mine, theirs = mark(ANN, "All lies"), mark(BO, "All lies", attribution=Attribution.PARAPHRASE)
    assert differences(mine, theirs) == [set()]


def test_who_read_the_article_and_marked_nothing_is_missing() -> None:
    (cluster,) = found(mark(ANN, "All lies"), mark(BO, "All lies"), authors=(ANN.id, BO.id, CY.id))
    assert cluster.missing == (CY.id,)
    assert cluster.differences == {Difference.MISSING}
    (cluster,) = found(mark(ANN, "All lies"), mark(BO, "All lies"), authors=(ANN.id,))
    assert cluster.identical
    assert set(cluster.members) == {ANN.id}


def test_people_and_tags_are_compared_as_merged() -> None:
    twin, tag = make_person("D. Quill"), make_tag("Assertion")
    mine = mark(ANN, "All lies", (QUILL.id, Role.SPEAKER))
    theirs = mark(BO, "All lies", (twin.id, Role.SPEAKER), tag=tag)
    assert differences(mine, theirs) == [{Difference.PEOPLE, Difference.TAG}]
    assert differences(mine, theirs, merged={twin.id: QUILL.id, tag.id: CLAIM.id}) == [set()]


def test_one_passage_over_several_of_another_is_one_cluster_that_is_cut() -> None:
    whole = mark(ANN, "The mayor sold the bridge for a crown")
    pieces = mark(BO, "sold the bridge"), mark(BO, "for a crown")
    (cluster,) = found(whole, *pieces, relations=[make_relation(pieces[1], pieces[0], RelationKind.CONTINUES)])
    assert cluster.differences == {Difference.CUT}
    assert cluster.members[BO.id] == pieces
    assert cluster.span == Span(whole.start, whole.end)


def test_a_passage_within_a_passage_of_the_same_analyst_is_no_piece() -> None:
    whole, within = mark(ANN, "The mayor sold the bridge for a crown"), mark(ANN, "a crown", tag=DENIAL)
    theirs = mark(BO, "The mayor sold the bridge for a crown.")
    assert [c.members for c in found(whole, within, theirs)] == [
        {ANN.id: (whole,), BO.id: (theirs,)},
        {ANN.id: (within,)},
    ]


def test_two_passages_on_the_same_words_are_joined_by_their_tags() -> None:
    both = [mark(by, "All lies", tag=tag) for by, tag in ((ANN, CLAIM), (ANN, DENIAL), (BO, DENIAL), (BO, CLAIM))]
    assert differences(*both) == [set(), set()]


def test_two_who_both_cut_may_differ_in_the_pieces() -> None:
    whole = mark(CY, "The mayor sold the bridge for a crown")
    mine = mark(ANN, "sold the"), mark(ANN, "bridge for a")
    theirs = mark(BO, "sold the bridge for"), mark(BO, "a crown")
    (cluster,) = found(whole, *mine, *theirs, authors=(ANN.id, BO.id, CY.id))
    assert cluster.differences == {Difference.CUT, Difference.BOUNDARY}
    assert cluster.members == {ANN.id: mine, BO.id: theirs, CY.id: (whole,)}


def test_relations_are_compared_up_to_repeats_and_points() -> None:
    denials = [mark(by, "All lies", tag=DENIAL) for by in (ANN, BO)]
    early = [mark(by, "The mayor sold it") for by in (ANN, BO)]
    late = [mark(by, "The mayor sold the bridge") for by in (ANN, BO)]
    relations = [make_relation(denials[0], early[0]), make_relation(denials[1], late[1])]
    assert differences(*denials, *early, *late, relations=relations) == [set(), {Difference.RELATION}, set()]
    repeats = [make_relation(late[n], early[n], RelationKind.REPEATS) for n in (0, 1)]
    assert differences(*denials, *early, *late, relations=relations + repeats) == [set(), set(), set()]
    assert differences(*denials, *early, *late, relations=relations + repeats[:1]) == [
        set(),
        set(),
        {Difference.RELATION},
    ]


def test_to_link_to_a_piece_of_a_statement_is_to_link_to_the_statement() -> None:
    denials = [mark(by, "All lies", tag=DENIAL) for by in (ANN, BO)]
    pieces = [[mark(by, "The mayor sold it"), mark(by, "Quill left")] for by in (ANN, BO)]
    relations = [make_relation(denials[0], pieces[0][0]), make_relation(denials[1], pieces[1][1])]
    assert Difference.RELATION in differences(*denials, *pieces[0], *pieces[1], relations=relations)[1]
    joined = [make_relation(late, early, RelationKind.CONTINUES) for early, late in pieces]
    assert differences(*denials, *pieces[0], *pieces[1], relations=relations + joined) == [set(), set(), set()]


def test_a_denied_point_is_the_claim_that_asserts_it() -> None:
    point, twin = make_point(), make_point("It was sold.")
    denied = replace(mark(ANN, "All lies"), points=(AnnotationPoint(point_id=point.id, stance=Stance.DENIES),))
    denial = mark(BO, "All lies")
    claims = [replace(mark(by, "The mayor sold it"), points=(AnnotationPoint(point_id=twin.id),)) for by in (ANN, BO)]
    relations = [make_relation(denial, claims[1])]
    assert differences(denied, denial, *claims, relations=relations) == [set(), {Difference.RELATION}]
    assert differences(denied, denial, *claims, relations=relations, merged={point.id: twin.id}) == [set(), set()]


def test_the_queue_begins_where_most_is_at_stake() -> None:
    alone = mark(ANN, "Quill left")
    people = mark(ANN, "All lies", (QUILL.id, Role.SPEAKER)), mark(BO, "All lies", (MAYOR.id, Role.SPEAKER))
    tags = mark(ANN, "The mayor sold it"), mark(BO, "The mayor sold it", tag=DENIAL)
    same = mark(ANN, "for a crown"), mark(BO, "for a crown")
    ordered = sorted(found(alone, *people, *tags, *same), key=lambda cluster: -cluster.disagreement)
    assert [set(c.differences) for c in ordered] == [
        {Difference.TAG},
        {Difference.PEOPLE},
        {Difference.MISSING},
        set(),
    ]


def test_tombstones_and_final_versions_are_left_out() -> None:
    gone, final = mark(ANN, "All lies", deleted_at="2026-01-01T00:00:00.000Z"), mark(BO, "All lies", session_id="s")
    assert found(gone, final) == []
    mine, theirs, claim = mark(ANN, "All lies"), mark(BO, "All lies"), mark(ANN, "The mayor sold it")
    dead = make_relation(mine, claim, deleted_at="2026-01-01T00:00:00.000Z")
    assert differences(mine, theirs, claim, relations=[dead, make_relation(mine, claim, session_id="s")])[1] == set()


spans = st.tuples(st.sampled_from("abc"), st.integers(0, 40), st.integers(1, 20), st.sampled_from("ct"))


@dataclass(frozen=True)
class Marked:
    analyst: str
    passage: Trimmed


def layers_of(given: list[tuple[str, int, int, str]]) -> dict[str, list[Trimmed]]:
    made = [Marked(by, Trimmed(s, s + length, f"{n:02}", tag)) for n, (by, s, length, tag) in enumerate(given)]
    return {by: sorted(m.passage for m in made if m.analyst == by) for by in sorted({m.analyst for m in made})}


def slowly(layers: dict[str, list[Trimmed]], least: float) -> set[frozenset[str]]:
    """Group by the rule that the module states, looking at everything each time."""
    who = {p.id: by for by, passages in layers.items() for p in passages}
    passages = {p.id: p for own in layers.values() for p in own}
    groups = [{id_} for id_ in passages]

    def of(id_: str) -> set[str]:
        return next(g for g in groups if id_ in g)

    pairs = [
        (min(a, b), max(a, b))
        for a, b in combinations(passages.values(), 2)
        if who[a.id] != who[b.id] and enough(a, b, least)
    ]
    for a, b in sorted(pairs, key=lambda p: (-overlap(*p), p[0].tag_id != p[1].tag_id, *p)):
        one, other = of(a.id), of(b.id)
        if not {who[x] for x in one} & {who[x] for x in other}:
            one |= other
            groups.remove(other)
    alone = [passages[next(iter(g))] for g in groups if len(g) == 1]
    for piece in sorted(alone, key=lambda p: (p.start - p.end, p)):
        around = [
            p for p in passages.values() if p.start <= piece.start and piece.end <= p.end and who[p.id] != who[piece.id]
        ]
        for whole in sorted(around, key=lambda p: (-overlap(piece, p), p)):
            target = of(whole.id)
            own = [passages[x] for x in target if who[x] == who[piece.id]]
            if len(of(piece.id)) == 1 and all(p.end <= piece.start or piece.end <= p.start for p in own):
                groups.remove(of(piece.id))
                target.add(piece.id)
    return {frozenset(g) for g in groups}


@given(st.lists(spans, max_size=25), st.sampled_from((HALF, 0.8, ANY)), st.randoms())
def test_groups_are_those_of_the_slow_way_in_any_order(
    given: list[tuple[str, int, int, str]], least: float, dice: Random
) -> None:
    layers = layers_of(given)
    shuffled = list(layers)
    dice.shuffle(shuffled)
    groups = group({by: layers[by] for by in shuffled}, least)
    assert {frozenset(p.id for own in g.values() for p in own) for g in groups} == slowly(layers, least)
    assert sum(len(own) for g in groups for own in g.values()) == len(given)
    assert [min(min(own) for own in g.values()) for g in groups] == sorted(
        min(min(own) for own in g.values()) for g in groups
    )
    assert all(own == sorted(own) for g in groups for own in g.values())
