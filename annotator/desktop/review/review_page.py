"""The review screen: the queue, the article with everybody's work, and the card on which is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.actions import ActionId as A
from annotator.desktop.actions import Need
from annotator.desktop.article_picture import view_theme
from annotator.desktop.models.state import ProjectState
from annotator.desktop.plurals import plural_text
from annotator.desktop.review.asking import Asking
from annotator.desktop.review.card import ReviewCard
from annotator.desktop.review.decider import Decider, Why
from annotator.desktop.review.decisions import Decisions
from annotator.desktop.review.queue_panel import QueuePanel
from annotator.desktop.review.review_article import ReviewArticle
from annotator.desktop.review.review_bar import ReviewBar
from annotator.desktop.review.review_state import ReviewState
from annotator.desktop.review.screen import ReviewScreen, Slot
from annotator.desktop.review.showing import Showing
from annotator.desktop.review.shown_cluster import Standing
from annotator.desktop.text_setting import setting_of
from annotator.desktop.theme import Theme
from annotator.desktop.widgets.announcing import announce
from annotator.desktop.widgets.panes import Panes
from annotator.domain.reviews import Decision
from annotator.settings import SMOOTH_SCROLLING

if TYPE_CHECKING:
    from annotator.desktop.workspace import Workspace

_DRAWER = 464
"""Logical pixels in which all that can be decided stands in two lines, so that a low window shows the card above it."""
_ROOMS = (1160, 720)
"""Logical pixels below which the queue and the card are drawers: one can decide without a queue, not without a card."""


class ReviewPage(ReviewScreen):
    """Decides the disagreements of one session, by keys alone or by mouse."""

    meeting_requested = Signal(str)
    """The session (id) is to be gone through with the team."""

    def __init__(self, space: Workspace, review: ReviewState) -> None:
        super().__init__(space)
        self._space = space
        self.key_text = space.all_actions.key_text
        """Returns the key that an action has at present."""
        self.setObjectName("reviewPage")
        self._begins_with = ""
        """The article at which the session was opened, empty for none."""
        self._ends = False
        """Whether what is being decided was the last that was to be."""
        self.review = review
        self.showing = Showing(review)
        self.decider = Decider(review, self)
        self.bar = ReviewBar(self._tint, self)
        self.queue = QueuePanel(self)
        self.article = ReviewArticle(review, self)
        self.card = ReviewCard(self._tint, space.all_actions, self)
        self.asking = Asking(review, self.decider, self.article, self)
        self.decisions = Decisions(self, space.prompts)
        self._panes = Panes(self.queue, self.article, self.card, self, rooms=_ROOMS, right_drawer=_DRAWER)
        self._panes.focus_freed.connect(self._focus_card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._panes, 1)
        self._connect(space.state)
        space.view.zoom_changed.connect(self.article.view.set_zoom)

    def _tint(self, colour: str) -> QColor:
        """Adapt a colour to the theme as it is now."""
        return self._space.shared.themes.theme.tag_colour(colour)

    def _connect(self, state: ProjectState) -> None:
        review = self.review
        review.loaded.connect(self._show_all)
        review.touched.connect(self._show_touched)
        review.current_changed.connect(self._show_current)
        self.queue.chosen.connect(review.set_current)
        self.article.chosen.connect(review.set_current)
        self.article.ends_moved.connect(self.decisions.take_ends)
        self.card.taken.connect(self.decisions.take)
        self.card.together_requested.connect(self.decisions.take_together)
        self.card.edit_requested.connect(self.decisions.edit_row)
        self.card.why.reason_changed.connect(lambda id_, code: self.decisions.explain(id_, Why(reason_code=code)))
        self.card.why.comment_changed.connect(lambda id_, words: self.decisions.explain(id_, Why(comment=words)))
        self.card.why.flag_changed.connect(lambda id_, on: self.decisions.explain(id_, Why(codebook_flag=on)))
        self.card.talk.said.connect(self.decisions.say)
        self.card.talk.resolved.connect(self.decider.resolve)
        self.decider.began.connect(self._go_on)
        self.asking.ended.connect(self._focus_card)
        self.bar.meeting_requested.connect(self._begin_meeting)
        self.bar.session_requested.connect(self._show_session)
        self.bar.left.connect(self.left)
        for signal in (state.people_changed, state.codebook_changed, state.analysts_changed, state.points_changed):
            signal.connect(self._show_all)

    # the screen -----------------------------------------------------------------

    def open(self, session_id: str, *, article_id: str = "") -> None:
        """Show a session, at the first disagreement (of an article, if one is given) that is to be decided."""
        if session_id != self.review.session_id or article_id:
            self.review.set_current(None)
        self._begins_with = article_id
        self.review.open(session_id)

    @override
    def needs(self) -> frozenset[Need]:
        if self.review.read is None:
            return frozenset()
        usable = self.showing.usable and (self.review.found is not None or self.review.other is not None)
        return frozenset({Need.REVIEW, *([Need.CLUSTER] if usable else [])})

    @override
    def slots(self) -> Mapping[A, Slot]:
        decisions = self.decisions
        return {
            A.REVIEW_NEXT: partial(self.step, 1),
            A.REVIEW_PREVIOUS: partial(self.step, -1),
            A.REVIEW_ORDER: self.queue.set_reading,
            A.REVIEW_MEETING: lambda _on: self._begin_meeting(),
            A.REVIEW_ACCEPT: decisions.accept,
            A.REVIEW_REJECT: decisions.reject,
            A.REVIEW_NOTHING: decisions.nothing,
            A.REVIEW_TAKE: decisions.ask_whose,
            A.REVIEW_EDIT: decisions.edit,
            A.REVIEW_MOVE_ENDS: decisions.move_ends,
            A.REVIEW_NEW: decisions.mark_new,
            A.REVIEW_REASON: partial(self._on_card, self.card.why.focus_reason),
            A.REVIEW_COMMENT: partial(self._on_card, self.card.talk.focus_field),
            A.REVIEW_FLAG: partial(self._on_card, self.card.why.toggle_flag),
            A.REVIEW_PARK: decisions.park,
            A.REVIEW_UNANIMOUS: decisions.accept_unanimous,
            A.REVIEW_TAKE_ALL: decisions.take_all,
        }

    @override
    def checks(self) -> Mapping[A, bool]:
        return {A.REVIEW_ORDER: self.queue.reading, A.REVIEW_MEETING: False}

    @override
    def panels(self) -> list[QWidget]:
        left = [self.queue] if self._panes.left_shown else []
        right = [self.card] if self._panes.right_shown else []
        return [*left, self.article, *right]

    @override
    def panes(self) -> Panes:
        return self._panes

    @override
    def begin(self) -> None:
        self._focus_card()

    @override
    def escape(self) -> bool:
        if self.asking.give_up() or self._panes.close_drawers():
            self._focus_card()
            return True
        here = self.card if self._panes.right_shown else self.article.view
        if self.card.chosen_row is not None or not here.hasFocus():
            self.card.choose(None)
            self._focus_card()
            return True
        return False

    @override
    def flush(self) -> None:
        self.card.why.flush()

    @override
    def take_theme(self, theme: Theme) -> None:
        self.article.view.set_theme(view_theme(theme))
        self.bar.redraw()
        self.card.redraw()

    @override
    def take_settings(self) -> None:
        settings, view = self._space.shared.settings, self.article.view
        view.set_setting(setting_of(settings))
        view.set_smooth_scrolling(wanted=settings.get(SMOOTH_SCROLLING))
        view.set_zoom(self._space.view.zoom())

    def step(self, direction: int) -> None:
        """Look at the next (1) or previous (-1) disagreement of the queue."""
        id_ = self.queue.step(direction)
        if id_ is not None:
            self.review.set_current(id_)
        else:
            further, back = self.tr("There is no disagreement further on."), self.tr("There is none before.")
            self.decisions.say_so(further if direction > 0 else back)

    # what is shown --------------------------------------------------------------

    def _show_all(self) -> None:
        if self.review.read is None or not self.isVisible():
            return
        self.showing.forget()
        self.queue.set_authors(self.showing.filter_authors())
        self.queue.set_tags(self.showing.tags())
        self._show_queue()
        if self.review.current is None:
            self.review.current = self.queue.first_open(self._begins_with)
        self._show_current(self.review.current, anew=True)

    def _show_touched(self, ids: frozenset[str]) -> None:
        if not self.isVisible():
            return
        self._show_queue()
        self.article.show_marks()
        if self.review.current in ids:
            self._show_card()
        self._offer_what_follows()
        self.needs_changed.emit()

    def _show_queue(self) -> None:
        rows = self.showing.rows()
        self.queue.set_rows(rows, frozenset(self.review.pending))
        self.bar.show_progress(rows)

    def _show_current(self, id_: str | None, *, anew: bool = False) -> None:
        if not self.isVisible():
            return
        self.queue.set_current(id_)
        article_id = self.review.article_of(id_) or self.showing.any_article()
        authors = self.showing.authors(article_id)
        self.bar.show_session(self.review.session, authors)
        if anew or article_id != self.article.article_id:
            self.article.show_article(article_id, authors)
        else:
            self.article.show_marks()
        self.article.show_current()
        self._show_card()
        self.needs_changed.emit()

    def _show_card(self) -> None:
        card = self.showing.card()
        self.card.show_card(card)
        self._read_history()
        if card is not None and self.card.hasFocus():
            announce(self.card, f"{card.heading}. {card.outcome}")

    def _read_history(self) -> None:
        """Ask what became of the decision on what is looked at."""
        review = self.review
        one = review.found or review.other
        decision = one.decision if one is not None else None
        if decision is None:
            self.card.history.show_history(())
            return
        history, id_ = review.state.project.history, decision.id
        review.state.jobs.read(
            lambda: history.of(Decision.TYPE, id_), done=self.card.history.show_history, key="review history"
        )

    def _go_on(self, decided: str) -> None:
        """Look at the next disagreement once one has been decided; the last one stays."""
        if decided != self.review.current:
            return
        following = self.queue.next_open()
        if following is not None:
            self.review.set_current(following)
        self._ends = following is None
        self._focus_card()

    def _offer_what_follows(self) -> None:
        """Say that nothing is left to decide, and lead on: to the meeting while something is parked for it."""
        standings = Counter(row.standing for row in self.showing.rows())
        if not self._ends or self.review.pending or standings[Standing.OPEN] or standings[Standing.STALE]:
            return
        self._ends = False
        if parked := standings[Standing.PARKED]:
            left = "Nothing is left to decide; 1 is parked for the meeting."
            said = plural_text("ReviewPage", left, "Nothing is left to decide; {0} are parked for the meeting.", parked)
            self._space.prompts.offer(said, self.tr("Meeting"), self._begin_meeting)
        else:
            self._space.prompts.offer(self.tr("Everything is decided."), self.tr("Session"), self._show_session)

    def _show_session(self) -> None:
        self._space.all_actions.trigger(A.REVIEW_OPEN)

    def _begin_meeting(self) -> None:
        self.meeting_requested.emit(self.review.session_id)

    def _on_card(self, act: Callable[[], QWidget]) -> None:
        """Do something in a part of the card, and let it be seen: the card may be a drawer, or scrolled elsewhere."""
        self._panes.show_right(shown=True)
        self.card.bring_in(act())

    def _focus_card(self) -> None:
        """Give the keys to the card; to the article where the card is a drawer that is pushed in."""
        if self.isVisible():
            target = self.card if self._panes.right_shown else self.article.view
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if 1 <= number <= 9 and plain and Need.CLUSTER in self.needs():  # noqa: PLR2004  (the figure keys)
            self.decisions.take_number(number)
        elif number == 0 and plain and Need.CLUSTER in self.needs():
            self.decisions.take_together()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.card.step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
