"""Review sessions in the window: which page is shown, and what the steps of a session do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.desktop.actions import ActionId
from annotator.desktop.review.submitting import Submitting
from annotator.domain.reviews import (
    Decision,
    ReviewSession,
    SessionArticle,
    SessionMember,
    Submission,
    Verdict,
)

if TYPE_CHECKING:
    from annotator.desktop.bus import ProjectBus
    from annotator.desktop.review.concordance_acts import ConcordanceActs
    from annotator.desktop.review.overview_page import OverviewPage
    from annotator.desktop.review.packet_acts import PacketActs
    from annotator.desktop.review.record_acts import RecordActs
    from annotator.desktop.review.session_acts import SessionActs
    from annotator.desktop.review.session_steps import Step
    from annotator.desktop.review.sessions_page import SessionsPage
    from annotator.desktop.workspace import Workspace
    from annotator.domain.changes import ChangeSet
    from annotator.services.session_overview import SessionOverview

_OURS = frozenset(cls.TYPE for cls in (ReviewSession, SessionMember, SessionArticle, Submission, Verdict, Decision))


class Sessions(QObject):
    """The way from the window to its review sessions; pages and dialogs are imported when they are first shown."""

    place_requested = Signal(str, int, int)
    """An article's id, and words of it that no passage stands for: start and end in code points."""

    def __init__(self, space: Workspace, bus: ProjectBus) -> None:
        super().__init__(space)
        self._space = space
        self._session_id = ""
        """The session that was looked at last."""
        self.submitting = Submitting(space)
        self.submitting.session_requested.connect(self.show_session)
        self.submitting.packet_requested.connect(self._send_packet)
        space.all_actions.on(ActionId.REVIEW_OPEN, self.open)
        bus.changed.connect(self._follow)
        space.state.loaded.connect(self._follow_all)

    # pages -------------------------------------------------------------------------

    @cached_property
    def page(self) -> SessionsPage:
        """The list of sessions."""
        from annotator.desktop.review.sessions_page import SessionsPage

        page = SessionsPage(writable=not self._space.read_only)
        page.session_requested.connect(self.show_session)
        page.new_requested.connect(self.acts.prepare)
        return page

    @cached_property
    def overview(self) -> OverviewPage:
        """One session."""
        from annotator.desktop.review.overview_page import OverviewPage

        page = OverviewPage(writable=not self._space.read_only)
        page.list_requested.connect(self.show_list)
        page.article_requested.connect(self._open_article)
        page.review_requested.connect(
            lambda article: self._space.reviewing.decide(self._session_id, article_id=article)
        )
        page.return_requested.connect(lambda article, author: self._with(self.acts.send_back, article, author))
        page.step_requested.connect(self._take_step)
        return page

    @cached_property
    def acts(self) -> SessionActs:
        """What a lead does with sessions."""
        from annotator.desktop.review.session_acts import SessionActs

        acts = SessionActs(self._space)
        acts.made.connect(self.show_session)
        acts.gone.connect(lambda _id: self.show_list())
        return acts

    @cached_property
    def packets(self) -> PacketActs:
        """What is sent to members and collected from them."""
        from annotator.desktop.review.packet_acts import PacketActs

        acts = PacketActs(self._space)
        acts.collected.connect(self.refresh)
        return acts

    @cached_property
    def records(self) -> RecordActs:
        """Minutes, and what goes back to the authors."""
        from annotator.desktop.review.record_acts import RecordActs

        acts = RecordActs(self._space)
        acts.session_requested.connect(self.show_session)
        acts.send_requested.connect(self.packets.send)
        acts.place_requested.connect(self.place_requested)
        return acts

    @cached_property
    def concordance(self) -> ConcordanceActs:
        """Passages decided alike."""
        from annotator.desktop.review.concordance_acts import ConcordanceActs

        acts = ConcordanceActs(self._space)
        acts.session_requested.connect(self.show_session)
        return acts

    def collect(self, files: Sequence[str] = ()) -> None:
        """Show what packets bring, to be taken in."""
        self.packets.collect(files)

    def open(self) -> None:
        """Show the session that was looked at last, else the only one; the list when there are several or none."""
        self._read(self._show_last)

    def show_list(self) -> None:
        """Show all sessions."""
        self._read(self._show_all)

    def show_session(self, session_id: str) -> None:
        """Show one session."""
        self._session_id = session_id
        reviews = self._space.project.reviews
        self._space.jobs.read(lambda: reviews.overview(session_id), done=self._show_one, key="session")

    def refresh(self) -> None:
        """Read what is in front anew."""
        front = self._space.reviewing.screen
        if "overview" in self.__dict__ and front is self.overview:
            reviews, id_ = self._space.project.reviews, self._session_id
            self._space.jobs.read(
                lambda: reviews.overview(id_), done=self._show_again, failed=self._gone, key="session"
            )
        elif "page" in self.__dict__ and front is self.page:
            self._read(self.page.show_sessions)

    def _read(self, done: Callable[[list[SessionOverview]], object]) -> None:
        reviews = self._space.project.reviews
        self._space.jobs.read(
            lambda: [reviews.overview(session.id) for session in reviews.list()], done=done, key="sessions"
        )

    def _show_last(self, overviews: Sequence[SessionOverview]) -> None:
        last = [row for row in overviews if row.session.id == self._session_id] or list(overviews)
        if len(last) == 1:
            self._show_one(last[0])
        else:
            self._show_all(overviews)

    def _show_all(self, overviews: Sequence[SessionOverview]) -> None:
        self.page.show_sessions(overviews)
        self._space.reviewing.show(self.page)

    def _show_one(self, overview: SessionOverview) -> None:
        self._session_id = overview.session.id
        self._show_again(overview)
        self._space.reviewing.show(self.overview)

    def _show_again(self, overview: SessionOverview) -> None:
        analyst = self._space.state.analyst
        self.overview.show_session(overview, analyst.id if analyst is not None else "")

    def _gone(self, _error: Exception) -> bool:
        """Show the list: the session that is in front is no more."""
        self.show_list()
        return True

    def _follow(self, change: ChangeSet) -> None:
        """Read anew after what concerns sessions; of what a sealed one keeps apart, a change names nothing."""
        if not change.edits or any(edit.entity.TYPE in _OURS for edit in change.edits):
            self._follow_all()

    def _follow_all(self) -> None:
        """Read anew what is shown: much may have changed, or somebody else works here now."""
        self.refresh()
        self.submitting.refresh()

    # steps -------------------------------------------------------------------------

    def _take_step(self, step: Step) -> None:
        """Take a step; what it needs is made, and its modules are imported, when it is first taken."""
        from annotator.desktop.review.session_steps import Step

        does: dict[Step, Callable[[], Callable[[SessionOverview], object]]] = {
            Step.EDIT: lambda: self.acts.edit,
            Step.OPEN: lambda: self.acts.open,
            Step.DELETE: lambda: self.acts.delete,
            Step.AGREEMENT: lambda: self._by_id(self._space.reviewing.show_agreement),
            Step.SEND: lambda: self.packets.send,
            Step.SEND_WORK: lambda: self.packets.send,
            Step.TAKE_IN: lambda: lambda _overview: self.collect(),
            Step.REVIEW: lambda: self._by_id(self._space.reviewing.decide),
            Step.MEETING: lambda: self._by_id(self._space.reviewing.meet),
            Step.CONCORDANCE: lambda: self.concordance.show,
            Step.MINUTES: lambda: self.records.minutes,
            Step.FINAL: lambda: self.records.final,
            Step.CHANGES: lambda: self.records.changes,
            Step.MATCH: lambda: self.packets.match,
            Step.COLLECT: lambda: lambda _overview: self.collect(),
            Step.REVEAL: lambda: self.acts.reveal,
            Step.CLOSE: lambda: self.acts.close,
            Step.REOPEN: lambda: self.acts.reopen,
        }
        self._with(does[step]())

    @staticmethod
    def _by_id(act: Callable[[str], object]) -> Callable[[SessionOverview], object]:
        return lambda overview: act(overview.session.id)

    def _with(self, act: Callable[..., object], *further: str) -> None:
        """Do something with the session that is shown."""
        if self.overview.overview is not None:
            act(self.overview.overview, *further)

    def _send_packet(self, session_id: str) -> None:
        reviews = self._space.project.reviews
        self._space.jobs.read(lambda: reviews.overview(session_id), done=self.packets.send)

    def _open_article(self, article_id: str) -> None:
        self._space.show_text()
        self._space.state.open_article(article_id)
