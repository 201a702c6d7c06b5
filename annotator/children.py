"""How this program starts itself again: as a child that does one dangerous piece of work, or anew.

A bundled program has no interpreter beside it: there ``sys.executable`` is the program, which runs one of its own
modules when the first word of the command line says so. Standard library only.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

CHILD = "--child"
"""The first word of a bundled program's command line that makes it a child; no part of the documented commands."""

_SUFFIX = "_child"
_START = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "
    "runpy.run_module(sys.argv.pop(1), run_name='__main__', alter_sys=True)"
)


def is_bundled() -> bool:
    """Tell whether this is the bundled program, which brings its own Python."""
    return bool(getattr(sys, "frozen", False))


def child_command(module: str, *words: str) -> list[str]:
    """Return the command that runs a module of ours as a process of its own, apart from the user's Python settings.

    Args:
        module: its full name, which ends in ``_child``; it is run as ``__main__``.
        words: what it finds behind its own name in ``sys.argv``.
    """
    _refuse_others(module)
    if is_bundled():
        return [sys.executable, CHILD, module, *words]
    return [sys.executable, "-I", "-c", _START, str(Path(__file__).resolve().parent.parent), module, *words]


def own_command(*words: str) -> list[str]:
    """Return the command that starts this program anew, with ``words`` behind its name."""
    return [sys.executable, *words] if is_bundled() else [sys.executable, "-m", "annotator", *words]


def run_child(words: Sequence[str]) -> None:
    """Run the module that ``words`` name, as a child of the bundled program."""
    module, *rest = words or [""]
    _refuse_others(module)
    sys.argv = [module, *rest]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _refuse_others(module: str) -> None:
    if not (module.startswith("annotator.") and module.endswith(_SUFFIX)):
        raise ValueError(f"{module!r} is no child of ours")
