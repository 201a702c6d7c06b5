"""Measure one operation against another in the same run: milliseconds mean nothing on a shared machine, ratios do."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]
Clock = Callable[[], float]

TIMES = "x"
"""The unit of a ratio: so many times the reference."""
EXPLAINED_FROM = 1.3
"""A row of more than so many times what a prototype reached says why."""


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
    """One row of the table: ``value`` in ``unit`` (for a ratio: CPU time over the reference's), ``budget`` the most.

    ``reached`` is what a prototype reached, None where there was none; ``why`` explains a value well above it.
    """

    name: str
    value: float
    budget: float
    subject_ms: float | None = None
    reference_ms: float | None = None
    unit: str = TIMES
    group: str = ""
    reached: float | None = None
    why: str = ""

    @property
    def met(self) -> bool:
        """Whether the value is at or under its budget."""
        return self.value <= self.budget

    @property
    def to_explain(self) -> bool:
        """Whether the value is so far above what was reached that the row has to say why."""
        return self.reached is not None and self.value > EXPLAINED_FROM * self.reached


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

    The two run in turns, and each run is compared with the one beside it, so that whatever slows the machine for a
    while slows both; the ratio is the median. Each is run often enough to take a millisecond at least. ``before_each``
    runs outside the clock before every single run; with it, or with another ``clock``, nothing is repeated within one
    measurement. Garbage is collected before, not while, anything is measured.
    """
    once = before_each is not None or clock is not own_time
    repeat = (1, 1) if once else (_often_enough(subject), _often_enough(reference))
    spent: list[tuple[float, float]] = []
    collecting = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        for turn in range(pairs + 2):
            mine = _cpu_time(subject, repeat[0], before_each, clock)
            theirs = _cpu_time(reference, repeat[1], before_each, clock)
            if turn >= 2:  # the first turns fill caches
                spent.append((mine, theirs))
    finally:
        if collecting:
            gc.enable()
    ratio = statistics.median(mine / max(theirs, 1e-9) for mine, theirs in spent)
    subject_ms, reference_ms = (statistics.median(times) * 1e3 for times in zip(*spent, strict=True))
    return Row(name, ratio, budget, subject_ms, reference_ms)


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
