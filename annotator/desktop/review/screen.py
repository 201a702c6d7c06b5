"""What every screen of a review is to the window: it stands in the place of the article and the panels beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from annotator.desktop.actions import ActionId, Need
from annotator.desktop.widgets.panes import Panes

Slot = Callable[[], object] | Callable[[bool], object]


class ReviewScreen(QWidget):
    """A screen of a review. Esc asks it first (:meth:`escape`), then leads back to the article."""

    needs_changed = Signal()
    """What :meth:`needs` returns has changed."""
    left = Signal()
    """The screen wants to give way to the article."""

    def needs(self) -> frozenset[Need]:
        """Return what holds here, for the actions, beside what holds of the project."""
        return frozenset()

    def slots(self) -> Mapping[ActionId, Slot]:
        """Return what is done here at the actions of a review; all others do nothing here."""
        return {}

    def checks(self) -> Mapping[ActionId, bool]:
        """Return how the actions that can be on or off stand here."""
        return {}

    def panels(self) -> list[QWidget]:
        """Return the parts that F6 walks, from left to right."""
        return [self]

    def panes(self) -> Panes | None:
        """Return the panes whose outer ones F9 and F4 show and hide, if it has any."""
        return None

    def begin(self) -> None:
        """The screen has come to the front: give the focus to where keys are expected."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def escape(self) -> bool:
        """Close what is open over the screen; tell whether there was anything."""
        return False

    def flush(self) -> None:
        """Write what is typed and waiting: the window closes."""

    def take_theme(self, theme: Any) -> None:  # noqa: ANN401  (a Theme; most screens are dressed by the style sheet)
        """Take other colours."""

    def take_settings(self) -> None:
        """Let changed settings of the text take effect."""

    def _button(self, name: str, text: str) -> QPushButton:
        """Make a button of this screen, not laid out yet."""
        button = QPushButton(text, self)
        button.setObjectName(name)
        return button
