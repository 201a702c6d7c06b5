"""What the final version of a passage is made of, row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotations import Annotation, AnnotationPerson, Attribution, Role
from annotator.domain.clusters import Cluster, clusters
from annotator.domain.deciding import (
    Source,
    Wording,
    compose,
    outcome_of,
    proposal,
    sources_of,
    united_people,
    whole,
)
from annotator.domain.letters import letters
from annotator.domain.relations import RelationKind
from annotator.domain.reviews import CardRow, Decision, DecisionOutcome, decision_id
from tests.factories import make_analyst, make_annotation, make_article, make_person, make_relation, make_tag, make_text

TEXT = "The council doubled the tolls, nobody asked us, and nobody told us, they said.\n"
ARTICLE = make_article()
VERSION = make_text(ARTICLE, TEXT)
CLAIM, DENIAL = make_tag("Claim"), make_tag("Denial")
ANN, BEN, CY = sorted((make_analyst(name) for name in ("Ann", "Ben", "Cy")), key=lambda analyst: analyst.id)
DORA, IVO = make_person("Dora"), make_person("Ivo")


def mark(analyst: Any, words: str, tag: Any = CLAIM, **fields: Any) -> Annotation:
    start = TEXT.index(words)
    made = make_annotation(VERSION, tag, analyst, start, start + len(words), **fields)
    return replace(made, version=made.id)


def by(person: Any, role: Role = Role.SPEAKER) -> AnnotationPerson:
    return AnnotationPerson(person_id=person.id, role=role)


def cluster(*annotations: Annotation, relations: Any = ()) -> Cluster:
    authors = {VERSION.id: {annotation.analyst_id for annotation in annotations}}
    found, *_ = clusters({VERSION.id: TEXT}, annotations, relations, authors, {})
    return found


def test_one_analyst_s_version_is_taken_as_it_is() -> None:
    mine = mark(ANN, "doubled the tolls", people=(by(DORA),), attribution=Attribution.RECORD, note="sic")
    found = cluster(mine, mark(BEN, "The council doubled the tolls", DENIAL))
    (wording,) = compose(found, whole(ANN.id))
    assert (wording.start, wording.end, wording.tag_id, wording.note) == (mine.start, mine.end, CLAIM.id, "sic")
    assert (wording.people, wording.attribution) == (mine.people, Attribution.RECORD)


def test_rows_are_mixed() -> None:
    found = cluster(
        mark(ANN, "doubled the tolls", people=(by(DORA),)),
        mark(BEN, "council doubled the tolls", DENIAL, people=(by(IVO),)),
    )
    sources = {**whole(ANN.id), CardRow.TAG: BEN.id, CardRow.PEOPLE: Source.ALL}
    (wording,) = compose(found, sources)
    assert TEXT[wording.start : wording.end] == "doubled the tolls"
    assert wording.tag_id == DENIAL.id
    assert wording.people == (by(DORA), by(IVO)), "those of the version that gives the ends come first"


def test_each_piece_takes_its_rows_from_the_passage_that_covers_it() -> None:
    found = cluster(
        mark(ANN, "nobody asked us, and nobody told us", people=(by(DORA),)),
        mark(BEN, "nobody asked us", DENIAL, people=(by(IVO),)),
        mark(BEN, "nobody told us"),
    )
    pieces = compose(found, {**whole(BEN.id), CardRow.PEOPLE: ANN.id})
    assert [TEXT[p.start : p.end] for p in pieces] == ["nobody asked us", "nobody told us"]
    assert [p.tag_id for p in pieces] == [DENIAL.id, CLAIM.id]
    assert [p.people for p in pieces] == [(by(DORA),), (by(DORA),)]
    (one,) = compose(found, {**whole(ANN.id), CardRow.PEOPLE: Source.ALL})
    assert one.people == (by(DORA), by(IVO))


def test_what_was_written_by_hand_stays_beside_what_is_taken() -> None:
    found = cluster(mark(ANN, "doubled the tolls", people=(by(DORA),)), mark(BEN, "doubled the tolls", DENIAL))
    hand = Wording(start=4, end=11, tag_id="other")
    (wording,) = compose(found, {**whole(BEN.id), CardRow.ENDS: Source.HAND}, [hand])
    assert (wording.start, wording.end, wording.tag_id) == (4, 11, DENIAL.id)


def test_proposal_is_what_most_have_with_the_people_of_all() -> None:
    found = cluster(
        mark(ANN, "doubled the tolls", DENIAL, people=(by(DORA),)),
        mark(BEN, "council doubled the tolls", people=(by(IVO, Role.TARGET),)),
        mark(CY, "council doubled the tolls"),
    )
    sources = proposal(found)
    (wording,) = compose(found, sources)
    assert TEXT[wording.start : wording.end] == "council doubled the tolls"
    assert wording.tag_id == CLAIM.id
    assert set(wording.people) == {by(DORA), by(IVO, Role.TARGET)}
    assert sources[CardRow.PEOPLE] is Source.ALL


def test_proposal_names_an_analyst_who_has_all_of_it() -> None:
    found = cluster(mark(ANN, "doubled the tolls"), mark(BEN, "doubled the tolls", people=(by(DORA),)))
    assert proposal(found) == whole(BEN.id)


def test_a_link_that_one_has_is_proposed_from_all() -> None:
    mine, other = mark(ANN, "doubled the tolls"), mark(ANN, "nobody told us", DENIAL)
    theirs = mark(BEN, "doubled the tolls", people=(by(DORA),))
    link = make_relation(mine, other, RelationKind.REBUTS)
    found = cluster(mine, theirs, other, relations=[link])
    assert proposal(found)[CardRow.RELATIONS] is Source.ALL


def test_who_is_a_target_of_one_is_not_about_for_another() -> None:
    assert united_people([(by(DORA, Role.ABOUT), by(IVO)), (by(DORA, Role.TARGET), by(IVO))]) == (
        by(IVO),
        by(DORA, Role.TARGET),
    )


sources = st.fixed_dictionaries({row: st.sampled_from([ANN.id, BEN.id, *Source]) for row in CardRow})


@given(sources)
def test_a_decision_says_where_its_rows_came_from(given_: dict[CardRow, str | Source]) -> None:
    outcome, base, rows = outcome_of(given_)
    decision = Decision(
        id=decision_id(ARTICLE.id, []), session_id="s", text_id="t", outcome=outcome, taken_from=base, rows=rows
    )
    assert sources_of(decision) == given_
    assert (outcome is DecisionOutcome.TAKE) == (len(set(given_.values())) == 1 and base is not None)
    assert base not in {part.taken_from for part in rows} or base is None


@given(st.sets(st.uuids().map(str), max_size=60))
def test_everybody_has_a_letter_of_their_own(analysts: set[str]) -> None:
    found = letters("session", "article", analysts)
    assert found.keys() == analysts
    assert len(set(found.values())) == len(analysts)
    assert found == letters("session", "article", sorted(analysts, reverse=True))


def test_letters_are_shuffled_for_each_article() -> None:
    analysts = [analyst.id for analyst in (ANN, BEN, CY)]
    orders = {tuple(letters("session", f"article {n}", analysts).items()) for n in range(400)}
    assert len({tuple(sorted(order)) for order in orders}) == 6


def test_who_is_not_in_the_cluster_gives_no_row() -> None:
    found = cluster(mark(ANN, "doubled the tolls"))
    with pytest.raises(KeyError):
        compose(found, whole(BEN.id))
