"""A meeting: names hidden until asked for, votes by figures, what most voted for is taken."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QToolButton

from annotator.desktop.review.meeting_page import MeetingPage
from annotator.domain.reviews import DecisionOutcome, ReasonCode
from annotator.services.verdicts import Vote
from tests.desktop.review.decided import BEN, REGISTER, SECRET
from tests.desktop.review.pages import part
from tests.desktop.review.review_desk import ReviewDesk

Space, Enter, Right = Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Right
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def meeting(review_desk: ReviewDesk) -> MeetingPage:
    """Return the meeting, begun by its key, at its first point."""
    review_desk.press("M", modifier=CONTROL | SHIFT)
    page = review_desk.space.reviewing.meeting
    assert page.isVisible()
    assert page.hasFocus()
    return page


def words(meeting: MeetingPage) -> str:
    """Return everything that is to be read beside the text."""
    return "\n".join(label.text() for label in meeting.versions.findChildren(QLabel) if label.isVisible())


def quotes(meeting: MeetingPage) -> set[str]:
    assert meeting.review.found is not None
    return {annotation.quote for annotation in meeting.review.found.cluster.annotations}


def number_of(meeting: MeetingPage, name: str) -> int:
    """Return the number of the version that an analyst has."""
    (analyst,) = [a for a in meeting.review.state.analysts.values() if a.name == name]
    return next(v.number for v in meeting.showing.versions() if analyst.id in {a.analyst_id for a in v.authors})


def test_names_are_hidden_until_they_are_asked_for(review_desk: ReviewDesk, meeting: MeetingPage) -> None:
    names = {analyst.name for analyst in meeting.review.state.analysts.values()}
    assert not any(name in words(meeting) for name in names)
    review_desk.press(Space)
    review_desk.qtbot.waitUntil(lambda: BEN in words(meeting))
    review_desk.press("N")
    review_desk.qtbot.waitUntil(lambda: words(meeting) != "")
    assert not any(name in words(meeting) for name in names), "the next one begins hidden"


def test_what_most_voted_for_is_taken_and_the_next_is_looked_at(review_desk: ReviewDesk, meeting: MeetingPage) -> None:
    assert REGISTER in quotes(meeting)
    mine = str(number_of(meeting, BEN))
    other = "1" if mine == "2" else "2"
    review_desk.press(mine, mine, other)
    review_desk.qtbot.waitUntil(lambda: words(meeting) != "")
    assert "votes" not in words(meeting), "votes are hidden too"
    review_desk.press(Space)
    review_desk.qtbot.waitUntil(lambda: "votes 2" in words(meeting))
    review_desk.press(Enter)
    decision = review_desk.stored(REGISTER).decision
    assert decision is not None
    assert decision.outcome is DecisionOutcome.TAKE
    assert meeting.review.state.analysts[decision.taken_from or ""].name == BEN
    assert REGISTER not in quotes(meeting)


def test_as_many_votes_for_two_are_decided_by_hand(review_desk: ReviewDesk, meeting: MeetingPage) -> None:
    review_desk.press("1", "2", Enter)
    assert QApplication.activePopupWidget() is not None
    review_desk.press("1")
    assert review_desk.stored(REGISTER).decided


def test_votes_are_taken_again(review_desk: ReviewDesk, meeting: MeetingPage) -> None:
    review_desk.press("1", "2", "V")
    assert review_desk.stored(REGISTER).verdicts == ()
    review_desk.press("2")
    assert meeting.showing.count().winner == 2
    voters = meeting.showing.voters()
    assert [voter.vote for voter in voters] == ["✓", "", "", "", ""]
    assert [voter.now for voter in voters] == [False, True, False, False, False]


def test_a_vote_is_changed_when_the_turn_is_given_back(review_desk: ReviewDesk, meeting: MeetingPage) -> None:
    review_desk.press("1", Qt.Key.Key_Left, "2")
    votes = meeting.showing.count().votes
    assert {choice: len(voters) for choice, voters in votes.items()} == {2: 1}


def test_nothing_here_is_voted_for_and_asks_why(review_desk: ReviewDesk, meeting: MeetingPage) -> None:
    review_desk.press("0", "0", Enter)
    assert meeting.asking.line.is_open
    review_desk.press(Qt.Key.Key_Down, Enter)
    decision = review_desk.stored(REGISTER).decision
    assert decision is not None
    assert decision.outcome is DecisionOutcome.NOTHING
    assert decision.reason_code is ReasonCode.AMBIGUOUS_TEXT
    assert meeting.hasFocus()


def test_an_edit_leads_to_the_review_screen_at_the_same_passage(review_desk: ReviewDesk, meeting: MeetingPage) -> None:
    review_desk.press("E", Enter)
    assert meeting.showing.count().winner is Vote.EDIT
    assert review_desk.space.reviewing.screen is review_desk.page
    assert REGISTER in {a.quote for a in review_desk.found.cluster.annotations}


def test_what_was_parked_comes_first_with_its_reason(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    review_desk.press("U")
    review_desk.write("whose claim?")
    review_desk.press(Enter)
    review_desk.go_to(REGISTER)
    review_desk.press("M", modifier=CONTROL | SHIFT)
    meeting = review_desk.space.reviewing.meeting
    review_desk.press("P")
    about = meeting.findChild(QLabel, "meetingAbout")
    assert about is not None
    assert SECRET in quotes(meeting)
    assert "whose claim?" in about.text()


def test_escape_leads_to_the_review_screen_and_then_to_the_article(
    review_desk: ReviewDesk, meeting: MeetingPage
) -> None:
    review_desk.press(Qt.Key.Key_Escape)
    assert review_desk.page.isVisible()
    review_desk.press(Qt.Key.Key_Escape)
    assert review_desk.space.view.isVisible()
    assert not meeting.isVisible()


def test_a_click_on_a_version_votes_for_it(review_desk: ReviewDesk, meeting: MeetingPage) -> None:
    card = meeting.findChild(QFrame, "meetingVersion.2")
    assert card is not None
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    review_desk.settle()
    assert meeting.showing.count().winner == 2


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1000, 700)])
def test_it_fits_the_room(review_desk: ReviewDesk, meeting: MeetingPage, size: tuple[int, int]) -> None:
    review_desk.window.resize(*size)
    review_desk.settle()
    for button in meeting.findChildren(QFrame, "meetingVersion.1"):
        assert meeting.rect().contains(button.mapTo(meeting, button.rect().bottomRight()))
    view = meeting.article.view
    assert view.zoom() >= 128
    span = meeting.review.found.cluster.span if meeting.review.found is not None else None
    assert span is not None
    point = view.point_below(span.start)
    assert view.viewport().rect().contains(point), "the passage is in view"


def test_the_mouse_goes_back_and_ends_the_meeting(review_desk: ReviewDesk, meeting: MeetingPage) -> None:
    first = quotes(meeting)
    part(meeting, QToolButton, "meetingNext").click()
    assert quotes(meeting) != first
    part(meeting, QToolButton, "meetingPrevious").click()
    assert quotes(meeting) == first
    part(meeting, QToolButton, "meetingEnd").click()
    review_desk.settle()
    assert review_desk.space.reviewing.screen is review_desk.page
