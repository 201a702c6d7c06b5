"""Work of one project off the UI thread: one worker in order, results on the UI thread; the UI never waits.

Reads and writes share one worker, so that a read that is asked for after a write sees it. Long jobs (import, export,
backup) have a worker of their own, report progress and can be cancelled between two steps.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from annotator.desktop.progress import JobCancelled, Progress, ProgressReport

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
_SLICE = 0.015
"""Seconds that work on the UI thread takes at a time."""
_PROJECT, _LONG = "project", "long job"
"""The two workers, by the names of their threads."""


class JobDropped(Exception):  # noqa: N818  (nothing went wrong with this job: one that it depends on failed)
    """Handed to ``failed`` when a job that this one depends on failed or was dropped."""


@dataclass(slots=True)
class _Job:
    number: int
    work: Callable[[], Any]
    done: Callable[[Any], object] | None
    failed: Callable[[Exception], object] | None
    writes: bool
    key: str | None = None
    after: Sequence[int] = ()
    progress: Progress | None = None
    title: str = ""
    future: Future[None] | None = None
    superseded: bool = False
    result: Any = None
    error: Exception | None = field(default=None)


class Jobs(QObject):
    """Runs the work of one project. All methods are called on the UI thread, ``work`` runs on a worker's.

    ``done`` gets the result, ``failed`` the exception, both on the UI thread. An exception also goes to the signal
    ``failed``, which the window shows, unless the callback returns True: "dealt with". A callback that is a method of
    a widget that is gone by then is not called.
    """

    failed = Signal(object)  # Exception
    busy_changed = Signal(bool)
    saving_changed = Signal(bool)
    progressed = Signal(object)  # ProgressReport
    cancelled = Signal(str)
    """A long job of this title was cancelled, and nothing of it was kept."""
    _woken = Signal()
    _reported = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workers: dict[str, ThreadPoolExecutor] = {}
        self._numbers = itertools.count(1)
        self._pending: dict[int, _Job] = {}
        self._outcomes: deque[int] = deque()
        self._sliced: dict[int, Callable[[], None]] = {}
        self._fallen: set[int] = set()  # jobs that failed or were dropped; only the worker adds to it
        self._closed = False
        self.last_write = 0
        """The number of the write that was queued last: what it may still take in, nothing was written after."""
        self._was_busy = self._was_saving = False
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self.progressed)

    @property
    def saving(self) -> bool:
        """Whether a write is queued or running."""
        return any(job.writes for job in self._pending.values())

    @property
    def busy(self) -> bool:
        """Whether any job is queued or running."""
        return bool(self._pending)

    def write(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        after: Sequence[int] = (),
    ) -> int:
        """Queue a write and return its number; it is dropped when a job in ``after`` fails or is dropped."""
        return self._queue(_Job(next(self._numbers), work, done, failed, writes=True, after=tuple(after)), _PROJECT)

    def read(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        key: str | None = None,
    ) -> int:
        """Queue a read and return its number; a newer read with the same ``key`` makes this one vanish silently.

        After :meth:`close` nothing is read any more: what a last write changed concerns no view.
        """
        if self._closed:
            return 0
        if key is not None:
            for job in self._pending.values():
                job.superseded = job.superseded or job.key == key
        return self._queue(_Job(next(self._numbers), work, done, failed, writes=False, key=key), _PROJECT)

    def long(
        self,
        work: Callable[[Progress], T],
        *,
        title: str,
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        writes: bool = False,
    ) -> int:
        """Queue a long job beside the others; ``progressed`` tells how far it is, ``cancel`` stops it."""
        number = next(self._numbers)
        progress = Progress(lambda at, total: self._reported.emit(ProgressReport(number, title, at, total)))
        job = _Job(number, lambda: work(progress), done, failed, writes=writes, progress=progress, title=title)
        self.progressed.emit(ProgressReport(number, title, 0, 0))
        return self._queue(job, _LONG)

    def sliced(
        self,
        steps: Generator[tuple[int, int], None, T],
        *,
        title: str,
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> int:
        """Do work that needs the UI thread in slices; each step yields how much is done, and of how much.

        Reports and can be cancelled as a long job; events are heard between two slices.
        """
        number = next(self._numbers)
        progress = Progress(lambda at, total: self._reported.emit(ProgressReport(number, title, at, total)))
        job = _Job(number, lambda: None, done, failed, writes=False, progress=progress, title=title)
        self._pending[number] = job
        timer = QTimer(self)
        self._sliced[number] = partial(self._do_slice, job, steps, progress, timer)
        timer.timeout.connect(self._sliced[number])
        timer.start(0)
        self.progressed.emit(ProgressReport(number, title, 0, 0))
        self._tell_state()
        return number

    def _do_slice(
        self, job: _Job, steps: Generator[tuple[int, int], None, Any], progress: Progress, timer: QTimer
    ) -> None:
        until = perf_counter() + _SLICE
        try:
            while perf_counter() < until:
                progress.step(*next(steps))
            return
        except StopIteration as end:
            job.result = end.value
        except Exception as error:  # noqa: BLE001  (it is handed to the job's callbacks, as a worker's is)
            job.error = error
        timer.stop()
        timer.deleteLater()
        steps.close()
        del self._sliced[job.number]
        self._finish(self._pending.pop(job.number))

    def cancel(self, number: int) -> None:
        """Ask a long job to stop at its next step.

        What it has written by then stays, and its ``failed`` says so and returns True; else ``cancelled`` follows.
        """
        job = self._pending.get(number)
        if job is not None and job.progress is not None:
            job.progress.cancel()

    def cancel_long(self) -> list[str]:
        """Ask all long jobs to stop at their next step; return their titles."""
        for job in self._pending.values():
            if job.progress is not None:
                job.progress.cancel()
        return [job.title for job in self._pending.values() if job.progress is not None]

    def close(self) -> None:
        """Drop waiting reads, cancel long jobs, let every write end, deliver what is left. Blocks while it does."""
        self._closed = True
        for job in self._pending.values():
            job.superseded = job.superseded or (not job.writes and job.progress is None)
        self.cancel_long()
        for go_on in list(self._sliced.values()):
            go_on()  # its next step finds that it is cancelled
        for worker in self._workers.values():
            worker.shutdown(wait=True)
        while self._outcomes:
            self._deliver()

    def _worker(self, name: str) -> ThreadPoolExecutor:
        """Return one of the two workers, started at its first job; none starts once all is closed."""
        worker = self._workers.get(name)
        if worker is None:
            from concurrent.futures import ThreadPoolExecutor

            if self._closed:
                raise RuntimeError(f"no {name} is done after the end")
            worker = self._workers[name] = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        return worker

    def _queue(self, job: _Job, name: str) -> int:
        worker = self._worker(name)
        self._pending[job.number] = job
        if job.writes:
            self.last_write = job.number
        job.future = worker.submit(self._run, job.number)
        self._tell_state()
        return job.number

    def _run(self, number: int) -> None:
        """Do one job on the worker's thread; never raises.

        The worker knows jobs by number: were it the last to hold one, what its callbacks hold (widgets) would be
        destroyed on the worker's thread.
        """
        self._do(self._pending[number])
        self._outcomes.append(number)
        self._woken.emit()

    def _do(self, job: _Job) -> None:
        if not job.superseded:
            try:
                if any(number in self._fallen for number in job.after):
                    raise JobDropped
                job.result = job.work()
            except Exception as error:  # noqa: BLE001  (it is handed to the UI thread, which shows or reports it)
                self._fallen.add(job.number)
                job.error = error

    @Slot()
    def _deliver(self) -> None:
        """Hand one finished job to its callbacks: one for each waking, so that a change set arrives before its job."""
        if not self._outcomes:
            return
        self._finish(self._pending.pop(self._outcomes.popleft()))

    def _finish(self, job: _Job) -> None:
        if job.progress is not None:
            self.progressed.emit(ProgressReport(job.number, job.title, 1, 1, finished=True))
        if not job.superseded:
            self._hand_over(job)
        self._tell_state()

    def _hand_over(self, job: _Job) -> None:
        if job.error is None:
            if job.done is not None and _alive(job.done):
                job.done(job.result)
            return
        dealt_with = job.failed is not None and _alive(job.failed) and job.failed(job.error) is True
        if isinstance(job.error, JobCancelled):
            if not dealt_with:
                self.cancelled.emit(job.title)
        elif not dealt_with and not isinstance(job.error, JobDropped):
            self.failed.emit(job.error)

    def _tell_state(self) -> None:
        busy, saving = self.busy, self.saving
        if busy != self._was_busy:
            self._was_busy = busy
            self.busy_changed.emit(busy)
        if saving != self._was_saving:
            self._was_saving = saving
            self.saving_changed.emit(saving)


def _alive(callback: Callable[..., object]) -> bool:
    """Whether a callback's object still exists (True for a plain function)."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
