"""What is asked of everything that can be on the screen: who takes the focus, what it is called, where Tab goes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QComboBox, QMenu, QWidget

from tests.desktop.test_names import is_part
from tests.desktop.windows import press

_MOST = 200
"""Steps after which a round by Tab is none."""


def path_of(widget: QWidget) -> str:
    """Return where a widget is, for a message: its names and those of what it stands in."""
    names: list[str] = []
    at: object = widget
    while isinstance(at, QWidget) and len(names) < 4:
        names.append(f"{type(at).__name__} {at.objectName()}".strip())
        at = at.parent()
    return " < ".join(names)


def focusable(root: QWidget) -> list[QWidget]:
    """Return what can take the focus in a window now, pieces of other widgets aside."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.window() is root.window()
        and widget.focusProxy() is None
        and not is_part(widget)
    ]


def unnamed(root: QWidget) -> list[str]:
    """Return what takes the focus and has no name that a screen reader could say, or a menu's entries without one."""
    if isinstance(root, QMenu):
        return [repr(entry) for entry in root.actions() if not entry.isSeparator() and not entry.text()]
    return [path_of(widget) for widget in focusable(root) if not spoken_name(widget).strip()]


def spoken_name(widget: QWidget) -> str:
    """Return the name that the system's accessibility gets of a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


def round_of(root: QWidget) -> list[QWidget]:
    """Press Tab until the focus is where it was, and return what had it; fails where Tab is caught or goes astray."""
    begin = QApplication.focusWidget()
    assert begin is not None, "nothing has the focus: a dialog or page gives it to something when it is shown"
    went = [begin]
    for _ in range(_MOST):
        press(Qt.Key.Key_Tab)
        here = _view_of(QApplication.focusWidget())
        assert here is not None, f"the focus is lost after {path_of(went[-1])}"
        if here is begin:
            return went
        if here is went[-1]:
            continue  # from cell to cell
        assert here not in went, f"{path_of(here)} comes twice: Tab is caught"
        assert here.window() is root.window(), f"Tab leaves the window at {path_of(went[-1])}"
        went.append(here)
    raise AssertionError("Tab does not come back")


def _view_of(widget: QWidget | None) -> QWidget | None:
    """Return the list or table in a cell of which something is typed, for its editor; else the widget itself."""
    at: object = widget
    while isinstance(at, QWidget):
        if isinstance(at, QAbstractItemView):
            return at
        at = at.parent()
    return widget


def missed(root: QWidget, went: list[QWidget]) -> list[str]:
    """Return what takes the focus by Tab and was not reached on a round."""
    return [
        path_of(widget)
        for widget in focusable(root)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget not in went and not _stands_for(widget, went)
    ]


def _stands_for(widget: QWidget, went: list[QWidget]) -> bool:
    """Whether a widget is a box whose field was reached."""
    return isinstance(widget, QComboBox) and widget.lineEdit() in went


def backwards(went: list[QWidget]) -> list[str]:
    """Return the steps of a round that go against the order of reading, the one that begins it anew aside.

    A step may go down, to the right, or up into a column that begins right of where it comes from.
    """
    steps = [
        (before, after)
        for before, after in zip(went, [*went[1:], went[0]], strict=True)
        if not before.isAncestorOf(after) and _goes_back(_place(before), _place(after))
    ]
    highest = min(went, key=lambda widget: (_place(widget).top(), _place(widget).left()))
    again = [step for step in steps if step[1] is highest] or steps[:1]
    return [f"{path_of(before)}  ->  {path_of(after)}" for before, after in steps if (before, after) not in again[:1]]


def _place(widget: QWidget) -> QRect:
    """Return where a widget is on the screen; what is scrolled out of sight lies at the edge behind which it is."""
    place = _rect(widget)
    at: object = widget.parent()
    while isinstance(at, QWidget):
        if isinstance(at, QAbstractScrollArea):
            room = _rect(at.viewport())
            place.setTop(max(room.top(), min(place.top(), room.bottom())))
            place.setBottom(max(room.top(), min(place.bottom(), room.bottom())))
        at = at.parent()
    return place


def _rect(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint()), widget.size())


def _goes_back(before: QRect, after: QRect) -> bool:
    if after.left() >= before.right():
        return False
    above = after.bottom() < before.top()
    beside = after.top() < before.bottom() and before.top() < after.bottom()
    return above or (beside and after.right() <= before.left())
