"""What a window without a project shows: what this is, three ways to begin, and the projects of late."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.desktop.actions import ActionId, Actions
from annotator.desktop.icons import Icons, app_icon
from annotator.desktop.menus import location_name
from annotator.desktop.widgets.elided import ElidedLabel

_WIDTH = 640
_RECENT_SHOWN = 8


class StartPage(QScrollArea):
    """Offers the sample, a new project, an existing one, and what was open last."""

    recent_requested = Signal(str)

    def __init__(self, actions: Actions, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self.setAccessibleName(self.tr("Start"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._actions = actions
        self._icons = icons
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(24, 24, 24, 24)
        self._column.setSpacing(8)
        self.first_way: QPushButton | None = None
        """The button that has the focus at the start."""
        self._add_words()
        self._add_ways()
        self._recent_title = self._label(self.tr("Recent projects"), "heading")
        self._recent_title.setContentsMargins(0, 16, 0, 0)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._column.addWidget(self._recent_title)
        self._column.addLayout(self._recent)
        self._column.addStretch(1)
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(column, 8)
        middle.addStretch(1)
        rows.addLayout(middle)
        rows.addStretch(2)
        self.setWidget(page)
        self.set_recent([])

    def set_recent(self, locations: Sequence[str]) -> None:
        """List the projects of late, the latest first."""
        while (entry := self._recent.takeAt(0)) is not None:
            widget = entry.widget()
            if widget is not None:
                widget.deleteLater()
        for location in locations[:_RECENT_SHOWN]:
            self._recent.addWidget(self._recent_row(location))
        self._recent_title.setVisible(bool(locations))

    def _add_words(self) -> None:
        title = self._label(self.tr("Annotator"), "title")
        picture = QLabel(self)
        picture.setPixmap(app_icon().pixmap(48, 48))
        self._column.addWidget(picture)
        purpose = self._label(
            self.tr("Mark claims, denials and evidence in news articles, and say who said what about whom."), "muted"
        )
        saved = self._label(self.tr("Everything is saved at once. A project is one file."), "muted")
        for label in (title, purpose, saved):
            self._column.addWidget(label)
        self._column.addSpacing(16)

    def _add_ways(self) -> None:
        ways = QGridLayout()
        ways.setSpacing(8)
        texts = {
            ActionId.PROJECT_SAMPLE: (self.tr("Open the sample"), self.tr("Two articles, marked up, to try things on")),
            ActionId.PROJECT_NEW: (self.tr("New project"), self.tr("An empty file of your own")),
            ActionId.PROJECT_OPEN: (self.tr("Open a project"), self.tr("A .annotator file, or drop one here")),
        }
        symbols = {
            ActionId.PROJECT_SAMPLE: "book-open",
            ActionId.PROJECT_NEW: "folder-plus",
            ActionId.PROJECT_OPEN: "folder-open",
        }
        for row, (id_, (text, detail)) in enumerate(texts.items()):
            button = QPushButton(self)
            button.setObjectName(f"start.{id_}")
            button.setAutoDefault(True)
            button.setText(f" {text}")
            button.setAccessibleName(text)
            button.setAccessibleDescription(detail)
            button.setProperty("role", "way")
            button.setIconSize(QSize(24, 24))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._icons.dress(button, symbols[id_], "accent")
            button.clicked.connect(self._actions.action(id_).trigger)
            note = self._label(detail, "muted")
            self.first_way = self.first_way or button
            ways.addWidget(button, row, 0)
            ways.addWidget(note, row, 1)
        ways.setColumnStretch(0, 2)
        ways.setColumnStretch(1, 3)
        self._column.addLayout(ways)

    def _recent_row(self, location: str) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        button = QPushButton(row)
        button.setObjectName("recentProject")
        button.setAutoDefault(True)
        button.setFlat(True)
        button.setText(location_name(location).replace("&", "&&"))
        button.setAccessibleName(location)
        button.setToolTip(location)
        self._icons.dress(button, "clock", "muted")
        button.clicked.connect(lambda: self.recent_requested.emit(location))
        place = ElidedLabel(location, row, mode=Qt.TextElideMode.ElideMiddle)
        place.setProperty("role", "muted")
        layout.addWidget(button)
        layout.addWidget(place, 1)
        return row

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setWordWrap(True)
        return label
