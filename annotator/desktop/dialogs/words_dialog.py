"""Shift+F1: what a word of the program means, with an example; the project's own tags as its codebook has them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.explanations import Explanation
from annotator.desktop.widgets.line_field import LineField
from annotator.desktop.widgets.reading_order import OrderedDialog
from annotator.domain.folding import fold

_LIST = 220
"""Pixels of the list's width."""
_ROW, _HEADING = 26, 34
"""Pixels of the height of a word, and of the name of a group."""


class WordsDialog(OrderedDialog):
    """A list of words and what the chosen one means; typing narrows the list, Up and Down choose."""

    def __init__(self, explanations: Sequence[Explanation], about: str = "", parent: QWidget | None = None) -> None:
        """``about``: the id of the word that is explained first."""
        super().__init__(parent)
        self.setObjectName("wordsDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What is this?"))
        self.resize(720, 520)
        self._explanations = {explanation.id: explanation for explanation in explanations}
        self._filter = LineField(self)
        self._filter.setObjectName("wordsFilter")
        self._filter.setAccessibleName(self.tr("Filter the words"))
        self._filter.setPlaceholderText(self.tr("Filter: a word, or what it means"))
        self._filter.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setObjectName("wordsList")
        self.list.setAccessibleName(self.tr("Words"))
        self.list.setFixedWidth(_LIST)
        self._word, self._group, self._text = self._label("heading"), self._label("muted"), self._label("")
        self._text.setObjectName("wordsText")
        self._build()
        self._filter.textChanged.connect(self._narrow)
        self._filter.stepped.connect(self._step)
        self._filter.escaped.connect(self.reject)
        self._filter.taken.connect(self.accept)
        self.list.currentItemChanged.connect(self._show)
        self._narrow("")
        self._choose(about)
        self._filter.setFocus()

    def shown(self) -> str:
        """Return what is explained at present, as plain text."""
        return self._text.text()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Give the names of the groups the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._narrow(self._filter.text())

    def _build(self) -> None:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(8)
        for label in (self._word, self._group, self._text):
            column.addWidget(label)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("wordsPage")
        area.setAccessibleName(self.tr("What it means"))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        middle = QHBoxLayout()
        middle.addWidget(self.list)
        middle.addWidget(area, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._filter)
        layout.addLayout(middle, 1)
        layout.addWidget(buttons)

    def _label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        label.setWordWrap(True)
        if not role:
            label.setForegroundRole(QPalette.ColorRole.WindowText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _narrow(self, typed: str) -> None:
        words, kept, group = fold(typed).split(), self._current(), ""
        self.list.clear()
        for explanation in self._explanations.values():
            folded = fold(" ".join((explanation.word, explanation.group, explanation.text, *explanation.examples)))
            if all(word in folded for word in words):
                if explanation.group != group:
                    group = explanation.group
                    self._add_heading(group)
                row = QListWidgetItem(explanation.word)
                row.setData(Qt.ItemDataRole.UserRole, explanation.id)
                row.setToolTip(explanation.word)
                row.setSizeHint(QSize(0, _ROW))
                self.list.addItem(row)
        self._choose(kept)

    def _add_heading(self, text: str) -> None:
        row = QListWidgetItem(text)
        row.setFlags(Qt.ItemFlag.NoItemFlags)
        font = self.list.font()
        font.setBold(True)
        row.setFont(font)
        row.setForeground(self.palette().brush(QPalette.ColorRole.PlaceholderText))
        row.setSizeHint(QSize(0, _HEADING))
        self.list.addItem(row)

    def _current(self) -> str:
        return str(self.list.currentIndex().data(Qt.ItemDataRole.UserRole) or "")

    def _choose(self, id_: str) -> None:
        """Choose a word; the first that is listed where that one is not."""
        rows = [self.list.item(row) for row in range(self.list.count())]
        usable = [row for row in rows if row.flags() != Qt.ItemFlag.NoItemFlags]
        wanted = [row for row in usable if row.data(Qt.ItemDataRole.UserRole) == id_] or usable[:1]
        if wanted:
            self.list.setCurrentItem(wanted[0])
        else:
            self._show()

    def _step(self, step: int) -> None:
        row = self.list.currentRow() + (1 if step > 0 else -1)
        while 0 <= row < self.list.count() and self.list.item(row).flags() == Qt.ItemFlag.NoItemFlags:
            row += 1 if step > 0 else -1
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)

    def _show(self) -> None:
        found = self._explanations.get(self._current())
        self._word.setText(found.word if found else "")
        self._group.setText(found.group if found else self.tr("Nothing fits."))
        self._text.setText("\n\n".join((found.text, *found.examples)) if found else "")
        self.list.setAccessibleDescription(self._text.text())
