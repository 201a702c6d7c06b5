"""An article view in a window of known size, with invented text, and hands to use it with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.desktop.article_view import LIGHT, ArticleView, TagStyle, load_fonts
from annotator.domain.codebook import TagKind
from annotator.domain.marks import Mark

STYLES = {
    "claim": TagStyle(TagKind.CLAIM, "#2f6fd0", "", "Claim"),
    "denial": TagStyle(TagKind.DENIAL, "#c8452b", "", "Denial"),
    "evidence": TagStyle(TagKind.EVIDENCE, "#2c8a57", "", "Evidence"),
    "other": TagStyle(TagKind.OTHER, "#8a6fc0", "", "Context"),
    "nested": TagStyle(TagKind.CLAIM, "#b06010", "V", "Vow"),
}

TEXT = """Harbour council denies secret toll deal
The port of Vellmouth doubled its tolls in March, and nobody can say who signed the order.
“We never met the company,” said Mara Lind, the council’s leader. “The register shows a payment of 4,200 crowns.”
Fishermen said the new toll would “ruin half the quay” by winter, and asked for the minutes.
The company declined to comment."""

LONG = "\n".join(
    f"Paragraph {n} of the report says that the tolls at quay {n % 7} were doubled in March by {n} crowns, "
    "that nobody asked the fishermen, and that the council will look at the matter again before winter comes."
    for n in range(400)
)

BIDI = (
    "The ministry said: «قال الوزير إن %45 من الادعاءات (the claims) غير صحيحة» and then denied it.\n"
    "ראש העיר אמר: “the quay was closed” – והוסיף שזה לא נכון 123 פעמים.\n"
    "Reply: “That’s false \U0001f600\U0001f600, cafe\u0301 owner José Núñez said, see 12\u00a0000 posts "
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1ec\U0001f1e7…”"
)

MakeView = Callable[..., ArticleView]


def mark(id_: str, start: int, end: int, tag: str = "claim", analyst: str = "ab") -> Mark:
    return Mark(id_, start, end, tag, analyst)


def mark_of(words: str, id_: str, tag: str = "claim", text: str = TEXT) -> Mark:
    start = text.index(words)
    return mark(id_, start, start + len(words), tag)


@dataclass
class Hand:
    """Uses a view's mouse and keys, and looks at its picture."""

    view: ArticleView

    def point(self, offset: int, share: float = 0.5) -> QPoint:
        """The place of the character at ``offset``, ``share`` of its width from its left."""
        index, laid, within = self.view.page.place(offset)
        piece = laid.stretches(within, within + 1)[0]
        line = laid.lines[piece.line]
        x = self.view.page.columns.text_left + piece.left + (piece.right - piece.left) * share
        x -= self.view.horizontalScrollBar().value()
        return QPoint(round(x), self.view.page.top_in_view(index) + (line.top + line.bottom) // 2)

    def click(
        self,
        place: QPoint | int,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    ) -> None:
        point = self.point(place) if isinstance(place, int) else place
        QTest.mouseClick(self.view.viewport(), button, modifiers, point)

    def double_click(self, offset: int) -> None:
        self.click(offset)
        QTest.mouseDClick(
            self.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.point(offset)
        )

    def double_press(self, offset: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A click and the second press of a double click, the button held down."""
        point = QPointF(self.point(offset))
        button = Qt.MouseButton.LeftButton
        event = QMouseEvent(
            QEvent.Type.MouseButtonDblClick,
            point,
            self.view.viewport().mapToGlobal(point),
            button,
            button,
            modifiers,
        )
        self.click(offset, modifiers)
        QApplication.sendEvent(self.view.viewport(), event)

    def press(self, place: QPoint | int) -> None:
        point = self.point(place, 0.1) if isinstance(place, int) else place
        QTest.mousePress(self.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)

    def move(self, place: QPoint | int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Move to a place with the button held down."""
        self._move(place, Qt.MouseButton.LeftButton, modifiers)

    def hover(self, place: QPoint | int) -> None:
        """Move to a place with no button held down."""
        self._move(place, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)

    def _move(self, place: QPoint | int, held: Qt.MouseButton, modifiers: Qt.KeyboardModifier) -> None:
        point = QPointF(self.point(place, 0.1) if isinstance(place, int) else place)
        there = self.view.viewport().mapToGlobal(point)
        event = QMouseEvent(QEvent.Type.MouseMove, point, there, Qt.MouseButton.NoButton, held, modifiers)
        QApplication.sendEvent(self.view.viewport(), event)

    def release(self, place: QPoint | int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        point = self.point(place, 0.1) if isinstance(place, int) else place
        QTest.mouseRelease(self.view.viewport(), Qt.MouseButton.LeftButton, modifiers, point)

    def drag(self, start: QPoint | int, end: QPoint | int) -> None:
        self.press(start)
        self.move(end)
        self.release(end)

    def key(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        QTest.keyClick(self.view, key, held)

    def picture(self) -> QImage:
        return self.view.viewport().grab().toImage()

    def colour_at(self, point: QPoint) -> QColor:
        return self.picture().pixelColor(point)

    def colours_below(self, offset: int, depth: int = 16) -> set[str]:
        """All colours in a strip below the middle of a character: its underlines."""
        picture = self.picture()
        index, laid, within = self.view.page.place(offset)
        piece = laid.stretches(within, within + 1)[0]
        bottom = self.view.page.top_in_view(index) + laid.lines[piece.line].bottom
        point = self.point(offset)
        return {picture.pixelColor(point.x(), bottom + down).name() for down in range(depth)}


@pytest.fixture(autouse=True)
def collected_here() -> None:
    """Collect garbage as Python does: no other thread works in these tests, and a full collection a test takes long."""


@pytest.fixture
def make_view(qtbot: QtBot) -> MakeView:
    def make(text: str = TEXT, *, width: int = 960, height: int = 600) -> ArticleView:
        load_fonts()
        view = ArticleView()
        qtbot.addWidget(view)
        view.resize(width, height)
        view.set_theme(LIGHT)
        view.set_tag_styles(STYLES)
        view.set_article(text, ())
        with qtbot.waitExposed(view):
            view.show()
        view.activateWindow()
        view.setFocus()
        qtbot.waitUntil(view.hasFocus)
        return view

    return make


@pytest.fixture
def view(make_view: MakeView) -> ArticleView:
    return make_view()


@pytest.fixture
def hand(view: ArticleView) -> Hand:
    return Hand(view)
