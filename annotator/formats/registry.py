"""Which importer reads which file.

To add one: a module with ``draft_from_bytes``, and a row in ``IMPORTERS``. What can be written has a table of its own,
``export_formats``.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from annotator.domain.errors import InputError
from annotator.formats import html, text
from annotator.formats.apart import ReadingChild
from annotator.formats.draft import ArticleDraft
from annotator.formats.source import read_source

_HEAD = 4096


class DraftReader(Protocol):
    """Makes a draft of a file's bytes; ``encoding`` overrides what the file says. Raises InputError."""

    def __call__(self, source: bytes, *, encoding: str = "") -> ArticleDraft:
        """Return the draft of a file's bytes."""


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of file that an article can be read from.

    ``suffixes``: lower case, with the dot. ``recognises`` tells it by content, whatever its name; ``read`` reads it.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    read: DraftReader


IMPORTERS: tuple[Importer, ...] = (
    Importer("html", "Web page", (".html", ".htm", ".xhtml"), html.looks_like_html, html.draft_from_bytes),
    Importer("text", "Plain text", (".txt", ".text", ".md"), lambda _source: False, text.draft_from_bytes),
)
"""Asked in this order; the last one takes what no other wants."""


def importer_for(name: str, source: bytes) -> Importer:
    """Return the importer for some bytes from a file called ``name``: by content, else by suffix, else plain text."""
    suffix = Path(name).suffix.lower()
    by_content = (importer for importer in IMPORTERS if importer.recognises(source))
    by_suffix = (importer for importer in IMPORTERS if suffix in importer.suffixes)
    return next(by_content, None) or next(by_suffix, IMPORTERS[-1])


def read_article(path: Path, *, encoding: str = "", child: ReadingChild | None = None) -> ArticleDraft:
    """Return the draft of the article in a file; one without a title is called after the file.

    ``child`` reads it, as it may read many; one of its own when None.
    Raises InputError, with the file's name and advice, when it cannot be read or is no article.
    """
    source = read_source(path)
    if is_exchange(source):
        raise InputError(
            f"“{path.name}” is an export of a project, not an article.", advice="Take it in with File > Merge."
        )
    try:
        with nullcontext(child) if child is not None else ReadingChild() as reading:
            draft = reading.article(path.name, source, encoding=encoding)
    except InputError as error:
        raise InputError(f"“{path.name}” was not imported. {error.message}", error.problems, error.advice) from error
    return draft if draft.title else replace(draft, title=path.stem)


def is_exchange(source: bytes) -> bool:
    """Whether some bytes begin as exchange JSON of ours does."""
    head = source[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and b'"urn:annotator:project"' in head
