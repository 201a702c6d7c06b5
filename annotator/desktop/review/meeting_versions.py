"""The versions that a meeting chooses from, large enough for a room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.review.authors import Author, shape_icon
from annotator.desktop.review.meeting_agenda import Choice
from annotator.desktop.widgets.letting_go import clear_out
from annotator.desktop.widgets.sized_font import resized


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One choice, which ``key`` votes for.

    ``lines``: what it says, the first largest. ``signs``: of those whose it is; ``authors``: the same with their names,
    none while names are hidden. ``votes``: who voted for it, by initials, None while votes are hidden.
    """

    choice: Choice
    key: str
    signs: tuple[Author, ...]
    authors: tuple[Author, ...]
    lines: tuple[str, ...]
    votes: tuple[str, ...] | None
    winner: bool


class VersionList(QScrollArea):
    """Lists the choices; a click votes for one as its key does."""

    chosen = Signal(object)  # Choice

    def __init__(self, tint: Callable[[str], QColor], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("meetingVersions")
        self.setAccessibleName(self.tr("Versions to choose from"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tint = tint
        self._shown: tuple[object, ...] = ()
        self._scale = 1.0
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(12)
        self._column.addStretch(1)
        self.setWidget(page)

    def show_versions(self, versions: Sequence[ShownVersion], scale: float) -> None:
        """Show these choices; ``scale``: how much larger than the window's type they are set."""
        shown = (tuple(versions), scale)
        if shown == self._shown:
            return
        self._shown, self._scale = shown, scale
        clear_out(self._column, leaving=1)  # the stretch at the end
        for version in versions:
            self._column.insertWidget(self._column.count() - 1, _Card(version, self._tint, scale, self))

    def forget(self) -> None:
        """Draw everything anew at the next showing: the theme has changed."""
        self._shown = ()


class _Card(QFrame):
    """One choice as a card."""

    def __init__(self, version: ShownVersion, tint: Callable[[str], QColor], scale: float, parent: VersionList) -> None:
        super().__init__(parent)
        self._parent = parent
        self._choice = version.choice
        self.setObjectName(f"meetingVersion.{version.key}")
        self.setProperty("role", "cardRow")
        self.setProperty("chosen", version.winner)
        self.setAccessibleName(_spoken(version))
        key = QLabel(version.key, self)
        key.setProperty("role", "key")
        key.setFont(resized(self.font(), scale * 1.3))
        key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        key.setMinimumWidth(round(36 * scale))
        words = QVBoxLayout()
        words.setSpacing(2)
        for place, line in enumerate(version.lines):
            words.addWidget(self._label(line, scale * (1.25 if not place else 1.0), strong=not place))
        words.addLayout(self._who(version, tint, scale))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(12)
        layout.addWidget(key, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)

    def _label(self, text: str, scale: float, *, strong: bool = False, quiet: bool = False) -> QLabel:
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        font = resized(self.font(), scale)
        font.setBold(strong)
        label.setFont(font)
        label.setProperty("role", "muted" if quiet else "")
        return label

    def _who(self, version: ShownVersion, tint: Callable[[str], QColor], scale: float) -> QHBoxLayout:
        """Return the signs of those whose version it is, their names once they are asked for, and the votes."""
        row = QHBoxLayout()
        row.setSpacing(6)
        side = round(16 * scale)
        for author in version.signs:
            picture = QLabel(self)
            picture.setPixmap(shape_icon(author.shape, tint(author.colour), side).pixmap(side, side))
            row.addWidget(picture)
        names = ", ".join(author.name for author in version.authors)
        row.addWidget(self._label(names, scale, quiet=True), 1)
        if version.votes is not None:
            votes = f"{len(version.votes)} · {' '.join(version.votes)}" if version.votes else "0"
            row.addWidget(self._label(self.tr("votes {0}").format(votes), scale, strong=version.winner))
        return row

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._parent.chosen.emit(self._choice)


def _spoken(version: ShownVersion) -> str:
    words = [version.key, *version.lines]
    words += [", ".join(author.name for author in version.authors)] if version.authors else []
    words += [str(len(version.votes))] if version.votes is not None else []
    return ". ".join(words)
