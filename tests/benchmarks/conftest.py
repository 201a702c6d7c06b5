"""The fixtures ``ratio`` and ``figure``, and what ``make bench`` leaves behind."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import pytest

from annotator.settings import DeviceMemory
from tests.benchmarks import report
from tests.benchmarks.large import make_project
from tests.benchmarks.ratios import Clock, Row, Work, measure, own_time

_rows: pytest.StashKey[list[Row]] = pytest.StashKey()
_beside: pytest.StashKey[report.SideBySide] = pytest.StashKey()
_WRITE = "--write-figures"


class Ratio(Protocol):
    """Measures ``subject`` against ``reference`` as :func:`measure` does and holds it to ``budget``.

    ``reached``: what a prototype reached; ``why``: what makes this row more than 1.3 times that, if it is.
    """

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
        reached: float | None = None,
        why: str = "",
    ) -> Row: ...


class Figure(Protocol):
    """Holds a ``value`` measured some other way (in a fresh process, say) to ``budget``.

    ``unit``: "x" for a ratio, "MB", or what is counted: "modules" with a budget of 0 says "never".
    """

    def __call__(
        self, name: str, value: float, budget: float, *, unit: str, reached: float | None = None, why: str = ""
    ) -> Row: ...


class _Rows:
    """Gathers the rows of one test; those over their budget fail it at its end, so that none hides another."""

    def __init__(self, benchmark: Any, request: pytest.FixtureRequest) -> None:
        self.benchmark = benchmark
        self.group = request.module.__name__.rpartition(".test_")[2].replace("_", " ").capitalize()
        self.all = request.config.stash.setdefault(_rows, [])
        self.over: list[str] = []

    def add(self, row: Row, reached: float | None, why: str) -> Row:
        row = replace(row, group=self.group, reached=reached, why=why)
        self.all.append(row)
        if not row.met:
            self.over.append(f"{row.name}: {row.value:.2f} {row.unit}, at most {row.budget} is allowed")
        return row

    def run_once(self, work: Work, before: Callable[[], object] | None = None) -> None:
        """Let the plugin time one run: its table of absolute times is for whoever asks for it."""
        if self.benchmark.stats is None:
            setup = None if before is None else lambda: (before(), None)[1]
            self.benchmark.pedantic(work, setup=setup, rounds=1)


@pytest.fixture
def rows(benchmark: Any, request: pytest.FixtureRequest) -> Iterator[_Rows]:
    """Where the rows of a test go; ordinary runs skip every test with it, because it asks for ``benchmark``."""
    found = _Rows(benchmark, request)
    yield found
    if found.over:
        pytest.fail("\n".join(found.over), pytrace=False)


@pytest.fixture
def ratio(rows: _Rows) -> Ratio:
    """Return what measures and checks a row; see :class:`Ratio`. A test may measure several rows.

    The group of a row is the name of its file: ``test_large_project.py`` has the rows of "Large project".
    """

    def check(
        name: str,
        subject: Work,
        reference: Work,
        budget: float,
        *,
        pairs: int = 30,
        before_each: Callable[[], object] | None = None,
        clock: Clock = own_time,
        reached: float | None = None,
        why: str = "",
    ) -> Row:
        row = measure(name, subject, reference, budget, pairs=pairs, before_each=before_each, clock=clock)
        rows.run_once(subject, before_each)
        return rows.add(row, reached, why)

    return check


@pytest.fixture
def figure(rows: _Rows) -> Figure:
    """Return what checks a row that was measured some other way; see :class:`Figure`."""

    def check(name: str, value: float, budget: float, *, unit: str, reached: float | None = None, why: str = "") -> Row:
        rows.run_once(lambda: None)
        return rows.add(Row(name, value, budget, unit=unit), reached, why)

    return check


@pytest.fixture
def beside(request: pytest.FixtureRequest) -> report.SideBySide:
    """Return where the figures of the usual ways beside ours go."""
    return request.config.stash.setdefault(_beside, {})


def pytest_addoption(parser: pytest.Parser) -> None:
    help_ = "write benchmarks.json, docs/benchmarks.md and the table in README.md"
    parser.addoption(_WRITE, action="store_true", help=help_)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    found = config.stash.get(_rows, [])
    if found:
        terminalreporter.section("ratios")
        for line in report.table(found):
            terminalreporter.write_line(line)
    if config.getoption(_WRITE, default=False):
        report.write(found, config.stash.get(_beside, {}))


@pytest.fixture(scope="session")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a project with 1,000 articles and 100,000 passages, made once for all benchmarks.

    It is only read: what writes takes :func:`large_copy`, so that no row depends on which ran before it.
    """
    folder = tmp_path_factory.mktemp("large")
    path = folder / "large.annotator"
    make_project(path, DeviceMemory(folder / "device.json"), articles=1_000, passages=100).close()
    return path


@pytest.fixture(scope="session")
def large_copy(large_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of it that may be written to."""
    return Path(shutil.copy(large_file, tmp_path_factory.mktemp("copy")))
