"""Every widget that a person can use has a name for scripts and one that a screen reader says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.main_window import MainWindow
from tests.desktop.windows import press, settle, space_of

USABLE = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)


def nameless(root: QWidget) -> list[str]:
    """Return the usable widgets below ``root`` that lack a name of either sort."""
    labelled = {label.buddy() for label in root.findChildren(QLabel) if label.buddy() is not None}
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, USABLE) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus or is_part(widget):
            continue
        spoken = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if not (spoken or widget in labelled):
            found.append(f"{_path(widget)}: no spoken name")
        if not widget.objectName():
            found.append(f"{_path(widget)}: no objectName")
    return found


def is_part(widget: QWidget) -> bool:
    """Whether a widget is a piece that Qt makes for another: the field of a spin box, a header, a pop-up list."""
    parent = widget.parent()
    while isinstance(parent, QWidget):
        if isinstance(parent, (QComboBox, QAbstractSpinBox, QAbstractItemView, QDialogButtonBox, QTabBar, QLineEdit)):
            return True
        parent = parent.parent()
    return False


def _path(widget: QWidget) -> str:
    names: list[str] = []
    at: object = widget
    while isinstance(at, QWidget) and len(names) < 4:
        names.append(f"{type(at).__name__} {at.objectName()}".strip())
        at = at.parent()
    return " < ".join(names)


def test_the_window_with_a_passage(qtbot: QtBot, window: MainWindow) -> None:
    press(Qt.Key.Key_N)
    settle(qtbot, window)
    assert space_of(window).state.annotation is not None
    assert nameless(window) == []


def test_the_start_page(open_window: Callable[..., MainWindow]) -> None:
    assert nameless(open_window()) == []


@pytest.mark.parametrize(
    "id_",
    [
        ActionId.PROJECT_NEW,
        ActionId.PROJECT_EXPORT,
        ActionId.PROJECT_DETAILS,
        ActionId.PROJECT_ANALYST,
        ActionId.PROJECT_RESTORE,
        ActionId.PROJECT_CONFLICTS,
        ActionId.APP_SETTINGS,
        ActionId.ARTICLE_NEW,
        ActionId.ARTICLE_DETAILS,
        ActionId.ARTICLE_CORRECT,
        ActionId.PERSON_NEW,
        ActionId.TAG_NEW,
        ActionId.HELP_KEYS,
    ],
)
def test_the_dialogs(qtbot: QtBot, window: MainWindow, id_: ActionId) -> None:
    window.all_actions.trigger(id_)
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in window.findChildren(QDialog)))
    dialog = next(dialog for dialog in window.findChildren(QDialog) if dialog.isVisible())
    settle(qtbot, window)
    assert nameless(dialog) == []
    assert dialog.objectName()
    assert dialog.windowTitle()
    dialog.close()
