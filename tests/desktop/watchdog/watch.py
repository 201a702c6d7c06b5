"""Finds what keeps the window from answering: the UI thread busy, held up by another thread, or waiting.

A person notices a window that does not answer for a tenth of a second. Milliseconds on a wall clock say nothing on a
machine that others use too, so none are judged by themselves. What is judged:

``busy``: CPU time of the UI thread within one turn of its event loop. What other processes do does not count here; a
collection of garbage does, as it runs on this thread.

``held up``: a ping, posted to the UI thread every few milliseconds, is answered late, and this process used that time
itself: another thread keeps Python's lock (a parser in C, say), or many calls lose it to a thread that computes. Of the
ping's delay no more is counted than the CPU time that the whole process used meanwhile, and nothing of the time that
the UI thread or the one that asks could have run but had no processor, which Linux counts for each thread. What is
counted goes from one answer to the next, and to one more after the end: whoever asks may itself wait for the lock.

``waiting``: a ping is answered late and nobody computed, but the stack of the UI thread, looked at all along, was in
a call that waits for a lock, a thread, a process or a file. As a starved machine stretches such calls, they have to
last three times as long.

The stacks are looked at by ``faulthandler``, which takes hold of nothing: a frame that this thread held would keep the
painter in it, say, beyond its painting, and end it on the wrong thread.

The bound is for a machine as fast as the one on which :data:`NOMINAL` was measured. The same loop is timed here, in CPU
time too, beside what was found slow, so that a slower processor, or one whose caches others fill, has a higher bound;
it goes through more memory than the innermost caches have, as painting and lists do.
"""

from __future__ import annotations

import faulthandler
import linecache
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import get_native_id
from typing import Literal

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QObject, Qt, Signal, Slot

BOUND = 0.1
"""Seconds that one turn may take on the nominal machine."""
NOMINAL = 0.0125
"""CPU seconds that :func:`reference` takes on the machine that the bound is for."""
PAUSE = 0.01
"""Seconds between an answered ping and the next, and between two looks at the stack while one waits."""
PATIENCE = 3
"""How many times the bound a call may wait: time on the wall, which a busy machine stretches."""
_OF_OTHERS = 0.25
"""The least share of a delay that other threads computed who held the UI thread up."""
_CALLS = 12
"""The innermost calls of a stack that are told."""
_THREAD = re.compile(r"(?:Current thread|Thread) (0x[0-9a-f]+)")
_CALL = re.compile(r'  File "(.*)", line (\d+|\?\?\?) in (.*)')
_WAITING_CALLS = (
    ".acquire(",
    ".get(block=True)",
    ".result(",
    ".wait(",
    ".join(",
    ".shutdown(",
    "sleep(",
    ".read(",
    ".recv(",
    "waiter.",
)
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


@dataclass(frozen=True, slots=True)
class Answer:
    """What the clocks say when a ping is answered, in seconds: on the wall, and of CPU time.

    ``starved``, ``starved_ui``: so long whoever asks and the UI thread could have run and had no processor.
    """

    at: float
    used: float
    by_ui: float
    starved: float
    starved_ui: float


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a stack."""

    file: str
    line: int
    function: str

    def __str__(self) -> str:
        return f"    {self.file}:{self.line} in {self.function}: {self.source}"

    @property
    def source(self) -> str:
        """The line of source."""
        return linecache.getline(self.file, self.line).strip()

    @property
    def waits(self) -> bool:
        """Whether it waits for a lock, a thread, a process or a file."""
        return any(part in self.file for part in _WAITING_FILES) or any(call in self.source for call in _WAITING_CALLS)


def stacks_now() -> dict[int, list[Call]]:
    """Return the calls of all threads by the thread's identity, the innermost first."""
    found: dict[int, list[Call]] = {}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as file:
        faulthandler.dump_traceback(file)
        file.seek(0)
        calls: list[Call] = []
        for line in file:
            if thread := _THREAD.match(line):
                calls = found[int(thread[1], 16)] = []
            elif call := _CALL.match(line):
                calls.append(Call(call[1], int(call[2]) if call[2].isdigit() else 0, call[3]))
    return found


