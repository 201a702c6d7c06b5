"""One heap of the C library for all threads of the window."""

from __future__ import annotations

import contextlib
import ctypes
import sys

_ARENA_MAX = -8
"""``M_ARENA_MAX`` of glibc's ``malloc.h``."""


def keep_one_heap() -> None:
    """Let all threads share one heap of the C library; nothing where it is not glibc.

    It gives threads that ask for memory at the same time heaps of their own, up to eight a processor. What one of them
    once needed, its heap keeps in pieces that no other can use: a window that is used for days would grow by it, though
    nothing is held. Threads that wait for Python's lock anyway lose nothing by sharing. To be called before there are
    threads.
    """
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
