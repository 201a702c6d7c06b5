"""A row of all passages that lie at one place, so that none is reachable only by luck of paint order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from annotator.desktop.annotating.binding import label_text
from annotator.desktop.annotating.targets import quoted
from annotator.desktop.article_view import ArticleView
from annotator.desktop.models.state import ProjectState
from annotator.desktop.widgets.flow_layout import FlowLayout
from annotator.desktop.widgets.icons import chip_icon

_PASSAGE = "passage"
"""The property of a button that holds its passage's id."""
_POINTED_AT = (QEvent.Type.Enter, QEvent.Type.FocusIn)
_LEFT = (QEvent.Type.Leave, QEvent.Type.FocusOut)
_MOST = 12
_BEGINNING = 16
"""Code points of a quote that tell passages of one label apart."""


class PassagesHere(QFrame):
    """Shown while two or more passages lie where the current one was chosen; each is a button."""

    def __init__(self, state: ProjectState, view: ArticleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("passagesHere")
        self.setProperty("role", "strip")
        self.setAccessibleName(self.tr("Passages here"))
        self._state = state
        self._view = view
        self._ids: tuple[str, ...] = ()
        self._shown: list[tuple[str, str, bool]] = []
        self._quiet = False
        self._count = QLabel(self)
        self._flow = FlowLayout(gap=4)
        holder = QWidget(self)
        holder.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.setSpacing(8)
        layout.addWidget(self._count)
        layout.addWidget(holder, 1)
        view.marks_clicked.connect(self._show_clicked)
        view.caret_moved.connect(lambda _offset: self.put_away())
        state.current_changed.connect(self._show_current)
        state.marks_touched.connect(self._show_again)
        state.labels_changed.connect(self._show_again)
        self.hide()

    def set_quiet(self, quiet: bool) -> None:
        """Stay hidden for now, to leave room for a line that is open."""
        self._quiet = quiet
        self._show_again()

    def put_away(self) -> None:
        """List no more what a click on "+n" has listed, unless one of it has been chosen."""
        if self._state.current not in self._ids:
            self._show(())

    def _show_clicked(self, ids: Sequence[str], _where: object) -> None:
        self._show(tuple(ids))

    def _show_current(self, annotation_id: str | None) -> None:
        mark = self._state.marks.get(annotation_id or "")
        if mark is None:
            self._show(())
        elif mark.id in self._ids:
            self._show(self._ids)
        else:
            self._show(tuple(self._view.annotations_at(mark.start)))

    def _show_again(self) -> None:
        self._show(self._ids)

    def _show(self, ids: tuple[str, ...]) -> None:
        self._ids = tuple(id_ for id_ in ids if id_ in self._state.marks)
        several = len(self._ids) > 1 and not self._quiet
        if several:
            self._fill()
        self.setVisible(several)

    def _fill(self) -> None:
        ids = self._some()
        texts = [f"{label_text(self._state, id_)} {quoted(_beginning(self._state.quote(id_)))}" for id_ in ids]
        shown = [(id_, text, id_ == self._state.current) for id_, text in zip(ids, texts, strict=True)]
        if shown == self._shown:
            return
        self._shown = shown
        before = QApplication.focusWidget()
        focused = before is not None and self.isAncestorOf(before)
        self._flow.clear()
        self._count.setText(self.tr("{0} passages here").format(len(self._ids)))
        for annotation_id, text, _ in shown:
            button = self._button(annotation_id, text)
            self._flow.addWidget(button)
            if focused and button.isChecked():
                button.show()
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _some(self) -> tuple[str, ...]:
        """Return as many of the passages as have room, the current one among them; O walks through all."""
        if len(self._ids) <= _MOST or self._state.current not in self._ids:
            return self._ids[:_MOST]
        first = max(0, min(self._ids.index(self._state.current) - _MOST // 2, len(self._ids) - _MOST))
        return self._ids[first : first + _MOST]

    def _button(self, annotation_id: str, text: str) -> QToolButton:
        button = QToolButton()
        tag = self._state.tag(self._state.marks[annotation_id].tag_id)
        button.setObjectName(f"here.{annotation_id}")
        button.setText(text)
        button.setIcon(chip_icon(tag.colour if tag else ""))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip(self._state.quote(annotation_id))
        button.setProperty("role", "choice")
        button.setCheckable(True)
        button.setChecked(annotation_id == self._state.current)
        button.clicked.connect(partial(self._choose, annotation_id))
        button.setProperty(_PASSAGE, annotation_id)
        button.installEventFilter(self)
        return button

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the passage of the button that is pointed at, or has the focus, stronger in the text."""
        if event.type() in _POINTED_AT:
            self._view.hover(watched.property(_PASSAGE))
        elif event.type() in _LEFT:
            self._view.hover(None)
        return super().eventFilter(watched, event)

    def _choose(self, annotation_id: str) -> None:
        self._state.set_current(annotation_id)
        self._show(self._ids)


def _beginning(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _BEGINNING else words[:_BEGINNING].rstrip() + "…"
