"""Where each article was read last, so that it opens there again: kept by text, remembered on this device."""

from __future__ import annotations

import json
from typing import NamedTuple

_KEPT = 300
"""So many texts are remembered for a project, those read last."""


class ReadingPlace(NamedTuple):
    """The first code point in view, the pixels its line is below the view's top, and the caret's offset."""

    offset: int
    below: int
    caret: int


class ReadingPlaces:
    """The places of a project's texts. A text never changes, so that a place in it never goes wrong."""

    def __init__(self) -> None:
        self._places: dict[str, ReadingPlace] = {}

    def of(self, text_id: str) -> ReadingPlace | None:
        """Return where a text was read last, None when it never was."""
        return self._places.get(text_id)

    def note(self, text_id: str, place: ReadingPlace) -> None:
        """Remember where a text is read."""
        self._places.pop(text_id, None)
        self._places[text_id] = place
        while len(self._places) > _KEPT:
            del self._places[next(iter(self._places))]

    def written(self) -> str:
        """Return all places as a text for the settings."""
        return json.dumps(self._places, separators=(",", ":"))

    def read(self, written: str) -> None:
        """Take the places from what :meth:`written` gave; what is damaged is passed over, for nothing hangs on it."""
        try:
            content = json.loads(written or "{}")
        except ValueError:
            return
        for text_id, place in content.items() if isinstance(content, dict) else ():
            if isinstance(place, list) and [type(number) for number in place] == [int, int, int]:
                self.note(text_id, ReadingPlace(*place))
