"""Finds what keeps the window from answering: the UI thread busy, held up by another thread, or waiting.

A person notices a window that does not answer for a tenth of a second. Milliseconds on a wall clock say nothing on a
machine that others use too, so none are judged by themselves. What is judged:

``busy``: CPU time of the UI thread within one turn of its event loop. What other processes do does not count here; a
collection of garbage does, as it runs on this thread.

``held up``: a ping, posted to the UI thread every few milliseconds, is answered late, and this process used that time
itself: another thread keeps Python's lock (a parser in C, say), or many calls lose it to a thread that computes. Of the
ping's delay no more is counted than the CPU time that the whole process used meanwhile.

``waiting``: a ping is answered late and nobody computed, but the stack of the UI thread, looked at all along, was in
a call that waits for a lock, a thread, a process or a file. As a starved machine stretches such calls, they have to
last three times as long.

The bound is for a machine as fast as the one on which :data:`NOMINAL` was measured. The same loop is timed here, in CPU
time too, beside what was found slow, so that a slower processor, or one whose caches others fill, has a higher bound.
"""

from __future__ import annotations

import linecache
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from types import FrameType
from typing import Literal

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QObject, Qt, Signal, Slot

BOUND = 0.1
"""Seconds that one turn may take on the nominal machine."""
NOMINAL = 0.0058
"""CPU seconds that :func:`reference` takes on the machine that the bound is for."""
PAUSE = 0.01
"""Seconds between an answered ping and the next, and between two looks at the stack while one waits."""
PATIENCE = 3
"""How many times the bound a call may wait: time on the wall, which a busy machine stretches."""
_OF_OTHERS = 0.25
"""The least share of a delay that other threads computed who held the UI thread up."""
_WAITING_CALLS = (".acquire(", ".result(", ".wait(", ".join(", ".shutdown(", "sleep(", ".read(", ".recv(", "waiter.")
_WAITING_FILES = ("/threading.py", "/queue.py", "/concurrent/", "/subprocess.py", "/socket.py", "/selectors.py")

Kind = Literal["busy", "held up", "waiting"]


@dataclass(frozen=True, slots=True)
class Delay:
    """One time that the window did not answer: how long in seconds as judged, and where it was most of that time."""

    kind: Kind
    seconds: float
    where: str

    def __str__(self) -> str:
        return f"{self.kind} for {self.seconds * 1e3:.0f} ms\n{self.where}"


