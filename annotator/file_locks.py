"""Locks of the operating system on whole files: held by a descriptor, gone with the process, however it ends."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import msvcrt
    import os

    _BYTE = 1 << 30
    """Beyond the file's text, which can then be read while the lock is held."""

    def lock(descriptor: int) -> None:
        """Lock an open file for this descriptor alone, or raise BlockingIOError or PermissionError at once."""
        os.lseek(descriptor, _BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def lock(descriptor: int) -> None:
        """Lock an open file for this descriptor alone, or raise BlockingIOError or PermissionError at once."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
