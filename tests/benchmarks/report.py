"""What a run of the benchmarks leaves behind: a table, ``benchmarks.json``, and the page that is made from it."""

from __future__ import annotations

import itertools
import json
import os
import platform
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import qVersion

from tests.benchmarks.ratios import TIMES, Row

ROOT = Path(__file__).resolve().parents[2]
FIGURES, PAGE, README = ROOT / "benchmarks.json", ROOT / "docs" / "benchmarks.md", ROOT / "README.md"
BESIDE = re.compile("(?<=<!-- beside -->\n).*?(?=<!-- /beside -->)", re.DOTALL)
"""The table of the article view beside the usual ways, in the page and in README.md."""

SideBySide = dict[str, dict[str, dict[str, float]]]
"""CPU milliseconds by size of article, by way to show passages, by operation."""

_HEAD = """\
# Benchmarks

What must stay fast, as ratios to a reference that does the least possible work, measured in turns in one run: CPU time,
the median of the pairs. `make bench` measures everything and writes this page and `benchmarks.json`.

- **Article view**: a plain `QPlainTextEdit` with the same text, font and size, which shows no passages at all.
- **Store**: the same rows through Python's `sqlite3`. **Start**: `import PySide6.QtWidgets` and show one empty widget.
- **Agreement**: no ratio, but the CPU time a team waits for its figures at the reveal.
- *Reached* is what a prototype reached; a row of more than 1.3 times that says why.
"""


def machine() -> dict[str, str]:
    """Return what the figures were measured on, without its name."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{pages / 2**30:.1f} GiB",
        "system": _system(),
        "Python": platform.python_version(),
        "Qt": qVersion() or "",
        "SQLite": sqlite3.sqlite_version,
    }


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.exists() and (found := re.search(r"model name\s*: (.*)", facts.read_text(encoding="utf-8"))):
        return found[1].strip()
    return platform.processor() or platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {platform.release()}"


def table(rows: list[Row]) -> list[str]:
    """Return the lines of a table of rows, and below it why some are well above what was reached."""
    width = max([len(row.name) for row in rows] + [9])
    lines = [f"{'operation':<{width}}   value  budget                 ms  reference ms"]
    for row in rows:
        verdict = "met" if row.met else "OVER"
        times = f"{row.subject_ms:>10.3f}  {row.reference_ms:>12.3f}" if row.subject_ms and row.reference_ms else ""
        lines.append(
            f"{row.name:<{width}}  {row.value:>6.2f}  {row.budget:>6.2f}  {row.unit:<7}  {verdict:<4}{times}".rstrip()
        )
    lines += [f"{row.name}: {_why(row)}" for row in rows if row.to_explain]
    return lines


def _why(row: Row) -> str:
    return f"{row.value / (row.reached or 1):.1f} times what was reached; {row.why or 'not explained yet'}"


def figures(rows: Iterable[Row], beside: SideBySide) -> dict[str, Any]:
    """Return what ``benchmarks.json`` holds."""
    measured = [{**asdict(row), "met": row.met} for row in rows]
    at = datetime.now(UTC).date().isoformat()
    return {"measured_on": at, "machine": machine(), "rows": measured, "side_by_side": beside}


def write(rows: Iterable[Row], beside: SideBySide) -> None:
    """Write ``benchmarks.json``, and from it the page and the table in README.md."""
    found = figures(rows, beside)
    FIGURES.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text("\n".join(page(found)), encoding="utf-8")
    if beside:
        shown = "\n".join(beside_table(beside)) + "\n"
        README.write_text(BESIDE.sub(lambda _: shown, README.read_text(encoding="utf-8")), encoding="utf-8")


def page(found: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of ``docs/benchmarks.md``."""
    yield _HEAD
    facts = ", ".join(f"{name} {value}" for name, value in found["machine"].items())
    yield f"Measured on {found['measured_on']}: {facts}.\n"
    rows = [Row(**{name: value for name, value in row.items() if name != "met"}) for row in found["rows"]]
    for group, members in itertools.groupby(sorted(rows, key=lambda row: row.group), key=lambda row: row.group):
        yield f"## {group}\n\n| operation | measured | budget | reached | |\n| --- | ---: | ---: | ---: | --- |"
        for row in members:
            reached = "" if row.reached is None else _number(row.reached, row.unit)
            verdict = "met" if row.met else "**over**"
            if row.to_explain:
                verdict += f"; {_why(row)}"
            shown = f"{_number(row.value, row.unit)} | {_number(row.budget, row.unit)} | {reached} | {verdict}"
            yield f"| {row.name} | {shown} |"
        yield ""
    if found["side_by_side"]:
        yield "## Beside the usual ways\n\n<!-- beside -->"
        yield from beside_table(found["side_by_side"])
        yield "<!-- /beside -->\n"


def _number(value: float, unit: str) -> str:
    if unit == TIMES:
        return f"{value:.2f} ×"
    return f"{value:.0f} {unit}"


def beside_table(beside: SideBySide) -> Iterator[str]:
    """Yield a table of times the plain widget takes, which shows no passages and stands first in each size."""
    for size, ways in beside.items():
        plain = next(iter(ways.values()))
        yield f"| {size} passages | {' | '.join(plain)} |"
        yield f"| --- |{' ---: |' * len(plain)}"
        for way, spent in list(ways.items())[1:]:
            shown = " | ".join(_times(spent[operation] / plain[operation]) for operation in plain)
            yield f"| {way} | {shown} |"
        yield ""


def _times(ratio: float) -> str:
    return f"{ratio:,.0f} ×" if ratio >= 10 else f"{ratio:.1f} ×"
