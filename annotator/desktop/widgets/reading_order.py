"""Where Tab goes: what stands beside each other from left to right, what stands below each other from above.

Qt goes in the order in which widgets were made, and what is made later comes last, wherever it stands. Here the order
follows from what is seen, so that a row that is added while one works is where one looks for it.
"""

from __future__ import annotations

from functools import cmp_to_key

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from annotator.desktop.widgets.fitted_dialog import FittedDialog


class OrderedDialog(FittedDialog):
    """A dialog in which Tab goes in the order of reading."""

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return step_focus(self, forward=next)


def step_focus(window: QWidget, *, forward: bool) -> bool:
    """Give the focus to what comes next, or before, in a window; tell whether there is anything."""
    every = in_reading_order(window)
    here = window.focusWidget()
    at = every.index(here) if here in every else -1
    further = every[at + 1 :] + every[: max(at, 0)] if forward else every[:at][::-1] + every[max(at, 0) + 1 :][::-1]
    target = next((widget for widget in further if takes_tab(widget)), None)
    if target is None:
        return False
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def in_reading_order(root: QWidget) -> list[QWidget]:
    """Return everything that is to be seen inside a widget, each part with what is inside it."""
    found: list[QWidget] = []
    inside = [child for child in root.children() if isinstance(child, QWidget) and _is_part(child)]
    for child in sorted(inside, key=cmp_to_key(_compare)):
        found.append(child)
        found += in_reading_order(child)
    return found


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab comes to a widget."""
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(takes) and widget.isEnabled() and widget.focusProxy() is None


def _is_part(widget: QWidget) -> bool:
    return not widget.isWindow() and widget.isVisible()


def _compare(one: QWidget, other: QWidget) -> int:
    first, second = one.geometry(), other.geometry()
    if first.top() <= second.bottom() and second.top() <= first.bottom():
        step = first.left() - second.left()
        return -step if one.layoutDirection() == Qt.LayoutDirection.RightToLeft else step
    return first.top() - second.top()
