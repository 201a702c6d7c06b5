"""The queue: what it shows in which order, and that its model keeps Qt's contract."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator.desktop.review.authors import Author, Shape, authors_of
from annotator.desktop.review.meeting_agenda import agenda
from annotator.desktop.review.queue_model import QueueModel
from annotator.desktop.review.queue_order import QueueFilter, QueueHeading, arranged, next_open, step
from annotator.desktop.review.queue_panel import QueuePanel
from annotator.desktop.review.shown_cluster import QueueRow, Standing
from annotator.domain.clusters import Difference
from tests.factories import make_analyst

BEN = Author("b", 1, "Ben Cole", "BC", "#5b3fa8", Shape.SQUARE)
CY = Author("c", 2, "Cy Dahl", "CD", "#b0531a", Shape.DISC)


def row(id_: str, place: int, disagreement: float = 1.0, standing: Standing = Standing.OPEN) -> QueueRow:
    return QueueRow(
        id=id_,
        article_id="one" if place < 3 else "two",
        article="The tolls" if place < 3 else "The ledger",
        place=place,
        quote=f"words {id_}",
        standing=standing,
        differences=(Difference.TAG,),
        disagreement=disagreement,
        tag_ids=frozenset({"claim"}),
        colour="#2f6fd0",
        authors=(BEN, CY),
        missing=(),
        unanimous=False,
    )


ROWS = [
    row("a", 0, 0.5),
    row("b", 1, 3.0),
    row("c", 2, 2.0, Standing.PARKED),
    row("d", 3, 1.0, Standing.DECIDED),
    row("e", 4, 0.1, Standing.STALE),
]


def ids(entries: list[QueueRow | QueueHeading]) -> list[str]:
    return [entry.id for entry in entries if isinstance(entry, QueueRow)]


def test_the_worst_come_first_changed_ones_before_them_and_parked_ones_apart() -> None:
    shown = arranged(ROWS, QueueFilter())
    assert ids(shown) == ["e", "b", "a", "c", "d"]
    headings = [entry.text for entry in shown if isinstance(entry, QueueHeading)]
    assert headings == ["To decide · 3", "Parked for the meeting · 1", "Decided · 1"]


def test_reading_order_goes_article_by_article_with_parked_ones_last() -> None:
    shown = arranged(ROWS, QueueFilter(reading=True))
    assert ids(shown) == ["a", "b", "d", "e", "c"]
    headings = [entry.text for entry in shown if isinstance(entry, QueueHeading)]
    assert headings == ["The tolls · 2", "The ledger · 2", "Parked for the meeting · 1"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (QueueFilter(difference=Difference.PEOPLE), ["b"]),
        (QueueFilter(tag_id="denial"), ["a"]),
        (QueueFilter(analyst_id="x"), ["e"]),
    ],
)
def test_filters_leave_out_the_rest(wanted: QueueFilter, expected: list[str]) -> None:
    rows = [
        replace(ROWS[0], tag_ids=frozenset({"denial"})),
        replace(ROWS[1], differences=(Difference.PEOPLE,)),
        *ROWS[2:4],
        replace(ROWS[4], missing=(Author("x", 3, "Eve Fox", "EF", "#000000", Shape.RING),)),
    ]
    assert ids(arranged(rows, wanted)) == expected


def test_steps_follow_what_is_shown() -> None:
    shown = arranged(ROWS, QueueFilter())
    assert getattr(step(shown, "e", 1), "id", None) == "b"
    assert step(shown, "e", -1) is None
    assert getattr(step(shown, None, 1), "id", None) == "e"
    assert getattr(step(shown, None, -1), "id", None) == "d"


def test_the_next_to_decide_passes_what_is_parked_decided_or_under_way_and_begins_anew() -> None:
    shown = arranged(ROWS, QueueFilter())
    assert getattr(next_open(shown, "a"), "id", None) == "e"
    assert getattr(next_open(shown, "e", passing=frozenset({"b"})), "id", None) == "a"
    assert next_open(arranged(ROWS[2:4], QueueFilter()), "c") is None


def test_a_meeting_goes_through_parked_ones_first() -> None:
    assert [one.id for one in agenda(ROWS)] == ["c", "e", "b", "a"]


def test_the_model_keeps_qts_contract(qtbot: QtBot) -> None:
    model = QueueModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(arranged(ROWS, QueueFilter()))
    heading, first = model.index(0), model.index(1)
    assert not model.flags(heading) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(first) & Qt.ItemFlag.ItemIsSelectable
    spoken = first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Changed since: decide again: words e. Ben Cole, Cy Dahl. tag"
    model.set_rows(arranged([replace(one, standing=Standing.DECIDED) for one in ROWS], QueueFilter()))
    assert model.rowCount() == 6
    model.set_rows([])
    assert model.rowCount() == 0


def test_the_panel_says_why_it_is_empty(qtbot: QtBot) -> None:
    panel = QueuePanel()
    qtbot.addWidget(panel)
    panel.set_rows([])
    assert "nothing to decide" in panel._empty.text()
    panel.set_rows(ROWS)
    panel._difference.setCurrentIndex(1)
    assert "of this kind" in panel._empty.text()
    assert panel.step(1) is None


def test_authors_are_told_apart_by_number_initials_and_shape() -> None:
    analysts = {a.id: a for a in (make_analyst("Cy Dahl"), make_analyst("Ben Cole"), make_analyst("Eve Fox"))}
    shown = authors_of(analysts, analysts)
    assert [(one.number, one.initials, one.shape) for one in shown] == [
        (1, "BC", Shape.SQUARE),
        (2, "CD", Shape.DISC),
        (3, "EF", Shape.TRIANGLE),
    ]
    assert len({one.colour for one in shown}) == 3


def test_letters_stand_for_names_that_are_hidden() -> None:
    analysts = {a.id: a for a in (make_analyst("Cy Dahl"), make_analyst("Ben Cole"))}
    first, second = analysts
    shown = authors_of(analysts, analysts, {first: "B", second: "A"})
    assert [(one.analyst_id, one.name, one.initials) for one in shown] == [
        (second, "Analyst A", "A"),
        (first, "Analyst B", "B"),
    ]
