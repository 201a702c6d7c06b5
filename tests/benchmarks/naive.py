"""The usual ways to show passages in a Qt text widget, for comparison: what they cost beside the article view."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit
from typing_extensions import override

from annotator.domain.marks import Mark

Formats = dict[str, QTextCharFormat]
"""How each tag looks."""


def formats(colours: dict[str, str]) -> Formats:
    """Return a tint and an underline for each tag: less than the article view paints."""
    made = {}
    for tag, colour in colours.items():
        tint = QColor(colour)
        tint.setAlphaF(0.11)
        made[tag] = QTextCharFormat()
        made[tag].setBackground(tint)
        made[tag].setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        made[tag].setUnderlineColor(QColor(colour))
    return made


class Way(Protocol):
    """One way to show passages. Offsets are UTF-16 units, which in the generated text are code points."""

    @property
    def widget(self) -> QTextEdit | QPlainTextEdit:
        """What is shown and repainted."""

    def open(self, text: str, marks: Sequence[Mark]) -> None:
        """Show a text and its passages."""

    def add(self, mark: Mark) -> None:
        """Show one passage more."""

    def hide(self, tags: frozenset[str]) -> None:
        """Show only the passages with other tags."""


class MergedFormats:
    """``QTextEdit`` with the passages' formats merged into the document, all in one edit block."""

    def __init__(self, font: QFont, looks: Formats) -> None:
        self._edit = QTextEdit()
        self._edit.setFont(font)
        self._edit.setUndoRedoEnabled(False)
        self._looks = looks
        self._marks: list[Mark] = []

    @property
    def widget(self) -> QTextEdit | QPlainTextEdit:
        return self._edit

    def open(self, text: str, marks: Sequence[Mark]) -> None:
        self._marks = list(marks)
        self._edit.setPlainText(text)
        self._merge(self._marks)

    def add(self, mark: Mark) -> None:
        self._marks.append(mark)
        self._merge([mark])

    def hide(self, tags: frozenset[str]) -> None:
        whole = QTextCursor(self._edit.document())
        whole.select(QTextCursor.SelectionType.Document)
        whole.setCharFormat(QTextCharFormat())
        self._merge(mark for mark in self._marks if mark.tag_id not in tags)

    def _merge(self, marks: Iterable[Mark]) -> None:
        cursor = QTextCursor(self._edit.document())
        cursor.beginEditBlock()
        for mark in marks:
            cursor.setPosition(mark.start)
            cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(self._looks[mark.tag_id])
        cursor.endEditBlock()


class ExtraSelections:
    """``QPlainTextEdit`` with an extra selection for every passage."""

    def __init__(self, font: QFont, looks: Formats) -> None:
        self._edit = QPlainTextEdit()
        self._edit.setFont(font)
        self._looks = looks
        self._marks: list[Mark] = []

    @property
    def widget(self) -> QTextEdit | QPlainTextEdit:
        return self._edit

    def open(self, text: str, marks: Sequence[Mark]) -> None:
        self._marks = list(marks)
        self._edit.setPlainText(text)
        self.hide(frozenset())

    def add(self, mark: Mark) -> None:
        self._edit.setExtraSelections([*self._edit.extraSelections(), self._selection(mark)])
        self._marks.append(mark)

    def hide(self, tags: frozenset[str]) -> None:
        self._edit.setExtraSelections([self._selection(mark) for mark in self._marks if mark.tag_id not in tags])

    def _selection(self, mark: Mark) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self._edit.document())
        cursor.setPosition(mark.start)
        cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        selection.format = self._looks[mark.tag_id]
        return selection


class Highlighter:
    """``QPlainTextEdit`` with a syntax highlighter that asks for the passages of each paragraph."""

    def __init__(self, font: QFont, looks: Formats) -> None:
        self._edit = QPlainTextEdit()
        self._edit.setFont(font)
        self._painter = _PassageHighlighter(self._edit.document(), looks)

    @property
    def widget(self) -> QTextEdit | QPlainTextEdit:
        return self._edit

    def open(self, text: str, marks: Sequence[Mark]) -> None:
        self._painter.take(marks)
        self._edit.setPlainText(text)
        self._painter.rehighlight()

    def add(self, mark: Mark) -> None:
        self._painter.take([*self._painter.marks, mark])
        document = self._edit.document()
        block, last = document.findBlock(mark.start), document.findBlock(mark.end)
        while block.isValid() and block.blockNumber() <= last.blockNumber():
            self._painter.rehighlightBlock(block)
            block = block.next()

    def hide(self, tags: frozenset[str]) -> None:
        self._painter.hidden = tags
        self._painter.rehighlight()


class _PassageHighlighter(QSyntaxHighlighter):
    """Sets the formats of the passages that begin in or run into a block."""

    def __init__(self, document: QTextDocument, looks: Formats) -> None:
        super().__init__(document)
        self._looks = looks
        self._starts: list[int] = []
        self._longest = 0
        self.marks: list[Mark] = []
        self.hidden: frozenset[str] = frozenset()

    def take(self, marks: Sequence[Mark]) -> None:
        """Show these passages from the next highlighting on."""
        self.marks = sorted(marks, key=lambda mark: mark.start)
        self._starts = [mark.start for mark in self.marks]
        self._longest = max((mark.end - mark.start for mark in marks), default=0)

    @override
    def highlightBlock(self, text: str) -> None:
        first = self.currentBlock().position()
        last = first + len(text)
        at = bisect_left(self._starts, first - self._longest)
        for mark in self.marks[at : bisect_left(self._starts, last)]:
            if mark.end > first and mark.tag_id not in self.hidden:
                start = max(0, mark.start - first)
                self.setFormat(start, min(last, mark.end) - first - start, self._looks[mark.tag_id])


WAYS: dict[str, Callable[[QFont, Formats], Way]] = {
    "QTextEdit, formats merged": MergedFormats,
    "QPlainTextEdit, extra selections": ExtraSelections,
    "QPlainTextEdit, syntax highlighter": Highlighter,
}
