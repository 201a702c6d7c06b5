from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.frozen_figures import freeze, thaw
from annotator.domain.team_figures import run, team_figures
from tests.benchmarks.test_agreement import team


def small() -> str:
    texts, relations, tags = team()
    return freeze(run(team_figures(texts[:2], relations[:4], tags[:2], {})))


SMALL = small()


def test_figures_come_back_as_they_were_frozen() -> None:
    texts, relations, tags = team()
    found = run(team_figures(texts, relations, tags, {}, 0.6))
    kept = freeze(found)
    assert thaw(kept) == found
    assert freeze(thaw(kept)) == kept
    assert len(kept) < 600_000
    empty = run(team_figures([], [], tags, {}))
    assert thaw(freeze(empty)) == empty


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', '{"format": 1}', '{"format": 1, "sets": [3]}'])
def test_what_is_not_figures_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        thaw(text)


@given(st.data())
def test_figures_that_somebody_has_changed_are_read_whole_or_refused(data: st.DataObject) -> None:
    """A packet may hold anything: what comes out is figures with numbers in them, or a ValueError."""
    document = json.loads(SMALL)
    at: Any = document
    while isinstance(at, dict | list) and at:
        key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if not isinstance(at[key], dict | list) or data.draw(st.booleans()):
            at[key] = data.draw(st.sampled_from((None, "x", -1, 3.5, [], {}, [["x"]], {"x": 1}, True, "0.ff", 10**400)))
            break
        at = at[key]
    try:
        figures = thaw(json.dumps(document))
    except ValueError:
        return
    assert all(isinstance(id_, str) for id_ in (*figures.analysts, *figures.texts, *figures.left_out))
    for scope in (figures.whole, *figures.pairs, *figures.tags, *figures.articles):
        for figure in scope.figures.values():
            assert figure.value is None or f"{figure.value:.2f}"
            assert isinstance(figure.n, int)
            assert all(isinstance(id_, str) for id_ in (*figure.ids, *figure.apart))


def test_a_set_of_passages_is_written_once() -> None:
    texts, relations, tags = team()
    sets = json.loads(freeze(run(team_figures(texts[:2], relations, tags, {}))))["sets"]
    assert len(sets) == len(set(sets))
