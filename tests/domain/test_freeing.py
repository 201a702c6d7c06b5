"""Collections are emptied, a little at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.domain.freeing import STEP, free_in_pieces

NUMBER = 3 * STEP + 1


class Thing:
    """Tells at its end how much is left."""

    def __init__(self, seen: list[int], among: Callable[[], int]) -> None:
        self.seen, self.among = seen, among

    def __del__(self) -> None:
        self.seen.append(self.among())


@pytest.mark.parametrize("make", [list, set, lambda things: dict(enumerate(things))])
def test_everything_is_freed_a_little_at_a_time(make: Callable[[list[Thing]], Any]) -> None:
    seen: list[int] = []
    left: Any = ()
    left = make([Thing(seen, lambda: len(left)) for _ in range(NUMBER)])
    assert seen == []
    free_in_pieces([], left)
    assert len(left) == 0
    assert len(seen) == NUMBER
    assert max(seen.count(number) for number in set(seen)) <= STEP, "so many went in one go"
