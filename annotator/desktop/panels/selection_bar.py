"""A small bar that appears where a selection was made with the mouse: the tags, to be clicked."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton
from typing_extensions import override

from annotator.desktop.article_view import ArticleView
from annotator.desktop.models.state import ProjectState
from annotator.desktop.widgets.icons import chip_icon
from annotator.desktop.widgets.letting_go import clear_out

_SHOWN = 5
"""Tags with a button of their own; the rest is in a menu."""
_GAP = 8


class SelectionBar(QFrame):
    """Floats over the article near the end of the selection; keys never show it."""

    tag_requested = Signal(str)
    same_again_requested = Signal()

    def __init__(self, state: ProjectState, view: ArticleView) -> None:
        super().__init__(view.viewport())
        self.setObjectName("selectionBar")
        self.setAccessibleName(self.tr("Tags for the selection"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._state = state
        self._view = view
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(4, 4, 4, 4)
        self._row.setSpacing(2)
        view.viewport().installEventFilter(self)
        view.selection_changed.connect(self._follow)
        view.verticalScrollBar().valueChanged.connect(self.hide)
        state.codebook_changed.connect(self._fill)
        self._fill()
        self.hide()

    def _fill(self) -> None:
        clear_out(self._row)
        tags = self._state.tags_in_use()
        for tag in tags[:_SHOWN]:
            key = f"  {tag.key}" if tag.key else ""
            button = self._button(f"selectionBar.{tag.id}", f"{tag.name}{key}", tag.description)
            button.setIcon(chip_icon(tag.colour))
            button.clicked.connect(partial(self._ask, tag.id))
        if tags[_SHOWN:]:
            more = self._button("selectionBar.more", self.tr("More"), self.tr("All other tags"))
            menu = QMenu(more)
            for tag in tags[_SHOWN:]:
                menu.addAction(chip_icon(tag.colour), tag.name, partial(self._ask, tag.id))
            more.setMenu(menu)
            more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        again = self._button("selectionBar.again", self.tr("Same again  ."), self.tr("The last tag and people"))
        again.clicked.connect(self._ask_again)

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tip)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._row.addWidget(button)
        return button

    def _ask(self, tag_id: str) -> None:
        self.hide()
        self.tag_requested.emit(tag_id)

    def _ask_again(self) -> None:
        self.hide()
        self.same_again_requested.emit()

    def _follow(self, selected: object) -> None:
        if selected is None:
            self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Appear when the mouse lets go of a selection, vanish when it is pressed again."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.hide()
        elif event.type() == QEvent.Type.MouseButtonRelease:
            QTimer.singleShot(0, self, self._appear)  # once the view has taken the event itself
        return super().eventFilter(watched, event)

    def _appear(self) -> None:
        """Appear below the line on which the selection ends."""
        selected = self._view.selected_span()
        if selected is None or self._state.project.read_only:
            return
        self.adjustSize()
        area = self._view.viewport().rect()
        foot = self._view.point_below(selected.end)
        x = max(_GAP, min(foot.x() - self.width() // 2, area.width() - self.width() - _GAP))
        y = max(_GAP, min(foot.y() + _GAP, area.height() - self.height() - _GAP))
        self.move(x, y)
        self.show()
        self.raise_()
