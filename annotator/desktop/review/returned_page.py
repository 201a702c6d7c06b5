"""“What was changed in my work, and why”: each entry leads to its passage; the page goes back to the analyst."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.icons import icon
from annotator.desktop.review.returned_model import ReturnedColumn, ReturnedModel, changes_text, fate_text
from annotator.desktop.review.screen import ReviewScreen
from annotator.desktop.theme import LIGHT, Theme
from annotator.desktop.widgets.elided import ElidedLabel
from annotator.desktop.widgets.quiet_combo import QuietComboBox
from annotator.desktop.widgets.quiet_list import QuietTable
from annotator.formats.review_record import Fate, Returned, Wordings

if TYPE_CHECKING:
    from annotator.formats.review_record import ReturnedWork

_CHANGES = frozenset({Fate.CHANGED, Fate.REJECTED, Fate.ADDED})
_SHARES = ((ReturnedColumn.CHANGED, 0.28, 420), (ReturnedColumn.WHY, 0.28, 420))
_ICON_AND_PADS = 64


class ReturnedPage(ReviewScreen):
    """Lists what became of one author's passages; what was kept is shown when asked for.

    Signals: ``author_chosen`` (an analyst's id), ``passage_requested`` (article id, the own passage's id or empty,
    start and end in code points), ``save_requested``, ``send_requested``, ``back_requested``.
    """

    author_chosen = Signal(str)
    passage_requested = Signal(str, str, int, int)
    save_requested = Signal()
    send_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("returnedPage")
        self._work: ReturnedWork | None = None
        self._theme = LIGHT
        self._title = ElidedLabel("", self, least=12)
        self._title.setProperty("role", "title")
        self._authors = QuietComboBox(self)
        self._authors.setObjectName("returnedAuthor")
        self._authors.setAccessibleName(self.tr("Whose work"))
        self._authors.setSizeAdjustPolicy(QuietComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._authors.setMinimumContentsLength(14)
        self._counted = ElidedLabel("", self, least=12)
        self._counted.setObjectName("returnedCounted")
        self._counted.setProperty("role", "muted")
        self._all = QCheckBox(self.tr("All passages"), self)
        self._all.setToolTip(self.tr("Also what was kept, and what is not decided"))
        self._all.setObjectName("returnedAll")
        self._model = ReturnedModel(lambda name, colour: icon(name, self._theme, colour), self)
        self._view = QuietTable(self)
        self._details = QPlainTextEdit(self)
        self._empty = QLabel(self)
        self._empty.setObjectName("returnedEmpty")
        self._save = self._button("returnedSave", self.tr("Save as a page…"))
        self._send = self._button("returnedSend", self.tr("Send as packets…"))
        self._back = self._button("returnedBack", self.tr("Back to the session"))
        self._lay_out()
        self._connect()

    def show_authors(self, authors: Sequence[tuple[str, str]], chosen: str, *, sends: bool) -> None:
        """Offer (id, name) of the authors whose work can be looked at; with one alone there is nothing to choose."""
        self._authors.blockSignals(True)
        self._authors.clear()
        for analyst_id, name in authors:
            self._authors.addItem(name, analyst_id)
        self._authors.setCurrentIndex(max(0, self._authors.findData(chosen)))
        self._authors.blockSignals(False)
        self._authors.setVisible(len(authors) > 1)
        self._send.setVisible(sends)

    def show_work(self, work: ReturnedWork) -> None:
        """Show what became of an author's work."""
        self._work = work
        self._title.setText(self.tr("What was changed in the work of {0}, and why").format(work.analyst))
        counts = [f"{work.count(fate)} {fate_text(fate)}" for fate in Fate if work.count(fate)]
        self._counted.setText(" · ".join([self.tr("Session “{0}”").format(work.session), *counts]))
        self._show_rows()

    def _lay_out(self) -> None:
        view = self._view
        view.setObjectName("returnedList")
        view.setAccessibleName(self.tr("What became of the passages"))
        view.setModel(self._model)
        header = view.header()
        header.setSectionResizeMode(ReturnedColumn.PASSAGE, QHeaderView.ResizeMode.Stretch)
        self._details.setObjectName("returnedDetails")
        self._details.setAccessibleName(self.tr("The passage in both versions"))
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "muted")
        split = QSplitter(Qt.Orientation.Vertical, self)
        for widget, stretch in ((view, 3), (self._empty, 3), (self._details, 1)):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, stretch)
        split.setChildrenCollapsible(False)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._back)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._authors)
        below.addWidget(self._all)
        below.addStretch(1)
        below.addWidget(self._save)
        below.addWidget(self._send)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._counted)
        layout.addLayout(below)
        layout.addWidget(split, 1)

    def _connect(self) -> None:
        self._authors.currentIndexChanged.connect(lambda _row: self.author_chosen.emit(self._authors.currentData()))
        self._all.toggled.connect(self._show_rows)
        self._view.activated.connect(self._go)
        self._view.resized.connect(self._share_width)
        self._view.selectionModel().currentChanged.connect(lambda _now, _before: self._show_details())
        self._model.modelReset.connect(self._show_details)
        self._save.clicked.connect(self.save_requested)
        self._send.clicked.connect(self.send_requested)
        self._back.clicked.connect(self.back_requested)

    def _show_rows(self) -> None:
        if self._work is None:
            return
        self._model.set_work(self._work, frozenset(Fate) if self._all.isChecked() else _CHANGES)
        self._view.expandAll()
        for row in range(self._model.rowCount()):
            self._view.setFirstColumnSpanned(row, QModelIndex(), True)
        anything = self._model.rowCount() > 0
        self._view.setVisible(anything)
        self._details.setVisible(anything)
        self._empty.setVisible(not anything)
        decided = any(self._work.count(fate) for fate in Fate if fate is not Fate.OPEN)
        self._empty.setText(
            self.tr("Nothing was changed: everything that is decided was kept as it was.")
            if decided
            else self.tr("Nothing of this work is decided yet.")
        )
        if anything:
            self._view.setCurrentIndex(self._model.index(0, 0, self._model.index(0, 0)))
        self._share_width()

    def _share_width(self) -> None:
        header, width = self._view.header(), self._view.viewport().width()
        longest = max(self.fontMetrics().horizontalAdvance(fate_text(fate)) for fate in Fate)
        header.resizeSection(ReturnedColumn.FATE, longest + _ICON_AND_PADS)
        for column, share, most in _SHARES:
            header.resizeSection(column, min(int(width * share), most))

    def _show_details(self) -> None:
        row = self._model.passage(self._view.currentIndex())
        self._details.setPlainText("\n".join(self._lines(row)) if row is not None else "")

    def _lines(self, row: Returned) -> Iterator[str]:
        yield " · ".join(filter(None, (row.place, fate_text(row.fate), row.by, row.at)))
        if row.mine is not None:
            yield self.tr("Marked: {0}").format(_in_words(row.mine))
        if row.final is not None and row.final != row.mine:
            yield self.tr("Final: {0}").format(_in_words(row.final))
        if row.rows:
            yield self.tr("Changed: {0}").format(changes_text(row))
        if row.reason or row.comment:
            yield self.tr("Why: {0}").format(". ".join(filter(None, (row.reason, row.comment))))
        for said in row.comments:
            yield f"{said.who}: {said.text}"

    def _go(self, index: QModelIndex) -> None:
        row, article = self._model.passage(index), self._model.article(index)
        if row is not None and article is not None:
            self.passage_requested.emit(article.id, row.annotation_id, row.start, row.end)

    @override
    def begin(self) -> None:
        first = self._view if self._model.rowCount() else self._back
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def panels(self) -> list[QWidget]:
        return [self._view, self._details]

    @override
    def take_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._view.viewport().update()


def _in_words(wordings: Wordings) -> str:
    """Return how somebody has a passage in one line."""
    people = "; ".join(f"{role}: {name}" for role, name in wordings.people)
    quote = " … ".join(wordings.quotes).replace("\n", " ")
    return " · ".join(filter(None, (f"“{quote}”", wordings.tag, people, wordings.attribution, *wordings.links)))
