"""Three panes side by side; where there is no room, the outer ones become drawers over the middle one."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

LEFT_ROOM = 1000
"""Logical pixels below which the left pane is a drawer."""
RIGHT_ROOM = 1280
"""Logical pixels below which the right pane is a drawer."""
_MIDDLE_LEAST = 280
_USUAL_WINDOW, _MOST_GROWTH = 1500, 1.5
"""Logical pixels up to which the outer panes have their usual widths; in a wider window they grow with it so far."""
_USUAL_CHARACTER = 9.0
"""Average width of a character, in logical pixels, up to which the figures above hold; larger type needs more room."""


@dataclass(slots=True)
class _Side:
    frame: QFrame
    room: int
    """The width of the whole from which this pane stands beside the middle one."""
    usual: int
    """Its width in a window of usual width, until somebody moves its edge."""
    least: int
    width: int = 0
    """The width that somebody chose; 0 while nobody did."""
    wanted: bool = True
    """Whether it is to be shown while it stands beside the middle one."""
    pulled: int = 0
    """The least width of it as a drawer, where there is room."""
    drawer: bool = False
    open: bool = field(default=False)
    """Whether it is pulled out while it is a drawer."""
    aside: bool = False
    """Whether it has nothing to say to what is in the middle at present."""

    @property
    def shown(self) -> bool:
        return self.open if self.drawer else self.wanted and not self.aside


class Panes(QWidget):
    """Left, middle and right; the splitter's places and what is shown are remembered as one text."""

    left_shown_changed = Signal(bool)
    right_shown_changed = Signal(bool)
    focus_freed = Signal()
    """The pane that had the focus went out of sight: who is in the middle is to take it."""

    def __init__(
        self,
        left: QWidget,
        middle: QWidget,
        right: QWidget,
        parent: QWidget | None = None,
        *,
        rooms: tuple[int, int] = (LEFT_ROOM, RIGHT_ROOM),
        right_drawer: int = 0,
    ) -> None:
        """``rooms``: the widths in logical pixels below which the left and the right pane are drawers.

        ``right_drawer``: the least width of the right one as a drawer, in logical pixels, where the window has it.
        """
        super().__init__(parent)
        self.setObjectName("panes")
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._middle = middle
        middle.setMinimumWidth(_MIDDLE_LEAST)
        large = self._large = max(1.0, self.fontMetrics().averageCharWidth() / _USUAL_CHARACTER)
        self._left = _Side(_framed(left, self), round(rooms[0] * large), round(272 * large), round(200 * large))
        self._right = _Side(_framed(right, self), round(rooms[1] * large), round(320 * large), round(260 * large))
        self._right.pulled = round(right_drawer * large)
        self._told = (True, True)
        for side in (self._left, self._right):
            side.frame.setMinimumWidth(side.least)
        self._splitter.addWidget(self._left.frame)
        self._splitter.addWidget(middle)
        self._splitter.addWidget(self._right.frame)
        for number in range(3):
            self._splitter.setStretchFactor(number, int(number == 1))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self._splitter.splitterMoved.connect(self._note_widths)
        self._apply_widths()

    @property
    def left_shown(self) -> bool:
        """Whether the left pane is to be seen."""
        return self._left.shown

    @property
    def right_shown(self) -> bool:
        """Whether the right pane is to be seen."""
        return self._right.shown

    @property
    def left_is_drawer(self) -> bool:
        """Whether the left pane lies over the middle one when it is shown."""
        return self._left.drawer

    @property
    def right_is_drawer(self) -> bool:
        """Whether the right pane lies over the middle one when it is shown."""
        return self._right.drawer

    def show_left(self, shown: bool) -> None:
        """Show or hide the left pane, whichever way it stands at present."""
        self._show(self._left, shown)

    def show_right(self, shown: bool) -> None:
        """Show or hide the right pane, whichever way it stands at present."""
        self._show(self._right, shown)

    def put_right_aside(self, *, aside: bool) -> None:
        """Give the room of the right pane to the middle one, or back; what the user wants is not forgotten."""
        if aside != self._right.aside:
            self._right.aside = aside
            self._place()

    def close_drawers(self) -> bool:
        """Push in what is pulled out; tell whether anything was."""
        open_ones = [side for side in (self._left, self._right) if side.drawer and side.open]
        for side in open_ones:
            self._show(side, shown=False)
        return bool(open_ones)

    def remembered(self) -> str:
        """Return the layout as a text for :meth:`restore`."""
        sides = (self._left, self._right)
        return " ".join(f"{side.width or side.usual}:{int(side.wanted)}" for side in sides)

    def restore(self, remembered: str) -> None:
        """Take a layout that :meth:`remembered` gave; anything else is ignored."""
        parts = [part.partition(":") for part in remembered.split()]
        if len(parts) != 2 or not all(width.isdecimal() and wanted in {"0", "1"} for width, _, wanted in parts):  # noqa: PLR2004
            return
        for side, (width, _, wanted) in zip((self._left, self._right), parts, strict=True):
            side.width = 0 if int(width) == side.usual else max(side.least, int(width))
            side.wanted = wanted == "1"
        self._place()

    def _show(self, side: _Side, shown: bool) -> None:
        if side.drawer:
            side.open = shown
        elif shown or not side.aside:
            side.wanted, side.aside = shown, False
        self._place()

    def _place(self) -> None:
        """Put each side where the width allows, and tell what changed."""
        focus = QApplication.focusWidget()
        holding = next((side for side in (self._left, self._right) if focus and side.frame.isAncestorOf(focus)), None)
        for number, side in ((0, self._left), (2, self._right)):
            drawer = self.width() < side.room
            if drawer and not side.drawer:
                side.drawer, side.open = True, False
                side.frame.setParent(self)
                side.frame.setObjectName("drawer")
            elif not drawer and side.drawer:
                side.drawer = False
                side.frame.setObjectName("pane")
                self._splitter.insertWidget(number, side.frame)
                self._splitter.setStretchFactor(number, 0)
            side.frame.setVisible(side.shown)
        self._apply_widths()
        self._place_drawers()
        told, self._told = self._told, (self._left.shown, self._right.shown)
        if told[0] != self._told[0]:
            self.left_shown_changed.emit(self._told[0])
        if told[1] != self._told[1]:
            self.right_shown_changed.emit(self._told[1])
        if holding is not None and not holding.shown:
            self.focus_freed.emit()

    def _width_of(self, side: _Side) -> int:
        growth = min(max(1.0, self.width() / (_USUAL_WINDOW * self._large)), _MOST_GROWTH)
        return side.width or round(side.usual * growth)

    def _apply_widths(self) -> None:
        widths = []
        docked = 0
        for number in range(self._splitter.count()):
            widget = self._splitter.widget(number)
            side = next((side for side in (self._left, self._right) if side.frame is widget), None)
            wanted = self._width_of(side) if side is not None and side.shown else 0
            docked += wanted
            widths.append(wanted if side is not None else -1)
        rest = max(_MIDDLE_LEAST, self.width() - docked)
        self._splitter.setSizes([rest if width < 0 else width for width in widths])

    def _place_drawers(self) -> None:
        for side in (self._left, self._right):
            if side.drawer and side.open:
                width = min(max(self._width_of(side), side.pulled), self.width() - 24)
                x = 0 if side is self._left else self.width() - width
                side.frame.setGeometry(QRect(x, 0, width, self.height()))
                side.frame.raise_()

    def _note_widths(self) -> None:
        for side in (self._left, self._right):
            if not side.drawer and side.shown and side.frame.width() != self._width_of(side):
                side.width = side.frame.width()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()


def _framed(widget: QWidget, parent: QWidget) -> QFrame:
    frame = QFrame(parent)
    frame.setObjectName("pane")
    frame.setAutoFillBackground(True)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(widget)
    return frame


def owner_of(widget: QWidget | None, owners: list[QWidget]) -> QWidget | None:
    """Return which of ``owners`` is or holds ``widget``."""
    return next((owner for owner in owners if widget is owner or (widget and owner.isAncestorOf(widget))), None)
