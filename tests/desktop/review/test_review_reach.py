"""The review screen for everybody: keys alone, names for screen readers, letters for names, narrow windows, a crowd."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QListView, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId as A
from annotator.desktop.main_window import MainWindow
from annotator.desktop.review.card_row import CardRowView
from annotator.domain.reviews import CardRow, DecisionOutcome, VerdictOutcome
from annotator.services.project import create_project, open_project
from tests.desktop.review.decided import BEN, CY, EVE, LEAD, REGISTER, REVIEWER, SECRET, make_reviewed_file
from tests.desktop.review.review_desk import ReviewDesk
from tests.desktop.test_keyboard_reach import round_by_tab

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
Tab, F6 = Qt.Key.Key_Tab, Qt.Key.Key_F6


def test_tab_reaches_everything_and_everything_has_a_name(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    there = round_by_tab(review_desk.window)
    named = {label.buddy() for label in review_desk.window.findChildren(QLabel)}
    assert [w.objectName() for w in there if not (w.accessibleName() or getattr(w, "text", str)() or w in named)] == []
    missed = [
        widget.objectName() or repr(widget)
        for widget in review_desk.page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and widget not in there
    ]
    assert missed == [], [w.objectName() for w in there]


def test_f6_walks_queue_article_card_and_bar(review_desk: ReviewDesk) -> None:
    page = review_desk.page
    review_desk.press(F6, F6)
    here = QApplication.focusWidget()
    assert here is not None
    assert page.queue.isAncestorOf(here)
    review_desk.press(F6)
    assert page.article.view.hasFocus()
    review_desk.press(F6)
    assert page.card.hasFocus() or any(child.hasFocus() for child in page.card.findChildren(QWidget))


def test_a_row_says_what_everybody_has(review_desk: ReviewDesk) -> None:
    review_desk.go_to(REGISTER)
    row = review_desk.page.card.rows[CardRow.TAG]
    assert row.accessibleName() == ("Tag: Evidence, proposed. They differ. 1, Ben Cole: Evidence. 2, Cy Dahl: Claim")


def test_what_differs_is_told_by_a_sign_and_shape_not_by_colour_alone(review_desk: ReviewDesk) -> None:
    review_desk.go_to(REGISTER)
    tag, said = (review_desk.page.card.rows[row] for row in (CardRow.TAG, CardRow.ATTRIBUTION))
    assert "≠" in title(tag)
    assert "≠" not in title(said)
    shapes = [author.shape for author in review_desk.page.showing.authors(review_desk.found.article_id)]
    assert len(set(shapes)) == len(shapes)


def title(row: CardRowView) -> str:
    return next(label.text() for label in row.findChildren(QLabel) if label.property("role") == "heading")


def test_letters_stand_for_names_where_the_session_hides_them(
    qtbot: QtBot, open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    desk = ReviewDesk(qtbot, open_window(make_reviewed_file(tmp_path / "hidden.annotator", hide_names=True)))
    desk.go_to(SECRET)
    desk.press("1")
    desk.go_to(SECRET)
    shown = [widget.text() for widget in desk.page.findChildren(QLabel)]
    shown += [widget.accessibleName() for widget in desk.page.findChildren(QWidget)]
    shown += [widget.toolTip() for widget in desk.page.findChildren(QWidget)]
    view = desk.page.queue.findChild(QListView)
    assert view is not None
    model = view.model()
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    shown += [str(model.index(row, 0).data(role)) for row in range(model.rowCount()) for role in roles]
    everything = "\n".join(shown)
    for name in (BEN, CY, EVE):
        assert name not in everything
    assert "Analyst A" in everything
    assert REVIEWER in everything, "who decided is not hidden"


def test_beginning_early_is_warned_of_and_allowed(
    qtbot: QtBot, open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    path = make_reviewed_file(tmp_path / "early.annotator", late=(EVE,), required_authors=3)
    desk = ReviewDesk(qtbot, open_window(path))
    notice = desk.page.findChild(QLabel, "reviewNotice")
    assert notice is not None
    assert notice.text() == "⚠ Begun early: Eve Fox has not submitted this article yet."
    desk.press("A")
    assert desk.final().annotations != ()


def test_what_became_of_a_decision_is_listed(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    review_desk.press("1")
    review_desk.go_to(SECRET)
    review_desk.press("2")
    review_desk.go_to(SECRET)
    lines = [label.text() for label in review_desk.page.findChildren(QLabel, "reviewHistoryLine")]
    assert [line.rpartition(" · ")[2] for line in lines] == ["Take Cy Dahl’s version", "Take Ben Cole’s version"]
    assert all(REVIEWER in line for line in lines)


def test_a_peer_check_is_accepted_and_rejected_by_one_key(
    qtbot: QtBot, open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    path = make_reviewed_file(tmp_path / "peer.annotator", mode="peer_check", late=(CY, EVE), required_authors=1)
    desk = ReviewDesk(qtbot, open_window(path))
    desk.go_to(SECRET)
    desk.press("A")
    desk.go_to(REGISTER)
    desk.press("R", Qt.Key.Key_Down, Qt.Key.Key_Return)
    accepted, rejected = desk.stored(SECRET), desk.stored(REGISTER)
    assert [given.verdict.outcome for given in accepted.verdicts] == [VerdictOutcome.ACCEPT]
    assert [given.verdict.outcome for given in rejected.verdicts] == [VerdictOutcome.REJECT]
    assert rejected.decision is not None
    assert rejected.decision.outcome is DecisionOutcome.NOTHING
    desk.go_to(REGISTER)
    verdicts = desk.page.findChild(QLabel, "reviewVerdicts")
    assert verdicts is not None
    assert verdicts.text() == "Rae Voss rejected ■ BC · The text is ambiguous"


@pytest.fixture
def narrow_desk(review_desk: ReviewDesk) -> ReviewDesk:
    """Return the review screen on half of a small screen, the card a drawer that is pushed in."""
    review_desk.go_to(SECRET)
    review_desk.window.resize(683, 384)
    review_desk.qtbot.waitUntil(lambda: review_desk.page.panes().right_is_drawer)
    return review_desk


def test_the_text_takes_the_focus_of_a_card_that_goes_out_of_sight(narrow_desk: ReviewDesk) -> None:
    assert narrow_desk.page.article.view.hasFocus()
    before = narrow_desk.page.review.current
    narrow_desk.press("N")
    assert narrow_desk.page.review.current != before, "the keys of the review still work"


@pytest.mark.parametrize(
    ("id_", "part"),
    [(A.REVIEW_REASON, "reviewReason"), (A.REVIEW_COMMENT, "reviewComment"), (A.REVIEW_FLAG, "reviewFlag")],
)
def test_what_a_key_does_on_the_card_is_seen_where_the_card_is_a_drawer(
    narrow_desk: ReviewDesk, id_: A, part: str
) -> None:
    narrow_desk.space.all_actions.trigger(id_)
    narrow_desk.settle()
    card = narrow_desk.page.card
    area, shown = card.findChild(QScrollArea), card.findChild(QWidget, part)
    assert area is not None
    assert shown is not None
    view = area.viewport()

    def whole() -> bool:
        return view.rect().contains(QRect(shown.mapTo(view, QPoint()), shown.size()))

    narrow_desk.qtbot.waitUntil(whole)


def test_nothing_of_what_can_be_decided_is_cut_off_on_a_small_screen(narrow_desk: ReviewDesk) -> None:
    narrow_desk.press(Qt.Key.Key_F4)
    card = narrow_desk.page.card
    buttons = card.verbs.findChildren(QToolButton)
    assert len(buttons) == 8

    def whole() -> bool:
        return all(card.rect().contains(QRect(button.mapTo(card, QPoint()), button.size())) for button in buttons)

    narrow_desk.qtbot.waitUntil(whole)
    lines = {button.mapTo(card, QPoint()).y() for button in buttons}
    assert len(lines) == 2, "the rest of the height is for what is decided on"


def test_the_queue_is_a_drawer_where_there_is_no_room_and_the_card_stays(review_desk: ReviewDesk) -> None:
    review_desk.window.resize(1000, 700)
    review_desk.qtbot.waitUntil(lambda: review_desk.page.panes().left_is_drawer)
    assert not review_desk.page.queue.isVisible()
    assert review_desk.page.card.isVisible()
    progress = review_desk.page.findChild(QLabel, "reviewProgress")
    assert progress is not None
    assert progress.isVisible(), "how far one is stays in view"
    review_desk.press(Qt.Key.Key_F9)
    assert review_desk.page.queue.isVisible()
    review_desk.press("A")
    assert review_desk.final().annotations != ()


def test_forty_disagreements_are_decided_by_keys_alone(
    qtbot: QtBot, open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    path = tmp_path / "forty.annotator"
    text = "\n\n".join(f"Speaker {n} said that toll {n} was raised in secret by the board." for n in range(40))
    with create_project(str(path), name="Forty", analyst=LEAD) as project:
        article = project.articles.add_text(text, title="Forty tolls")
        for name in (BEN, CY, REVIEWER):
            project.analysts.add(name)
        members = [(BEN, "author"), (CY, "author"), (REVIEWER, "reviewer")]
        session = project.reviews.create("Forty", articles=[article.id], members=members)
        project.reviews.open(session.id)
        for name, tag in ((BEN, "Claim"), (CY, "Denial")):
            project.act_as(name)
            for n in range(40):
                words = f"toll {n} was raised"
                start = text.index(words)
                project.annotations.add(article.id, start=start, end=start + len(words), tag=tag)
            project.submissions.submit(session.id, article.id)
        project.act_as(LEAD)
        project.reviews.reveal(session.id)
        project.act_as(REVIEWER)
    desk = ReviewDesk(qtbot, open_window(path))
    for n in range(40):
        assert not desk.found.decided
        desk.press("12A"[n % 3])
    assert all(found.decided for found in desk.page.review.clusters.values())
    progress = desk.page.findChild(QLabel, "reviewProgress")
    assert progress is not None
    assert progress.text() == "decided 40 of 40"
    assert len(desk.final().annotations) == 40
    desk.window.close()
    with open_project(path) as project:
        assert all(found.decided for found in project.deciding.clusters(session.id))


@pytest.mark.parametrize("key", ["N", "A"])
def test_an_empty_queue_says_so_and_keys_do_no_harm(
    qtbot: QtBot, open_window: Callable[..., MainWindow], tmp_path: Path, key: str
) -> None:
    path = tmp_path / "empty.annotator"
    with create_project(str(path), name="Empty", analyst=LEAD) as project:
        article = project.articles.add_text("Nobody said anything about the bridge.", title="Nothing")
        for name in (BEN, CY, REVIEWER):
            project.analysts.add(name)
        members = [(BEN, "author"), (CY, "author"), (REVIEWER, "reviewer")]
        session = project.reviews.create("Empty", articles=[article.id], members=members)
        project.reviews.open(session.id)
        for name in (BEN, CY):
            project.act_as(name)
            project.submissions.submit(session.id, article.id)
        project.act_as(LEAD)
        project.reviews.reveal(session.id)
        project.act_as(REVIEWER)
    desk = ReviewDesk(qtbot, open_window(path))
    assert desk.page.review.current is None
    assert desk.page.article.view.page.text.startswith("Nobody said")
    empty = desk.page.findChild(QLabel, "reviewQueueEmpty")
    assert empty is not None
    assert empty.isVisible()
    desk.press(key, "1")
    assert desk.final().annotations == ()


def test_what_was_added_is_listed_and_taken_out_again(review_desk: ReviewDesk) -> None:
    review_desk.go_to(SECRET)
    view = review_desk.page.article.view
    start = view.page.text.index("declined to comment")
    view.select_span(start, start + len("declined to comment"))
    review_desk.press(Qt.Key.Key_Insert)
    review_desk.press("D")
    other = next(iter(review_desk.page.review.others.values()))
    review_desk.page.review.set_current(other.decision.id)
    review_desk.settle()
    heading = review_desk.page.findChild(QLabel, "reviewHeading")
    assert heading is not None
    assert "nobody" in heading.text()
    review_desk.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    review_desk.press("E")
    (changed,) = review_desk.final().annotations
    tag = review_desk.space.state.tag(changed.tag_id)
    assert tag is not None
    assert tag.name == "Evidence"
    review_desk.press("X")
    assert review_desk.final().annotations == ()
