"""The measure itself: it tells twice the work from the same work, and reports what is over its budget."""

from __future__ import annotations

from tests.benchmarks.ratios import Row, measure
from tests.benchmarks.report import BESIDE, PAGE, README, figures, page, table


def _work(steps: int) -> int:
    return sum(step * step for step in range(steps))


def test_more_work_has_a_higher_ratio() -> None:
    row = measure("three times", lambda: _work(9000), lambda: _work(3000), 10, pairs=15)
    assert 2 < row.value < 4.5
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
    assert row.value < 2
    assert len(prepared) == 2 * 13


FAST = Row("fast", 1.0, 2.0, 1.0, 1.0, group="One", reached=1.0)
SLOW = Row("slow", 3.0, 2.0, 3.0, 1.0, group="Two", reached=2.0, why="it has more to do")
LARGE = Row("large", 88.4, 200, unit="MB", group="Two")


def test_a_row_over_its_budget_shows() -> None:
    lines = table([FAST, SLOW, LARGE])
    assert "met" in lines[1]
    assert "OVER" in lines[2]
    assert lines[4] == "slow: 1.5 times what was reached; it has more to do"


def test_the_page_shows_every_row_and_the_machine() -> None:
    spent = {"plain": {"open": 2.0, "add": 1.0}, "ours": {"open": 3.0, "add": 0.5}, "slow": {"open": 90.0, "add": 9.0}}
    found = figures([FAST, SLOW, LARGE], {"50 kB / 500": spent})
    text = "\n".join(page(found))
    assert f"Python {found['machine']['Python']}" in text
    assert "| slow | 3.00 × | 2.00 × | 2.00 × | **over**; 1.5 times what was reached; it has more to do |" in text
    assert "| large | 88 MB | 200 MB |  | met |" in text
    assert text.index("## One") < text.index("| fast |") < text.index("## Two")
    assert "| ours | 1.5 × | 0.5 × |\n| slow | 45 × | 9.0 × |" in text


def test_the_readme_shows_what_was_measured_last() -> None:
    in_readme, in_page = (BESIDE.search(path.read_text(encoding="utf-8")) for path in (README, PAGE))
    assert in_readme is not None
    assert in_page is not None
    assert in_readme[0] == in_page[0]
    assert "| article view |" in in_page[0]
