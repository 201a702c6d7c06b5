"""Taking widgets out of a row that is filled anew, while one of them may be the one that was clicked."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QLayout, QWidget


def let_go(widget: QWidget) -> None:
    """Hide a widget and have it deleted once its own events are over.

    Its names go at once, so that nobody finds it beside the one that takes its place. It keeps its parent until then:
    a widget that is made a window of its own takes the focus along.
    """
    widget.hide()
    for named in (widget, *widget.findChildren(QWidget)):
        named.setObjectName("")
    widget.deleteLater()


def clear_out(layout: QLayout, *, leaving: int = 0) -> None:
    """Take the widgets and gaps out of a layout, but for the last ``leaving``, and free the places they had.

    Whoever takes a place owns it (``QLayout::takeAt``), and PySide does not free it with the object that it returns.
    """
    while layout.count() > leaving and (place := layout.takeAt(0)) is not None:
        widget = place.widget()
        if widget is not None:
            let_go(widget)
        shiboken6.delete(place)
