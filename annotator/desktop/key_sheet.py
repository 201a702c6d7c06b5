"""F1: all keys, from the table of actions, the codebook, and the lines that hear keys of their own."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.desktop.actions import ACTIONS, ActionId, Actions, Menu, plain
from annotator.desktop.widgets.reading_order import OrderedDialog
from annotator.domain.folding import fold


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One line of the sheet: the keys, and what they do."""

    keys: tuple[str, ...]
    does: str


LINES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "In the text",
        (
            ("Shift+Left, Shift+Right", "Select by characters; with Ctrl by words"),
            ("Double click, triple click", "Select a word, a sentence"),
            ("Shift and a tag's key", "A second passage on the same words with the same people"),
            ("Click the same place again", "The other passages there, in turn"),
        ),
    ),
    (
        "While moving the ends ({0})",
        (
            ("Left, Right", "Move the end by words; with Ctrl by characters"),
            ("Shift+Left, Shift+Right", "Move the start by words; with Ctrl by characters"),
            ("Enter", "Keep the new ends"),
            ("Esc", "Leave the ends as they were"),
        ),
    ),
    (
        "In the people line",
        (
            ("Enter", "Take the proposal or the chosen name; on an empty line: end"),
            ("Up, Down", "Choose another name"),
            ("Ctrl+Enter", "Make a new person of what is typed"),
            ("t: a: r: b:", "Target, about, reported by, on behalf of"),
            ("- Enter", "The reporter's own voice"),
            ("Esc", "End and go back to the text"),
        ),
    ),
    (
        "In the relation line",
        (
            ("Letters shown in the text", "Choose the passage that bears them"),
            ("Any other words", "Filter the passages by quote, speaker and tag"),
            ("Ctrl+Enter", "Make a point of what is typed, and link to it"),
            ("Esc", "End and go back to the text"),
        ),
    ),
    (
        "On the review screen",
        (
            ("Down Up", "Choose the row of the card that the keys mean; above the first they mean all of it"),
            ("0", "In the row of people or of answers: take what all have together"),
            ("Page down, Page up", "Scroll the card"),
        ),
    ),
    (
        "In a meeting",
        (
            ("1–9", "Vote for a version, as the voter whose turn it is"),
            ("0", "Vote for “nothing here”"),
            ("E", "Vote for an edit"),
            ("Left Right", "Give the turn to another voter"),
            ("Space", "Show names and votes, or hide them"),
            ("Enter", "Decide by the count"),
            ("V", "Vote anew"),
        ),
    ),
)
"""Keys that are heard by a widget itself and so are no actions."""
_OF_THE_TEXT = 5
"""So many sections are of passages: the menu of that name and the first of the lines above."""


def rows(actions: Actions) -> list[tuple[str, list[KeyRow]]]:
    """Return the sections of the sheet, what an analyst needs first at the top: a title and its lines."""
    of_menus: dict[Menu, tuple[str, list[KeyRow]]] = {}
    tags = [KeyRow((action.shortcut().toString(),), _tag_as(action)) for action in actions.tag_actions()]
    for menu in Menu:
        lines = [
            KeyRow(tuple(_native(keys) for keys in actions.keys_of(spec)), plain(actions.action(spec.id).text()))
            for spec in ACTIONS
            if spec.menu is menu and actions.keys_of(spec)
        ]
        if menu is Menu.PASSAGE:
            lines = [row for row in tags if row.keys != ("",)] + lines
        of_menus[menu] = (plain(_tr(menu.value)), lines)
    result = [of_menus.pop(Menu.PASSAGE)]
    for title, lines_of in LINES:
        title_text = _tr(title).format(actions.key_text(ActionId.ANNOTATION_MOVE_ENDS))
        result.append((title_text, [KeyRow((_tr(keys),), _tr(does)) for keys, does in lines_of]))
    return [*result[:_OF_THE_TEXT], *of_menus.values(), *result[_OF_THE_TEXT:]]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


def _tag_as(action: QAction) -> str:
    return _tr("Tag as {0}").format(plain(action.text()))


def _native(keys: str) -> str:
    sequence = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
    return sequence.toString(QKeySequence.SequenceFormat.NativeText)


class KeySheet(OrderedDialog):
    """All keys on one page, with a field that narrows them down."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keySheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("All keys"))
        self.resize(720, 640)
        self._lines: list[tuple[str, list[QWidget]]] = []
        self._titles: list[tuple[QWidget, list[int]]] = []
        self._filter = QLineEdit(self)
        self._filter.setObjectName("keySheetFilter")
        self._filter.setAccessibleName(self.tr("Filter the keys"))
        self._filter.setPlaceholderText(self.tr("Filter: a key, or what it does"))
        self._filter.setClearButtonEnabled(True)
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(8, 8, 8, 8)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        for title, section in rows(actions):
            self._add_section(title, section)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        area = QScrollArea(self)
        area.setObjectName("keySheetPage")
        area.setAccessibleName(self.windowTitle())
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(page)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self._filter)
        layout.addWidget(area, 1)
        layout.addWidget(buttons)
        buttons.rejected.connect(self.reject)
        self._filter.textChanged.connect(self._narrow)

    def shown(self) -> list[str]:
        """Return what the lines that are shown do."""
        return [text for text, widgets in self._lines if not widgets[0].isHidden()]

    def _add_section(self, title: str, section: list[KeyRow]) -> None:
        heading = QLabel(title, self)
        heading.setProperty("role", "heading")
        heading.setContentsMargins(0, 12, 0, 2)
        self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 2)
        first = len(self._lines)
        for row in section:
            keys = self._caps(row.keys)
            does = QLabel(row.does, self)
            does.setProperty("role", "muted")
            does.setWordWrap(True)
            at = self._grid.rowCount()
            self._grid.addWidget(keys, at, 0)
            self._grid.addWidget(does, at, 1)
            self._lines.append((f"{' '.join(row.keys)} {row.does}", [keys, does]))
        self._titles.append((heading, list(range(first, len(self._lines)))))

    def _caps(self, keys: tuple[str, ...]) -> QWidget:
        """Return the keys, each in a frame."""
        box = QWidget(self)
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for key in keys:
            cap = QLabel(key, box)
            cap.setProperty("role", "key")
            cap.setTextFormat(Qt.TextFormat.PlainText)
            line.addWidget(cap)
        line.addStretch(1)
        return box

    def _narrow(self, typed: str) -> None:
        words = fold(typed).split()
        for text, widgets in self._lines:
            folded = fold(text)
            for widget in widgets:
                widget.setVisible(all(word in folded for word in words))
        for heading, numbers in self._titles:
            heading.setVisible(any(not self._lines[number][1][0].isHidden() for number in numbers))
