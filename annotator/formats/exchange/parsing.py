"""The bytes of a hostile file as JSON values: whatever is no clean JSON is a problem with its place.

Python's own parser takes NaN, duplicate keys and lone surrogates without a word; here each of them is found.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotator.formats.exchange.findings import Findings

MAX_BYTES = 512 * 1024 * 1024
MAX_DEPTH = 32
"""An exchange document is at most seven levels deep."""
MAX_DIGITS = 18
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
"""What may turn into a character that no text may have; most files have none, and need no walk through all values."""
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands in the parsed document where a value was that JSON does not have, or that no program reads alike."""

    reason: str


class _Object(dict[str, Any]):
    """An object that named some keys twice."""

    duplicates: tuple[str, ...] = ()


def parse(source: bytes, findings: Findings) -> Any:  # noqa: ANN401  (any JSON value)
    """Return the JSON value in ``source``, or None after noting why there is none.

    A value that cannot be read is noted with its path and stands as :class:`Unreadable` in the result; a character that
    no text may have stands as U+FFFD.
    """
    text = _decode(source, findings)
    if text is None:
        return None
    marked: list[Unreadable | _Object] = []
    try:
        value = json.loads(
            text,
            object_pairs_hook=lambda pairs: _object(pairs, marked),
            parse_constant=lambda word: _mark(f"{word} is no JSON value.", marked),
            parse_float=lambda digits: _float(digits, marked),
            parse_int=lambda digits: _integer(digits, marked),
        )
    except json.JSONDecodeError as error:
        findings.problem(f"line {error.lineno}, column {error.colno}", f"This is no JSON: {error.msg}.")
        return None
    except RecursionError:
        findings.problem("$", f"The values are nested deeper than {MAX_DEPTH} levels.")
        return None
    if not marked and _ESCAPED.search(text) is None and not _is_deep(value):
        return value
    before = findings.count
    if not _walk(value, findings):
        return None
    return value if findings.count == before else _storable(value)


def _decode(source: bytes, findings: Findings) -> str | None:
    if len(source) > MAX_BYTES:
        findings.problem("", f"The file is larger than {MAX_BYTES // 1024**2} MB.")
        return None
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        findings.problem("", "The file is in UTF-16; exchange files are in UTF-8. Save it again as UTF-8.")
        return None
    if source.startswith(b"\xef\xbb\xbf"):
        findings.warning("", "The file begins with a byte-order mark, which was skipped.")
        source = source[3:]
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        findings.problem(f"byte {error.start:,}", "This is no UTF-8. Save the file again as UTF-8.")
        return None


def _mark(reason: str, marked: list[Unreadable | _Object]) -> Unreadable:
    marked.append(Unreadable(reason))
    return Unreadable(reason)


def _object(pairs: list[tuple[str, Any]], marked: list[Unreadable | _Object]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) == len(pairs):
        return value
    counts = Counter(key for key, _ in pairs)
    named_twice = _Object(value)
    named_twice.duplicates = tuple(key for key, count in counts.items() if count > 1)
    marked.append(named_twice)
    return named_twice


def _float(digits: str, marked: list[Unreadable | _Object]) -> float | Unreadable:
    value = float(digits)
    if math.isfinite(value):
        return value
    return _mark(f"{digits[:_SHOWN]} is no number that a program can hold.", marked)


def _integer(digits: str, marked: list[Unreadable | _Object]) -> int | Unreadable:
    length = len(digits.lstrip("-"))
    return int(digits) if length <= MAX_DIGITS else _mark(f"A whole number of {length:,} digits is too large.", marked)


def _is_deep(value: Any) -> bool:  # noqa: ANN401
    """Whether the value is nested deeper than it may be."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(MAX_DEPTH):
        inner = [current.values() if isinstance(current, dict) else current for current in level]
        level = [item for items in inner for item in items if isinstance(item, dict | list)]
        if not level:
            return False
    return True


def step(path: str, key: str) -> str:
    """Return the JSON path of a key in the object at ``path``."""
    return f"{path}.{key}" if _PLAIN_KEY.fullmatch(key) else f"{path}[{json.dumps(key[:_SHOWN])}]"


def _walk(value: Any, findings: Findings) -> bool:  # noqa: ANN401
    """Note what cannot be read anywhere in ``value``; false when it is nested too deep to go on."""
    todo: list[tuple[str, int, Any]] = [("$", 0, value)]
    while todo:
        path, depth, current = todo.pop()
        if isinstance(current, str):
            _check_string(current, path, findings)
        elif isinstance(current, Unreadable):
            findings.problem(path, current.reason)
        elif isinstance(current, dict | list):
            if depth >= MAX_DEPTH:
                findings.problem(path[:200], f"The values are nested deeper than {MAX_DEPTH} levels.")
                return False
            todo.extend((p, depth + 1, v) for p, v in _children(path, current, findings))
    return True


def _children(path: str, value: dict[str, Any] | list[Any], findings: Findings) -> Iterator[tuple[str, Any]]:
    """Yield what in an object or a list may hold a problem, last first, noting problems with its keys."""
    if isinstance(value, list):
        for index in range(len(value) - 1, -1, -1):
            yield f"{path}[{index}]", value[index]
        return
    if isinstance(value, _Object):
        for key in value.duplicates:
            findings.problem(step(path, key), "This key stands here more than once.")
    for key in reversed(value):
        if _UNSTORABLE.search(key):
            findings.problem(path, f"The key {json.dumps(key[:_SHOWN])} has a character that no text may have.")
        item = value[key]
        if item is not None and item is not True and item is not False and type(item) is not int:
            yield step(path, key), item


def _storable(value: Any) -> Any:  # noqa: ANN401
    """Return a value whose texts can at least be encoded, so that the search for problems can go on."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value


def _check_string(value: str, path: str, findings: Findings) -> None:
    match = _UNSTORABLE.search(value)
    if match:
        what = "U+0000" if match.group() == "\x00" else f"a lone surrogate (U+{ord(match.group()):04X})"
        findings.problem(path, f"The text has {what} at character {match.start():,}.")
