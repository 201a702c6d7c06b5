"""The measure itself: it tells twice the work from the same work, and reports what is over its budget."""

from __future__ import annotations

from tests.benchmarks.ratios import Row, measure, table


def _work(steps: int) -> int:
    return sum(step * step for step in range(steps))


def test_more_work_has_a_higher_ratio() -> None:
    row = measure("three times", lambda: _work(9000), lambda: _work(3000), 10, pairs=15)
    assert 2 < row.ratio < 4.5
    assert row.met


def test_preparation_does_not_count() -> None:
    prepared: list[int] = []
    row = measure(
        "prepared",
        lambda: _work(6000),
        lambda: _work(6000),
        3,
        pairs=11,
        before_each=lambda: prepared.append(_work(60000)),
    )
    assert row.ratio < 2
    assert len(prepared) == 2 * 13


def test_a_row_over_its_budget_shows() -> None:
    rows = [Row("fast", 1.0, 2.0, 1.0, 1.0), Row("slow", 3.0, 2.0, 3.0, 1.0)]
    lines = table(rows)
    assert "met" in lines[1]
    assert "OVER" in lines[2]
