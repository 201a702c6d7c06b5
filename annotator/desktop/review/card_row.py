"""A row of the review card: what each analyst has, what the final version has, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.review.authors import Author, shape_icon
from annotator.desktop.review.review_words import row_text
from annotator.desktop.review.shown_cluster import Having, ShownRow
from annotator.desktop.widgets.letting_go import let_go
from annotator.domain.deciding import TOGETHER
from annotator.domain.reviews import CardRow

Tint = Callable[[str], QColor]
_UNEQUAL = "≠"
_LEFT = Qt.AlignmentFlag.AlignLeft


class CardRowView(QFrame):
    """Shows a :class:`ShownRow`. ``taken``: the analyst whose row is taken; ``chosen``: the keys are to mean it."""

    taken = Signal(str)
    chosen = Signal()
    together_requested = Signal()
    """What all have is to be put together in this row."""
    edit_requested = Signal()
    stepped = Signal(int)
    """The next (1) or previous (-1) row is wanted."""

    def __init__(self, row: CardRow, tint: Tint, parent: QWidget | None = None) -> None:
        """``tint`` adapts an analyst's colour (``#rrggbb``) to the theme."""
        super().__init__(parent)
        self.row = row
        self.setObjectName(f"cardRow.{row}")
        self.setProperty("role", "cardRow")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._tint = tint
        self._shown: tuple[ShownRow, bool, bool] | None = None
        self._title = QLabel(row_text(row), self)
        self._title.setProperty("role", "heading")
        self._source = QLabel(self)
        self._source.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._final = QLabel(self)
        self._final.setObjectName(f"cardFinal.{row}")
        self._final.setWordWrap(True)
        self._final.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._source)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(8)
        self._lines.setVerticalSpacing(4)
        self._lines.setColumnStretch(1, 1)
        self._made: list[QWidget] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._final)
        layout.addLayout(self._lines)

    def show_row(self, shown: ShownRow, *, proposed: bool, usable: bool) -> None:
        """Show a row. ``proposed``: nothing is decided yet; ``usable``: versions can be taken here."""
        if (shown, proposed, usable) == self._shown:
            return
        self._shown = (shown, proposed, usable)
        title = row_text(self.row)
        self._title.setText(f"{title}  {_UNEQUAL}" if shown.differs else title)
        self._source.setText(self._source_words(shown, proposed))
        self._final.setText(shown.final or self.tr("nothing"))
        self._final.setForegroundRole(QPalette.ColorRole.PlaceholderText if proposed else QPalette.ColorRole.Text)
        self._clear()
        if shown.differs:
            for place, having in enumerate(shown.havings):
                self._add_line(place, having, usable=usable, taken=having.text == shown.final and not proposed)
            if self.row in TOGETHER:
                self._lines.addWidget(together := self._together(usable=usable), len(shown.havings), 0, 1, 2, _LEFT)
                self._made.append(together)
        self.setAccessibleName(self._spoken(shown, proposed))

    def forget(self) -> None:
        """Draw everything anew at the next showing: the theme has changed."""
        self._shown = None

    def set_chosen(self, chosen: bool) -> None:
        """Show that the keys mean this row."""
        if self.property("chosen") != chosen:
            self.setProperty("chosen", chosen)
            self.style().unpolish(self)
            self.style().polish(self)

    def _source_words(self, shown: ShownRow, proposed: bool) -> str:
        own = not proposed and all(having.text != shown.final for having in shown.havings)
        if not shown.final or not (shown.differs or own):
            return ""
        return self.tr("proposed: {0}").format(shown.source) if proposed else shown.source

    def _clear(self) -> None:
        for widget in self._made:
            self._lines.removeWidget(widget)
            let_go(widget)
        self._made.clear()

    def _add_line(self, place: int, having: Having, *, usable: bool, taken: bool) -> None:
        who = QWidget(self)
        stack = QVBoxLayout(who)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(2)
        for author in having.authors:
            stack.addWidget(self._button(author, usable=usable))
        text = QLabel(having.text, self)
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setProperty("role", "taken" if taken else "")
        self._lines.addWidget(who, place, 0, Qt.AlignmentFlag.AlignTop)
        self._lines.addWidget(text, place, 1, Qt.AlignmentFlag.AlignVCenter)
        self._made += [who, text]

    def _button(self, author: Author, *, usable: bool) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"take.{self.row}.{author.number}")
        button.setText(f"{author.number} {author.initials}")
        button.setIcon(shape_icon(author.shape, self._tint(author.colour), 14, self.devicePixelRatioF()))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setProperty("role", "choice")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setEnabled(usable)
        button.setToolTip(self.tr("Take this row from {0}").format(author.name))
        button.setAccessibleName(button.toolTip())
        button.clicked.connect(partial(self.taken.emit, author.analyst_id))
        return button

    def _together(self, *, usable: bool) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"take.{self.row}.together")
        button.setText(self.tr("0 All together"))
        button.setProperty("role", "choice")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setEnabled(usable)
        button.setAccessibleName(self.tr("Take what all have together"))
        button.clicked.connect(lambda _checked=False: self.together_requested.emit())
        return button

    def _spoken(self, shown: ShownRow, proposed: bool) -> str:
        final = shown.final or self.tr("nothing")
        words = [f"{row_text(self.row)}: {final}" + (self.tr(", proposed") if proposed else "")]
        if shown.differs:
            words.append(self.tr("They differ"))
            words += [f"{', '.join(a.spoken for a in having.authors)}: {having.text}" for having in shown.havings]
        return ". ".join(words)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.chosen.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)  # what is around would scroll
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.chosen.emit()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.edit_requested.emit()
