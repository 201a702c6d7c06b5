"""The list of own passages that have no certain place in a corrected text, shown beside the article."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.desktop.article_view import ArticleView
from annotator.desktop.models.state import ProjectState
from annotator.desktop.widgets.reading_order import OrderedDialog
from annotator.domain.annotations import CONTEXT
from annotator.domain.changes import ChangeSet
from annotator.services.corrections import ToPlace

_QUOTE = 120


class PlaceDialog(OrderedDialog):
    """Selects the likely place of each waiting passage in the article; show it with ``show()``, it stays beside it.

    The selection can be changed in the article before the passage is placed at it.
    """

    def __init__(self, state: ProjectState, view: ArticleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("placeDialog")
        self.setWindowTitle(self.tr("Passages to place"))
        self.setModal(False)
        self.resize(440, 420)
        self._state, self._view = state, view
        self._article_id = state.article.id if state.article is not None else ""
        self._waiting: list[ToPlace] = []
        self._heading = QLabel(self)
        self._heading.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setObjectName("placeList")
        self.list.setAccessibleName(self.tr("Passages that wait for their place"))
        self.list.setWordWrap(True)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("role", "muted")
        self._build_buttons()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._heading)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._words)
        for button in (self.place, self.remove, self.keep):
            layout.addWidget(button)
        layout.addWidget(self._close)
        self.list.currentRowChanged.connect(self._choose)
        view.selection_changed.connect(self._check)
        state.article_opened.connect(self._follow)
        state.article_closed.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self.refresh()

    def _build_buttons(self) -> None:
        self.place = self._button("placeHere", self.tr("&Place at the selection"), self._place)
        self.place.setDefault(True)
        self.remove = self._button("placeDelete", self.tr("&Delete this passage"), self._delete)
        self.keep = self._button("placeKeep", "", self._keep)
        self._close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, Qt.Orientation.Horizontal, self)
        self._close.rejected.connect(self.reject)

    def _button(self, name: str, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def refresh(self) -> None:
        """Read what still waits."""
        layer = self._state.analyst.id if self._state.analyst is not None else "mine"
        articles, article_id = self._state.project.articles, self._article_id
        self._state.jobs.read(
            lambda: articles.on_older_texts(article_id, layer=layer), done=self._show, key="placeDialog"
        )

    def _show(self, older: Sequence[ToPlace]) -> None:
        self._waiting = [old for old in older if not old.placement.certain]
        certain = len(older) - len(self._waiting)
        self.keep.setText(self.tr("&Keep {0} where their words stand now").format(certain))
        self.keep.setVisible(certain > 0)
        self.list.clear()
        for old in self._waiting:
            self.list.addItem(QListWidgetItem(self._said(old)))
        if self._waiting:
            self._heading.setText(
                self.tr("The words of these passages do not stand in the corrected text as they were marked.")
            )
            self.list.setCurrentRow(0)
        else:
            self._heading.setText(self.tr("No passage waits for its place."))
            self._words.clear()
        self._check()

    def _said(self, old: ToPlace) -> str:
        quote = old.annotation.quote
        short = quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + "…"
        likely = self.tr("{0} % the same").format(round(old.placement.score * 100))
        return f"{short}\n{likely if old.placement.span is not None else self.tr('no likely place')}"

    def _choose(self, row: int) -> None:
        if not 0 <= row < len(self._waiting):
            return
        old = self._waiting[row]
        before, after = old.annotation.prefix, old.annotation.suffix
        begun, goes_on = ("…" if len(context) == CONTEXT else "" for context in (before, after))
        self._words.setText(f"{begun}{before}{old.annotation.quote}{after}{goes_on}")
        if old.placement.span is not None:
            self._view.select_span(old.placement.span.start, old.placement.span.end)
        else:
            self._view.clear_selection()
        self._check()

    def _check(self, _selection: object = None) -> None:
        chosen = 0 <= self.list.currentRow() < len(self._waiting) and not self._state.project.read_only
        self.place.setEnabled(chosen and self._view.selected_span() is not None)
        self.remove.setEnabled(chosen)

    def _place(self) -> None:
        span, annotation = self._view.selected_span(), self._waiting[self.list.currentRow()].annotation
        if span is None:
            return
        articles = self._state.project.articles
        self._write(lambda: articles.place(annotation.id, span.start, span.end, expected=annotation.version))

    def _delete(self) -> None:
        annotation, annotations = self._waiting[self.list.currentRow()].annotation, self._state.project.annotations
        self._write(lambda: annotations.delete(annotation.id, expected=annotation.version))

    def _keep(self) -> None:
        articles, article_id = self._state.project.articles, self._article_id
        self._write(lambda: articles.adopt_places(article_id))

    def _write(self, work: Callable[[], ChangeSet]) -> None:
        self._state.jobs.write(work, done=lambda _change: self.refresh())

    def _follow(self, article_id: str) -> None:
        if article_id == self._article_id:
            self.refresh()
        else:
            self.reject()
