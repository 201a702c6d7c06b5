"""The line at the foot: who works here, how much there is, whether all is saved, what is under way, the zoom."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from annotator.desktop.plurals import plural_text
from annotator.desktop.progress import ProgressReport
from annotator.desktop.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from annotator.domain.codebook import TagKind

_PATIENCE = 500
"""How long a job may take before its progress is shown, in milliseconds."""
_TELLING, _TELLING_PART = 3, 20
"""From so many seconds on, and one part of so many done, it can be told how long a job still takes."""
_MINUTE = 60


class StatusLine(QFrame):
    """Tells without asking; the analyst and the zoom can be clicked, a long job can be cancelled.

    A message that stands below it takes its place, so that nothing above moves when one comes and goes; a long job
    under way stays to be seen.
    """

    analyst_clicked = Signal()
    zoom_clicked = Signal()
    cancel_requested = Signal(int)  # the job's number

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self._running: dict[int, ProgressReport] = {}
        """How far each long job is, in the order in which they began; the first is shown."""
        self._began: dict[int, float] = {}
        self._cancelling: set[int] = set()
        self._in_use = True
        self._giving_way = False
        self._analyst = self._button("statusAnalyst", self.tr("Who are you in this project?"))
        self._counts = ElidedLabel(parent=self, least=8)
        self._counts.setObjectName("statusCounts")
        self._saved = ElidedLabel(parent=self, least=6)
        self._saved.setObjectName("statusSaved")
        self._counts.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._progress_text = ElidedLabel(parent=self, mode=Qt.TextElideMode.ElideMiddle, least=6)  # ends in per cent
        self._progress_text.setObjectName("progressText")
        self._progress_text.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._progress = QProgressBar(self)
        self._progress.setObjectName("progressBar")
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(120)
        self._cancel = QPushButton(self.tr("&Cancel"), self)
        self._cancel.setObjectName("progressCancel")
        self._zoom = self._button("statusZoom", self.tr("Usual text size"))
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        layout = self._row = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 2)
        layout.setSpacing(12)
        layout.addWidget(self._analyst)
        layout.addWidget(self._counts)
        layout.addWidget(self._saved, 1)
        layout.addWidget(self._progress_text)
        layout.addWidget(self._progress)
        layout.addWidget(self._cancel)
        layout.addWidget(self._zoom)
        self._show_progress(False)
        self._analyst.clicked.connect(self.analyst_clicked)
        self._zoom.clicked.connect(self.zoom_clicked)
        self._cancel.clicked.connect(self._ask_to_cancel)
        self._patience.timeout.connect(lambda: self._show_progress(True))
        self.clear()

    def set_in_use(self, on: bool) -> None:
        """Say whether there is anything to tell in this window at all."""
        self._in_use = on
        self._appear()

    def give_way(self, on: bool) -> None:
        """Leave the place to a message, or take it again."""
        self._giving_way = on
        self._appear()

    def _appear(self) -> None:
        self.setVisible(self._in_use and not (self._giving_way and self._cancel.isHidden()))

    def clear(self) -> None:
        """Say nothing: no project is open."""
        self._analyst.hide()
        self._zoom.hide()
        self._counts.setText("")
        self._saved.setText("")

    def set_analyst(self, initials: str) -> None:
        """Say who works here; empty: nobody is named yet."""
        self._analyst.setText(self.tr("analyst {0}").format(initials) if initials else self.tr("who are you?"))
        self._analyst.setAccessibleName(self._analyst.text())
        self._analyst.show()

    def set_counts(self, counts: Mapping[TagKind, int] | None) -> None:
        """Say how many passages of each kind the open article has; None: no article is open."""
        if counts is None:
            self._counts.setText("")
            return
        from annotator.domain.codebook import TagKind  # not before the first paint of an empty window

        words = [
            plural_text("StatusLine", "1 claim", "{0} claims", counts.get(TagKind.CLAIM, 0)),
            plural_text("StatusLine", "1 denial", "{0} denials", counts.get(TagKind.DENIAL, 0)),
            self.tr("{0} evidence").format(counts.get(TagKind.EVIDENCE, 0)),
        ]
        if other := counts.get(TagKind.OTHER, 0):
            words.append(self.tr("{0} other").format(other))
        self._counts.setText("  ".join(words))

    def set_saving(self, saving: bool) -> None:
        """Say whether a write is under way."""
        self._saved.setText(self.tr("saving…") if saving else self.tr("all changes saved"))

    def set_read_only(self, reason: str) -> None:
        """Say that nothing can be written here."""
        self._saved.setText(self.tr("read-only: {0}").format(reason) if reason else self.tr("read-only"))

    def set_zoom(self, per_cent: int) -> None:
        """Say how large the article's text is."""
        self._zoom.setText(self.tr("zoom {0} %").format(per_cent))
        self._zoom.setAccessibleName(self._zoom.text())
        self._zoom.show()

    def show_progress(self, report: ProgressReport) -> None:
        """Show a long job once it takes longer than half a second, and take it away when it is done.

        Of several the one that began first is shown, and how many wait behind it.
        """
        if report.finished:
            for known in (self._running, self._began):
                known.pop(report.job, None)
            self._cancelling.discard(report.job)
        else:
            self._began.setdefault(report.job, monotonic())
            self._running[report.job] = report
        if not self._running:
            self._patience.stop()
            self._show_progress(False)
        elif len(self._began) == 1 and not self._patience.isActive() and self._cancel.isHidden():
            self._patience.start()
        self._tell_progress()

    def _ask_to_cancel(self) -> None:
        job = next(iter(self._running), 0)
        self._cancelling.add(job)
        self._tell_progress()
        self.cancel_requested.emit(job)

    def _tell_progress(self) -> None:
        """Say what is under way and how far it is; how long it still takes once that can be told."""
        report = next(iter(self._running.values()), None)
        if report is None:
            return
        stopping = report.job in self._cancelling
        words = [self.tr("{0}: cancelling…").format(report.title) if stopping else report.title]
        if report.total and not stopping:
            words.append(self.tr("{0} %").format(100 * report.done // report.total))
            words += self._left(report)
        if waiting := len(self._running) - 1:
            words.append(self.tr("1 more waits") if waiting == 1 else self.tr("{0} more wait").format(waiting))
        self._progress_text.setText(" · ".join(words))
        self._progress.setMaximum(report.total)
        self._progress.setValue(report.done)
        self._progress.setAccessibleName(report.title)
        self._cancel.setEnabled(not stopping)
        self._cancel.setAccessibleName(self.tr("Cancel: {0}").format(report.title))
        self._make_way()

    def _left(self, report: ProgressReport) -> list[str]:
        """Return how long a job still takes at the speed it had so far; nothing while that says little."""
        spent = monotonic() - self._began[report.job]
        if spent < _TELLING or report.done * _TELLING_PART < report.total:
            return []
        seconds = spent * (report.total - report.done) / report.done
        if seconds < _MINUTE:
            return [self.tr("about {0} s left").format(max(1, round(seconds)))]
        return [self.tr("about {0} min left").format(round(seconds / _MINUTE))]

    def _show_progress(self, shown: bool) -> None:
        for widget in (self._progress_text, self._progress, self._cancel):
            widget.setVisible(shown)
        if self._giving_way:
            self._appear()
        self._make_way()

    def _make_way(self) -> None:
        """Let the counts go while a long job is under way and there is no room for all of it."""
        rest = (self._analyst, self._saved, self._progress_text, self._progress, self._cancel, self._zoom)
        wanted = sum(one.sizeHint().width() + self._row.spacing() for one in (*rest, self._counts))
        self._counts.setVisible(self._cancel.isHidden() or wanted <= self.width())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_way()

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        return button
