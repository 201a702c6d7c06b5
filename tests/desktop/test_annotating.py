"""The keys that tag: what each does with a selection, with a current passage, and with neither."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotator.domain.annotations import Attribution, Role
from annotator.domain.codebook import TagKind
from annotator.domain.errors import RuleError
from tests.desktop.desk import Desk

SHIFT = Qt.KeyboardModifier.ShiftModifier


def kinds(desk: Desk) -> list[TagKind]:
    return [desk.state.kind_of(annotation.tag_id) for annotation in desk.stored()]


def end_line(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Escape)
    assert desk.view.hasFocus()


def tag(desk: Desk, words: str, key: str) -> str:
    """Select words, press a tag's key, end the people line; return the passage's id."""
    desk.select(words)
    desk.press(key)
    end_line(desk)
    desk.settle()
    assert desk.state.current is not None
    return desk.state.current


def test_a_selection_becomes_a_passage_before_the_database_answers(desk: Desk) -> None:
    desk.select("Nobody sold anything")
    desk.press("D")
    (mark,) = desk.marks()
    assert desk.state.ahead == {mark.id}
    assert desk.area.view.annotations_at(mark.start) == [mark.id]
    assert desk.area.view.current() == mark.id
    assert desk.area.view.selected_span() is None
    (stored,) = desk.stored()
    assert (stored.id, stored.quote) == (mark.id, "Nobody sold anything")
    assert desk.state.ahead == set()
    assert kinds(desk) == [TagKind.DENIAL]


def test_without_a_selection_what_is_said_is_taken(desk: Desk) -> None:
    desk.place_caret("anything to anyone")
    desk.press("D")
    (stored,) = desk.stored()
    assert stored.quote == "“Nobody sold anything to anyone.”"
    assert stored.attribution is Attribution.DIRECT_QUOTE


def test_with_a_current_passage_the_key_changes_its_tag(desk: Desk) -> None:
    annotation_id = tag(desk, "the bridge had gone", "C")
    desk.press("E")
    assert desk.state.kind_of(desk.state.marks[annotation_id].tag_id) is TagKind.EVIDENCE
    assert kinds(desk) == [TagKind.EVIDENCE]
    assert desk.said == ["Changed to evidence."]


def test_the_same_tag_again_writes_nothing(desk: Desk) -> None:
    annotation_id = tag(desk, "the bridge had gone", "C")
    desk.press("C")
    assert [annotation.revision for annotation in desk.stored()] == [1]
    assert desk.state.current == annotation_id
    assert desk.said == ["This is a claim already."]


def test_shift_makes_a_second_passage_on_the_same_words_with_the_same_people(desk: Desk) -> None:
    annotation_id = tag(desk, "the bridge had gone", "C")
    desk.jobs.write(lambda: desk.project.annotations.add_person(annotation_id, "Tom Reed", Role.SPEAKER))
    desk.settle()
    desk.press("E", modifier=SHIFT)
    first, second = desk.stored()
    assert (first.start, first.end) == (second.start, second.end)
    assert {desk.state.kind_of(a.tag_id) for a in (first, second)} == {TagKind.CLAIM, TagKind.EVIDENCE}
    assert desk.names(first) == desk.names(second) == [("Tom Reed", Role.SPEAKER)]


def test_a_key_in_what_is_marked_already_chooses_that_passage_and_the_next_changes_it(desk: Desk) -> None:
    desk.place_caret("anything to anyone")
    desk.press("D")
    end_line(desk)
    (first,) = desk.stored()
    desk.place_caret("sold anything")
    assert desk.state.current is None
    caret = desk.area.view.caret()
    desk.press("C")
    assert [annotation.id for annotation in desk.stored()] == [first.id]
    assert desk.area.view.current() == first.id
    assert desk.area.view.caret() == caret
    assert not desk.area.people_line.is_open
    assert desk.said == [
        "These words are marked as denial already. C again changes it to claim, Shift+C makes a second passage on them."
    ]
    desk.press("C")
    assert kinds(desk) == [TagKind.CLAIM]


def test_the_same_key_in_what_is_marked_already_says_how_to_mark_it_twice(desk: Desk) -> None:
    desk.place_caret("anything to anyone")
    desk.press("D")
    end_line(desk)
    desk.place_caret("sold anything")
    desk.press("D")
    assert len(desk.stored()) == 1
    assert desk.said == ["These words are marked as denial already. Shift+D makes a second passage on them."]
    desk.press("D", modifier=SHIFT)
    first, second = desk.stored()
    assert (first.start, first.end) == (second.start, second.end)


@pytest.mark.parametrize("words", ["Nobody sold anything to anyone.", "“Nobody sold anything to anyone.”"])
def test_a_selection_of_the_same_words_chooses_their_passage(desk: Desk, words: str) -> None:
    annotation_id = tag(desk, "Nobody sold anything to anyone", "D")
    desk.select(words)
    desk.press("C")
    assert [annotation.id for annotation in desk.stored()] == [annotation_id]
    assert desk.state.current == annotation_id
    assert desk.area.view.selected_span() is None


def test_a_selection_of_other_words_within_a_passage_is_a_new_passage(desk: Desk) -> None:
    annotation_id = tag(desk, "Nobody sold anything to anyone", "D")
    desk.select("Nobody sold anything to")
    desk.press("C")
    assert {annotation.id for annotation in desk.stored()} > {annotation_id}


def test_a_passage_on_nearly_what_is_said_takes_its_place(desk: Desk) -> None:
    """The analyst left the last two letters out: the caret in it means it, a caret elsewhere in the text does not."""
    annotation_id = tag(desk, "the bridge had gone for 4,200 crow", "C")
    desk.place_caret("bridge had gone")
    desk.press("D")
    assert [annotation.id for annotation in desk.stored()] == [annotation_id]
    desk.place_caret("shows a payment")
    desk.press("E")
    assert len(desk.stored()) == 2


def test_shift_with_a_selection_marks_what_is_selected(desk: Desk) -> None:
    """It took the passage that the caret touched at the end of the selection."""
    tag(desk, "that the bridge had gone", "C")
    desk.select("Mayor Tom Reed claimed ")
    desk.press("D", modifier=SHIFT)
    assert [annotation.quote.strip() for annotation in desk.stored()] == [
        "Mayor Tom Reed claimed",
        "that the bridge had gone",
    ]


def test_what_the_filter_hides_is_not_marked_twice_unnoticed(desk: Desk) -> None:
    annotation_id = tag(desk, "the bridge had gone", "C")
    desk.area.view.set_hidden(tags=frozenset({desk.tag_id(TagKind.CLAIM)}))
    desk.select("the bridge had gone")
    desk.press("D")
    assert [annotation.id for annotation in desk.stored()] == [annotation_id]
    assert "(hidden by the filter)" in desk.said[-1]


def test_the_full_stop_does_not_mark_words_twice_unnoticed(desk: Desk) -> None:
    annotation_id = tag(desk, "the bridge had gone", "C")
    desk.select("the bridge had gone")
    desk.press(".")
    assert [annotation.id for annotation in desk.stored()] == [annotation_id]
    assert desk.state.current == annotation_id


def test_the_full_stop_repeats_tag_and_people(desk: Desk) -> None:
    annotation_id = tag(desk, "the bridge had gone", "C")
    desk.jobs.write(
        lambda: desk.project.annotations.add_person(annotation_id, "Tom Reed", Role.SPEAKER, mention=(5, 9))
    )
    desk.settle()
    desk.select("4,200 crowns")
    desk.press(".")
    desk.press(Qt.Key.Key_Return)  # at once: nobody is proposed beside those who are taken over
    assert desk.view.hasFocus()
    repeated = next(a for a in desk.stored() if a.id != annotation_id)
    assert repeated.quote == "4,200 crowns"
    assert desk.names(repeated) == [("Tom Reed", Role.SPEAKER)]
    assert repeated.people[0].mention_start is None
    assert desk.state.kind_of(repeated.tag_id) is TagKind.CLAIM


def test_there_is_nothing_to_repeat_at_first(desk: Desk) -> None:
    desk.select("4,200 crowns")
    desk.press(".")
    assert desk.stored() == []
    assert desk.said == ["Nothing to repeat yet: tag a passage first."]


def test_reading_goes_on_behind_the_passage(desk: Desk) -> None:
    tag(desk, "the bridge had gone", "C")
    end = desk.text.index("the bridge had gone") + len("the bridge had gone")
    assert desk.area.view.caret() == end
    desk.press(Qt.Key.Key_Right)
    assert desk.area.view.caret() == end + 1


def test_moving_the_caret_lets_go_of_the_passage(desk: Desk) -> None:
    tag(desk, "the bridge had gone", "C")
    desk.press(Qt.Key.Key_Right)
    assert desk.state.current is None


def test_behind_the_last_passage_the_way_back_is_told(desk: Desk) -> None:
    tag(desk, "the bridge had gone", "C")
    desk.press(Qt.Key.Key_Right)
    desk.area.annotating.ask_people()
    assert desk.said[-1] == "No passage is chosen: press P for the one before, or click one."
    desk.press("P")
    assert desk.state.current is not None
    desk.area.view.choose(None, caret=0)
    desk.area.annotating.ask_people()
    assert desk.said[-1] == "No passage is chosen: press N for the next one, or click one."


def test_delete_takes_the_passage_away_at_once_and_undo_brings_it_back(desk: Desk) -> None:
    annotation_id = tag(desk, "the bridge had gone", "C")
    desk.press(Qt.Key.Key_Delete)
    assert desk.area.view.annotations_at(desk.text.index("bridge had")) == []
    assert desk.stored() == []
    assert desk.said == ["Deleted: claim “the bridge had gone”"]
    desk.jobs.write(desk.project.history.undo)
    desk.settle()
    assert [mark.id for mark in desk.marks()] == [annotation_id]


def test_u_marks_as_unsure_and_back(desk: Desk) -> None:
    tag(desk, "the bridge had gone", "C")
    desk.press("U")
    assert [annotation.unsure for annotation in desk.stored()] == [True]
    desk.press("U")
    assert [annotation.unsure for annotation in desk.stored()] == [False]


def test_u_twice_at_once_is_sure_again(desk: Desk) -> None:
    tag(desk, "the bridge had gone", "C")
    desk.press("U", "U")
    assert [annotation.unsure for annotation in desk.stored()] == [False]


def test_a_failed_write_takes_the_passage_away_again(desk: Desk) -> None:
    """The project refuses a span that cuts a character: what was shown ahead is gone, and the reason is told."""
    start = desk.text.index("🌉")
    retired = desk.tag_id(TagKind.CLAIM)
    desk.jobs.write(lambda: desk.project.codebook.retire(retired))
    desk.settle()
    desk.area.view.select_span(start, start + 1)
    desk.area.annotating.tag(retired)
    assert len(desk.marks()) == 1
    desk.settle()
    assert desk.marks() == []
    assert desk.area.view.annotations_at(start) == []
    assert desk.state.current is None
    assert not desk.area.people_line.is_open
    assert [type(error) for error in desk.failures] == [RuleError]
    desk.failures.clear()


def test_a_failed_change_of_tag_shows_the_stored_tag_again(desk: Desk) -> None:
    annotation_id = tag(desk, "the bridge had gone", "C")
    denial = desk.tag_id(TagKind.DENIAL)
    desk.jobs.write(lambda: desk.project.codebook.retire(denial))
    desk.settle()
    desk.area.annotating.change_tag(annotation_id, denial)
    assert desk.state.marks[annotation_id].tag_id == denial
    desk.settle()
    assert desk.state.kind_of(desk.state.marks[annotation_id].tag_id) is TagKind.CLAIM
    desk.failures.clear()


def test_the_ends_move_to_where_the_view_says(desk: Desk) -> None:
    annotation_id = tag(desk, "the bridge had gone", "C")
    start = desk.text.index("bridge had gone for")
    desk.area.view.ends_moved.emit(annotation_id, start, start + len("bridge had gone for"))
    assert [annotation.quote for annotation in desk.stored()] == ["bridge had gone for"]


def test_q_offers_the_ways_it_was_said(desk: Desk) -> None:
    tag(desk, "the bridge had gone", "C")
    desk.press("Q")
    desk.press("P")
    (stored,) = desk.stored()
    assert stored.attribution is Attribution.PARAPHRASE
    assert stored.attribution_set


def test_after_tagging_the_rule_of_the_tag_is_shown(desk: Desk) -> None:
    desk.select("Nobody sold anything")
    desk.press("D")
    rule = desk.area.people_line.rule
    assert rule.isVisible()
    assert "denying verb" in rule.text()
    assert "declined to comment" in rule.text()


def test_each_tag_key_is_one_undo_step(desk: Desk) -> None:
    tag(desk, "the bridge had gone", "C")
    desk.press("E")
    desk.settle()
    assert desk.project.history.undo_label() == "Tag as evidence"
    desk.jobs.write(desk.project.history.undo)
    desk.settle()
    assert kinds(desk) == [TagKind.CLAIM]
    desk.jobs.write(desk.project.history.undo)
    desk.settle()
    assert desk.stored() == []
