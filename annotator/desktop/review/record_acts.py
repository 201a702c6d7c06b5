"""What a session leaves for people to read: the minutes, and for each author what was changed and why."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from annotator.desktop.dialogs.export_dialog import ExportChoice, ExportDialog
from annotator.desktop.export_words import filter_of
from annotator.desktop.review.returned_page import ReturnedPage
from annotator.domain.passages import PassageFilter
from annotator.domain.reviews import MemberRole, ReviewSession
from annotator.formats.export_formats import HTML, JSON, ExportFormat
from annotator.services.session_overview import SessionOverview

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.desktop.workspace import Workspace
    from annotator.formats.review_record import ReturnedWork


class RecordActs(QObject):
    """Writes minutes and shows what came back. ``session_requested`` carries a session's id."""

    session_requested = Signal(str)
    send_requested = Signal(object)
    """A SessionOverview: its packets are to be written."""
    place_requested = Signal(str, int, int)
    """An article's id, start and end in code points."""

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self._space = space
        self._overview: SessionOverview | None = None
        self._author = ""

    def minutes(self, overview: SessionOverview) -> None:
        """Ask where the minutes go, write them, offer to open them."""
        minutes, id_ = self._space.project.minutes, overview.session.id
        self._ask_place(self.tr("{0}, minutes").format(overview.session.name), lambda path: minutes.write(path, id_))

    def final(self, overview: SessionOverview) -> None:
        """Ask what to export the final version as, and where to, and write it."""
        dialog = ExportDialog(final=overview.session.name, parent=self._space)
        dialog.accepted.connect(lambda: self._export(overview.session, dialog.choice()))
        dialog.open()

    def _export(self, session: ReviewSession, choice: ExportChoice) -> None:
        project = self._space.project
        client, no_text = choice.client, choice.no_text

        def write(path: str) -> object:
            if choice.format is JSON:
                profile = "client" if client else None
                return project.exchange.write(path, state="final", session=session.id, profile=profile, no_text=no_text)
            wanted = PassageFilter(final=True, session=session.id)
            return project.quote_sheet.write(
                path, wanted, format_name=choice.format.name, client=client, no_text=no_text
            )

        name = self.tr("{0}, final version").format(session.name)
        self._ask_place(name, write, choice.format)

    @cached_property
    def page(self) -> ReturnedPage:
        """The page of what was changed."""
        page = ReturnedPage()
        page.author_chosen.connect(self._choose)
        page.passage_requested.connect(self._go)
        page.save_requested.connect(self._save)
        page.send_requested.connect(lambda: self.send_requested.emit(self._overview))
        page.back_requested.connect(
            lambda: self.session_requested.emit(self._overview.session.id) if self._overview is not None else None
        )
        return page

    def changes(self, overview: SessionOverview) -> None:
        """Show what was changed: an author the own work, the lead that of each."""
        self._overview = overview
        me, lead = self._space.state.analyst, MemberRole.LEAD in overview.mine
        authors = [
            (member.analyst_id, member.name)
            for member in overview.members
            if MemberRole.AUTHOR in member.roles and (lead or (me is not None and member.analyst_id == me.id))
        ]
        if not authors:
            return
        ids = [id_ for id_, _name in authors]
        own = me.id if me is not None and me.id in ids else ids[0]
        chosen = self._author if self._author in ids else own
        self.page.show_authors(authors, chosen, sends=lead)
        self._choose(chosen)

    def _choose(self, analyst_id: str) -> None:
        self._author = analyst_id
        if self._overview is not None:
            returned, id_ = self._space.project.returned_work, self._overview.session.id
            self._space.jobs.read(lambda: returned.of(id_, analyst_id), done=self._show, key="returned")

    def _show(self, work: ReturnedWork) -> None:
        self.page.show_work(work)
        self._space.reviewing.show(self.page)

    def _save(self) -> None:
        if self._overview is None:
            return
        returned, id_, author = self._space.project.returned_work, self._overview.session.id, self._author
        name = next((member.name for member in self._overview.members if member.analyst_id == author), "")
        self._ask_place(
            self.tr("{0}, back to {1}").format(self._overview.session.name, name),
            lambda path: returned.write(path, id_, author),
        )

    def _go(self, article_id: str, annotation_id: str, start: int, end: int) -> None:
        """Open the author's own passage where it can be seen here, else the words."""
        me = self._space.state.analyst
        if annotation_id and me is not None:
            self._space.show_text()
            self._space.state.open_article(article_id, current=annotation_id)
        else:
            self.place_requested.emit(article_id, start, end)

    def _ask_place(self, name: str, write: Callable[[str], object], form: ExportFormat = HTML) -> None:
        folders = self._space.shared.folders
        proposed = folders.last / f"{name.replace('/', '-')}{form.suffixes[0]}"
        self._space.prompts.save_file(
            self.tr("Save as a page") if form is HTML else self.tr("Export"),
            proposed.as_posix(),
            filter_of(form),
            folders.noting(partial(self._write, write)),
        )

    def _write(self, write: Callable[[str], object], path: str) -> None:
        self._space.jobs.long(
            lambda _progress: write(path),
            title=self.tr("Writing {0}").format(Path(path).name),
            done=lambda _none: self._space.prompts.offer(
                self.tr("Saved: {0}").format(path),
                self.tr("Open it"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(path)),
            ),
        )
