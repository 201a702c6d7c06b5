"""The foot of the card: whose version to take, and what else to decide, for the mouse and to show the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator.desktop.actions import ActionId, Actions, plain
from annotator.desktop.review.authors import Author, shape_icon
from annotator.desktop.widgets.flow_layout import FlowLayout


class CardVerbs(QFrame):
    """Buttons that do what the keys do. ``taken`` carries the analyst whose whole version is taken."""

    taken = Signal(str)

    def __init__(self, tint: Callable[[str], QColor], actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewVerbs")
        self.setProperty("role", "strip")
        self._tint = tint
        self._shown: tuple[tuple[Author, ...], bool] | None = None
        self._take = FlowLayout(gap=4)
        self._rest = FlowLayout(gap=4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(4)
        layout.addWidget(self._flowing(self._take))
        layout.addWidget(self._flowing(self._rest))
        for id_, words in (
            (ActionId.REVIEW_ACCEPT, self.tr("Accept")),
            (ActionId.REVIEW_REJECT, self.tr("Reject")),
            (ActionId.REVIEW_NOTHING, self.tr("Nothing")),
            (ActionId.REVIEW_EDIT, self.tr("Edit")),
            (ActionId.REVIEW_PARK, self.tr("Park")),
        ):
            self._rest.addWidget(self._verb(actions, id_, words))

    def show_authors(self, authors: Sequence[Author], *, usable: bool) -> None:
        """Offer the versions of these analysts; who did not mark the passage has “nothing here”."""
        if (tuple(authors), usable) == self._shown:
            return
        self._shown = (tuple(authors), usable)
        self._take.clear()
        label = QLabel(self.tr("Take"), self)
        label.setProperty("role", "muted")
        label.setMinimumHeight(self.fontMetrics().height() + 10)
        self._take.addWidget(label)
        for author in authors:
            self._take.addWidget(self._author(author, usable=usable))

    def forget(self) -> None:
        """Draw everything anew at the next showing: the theme has changed."""
        self._shown = None

    @staticmethod
    def _flowing(flow: FlowLayout) -> QWidget:
        holder = QWidget()
        holder.setLayout(flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        return holder

    def _author(self, author: Author, *, usable: bool) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"take.all.{author.number}")
        button.setText(f"{author.number} {author.initials}")
        button.setIcon(shape_icon(author.shape, self._tint(author.colour), 14, self.devicePixelRatioF()))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setProperty("role", "choice")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setEnabled(usable)
        button.setToolTip(self.tr("Take the version of {0}  ({1})").format(author.name, author.number))
        button.setAccessibleName(self.tr("Take the version of {0}").format(author.name))
        button.clicked.connect(partial(self.taken.emit, author.analyst_id))
        return button

    def _verb(self, actions: Actions, id_: ActionId, words: str) -> QToolButton:
        action = actions.action(id_)
        button = QToolButton(self)
        button.setObjectName(f"{id_}.button")
        button.setProperty("role", "choice")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keys = action.shortcuts()
        key = keys[-1].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""  # the user may take them all
        button.setText(self.tr("{0}  {1}").format(words, key).rstrip())
        button.setAccessibleName(plain(action.text()).removesuffix("…"))
        button.setToolTip(action.toolTip())
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        button.clicked.connect(action.trigger)
        return button
