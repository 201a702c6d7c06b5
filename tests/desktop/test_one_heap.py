"""Threads of the window share one heap: seen in what the C library tells of its heaps, in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

_BUSY_THREADS = """
import ctypes, threading
from annotator.desktop.one_heap import keep_one_heap
if {kept}:
    keep_one_heap()
barrier = threading.Barrier(8)
def ask():
    barrier.wait()
    held = [bytes(2000) for _ in range(500)]
    barrier.wait()
threads = [threading.Thread(target=ask) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""


def heaps(*, kept: bool) -> int:
    """Return how many heaps the C library has after eight threads asked for memory at the same time."""
    command = [sys.executable, "-c", _BUSY_THREADS.format(kept=kept)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return told.count("<heap nr=")


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc has such heaps")
def test_threads_share_one_heap() -> None:
    assert heaps(kept=False) > 1
    assert heaps(kept=True) == 1
