"""What stands on the screen, in words: which of it was not translated, and which of it has too little room."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from annotator.desktop.pseudo_language import CLOSE, OPEN
from annotator.formats.export_formats import names
from tests.desktop.test_names import is_part
from tests.desktop.walking import path_of

_ROWS = 40
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_MARKUP = re.compile(r"<[^<>]+>")
_BETWEEN = re.compile(r"\.\s+|[^\w'’-]*[·…\n“”‘’\",;:()|/–—→←\[\]•~≠⚠✓¶]+[^\w'’-]*|\s{2,}|\t")
_FORMS = "|".join(names())
_NEUTRAL = re.compile(
    rf"""(?xi) ^(?: (?: \b(?:ctrl|shift|alt|meta|esc|enter|return|del|ins|home|end|pgup|pgdown|page|up|down|left|right
    |space|tab|backspace|f\d+|[a-z]|\d+)\b | \W )*
    | annotator | {_FORMS} | pdf | url | 0x[0-9a-f]+ | [0-9a-f]{{8,}} | \#[0-9a-f]{{3,6}}
    | https?\S* | \S*\.(?:annotator|{_FORMS}|txt|pdf|annotator-packet) | \d\S* )$"""
)
"""Pieces that are the same in every language: keys, names of forms of files, numbers, addresses."""


def untranslated(root: QWidget, known: str) -> list[str]:
    """Return what stands on the screen and was neither translated nor is in ``known``, the user's own words."""
    found = []
    for where, text in words_of(root):
        pieces = [piece for piece in left_over(text) if piece.casefold() not in known]
        if pieces:
            found.append(f"{where}: {pieces} in {text!r}")
    return list(dict.fromkeys(found))


def left_over(text: str) -> list[str]:
    """Return the pieces of a text that stand outside translated ones and have letters of a language in them."""
    plain = html.unescape(_MARKUP.sub(" ", text))
    outside, depth = "", 0
    for letter in plain:
        if letter == OPEN:
            depth += 1
            outside += "\n"
        elif letter == CLOSE:
            depth -= 1
        elif depth == 0:
            outside += letter
    pieces = (re.sub(r"^\W*(\d+\W+)?|\W+$", "", " ".join(piece.split())) for piece in _BETWEEN.split(outside))
    return [piece for piece in pieces if re.search(r"[A-Za-z]{2}", piece) and not _NEUTRAL.match(piece)]


def words_of(root: QWidget) -> Iterator[tuple[str, str]]:
    """Give everything that a window says, with the place: texts, titles, tips, names for screen readers, rows."""
    yield path_of(root), root.windowTitle()
    for action in root.actions():
        yield from _of_action(action)
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisible() and widget.window() is root.window():
            where = path_of(widget)
            for text in _of_widget(widget):
                yield where, text


def _of_widget(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.statusTip(), widget.whatsThis())
    yield from (widget.accessibleName(), widget.accessibleDescription())
    for kind, texts in _TEXTS:
        if isinstance(widget, kind):
            yield from texts(widget)


def _of_field(field: QPlainTextEdit) -> Iterator[str]:
    yield field.placeholderText()
    if field.isReadOnly() and field.objectName() != "crashDetails":  # for those who mend it, in English
        yield field.toPlainText()


def _of_action(action: QAction) -> Iterator[tuple[str, str]]:
    for text in (action.text().replace("&&", "\0").replace("&", "").replace("\0", "&"), action.toolTip()):
        yield f"action {action.objectName()}", text.partition("\t")[0]
    yield f"action {action.objectName()}", action.statusTip()


def _of_model(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for column in range(_columns(model, QModelIndex())):
        for role in _ROLES:
            yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
    yield from _of_rows(view, QModelIndex())


def _columns(model: QAbstractItemModel, parent: QModelIndex) -> int:
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)


def _of_rows(view: QAbstractItemView, parent: QModelIndex) -> Iterator[str]:
    model = view.model()
    for row in range(min(model.rowCount(parent), _ROWS)):
        for column in range(_columns(model, parent)):
            index = model.index(row, column, parent)
            for role in _ROLES:
                value = index.data(role)
                yield value if isinstance(value, str) else ""
        yield from _of_rows(view, model.index(row, 0, parent))


