"""Doing something in a forked child, to see what another process, or a killed one, leaves behind."""

from __future__ import annotations

import os
import signal
import traceback
import warnings
from collections.abc import Callable

NOBODY = 65534


def fork() -> int:
    """Fork; the children here do no more than their work and end, whatever threads the parent has."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def run(work: Callable[[], object], *, as_nobody: bool = False) -> None:
    """Run ``work`` in a child; fail with its traceback when it fails. ``as_nobody``: without root's rights."""
    reading, writing = os.pipe()
    child = fork()
    if child == 0:
        os.close(reading)
        _work_and_exit(work, writing, as_nobody=as_nobody)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, told


def _work_and_exit(work: Callable[[], object], writing: int, *, as_nobody: bool) -> None:
    code = 1
    try:
        if as_nobody and os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
        work()
        code = 0
    except BaseException:
        os.write(writing, traceback.format_exc().encode())
        raise
    finally:
        os._exit(code)


class Killable:
    """A child that does ``work``, reports on a pipe and is killed; ``lines()`` is what it reported until then."""

    def __init__(self, work: Callable[[Callable[[str], None]], object]) -> None:
        reading, writing = os.pipe()
        self.pid = fork()
        if self.pid == 0:
            os.close(reading)
            try:
                work(lambda line: _tell(writing, line))
            except BaseException:
                _tell(writing, f"failed: {traceback.format_exc()}")
                raise
            finally:
                os._exit(0)
        os.close(writing)
        self._pipe = os.fdopen(reading, "rb")

    def await_line(self) -> str:
        """Wait for the next line that the child reports."""
        return self._pipe.readline().decode().rstrip("\n")

    def kill(self) -> list[str]:
        """Kill the child as ``kill -9`` does; return the whole lines it reported and that were not read yet."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        with self._pipe as pipe:
            lines = pipe.read().decode().split("\n")
        return lines[:-1]


def _tell(writing: int, line: str) -> None:
    os.write(writing, f"{line}\n".encode())
