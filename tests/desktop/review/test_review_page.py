"""The review screen: what is decided by keys alone, what is shown of it, and how one comes in and out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QListView, QMenu
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.main_window import MainWindow
from annotator.desktop.review.reason_line import ReasonLine
from annotator.desktop.review.review_page import ReviewPage
from annotator.domain.clusters import Difference
from annotator.domain.reviews import CardRow, DecisionOutcome, ReasonCode
from tests.desktop.review.decided import BEN, CY, NO_SECRET, REGISTER, SECRET, TWICE
from tests.desktop.review.review_desk import ReviewDesk
from tests.desktop.windows import press, settle, space_of

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
Down, Up, Enter, Escape = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape


def progress(desk: ReviewDesk) -> str:
    label = desk.page.findChild(QLabel, "reviewProgress")
    assert label is not None
    return label.text()


def test_the_greatest_disagreement_is_looked_at_first_and_keys_go_to_the_card(review_desk: ReviewDesk) -> None:
    worst = max(review_desk.page.review.clusters.values(), key=lambda found: found.cluster.disagreement)
    assert review_desk.found == worst
    assert review_desk.page.card.hasFocus()
    assert progress(review_desk) == "decided 0 of 8"


def test_a_figure_takes_an_analysts_version_and_the_next_is_looked_at(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    review_desk.press("2")
    stored = review_desk.stored(SECRET)
    assert stored.decision is not None
    assert stored.decision.outcome is DecisionOutcome.TAKE
    assert len(stored.final[0].people) == 2, "Cy named the council too"
    assert SECRET not in {a.quote for a in review_desk.found.cluster.annotations}
    assert progress(review_desk) == "decided 1 of 8"


def test_one_row_is_taken_alone_and_the_passage_stays_in_view(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    review_desk.press("1")
    review_desk.go_to(SECRET)
    review_desk.press(Down, Down, Down, "2")
    stored = review_desk.stored(SECRET)
    assert stored.decision is not None
    assert [row.row for row in stored.decision.rows] == [CardRow.PEOPLE]
    assert review_desk.found.key == stored.key
    assert review_desk.page.card.chosen_row is CardRow.PEOPLE


def test_accept_takes_what_is_proposed_and_undo_takes_it_back(review_desk: ReviewDesk) -> None:
    review_desk.go_to(TWICE)
    review_desk.press("A")
    assert review_desk.stored(TWICE).decided
    review_desk.press("Z", modifier=CONTROL)
    assert not review_desk.stored(TWICE).decided
    assert review_desk.space.reviewing.screen is review_desk.page, "undo stays on the screen"
    assert progress(review_desk) == "decided 0 of 8"
    review_desk.press("Z", modifier=CONTROL | SHIFT)
    assert progress(review_desk) == "decided 1 of 8"


def test_nothing_here_asks_for_a_reason_where_the_session_wants_one(review_desk: ReviewDesk) -> None:
    review_desk.go_to(REGISTER)
    review_desk.press("X")
    line = review_desk.page.findChild(ReasonLine)
    assert line is not None
    assert line.is_open
    review_desk.press(Enter)
    assert line.is_open, "a reason is needed"
    review_desk.press(Down, Down)
    review_desk.write("not what is said")
    review_desk.press(Enter)
    stored = review_desk.stored(REGISTER)
    assert stored.decision is not None
    assert stored.decision.outcome is DecisionOutcome.NOTHING
    assert stored.decision.reason_code is ReasonCode.GUIDELINE_GAP
    assert stored.decision.comment == "not what is said"
    assert review_desk.page.card.hasFocus()


def test_escape_gives_a_question_up(review_desk: ReviewDesk) -> None:
    review_desk.go_to(REGISTER)
    review_desk.press("X", Escape)
    assert review_desk.stored(REGISTER).decision is None
    assert review_desk.page.card.hasFocus()


def test_parked_ones_stand_apart_with_what_is_to_be_talked_about(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    review_desk.press("U")
    review_desk.write("whose words?")
    review_desk.press(Enter)
    stored = review_desk.stored(SECRET)
    assert stored.parked
    assert stored.decision is not None
    assert stored.decision.comment == "whose words?"
    assert progress(review_desk) == "decided 0 of 8 · 1 parked"
    review_desk.go_to(SECRET)
    review_desk.press("U")
    assert review_desk.stored(SECRET).decision is None, "once more takes it off the agenda"


def test_all_unanimous_are_accepted_in_one_step(review_desk: ReviewDesk) -> None:
    review_desk.press("A", modifier=SHIFT)
    assert review_desk.stored(TWICE).decided
    assert not review_desk.stored(SECRET).decided
    review_desk.press("Z", modifier=CONTROL)
    assert review_desk.final().annotations == ()


def test_everything_of_an_analyst_for_a_tag_is_taken_in_one_step(review_desk: ReviewDesk) -> None:
    review_desk.go_to(NO_SECRET)
    review_desk.press("T", modifier=SHIFT)
    assert QApplication.activePopupWidget() is not None
    review_desk.press("1")
    quotes = {annotation.quote for annotation in review_desk.final().annotations}
    assert quotes == {NO_SECRET, "a fairy tale"}, "Ben’s denials"
    review_desk.press("Z", modifier=CONTROL)
    assert review_desk.final().annotations == ()


def test_a_tag_is_edited_by_keys(review_desk: ReviewDesk) -> None:
    review_desk.go_to(REGISTER)
    review_desk.press("1")
    review_desk.go_to(REGISTER)
    review_desk.press(Down, Down, Enter)
    review_desk.press("D")
    stored = review_desk.stored(REGISTER)
    tag = review_desk.space.state.tag(stored.final[0].tag_id)
    assert tag is not None
    assert tag.name == "Denial"


def test_people_are_edited_in_the_people_line(review_desk: ReviewDesk) -> None:
    review_desk.go_to(REGISTER)
    review_desk.press(Down, Down, Down, Enter)
    review_desk.write("a:tom")
    review_desk.press(Enter, Escape)
    names = {
        (review_desk.space.project.people.get(part.person_id).name, part.role.value)
        for part in review_desk.stored(REGISTER).final[0].people
    }
    assert ("Tom Reed", "about") in names
    assert review_desk.page.asking.people.is_open is False


def test_ends_are_moved_by_keys(review_desk: ReviewDesk) -> None:
    review_desk.go_to(TWICE)
    review_desk.press("B")
    review_desk.press(Qt.Key.Key_Left, Enter)
    assert review_desk.stored(TWICE).final[0].quote == "the bridge had been paid for"


def test_what_nobody_had_marked_is_added(review_desk: ReviewDesk) -> None:
    review_desk.go_to(TWICE)
    view = review_desk.page.article.view
    words = "asked for the minutes of every meeting"
    start = view.page.text.index(words)
    view.select_span(start, start + len(words))
    review_desk.press(Qt.Key.Key_Insert)
    review_desk.press("C")
    assert words in {annotation.quote for annotation in review_desk.final().annotations}
    assert any(view.page.text[mark.start : mark.end] == words for mark in view.marks.by_id.values())


def test_a_comment_is_said_and_resolved(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    review_desk.press("M")
    review_desk.write("who says so?")
    review_desk.press(Qt.Key.Key_Tab, Qt.Key.Key_Space)
    (comment,) = review_desk.stored(SECRET).comments
    assert comment.text == "who says so?"
    review_desk.page.card.talk.resolved.emit(comment.id, True)
    assert review_desk.stored(SECRET).comments[0].resolved_at is not None


def test_a_decision_is_asked_again_when_a_passage_was_changed(review_desk: ReviewDesk) -> None:
    review_desk.go_to(TWICE)
    review_desk.press("A")
    project = review_desk.space.project
    mine = review_desk.stored(TWICE).cluster.members
    (ben,) = [a for a in project.analysts.list() if a.name == BEN]
    project.act_as(BEN)
    project.annotations.edit(mine[ben.id][0].id, note="second thoughts")
    project.act_as("Rae Voss")
    review_desk.settle()
    review_desk.go_to(TWICE)
    assert review_desk.found.stale
    notice = review_desk.page.findChild(QLabel, "reviewNotice")
    assert notice is not None
    assert "changed since" in notice.text()
    review_desk.press("A")
    stored = review_desk.stored(TWICE)
    assert stored.decided
    assert not stored.stale


def test_rejecting_one_of_several_versions_is_a_verdict_and_decides_nothing(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    review_desk.press("R")
    review_desk.press("2")
    review_desk.press(Down, Enter)
    stored = review_desk.stored(SECRET)
    assert stored.decision is None
    (given,) = stored.verdicts
    (cy,) = [a for a in review_desk.space.project.analysts.list() if a.name == CY]
    assert given.verdict.annotation_id == stored.cluster.members[cy.id][0].id
    assert given.verdict.reason_code is ReasonCode.AMBIGUOUS_TEXT


def test_a_reason_chosen_before_goes_with_the_decision(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    review_desk.press("Q", Down, Escape)
    review_desk.press("F", modifier=SHIFT)
    review_desk.press("1")
    decision = review_desk.stored(SECRET).decision
    assert decision is not None
    assert decision.reason_code is ReasonCode.AMBIGUOUS_TEXT
    assert decision.codebook_flag


def test_escape_leads_back_to_the_article(review_desk: ReviewDesk) -> None:
    review_desk.press(Escape)
    assert review_desk.space.reviewing.screen is None
    assert review_desk.space.view.hasFocus()
    assert not review_desk.window.all_actions.action(ActionId.REVIEW_ACCEPT).isEnabled()


def test_letters_of_annotating_do_nothing_here(review_desk: ReviewDesk) -> None:
    before = len(review_desk.space.project.annotations.list())
    review_desk.page.article.view.select_span(0, 7)
    review_desk.page.article.view.setFocus()
    review_desk.press("C", "D")
    assert len(review_desk.space.project.annotations.list()) == before


def test_who_does_not_decide_only_looks(review_desk: ReviewDesk) -> None:
    review_desk.space.project.act_as(BEN)
    review_desk.space.reload()
    review_desk.settle()
    assert not review_desk.window.all_actions.action(ActionId.REVIEW_ACCEPT).isEnabled()
    review_desk.press("1", "A")
    assert review_desk.final().annotations == ()


@pytest.mark.parametrize("key", ["N", "J"])
def test_next_and_previous_walk_the_queue(review_desk: ReviewDesk, key: str) -> None:
    first = review_desk.page.review.current
    review_desk.press(key)
    assert review_desk.page.review.current != first
    review_desk.press("P" if key == "N" else "K")
    assert review_desk.page.review.current == first


def test_people_of_all_are_put_together(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    review_desk.press("1")
    review_desk.go_to(SECRET)
    review_desk.press(Down, Down, Down, "0")
    assert len(review_desk.stored(SECRET).final[0].people) == 2


def test_a_decision_is_taken_back_by_the_edit_menu(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    review_desk.press("1")
    review_desk.go_to(SECRET)
    review_desk.press(Enter)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[-1].trigger()
    menu.close()
    assert review_desk.stored(SECRET).decision is None


def test_the_queue_is_filtered_by_analyst_and_kind(review_desk: ReviewDesk) -> None:
    queue = review_desk.page.queue
    kinds = queue.findChild(QComboBox, "reviewDifference")
    view = queue.findChild(QListView)
    assert kinds is not None
    assert view is not None
    kinds.setCurrentIndex(kinds.findData(Difference.RELATION.value))
    assert view.model().rowCount() == 2, "a heading and the one whose links differ"
    review_desk.press("N")
    assert NO_SECRET in {a.quote for a in review_desk.found.cluster.annotations}


def test_links_of_the_final_version_follow_and_are_edited(review_desk: ReviewDesk) -> None:
    for words in (SECRET, NO_SECRET):
        review_desk.go_to(words)
        review_desk.press("1")
    assert len(review_desk.final().relations) == 1
    review_desk.go_to(NO_SECRET)
    review_desk.press(*[Down] * 5, Enter)
    review_desk.press("N")
    assert review_desk.final().relations == ()


def test_zoom_is_that_of_the_article_and_letters_grow_with_it(review_desk: ReviewDesk) -> None:
    before = review_desk.page.article.view.zoom()
    review_desk.press("+", modifier=CONTROL)
    assert review_desk.page.article.view.zoom() == before + 10


def test_a_session_is_reviewed_from_the_window_and_back_by_keys_alone(
    qtbot: QtBot, open_window: Callable[..., MainWindow], reviewed_file: Path
) -> None:
    window = open_window(reviewed_file)
    space = space_of(window)
    press(Qt.Key.Key_R, CONTROL)
    settle(qtbot, window)
    for _ in range(40):
        focused = QApplication.focusWidget()
        if focused is not None and focused.objectName() == "step.review":
            break
        press(Qt.Key.Key_Tab)
    press(Enter)
    settle(qtbot, window)
    assert isinstance(space.reviewing.screen, ReviewPage)
    for _ in range(3):
        press(Qt.Key.Key_A)
        settle(qtbot, window)
    press(Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    session = space.project.reviews.list()[0].id
    assert sum(found.decided for found in space.project.deciding.clusters(session)) == 2
    press(Escape)
    assert space.view.hasFocus()
