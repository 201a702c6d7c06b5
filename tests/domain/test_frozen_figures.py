from __future__ import annotations

import json

import pytest

from annotator.domain.frozen_figures import freeze, thaw
from annotator.domain.team_figures import run, team_figures
from tests.benchmarks.test_agreement import team


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


def test_a_set_of_passages_is_written_once() -> None:
    texts, relations, tags = team()
    sets = json.loads(freeze(run(team_figures(texts[:2], relations, tags, {}))))["sets"]
    assert len(sets) == len(set(sets))
