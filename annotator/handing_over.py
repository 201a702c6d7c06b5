"""What a start hands over to the instance of the program that runs already.

A message is its length (4 bytes, big-endian) and JSON in UTF-8: ``{"paths": [...], "analyst": null, "token": ""}``,
with the ``secret`` of where it is handed over. The answer is :data:`TAKEN`.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hmac import compare_digest

LONGEST = 1 << 20
"""Bytes of a message; more is refused unread."""
TAKEN = b"taken"
_HEAD = struct.Struct(">I")
_MOST_PATHS = 2000
_LONGEST_PATH = 8192
_LONGEST_TOKEN = 200


@dataclass(frozen=True, slots=True)
class Request:
    """What a start is to open: absolute paths or URLs, who writes there, the window system's leave to come forward."""

    paths: tuple[str, ...] = ()
    analyst: str | None = None
    token: str = ""

    @classmethod
    def of(cls, words: Sequence[str], analyst: str | None) -> Request:
        """Return the request for the words of a command line, whose paths are of this process's folder."""
        places = tuple(word if "://" in word else os.path.abspath(word) for word in words)  # noqa: PTH100  (keeps links)
        token = os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID") or ""
        return cls(places, analyst, token[:_LONGEST_TOKEN])


def encode(request: Request, secret: str = "") -> bytes:
    """Return the message for a request; raises ValueError when it is longer than a message may be."""
    content = json.dumps({**asdict(request), "secret": secret}).encode()
    if len(content) > LONGEST or not _are_places(list(request.paths)):
        raise ValueError("more than fits into one message")
    return _HEAD.pack(len(content)) + content


def decode(received: bytes, secret: str = "") -> Request | None:
    """Return the request of a message from an untrusted sender, or None while it is not whole.

    Raises:
        ValueError: it is too long, not what a message has to be, or without the door's secret.
    """
    if len(received) < _HEAD.size:
        return None
    (length,) = _HEAD.unpack_from(received)
    if length > LONGEST:
        raise ValueError("too long")
    if len(received) < _HEAD.size + length:
        return None
    try:
        message = json.loads(received[_HEAD.size : _HEAD.size + length])
    except RecursionError as error:
        raise ValueError("too deep") from error
    if not isinstance(message, dict) or not _is_secret(message.get("secret"), secret):
        raise ValueError("not from this user")
    places, analyst, token = message.get("paths"), message.get("analyst"), message.get("token")
    if (
        not isinstance(places, list)
        or not _are_places(places)
        or not isinstance(analyst, str | None)
        or not isinstance(token, str)
    ):
        raise ValueError("no request")
    return Request(tuple(places), analyst, "".join(filter(str.isprintable, token))[:_LONGEST_TOKEN])


def _is_secret(told: object, secret: str) -> bool:
    return isinstance(told, str) and compare_digest(told.encode("utf-8", "replace"), secret.encode())


def _are_places(places: object) -> bool:
    return isinstance(places, list) and len(places) <= _MOST_PATHS and all(map(_is_place, places))


def _is_place(place: object) -> bool:
    if not isinstance(place, str) or not 0 < len(place) <= _LONGEST_PATH or "\0" in place:
        return False
    return "://" in place or os.path.isabs(place)  # noqa: PTH117  (a path may be anything that the system takes)
