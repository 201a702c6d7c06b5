"""The labels of a printed page, one below the other down the whole margin: paper shows no more on hovering."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.desktop.article_view.draw_list import MarginLabel


def place_labels(wanted: Sequence[MarginLabel], row: int, height: int) -> list[MarginLabel]:
    """Return the labels so that none covers another, each as near to where it is ``wanted`` as can be.

    ``row``: the height of a label, ``height``: of the page. Where there are more than fit, the last row names the rest
    by what stands first in their texts: their numbers.
    """
    slots = max(1, height // row)
    labels = list(wanted)
    if len(labels) > slots:
        rest = labels[slots - 1 :]
        numbers = ", ".join(label.text.split(maxsplit=1)[0] for label in rest)
        ids = tuple(id_ for label in rest for id_ in label.mark_ids)
        labels[slots - 1 :] = [MarginLabel(ids, numbers, height - row, None)]
    tops = []
    free = 0
    for label in labels:
        tops.append(max(label.top, free))
        free = tops[-1] + row
    limit = height
    for place in range(len(tops) - 1, -1, -1):
        tops[place] = min(tops[place], limit - row)
        limit = tops[place]
    return [MarginLabel(label.mark_ids, label.text, top, label.chip) for label, top in zip(labels, tops, strict=True)]
