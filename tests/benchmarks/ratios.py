"""Measure one operation against another in the same run: milliseconds mean nothing on a shared machine, ratios do."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]
Clock = Callable[[], float]


def own_time() -> float:
    """Return the CPU seconds that this process has used, in all its threads."""
    return time.process_time()


def childrens_time() -> float:
    """Return the CPU seconds that finished child processes have used: for operations that start a program."""
    import resource  # not on Windows

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: ``ratio`` is the subject's CPU time over the reference's, ``budget`` the most allowed."""

    name: str
    ratio: float
    budget: float
    subject_ms: float
    reference_ms: float

    @property
    def met(self) -> bool:
        return self.ratio <= self.budget


def measure(
    name: str,
    subject: Work,
    reference: Work,
    budget: float,
    *,
    pairs: int = 30,
    before_each: Callable[[], object] | None = None,
    clock: Clock = own_time,
) -> Row:
    """Return how the CPU time of ``subject`` compares with that of ``reference``.

    The two run in turns, so that whatever slows the machine slows both, and the medians are compared. Each is run
    often enough to take a millisecond at least. ``before_each`` runs outside the clock before every single run; with
    it, or with another ``clock``, nothing is repeated within one measurement.
    """
    once = before_each is not None or clock is not own_time
    repeat = (1, 1) if once else (_often_enough(subject), _often_enough(reference))
    subject_times, reference_times = [], []
    collecting = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        for turn in range(pairs + 2):
            mine = _cpu_time(subject, repeat[0], before_each, clock)
            theirs = _cpu_time(reference, repeat[1], before_each, clock)
            if turn >= 2:  # the first turns fill caches
                subject_times.append(mine)
                reference_times.append(theirs)
    finally:
        if collecting:
            gc.enable()
    spent, compared = statistics.median(subject_times), statistics.median(reference_times)
    return Row(name, spent / max(compared, 1e-9), budget, spent * 1e3, compared * 1e3)


def _often_enough(work: Work) -> int:
    spent = _cpu_time(work, 1, None, own_time)
    return max(1, min(1000, round(1e-3 / max(spent, 1e-7))))


def _cpu_time(work: Work, repeat: int, before_each: Callable[[], object] | None, clock: Clock) -> float:
    """Return the CPU seconds that one run of ``work`` takes."""
    if before_each is not None:
        before_each()
    started = clock()
    for _ in range(repeat):
        work()
    return (clock() - started) / repeat


def table(rows: list[Row]) -> list[str]:
    """Return the lines of a table of rows."""
    width = max([len(row.name) for row in rows] + [9])
    lines = [f"{'operation':<{width}}  ratio  budget          ms  reference ms"]
    for row in rows:
        verdict = "met" if row.met else "OVER"
        times = f"{row.subject_ms:>8.3f}  {row.reference_ms:>12.3f}"
        lines.append(f"{row.name:<{width}}  {row.ratio:>5.2f}  {row.budget:>6.2f}  {verdict:<4}{times}")
    return lines
