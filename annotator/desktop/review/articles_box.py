"""The articles of a review session: all of the project, to be ticked, with a filter over them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.domain.articles import Article
from annotator.domain.folding import fold

_ROOM = 10
"""Pixels over and under the words of a row together, so that it is hit easily."""


class _QuietChecks(QListWidget):
    """A list to tick without type-ahead: a filter does that job."""

    @override
    def keyboardSearch(self, search: str) -> None:
        """Ignore letters."""


class ArticlesBox(QWidget):
    """A list of articles to tick; "All" ticks those that the filter shows. ``changed`` tells of each."""

    changed = Signal()

    def __init__(self, articles: Sequence[Article], chosen: Collection[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settling = False
        self.filter = QLineEdit(self)
        self.filter.setObjectName("sessionArticleFilter")
        self.filter.setPlaceholderText(self.tr("Filter articles"))
        self.filter.setAccessibleName(self.tr("Filter articles by title, outlet or date"))
        self.filter.setClearButtonEnabled(True)
        self.all = QCheckBox(self.tr("All"), self)
        self.all.setObjectName("sessionArticlesAll")
        self.all.setAccessibleName(self.tr("All articles that are listed"))
        self.list = _QuietChecks(self)
        self.list.setObjectName("sessionArticles")
        self.list.setAccessibleName(self.tr("Articles of the session; Space ticks"))
        self._counted = QLabel(self)
        self._counted.setObjectName("sessionArticlesCounted")
        self._counted.setProperty("role", "muted")
        for article in articles:
            self._add(article, ticked=article.id in chosen)
        self._lay_out()
        self.filter.textChanged.connect(self._filter)
        self.all.clicked.connect(self._tick_all)
        self.list.itemChanged.connect(self._ticked)
        self.list.itemActivated.connect(_turn)
        self._show_state()

    def chosen(self) -> tuple[str, ...]:
        """Return the ids of the ticked articles, in the order of the list."""
        return tuple(str(row.data(Qt.ItemDataRole.UserRole)) for row in self._all_rows() if _ticks(row))

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.filter, 1)
        above.addWidget(self.all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(above)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._counted)
        self.list.setMinimumHeight(5 * (self.fontMetrics().height() + 6))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _add(self, article: Article, *, ticked: bool) -> None:
        title = article.title or self.tr("Untitled article")
        source = " · ".join(part for part in (article.outlet, article.published_at) if part)
        row = QListWidgetItem(f"{title}  ({source})" if source else title)
        row.setToolTip(row.text())
        row.setSizeHint(QSize(0, self.fontMetrics().height() + _ROOM))
        row.setData(Qt.ItemDataRole.UserRole, article.id)
        row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        row.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.list.addItem(row)

    def _all_rows(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _filter(self) -> None:
        words = fold(self.filter.text()).split()
        for row in self._all_rows():
            row.setHidden(not all(word in fold(row.text()) for word in words))
        self._show_state()

    def _tick_all(self, on: bool) -> None:
        self._settling = True
        for row in self._all_rows():
            if not row.isHidden():
                row.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._settling = False
        self._ticked()

    def _ticked(self) -> None:
        if not self._settling:
            self._show_state()
            self.changed.emit()

    def _show_state(self) -> None:
        rows = self._all_rows()
        shown = [row for row in rows if not row.isHidden()]
        self.all.setChecked(bool(shown) and all(map(_ticks, shown)))
        self._counted.setText(self.tr("{0} of {1} chosen").format(sum(map(_ticks, rows)), len(rows)))


def _ticks(row: QListWidgetItem) -> bool:
    return row.checkState() is Qt.CheckState.Checked


def _turn(row: QListWidgetItem) -> None:
    """Tick or untick a row: Enter does what Space does."""
    row.setCheckState(Qt.CheckState.Unchecked if _ticks(row) else Qt.CheckState.Checked)
