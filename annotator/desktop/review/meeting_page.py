"""A meeting: one disagreement at a time on a screen for a room, voted on and decided."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.actions import ActionId as A
from annotator.desktop.actions import Need
from annotator.desktop.article_picture import view_theme
from annotator.desktop.review.asking import Asking
from annotator.desktop.review.decider import Decider, Why
from annotator.desktop.review.meeting_agenda import Choice, agenda
from annotator.desktop.review.meeting_bars import MeetingFoot, MeetingHead
from annotator.desktop.review.meeting_showing import MeetingShowing
from annotator.desktop.review.meeting_versions import VersionList
from annotator.desktop.review.review_article import ReviewArticle
from annotator.desktop.review.review_state import ReviewState
from annotator.desktop.review.screen import ReviewScreen, Slot
from annotator.desktop.review.shown_cluster import QueueRow, Standing
from annotator.desktop.text_setting import setting_of
from annotator.desktop.theme import Theme
from annotator.desktop.widgets.announcing import announce
from annotator.services.verdicts import Vote

if TYPE_CHECKING:
    from annotator.desktop.workspace import Workspace

_USUAL = (1366, 768)
"""The size of a window, in logical pixels, at which everything is set in its least size."""
_LEAST, _MOST = 1.15, 2.2
"""How much larger than usual words are set: in a small window, and on a large wall."""
_TEXT = 112
"""The zoom of the article, in per cent, where words are set in their usual size."""


class MeetingPage(ReviewScreen):
    """Goes through what was parked and what is still to decide.

    Figures vote for a version, 0 for “nothing here”, E for an edit, as the voter whose turn it is; Left and Right give
    the turn to another; Space shows names and votes; Enter decides by the count; V votes anew; U parks; N goes on.
    """

    review_requested = Signal(str)
    """The session is to be gone on with on the review screen."""

    def __init__(self, space: Workspace, review: ReviewState) -> None:
        super().__init__(space)
        self.setObjectName("meetingPage")
        self.setAccessibleName(self.tr("Meeting"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._space = space
        self.review = review
        self.showing = MeetingShowing(review)
        self.decider = Decider(review, self)
        self.article = ReviewArticle(review, self, neutral=True)
        self.versions = VersionList(self._tint, self)
        self.head = MeetingHead(self)
        self.foot = MeetingFoot(self)
        self.voters = self.foot.voters
        self.asking = Asking(review, self.decider, self.article, self)
        self._lay_out()
        self._connect()

    def _tint(self, colour: str) -> QColor:
        return self._space.shared.themes.theme.tag_colour(colour)

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.article, 3)
        middle.addWidget(self.versions, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addLayout(middle, 1)
        layout.addWidget(self.foot)

    def _connect(self) -> None:
        review = self.review
        review.loaded.connect(self._show_all)
        review.touched.connect(lambda _ids: self._show_touched())
        review.current_changed.connect(lambda _id: self._show_another())
        self.versions.chosen.connect(self.vote)
        self.foot.names_requested.connect(self.toggle_names)
        self.foot.decision_requested.connect(self.decide)
        self.foot.votes_requested.connect(self.vote_anew)
        self.foot.parking_requested.connect(self.park)
        self.foot.next_requested.connect(partial(self.step, 1))
        self.foot.previous_requested.connect(partial(self.step, -1))
        self.head.end_requested.connect(lambda: self.review_requested.emit(self.review.session_id))
        self.voters.chosen.connect(self._give_turn)
        self.decider.began.connect(lambda _id: self.step(1))
        self.asking.ended.connect(self.begin)
        self.article.view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    # the screen -----------------------------------------------------------------

    def open(self, session_id: str) -> None:
        """Show a session from the first point of its agenda on."""
        if session_id == self.review.session_id and self.review.read is not None:
            self._show_all()
        self.review.open(session_id)

    @override
    def needs(self) -> frozenset[Need]:
        if self.review.read is None:
            return frozenset()
        usable = self.review.found is not None and self.showing.usable
        return frozenset({Need.REVIEW, *([Need.CLUSTER] if usable else [])})

    @override
    def slots(self) -> Mapping[A, Slot]:
        return {
            A.REVIEW_NEXT: partial(self.step, 1),
            A.REVIEW_PREVIOUS: partial(self.step, -1),
            A.REVIEW_EDIT: self.decide,
            A.REVIEW_PARK: self.park,
            A.REVIEW_MEETING: lambda _on: self.review_requested.emit(self.review.session_id),
        }

    @override
    def checks(self) -> Mapping[A, bool]:
        return {A.REVIEW_MEETING: True}

    @override
    def begin(self) -> None:
        if self.isVisible():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def panels(self) -> list[QWidget]:
        return [self, self.article]

    @override
    def escape(self) -> bool:
        if not self.asking.give_up() and self.hasFocus():
            self.review_requested.emit(self.review.session_id)
        self.begin()
        return True

    @override
    def take_theme(self, theme: Theme) -> None:
        self.article.view.set_theme(view_theme(theme))
        self.versions.forget()
        self._show_choices()

    @override
    def take_settings(self) -> None:
        self.article.view.set_setting(setting_of(self._space.shared.settings))
        self._fit()

    # what a meeting does --------------------------------------------------------

    def vote(self, choice: Choice) -> None:
        """Vote as the one whose turn it is; then it is the turn of the next who has not voted."""
        id_, found, voter = self.review.current, self.review.found, self.showing.turn
        if id_ is None or found is None or not self.showing.usable:
            return
        if voter is None:
            self._say(self.tr("All have voted. Choose a voter to change a vote, or press V to vote anew."))
            return
        version = next((one for one in self.showing.versions() if one.number == choice), None)
        if version is None and not isinstance(choice, Vote):
            self._say(self.tr("There is no version {0}.").format(choice))
            return
        self.showing.voted(voter)
        wanted: str | Vote = version.analyst_id if version is not None else Vote(str(choice))
        self.decider.vote(id_, voter, wanted)

    def toggle_names(self) -> None:
        """Show whose versions and votes these are, or hide them again."""
        self.showing.open = not self.showing.open
        self._show_choices()

    def vote_anew(self) -> None:
        """Take all votes on this passage back."""
        if self.review.current is not None and self.showing.usable:
            self.showing.begin_votes()
            self.decider.unvote(self.review.current)

    def decide(self) -> None:
        """Take what most voted for; where there is no such, ask."""
        if self.review.found is None or not self.showing.usable:
            return
        winner = self.showing.count().winner
        if winner is not None:
            self._decide(winner)
            return
        choices = [(key, words, partial(self._decide, choice)) for choice, key, words in self.showing.words()]
        self.asking.ask_keyed("meetingChoice", self.tr("What is taken?"), choices, self.versions)

    def park(self) -> None:
        """Put this passage off, with what is still to be talked about."""
        id_ = self.review.current
        if id_ is not None and self.showing.usable:
            park = self.decider.park
            self.asking.ask_reason(
                self.tr("Park: what is still to be talked about?"),
                lambda _code, words: park(id_, words),
                needed=False,
                coded=False,
                words=self.showing.parked_for(),
                act=self.tr("Park"),
            )

    def step(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) point of the agenda; past its end it begins anew."""
        points = [row.id for row in self._agenda()][::direction]
        current = self.review.current
        place = points.index(current) + 1 if current in points else 0
        order = (id_ for id_ in points[place:] + points[:place] if id_ not in self.review.pending)
        following = next((id_ for id_ in order if id_ != current), None)
        if following is not None:
            self.review.set_current(following)
        else:
            self._space.prompts.offer(
                self.tr("There is nothing else on the agenda."),
                self.tr("End the meeting"),
                lambda: self.review_requested.emit(self.review.session_id),
            )

    def _decide(self, choice: Choice) -> None:
        id_, session = self.review.current, self.review.session
        if id_ is None or session is None:
            return
        if choice is Vote.EDIT:
            self.review_requested.emit(self.review.session_id)
        elif choice is Vote.NOTHING:
            nothing = self.decider.nothing
            if not session.reason_on_reject:
                nothing(id_, Why())
                return
            self.asking.ask_reason(
                self.tr("Nothing here: why?"),
                lambda code, words: nothing(id_, Why(code, words or None)),
                needed=True,
                act=self.tr("Nothing here"),
            )
        else:
            version = next(one for one in self.showing.versions() if one.number == choice)
            self.decider.take(id_, version.analyst_id, None, Why())

    def _give_turn(self, voter_id: str) -> None:
        self.showing.turn = voter_id
        self._show_choices()
        self.begin()

    def _say(self, words: str) -> None:
        self._space.prompts.say(words)

    # what is shown --------------------------------------------------------------

    def _agenda(self) -> list[QueueRow]:
        return agenda(self.showing.rows())

    def _show_all(self) -> None:
        self.showing.forget()
        if not self.isVisible():
            return
        points = self._agenda()
        if self.review.current not in {row.id for row in points} and points:
            self.review.current = points[0].id
        self._show_another()

    def _show_touched(self) -> None:
        if self.isVisible():
            self.article.show_marks()
            self._show_choices()
            self.needs_changed.emit()

    def _show_another(self) -> None:
        """Show the passage that is looked at, names hidden again."""
        if not self.isVisible():
            return
        self.showing.begin()
        found = self.review.found
        article_id = found.article_id if found is not None else self.showing.any_article()
        self.article.show_article(article_id, self.showing.signs(article_id))
        self.article.show_current()
        self._show_choices()
        self.needs_changed.emit()
        announce(self, self.showing.about(points_left=True))

    def _show_choices(self) -> None:
        if not self.isVisible():
            return
        points = [row.id for row in self._agenda()]
        rows = self.showing.rows()
        decided = sum(row.standing is Standing.DECIDED for row in rows)
        place = points.index(self.review.current) + 1 if self.review.current in points else 0
        words = self.tr("decided {0} of {1}").format(decided, len(rows))
        if place:
            words = self.tr("{0} of {1} · {2}").format(place, len(points), words)
        self.head.show_point(words, self.showing.about(points_left=bool(points)))
        scale = self._scale()
        self.versions.show_versions(self.showing.choices(), scale)
        self.voters.show_voters(self.showing.voters(), scale)

    def _scale(self) -> float:
        by_size = min(self.width() / _USUAL[0], self.height() / _USUAL[1]) * _LEAST
        return max(_LEAST, min(_MOST, by_size))

    def _fit(self) -> None:
        """Set everything as large as the window allows."""
        scale = self._scale()
        self.article.view.set_zoom(round(_TEXT * scale))
        self.head.set_scale(scale)
        self.foot.set_scale(scale)
        if self.review.read is not None:
            self._show_choices()
            self.article.show_current()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        turns = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        does = {Qt.Key.Key_Space: self.toggle_names, Qt.Key.Key_V: self.vote_anew}
        votes = {Qt.Key.Key_0: Vote.NOTHING, Qt.Key.Key_E: Vote.EDIT}
        if plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.vote(key - Qt.Key.Key_0)
        elif plain and key in votes:
            self.vote(votes[key])
        elif plain and key in does:
            does[key]()
        elif plain and key in turns:
            self.showing.shift_turn(turns[key])
            self._show_choices()
        else:
            super().keyPressEvent(event)
