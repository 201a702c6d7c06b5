"""The canonical form of a text, made once when it is imported, and its hash."""

from __future__ import annotations

import re

NORMALISATION = "lf"
"""Name of this form: line ends are LF, no byte-order marks, no lone surrogates, no NUL; nothing else is changed."""

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\ufdd0\ufdd1]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def canonical_text(text: str) -> str:
    """Return ``text`` in canonical form; applying it twice changes nothing.

    CR LF, CR, U+2028, U+2029, U+FDD0 and U+FDD1 become LF; every U+FEFF is dropped; a lone surrogate or U+0000 becomes
    U+FFFD. No Unicode normalisation; no-break spaces and curly quotes stay.
    """
    return storable_text(_LINE_ENDS.sub("\n", text.replace("\ufeff", "")))


def storable_text(text: str) -> str:
    """Return ``text`` with U+FFFD for each character that no database and no file can hold: see canonical_text."""
    return _UNSTORABLE.sub("\ufffd", text)


def is_canonical(text: str) -> bool:
    """Whether ``text`` is already in canonical form."""
    return canonical_text(text) == text


def text_sha256(text: str) -> str:
    """Return the SHA-256 (64 hex digits) of a canonical text in UTF-8."""
    import hashlib  # loads OpenSSL: the window is painted before any text is hashed

    return hashlib.sha256(text.encode()).hexdigest()