class Watch(QObject):
    """Watches the thread that it is made on, from :meth:`start` to :meth:`stop`; ``delays`` has what it found.

    ``worst``: the most CPU seconds of one turn so far, found too long or not.
    """

    _pinged = Signal()

    def __init__(self, bound: float = BOUND) -> None:
        super().__init__()
        self._bound = bound
        self._ui = threading.get_ident()
        self._ui_task = get_native_id()
        self._task = 0
        self.delays: list[Delay] = []
        self.worst = 0.0
        self._slowness = 1.0
        self._turn_began = 0.0
        self._answered = threading.Event()
        self._answer_now = self._read_clocks()
        self._ended = threading.Event()
        self._stacks: list[str] = []
        self._thread: threading.Thread | None = None
        self._pinged.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin; the event loop runs soon."""
        self._slowness = slowness(1)
        self._ended.clear()
        self._stacks.clear()
        self._turn_began = time.thread_time()
        self._answer_now = self._read_clocks()
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
        self._ended.set()
        while self._thread.is_alive():
            QCoreApplication.sendPostedEvents(self)  # the last ping is answered
            self._thread.join(PAUSE)
        if self.delays:
            bound = self._bound * max(self._slowness, slowness())
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

    @Slot()
    def _answer(self) -> None:
        self._answer_now = self._read_clocks()
        self._answered.set()

    def _read_clocks(self) -> Answer:
        starved = _starved(self._task), _starved(self._ui_task)
        return Answer(time.perf_counter(), time.process_time(), time.thread_time(), *starved)

    def _keep_pinging(self) -> None:
        self._task = get_native_id()
        last = False
        while not last:
            before, mine = self._answer_now, time.thread_time()
            last = self._ended.wait(PAUSE)
            self._answered.clear()
            starved, starved_ui = _starved(self._task) - before.starved, _starved(self._ui_task)
            self._pinged.emit()
            stacks, waits = self._look_on(before.at + PAUSE)
            now = self._answer_now
            late = now.at - before.at - PAUSE - starved - (now.starved_ui - starved_ui)
            used = now.used - before.used - (time.thread_time() - mine)
            own = now.by_ui - before.by_ui
            if late > self._bound and own <= self._bound:  # else its turn tells
                self._judge(late, used, used - own, stacks, waits)

    def _look_on(self, due: float) -> tuple[list[str], int]:
        """Look at the stacks until the ping is answered; return them, and how often the UI thread was waiting."""
        stacks: list[str] = []
        waits = 0
        if time.perf_counter() - due > self._bound:  # Python's lock was not to be had: who has just let go of it?
            stacks.append(f"  by {self._others()}")
        while not self._answered.wait(PAUSE):
            calls = stacks_now().get(self._ui, [])
            waits += bool(calls) and calls[0].waits
            stack = _told(calls)
            stacks.append(stack)
            self._stacks.append(stack)
        return stacks, waits

    def _judge(self, late: float, used: float, by_others: float, stacks: list[str], waits: int) -> None:
        """Note a late answer; one that the UI thread computed for itself, but for a little, is what its turn tells."""
        if (counted := min(late, used)) > self._bound and by_others > counted * _OF_OTHERS:
            self.delays.append(Delay("held up", counted, f"{_most(stacks)}\n  lately: {self._others()}"))
        elif waits * 2 > len(stacks) and late > self._bound * PATIENCE:
            self.delays.append(Delay("waiting", late, _most(stacks)))

    def _others(self) -> str:
        """Return where the other threads are that do not wait."""
        mine = {self._ui, threading.get_ident()}
        names = {thread.ident: thread.name for thread in threading.enumerate()}
        busy = {id_: calls for id_, calls in stacks_now().items() if id_ not in mine and calls and not calls[0].waits}
        return "\n".join(f"[{names.get(id_, '?')}]\n{_told(calls[:6])}" for id_, calls in busy.items()) or "nobody"


def reference() -> float:
    """Return the CPU seconds of this thread that a fixed piece of Python work on a few megabytes takes."""
    began = time.thread_time()
    rows = [(str(number * 7919 % 20_011), number) for number in range(20_000)]
    rows.sort()
    found = dict(rows)
    assert sum(found[key] for key, _ in reversed(rows)) > 0
    return time.thread_time() - began


def slowness(times: int = 5) -> float:
    """Return how many times slower than the nominal machine this one is now; 1 at least."""
    return max(1.0, sorted(reference() for _ in range(times))[times // 2] / NOMINAL)


def _starved(task: int) -> float:
    """Return the seconds so far that a thread could have run but had no processor; 0 where nobody counts them."""
    try:
        return int(Path(f"/proc/self/task/{task}/schedstat").read_text("ascii").split()[1]) / 1e9
    except OSError:
        return 0.0


def _told(calls: list[Call]) -> str:
    """Return the innermost calls as text, the innermost last, without those of the test that watches."""
    tests = next((n for n, call in enumerate(calls) if call.file.endswith("/watchdog/stage.py")), len(calls))
    lines = [str(call) for call in calls[:tests][:_CALLS]]
    return "\n".join(reversed(lines)) or "    (in the event loop, or in C++ called by it)"


def _most(stacks: Iterable[str]) -> str:
    """Return the stack that was seen most often, and how often."""
    counted = Counter(stacks)
    if not counted:
        return "    (over before its stack was looked at)"
    found = counted.most_common(2)
    return "\n".join(f"  {number} of {counted.total()} looks:\n{stack}" for stack, number in found)
