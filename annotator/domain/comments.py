"""Comments: what members say to each other about an article, a span or an annotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from annotator.domain.entity import Entity, ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Entity):
    """A comment on an article, a span ``[start, end)`` of it (code points) or an annotation; replies have a parent."""

    TYPE: ClassVar[str] = "comment"

    article_id: str = ref("article")
    text_id: str | None = ref("text_version", optional=True)
    annotation_id: str | None = ref("annotation", optional=True)
    start: int | None = None
    end: int | None = None
    quote: str = ""
    text: str = ""
    parent_id: str | None = ref("comment", optional=True)
    analyst_id: str = ref("analyst")
    resolved_at: str | None = None
