"""The review screen for the mouse: clicks in the text and on the card, what is offered after the last one."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from annotator.desktop.review.overview_page import OverviewPage
from annotator.desktop.review.reason_line import ReasonLine
from annotator.domain.reviews import CardRow
from tests.desktop.fakes import FakePrompts
from tests.desktop.review.decided import REGISTER, SECRET
from tests.desktop.review.pages import part
from tests.desktop.review.review_desk import ReviewDesk

Enter, Escape = Qt.Key.Key_Return, Qt.Key.Key_Escape


def test_the_bar_has_one_line_in_a_narrow_window(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    review_desk.press("U", Enter)
    assert review_desk.stored(SECRET).parked
    review_desk.window.resize(683, 384)
    bar = part(review_desk.page, QWidget, "reviewBar")
    button = part(review_desk.page, QToolButton, "reviewMeeting")
    review_desk.qtbot.waitUntil(lambda: bar.width() == review_desk.page.width())
    review_desk.qtbot.waitUntil(lambda: bar.height() < 2 * button.height())


def test_a_reason_in_words_is_given_by_the_mouse(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    review_desk.press("U")
    review_desk.write("whose words?")
    line = review_desk.page.findChild(ReasonLine)
    assert line is not None
    assert part(line, QToolButton, "reasonLineDone").text() == "Cancel", "it decides nothing"
    part(line, QToolButton, "reasonLineDone").click()
    assert not review_desk.stored(SECRET).parked
    review_desk.press("U")
    review_desk.write("whose words?")
    part(line, QToolButton, "reasonLineOffer").click()
    stored = review_desk.stored(SECRET)
    assert stored.parked
    assert stored.decision is not None
    assert stored.decision.comment == "whose words?"


def test_a_click_on_words_chooses_their_disagreement(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    view = review_desk.page.article.view
    point = view.point_below(view.page.text.index(REGISTER) + 5)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point - QPoint(-2, 8))
    review_desk.qtbot.waitUntil(lambda: REGISTER in {a.quote for a in review_desk.found.cluster.annotations})


def test_the_card_says_that_nothing_is_decided_and_its_rows_stay_where_they_are(review_desk: ReviewDesk) -> None:
    card = review_desk.page.card
    review_desk.go_to(SECRET)
    outcome, row = part(card, QLabel, "reviewOutcome"), card.rows[CardRow.TAG]
    assert outcome.text() == "Not decided yet"
    review_desk.press("1")
    review_desk.go_to(SECRET)
    assert outcome.text().startswith("Taken: ")
    assert outcome.isVisible()
    taken = [label for label in row.findChildren(QLabel) if label.property("role") == "taken"]
    assert [label.font().bold() for label in taken] == [True] * len(taken)


def test_a_click_beside_all_passages_keeps_the_one_that_is_looked_at(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    view, before = review_desk.page.article.view, review_desk.page.review.current
    assert view.current() is not None
    pointed = view.current()
    point = view.point_below(len(view.page.text) - 1)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(point.x(), point.y() + 4))
    review_desk.qtbot.waitUntil(lambda: view.current() == pointed)
    assert review_desk.page.review.current == before


def test_the_button_beside_a_reason_says_what_is_done(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    button = part(review_desk.page, QToolButton, "reasonLineOffer")
    review_desk.press("U")
    assert button.text() == "Park"
    review_desk.press(Escape, "X")
    assert button.text() == "Nothing here"


def test_after_the_last_decision_the_meeting_is_offered_then_the_session(
    review_desk: ReviewDesk, prompts: FakePrompts
) -> None:
    review_desk.go_to(SECRET)
    review_desk.press("U", Enter)
    for _ in range(len(review_desk.page.review.clusters) - 1):
        assert "Nothing is left" not in "".join(prompts.said)
        review_desk.press("A")
    assert prompts.said[-1] == "Nothing is left to decide; 1 is parked for the meeting. [Meeting]"
    prompts.offered()
    review_desk.settle()
    review_desk.press("N")
    assert prompts.said[-1] == "There is nothing else on the agenda. [End the meeting]"
    prompts.offered()
    review_desk.settle()
    review_desk.go_to(SECRET)
    review_desk.press("A")
    assert prompts.said[-1] == "Everything is decided. [Session]"
    prompts.offered()
    review_desk.settle()
    assert isinstance(review_desk.space.reviewing.screen, OverviewPage)


def test_the_session_is_a_click_away(review_desk: ReviewDesk) -> None:
    part(review_desk.page, QToolButton, "reviewSession").click()
    review_desk.settle()
    assert isinstance(review_desk.space.reviewing.screen, OverviewPage)
