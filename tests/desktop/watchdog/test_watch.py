"""The watchdog itself: it finds what stops a window and says where, and nothing else."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from itertools import repeat

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tests.desktop.watchdog.watch import BOUND, PATIENCE, Delay, Watch, slowness


def found_while(step: Callable[[], object], until: threading.Event | None = None) -> list[Delay]:
    """Return what a watchdog finds while a step runs as one turn of an event loop."""
    watch, loop = Watch(), QEventLoop()
    QTimer.singleShot(0, loop, loop.quit)
    loop.exec()  # what earlier tests have left to do is no part of it
    clock = QTimer(loop)

    def leave() -> None:
        if until is not None and until.is_set():
            clock.stop()
            loop.quit()

    clock.timeout.connect(leave)
    QTimer.singleShot(30, loop, step)
    if until is None:
        QTimer.singleShot(60, loop, loop.quit)
    else:
        clock.start(5)
    watch.start()
    loop.exec()
    watch.stop()
    clock.stop()
    return watch.delays


def compute(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_a_turn_that_computes_too_long_is_found_with_its_place(qapp: QApplication) -> None:
    long = 4 * BOUND * slowness()
    (delay,) = found_while(lambda: compute(long))
    assert delay.kind == "busy"
    assert "in compute" in delay.where


def test_short_turns_and_idle_time_are_no_delay(qapp: QApplication) -> None:
    assert found_while(lambda: compute(BOUND / 4)) == []


def test_waiting_for_a_lock_is_found(qapp: QApplication) -> None:
    never = threading.Event()
    long = 4 * BOUND * PATIENCE * slowness()
    (delay,) = found_while(lambda: never.wait(long))
    assert delay.kind == "waiting"
    assert "never.wait" in delay.where


def keep_the_lock(seconds: float) -> None:
    """Keep Python's lock for so much CPU time in one call of C."""
    steps = 1_000_000
    began = time.thread_time()
    sum(repeat(0, steps))
    sum(repeat(0, round(steps * seconds / (time.thread_time() - began))))


@pytest.mark.parametrize("_again", range(5))  # who gets the lock next is chance
def test_a_thread_that_keeps_pythons_lock_to_the_end_is_found(qapp: QApplication, _again: int) -> None:
    ended, long = threading.Event(), 4 * BOUND * slowness()

    def hold() -> None:
        keep_the_lock(long)
        ended.set()

    worker = threading.Thread(target=hold)
    delays = found_while(worker.start, ended)
    worker.join()
    assert {delay.kind for delay in delays} == {"held up"}


def test_a_thread_that_computes_without_the_lock_is_no_delay(qapp: QApplication) -> None:
    ended, block = threading.Event(), bytes(200_000_000)

    def digest() -> None:
        hashlib.sha256(block)
        ended.set()

    worker = threading.Thread(target=digest)
    delays = found_while(worker.start, ended)
    worker.join()
    assert delays == []


def test_what_a_step_holds_ends_with_it_and_on_its_thread(qapp: QApplication) -> None:
    ended_on: list[int] = []

    class Painter:
        def __del__(self) -> None:
            ended_on.append(threading.get_ident())

    def paint() -> None:
        _painter = Painter()
        compute(BOUND)

    def paint_often() -> None:
        for number in range(1, 4):
            paint()
            assert len(ended_on) == number, "looking at the stack has kept something alive"

    found_while(paint_often)
    assert ended_on == [threading.get_ident()] * 3


def test_a_delay_says_how_long_and_where() -> None:
    assert str(Delay("busy", 0.25, "  here")) == "busy for 250 ms\n  here"
