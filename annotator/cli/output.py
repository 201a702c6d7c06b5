"""Where a command writes: the outcome to standard output, as text or as JSON; everything else to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, TextIO

_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], "\N{REPLACEMENT CHARACTER}")


class Output:
    """The two streams of one command; UTF-8 and plain line feeds on every system."""

    def __init__(self, *, as_json: bool, stdout: TextIO | None = None, stderr: TextIO | None = None) -> None:
        self.as_json = as_json
        self._stdout = stdout or sys.stdout
        self._stderr = stderr or sys.stderr

    def result(self, document: object, lines: Iterable[str]) -> None:
        """Print the outcome: ``document`` with ``--json``, else ``lines`` without what would steer a terminal."""
        self.raw(to_json(document) if self.as_json else "".join(f"{line.translate(_CONTROLS)}\n" for line in lines))

    def raw(self, text: str | bytes) -> None:
        """Write to standard output, unchanged."""
        content = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
        self._stdout.flush()
        binary = getattr(self._stdout, "buffer", None)
        if binary is None:
            self._stdout.write(content.decode("utf-8", "surrogateescape"))
        else:
            binary.write(content)
            binary.flush()

    def say(self, message: str) -> None:
        """Tell the person something that is not the outcome."""
        self._stderr.write(f"{message}\n")
        self._stderr.flush()

    @contextmanager
    def progress(self, title: str) -> Iterator[Progress]:
        """Show a line that moves while long work runs, on a terminal only."""
        bar = Progress(title, self._stderr if self._stderr.isatty() else None)
        try:
            yield bar
        finally:
            bar.clear()


class Progress:
    """One line on a terminal that says how far the work is."""

    def __init__(self, title: str, terminal: TextIO | None) -> None:
        self._title = title
        self._terminal = terminal
        self._shown = ""

    def __call__(self, done: int, total: int) -> None:
        """Show ``done`` of ``total`` steps."""
        share = done / total if total else 1.0
        shown = f"{self._title} {'#' * round(share * 30):<30} {share:4.0%}"
        if self._terminal is not None and shown != self._shown:
            self._terminal.write(f"\r{shown}")
            self._terminal.flush()
            self._shown = shown

    def clear(self) -> None:
        """Take the line away."""
        if self._terminal is not None and self._shown:
            self._terminal.write(f"\r{' ' * len(self._shown)}\r")
            self._terminal.flush()
            self._shown = ""


def to_json(document: object) -> str:
    """Return ``document`` as indented JSON with a line break at its end; dataclasses become objects."""
    return json.dumps(document, default=_plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    """Yield the lines of a table, columns as wide as they need to be and no rules between them."""
    cells = [[str(head) for head in heads], *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    for row in cells:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def one_line(text: str, width: int = 72) -> str:
    """Return ``text`` on one line, cut to ``width`` characters with an ellipsis."""
    flat = " ".join(text.split())
    return flat if len(flat) <= width else f"{flat[: width - 1].rstrip()}…"
