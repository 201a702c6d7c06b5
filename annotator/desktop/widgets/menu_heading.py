"""What a menu is about, above its choices: a style sheet leaves of a section's own title only a line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QWidgetAction


def add_heading(menu: QMenu, text: str) -> None:
    """Add a line of text that cannot be chosen; the arrow keys pass over it."""
    label = QLabel(text, menu)
    label.setProperty("role", "menuHeading")
    label.setTextFormat(Qt.TextFormat.PlainText)
    heading = QWidgetAction(menu)
    heading.setText(text.replace("&", "&&"))
    heading.setDefaultWidget(label)
    heading.setEnabled(False)
    menu.addAction(heading)
