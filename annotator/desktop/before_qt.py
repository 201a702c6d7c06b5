"""What a window needs besides Qt, imported before Qt is; garbage is not looked for while a program is being imported.

PySide6 reads the source of every module that is imported after it, to see whether that uses PySide6: longer than the
import of most. What is imported makes no garbage, yet so many objects that Python would go through all of them several
times.
"""

from __future__ import annotations

import gc

_collecting = gc.isenabled()
gc.disable()

import subprocess  # noqa: E402, F401

import platformdirs  # noqa: E402, F401
import typing_extensions  # noqa: E402, F401

import annotator.desktop.action_table  # noqa: E402
import annotator.settings  # noqa: E402, F401


def all_imported() -> None:
    """Let Python collect again, and leave out what has been imported: it stays as long as the program."""
    gc.freeze()
    if _collecting:
        gc.enable()
