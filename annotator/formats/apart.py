"""Reading what strangers wrote apart from the program: in a child process with limits of memory and time.

An article's file, of whatever kind, becomes a draft in the child and only the draft comes back. Exchange JSON has to
end up in this process, where its entities are needed: the child parses it first and keeps nothing, so that a file which
takes more than its size allows (a few bytes of JSON can become fifty times as much memory) is refused before this
process parses it by the same means. What no limit is needed for, as comparing a hash, is done at once.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from annotator.children import child_command
from annotator.domain.articles import Block, BlockKind, Capture
from annotator.domain.errors import InputError
from annotator.formats.draft import ArticleDraft

CHILD = "annotator.formats.reading_child"
"""The module that runs in the child; it is not imported here, and so costs nothing."""

_MEGABYTE = 1024 * 1024
_PASTE = "Copy the article's text in the program that shows it, and paste it."
_MADE_TO_HARM = "Ask where the file comes from: one that a program wrote in good faith needs far less."


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take. ``memory``: address space in bytes; ``processor``, ``clock``: seconds."""

    memory: int
    processor: float
    clock: float


ARTICLE = Limits(memory=1536 * _MEGABYTE, processor=15, clock=20)


def limits_of_exchange(size: int) -> Limits:
    """Return what exchange JSON of ``size`` bytes may take.

    One that we wrote becomes six times as large in memory, one made of empty objects fifty times; it takes a sixtieth
    of a second for a megabyte, that one a third.
    """
    each = size / _MEGABYTE
    return Limits(memory=512 * _MEGABYTE + 16 * size, processor=15 + each / 4, clock=20 + each / 2)


class ReadingChild:
    """A child process that reads one file after another; started at the first, ended by :meth:`close`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> ReadingChild:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def article(self, name: str, source: bytes, *, encoding: str = "", limits: Limits = ARTICLE) -> ArticleDraft:
        """Return the draft of the article in a file called ``name``; raises InputError as its importer does."""
        found = self._ask("article", source, limits, _PASTE, name=name, encoding=encoding)
        blocks = tuple(Block(start=start, end=end, kind=BlockKind(kind)) for start, end, kind in found.pop("blocks"))
        warnings, capture = tuple(found.pop("warnings")), Capture(found.pop("capture"))
        return ArticleDraft(blocks=blocks, warnings=warnings, capture=capture, source_bytes=source, **found)

    def prove_exchange(self, source: bytes, *, limits: Limits | None = None) -> None:
        """Raise InputError when parsing some bytes as exchange JSON takes more than a file of that size may."""
        self._ask("exchange", source, limits or limits_of_exchange(len(source)), _MADE_TO_HARM)

    def close(self) -> None:
        """End the child, whatever it is doing."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
            process.wait()

    def _ask(self, task: str, source: bytes, limits: Limits, advice: str, **words: str) -> dict[str, Any]:
        """Hand a file to the child and return its answer; one that takes too much is its end."""
        request = {"task": task, "length": len(source), "memory": limits.memory, "seconds": limits.processor, **words}
        answer = self._exchange(json.dumps(request).encode(), source, limits.clock)
        if answer is None or "refused" in answer:
            reason = "it is nested too deep" if answer and answer["refused"] == "deep" else _TOO_MUCH
            raise InputError(f"It cannot be read: {reason}.", advice=advice)
        if "error" in answer:
            raise InputError(answer["error"][0], advice=answer["error"][1])
        if "defect" in answer:
            raise RuntimeError(f"the child that reads files failed: {answer['defect']}")
        return answer

    def _exchange(self, request: bytes, source: bytes, seconds: float) -> dict[str, Any] | None:
        """Return the child's answer, None when it died or was killed for taking too long."""
        process = self._process = self._process or _start()
        assert process.stdin is not None
        assert process.stdout is not None
        clock = threading.Timer(seconds, process.kill)
        clock.start()
        try:
            process.stdin.write(request + b"\n")
            process.stdin.write(source)
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:  # the pipe broke: the child is gone
            line = b""
        finally:
            clock.cancel()
            clock.join()
        if line.endswith(b"\n"):
            found: dict[str, Any] = json.loads(line)
            return found
        self.close()
        return None


_TOO_MUCH = "it needs more memory or time than it may have"


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  (our own module, no shell)
        child_command(CHILD),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def proved_exchange(name: str, source: bytes) -> bytes:
    """Return the bytes of a file of exchange JSON once a child has shown that it keeps within the limits.

    Raises InputError, with the file's name and advice, for one that does not.
    """
    with ReadingChild() as child:
        try:
            child.prove_exchange(source)
        except InputError as error:
            raise InputError(f"“{name}” was not taken in. {error.message}", advice=error.advice) from error
    return source


def exchange_bytes(path: Path) -> bytes:
    """Return the bytes of a file of exchange JSON that may be parsed here; raises InputError as reading it does."""
    from annotator.formats.exchange.parsing import MAX_BYTES
    from annotator.formats.source import read_source

    return proved_exchange(path.name, read_source(path, limit=MAX_BYTES))
