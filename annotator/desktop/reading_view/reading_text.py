"""The text of an article in a stock text widget, with a caret that counts code points."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget
from typing_extensions import override

from annotator.domain.annotations import Span
from annotator.domain.offsets import Utf16Map

_MARGIN = 24
_CARET = 2


class ReadingText(QPlainTextEdit):
    """Shows a text to be read, with a caret for the keyboard; its letters belong to the window.

    Nothing is read back from it but positions. Offsets are code points; a canonical text keeps its count in it: only
    line feeds end its lines, and what Qt would drop or join is not in it (:mod:`annotator.domain.text`).
    """

    moved = Signal(int, int)
    """The person moved the caret: where it is, and where the selection begins (the same when nothing is selected)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readingText")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(selectable)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setCursorWidth(_CARET)
        self.document().setDocumentMargin(_MARGIN)
        self._characters: int | None = None
        self._map = Utf16Map("")
        self._told = True
        self.cursorPositionChanged.connect(self._tell)
        self.selectionChanged.connect(self._tell)

    def show_text(self, text: str) -> None:
        """Show another text, the caret at its beginning; nothing is told."""
        self._told = False
        self._map = Utf16Map(text)
        self.setPlainText(text)
        self._told = True

    def set_family(self, family: str, points: float) -> None:
        """Show the text in this typeface and size."""
        font = QFont(family)
        font.setPointSizeF(points)
        self.setFont(font)
        self.document().setDefaultFont(font)
        self._keep_measure()

    def set_measure(self, characters: int | None) -> None:
        """Let no line get wider than so many characters; None for as wide as there is room."""
        self._characters = characters
        self._keep_measure()

    def caret(self) -> int:
        """Return where the caret is."""
        return self._map.to_code_point(self.textCursor().position())

    def put_caret(self, caret: int, anchor: int) -> None:
        """Select from ``anchor`` to ``caret`` without telling, and show the caret."""
        to, start = self._map.to_utf16(caret), self._map.to_utf16(anchor)
        cursor = self.textCursor()
        if (cursor.position(), cursor.anchor()) == (to, start):
            return
        self._told = False
        self.setTextCursor(self._cursor(anchor, caret))
        self._told = True

    def show_strong(self, spans: list[tuple[Span, QTextEdit.ExtraSelection]]) -> None:
        """Show these spans stronger, each in the format of its selection, and no others."""
        shown = []
        for span, selection in spans:
            selection.cursor = self._cursor(span.start, span.end)
            shown.append(selection)
        self.setExtraSelections(shown)

    def show_place(self, start: int, end: int) -> None:
        """Scroll a place into view; the caret stays."""
        kept = self.textCursor()
        self._told = False
        for offset in (end, start):
            self.setTextCursor(self._cursor(offset, offset))
        scrolled = self.verticalScrollBar().value()
        self.setTextCursor(kept)
        self.verticalScrollBar().setValue(scrolled)
        self._told = True

    def _cursor(self, anchor: int, position: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._map.to_utf16(anchor))
        cursor.setPosition(self._map.to_utf16(position), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _keep_measure(self) -> None:
        room = self.width() - 2 * self.frameWidth() - self.verticalScrollBar().sizeHint().width()
        measure = room if self._characters is None else self._characters * self.fontMetrics().averageCharWidth()
        beside = max(0, (room - measure) // 2 - _MARGIN)
        if self.viewportMargins().left() != beside:
            self.setViewportMargins(beside, 0, beside, 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._keep_measure()  # first: it lays the text out in what it leaves
        super().resizeEvent(event)

    def _tell(self) -> None:
        if self._told:
            cursor = self.textCursor()
            self.moved.emit(self._map.to_code_point(cursor.position()), self._map.to_code_point(cursor.anchor()))

    @override
    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
        ):  # a text widget would claim letters although it cannot use them
            event.ignore()
            return False
        return super().event(event)
