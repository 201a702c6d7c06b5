"""What the search field finds in the whole project: texts, passages, notes, people, tags."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.models.rows import RowsModel
from annotator.desktop.models.state import ProjectState
from annotator.desktop.models.two_line import RowRole
from annotator.desktop.sentences import told
from annotator.desktop.widgets.quiet_list import QuietListView
from annotator.domain.offsets import utf16_length
from annotator.services.search import Hit

_PAUSE = 200
"""Milliseconds after the last key before the project is searched."""
_LIMIT = 100
_PAD = 8
_MATCHES = Qt.ItemDataRole.UserRole + 20

Index = QModelIndex | QPersistentModelIndex


class SearchPanel(QWidget):
    """Lists the places that have all the words, best first; ``hit_chosen`` carries the one that was chosen."""

    hit_chosen = Signal(object)  # Hit
    closed = Signal()
    found = Signal(int)
    """A search has ended with so many places."""

    def __init__(self, state: ProjectState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchPanel")
        self.setAccessibleName(self.tr("What was found"))
        self._state = state
        self._words = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._summary = QLabel(self)
        self._summary.setObjectName("searchSummary")
        self._summary.setProperty("role", "muted")
        self._summary.setWordWrap(True)
        self._model: RowsModel[Hit] = RowsModel(
            lambda hit: f"{hit.entity_type} {hit.entity_id} {hit.field} {hit.start}",
            {
                Qt.ItemDataRole.DisplayRole: lambda hit: hit.snippet,
                Qt.ItemDataRole.AccessibleTextRole: lambda hit: f"{told(hit.where)}: {hit.snippet}",
                RowRole.DETAIL: lambda hit: told(hit.where),
                _MATCHES: _in_units,
            },
            self,
        )
        self._view = QuietListView(self)
        self._view.setObjectName("searchList")
        self._view.setAccessibleName(self.tr("Places found"))
        self._view.setModel(self._model)
        self._view.setItemDelegate(_HitDelegate(self._view))
        close = QPushButton(self.tr("Back to the article"), self)
        close.setObjectName("searchClose")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(self._summary)
        layout.addWidget(self._view, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.setFocusProxy(self._view)
        self._pause.timeout.connect(self._search)
        self._view.activated.connect(self._choose)
        self._view.clicked.connect(self._choose)
        close.clicked.connect(self.closed)

    def search_soon(self, words: str) -> None:
        """Search once the typing pauses."""
        self._words = words
        self._pause.start()

    def search_now(self, words: str) -> None:
        """Search at once."""
        self._words = words
        self._pause.stop()
        self._search()

    def hits(self) -> list[Hit]:
        """Return what is listed."""
        rows = (self._model.row_at(self._model.index(row)) for row in range(self._model.rowCount()))
        return [hit for hit in rows if hit is not None]

    def focus_list(self) -> None:
        """Put the focus on the list, on its first row when none is chosen."""
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._view.currentIndex().isValid() and self._model.rowCount():
            self._view.setCurrentIndex(self._model.index(0))

    def _search(self) -> None:
        words = self._words
        if not words.strip():
            self._take(words, [])
            return
        search = self._state.project.search
        self._state.jobs.read(
            lambda: search.find(words, limit=_LIMIT), done=lambda hits: self._take(words, hits), key="search"
        )

    def _take(self, words: str, hits: list[Hit]) -> None:
        self._model.set_rows(hits)
        if not words.strip():
            text = self.tr("Type words that stand in an article, a passage, a note or a name.")
        elif not hits:
            text = self.tr("Nothing has all of these words: {0}").format(words)
        elif len(hits) >= _LIMIT:
            text = self.tr("The first {0} places with: {1}").format(len(hits), words)
        else:
            text = self.tr("{0} places with: {1}").format(len(hits), words)
        self._summary.setText(text)
        if self._view.hasFocus():
            self.focus_list()
        self.found.emit(len(hits))

    def _choose(self, index: QModelIndex) -> None:
        hit = self._model.row_at(index)
        if hit is not None:
            self.hit_chosen.emit(hit)


def _in_units(hit: Hit) -> list[tuple[int, int]]:
    """Return where the matches lie in the snippet, as (start, length) in UTF-16 units."""
    spans = []
    for start, end in hit.matches:
        begin, stop = max(0, start - hit.start), min(len(hit.snippet), end - hit.start)
        if begin < stop:
            spans.append((utf16_length(hit.snippet[:begin]), utf16_length(hit.snippet[begin:stop])))
    return spans


class _HitDelegate(QStyledItemDelegate):
    """Draws the snippet on one line with its matches bold, and below it where it stands."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, 2 * option.fontMetrics.height() + 2 * _PAD + 4)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        line = option.fontMetrics.height()
        area = option.rect.adjusted(_PAD, 0, -_PAD, 0)
        area.setTop(area.top() + (area.height() - 2 * line) // 2)
        area.setHeight(2 * line)
        painter.save()
        painter.setClipRect(area)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        layout = self._layout(option, index)
        layout.draw(painter, QPointF(area.topLeft()))
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        detail = option.fontMetrics.elidedText(
            str(index.data(RowRole.DETAIL) or ""), Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, detail)
        painter.restore()

    def _layout(self, option: QStyleOptionViewItem, index: Index) -> QTextLayout:
        text = str(index.data()).replace("\n", " ")
        layout = QTextLayout(text, option.font)
        wrap = QTextOption()
        wrap.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(wrap)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        ranges = []
        for start, length in index.data(_MATCHES) or []:
            each = QTextLayout.FormatRange()
            each.start, each.length, each.format = start, length, bold
            ranges.append(each)
        layout.setFormats(ranges)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        return layout
