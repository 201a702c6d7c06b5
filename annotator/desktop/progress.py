"""What a long job tells the window of how far it is, and how it hears that it is to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass


class JobCancelled(Exception):  # noqa: N818  (the user asked for it)
    """Raised inside a long job, by :meth:`Progress.step`, once the user has cancelled it."""


@dataclass(frozen=True, slots=True)
class ProgressReport:
    """How far a long job is; ``total`` 0 means "not known"; ``finished`` comes once, last."""

    job: int
    title: str
    done: int
    total: int
    finished: bool = False


class Progress:
    """A long job's line to the window; used on the worker's thread."""

    def __init__(self, report: Callable[[int, int], None]) -> None:
        self._report = report
        self._told: tuple[int, int] | None = None
        self._cancel = threading.Event()

    def step(self, done: int, total: int) -> None:
        """Report ``done`` of ``total``; raises :class:`JobCancelled` when the user has cancelled.

        What was told last is not told again: a job that counts in per mille steps far oftener, and thousands of
        reports would keep the window from everything else.
        """
        if self._cancel.is_set():
            raise JobCancelled
        if self._told != (done, total):
            self._told = done, total
            self._report(done, total)

    def cancel(self) -> None:
        """Make the next :meth:`step` stop the job."""
        self._cancel.set()
