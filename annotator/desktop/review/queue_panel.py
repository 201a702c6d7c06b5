"""The queue at the left of the review screen: what is still to decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from annotator.desktop.models.two_line import TwoLineDelegate
from annotator.desktop.review.authors import Author
from annotator.desktop.review.queue_model import QueueModel
from annotator.desktop.review.queue_order import QueueFilter, arranged, next_open, step
from annotator.desktop.review.review_words import difference_text
from annotator.desktop.review.shown_cluster import QueueRow, Standing
from annotator.desktop.widgets.quiet_combo import QuietComboBox
from annotator.desktop.widgets.quiet_list import QuietListView
from annotator.domain.clusters import Difference


class QueuePanel(QWidget):
    """Lists disagreements, filtered and sorted. ``chosen`` carries the id of the one that was chosen here."""

    chosen = Signal(str)
    order_changed = Signal(bool)
    """The queue is in reading order from now on, or by disagreement."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewQueue")
        self._rows: list[QueueRow] = []
        self._wanted = QueueFilter()
        self._pending: frozenset[str] = frozenset()
        self._current: str | None = None
        self._model = QueueModel(self)
        self._order = self._box("reviewOrder", self.tr("Order"))
        self._difference = self._box("reviewDifference", self.tr("Kind of disagreement"))
        self._tag = self._box("reviewTag", self.tr("Tag"))
        self._analyst = self._box("reviewAnalyst", self.tr("Analyst"))
        self._view = QuietListView(self)
        self._empty = QLabel(self)
        self._build()
        self._connect()

    # what is shown --------------------------------------------------------------

    def set_rows(self, rows: Iterable[QueueRow], pending: frozenset[str] = frozenset()) -> None:
        """Show these disagreements; those in ``pending`` are being decided just now."""
        self._rows, self._pending = list(rows), pending
        self._show()

    def set_authors(self, authors: Sequence[Author]) -> None:
        """Offer these analysts to filter by; none while names are hidden: letters differ from article to article."""
        _fill(self._analyst, self.tr("Any analyst"), [(author.analyst_id, author.name) for author in authors])
        self._analyst.setVisible(bool(authors))

    def set_tags(self, tags: Mapping[str, str]) -> None:
        """Offer these tags to filter by: names by id."""
        _fill(self._tag, self.tr("Any tag"), list(tags.items()))

    def set_reading(self, reading: bool) -> None:
        """Sort in reading order, or by disagreement."""
        self._order.setCurrentIndex(int(reading))

    @property
    def reading(self) -> bool:
        """Whether it is sorted in reading order."""
        return self._wanted.reading

    def set_current(self, id_: str | None) -> None:
        """Mark the disagreement that is looked at; one that the filter hides is not marked."""
        self._current = id_
        self._mark()

    def step(self, direction: int) -> str | None:
        """Return the id of the next (1) or previous (-1) disagreement as they are shown; None past the ends."""
        row = step(self._model.entries, self._current, direction)
        return row.id if row is not None else None

    def next_open(self) -> str | None:
        """Return the id of the next disagreement that nobody decides just now; None when all are decided or parked."""
        row = next_open(self._model.entries, self._current, passing=self._pending)
        return row.id if row is not None else None

    def first_open(self, article_id: str = "") -> str | None:
        """Return the id of the first disagreement to look at, in an article if one is given: to decide, else any."""
        shown = [entry for entry in self._model.entries if isinstance(entry, QueueRow)]
        rows = [row for row in shown if row.article_id == article_id] or shown
        wanted = [row for row in rows if row.standing in (Standing.STALE, Standing.OPEN)] or rows
        return wanted[0].id if wanted else None

    def focus_list(self) -> None:
        """Give the list the focus."""
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    # inside ---------------------------------------------------------------------

    def _box(self, name: str, spoken: str) -> QuietComboBox:
        box = QuietComboBox(self)
        box.setObjectName(name)
        box.setAccessibleName(spoken)
        box.setSizeAdjustPolicy(QuietComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return box

    def _build(self) -> None:
        self._order.addItems([self.tr("Greatest disagreement first"), self.tr("In reading order")])
        kinds = [(difference.value, difference_text(difference)) for difference in Difference]
        _fill(self._difference, self.tr("Any disagreement"), kinds)
        self.set_tags({})
        self.set_authors(())
        self._view.setObjectName("reviewQueueList")
        self._view.setAccessibleName(self.tr("Disagreements"))
        self._view.setModel(self._model)
        self._view.setItemDelegate(TwoLineDelegate(self._view))
        self._empty.setObjectName("reviewQueueEmpty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(16)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._view)
        self._pages.addWidget(self._empty)
        narrower = QHBoxLayout()
        narrower.setSpacing(8)
        narrower.addWidget(self._tag)
        narrower.addWidget(self._analyst)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._order)
        layout.addWidget(self._difference)
        layout.addLayout(narrower)
        layout.addLayout(self._pages, 1)
        self.setFocusProxy(self._view)

    def _connect(self) -> None:
        for box in (self._order, self._difference, self._tag, self._analyst):
            box.currentIndexChanged.connect(self._filter)
        self._view.clicked.connect(self._choose)
        self._view.activated.connect(self._choose)
        self._view.selectionModel().currentChanged.connect(self._moved)

    def _filter(self) -> None:
        was = self._wanted.reading
        difference = self._difference.currentData()
        self._wanted = QueueFilter(
            difference=Difference(difference) if difference else None,
            tag_id=self._tag.currentData(),
            analyst_id=self._analyst.currentData(),
            reading=self._order.currentIndex() == 1,
        )
        self._show()
        if was != self._wanted.reading:
            self.order_changed.emit(self._wanted.reading)

    def _show(self) -> None:
        entries = arranged(self._rows, self._wanted)
        self._model.set_rows(entries)
        if not self._rows:
            self._empty.setText(self.tr("There is nothing to decide: nobody has marked anything in these articles."))
        else:
            self._empty.setText(self.tr("No disagreement is of this kind. Choose “any” above to see all."))
        self._pages.setCurrentWidget(self._view if entries else self._empty)
        self._mark()

    def _mark(self) -> None:
        index = self._model.index_of(self._current or "")
        if index != self._view.currentIndex():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self._view.selectionModel().setCurrentIndex(index, flag)
        if index.isValid():
            self._view.scrollTo(index)

    def _choose(self, index: QModelIndex) -> None:
        row = self._model.row_at(index)
        if isinstance(row, QueueRow):
            self.chosen.emit(row.id)

    def _moved(self, index: QModelIndex, _before: QModelIndex) -> None:
        """Follow the arrow keys in the list."""
        row = self._model.row_at(index)
        if isinstance(row, QueueRow) and row.id != self._current and self._view.hasFocus():
            self.chosen.emit(row.id)


def _fill(box: QuietComboBox, any_text: str, choices: Sequence[tuple[str, str]]) -> None:
    """Offer other choices under one that stands for "any"; the chosen one stays when it is among them."""
    if [(box.itemData(row), box.itemText(row)) for row in range(box.count())] == [(None, any_text), *choices]:
        return
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    box.addItem(any_text, None)
    for key, name in choices:
        box.addItem(name, key)
    place = max(0, box.findData(chosen)) if chosen is not None else 0
    box.setCurrentIndex(place)
    box.blockSignals(False)
    if box.currentData() != chosen:
        box.currentIndexChanged.emit(place)
