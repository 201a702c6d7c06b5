"""Identifiers: UUIDv7 for what this device makes, UUIDv5 for what a foreign file names (RFC 9562)."""

from __future__ import annotations

import os
import re
import threading
import time

_VERSION_7 = 7
_COUNTER_BITS = 12
_CANONICAL = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

_lock = threading.Lock()
_last: tuple[int, int] = (0, 0)


def new_id() -> str:
    """Return a new UUIDv7 as lower-case text; ids made by one process sort in the order of making.

    Source: RFC 9562, section 5.7, with method 1 of section 6.2 (a counter in ``rand_a``).
    """
    global _last  # noqa: PLW0603  (the counter that keeps ids of one millisecond in order)
    with _lock:
        now = time.time_ns() // 1_000_000
        millis, counter = _last
        if now > millis:
            millis, counter = now, int.from_bytes(os.urandom(1), "big")
        else:
            counter += 1
            if counter >> _COUNTER_BITS:
                millis, counter = millis + 1, 0
        _last = (millis, counter)
    tail = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    value = (millis & ((1 << 48) - 1)) << 80 | _VERSION_7 << 76 | counter << 64 | 0b10 << 62 | tail
    plain = f"{value:032x}"
    return f"{plain[:8]}-{plain[8:12]}-{plain[12:16]}-{plain[16:20]}-{plain[20:]}"


def derived_id(namespace: str, *parts: str) -> str:
    """Return the UUIDv5 of ``parts`` within ``namespace`` (an id): the same parts, the same id.

    Parts are joined by U+001F, which no canonical text of ours needs.
    """
    import uuid  # not before the window is painted

    return str(uuid.uuid5(uuid.UUID(namespace), "\x1f".join(parts)))


def is_id(value: object) -> bool:
    """Tell whether ``value`` is a UUID in its canonical lower-case text form."""
    return isinstance(value, str) and _CANONICAL.fullmatch(value) is not None
