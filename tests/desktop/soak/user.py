"""A user who does things by chance: with the keys and the mouse, in the real window."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from annotator.desktop.actions import ActionId
from annotator.desktop.main_window import MainWindow
from annotator.desktop.theme import ThemeChoice
from annotator.settings import LINE_SPACING, LINE_WIDTH
from tests.desktop.article_view.conftest import Hand
from tests.desktop.windows import space_of

NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
_K = Qt.Key
MOVES = (_K.Key_Left, _K.Key_Right, _K.Key_Up, _K.Key_Down, _K.Key_Home, _K.Key_End, _K.Key_PageUp, _K.Key_PageDown)
SIZES = ((1440, 900), (1366, 768), (1100, 700), (960, 600), (683, 384), (640, 360))
ZOOMS = (50, 80, 100, 100, 100, 150, 200, 400)
KEPT = 40
"""Actions that are told of when something fails."""


class User:
    """Does one action after the other, chosen by ``chance``; ``done`` has the last ones by name."""

    def __init__(self, window: MainWindow, chance: random.Random) -> None:
        self.window = window
        self.space = space_of(window)
        self.view = self.space.view
        self.hand = Hand(self.view)
        self.chance = chance
        self.done: deque[str] = deque(maxlen=KEPT)
        weighed: list[tuple[int, Callable[[], object]]] = [
            (14, self.select), (12, self.tag), (6, self.tag_again), (5, self.retag), (4, self.delete),
            (9, self.undo), (5, self.redo), (5, self.filter), (3, self.end_filter), (4, self.resize),
            (12, self.scroll), (4, self.jump), (5, self.zoom), (3, self.theme), (5, self.find), (8, self.next),
            (5, self.cycle), (10, self.move_caret), (8, self.click), (6, self.hover), (5, self.drag_handle),
            (4, self.move_ends), (3, self.grow), (3, self.relate), (3, self.unsure), (2, self.note),
            (1, self.turn_article), (2, self.panels), (3, self.back_to_text),
            (2, self.go_to), (1, self.read_and_back), (1, self.set_text),
        ]  # fmt: skip
        self._actions = [action for weight, action in weighed for _ in range(weight)]

    def act(self) -> None:
        """Do one action."""
        action = self.chance.choice(self._actions)
        self.done.append(getattr(action, "__name__", "?"))
        action()

    def settled(self) -> bool:
        """Whether nothing is under way in the window."""
        return not self.window.jobs.busy

    # hands

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key in what has the focus."""
        QTest.keyClick(self._focus(), key, modifiers)

    def write(self, words: str) -> None:
        """Type words into what has the focus."""
        QTest.keyClicks(self._focus(), words)

    def _focus(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window

    def text_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key in the article, having gone back there if need be."""
        if not self.view.hasFocus():
            self.back_to_text()
        self.key(key, modifiers)

    def place(self) -> QPoint:
        """Return some place in the article."""
        area = self.view.viewport()
        return QPoint(self.chance.randrange(max(1, area.width())), self.chance.randrange(max(1, area.height())))

    # actions

    def back_to_text(self) -> None:
        """Leave bars, lines and pop-ups for the text."""
        for _ in range(3):
            if QApplication.activePopupWidget() is None and self.view.hasFocus():
                return
            self.key(_K.Key_Escape)
        self.space.show_text()

    def select(self) -> None:
        way = self.chance.randrange(4)
        if way == 0:
            self.hand.drag(self.place(), self.place())
        elif way == 1:
            point = self.place()
            self.hand.click(point)
            QTest.mouseDClick(self.view.viewport(), Qt.MouseButton.LeftButton, NONE, point)
        elif way == 2:
            self.hand.click(self.place(), SHIFT)
        else:
            for _ in range(self.chance.randrange(1, 6)):
                self.text_key(self.chance.choice(MOVES[:4]), SHIFT | CTRL)

    def tag(self) -> None:
        if self.view.selected_span() is None:
            self.select()
        self.text_key(self.chance.choice((_K.Key_C, _K.Key_D, _K.Key_E)))
        self._answer_people()

    def tag_again(self) -> None:
        self.text_key(self.chance.choice((_K.Key_C, _K.Key_D, _K.Key_E)), SHIFT)
        self._answer_people()

    def _answer_people(self) -> None:
        """Name somebody, take what is proposed, or leave the line; sometimes leave it open."""
        way = self.chance.randrange(6)
        if way == 0 and self.space.area.people_line.is_open:
            self.write(self.chance.choice(("Dora", "t:reed", "mara")))
            self.key(_K.Key_Return)
        elif way == 1:
            self.key(_K.Key_Return)
        if way < 5:
            self.back_to_text()

    def retag(self) -> None:
        self.next()
        self.text_key(self.chance.choice((_K.Key_C, _K.Key_D, _K.Key_E)))

    def delete(self) -> None:
        self.text_key(_K.Key_Delete)

    def undo(self) -> None:
        for _ in range(self.chance.choice((1, 1, 1, 3))):
            self.text_key(_K.Key_Z, CTRL)

    def redo(self) -> None:
        self.text_key(_K.Key_Z, CTRL | SHIFT)

    def filter(self) -> None:
        bar = self.space.area.filter_bar
        if bar.isHidden():
            self.text_key(_K.Key_L, CTRL | SHIFT)
        elif self.chance.random() < 0.7:
            tags = [b for b in bar.findChildren(QToolButton) if b.objectName().startswith("filterTag.")]
            self.chance.choice(tags).click()
        else:
            bar.person.setCurrentIndex(self.chance.randrange(bar.person.count()))
            bar.person.activated.emit(bar.person.currentIndex())

    def end_filter(self) -> None:
        if not self.space.area.filter_bar.isHidden():
            self.space.area.filter_bar.end()

    def resize(self) -> None:
        width, height = self.chance.choice(SIZES)
        self.window.resize(width + self.chance.randrange(40), height + self.chance.randrange(40))

    def scroll(self) -> None:
        point = QPointF(self.place())
        pixels = QPoint(0, self.chance.randrange(-300, 300)) if self.chance.random() < 0.5 else QPoint()
        event = QWheelEvent(
            point,
            self.view.viewport().mapToGlobal(point),
            pixels,
            QPoint(0, self.chance.choice((-360, -120, -30, 30, 120, 360))),
            Qt.MouseButton.NoButton,
            NONE,
            Qt.ScrollPhase.NoScrollPhase if pixels.isNull() else Qt.ScrollPhase.ScrollUpdate,
            False,
        )
        QApplication.sendEvent(self.view.viewport(), event)

    def jump(self) -> None:
        bar = self.view.verticalScrollBar()
        way = self.chance.randrange(3)
        if way == 0:
            bar.setValue(self.chance.randrange(bar.maximum() + 1))
        elif way == 1:
            self.text_key(self.chance.choice((_K.Key_Home, _K.Key_End)), CTRL)
        else:
            self.text_key(self.chance.choice((_K.Key_PageDown, _K.Key_PageUp)))

    def zoom(self) -> None:
        way = self.chance.randrange(3)
        if way == 0:
            self.view.set_zoom(self.chance.choice(ZOOMS))
        else:
            self.window.all_actions.trigger(ActionId.VIEW_ZOOM_IN if way == 1 else ActionId.VIEW_ZOOM_OUT)

    def theme(self) -> None:
        self.window.shared.themes.choose(self.chance.choice(list(ThemeChoice)))

    def find(self) -> None:
        self.text_key(_K.Key_F, CTRL)
        self.write(self.chance.choice(("toll", "that it", "zz", '"in haste')))
        for _ in range(self.chance.randrange(3)):
            self.key(_K.Key_Return)
        if self.chance.random() < 0.6:
            self.back_to_text()

    def next(self) -> None:
        self.text_key(self.chance.choice((_K.Key_N, _K.Key_P)))

    def cycle(self) -> None:
        self.text_key(_K.Key_O)

    def move_caret(self) -> None:
        self.text_key(self.chance.choice(MOVES), self.chance.choice((NONE, NONE, SHIFT, CTRL)))

    def click(self) -> None:
        self.hand.click(self.place(), self.chance.choice((NONE, NONE, CTRL)))

    def hover(self) -> None:
        self.hand.hover(self.place())

    def drag_handle(self) -> None:
        mark = self.view.marks.by_id.get(self.view.current() or "")
        if mark is None or self.view.painter.relations.height_of(mark) is None:
            self.next()
            return
        offset = self.chance.choice((mark.start, mark.end - 1))
        index, laid, within = self.view.page.place(offset)
        number, x = laid.edge(within, ending=offset != mark.start)
        box = laid.lines[number]
        grasp = self.view.page.top_in_view(index) + (box.top + box.bottom) // 2
        left = self.view.page.columns.text_left - self.view.horizontalScrollBar().value()
        if self.view.viewport().rect().contains(QPoint(left + round(x), grasp)):
            self.hand.drag(QPoint(left + round(x), grasp), self.place())

    def move_ends(self) -> None:
        self.text_key(_K.Key_B)
        for _ in range(self.chance.randrange(4)):
            self.key(self.chance.choice((_K.Key_Left, _K.Key_Right)), self.chance.choice((NONE, SHIFT, CTRL)))
        if self.chance.random() < 0.8:
            self.key(self.chance.choice((_K.Key_Return, _K.Key_Escape)))

    def grow(self) -> None:
        self.text_key(_K.Key_S, self.chance.choice((NONE, NONE, SHIFT)))

    def relate(self) -> None:
        self.text_key(_K.Key_L)
        if self.space.area.relation_line.is_open:
            self.write(self.chance.choice(("a", "b", "toll")))
            self.key(self.chance.choice((_K.Key_Return, _K.Key_Escape)))
        self.back_to_text()

    def unsure(self) -> None:
        self.text_key(_K.Key_U)

    def note(self) -> None:
        self.text_key(_K.Key_M)
        self.write("see p. 4")
        self.back_to_text()

    def turn_article(self) -> None:
        self.text_key(self.chance.choice((_K.Key_PageDown, _K.Key_PageUp)), CTRL)

    def panels(self) -> None:
        self.key(self.chance.choice((_K.Key_F3, _K.Key_F4, _K.Key_F6)))

    def go_to(self) -> None:
        self.text_key(_K.Key_G, CTRL)
        self.write(str(self.chance.randrange(1, 2000)))
        self.key(self.chance.choice((_K.Key_Return, _K.Key_Escape)))

    def read_and_back(self) -> None:
        """Look at the place in the reading view, and go on in the article view."""
        for _ in range(2):
            self.key(_K.Key_F7)
            QApplication.processEvents()

    def set_text(self) -> None:
        """Change how the text is set, as the settings do."""
        settings = self.window.shared.settings
        settings.set(LINE_WIDTH, self.chance.choice((45, 79, 100)))
        settings.set(LINE_SPACING, self.chance.choice(("compact", "normal", "relaxed")))
        self.space.take_settings()
