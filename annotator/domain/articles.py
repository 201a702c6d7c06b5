"""Articles, their immutable text versions, and the blocks that a text is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from annotator.domain.entity import Entity, Part, hashed_elsewhere, ref

MAX_ARTICLE_BYTES = 10 * 1024 * 1024
"""The largest article that is taken in, in bytes of its source."""


class ArticleKind(StrEnum):
    """What sort of text an article is."""

    NEWS = "news"
    OPINION = "opinion"
    RECORD = "record"


class Capture(StrEnum):
    """How the text came in: only a ``file`` keeps an original that can be checked."""

    FILE = "file"
    PASTED = "pasted"


class BlockKind(StrEnum):
    """What a stretch of the text is."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    SUBHEAD = "subhead"
    BODY = "body"
    CAPTION = "caption"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Part):
    """A stretch ``[start, end)`` of a text version, in code points, without the line break behind it."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Entity):
    """One news item. ``published_at``: a partial date (``2024``, ``2024-10``, ``2024-10-24`` or with a time)."""

    TYPE: ClassVar[str] = "article"

    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    language: str = ""
    kind: ArticleKind = ArticleKind.NEWS
    published_at: str = ""
    accessed_at: str = ""
    capture: Capture = Capture.PASTED
    note: str = ""
    current_text_id: str | None = ref("text_version", optional=True)
    merged_into: str | None = ref("article", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVersion(Entity):
    """One immutable text of an article; a correction makes a new one that ``replaces_id`` this.

    ``sha256``: of the text in UTF-8. ``normalisation``: ``lf`` (see :mod:`annotator.domain.text`). ``source_bytes``:
    the original file, None for pasted text. ``blocks`` may be corrected; the text never is.
    """

    TYPE: ClassVar[str] = "text_version"

    article_id: str = ref("article")
    replaces_id: str | None = ref("text_version", optional=True)
    text: str = hashed_elsewhere("")
    sha256: str = ""
    normalisation: str = "lf"
    source_bytes: bytes | None = hashed_elsewhere(None)
    source_media_type: str = ""
    source_sha256: str = ""
    blocks: tuple[Block, ...] = ()
