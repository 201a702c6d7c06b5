"""The figures themselves: four cards, and behind "More" the tables; a scrolling sheet that makes a picture."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.review.agreement_sheets import Sheet, figure_entry, sheets
from annotator.desktop.review.figure_card import FigureCard
from annotator.desktop.review.figure_table import FigureTable
from annotator.desktop.widgets.letting_go import clear_out
from annotator.domain.team_figures import TeamFigures
from annotator.services.agreement import Agreement


class Moment(IntEnum):
    """Which figures are shown: of the work as it is, or as they were frozen."""

    NOW = 0
    REVEAL = 1
    CLOSE = 2


_FOUR = 4
_WIDE = 840
"""From this width on, in pixels, the four cards stand in one line."""
_WIDEST = 1160
"""Wider, a row of a table would be hard to follow with the eye."""
_SCALE, _MARGIN = 2, 24


def figures_at(found: Agreement, moment: Moment) -> TeamFigures | None:
    """Return the figures of a moment, None when there are none."""
    return (found.now, found.at_reveal, found.at_close)[moment]


class FiguresView(QScrollArea):
    """Shows the figures of an agreement at the moment chosen; ``figure_pressed`` carries the entry that was."""

    figure_pressed = Signal(object)  # Entry

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("agreementFigures")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._found: Agreement | None = None
        self._sheet = QWidget(self)
        self._sheet.setMaximumWidth(_WIDEST)
        self.viewport().setAutoFillBackground(False)
        self._sheet.setAutoFillBackground(False)
        self._caption = QLabel(self._sheet)
        self._caption.setProperty("role", "heading")
        self._caption.hide()
        self._moment = Moment.NOW
        self._cards = [FigureCard(self._sheet) for _ in range(_FOUR)]
        for number, card in enumerate(self._cards):
            card.setObjectName(f"figureCard{number + 1}")
            card.clicked.connect(lambda _=False, place=number: self._press_card(place))
        self._more = QPushButton(self._sheet)
        self._more.setObjectName("agreementMore")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._show_more)
        self._tables = QWidget(self._sheet)
        self._columns = 0
        self._build()
        self.setFocusProxy(self._cards[0])

    @property
    def shown(self) -> TeamFigures:
        """The figures of the moment that is chosen; those of now while there are no such figures."""
        assert self._found is not None
        return figures_at(self._found, self._moment) or self._found.now

    def show_agreement(self, found: Agreement, moment: Moment) -> None:
        """Show the figures of a moment."""
        self._found, self._moment = found, moment
        self._sheet.show()
        self._fill()

    def show_nothing(self) -> None:
        """Show no figures."""
        self._found = None
        self._sheet.hide()

    def picture(self, caption: str) -> bytes:
        """Return all that is shown, also what lies outside the window, as PNG in twice the screen's size."""
        self._dress(caption, picture=True)
        size = self._sheet.size() + QSize(2 * _MARGIN, 2 * _MARGIN)
        image = QImage(size * _SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_SCALE)
        image.fill(self.palette().color(QPalette.ColorRole.Window))
        painter = QPainter(image)
        self._sheet.render(painter, QPoint(_MARGIN, _MARGIN))
        painter.end()
        self._dress("", picture=False)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub asks for bytes, which the call refuses
        return bytes(buffer.data().data())

    def _dress(self, caption: str, *, picture: bool) -> None:
        """Let the sheet stand as in a picture, under a caption and without the button, or as on the screen."""
        self._caption.setText(caption)
        self._caption.setVisible(picture)
        self._more.setVisible(not picture)
        column = self._sheet.layout()
        assert column is not None
        column.activate()
        self._sheet.resize(
            self._sheet.width(), max(self._sheet.sizeHint().height(), self._sheet.minimumSizeHint().height())
        )

    def _build(self) -> None:
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._below = QVBoxLayout(self._tables)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(8)
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(2, 4, 8, 16)
        column.setSpacing(16)
        column.addWidget(self._caption)
        column.addLayout(self._grid)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._tables)
        column.addStretch(1)
        self.setWidget(self._sheet)
        self._show_more(on=False)
        self._set_columns(_FOUR)

    def _set_columns(self, columns: int) -> None:
        if columns != self._columns:
            self._columns = columns
            for number, card in enumerate(self._cards):
                self._grid.addWidget(card, number // columns, number % columns)
            for column in range(_FOUR):
                self._grid.setColumnStretch(column, 1 if column < columns else 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_columns(_FOUR if event.size().width() >= _WIDE else _FOUR // 2)

    def _show_more(self, on: bool) -> None:
        self._more.setText(self.tr("Less ▴") if on else self.tr("More ▾"))
        self._tables.setVisible(on)

    def _fill(self) -> None:
        if self._found is None:
            return
        whole = self.shown.whole
        for card, measure in zip(self._cards, whole.headline, strict=True):
            card.show_figure(measure, whole.figures[measure])
        clear_out(self._below)
        for sheet in sheets(self._found, self.shown):
            self._add(sheet)

    def _add(self, sheet: Sheet) -> None:
        heading = QLabel(sheet.title, self._tables)
        heading.setProperty("role", "heading")
        heading.setContentsMargins(0, 12, 0, 0)
        table = FigureTable(sheet, self._tables)
        table.passages_requested.connect(self.figure_pressed)
        table.cell_reached.connect(lambda cell: self._scroll_to(table, cell))
        self._below.addWidget(heading)
        self._below.addWidget(table)

    def _scroll_to(self, table: FigureTable, cell: QRect) -> None:
        place = table.mapTo(self._sheet, cell.center())
        self.ensureVisible(place.x(), place.y(), 0, cell.height())

    def _press_card(self, place: int) -> None:
        whole = self.shown.whole
        measure = whole.headline[place]
        entry = figure_entry(measure, whole.figures[measure])
        if entry.ids:
            self.figure_pressed.emit(entry)
