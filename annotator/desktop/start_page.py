"""What a window without a project shows: what this is, four ways to begin, and the projects of late."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.desktop.actions import ActionId, Actions
from annotator.desktop.icons import Icons, app_icon
from annotator.desktop.menus import location_name
from annotator.desktop.widgets.elided import ElidedLabel
from annotator.desktop.widgets.letting_go import clear_out

_WIDTH = 640
_RECENT_SHOWN = 8


class StartPage(QScrollArea):
    """Offers the sample, a new project, an existing one, and what was open last."""

    recent_requested = Signal(str)
    forget_requested = Signal(str)
    packet_requested = Signal()

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
        clear_out(self._recent)
        for location in locations[:_RECENT_SHOWN]:
            self._recent.addWidget(self._recent_row(location))
        self._recent_title.setVisible(bool(locations))

    def set_missing(self, locations: Collection[str]) -> None:
        """Say of recent projects that their files are gone: they cannot be opened, but taken from the list."""
        for row in self.findChildren(_RecentRow):
            if row.location in locations:
                row.show_missing()

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
        trigger = self._actions.trigger
        rows: tuple[tuple[str, str, str, str, Callable[[], object]], ...] = (
            (
                ActionId.PROJECT_SAMPLE,
                "book-open",
                self.tr("Open the sample"),
                self.tr("Two articles, marked up and explained, to try things on"),
                lambda: trigger(ActionId.PROJECT_SAMPLE),
            ),
            (
                ActionId.PROJECT_NEW,
                "folder-plus",
                self.tr("New project"),
                self.tr("An empty file of your own"),
                lambda: trigger(ActionId.PROJECT_NEW),
            ),
            (
                ActionId.PROJECT_OPEN,
                "folder-open",
                self.tr("Open a project"),
                self.tr("A .annotator file, or drop one here"),
                lambda: trigger(ActionId.PROJECT_OPEN),
            ),
            (
                "packet",
                "file-input",
                self.tr("Open a packet"),
                self.tr("What a colleague sent for a review session"),
                self.packet_requested.emit,
            ),
        )
        for row, (name, symbol, text, detail, run) in enumerate(rows):
            button = self._way(name, symbol, text, run)
            button.setAccessibleDescription(detail)
            self.first_way = self.first_way or button
            ways.addWidget(button, row, 0)
            ways.addWidget(self._label(detail, "muted"), row, 1)
        ways.setColumnStretch(0, 2)
        ways.setColumnStretch(1, 3)
        self._column.addLayout(ways)

    def _way(self, name: str, symbol: str, text: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"start.{name}")
        button.setAutoDefault(True)
        button.setText(f" {text}")
        button.setAccessibleName(text)
        button.setProperty("role", "way")
        button.setIconSize(QSize(24, 24))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._icons.dress(button, symbol, "accent")
        button.clicked.connect(lambda _checked: run())
        return button

    def _recent_row(self, location: str) -> QWidget:
        row = _RecentRow(location, self._icons, self)
        row.open_button.clicked.connect(lambda: self.recent_requested.emit(location))
        row.forget_button.clicked.connect(lambda: self.forget_requested.emit(location))
        return row

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setWordWrap(True)
        return label


class _RecentRow(QWidget):
    """One project of late: its name opens it, a cross takes it from the list."""

    def __init__(self, location: str, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.location = location
        self._icons = icons
        self.open_button = QPushButton(self)
        self.open_button.setObjectName("recentProject")
        self.open_button.setAutoDefault(True)
        self.open_button.setFlat(True)
        self.open_button.setText(location_name(location).replace("&", "&&"))
        self.open_button.setAccessibleName(location)
        self.open_button.setToolTip(location)
        icons.dress(self.open_button, "clock", "muted")
        self._place = ElidedLabel(location, self, mode=Qt.TextElideMode.ElideMiddle)
        self._place.setProperty("role", "muted")
        self.forget_button = QToolButton(self)
        self.forget_button.setObjectName("recentForget")
        self.forget_button.setAutoRaise(True)
        self.forget_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.forget_button.setAccessibleName(self.tr("Take {0} from the list").format(location_name(location)))
        self.forget_button.setToolTip(self.tr("Take from this list; the file stays"))
        icons.dress(self.forget_button, "x", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.open_button)
        layout.addWidget(self._place, 1)
        layout.addWidget(self.forget_button)

    def show_missing(self) -> None:
        """Say that there is no such file any more."""
        self.open_button.setEnabled(False)
        self._icons.dress(self.open_button, "alert", "muted")
        self._place.setText(self.tr("not found: {0}").format(self.location))
