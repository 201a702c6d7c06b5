"""Jobs: order, callbacks on the UI thread, superseded reads, dropped jobs, closing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from annotator.desktop.bus import ProjectBus
from annotator.desktop.jobs import JobDropped, Jobs
from annotator.desktop.progress import JobCancelled, Progress, ProgressReport
from annotator.domain.changes import ChangeSet

T = TypeVar("T")


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.close()


def test_work_runs_elsewhere_and_done_on_the_ui_thread(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[tuple[threading.Thread, threading.Thread]] = []
    with qtbot.waitSignal(jobs.busy_changed, check_params_cb=lambda busy: not busy):
        jobs.write(threading.current_thread, done=lambda worker: seen.append((worker, threading.current_thread())))
    worker, delivered = seen[0]
    assert worker is not threading.main_thread()
    assert delivered is threading.main_thread()


def test_jobs_run_and_arrive_in_order(qtbot: QtBot, jobs: Jobs) -> None:
    ran: list[int] = []
    arrived: list[int] = []
    for number in range(20):
        jobs.write(_note(ran, number), done=arrived.append)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert ran == arrived == list(range(20))


def test_a_job_is_dropped_with_the_one_it_depends_on(qtbot: QtBot, jobs: Jobs) -> None:
    shown: list[Exception] = []
    dropped: list[Exception] = []
    ran: list[str] = []
    jobs.failed.connect(shown.append)
    first = jobs.write(_raise(ValueError("no")))
    second = jobs.write(lambda: ran.append("second"), failed=dropped.append, after=[first])
    jobs.write(lambda: ran.append("third"), failed=dropped.append, after=[second])
    jobs.write(lambda: ran.append("free"))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert ran == ["free"]
    assert [str(error) for error in shown] == ["no"]
    assert [type(error) for error in dropped] == [JobDropped, JobDropped]


def test_an_error_that_the_callback_deals_with_is_not_shown(qtbot: QtBot, jobs: Jobs) -> None:
    shown: list[Exception] = []
    jobs.failed.connect(shown.append)
    jobs.write(_raise(ValueError("mine")), failed=lambda _error: True)
    jobs.write(_raise(ValueError("theirs")), failed=lambda _error: None)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert [str(error) for error in shown] == ["theirs"]


def test_a_newer_read_with_the_same_key_supersedes_the_older(qtbot: QtBot, jobs: Jobs) -> None:
    gate = threading.Event()
    got: list[str] = []
    ran: list[str] = []
    jobs.read(lambda: str(gate.wait(10)), done=got.append, key="search")
    jobs.read(_note(ran, "queued"), done=got.append, key="search")
    jobs.read(lambda: "other", done=got.append, key="marks")
    jobs.read(lambda: "newest", done=got.append, key="search")
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert got == ["other", "newest"]
    assert ran == []


def test_saving_is_told_for_writes_only(qtbot: QtBot, jobs: Jobs) -> None:
    saving: list[bool] = []
    jobs.saving_changed.connect(saving.append)
    jobs.read(lambda: 1, done=lambda _value: None)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert saving == []
    jobs.write(lambda: 1)
    assert jobs.saving
    qtbot.waitUntil(lambda: not jobs.busy)
    assert saving == [True, False]


def test_close_lets_writes_end_and_drops_reads(qtbot: QtBot) -> None:
    jobs = Jobs()
    gate = threading.Event()
    written: list[int] = []
    read: list[int] = []
    jobs.write(lambda: gate.wait(10))
    for number in range(5):
        jobs.write(_note([], number), done=written.append)
        jobs.read(_note([], number), done=read.append)
    threading.Timer(0.01, gate.set).start()
    jobs.close()
    assert written == [0, 1, 2, 3, 4]
    assert read == []
    assert not jobs.busy


def test_a_callback_of_a_deleted_object_is_not_called(qtbot: QtBot, jobs: Jobs) -> None:
    class Receiver(QObject):
        def take(self, _value: object) -> None:
            raise AssertionError("called after the object was deleted")

    import shiboken6

    receiver = Receiver()
    gate = threading.Event()
    jobs.read(lambda: gate.wait(10), done=receiver.take)
    shiboken6.delete(receiver)
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)


def test_a_long_job_reports_and_is_cancelled(qtbot: QtBot, jobs: Jobs) -> None:
    reports: list[ProgressReport] = []
    shown: list[Exception] = []
    jobs.progressed.connect(reports.append)
    jobs.failed.connect(shown.append)
    started, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        progress.step(1, 3)
        started.set()
        go_on.wait(10)
        progress.step(2, 3)

    told: list[str] = []
    jobs.cancelled.connect(told.append)
    number = jobs.long(work, title="Export")
    assert started.wait(10)
    jobs.cancel(number)
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert [(report.done, report.total, report.finished) for report in reports] == [
        (0, 0, False),
        (1, 3, False),
        (1, 1, True),
    ]
    assert shown == []
    assert told == ["Export"]


def test_who_deals_with_being_cancelled_tells_of_it(qtbot: QtBot, jobs: Jobs) -> None:
    gate, told = threading.Event(), list[str]()
    jobs.cancelled.connect(told.append)

    def work(progress: Progress) -> None:
        gate.wait(10)
        progress.step(1, 2)

    jobs.long(work, title="Take in", failed=lambda error: isinstance(error, JobCancelled))
    assert jobs.cancel_long() == ["Take in"]
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert told == []


def test_the_bus_brings_changes_to_the_ui_thread_before_done(qtbot: QtBot, jobs: Jobs) -> None:
    class Source:
        listener: Callable[[ChangeSet], None] | None = None

        def subscribe(self, listener: Callable[[ChangeSet], None], /) -> Callable[[], None]:
            self.listener = listener
            return lambda: setattr(self, "listener", None)

        def tell_waiting(self, waiting: Callable[[bool], None], /) -> None:
            self.waiting = waiting

    source, bus = Source(), ProjectBus()
    bus.attach(source)
    order: list[tuple[str, bool]] = []
    bus.changed.connect(
        lambda change: order.append((change.label, threading.current_thread() is threading.main_thread()))
    )

    def write() -> None:
        assert source.listener is not None
        source.listener(ChangeSet("1", 1, "", None, "", "Tag as denial", None, ()))

    jobs.write(write, done=lambda _none: order.append(("done", True)))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert order == [("Tag as denial", True), ("done", True)]
    with qtbot.waitSignal(bus.waiting_changed, check_params_cb=lambda on: on):
        threading.Thread(target=source.waiting, args=(True,)).start()
    bus.detach()
    source.waiting(False)  # nobody hears it any more
    assert source.listener is None


def _note(ran: list[T], value: T) -> Callable[[], T]:
    def work() -> T:
        ran.append(value)
        return value

    return work


def _raise(error: Exception) -> Callable[[], Any]:
    def work() -> None:
        raise error

    return work


def _steps(log: list[str], last: int, error: Exception | None = None) -> Generator[tuple[int, int], None, str]:
    try:
        for number in range(last):
            log.append(f"{number} on {threading.current_thread().name}")
            yield number, last
        if error is not None:
            raise error
        return "whole"
    finally:
        log.append("closed")


def test_sliced_work_runs_on_the_ui_thread_reports_and_hands_over(qtbot: QtBot, jobs: Jobs) -> None:
    log: list[str] = []
    done: list[str] = []
    reports: list[ProgressReport] = []
    jobs.progressed.connect(reports.append)
    number = jobs.sliced(_steps(log, 3), title="Slices", done=done.append)
    assert jobs.busy
    assert log == [], "nothing is done before the event loop runs"
    qtbot.waitUntil(lambda: bool(done))
    assert done == ["whole"]
    assert log == [f"{n} on {threading.main_thread().name}" for n in range(3)] + ["closed"]
    assert [(report.done, report.total) for report in reports] == [(0, 0), (0, 3), (1, 3), (2, 3), (1, 1)]
    assert reports[-1].finished
    assert {report.job for report in reports} == {number}
    assert not jobs.busy


def test_sliced_work_can_be_cancelled_and_closed(qtbot: QtBot, jobs: Jobs) -> None:
    log: list[str] = []
    fallen: list[Exception] = []
    jobs.failed.connect(fallen.append)
    jobs.cancel(jobs.sliced(_steps(log, 10**9), title="Endless", failed=fallen.append))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert log[-1] == "closed"
    assert [type(error) for error in fallen] == [JobCancelled], "the callback hears of it, the window does not"
    jobs.sliced(_steps(log, 10**9), title="Endless")
    jobs.close()
    assert not jobs.busy
    assert log[-1] == "closed"


def test_an_error_in_sliced_work_is_shown(qtbot: QtBot, jobs: Jobs) -> None:
    with qtbot.waitSignal(jobs.failed) as failed:
        jobs.sliced(_steps([], 2, ValueError("no paper")), title="Slices")
    assert str(failed.args[0]) == "no paper"
