"""The list of articles: what is there, what has been worked on, and a field to narrow it down."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QMenu, QStackedLayout, QVBoxLayout, QWidget

from annotator.desktop.actions import ActionId, Actions
from annotator.desktop.models.rows import RowsModel
from annotator.desktop.models.state import ProjectState
from annotator.desktop.models.two_line import RowRole, TwoLineDelegate
from annotator.desktop.widgets.line_edit import LineEdit
from annotator.desktop.widgets.quiet_list import QuietListView
from annotator.desktop.words import passages_text
from annotator.domain.folding import fold
from annotator.services.articles import ArticleSummary


class ArticleList(QWidget):
    """Shows the articles by date, newest first, undated ones last; Enter or a click opens one.

    Signals: ``details_requested`` and ``delete_requested`` carry an article's id.
    """

    details_requested = Signal(str)
    delete_requested = Signal(str)

    def __init__(self, state: ProjectState, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._actions = actions
        self._filter = LineEdit(self)
        self._filter.setObjectName("articleFilter")
        self._filter.setPlaceholderText(self.tr("Filter articles"))
        self._filter.setAccessibleName(self.tr("Filter articles"))
        self._filter.setClearButtonEnabled(True)
        self._model: RowsModel[ArticleSummary] = RowsModel(
            lambda row: row.article.id,
            {
                Qt.ItemDataRole.DisplayRole: self._title,
                Qt.ItemDataRole.ToolTipRole: self._tool_tip,
                Qt.ItemDataRole.AccessibleTextRole: self._spoken,
                RowRole.DETAIL: _detail,
                RowRole.FIGURE: lambda row: str(row.total) if row.total else "",
                RowRole.CHIP: self._chip,
                RowRole.FADED: lambda row: not row.article.title,
            },
            self,
        )
        self._view = QuietListView(self)
        self._view.setObjectName("articleList")
        self._view.setAccessibleName(self.tr("Articles"))
        self._view.setModel(self._model)
        self._view.setItemDelegate(TwoLineDelegate(self._view))
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty = QLabel(self)
        self._empty.setObjectName("articleListEmpty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(16)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._view)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._filter)
        layout.addLayout(self._pages, 1)
        self.setFocusProxy(self._view)
        self._connect()
        self._refresh()

    def _connect(self) -> None:
        self._filter.textChanged.connect(self._refresh)
        self._filter.returnPressed.connect(self._open_first)
        self._view.activated.connect(self._open)
        self._view.clicked.connect(self._open)
        self._view.customContextMenuRequested.connect(self._show_menu)
        self._actions.keys_changed.connect(self._refresh)
        self._state.articles_changed.connect(self._refresh)
        self._state.article_opened.connect(self._mark_open)

    def focus_filter(self) -> None:
        """Put the caret into the filter field."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def step(self, by: int) -> None:
        """Open the article ``by`` rows further down (negative: up) than the open one."""
        here = self._view.currentIndex()
        row = here.row() + by if here.isValid() else 0
        if 0 <= row < self._model.rowCount():
            self._view.setCurrentIndex(self._model.index(row))
            self._open(self._model.index(row))

    def _refresh(self) -> None:
        wanted = fold(self._filter.text())
        rows = [row for row in self._state.articles.values() if all(word in _folded(row) for word in wanted.split())]
        rows.sort(key=lambda row: row.article.id)
        rows.sort(key=lambda row: row.article.published_at, reverse=True)
        self._model.set_rows(rows)
        if self._state.article is not None:
            self._mark_open(self._state.article.id)
        if self._state.articles:
            self._empty.setText(self.tr("No article has all these words."))
        else:
            text = self.tr("No articles yet.\n\nPress {0} to paste one, or drop a text or HTML file on the window.")
            self._empty.setText(text.format(self._actions.key_text(ActionId.EDIT_PASTE_ARTICLE)))
        self._pages.setCurrentWidget(self._view if rows else self._empty)

    def _mark_open(self, article_id: str) -> None:
        self._view.setCurrentIndex(self._model.index_of(article_id))

    def _open(self, index: QModelIndex) -> None:
        row = self._model.row_at(index)
        if row is not None and (self._state.article is None or row.article.id != self._state.article.id):
            self._state.open_article(row.article.id)

    def _open_first(self) -> None:
        if self._model.rowCount():
            self._view.setCurrentIndex(self._model.index(0))
            self._open(self._model.index(0))

    def _show_menu(self, where: QPoint) -> None:
        row = self._model.row_at(self._view.indexAt(where))
        if row is None:
            return
        menu = QMenu(self)
        article_id = row.article.id
        menu.addAction(self.tr("Details and blocks…"), lambda: self.details_requested.emit(article_id))
        menu.addAction(self.tr("Delete article"), lambda: self.delete_requested.emit(article_id))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._view.viewport().mapToGlobal(where))

    def _title(self, row: ArticleSummary) -> str:
        return row.article.title or self.tr("Untitled article")

    def _tool_tip(self, row: ArticleSummary) -> str:
        return f"{self._title(row)}\n{_detail(row)}".strip()

    def _spoken(self, row: ArticleSummary) -> str:
        return ", ".join(part for part in (self._title(row), _detail(row), passages_text(row.total)) if part)

    def _chip(self, row: ArticleSummary) -> str:
        return self.palette().color(QPalette.ColorRole.Accent).name() if row.total else ""


def _detail(row: ArticleSummary) -> str:
    return " · ".join(part for part in (row.article.outlet, row.article.published_at) if part)


def _folded(row: ArticleSummary) -> str:
    return fold(f"{row.article.title} {row.article.outlet} {row.article.byline} {row.article.published_at}")
