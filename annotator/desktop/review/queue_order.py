"""Which disagreements the queue shows, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QCoreApplication

from annotator.desktop.review.shown_cluster import QueueRow, Standing
from annotator.domain.clusters import Difference

_tr = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What is shown: None shows all. ``analyst_id``: what this analyst has, or is missing.

    ``reading``: in the order of the articles and of reading, else by disagreement.
    """

    difference: Difference | None = None
    tag_id: str | None = None
    analyst_id: str | None = None
    reading: bool = False

    def shows(self, row: QueueRow) -> bool:
        """Whether a disagreement is shown."""
        return (
            (self.difference is None or self.difference in row.differences)
            and (self.tag_id is None or self.tag_id in row.tag_ids)
            and (self.analyst_id is None or any(author.analyst_id == self.analyst_id for author in row.concerned))
        )


@dataclass(frozen=True, slots=True)
class QueueHeading:
    """A line over some rows of the queue; nothing can be done with it."""

    id: str
    text: str


def arranged(rows: Iterable[QueueRow], wanted: QueueFilter) -> list[QueueRow | QueueHeading]:
    """Return what the queue shows, under headings; what is parked stands apart, for the meeting."""
    shown = sorted((row for row in rows if wanted.shows(row)), key=lambda row: row.place)
    parked = [row for row in shown if row.standing is Standing.PARKED]
    rest = [row for row in shown if row.standing is not Standing.PARKED]
    sections: list[tuple[str, str, Sequence[QueueRow]]] = []
    if wanted.reading:
        for article_id, group in groupby(rest, key=lambda row: row.article_id):
            held = list(group)
            sections.append((article_id, held[0].article, held))
    else:
        still = [row for row in rest if row.standing is not Standing.DECIDED]
        still.sort(key=lambda row: (row.standing, -row.disagreement, row.place))
        decided = [row for row in rest if row.standing is Standing.DECIDED]
        sections = [
            ("to decide", _tr("Queue", "To decide"), still),
            ("decided", _tr("Queue", "Decided"), decided),
        ]
    sections.insert(len(sections) if wanted.reading else 1, ("parked", _tr("Queue", "Parked for the meeting"), parked))
    found: list[QueueRow | QueueHeading] = []
    for id_, title, held_rows in sections:
        if held_rows:
            found.append(QueueHeading(f"heading {id_}", f"{title} · {len(held_rows)}"))
            found += held_rows
    return found


def step(rows: Sequence[QueueRow | QueueHeading], current: str | None, direction: int) -> QueueRow | None:
    """Return the row after (1) or before (-1) the one with the id ``current`` as shown; None past the ends."""
    order = [row for row in rows if isinstance(row, QueueRow)]
    place = next((n for n, row in enumerate(order) if row.id == current), None)
    if place is None:
        return (order[0] if direction > 0 else order[-1]) if order else None
    wanted = place + direction
    return order[wanted] if 0 <= wanted < len(order) else None


def next_open(
    rows: Sequence[QueueRow | QueueHeading], current: str | None, *, passing: frozenset[str] = frozenset()
) -> QueueRow | None:
    """Return the next row behind ``current`` that is still to be decided, from the top again past the last.

    ``passing``: ids of rows that are being decided just now.
    """
    order = [row for row in rows if isinstance(row, QueueRow)]
    place = next((n for n, row in enumerate(order) if row.id == current), -1)
    for row in (*order[place + 1 :], *order[: max(place, 0)]):
        if row.standing in (Standing.OPEN, Standing.STALE) and row.id not in passing and row.id != current:
            return row
    return None
