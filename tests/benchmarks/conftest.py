"""The fixture ``ratio``, and the table at the end of ``make bench``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import pytest

from tests.benchmarks.ratios import Clock, Row, Work, measure, own_time, table

_rows: pytest.StashKey[list[Row]] = pytest.StashKey()


class Ratio(Protocol):
    """Measures ``subject`` against ``reference`` and fails above ``budget``; see :func:`measure`."""

    def __call__(
        self,
        name: str,
        subject: Work,
        reference: Work,
        budget: float,
        *,
        pairs: int = 30,
        before_each: Callable[[], object] | None = None,
        clock: Clock = own_time,
    ) -> Row: ...


@pytest.fixture
def ratio(benchmark: Any, request: pytest.FixtureRequest) -> Ratio:
    """Skipped by ordinary runs, because it asks for ``benchmark``, which also records the absolute times."""
    rows = request.config.stash.setdefault(_rows, [])

    def check(
        name: str,
        subject: Work,
        reference: Work,
        budget: float,
        *,
        pairs: int = 30,
        before_each: Callable[[], object] | None = None,
        clock: Clock = own_time,
    ) -> Row:
        row = measure(name, subject, reference, budget, pairs=pairs, before_each=before_each, clock=clock)
        rows.append(row)
        benchmark.extra_info.update(row=name, ratio=row.ratio, budget=budget)
        if benchmark.stats is None:
            setup = None if before_each is None else lambda: (before_each(), None)[1]
            benchmark.pedantic(subject, setup=setup, rounds=3)
        assert row.met, f"{name}: {row.ratio:.2f} times the reference, at most {budget} is allowed"
        return row

    return check


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    rows = config.stash.get(_rows, [])
    if rows:
        terminalreporter.section("ratios")
        for line in table(rows):
            terminalreporter.write_line(line)
