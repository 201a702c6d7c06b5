"""Submitting an article of a review session where it is read; what is not finished is shown and hinders nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.desktop.actions import ActionId
from annotator.domain.errors import NotFoundError
from annotator.domain.passages import PassageFilter, PassageRow
from annotator.domain.reviews import MemberRole, SessionState

if TYPE_CHECKING:
    from annotator.desktop.review.submission_line import Standing, SubmissionLine
    from annotator.desktop.workspace import Workspace
    from annotator.domain.reviews import Submission
    from annotator.services.project import Project


class Submitting(QObject):
    """Keeps the line over the open article. Signals carry a session's id."""

    session_requested = Signal(str)
    packet_requested = Signal(str)
    """Everything of the author is submitted: the packet for the lead is to be written."""

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self._space = space
        self._standings: Sequence[Standing] = ()
        self._sessions_open = True
        """Whether there may be an open session; while there is none, opening an article asks for nothing."""
        state = space.state
        state.article_opened.connect(lambda _id: self.refresh() if self._sessions_open else self._take([]))
        state.article_closed.connect(self.refresh)
        state.passages_changed.connect(self._follow_passages)
        space.all_actions.on(ActionId.REVIEW_SUBMIT, self.submit_open)

    @cached_property
    def line(self) -> SubmissionLine:
        """The line over the article; made when the first article of a session is opened."""
        from annotator.desktop.review.submission_line import SubmissionLine

        line = SubmissionLine(self._space.area)
        self._space.area.add_bar(line)
        line.submit_requested.connect(self._look_for_unfinished)
        line.submit_unfinished_requested.connect(self._submit)
        line.withdraw_requested.connect(self._withdraw)
        line.to_finish_requested.connect(self._show_unfinished)
        line.later_requested.connect(lambda _id: self.refresh())
        line.session_requested.connect(self.session_requested)
        line.left.connect(self._space.area.focus_text)
        return line

    def refresh(self) -> None:
        """Read how the author stands with the open article."""
        state = self._space.state
        article, analyst = state.article, state.analyst
        if article is None or analyst is None:
            self._take([])
            return
        self._space.jobs.read(
            partial(_standings, self._space.project, article.id, analyst.id), done=self._take_read, key="submission"
        )

    def submit_open(self) -> None:
        """Submit the open article, in the session in which it is not submitted yet."""
        if not self._standings:
            self._space.prompts.say(self.tr("This article is in no open review session of which you are an author."))
            return
        from annotator.domain.session_states import WorkState

        waiting = [one for one in self._standings if one.state is not WorkState.SUBMITTED]
        self._look_for_unfinished((waiting or self._standings)[0].session.id)

    def _take_read(self, read: tuple[bool, Sequence[Standing]]) -> None:
        self._sessions_open, standings = read
        self._take(standings)

    def _take(self, standings: Sequence[Standing]) -> None:
        self._standings = standings
        if standings or "line" in self.__dict__:
            self.line.show_standings(standings, writable=not self._space.read_only)

    def _follow_passages(self, articles: frozenset[str]) -> None:
        article = self._space.state.article
        if self._standings and article is not None and article.id in articles:
            self.refresh()

    def _article_id(self, session_id: str) -> str:
        return next((one.article_id for one in self._standings if one.session.id == session_id), "")

    def _look_for_unfinished(self, session_id: str) -> None:
        submissions, article_id = self._space.project.submissions, self._article_id(session_id)
        self._space.jobs.read(
            lambda: submissions.to_finish(session_id, article_id), done=partial(self._take_unfinished, session_id)
        )

    def _take_unfinished(self, session_id: str, rows: Sequence[PassageRow]) -> None:
        from annotator.desktop.words import reason_text

        if not rows:
            self._submit(session_id)
            return
        reasons = Counter(reason_text(reason) for row in rows for reason in row.unfinished)
        words = [f"{reason} ({n})" if len(rows) > 1 else reason for reason, n in reasons.items()]
        self.line.ask_unfinished(session_id, words, len(rows))

    def _show_unfinished(self, session_id: str) -> None:
        article_id = self._article_id(session_id)
        self._space.passages.show_filter(PassageFilter(article_id=article_id, layer="mine", to_finish=True))
        self._space.show_passages()
        self.refresh()

    def _submit(self, session_id: str) -> None:
        self._write(session_id, lambda project, article_id: project.submissions.submit(session_id, article_id))

    def _withdraw(self, session_id: str) -> None:
        self._write(session_id, lambda project, article_id: project.submissions.withdraw(session_id, article_id))

    def _write(self, session_id: str, act: Callable[[Project, str], Submission]) -> None:
        project, article_id = self._space.project, self._article_id(session_id)

        def write() -> tuple[Submission, int]:
            said = act(project, article_id)
            return said, _left(project, session_id, said.analyst_id)

        self._space.jobs.write(write, done=partial(self._tell, session_id), failed=lambda _error: self.refresh())

    def _tell(self, session_id: str, outcome: tuple[Submission, int]) -> None:
        from annotator.desktop.review.session_words import passages_text
        from annotator.domain.reviews import SubmissionState

        submission, left = outcome
        self.refresh()
        prompts = self._space.prompts
        if submission.state is not SubmissionState.SUBMITTED:
            prompts.say(self.tr("Withdrawn: you can go on with it."), undo=True)
        elif left == 0:
            prompts.offer(
                self.tr("Submitted with {0}. That was your last article of this session.").format(
                    passages_text(submission.count)
                ),
                self.tr("Send the packet…"),
                lambda: self.packet_requested.emit(session_id),
            )
        else:
            said = self.tr("Submitted with {0}. Articles to go: {1}.")
            prompts.say(said.format(passages_text(submission.count), max(left, 0)), undo=True)


def _standings(project: Project, article_id: str, analyst_id: str) -> tuple[bool, list[Standing]]:
    """Return how an author stands with an article in each open session that holds it. Not for the UI thread.

    And first, whether any session is open at all.
    """
    from annotator.desktop.review.submission_line import Standing

    found = []
    sessions = [session for session in project.reviews.list() if session.state is SessionState.OPEN]
    for session in sessions:
        members = project.reviews.members(session.id)
        if not any(one.analyst_id == analyst_id and one.role is MemberRole.AUTHOR for one in members):
            continue
        try:
            said = project.submissions.get(session.id, article_id)
        except NotFoundError:
            continue  # the article is not in this session
        found.append(Standing(session, article_id, said, project.submissions.count(session.id, article_id)))
    return bool(sessions), found


def _left(project: Project, session_id: str, analyst_id: str) -> int:
    """Return how many articles an author has not submitted; -1 when a lead among the authors has none to send to."""
    from annotator.domain.session_states import WorkState

    overview = project.reviews.overview(session_id)
    works = [work for row in overview.articles for work in row.authors if work.analyst_id == analyst_id]
    left = sum(work.state is not WorkState.SUBMITTED for work in works)
    return left if left or MemberRole.LEAD not in overview.mine else -1
