"""Corrected texts: a new version of an article's text, and where the passages of the old one come to lie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from annotator.domain.anchoring import Placement
from annotator.domain.annotations import Annotation, Span
from annotator.domain.articles import Article, Block, TextVersion
from annotator.domain.blocks import propose_blocks
from annotator.domain.changes import ChangeSet
from annotator.domain.entity import now
from annotator.domain.errors import RuleError
from annotator.domain.ids import new_id
from annotator.domain.progress import Progress, each_told, part, silent
from annotator.domain.rules import check_blocks, check_span, check_text
from annotator.domain.text import canonical_text, text_sha256
from annotator.services.analysts import layer_of
from annotator.services.clusters import cuts_cluster
from annotator.services.context import Context, live
from annotator.services.layers import own
from annotator.services.texts import ArticleTexts, Texts, placed
from annotator.store.repository import Reader
from annotator.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ToPlace:
    """A passage whose words do not stand in the current text for certain, and where they may stand now."""

    annotation: Annotation
    placement: Placement


class Corrections:
    """Correcting the text of an article, and placing its passages anew."""

    def __init__(self, context: Context, texts: Texts) -> None:
        self._context = context
        self._texts = texts

    def correct_text(
        self, article_id: str, text: str, *, blocks: Iterable[Block] | None = None, progress: Progress = silent
    ) -> ChangeSet:
        """Give an article a corrected text; the old version stays.

        The own passages whose place in it is certain are stored there by the same change; the others wait under
        :meth:`to_place`. Colleagues' passages are only shown at their place, until they themselves adopt it.
        ``progress`` may raise to stop: nothing is changed then.
        """
        progress(0, 0)
        canonical = canonical_text(text)
        check_text(canonical)
        with self._context.write() as uow:
            texts = self._texts.of_article(uow, article_id)
            if self._texts.text(uow, texts.current_id) == canonical:
                raise RuleError("The text is the same as before.", "Nothing needs to be corrected.")
            article = live(uow, Article, texts.article_ids[0], "article")
            new = TextVersion(
                id=new_id(),
                article_id=article.id,
                replaces_id=article.current_text_id,
                text=canonical,
                sha256=text_sha256(canonical),
                blocks=propose_blocks(canonical) if blocks is None or canonical != text else tuple(blocks),
                created_at=now(),
            )
            check_blocks(new.blocks, len(canonical))
            uow.put(new)
            uow.put(replace(article, current_text_id=new.id))
            self._store_certain(uow, self._texts.of_article(uow, article.id), progress)
            return self._context.commit(uow, "Correct text")

    def to_place(self, article_id: str, *, layer: str | None = None) -> list[ToPlace]:
        """Return the passages of an article that have no certain place in its current text, the likeliest first."""
        return [old for old in self.on_older_texts(article_id, layer=layer) if not old.placement.certain]

    def on_older_texts(self, article_id: str, *, layer: str | None = None) -> list[ToPlace]:
        """Return the passages that are stored on earlier texts of an article, the most certain of their place first."""
        with self._context.read() as reader:
            analyst_id = layer_of(reader, layer, self._context.analyst(reader) if layer == "mine" else None)
            texts = self._texts.of_article(reader, article_id)
            older = [ToPlace(*found) for found in self._older(reader, texts, analyst_id)]
        return sorted(older, key=lambda old: (-old.placement.score, old.annotation.start, old.annotation.id))

    def place(self, annotation_id: str, start: int, end: int, *, expected: str | None = None) -> ChangeSet:
        """Store an own passage at ``[start, end)`` of the current text (code points)."""
        with self._context.write() as uow:
            annotation = own(uow, Annotation, annotation_id, expected)
            texts = self._texts.of_article(uow, annotation.article_id)
            text = self._texts.text(uow, texts.current_id)
            check_span(start, end, text, cuts_cluster)
            uow.put(placed(annotation, texts.current_id, text, Span(start, end)))
            return self._context.commit(uow, "Place passage")

    def adopt_places(self, article_id: str) -> ChangeSet:
        """Store the own passages of older texts wherever their place in the current one is certain."""
        with self._context.write() as uow:
            self._store_certain(uow, self._texts.of_article(uow, article_id))
            return self._context.commit(uow, "Place passages on the corrected text")

    def _store_certain(self, uow: UnitOfWork, texts: ArticleTexts, progress: Progress = silent) -> None:
        text = self._texts.text(uow, texts.current_id)
        older = self._older(uow, texts, uow.analyst_id, part(progress, 0, 0.7))
        for annotation, placement in each_told(older, len(older), part(progress, 0.7, 1)):
            if placement.certain and placement.span is not None:
                uow.put(placed(annotation, texts.current_id, text, placement.span))

    def _older(
        self, reader: Reader, texts: ArticleTexts, analyst_id: str | None, progress: Progress = silent
    ) -> list[tuple[Annotation, Placement]]:
        """Return the passages that lie on older texts, with where they stand in the current one."""
        found: list[tuple[Annotation, Placement]] = []
        for number, text_id in enumerate(texts.older):
            here = part(progress, number / len(texts.older), (number + 1) / len(texts.older))
            where: dict[str, Any] = {"text_id": text_id, "session_id": None}
            if analyst_id is not None:
                where["analyst_id"] = analyst_id
            annotations = reader.all(Annotation, **where)
            spans = [annotation.span for annotation in annotations]
            placements = self._texts.placements(reader, text_id, texts.current_id, spans, progress=here)
            found.extend(zip(annotations, placements, strict=True))
        return found
