"""The table of a session's overview: a row for each article, a column for each author, and how far the article is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon
from typing_extensions import override

from annotator.desktop.review.session_words import article_state_text, passages_text, work_state_text
from annotator.domain.reviews import MemberRole, SessionState
from annotator.domain.session_states import ArticleState, WorkState

if TYPE_CHECKING:
    from annotator.services.session_overview import ArticleOverview, AuthorWork, SessionOverview

Index = QModelIndex | QPersistentModelIndex
_SYMBOLS = {
    WorkState.WORKING: ("pencil", "muted"),
    WorkState.SUBMITTED: ("check", "success"),
    WorkState.RETURNED: ("undo", "warning"),
    None: ("eye-off", "muted"),
}
_STATE_SYMBOLS = {
    ArticleState.WAITING: ("clock", "muted"),
    ArticleState.READY: ("circle-dot", "accent"),
    ArticleState.IN_REVIEW: ("review", "accent"),
    ArticleState.DECIDED: ("check", "success"),
    ArticleState.FINAL: ("check-circle", "success"),
}
Symbol = Callable[[str, str], QIcon]
"""Makes an icon from its name and the name of a colour."""


class OverviewModel(QAbstractTableModel):
    """Columns: the article, each author's work, the article's state, what is decided of it."""

    def __init__(self, symbol: Symbol, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._symbol = symbol
        self._overview: SessionOverview | None = None
        self._authors: list[str] = []

    def show(self, overview: SessionOverview) -> None:
        """Show a session; while its articles and authors stay, so does the place in the view."""
        authors = [work.analyst_id for work in overview.articles[0].authors] if overview.articles else []
        before, self_authors = self._overview, self._authors
        same = (
            before is not None
            and authors == self_authors
            and [row.text_id for row in before.articles] == [row.text_id for row in overview.articles]
        )
        if same:
            self._overview = overview
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._overview, self._authors = overview, authors
        self.endResetModel()

    def article(self, index: Index) -> ArticleOverview | None:
        """Return the article of a row."""
        if self._overview is None or not index.isValid():
            return None
        return self._overview.articles[index.row()]

    def work(self, index: Index) -> AuthorWork | None:
        """Return the author's work that a cell shows, None for the other cells."""
        row = self.article(index)
        column = index.column() - 1
        return row.authors[column] if row is not None and 0 <= column < len(self._authors) else None

    @property
    def authors(self) -> int:
        """How many columns are authors'."""
        return len(self._authors)

    @property
    def _draft(self) -> bool:
        """Whether the session is being prepared: nobody has anything to do yet."""
        return self._overview is not None and self._overview.session.state is SessionState.DRAFT

    @property
    def _names_hidden(self) -> bool:
        """Whether who is looking decides without names: how many passages somebody has would give the name away."""
        overview = self._overview
        return overview is not None and overview.session.hide_names and overview.mine == {MemberRole.REVIEWER}

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() or self._overview is None else len(self._overview.articles)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._authors) + 3

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or self._overview is None:
            return None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if 1 <= section <= len(self._authors):
            names = {member.analyst_id: member.name for member in self._overview.members}
            return names[self._authors[section - 1]]
        return {0: self.tr("Article"), len(self._authors) + 1: self.tr("State")}.get(section, self.tr("Decided"))

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.article(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._whole(row, index)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(row, index)
        return None

    def _text(self, row: ArticleOverview, index: Index) -> str:
        work = self.work(index)
        if work is not None:
            return self._work_text(work)
        if index.column() == 0:
            return row.article.title or self.tr("Untitled article")
        if index.column() == len(self._authors) + 1:
            return self._state_text(row)
        return self._decided(row)

    def _work_text(self, work: AuthorWork) -> str:
        if self._draft:
            return "–"
        state = self.tr("hidden") if work.state is None else work_state_text(work.state)
        return state if work.count is None or self._names_hidden else f"{state} · {work.count}"

    def _state_text(self, row: ArticleOverview) -> str:
        if self._draft:
            return self.tr("not begun")
        if row.state is ArticleState.WAITING and row.submitted is not None:
            return self.tr("waiting ({0} of {1})").format(row.submitted, row.required)
        return article_state_text(row.state)

    def _decided(self, row: ArticleOverview) -> str:
        """Return how much of an article is decided."""
        if row.clusters is None or not row.submitted:
            return "–"
        if row.clusters == 0:
            return self.tr("nothing marked")
        parked = self.tr(", {0} parked").format(row.parked) if row.parked else ""
        return self.tr("{0} of {1}").format(row.decided, row.clusters) + parked

    def _whole(self, row: ArticleOverview, index: Index) -> str:
        work = self.work(index)
        if work is None:
            source = " · ".join(part for part in (row.article.outlet, row.article.published_at) if part)
            return "\n".join(filter(None, (self._text(row, index), source if index.column() == 0 else "")))
        if self._draft:
            return self._state_text(row)
        count = "" if work.count is None or self._names_hidden else passages_text(work.count)
        return "\n".join(
            filter(None, (work_state_text(work.state), count, work.reason, work.at[:16].replace("T", " ")))
        )

    def _icon(self, row: ArticleOverview, index: Index) -> QIcon | None:
        work = self.work(index)
        if self._draft:
            return None
        if work is not None:
            return self._symbol(*_SYMBOLS[work.state])
        if index.column() == len(self._authors) + 1:
            return self._symbol(*_STATE_SYMBOLS[row.state])
        return None
