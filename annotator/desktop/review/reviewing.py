"""The way into a review and out of it: which screen is in front, and what the review's actions do on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from annotator.desktop.actions import ACTIONS, ActionId, Menu, Need

if TYPE_CHECKING:
    from annotator.desktop.review.agreement_page import AgreementPage
    from annotator.desktop.review.meeting_page import MeetingPage
    from annotator.desktop.review.review_page import ReviewPage
    from annotator.desktop.review.review_state import ReviewState
    from annotator.desktop.review.screen import ReviewScreen
    from annotator.desktop.workspace import Workspace

_ELSEWHERE = frozenset({ActionId.REVIEW_OPEN, ActionId.REVIEW_SUBMIT, ActionId.REVIEW_AGREEMENT})
"""The actions of the menu that are not for the screen in front."""


class Reviewing(QObject):
    """Holds the screens of a review, which are made when they are first shown, and leads the actions to the front one.

    Everything else of the package is imported when the first session is opened.
    """

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self._space = space
        self._screens: list[ReviewScreen] = []
        self._agreement: AgreementPage | None = None
        self._behind_agreement: ReviewScreen | None = None
        """From which screen the figures were asked for, None when from the article."""
        for spec in ACTIONS:
            if spec.menu is Menu.REVIEW and spec.id not in _ELSEWHERE:
                action = space.all_actions.action(spec.id)
                slot = partial(self._act, spec.id) if action.isCheckable() else partial(self._act, spec.id, on=True)
                space.all_actions.on(spec.id, slot)
        space.all_actions.on(ActionId.REVIEW_AGREEMENT, self.show_agreement)

    @property
    def screen(self) -> ReviewScreen | None:
        """The screen that is in front, None while the article is."""
        front = self._space.front.currentWidget()
        return next((screen for screen in self._screens if screen is front), None)

    def needs(self) -> frozenset[Need]:
        """Return what holds on the screen in front."""
        return self.screen.needs() if self.screen is not None else frozenset()

    def show(self, screen: ReviewScreen) -> None:
        """Bring a screen to the front."""
        if screen not in self._screens:
            self._screens.append(screen)
            self._space.front.addWidget(screen)
            screen.needs_changed.connect(self._space.tell_needs)
            screen.left.connect(self.leave)
            self._space.all_actions.use_review_screen(screen)
            screen.take_theme(self._space.shared.themes.theme)
            self._space.shared.themes.changed.connect(screen.take_theme)
            if (panes := screen.panes()) is not None:
                self._space.follow_panes(panes)
        screen.take_settings()
        self._space.bring_to_front(screen)
        self.show_checks()
        screen.begin()

    def show_agreement(self, session_id: str | None = None) -> None:
        """Show how far analysts agree: those of a session, of the one last made when None."""
        if self._agreement is None:
            from annotator.desktop.review.agreement_page import AgreementPage

            space = self._space
            self._agreement = AgreementPage(
                space.project,
                space.jobs,
                space.bus,
                space.prompts,
                space.shared.folders,
                space,
            )
            self._agreement.passage_requested.connect(self._go_to_passage)
        if self.screen is not self._agreement:
            self._behind_agreement = self.screen
        self._agreement.choose(session_id)
        self.show(self._agreement)

    def _go_to_passage(self, article_id: str, annotation_id: str) -> None:
        self._space.state.open_article(article_id, current=annotation_id)
        self._space.show_text()

    def leave(self) -> None:
        """Go back to the article, from the figures to the page that led to them."""
        behind, self._behind_agreement = self._behind_agreement, None
        if behind is not None and self.screen is self._agreement:
            self.show(behind)
        else:
            self._space.show_text()

    def escape(self) -> bool:
        """Do what Esc does on a screen of a review; tell whether there is one."""
        screen = self.screen
        if screen is None:
            return False
        if not screen.escape():
            self.leave()
        return True

    def show_checks(self) -> None:
        """Let the actions that can be on or off stand as they do on the screen in front."""
        screen = self.screen
        for id_, on in (screen.checks() if screen is not None else {}).items():
            self._space.all_actions.action(id_).setChecked(on)

    def flush(self) -> None:
        """Write what is typed and waiting on any screen."""
        for screen in self._screens:
            screen.flush()

    def take_settings(self) -> None:
        """Let changed settings of the text take effect."""
        for screen in self._screens:
            screen.take_settings()

    @cached_property
    def review(self) -> ReviewState:
        """The session under review, kept up by the project's changes."""
        from annotator.desktop.review.review_state import ReviewState

        review = ReviewState(self._space.state, self)
        self._space.bus.changed.connect(review.apply)
        self._space.front.currentChanged.connect(lambda _index: review.set_watched(self.screen is not None))
        return review

    @cached_property
    def page(self) -> ReviewPage:
        """The screen on which disagreements are decided."""
        from annotator.desktop.review.review_page import ReviewPage

        page = ReviewPage(self._space, self.review)
        page.meeting_requested.connect(self.meet)
        return page

    def decide(self, session_id: str, *, article_id: str = "") -> None:
        """Show the disagreements of a session, from those of an article on if one is given."""
        self.page.open(session_id, article_id=article_id)
        self.show(self.page)

    @cached_property
    def meeting(self) -> MeetingPage:
        """The screen on which a team goes through a session."""
        from annotator.desktop.review.meeting_page import MeetingPage

        meeting = MeetingPage(self._space, self.review)
        meeting.review_requested.connect(self._go_on)
        return meeting

    def meet(self, session_id: str) -> None:
        """Show a session for a room: one disagreement at a time."""
        self.show(self.meeting)
        self.meeting.open(session_id)

    def _go_on(self, session_id: str) -> None:
        """Go on with a session on the review screen, at what the meeting looks at."""
        self.page.open(session_id)
        self.show(self.page)

    def _act(self, id_: ActionId, on: bool) -> None:
        """Do an action of the review on the screen in front; one that can be on or off is told when it changes only."""
        screen = self.screen
        slot = screen.slots().get(id_) if screen is not None else None
        if screen is None or slot is None:
            return
        action = self._space.all_actions.action(id_)
        if not action.isCheckable():
            cast("Callable[[], object]", slot)()
        elif screen.checks().get(id_) != on:
            cast("Callable[[bool], object]", slot)(on)
