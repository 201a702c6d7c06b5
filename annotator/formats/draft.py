"""What an importer makes of a file: everything known about an article before it is added to a project."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.articles import Block, Capture


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """An article as a file tells it; what the file does not tell is empty.

    ``text`` is canonical (:mod:`annotator.domain.text`), ``blocks`` are half-open ranges of it in code points, in
    order. ``published_at`` is a partial date. ``source_bytes`` is the file as it was, None for pasted text.
    ``warnings`` are for the person who adds it: what was guessed or left out.
    """

    text: str
    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    language: str = ""
    published_at: str = ""
    blocks: tuple[Block, ...] = ()
    capture: Capture = Capture.FILE
    source_bytes: bytes | None = None
    source_media_type: str = ""
    warnings: tuple[str, ...] = ()