class Watch(QObject):
    """Watches the thread that it is made on, from :meth:`start` to :meth:`stop`; ``delays`` has what it found.

    ``worst``: the most CPU seconds of one turn so far, found too long or not.
    """

    _pinged = Signal(float)

    def __init__(self, bound: float = BOUND) -> None:
        super().__init__()
        self._bound = bound
        self._ui = threading.get_ident()
        self._ui_clock = time.pthread_getcpuclockid(self._ui)
        self.delays: list[Delay] = []
        self.worst = 0.0
        self._turn_began = 0.0
        self._answered = threading.Event()
        self._ended = threading.Event()
        self._stacks: list[str] = []
        self._thread: threading.Thread | None = None
        self._pinged.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin; the event loop runs soon."""
        self._ended.clear()
        self._stacks.clear()
        self._turn_began = time.thread_time()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._turn)
        dispatcher.aboutToBlock.connect(self._turn)
        self._thread = threading.Thread(target=self._keep_pinging, name="watchdog")
        self._thread.start()

    def stop(self) -> None:
        """End; what was too slow only because this machine is, is forgotten."""
        assert self._thread is not None
        self._turn()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.disconnect(self._turn)
        dispatcher.aboutToBlock.disconnect(self._turn)
        QCoreApplication.sendPostedEvents(self)  # the last ping is answered
        self._ended.set()
        self._thread.join()
        if self.delays:
            bound = self._bound * slowness()
            self.delays = [d for d in self.delays if d.seconds > bound * (PATIENCE if d.kind == "waiting" else 1)]

    @Slot()
    def _turn(self) -> None:
        """One turn of the event loop has ended, the next begins."""
        spent = time.thread_time() - self._turn_began
        self.worst = max(self.worst, spent)
        if spent > self._bound:
            self.delays.append(Delay("busy", spent, _most(self._stacks)))
        self._stacks.clear()
        self._turn_began = time.thread_time()

    @Slot(float)
    def _answer(self, _due: float) -> None:
        self._answered.set()

    def _keep_pinging(self) -> None:
        while not self._ended.is_set():
            due, used, by_ui = time.perf_counter() + PAUSE, time.process_time(), time.clock_gettime(self._ui_clock)
            self._ended.wait(PAUSE)
            self._answered.clear()
            self._pinged.emit(due)
            stacks, waits = self._look_on(due)
            late, used = time.perf_counter() - due, time.process_time() - used
            own = time.clock_gettime(self._ui_clock) - by_ui
            if late > self._bound and own <= self._bound:  # else its turn tells
                self._judge(late, used, used - own, stacks, waits)

    def _look_on(self, due: float) -> tuple[list[str], int]:
        """Look at the stacks until the ping is answered; return them, and how often the UI thread was waiting."""
        stacks: list[str] = []
        waits = 0
        if time.perf_counter() - due > self._bound:  # Python's lock was not to be had: who has just let go of it?
            stacks.append(self._others())
        while not self._answered.wait(PAUSE) and not self._ended.is_set():
            frame = sys._current_frames().get(self._ui)
            if frame is None:
                continue
            waits += _waits(frame)
            stack = _stack_of(frame)
            stacks.append(stack)
            self._stacks.append(stack)
        return stacks, waits

    def _judge(self, late: float, used: float, by_others: float, stacks: list[str], waits: int) -> None:
        """Note a late answer; one that the UI thread computed for itself, but for a little, is what its turn tells."""
        if waits * 2 > len(stacks) and late > self._bound * PATIENCE:
            self.delays.append(Delay("waiting", late, _most(stacks)))
        elif min(late, used) > self._bound and by_others > late * _OF_OTHERS:
            where = f"{_most(stacks)}\nwhile others were here:\n{self._others()}"
            self.delays.append(Delay("held up", min(late, used), where))

    def _others(self) -> str:
        mine = {self._ui, threading.get_ident()}
        names = {thread.ident: thread.name for thread in threading.enumerate()}
        frames = [(names.get(id_, "?"), frame) for id_, frame in sys._current_frames().items() if id_ not in mine]
        return "\n".join(f"  [{name}]\n{_stack_of(frame, 6)}" for name, frame in frames) or "  (no other thread)"


def reference() -> float:
    """Return the CPU seconds of this thread that a fixed piece of Python work takes."""
    began = time.thread_time()
    counted: dict[int, int] = {}
    for number in range(60_000):
        counted[number % 512] = counted.get(number % 512, 0) + 1
    return time.thread_time() - began


def slowness() -> float:
    """Return how many times slower than the nominal machine this one is now; 1 at least."""
    return max(1.0, sorted(reference() for _ in range(5))[2] / NOMINAL)


def _waits(frame: FrameType) -> bool:
    file = frame.f_code.co_filename
    line = linecache.getline(file, frame.f_lineno or 0)  # None at the very beginning of a call
    return any(part in file for part in _WAITING_FILES) or any(call in line for call in _WAITING_CALLS)


def _stack_of(frame: FrameType | None, most: int = 12) -> str:
    """Return the innermost calls of a stack, the innermost last."""
    lines: list[str] = []
    while frame is not None and len(lines) < most and frame.f_code.co_qualname != "Stage.act":
        code = frame.f_code
        source = linecache.getline(code.co_filename, frame.f_lineno or 0).strip()
        lines.append(f"    {code.co_filename}:{frame.f_lineno} in {code.co_qualname}: {source}")
        frame = frame.f_back
    return "\n".join(reversed(lines)) or "    (in the event loop, or in C++ called by it)"


def _most(stacks: Iterable[str]) -> str:
    """Return the stack that was seen most often, and how often."""
    counted = Counter(stacks)
    if not counted:
        return "    (over before its stack was looked at)"
    found = counted.most_common(2)
    return "\n".join(f"  {number} of {counted.total()} looks:\n{stack}" for stack, number in found)
