"""The counts in the list of articles, kept up without asking the database again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from dataclasses import replace

from annotator.domain.annotations import Annotation
from annotator.domain.changes import Edit
from annotator.domain.codebook import TagKind
from annotator.services.articles import ArticleSummary


def recount(
    summaries: MutableMapping[str, ArticleSummary],
    edits: Iterable[Edit],
    kind_of: Callable[[str], TagKind],
    analyst_id: str | None,
) -> None:
    """Take out of ``summaries`` (by article id) the annotations before the edits and count those after them."""
    for edit in edits:
        for annotation, step in ((edit.before, -1), (edit.after, 1)):
            if not isinstance(annotation, Annotation) or annotation.deleted or annotation.session_id is not None:
                continue
            summary = summaries.get(annotation.article_id)
            if summary is None:
                continue
            kind = kind_of(annotation.tag_id)
            counts = dict(summary.counts)
            counts[kind] = counts.get(kind, 0) + step
            mine = step if annotation.analyst_id == analyst_id else 0
            summaries[annotation.article_id] = replace(
                summary, counts=counts, total=summary.total + step, mine=summary.mine + mine
            )