_TEXTS: tuple[tuple[type[QWidget], Callable[[Any], Iterable[str]]], ...] = (
    (QLabel, lambda label: [label.text()]),
    (QAbstractButton, lambda button: [button.text()]),
    (QGroupBox, lambda box: [box.title()]),
    (QLineEdit, lambda field: [field.placeholderText()]),
    (QPlainTextEdit, _of_field),
    (QSpinBox, lambda box: [box.prefix(), box.suffix(), box.specialValueText()]),
    (QTabBar, lambda bar: [text for n in range(bar.count()) for text in (bar.tabText(n), bar.tabToolTip(n))]),
    (QComboBox, lambda box: [box.itemText(n) for n in range(min(box.count(), _ROWS))]),
    (QAbstractItemView, _of_model),
    (QMenu, lambda menu: [text for action in menu.actions() for _, text in _of_action(action)]),
)
"""Where the texts of each kind of widget are."""


# room ----------------------------------------------------------------------------


def clipped(root: QWidget, screen: QSize) -> list[str]:
    """Return what has too little room for its words, or reaches out of what it stands in."""
    found = []
    if root.height() > screen.height() or root.width() > screen.width():
        found.append(f"{path_of(root)} is larger than the screen: {root.width()} x {root.height()}")
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and widget.window() is root.window() and not _part(widget):
            found += [f"{path_of(widget)}: {wrong}" for wrong in _wrong(widget)]
    return found


def _part(widget: QWidget) -> bool:
    return is_part(widget) and not isinstance(widget, (QHeaderView, QTabBar, QPushButton))


def _wrong(widget: QWidget) -> Iterator[str]:
    needs = needed(widget)
    if needs.width() > widget.width() + 1:
        yield f"needs {needs.width()} px, has {widget.width()}: {_said(widget)!r}"
    if needs.height() > widget.height() + 1:
        yield f"needs {needs.height()} px of height, has {widget.height()}: {_said(widget)!r}"
    if _said(widget) and (out := _out_of(widget)):
        yield f"reaches {out} px out of what it stands in: {_said(widget)!r}"
    if isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal:
        for section in range(widget.count()):
            title = str(widget.model().headerData(section, Qt.Orientation.Horizontal) or "")
            wide = widget.fontMetrics().horizontalAdvance(title) + 4
            shortened = widget.textElideMode() != Qt.TextElideMode.ElideNone
            if not (shortened or widget.isSectionHidden(section)) and widget.sectionSize(section) < wide:
                yield f"column {title!r} needs {wide} px, has {widget.sectionSize(section)}"


def _said(widget: QWidget) -> str:
    if isinstance(widget, (QLabel, QAbstractButton)):
        return widget.text()
    return widget.title() if isinstance(widget, QGroupBox) else ""


def needed(widget: QWidget) -> QSize:
    """Return the room that the words of a widget need; no size for what shortens them by itself or has none."""
    needs = QSize()
    if isinstance(widget, QTabBar):
        shortens = widget.elideMode() != Qt.TextElideMode.ElideNone and not widget.usesScrollButtons()
        needs = QSize() if shortens else widget.sizeHint()
    elif isinstance(widget, QGroupBox):
        needs = QSize(widget.minimumSizeHint().width(), 0)
    elif type(widget).__module__.startswith("PySide6") and _said(widget):  # ours say themselves what they need
        needs = _needed_by_text(widget)
    return needs


def _needed_by_text(widget: QWidget) -> QSize:
    if isinstance(widget, QLabel):
        wraps = QSize(widget.minimumSizeHint().width(), widget.heightForWidth(widget.width()))
        return wraps if widget.wordWrap() else widget.sizeHint()
    if isinstance(widget, QToolButton):
        only_icon = widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly and not widget.icon().isNull()
        return QSize() if only_icon else widget.sizeHint()
    return widget.minimumSizeHint()


def _out_of(widget: QWidget) -> int:
    """Return how far a widget reaches out of what it stands in; what can be scrolled to does not count."""
    parent = widget.parentWidget()
    while isinstance(parent, QWidget) and not widget.isWindow():
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            return 0
        place = QRect(widget.mapTo(parent, QPoint()), widget.size())
        out = max(place.right() - parent.width() + 1, place.bottom() - parent.height() + 1, -place.left(), -place.top())
        if out > 1:
            return out
        if parent.isWindow():
            return 0
        parent = parent.parentWidget()
    return 0
