"""Numbers with their nouns."""

from __future__ import annotations

import pytest

from annotator.domain.counting import counted


@pytest.mark.parametrize(("count", "words"), [(0, "0 texts"), (1, "1 text"), (2, "2 texts"), (1200, "1,200 texts")])
def test_only_one_is_singular(count: int, words: str) -> None:
    assert counted(count, "text") == words


def test_a_plural_of_its_own() -> None:
    assert (counted(1, "person", "people"), counted(3, "person", "people")) == ("1 person", "3 people")
