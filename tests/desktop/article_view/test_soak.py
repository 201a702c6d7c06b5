"""Many random actions: whatever happened before, the page looks as a fresh one with the same things on it."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from annotator.desktop.article_view import DARK, LIGHT, ArticleView
from annotator.domain.graphemes import is_boundary
from tests.desktop.article_view.conftest import BIDI, LONG, STYLES, TEXT, Hand, MakeView, mark

ALL = "\n".join((TEXT, BIDI, LONG[:9000]))
KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
)
MODIFIERS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier)


class Monkey:
    """Does things to a view, chosen by chance."""

    def __init__(self, view: ArticleView, chance: random.Random) -> None:
        self.view = view
        self.hand = Hand(view)
        self.chance = chance
        self.size = (960, 600)
        self.theme = LIGHT
        self.made = 0
        self.actions: list[Callable[[], object]] = [
            self.add,
            self.add,
            self.remove,
            self.resize,
            self.dress,
            self.relate,
            self.drag,
            lambda: self.hand.click(self.place(), self.chance.choice(MODIFIERS)),
            lambda: self.hand.hover(self.place()),
            lambda: self.hand.key(self.chance.choice(KEYS), self.chance.choice(MODIFIERS)),
            lambda: self.hand.key(self.chance.choice(KEYS), self.chance.choice(MODIFIERS)),
            lambda: view.scroller.by(self.chance.randrange(-400, 400)),
            lambda: view.next_mark(self.chance.choice((1, -1))),
            view.cycle,
            view.grow_selection,
            view.shrink_selection,
            view.begin_move_ends,
            view.find_next,
            view.find_previous,
            lambda: view.find(self.chance.choice(("the", "toll", ""))),
            lambda: view.set_zoom(self.chance.choice((50, 100, 150, 300))),
            lambda: view.set_hidden(tags=frozenset(self.chance.sample(sorted(STYLES), 2))),
            lambda: view.set_hints(dict.fromkeys(view.visible_marks()[:3], "a")),
        ]

    def place(self) -> QPoint:
        viewport = self.view.viewport()
        return QPoint(self.chance.randrange(viewport.width()), self.chance.randrange(viewport.height()))

    def add(self) -> None:
        self.made += 1
        first = self.view.page.table.starts[self.chance.choice(self.view.page.shown()).paragraph]
        start = min(first + self.chance.randrange(60), len(ALL) - 2)
        end = min(len(ALL), start + self.chance.choice((1, 3, 30, 200, 900)))
        tag, analyst = self.chance.choice(sorted(STYLES)), self.chance.choice("ab")
        self.view.add_mark(mark(f"m{self.made:04}", start, end, tag, analyst), pending=self.chance.random() < 0.2)
        self.view.update_labels({f"m{self.made:04}": f"Speaker {self.made % 9} · tag"})

    def remove(self) -> None:
        if self.view.marks.by_id:
            self.view.remove_mark(self.chance.choice(sorted(self.view.marks.by_id)))

    def resize(self) -> None:
        self.size = (self.chance.randrange(500, 1200), self.chance.randrange(300, 700))
        self.view.resize(*self.size)

    def dress(self) -> None:
        self.theme = self.chance.choice((LIGHT, DARK))
        self.view.set_theme(self.theme)

    def relate(self) -> None:
        ids = sorted(self.view.marks.by_id)
        pairs = [(self.chance.choice(ids), self.chance.choice(ids)) for _ in range(4)] if ids else []
        self.view.set_relations([(a, b, "rebuts") for a, b in pairs if a != b])

    def drag(self) -> None:
        self.hand.press(self.place())
        self.hand.move(self.place())
        self.hand.release(self.place())


def dressed_alike(fresh: ArticleView, monkey: Monkey) -> None:
    """Give a fresh view what the used one shows."""
    used = monkey.view
    used.ends.keep()
    fresh.set_theme(monkey.theme)
    fresh.resize(*monkey.size)
    fresh.set_zoom(used.zoom())
    fresh.set_article(ALL, ())
    fresh.set_marks(sorted(used.marks.by_id.values(), key=lambda m: (m.start, m.end, m.id)))
    fresh.marks.pending |= used.marks.pending
    fresh.set_labels(used.state.labels)
    fresh.set_hidden(used.marks.hidden_tags)
    QApplication.processEvents()
    fresh.state = used.state
    fresh._restyle()
    fresh.page.restore(used.page.reading_position())
    fresh.scroller.sync()
    fresh.horizontalScrollBar().setValue(used.horizontalScrollBar().value())


@pytest.mark.parametrize("seed", range(4))
def test_after_anything_the_page_looks_as_a_fresh_one(make_view: MakeView, seed: int) -> None:
    chance = random.Random(seed)
    view = make_view(ALL)
    monkey = Monkey(view, chance)
    for number in range(240):
        chance.choice(monkey.actions)()
        assert is_boundary(ALL, view.caret())
        selected = view.selected_span()
        if selected is not None:
            assert is_boundary(ALL, selected.start)
            assert is_boundary(ALL, selected.end)
        if number % 60 == 59:
            QApplication.processEvents()
            fresh = make_view(ALL)
            dressed_alike(fresh, monkey)
            view.state.caret_on = False
            assert view.viewport().grab().toImage() == fresh.viewport().grab().toImage()
            fresh.hide()
            view.activateWindow()
            view.setFocus()
