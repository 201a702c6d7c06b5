"""Grapheme clusters: the rule that is checked when a person writes."""

from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from annotator.services.clusters import cuts_cluster

pieces = st.sampled_from(
    [
        "a",
        " ",
        "\n",
        "e\u0301",
        "🇬🇧",
        "🇬",
        "👨\u200d👩\u200d👧",
        "👍🏽",
        "\u1112\u1161\u11ab",
        "क्षि",
        "ש\u05b0",
        "\u0600",
        "\u200d",
        "1\ufe0f\u20e3",
        "न्\u200dद",
    ]
)


@given(st.lists(pieces, max_size=12).map("".join))
def test_exactly_the_breaks_between_clusters_cut_nothing(text: str) -> None:
    breaks = {0, len(text), *(match.end() for match in regex.finditer(r"\X", text))}
    assert {offset for offset in range(len(text) + 1) if not cuts_cluster(text, offset)} == breaks


def test_a_place_far_into_a_long_line_is_found_fast() -> None:
    text = "naïve – " * 100_000 + "e\u0301nd"
    assert cuts_cluster(text, len(text) - 3)
    assert not cuts_cluster(text, len(text) - 4)
