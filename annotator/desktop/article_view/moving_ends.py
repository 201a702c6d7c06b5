"""Moving the ends of the current passage, by keys (mode B) or by its handles: shown at once, told once at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from annotator.desktop.article_view import movement
from annotator.desktop.article_view.page import Page
from annotator.domain.marks import Mark

if TYPE_CHECKING:
    from annotator.desktop.article_view.view import ArticleView

_Key = Qt.Key
_ENDING = frozenset({_Key.Key_Return, _Key.Key_Enter, _Key.Key_Escape})
OURS = frozenset({_Key.Key_Left, _Key.Key_Right}) | _ENDING
"""Keys that belong to the mode while it lasts."""


class EndsMover:
    """One move of a passage's ends, from its beginning until it is kept or given up."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._original: Mark | None = None
        self._by_keys = False

    @property
    def mark_id(self) -> str | None:
        """The id of the mark whose ends are on the move."""
        return self._original.id if self._original else None

    @property
    def by_keys(self) -> bool:
        """Whether the keys move the ends just now."""
        return self._original is not None and self._by_keys

    def begin(self, mark: Mark, *, by_keys: bool) -> None:
        """Begin to move the ends of ``mark``."""
        self._original = mark
        self._by_keys = by_keys
        self._view.state.moving = mark.id if by_keys else None
        self._view.update_mark(mark.id)
        if by_keys:
            self._view.moving_ends_changed.emit(True)

    def keep(self) -> None:
        """End the move and tell of it if anything changed; the passage counts as not yet saved until it comes back."""
        original, mark = self._original, self._now()
        self._end()
        if original is not None and mark is not None and (mark.start, mark.end) != (original.start, original.end):
            self._view.add_mark(mark, pending=True)
            self._view.ends_moved.emit(mark.id, mark.start, mark.end)

    def give_up(self) -> None:
        """End the move and put the ends back."""
        original = self._original
        self._end()
        if original is not None and original.id in self._view.marks.by_id:
            self._view.add_mark(original, pending=original.id in self._view.marks.pending)

    def forget(self, mark_id: str | None = None) -> None:
        """End the move without a word because the passage (None: whichever it is) has changed or gone."""
        if self._original is not None and mark_id in (None, self._original.id):
            self._end()

    def _end(self) -> None:
        by_keys, mark_id = self.by_keys, self.mark_id
        self._original = None
        self._view.state.moving = None
        if mark_id is not None:
            self._view.update_mark(mark_id)
        if by_keys:
            self._view.moving_ends_changed.emit(False)

    def _now(self) -> Mark | None:
        return self._view.marks.by_id.get(self._original.id) if self._original else None

    def put(self, *, start: int | None = None, end: int | None = None) -> None:
        """Move one end; an end never passes the other, at least one cluster stays."""
        mark, page = self._now(), self._view.page
        if mark is None:
            return
        if start is not None:
            moved = mark._replace(start=max(0, min(start, movement.before(page, mark.end))))
        elif end is not None:
            moved = mark._replace(end=min(len(page.text), max(end, movement.after(page, mark.start))))
        else:
            return
        if moved != mark:
            self._view.put_mark(moved, pending=mark.id in self._view.marks.pending)
            self._view.reveal(moved.start if start is not None else moved.end)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key says in the mode and return whether it was one of the mode's."""
        key = _Key(event.key())
        if key not in OURS:
            return False
        if key in _ENDING:
            self.give_up() if key == _Key.Key_Escape else self.keep()
            return True
        mark = self._now()
        if mark is None:
            return True
        page = self._view.page
        at_start = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        place = mark.start if at_start else mark.end
        right_to_left = page.place(place)[1].rtl
        direction = 1 if (key == _Key.Key_Right) != right_to_left else -1
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            place = movement.after(page, place) if direction > 0 else movement.before(page, place)
        else:
            place = next_stop(self._view.page, place, direction, ending=not at_start)
        self.put(start=place) if at_start else self.put(end=place)
        return True


def next_stop(page: Page, place: int, direction: int, *, ending: bool) -> int:
    """Return where an end stops next: at a word's edge, and at the edge of the marks and points around it."""
    word = movement.word_end if ending else movement.word
    stops = (word(page, place, direction), movement.run_edge(page, place, direction, ending=ending))
    return min(stops) if direction > 0 else max(stops)


def nearest_stop(page: Page, place: int, *, ending: bool) -> int:
    """Return the stop for an end that is nearest to ``place``."""
    stops = {next_stop(page, place, direction, ending=ending) for direction in (1, -1)}
    stops.add(next_stop(page, max(0, place - 1), 1, ending=ending))
    return min(stops, key=lambda stop: (abs(stop - place), stop))
