"""Writing a document to a file piece by piece: each entry is made, put into bytes twice, and forgotten.

What is written and what is hashed are two forms of the same values, in two orders: the file has its keys in the order
of :mod:`.layout` with an indent, the fingerprint has them sorted and without spaces.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import orjson

Bytes = bytes | memoryview

_AT_A_TIME = 256
"""Entries of a list that are made before they are written."""
_LARGE = frozenset({"articles"})
"""Lists whose entries are made one by one: each has all its passages."""


class Writing:
    """Writes one document; ``fingerprint`` is known when all chunks were taken."""

    def __init__(self, pieces: Mapping[str, Any]) -> None:
        """``pieces``: the document's keys but the fingerprint; the value of a long list may be an iterator."""
        self._pieces = pieces
        self._digest = _SortedDigest(key for key in pieces if key != "exported_at")
        self.fingerprint = ""

    def chunks(self) -> Iterator[Bytes]:
        """Yield the bytes of the file, its fingerprint last: what ``to_bytes`` makes of the whole document."""
        yield b"{\n"
        for key, value in self._pieces.items():
            if isinstance(value, Iterator):
                yield from self._entries(key, value)
            else:
                yield _lines({key: value})
                self._digest.add(key, orjson.dumps(value, option=orjson.OPT_SORT_KEYS))
            yield b",\n"
            self._digest.end(key)
        self.fingerprint = self._digest.hexdigest()
        yield _lines({"fingerprint": self.fingerprint})
        yield b"\n}\n"

    def _entries(self, key: str, entries: Iterator[Any]) -> Iterator[Bytes]:
        head, tail = f'  "{key}": ['.encode(), b"\n  ]"
        yield head
        self._digest.add(key, b"[")
        between, at_a_time = b"", 1 if key in _LARGE else _AT_A_TIME
        while batch := list(islice(entries, at_a_time)):
            yield between
            yield _lines({key: batch})[len(head) : -len(tail)]
            self._digest.add(key, between)
            self._digest.add(key, memoryview(orjson.dumps(batch, option=orjson.OPT_SORT_KEYS))[1:-1])
            between = b","
        yield tail if between else b"]"
        self._digest.add(key, b"]")


def _lines(value: Mapping[str, Any]) -> memoryview:
    """Return the lines of an object between its brackets, as they stand at the top of a document."""
    return memoryview(orjson.dumps(value, option=orjson.OPT_INDENT_2))[2:-2]


class _SortedDigest:
    """The SHA-256 of an object with sorted keys, given the values' bytes in any order of keys.

    What comes before its turn is kept until then; nearly all of a project, the articles, comes in its turn.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = sorted(keys)
        self._waiting: dict[str, list[Bytes]] = {key: [] for key in self._keys}
        self._ended: set[str] = set()
        self._turn = 0
        self._sha = hashlib.sha256()
        self._begin()

    def add(self, key: str, content: Bytes) -> None:
        """Take in more bytes of the value of a key; one that does not count is passed over."""
        if self._turn < len(self._keys) and key == self._keys[self._turn]:
            self._sha.update(content)
        elif key in self._waiting:
            self._waiting[key].append(content)

    def end(self, key: str) -> None:
        """Note that the value of a key is whole."""
        self._ended.add(key)
        while self._turn < len(self._keys) and self._keys[self._turn] in self._ended:
            self._turn += 1
            self._begin()

    def hexdigest(self) -> str:
        """Return the digest, once every key has ended."""
        return self._sha.hexdigest()

    def _begin(self) -> None:
        if self._turn == len(self._keys):
            self._sha.update(b"}")
            return
        key = self._keys[self._turn]
        self._sha.update(b"%c%s:" % (b"," if self._turn else b"{", orjson.dumps(key)))
        for content in self._waiting.pop(key):
            self._sha.update(content)
