"""Taking widgets out of a row that is filled anew, while one of them may be the one that was clicked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def let_go(widget: QWidget) -> None:
    """Hide a widget and have it deleted once its own events are over.

    Its names go at once, so that nobody finds it beside the one that takes its place. It keeps its parent until then:
    a widget that is made a window of its own takes the focus along.
    """
    widget.hide()
    for named in (widget, *widget.findChildren(QWidget)):
        named.setObjectName("")
    widget.deleteLater()
