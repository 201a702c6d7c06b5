"""A box to choose one of many by typing a part of its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget


class ChoiceBox(QComboBox):
    """Offers ``(key, name)`` pairs under a first row that stands for "any"; typing finds names that contain it.

    ``key_changed`` carries the chosen key, None for "any"; what was typed and fits nothing is put back.
    """

    key_changed = Signal(object)

    def __init__(self, any_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._any = any_text
        self._announced: str | None = None
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        self.addItem(any_text, None)
        self.currentIndexChanged.connect(self._announce)
        field = self.lineEdit()
        if field is not None:
            field.editingFinished.connect(self._put_back)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices; the chosen one stays when it is among them."""
        if choices == [(self.itemData(row), self.itemText(row)) for row in range(1, self.count())]:
            return
        chosen = self.key()
        self.blockSignals(True)
        self.clear()
        self.addItem(self._any, None)
        for key, name in choices:
            self.addItem(name, key)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self.blockSignals(False)
        self._announce()

    def key(self) -> str | None:
        """Return the chosen key, None for "any"."""
        key = self.currentData()
        return key if isinstance(key, str) else None

    def set_key(self, key: str | None) -> None:
        """Choose ``key``; one that is not offered means "any"."""
        self.setCurrentIndex(0 if key is None else max(0, self.findData(key)))
        field = self.lineEdit()
        if field is not None:
            field.setCursorPosition(0)  # a long name is read from its beginning

    def _announce(self) -> None:
        if self.key() != self._announced:
            self._announced = self.key()
            self.key_changed.emit(self._announced)

    def _put_back(self) -> None:
        typed = self.currentText()
        row = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        if row >= 0:
            self.setCurrentIndex(row)
        elif not typed.strip():
            self.setCurrentIndex(0)
        self.setEditText(self.itemText(self.currentIndex()))
