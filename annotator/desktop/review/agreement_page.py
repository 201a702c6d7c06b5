"""The agreement page: four figures in words, everything else behind "More", and every figure opens its passages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.folders import Folders
from annotator.desktop.panels.passages_view import REFRESH_PAUSE
from annotator.desktop.prompts import Prompts, offer_folder
from annotator.desktop.review.agreement_bar import AgreementBar
from annotator.desktop.review.agreement_sheets import Entry, as_csv, as_text, sheets
from annotator.desktop.review.agreement_words import number_text
from annotator.desktop.review.figure_passages import FigurePassages
from annotator.desktop.review.figures_view import FiguresView
from annotator.desktop.review.screen import ReviewScreen
from annotator.desktop.sentences import told_error
from annotator.domain.errors import UserError
from annotator.domain.reviews import ReviewSession
from annotator.services.agreement import Agreement, PassageBehind, finish
from annotator.services.whole_files import write_whole

if TYPE_CHECKING:
    from annotator.desktop.bus import ProjectBus
    from annotator.desktop.jobs import Jobs
    from annotator.services.project import Project


_WIDE = 1000
"""From this width on, in pixels, the passages behind a figure stand beside the figures, else in their place."""
_FIGURES, _PASSAGES = 3, 2
"""How the two share the width."""


class AgreementPage(ReviewScreen):
    """Shows how far a team agrees; measured anew when it comes to the front and after every change.

    Signals: ``passages_requested`` (title, ids of annotations) tells which passages a figure has opened;
    ``passage_requested`` (article id, annotation id) asks to go to one.
    """

    passages_requested = Signal(str, object)
    passage_requested = Signal(str, str)

    def __init__(
        self,
        project: Project,
        jobs: Jobs,
        bus: ProjectBus,
        prompts: Prompts,
        folders: Folders,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("agreementPage")
        self._project, self._jobs, self._prompts, self._folders = project, jobs, prompts, folders
        self._session_id: str | None = None
        self._found: Agreement | None = None
        self._title = QLabel(self.tr("Agreement"), self)
        self._title.setProperty("role", "title")
        self._summary = QLabel(self)
        self._summary.setObjectName("agreementSummary")
        self._summary.setProperty("role", "muted")
        self._summary.setWordWrap(True)
        self._bar = AgreementBar(self)
        self._figures = FiguresView(self)
        self._behind = FigurePassages(self)
        self._back = QPushButton(self.tr("Back"), self)
        self._back.setObjectName("agreementBack")
        self._back.clicked.connect(self.left)
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(REFRESH_PAUSE)
        self._pause.timeout.connect(self._measure_if_seen)
        bus.changed.connect(self._wait_a_little)
        self._bar.session_chosen.connect(self.show_session)
        self._bar.moment_chosen.connect(self._show_figures)
        self._bar.copy_requested.connect(self.copy)
        self._bar.table_requested.connect(self._ask_csv)
        self._bar.picture_requested.connect(self._ask_picture)
        self._figures.figure_pressed.connect(self._open_figure)
        self._behind.passage_requested.connect(self.passage_requested)
        self._behind.closed.connect(self.escape)
        self._show_nothing("")

    # what a person can do ------------------------------------------------------

    def choose(self, session_id: str | None) -> None:
        """Choose the session whose figures are shown next; None keeps the one that is chosen."""
        self._session_id = session_id or self._session_id

    def show_session(self, session_id: str | None) -> None:
        """Show the figures of a session; when None of the one last made, or of the whole project if there is none."""
        self._session_id = session_id
        self._measure()

    @override
    def begin(self) -> None:
        self._measure()
        self._figures.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def escape(self) -> bool:
        if self._behind.isHidden():
            return False
        self._behind.hide()
        self._share_room()
        self._figures.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @override
    def panels(self) -> list[QWidget]:
        return [self._figures, self._behind] if self._behind.isVisible() else [self._figures]

    def copy(self) -> None:
        """Copy all tables as lines with tabs."""
        if self._found is not None:
            QGuiApplication.clipboard().setText(as_text(sheets(self._found, self._figures.shown)))
            self._prompts.say(self.tr("The figures are copied, as tables."))

    def save_csv(self, path: str) -> None:
        """Write all tables to a CSV file."""
        if self._found is not None:
            self._write(path, as_csv(sheets(self._found, self._figures.shown)))

    def save_picture(self, path: str) -> None:
        """Write a picture of all that is shown, in twice the size of the screen's, as PNG."""
        caption = " · ".join((self._title.text(), self._summary.text(), self._bar.moment_text))
        self._write(path, self._figures.picture(caption))

    # inside ----------------------------------------------------------------------

    def _build(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self._title)
        above.addStretch(1)
        above.addWidget(self._back)
        self._left = QWidget(self)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(24, 16, 24, 8)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(self._summary)
        column.addWidget(self._bar)
        column.addWidget(self._figures, 1)
        split = QSplitter(self)
        split.addWidget(self._left)
        split.addWidget(self._behind)
        split.setStretchFactor(0, _FIGURES)
        split.setStretchFactor(1, _PASSAGES)
        split.setSizes([_FIGURES * _WIDE, _PASSAGES * _WIDE])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Let the passages behind a figure stand beside the figures, or in their place where there is no room."""
        self._left.setVisible(self._behind.isHidden() or self.width() >= _WIDE)

    def _wait_a_little(self, _change: object) -> None:
        """Something was changed: measure anew when nothing more comes."""
        if self.isVisible():
            self._pause.start()

    def _measure_if_seen(self) -> None:
        if self.isVisible():
            self._measure()

    def _measure(self) -> None:
        """Read which sessions there are, then make the figures of the one that is chosen."""
        self._jobs.read(self._project.reviews.list, done=self._measure_one_of, key="sessions of the agreement page")

    def _measure_one_of(self, sessions: list[ReviewSession]) -> None:
        known = [session.id for session in sessions]
        chosen = self._session_id if self._session_id in known else (known[-1] if known else None)
        self._session_id = chosen
        self._bar.show_sessions(sessions, chosen)
        self._jobs.long(
            lambda progress: finish(self._project.agreement.steps(chosen), progress.step),
            title=self.tr("Agreement"),
            done=self._take,
            failed=self._take_refusal,
        )

    def _take(self, found: Agreement) -> None:
        self._found = found
        now = found.now
        name = f"“{found.session.name}”" if found.session is not None else self.tr("All articles")
        parts = [
            name,
            number_text(len(now.analysts), self.tr("1 analyst"), self.tr("{0} analysts")),
            number_text(
                len(now.texts),
                self.tr("1 article that two or more have submitted"),
                self.tr("{0} articles that two or more have submitted"),
            ),
        ]
        if now.left_out:
            parts.append(number_text(len(now.left_out), self.tr("1 left out"), self.tr("{0} left out")))
        self._summary.setText(" · ".join(parts))
        self._bar.show_moments(found)
        self._show_figures()
        if not self._back.isHidden() and (self._back.hasFocus() or self.hasFocus()):
            self._figures.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_figures(self) -> None:
        if self._found is not None:
            self._figures.show_agreement(self._found, self._bar.moment)

    def _take_refusal(self, error: Exception) -> bool:
        """Say on the page why there are no figures, when that is the user's affair."""
        if isinstance(error, UserError):
            self._show_nothing(told_error(error))
            return True
        return False

    def _show_nothing(self, why: str) -> None:
        self._found = None
        self._summary.setText(why)
        self._figures.show_nothing()
        self._behind.hide()
        self._share_room()
        self._bar.show_moments(None)

    def _open_figure(self, entry: Entry) -> None:
        session = self._found.session if self._found is not None else None
        self.passages_requested.emit(entry.title, entry.ids)
        self._jobs.read(
            lambda: self._project.agreement.passages(entry.ids, session),
            done=lambda rows: self._show_passages(entry, rows),
            key="passages behind a figure",
        )

    def _show_passages(self, entry: Entry, rows: list[PassageBehind]) -> None:
        self._behind.show()
        self._share_room()
        self._behind.show_passages(entry.title, rows, frozenset(entry.apart))

    def _ask_csv(self) -> None:
        self._ask(self.tr("Save the figures"), "csv", self.tr("CSV (*.csv)"), self.save_csv)

    def _ask_picture(self) -> None:
        self._ask(self.tr("Save a picture of the figures"), "png", self.tr("Picture (*.png)"), self.save_picture)

    def _ask(self, title: str, suffix: str, filters: str, answer: Callable[[str], object]) -> None:
        session = self._found.session if self._found is not None else None
        name = self.tr("{0}, agreement").format(session.name) if session is not None else self.tr("agreement")
        path = self._folders.last / f"{name.replace('/', '-')}.{suffix}"
        self._prompts.save_file(title, path.as_posix(), filters, self._folders.noting(answer))

    def _write(self, path: str, content: bytes) -> None:
        self._jobs.long(
            lambda _progress: write_whole(Path(path), content),
            title=self.tr("Saving {0}").format(Path(path).name),
            done=lambda _none: offer_folder(self._prompts, self.tr("Saved as {0}").format(path), Path(path)),
        )
