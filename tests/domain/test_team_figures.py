"""The figures of a team: what counts, what is pooled, and what is left open with a reason."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.agreement import Figure, Reason, nominal_alpha
from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation, AnnotationPerson, AnnotationPoint, Role, Stance
from annotator.domain.comparisons import ReadText
from annotator.domain.measures import NOT_MARKED, Measure
from annotator.domain.pairing import enough, trimmed
from annotator.domain.relations import Relation, RelationKind
from annotator.domain.team_figures import Scope, TeamFigures, run, team_figures
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

ANN, BO, CY = sorted((make_analyst(name) for name in ("Ann Bell", "Bo Carr", "Cy Dorn")), key=lambda a: a.id)
CLAIM, DENIAL, EVIDENCE = make_tag("c"), make_tag("d"), make_tag("e")
TAGS = [CLAIM.id, DENIAL.id, EVIDENCE.id]
QUILL, MAYOR = make_person(), make_person("The mayor")
ARTICLE = make_article()
TEXT = make_text(ARTICLE, "word " * 200)


def mark(by: Analyst, start: int, end: int, tag: Any = CLAIM, **fields: Any) -> Annotation:
    return make_annotation(TEXT, tag, by, start, end, **fields)


def read(*annotations: Annotation, by: tuple[Analyst, ...] = (ANN, BO), text: Any = TEXT) -> ReadText:
    layers = {analyst.id: [a for a in annotations if a.analyst_id == analyst.id] for analyst in by}
    return ReadText(text.id, text.article_id, text.text, layers)


def measured(*texts: ReadText, relations: tuple[Relation, ...] = (), **given: Any) -> TeamFigures:
    merged = given.pop("merged", {})
    return run(team_figures(texts, relations, TAGS, merged, **given))


def figure(scope: Scope, measure: Measure) -> tuple[float | None, int]:
    found = scope.figures[measure]
    return found.value and round(found.value, 3), found.n


ONE = (mark(ANN, 10, 59), mark(ANN, 100, 179, DENIAL), mark(ANN, 300, 349, EVIDENCE))
OTHER = (mark(BO, 15, 59), mark(BO, 100, 169), mark(BO, 305, 349, EVIDENCE), mark(BO, 400, 429, EVIDENCE))


def test_one_example_many_figures() -> None:
    whole = measured(read(*ONE, *OTHER)).whole
    assert whole.headline[:2] == (Measure.SAME_PASSAGE, Measure.TAG_KAPPA)
    assert figure(whole, Measure.SAME_PASSAGE) == (0.857, 7)
    assert figure(whole, Measure.SAME_PASSAGE_AND_TAG) == (0.571, 7)
    assert figure(whole, Measure.SAME_ENDS_AND_TAG) == (0.0, 7)
    assert figure(whole, Measure.TAG_SHARE) == (0.667, 3)
    assert figure(whole, Measure.TAG_KAPPA) == (0.5, 3)
    assert whole.figures[Measure.SAME_PASSAGE].apart == (OTHER[3].id,)
    assert set(whole.figures[Measure.TAG_KAPPA].apart) == {ONE[1].id, OTHER[1].id}
    assert len(whole.figures[Measure.TAG_KAPPA].ids) == 6
    assert whole.figures[Measure.U_ALPHA].value == pytest.approx(0.63, abs=0.02)


def test_a_tag_has_its_own_figures_and_one_that_nobody_used_has_none() -> None:
    unused = make_tag("unused")
    found = run(team_figures([read(*ONE, *OTHER)], (), [*TAGS, unused.id], {}))
    scopes = {scope.tag_id: scope for scope in found.tags}
    assert list(scopes) == [*TAGS, unused.id]
    assert figure(scopes[CLAIM.id], Measure.SAME_PASSAGE) == (0.667, 3)
    assert figure(scopes[CLAIM.id], Measure.ONE_TAG) == (0.667, 3)
    assert scopes[CLAIM.id].headline[1] is Measure.ONE_TAG
    assert scopes[DENIAL.id].figures[Measure.ONE_TAG] == Figure(
        value=0.0, n=1, ids=tuple(sorted((ONE[1].id, OTHER[1].id))), apart=tuple(sorted((ONE[1].id, OTHER[1].id)))
    )
    assert scopes[unused.id].figures[Measure.SAME_PASSAGE].reason is Reason.NOTHING_MARKED
    assert scopes[unused.id].figures[Measure.KU_ALPHA].reason is Reason.NOTHING_IN_COMMON


def test_articles_are_pooled_and_not_averaged() -> None:
    second = make_text(make_article(), "word " * 200)
    alone = make_annotation(second, CLAIM, ANN, 0, 9)
    texts = read(*ONE, *OTHER), read(alone, text=second)
    found = measured(*texts)
    assert figure(found.whole, Measure.SAME_PASSAGE) == (0.75, 8)
    assert [figure(scope, Measure.SAME_PASSAGE) for scope in found.articles] == [(0.857, 7), (0.0, 1)]
    assert [scope.text_id for scope in found.articles] == [TEXT.id, second.id]
    assert [scope.analysts for scope in found.pairs] == [(ANN.id, BO.id)]
    assert found.whole.figures[Measure.U_ALPHA].low is not None
    assert found.articles[0].figures[Measure.U_ALPHA].low is None


def test_an_article_that_only_one_has_submitted_does_not_count() -> None:
    second = make_text(make_article(), "word " * 200)
    lonely = ReadText(second.id, second.article_id, second.text, {ANN.id: [make_annotation(second, CLAIM, ANN, 0, 9)]})
    found = measured(read(*ONE, *OTHER), lonely)
    assert (found.texts, found.left_out) == ((TEXT.id,), (second.id,))
    assert found.whole == replace(measured(read(*ONE, *OTHER)).whole)
    nobody = measured(lonely)
    assert {f.reason for f in nobody.whole.figures.values()} == {Reason.ONE_ANALYST}
    assert {f.reason for scope in nobody.tags for f in scope.figures.values()} == {Reason.ONE_ANALYST}
    assert nobody.pairs == nobody.articles == ()
    assert measured().whole.figures[Measure.SAME_PASSAGE].reason is Reason.ONE_ANALYST


def test_to_have_read_and_marked_nothing_is_to_disagree_and_both_nothing_is_undefined() -> None:
    whole = measured(read(*ONE)).whole
    assert figure(whole, Measure.SAME_PASSAGE) == (0.0, 3)
    assert whole.figures[Measure.TAG_KAPPA].reason is Reason.NOTHING_IN_COMMON
    assert whole.figures[Measure.SAME_PEOPLE].reason is Reason.NO_PEOPLE
    assert whole.figures[Measure.SAME_RELATIONS].reason is Reason.NO_RELATIONS
    nothing = measured(read()).whole
    assert nothing.figures[Measure.SAME_PASSAGE].reason is Reason.NOTHING_MARKED
    assert {f.value for f in nothing.figures.values()} == {None}


def people(*named: tuple[str, Role]) -> tuple[AnnotationPerson, ...]:
    return tuple(AnnotationPerson(person_id=id_, role=role) for id_, role in named)


def test_people_count_in_their_roles_and_where_nobody_is_named_there_is_nothing_to_agree_on() -> None:
    ours = mark(ANN, 0, 9, people=people((QUILL.id, Role.SPEAKER), (MAYOR.id, Role.TARGET)))
    theirs = mark(BO, 0, 9, people=people((QUILL.id, Role.SPEAKER), (MAYOR.id, Role.ABOUT)))
    whole = measured(read(ours, theirs, *ONE, *OTHER)).whole
    assert figure(whole, Measure.SAME_PEOPLE) == (0.5, 4)
    assert figure(whole, Measure.SPEAKER) == (1.0, 2)
    assert figure(whole, Measure.TARGET) == (0.0, 1)
    assert whole.figures[Measure.REPORTED_BY].reason is Reason.NO_PEOPLE
    assert set(whole.figures[Measure.SAME_PEOPLE].apart) == {ours.id, theirs.id}
    assert whole.figures[Measure.SPEAKER].apart == ()


def test_people_of_a_tag_are_those_on_passages_to_which_both_gave_it() -> None:
    speaker = people((QUILL.id, Role.SPEAKER))
    marks = [mark(by, 0, 9, people=speaker) for by in (ANN, BO)]
    apart = [mark(ANN, 20, 29, people=speaker), mark(BO, 20, 29, DENIAL, people=people((MAYOR.id, Role.SPEAKER)))]
    scopes = {scope.tag_id: scope for scope in measured(read(*marks, *apart)).tags}
    assert figure(scopes[CLAIM.id], Measure.SAME_PEOPLE) == (1.0, 2)
    assert scopes[DENIAL.id].figures[Measure.SAME_PEOPLE].reason is Reason.NO_PEOPLE


def test_three_who_each_made_the_same_new_person_agree_once_the_three_are_merged() -> None:
    made = [make_person() for _ in range(3)]
    marks = [
        mark(by, 0, 9, people=people((person.id, Role.SPEAKER))) for by, person in zip((ANN, BO, CY), made, strict=True)
    ]
    text = read(*marks, by=(ANN, BO, CY))
    assert figure(measured(text).whole, Measure.SAME_PEOPLE) == (0.0, 6)
    merged = {made[1].id: made[0].id, made[2].id: made[1].id}
    assert figure(measured(text, merged=merged).whole, Measure.SAME_PEOPLE) == (1.0, 6)


def test_relations_count_where_both_have_found_both_ends() -> None:
    denials = [mark(by, 0, 9, DENIAL) for by in (ANN, BO)]
    claims = [mark(by, 20, 29) for by in (ANN, BO)]
    evidence = [mark(by, 40, 49, EVIDENCE) for by in (ANN, BO)]
    unseen = mark(ANN, 60, 69)
    relations = (
        make_relation(denials[0], claims[0]),
        make_relation(denials[1], claims[1]),
        make_relation(evidence[0], claims[0], RelationKind.SUPPORTS),
        make_relation(evidence[1], denials[1], RelationKind.SUPPORTS),
        make_relation(denials[0], unseen),
    )
    found = measured(read(*denials, *claims, *evidence, unseen), relations=relations)
    assert figure(found.whole, Measure.SAME_RELATIONS) == (0.5, 4)
    assert set(found.whole.figures[Measure.SAME_RELATIONS].apart) == {a.id for a in evidence}
    tags = {scope.tag_id: scope for scope in found.tags}
    assert figure(tags[DENIAL.id], Measure.SAME_RELATIONS) == (1.0, 2)
    assert figure(tags[EVIDENCE.id], Measure.SAME_RELATIONS) == (0.0, 2)


def test_a_point_that_both_deny_is_a_relation_in_common() -> None:
    points = (AnnotationPoint(point_id=make_point().id, stance=Stance.DENIES),)
    both = [mark(by, 0, 9, DENIAL, points=points) for by in (ANN, BO)]
    assert figure(measured(read(*both)).whole, Measure.SAME_RELATIONS) == (1.0, 2)


def test_more_than_two_have_alpha_with_missing_passages_and_fleiss_of_those_that_all_found() -> None:
    marks = [
        *(mark(by, 0, 9, tag) for by, tag in ((ANN, CLAIM), (BO, CLAIM), (CY, DENIAL))),
        *(mark(by, 20, 29, tag) for by, tag in ((ANN, DENIAL), (BO, DENIAL))),
        *(mark(by, 40, 49, tag) for by, tag in ((BO, CLAIM), (CY, CLAIM))),
        mark(CY, 60, 69),
    ]
    found = measured(read(*marks, by=(ANN, BO, CY)))
    assert Measure.TAG_KAPPA not in found.whole.figures
    assert found.whole.headline[1] is Measure.TAG_ALPHA
    expected = nominal_alpha(["ccd", "dd", "cc"])
    assert expected.value is not None
    assert figure(found.whole, Measure.TAG_ALPHA) == (round(expected.value, 3), 3)
    assert figure(found.whole, Measure.TAG_FLEISS) == (-0.5, 1)
    assert [scope.headline[1] for scope in found.pairs] == [Measure.TAG_KAPPA] * 3
    assert [scope.analysts for scope in found.pairs] == list(combinations((ANN.id, BO.id, CY.id), 2))
    alone = measured(read(*(a for a in marks if a.analyst_id != CY.id))).whole
    assert found.pairs[0].figures == {
        measure: replace(figure, low=None, high=None) for measure, figure in alone.figures.items()
    }


def test_who_cut_a_passage_in_pieces_of_different_tags_gave_it_no_tag() -> None:
    whole = [mark(by, 0, 99, tag) for by, tag in ((ANN, CLAIM), (BO, DENIAL))]
    pieces = [mark(CY, 0, 29), mark(CY, 40, 69, DENIAL)]
    found = measured(read(*whole, *pieces, by=(ANN, BO, CY))).whole
    assert figure(found, Measure.TAG_ALPHA) == (0.0, 1)
    assert found.figures[Measure.TAG_FLEISS].reason is Reason.NOT_ALL_IN_COMMON


def test_the_confusion_table_has_what_one_of_them_did_not_mark() -> None:
    found = measured(read(*ONE, *OTHER))
    table = {(cell.one, cell.other): (cell.number, set(cell.ids)) for cell in found.whole.confusion}
    assert table == {
        (CLAIM.id, CLAIM.id): (1, {ONE[0].id, OTHER[0].id}),
        (DENIAL.id, CLAIM.id): (1, {ONE[1].id, OTHER[1].id}),
        (EVIDENCE.id, EVIDENCE.id): (1, {ONE[2].id, OTHER[2].id}),
        (NOT_MARKED, EVIDENCE.id): (1, {OTHER[3].id}),
    }
    third = measured(read(*ONE, *OTHER, mark(CY, 100, 179), by=(ANN, BO, CY))).whole.confusion
    numbers = {(cell.one, cell.other): cell.number for cell in third}
    assert numbers[DENIAL.id, CLAIM.id] == numbers[CLAIM.id, DENIAL.id] == 2
    assert numbers[CLAIM.id, CLAIM.id] == 2


def test_progress_is_told_and_the_work_can_be_stopped() -> None:
    steps = team_figures([read(*ONE, *OTHER)], (), TAGS, {})
    assert next(steps) == (1, 3)
    assert next(steps) == (2, 3)
    steps.close()
    with pytest.raises(StopIteration):
        next(steps)


spans = st.tuples(
    st.sampled_from((ANN, BO, CY)), st.integers(0, 12), st.integers(1, 6), st.sampled_from((CLAIM, DENIAL))
)


@given(st.lists(st.lists(spans, max_size=9), min_size=1, max_size=3), st.randoms())
def test_figures_are_those_of_counting_and_do_not_depend_on_the_order(
    given: list[list[tuple[Analyst, int, int, Any]]], dice: Random
) -> None:
    texts = [make_text(make_article(), "word " * 20) for _ in given]
    layers = [
        [make_annotation(text, tag, by, 5 * s, min(5 * (s + n) - 1, 99)) for by, s, n, tag in marks]
        for text, marks in zip(texts, given, strict=True)
    ]
    read_texts = [read(*own, by=(ANN, BO, CY), text=text) for text, own in zip(texts, layers, strict=True)]
    found = measured(*read_texts)
    assert figure(found.whole, Measure.ANY_OVERLAP)[1] == sum(map(len, given))
    assert found.whole.figures[Measure.ANY_OVERLAP].value == slow_f1(texts, layers)
    for own in layers:
        dice.shuffle(own)
    again = [read(*own, by=(CY, BO, ANN), text=text) for text, own in zip(texts, layers, strict=True)]
    assert measured(*again) == found


def slow_f1(texts: list[Any], layers: list[list[Annotation]]) -> float | None:
    """Twice the largest number of pairs that overlap, over all passages; found by augmenting paths, one by one."""
    both = total = 0
    for text, own in zip(texts, layers, strict=True):
        for one, other in combinations((ANN.id, BO.id, CY.id), 2):
            mine, theirs = (trimmed(text.text, [a for a in own if a.analyst_id == who], {}) for who in (one, other))
            may = {(i, j) for i, j in product(range(len(mine)), range(len(theirs))) if enough(mine[i], theirs[j], 0)}
            taken: dict[int, int] = {}

            def placed(i: int, seen: set[int], may: set[tuple[int, int]] = may, taken: dict[int, int] = taken) -> bool:
                for j in sorted(j for k, j in may if k == i and j not in seen):
                    seen.add(j)
                    if j not in taken or placed(taken[j], seen):
                        taken[j] = i
                        return True
                return False

            both += sum(placed(i, set()) for i in range(len(mine)))
            total += len(mine) + len(theirs)
    return 2 * both / total if total else None
