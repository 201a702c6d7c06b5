"""Web pages: an article draft from HTML.

A page is hostile until proved otherwise: the program reads one in a child process with limits alone
(:mod:`annotator.formats.apart`).
"""

from __future__ import annotations

import re
from typing import Any

from annotator.domain.articles import Block, BlockKind, Capture
from annotator.domain.errors import InputError
from annotator.domain.text import canonical_text
from annotator.formats.draft import ArticleDraft
from annotator.formats.text import decode

MEDIA_TYPE = "text/html"

_HEAD = 4096
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_PASTE = "Copy the article's text in the browser and paste it."


def claimed_encoding(source: bytes) -> str:
    """Return the encoding that a page claims for itself near its beginning, or an empty text."""
    for pattern in (_XML_ENCODING, _META_CHARSET):
        match = pattern.search(source[:_HEAD])
        if match:
            return match.group(1).decode("ascii")
    return ""


def looks_like_html(source: bytes) -> bool:
    """Whether some bytes begin as a web page does, whatever the file is called."""
    start = source[:_HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        start.startswith((b"<?xml", b"<!--")) and b"<html" in start
    )


def draft_from_bytes(source: bytes, *, encoding: str = "") -> ArticleDraft:
    """Return the draft of a web page: title, byline, outlet, date, language, address, and its text with blocks.

    ``encoding`` overrides what the page claims. Nothing is fetched and no script runs. Raises InputError for what is no
    text, wrong bytes for the claimed encoding, a page that is nested too deep or has no article in it.
    """
    decoded = decode(source, claimed=encoding or claimed_encoding(source))
    page = _XML_DECLARATION.sub("", canonical_text(decoded.text))
    from annotator.formats import html_page

    found = html_page.read(page.encode())
    refused = found.get("refused")
    if refused == html_page.TOO_DEEP:
        raise InputError("The page nests its elements too deep to be an article.", advice=_PASTE)
    if refused:
        raise InputError("No article text was found in the page.", advice=_PASTE)
    text, blocks = _assemble(found["blocks"])
    return ArticleDraft(
        text=text,
        blocks=blocks,
        capture=Capture.FILE,
        source_bytes=source,
        source_media_type=MEDIA_TYPE,
        warnings=_warnings(found, decoded.encoding if decoded.guessed else ""),
        **{name: _one_line(found.get(name)) for name in _METADATA},
    )


_METADATA = ("title", "outlet", "byline", "url", "language", "published_at")


def _one_line(value: object) -> str:
    return " ".join(canonical_text(str(value or "")).split())


def _warnings(found: dict[str, Any], guessed: str) -> tuple[str, ...]:
    warnings = []
    if guessed:
        warnings.append(f"The page was read as {guessed}: check its accents and quotation marks.")
    if not found.get("headline_found"):
        warnings.append("The page shows no headline; its title was taken from its metadata.")
    return tuple(warnings)


def _assemble(found: list[tuple[str, str, bool]]) -> tuple[str, tuple[Block, ...]]:
    """Return the text, one blank line between paragraphs, and a block for each line of it."""
    pieces: list[str] = []
    blocks: list[Block] = []
    length = 0
    for kind, raw, joined in found:
        line = canonical_text(raw).replace("\n", " ")
        gap = "" if not pieces else "\n" if joined else "\n\n"
        pieces.append(gap + line)
        blocks.append(Block(start=length + len(gap), end=length + len(gap) + len(line), kind=BlockKind(kind)))
        length += len(gap) + len(line)
    return "".join(pieces), tuple(blocks)
