"""The child process that reads what strangers wrote: files to import are hostile until they have been read here.

It is started by :mod:`annotator.formats.apart`. Here a file may use so much memory and time, and no network; whatever
it does to its reader, the program that asked lives on. A request is a line of JSON that says what to do and how many
bytes follow, the answer is a line of JSON; the child ends with its input.
"""

from __future__ import annotations

import contextlib
import json
import math
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from annotator.domain.errors import InputError

with contextlib.suppress(ImportError):  # not on Windows, where the parent's clock must do
    import resource

MEMORY = "memory"
"""The answer's word for a file that needs more memory than it may have."""
DEEP = "deep"
"""The answer's word for a file that is nested deeper than can be followed."""

Request = Mapping[str, Any]


def main() -> int:
    """Answer requests until there are no more; returns the exit code."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints is no answer
    sys.addaudithook(refuse_network)
    while line := requests.readline():
        request = json.loads(line)
        source = requests.read(request["length"])
        limit_resources(memory=request["memory"], seconds=request["seconds"])
        answers.write(json.dumps(answer(request, source)).encode() + b"\n")
        answers.flush()
    return 0


def answer(request: Request, source: bytes) -> dict[str, Any]:
    """Do what is asked for; a refusal has ``refused`` or ``error``, a defect of ours ``defect``: never the content."""
    try:
        return TASKS[request["task"]](request, source)
    except InputError as error:
        return {"error": [error.message, error.advice]}
    except MemoryError:
        return {"refused": MEMORY}
    except RecursionError:
        return {"refused": DEEP}
    except Exception as error:  # noqa: BLE001  (the parent raises it again)
        last = traceback.extract_tb(error.__traceback__)[-1]
        return {"defect": f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"}


def limit_resources(*, memory: int, seconds: float) -> None:
    """Bound the address space, in bytes, and the further processor time, where the system can."""
    if "resource" not in globals():
        return
    for kind, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, math.ceil(time.process_time() + seconds)),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(kind)
        resource.setrlimit(kind, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))


def refuse_network(event: str, _arguments: tuple[object, ...]) -> None:
    """Audit hook: end whatever would open a connection or start a program."""
    if event.startswith(("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "urllib.Request")):
        raise PermissionError(f"{event} while reading a file")


def _read_article(request: Request, source: bytes) -> dict[str, Any]:
    """Return the fields of the draft that the importer for this file makes, but for the file itself."""
    from annotator.formats.registry import importer_for

    draft = importer_for(request["name"], source).read(source, encoding=request["encoding"])
    plain = {one.name: getattr(draft, one.name) for one in fields(draft) if one.name != "source_bytes"}
    return {**plain, "blocks": [[block.start, block.end, block.kind] for block in draft.blocks]}


def _parse_exchange(_request: Request, source: bytes) -> dict[str, Any]:
    """Parse exchange JSON as the program will, and keep nothing of it: it is within the limits, or it is not."""
    from annotator.formats.exchange.findings import Findings
    from annotator.formats.exchange.parsing import parse

    parse(source, Findings())
    return {}


ARTICLE, EXCHANGE = "article", "exchange"
TASKS: dict[str, Callable[[Request, bytes], dict[str, Any]]] = {ARTICLE: _read_article, EXCHANGE: _parse_exchange}
"""What can be asked for."""


if __name__ == "__main__":
    sys.exit(main())
