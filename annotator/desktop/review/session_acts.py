"""What a lead does with a session: prepare, open, reveal, close, open again, send work back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.desktop.actions import ActionId
from annotator.desktop.review.close_dialog import CloseDialog
from annotator.desktop.review.session_dialog import SessionDialog
from annotator.desktop.review.session_fields import SessionFields, change_session, fields_of, make_session
from annotator.domain.reviews import MemberRole, SessionState
from annotator.services.project import Project
from annotator.services.session_overview import SessionOverview

if TYPE_CHECKING:
    from annotator.desktop.workspace import Workspace


class SessionActs(QObject):
    """Asks what an act needs and has it done. ``made`` carries a new session's id, ``gone`` that of a deleted one."""

    made = Signal(str)
    gone = Signal(str)

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self._space = space

    def prepare(self) -> None:
        """Ask for a new session; at first whoever makes it leads and reviews it, and everybody else is an author."""
        state = self._space.state
        if state.analyst is None:
            self._space.all_actions.trigger(ActionId.PROJECT_ANALYST)
            return
        members = {analyst_id: frozenset({MemberRole.AUTHOR}) for analyst_id in state.analysts}
        members[state.analyst.id] = frozenset({MemberRole.LEAD, MemberRole.REVIEWER})
        wanted = SessionFields(articles=tuple(state.articles), members=members)
        dialog = self._dialog(wanted, new=True, opened=False)
        dialog.accepted.connect(lambda: self._write(partial(make_session, wanted=dialog.fields()), self.made.emit))
        dialog.open()

    def edit(self, overview: SessionOverview) -> None:
        """Show a session as it stands, to be changed."""
        before, session = fields_of(overview), overview.session
        dialog = self._dialog(before, new=False, opened=session.state is not SessionState.DRAFT)
        dialog.accepted.connect(
            lambda: self._write(
                partial(change_session, session_id=session.id, before=before, wanted=dialog.fields()), None
            )
        )
        dialog.open()

    def open(self, overview: SessionOverview) -> None:
        """Begin a session."""
        name, id_ = overview.session.name, overview.session.id
        said = self.tr("“{0}” is open. Send each member a packet to begin with.").format(name)
        self._write(lambda project: project.reviews.open(id_), lambda _change: self._space.prompts.say(said, undo=True))

    def delete(self, overview: SessionOverview) -> None:
        """Delete a session that was never opened."""
        name, id_ = overview.session.name, overview.session.id

        def tell(_change: object) -> None:
            self.gone.emit(id_)
            self._space.prompts.say(self.tr("“{0}” was deleted.").format(name), undo=True)

        self._write(lambda project: project.reviews.delete(id_), tell)

    def reveal(self, overview: SessionOverview) -> None:
        """Explain what the reveal does, and do it when the lead says so."""
        waiting = sum((row.submitted or 0) < row.required for row in overview.articles)
        early = (
            self.tr("{0} of {1} articles still wait for authors: what they do from now on is not blind any more.\n\n")
            if waiting
            else ""
        ).format(waiting, len(overview.articles))
        self._space.prompts.confirm(
            self.tr("Reveal everybody’s work in “{0}”?").format(overview.session.name),
            early
            + self.tr(
                "From then on all members can see all passages, and the review can begin. The agreement figures are"
                " frozen as they are now. A backup is made first; the reveal itself cannot be undone."
            ),
            self.tr("Reveal"),
            lambda: self._write(
                lambda project: project.reviews.reveal(overview.session.id),
                lambda _change: self._space.prompts.say(self.tr("Revealed. The review can begin.")),
            ),
        )

    def close(self, overview: SessionOverview) -> None:
        """Say what is not decided, and close the session under a name."""
        id_ = overview.session.id
        reviews = self._space.project.reviews
        self._space.jobs.read(lambda: reviews.unfinished(id_), done=partial(self._ask_to_close, overview))

    def _ask_to_close(self, overview: SessionOverview, missing: list[str]) -> None:
        analyst, id_ = self._space.state.analyst, overview.session.id
        dialog = CloseDialog(overview.session.name, missing, analyst.name if analyst else "", self._space)

        def close() -> None:
            signed, unfinished = dialog.name.text().strip(), bool(missing)
            said = self.tr("“{0}” is closed. The minutes tell what was decided.").format(overview.session.name)
            self._write(
                lambda project: project.reviews.close(id_, signed, unfinished=unfinished),
                lambda _change: self._space.prompts.say(said),
            )

        dialog.accepted.connect(close)
        dialog.open()

    def reopen(self, overview: SessionOverview) -> None:
        """Ask why a closed session goes on."""
        id_ = overview.session.id
        self._space.prompts.text(
            self.tr("Open “{0}” again").format(overview.session.name),
            self.tr("Why (it stands in the minutes):"),
            "",
            lambda reason: self._write(lambda project: project.reviews.reopen(id_, reason), None),
        )

    def send_back(self, overview: SessionOverview, article_id: str, author_id: str) -> None:
        """Ask why an author's work goes back."""
        name = next(member.name for member in overview.members if member.analyst_id == author_id)
        id_ = overview.session.id
        self._space.prompts.text(
            self.tr("Send back to {0}").format(name),
            self.tr("What is missing:"),
            "",
            lambda reason: self._write(
                lambda project: project.submissions.send_back(id_, article_id, author_id, reason),
                lambda _sent: self._space.prompts.say(self.tr("Sent back to {0}.").format(name), undo=True),
            ),
        )

    def _dialog(self, wanted: SessionFields, *, new: bool, opened: bool) -> SessionDialog:
        state = self._space.state
        return SessionDialog(
            wanted,
            [summary.article for summary in state.articles.values()],
            list(state.analysts.values()),
            self._space,
            new=new,
            opened=opened,
        )

    def _write(self, act: Callable[[Project], object], done: Callable[[object], object] | None) -> None:
        project = self._space.project
        self._space.jobs.write(lambda: act(project), done=done)
