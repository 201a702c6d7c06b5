"""The texts of an article, and where its passages stand in the current one.

A text version never changes, so texts are kept in memory by their id, and so is where the passages of an old text
stand in a newer one. A passage that was marked on an older text is *shown* where its words stand now when that is
certain; it is *stored* there only when its own analyst says so.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from annotator.domain.anchoring import Placement, place
from annotator.domain.annotations import Annotation, AnnotationPerson, Span, quote_with_context
from annotator.domain.articles import Article, TextVersion
from annotator.domain.errors import NotFoundError
from annotator.domain.marks import Mark
from annotator.domain.places import Places
from annotator.domain.progress import Progress, silent
from annotator.services.context import live
from annotator.services.merges import Merges
from annotator.store.repository import Reader

K = TypeVar("K")
V = TypeVar("V")

_TEXTS = 8
_PLACES = 2_000
"""More than most projects have texts: a list of all passages asks for each in turn, and would find none of them."""
_PLACEMENTS = 50_000


class _Recent(Generic[K, V]):
    """The values asked for last; usable from any thread."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._values: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K, make: Callable[[], V]) -> V:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        self.put(key, value)
        return value

    def peek(self, key: K) -> V | None:
        with self._lock:
            return self._values.get(key)

    def put(self, key: K, value: V) -> None:
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._size:
                self._values.popitem(last=False)


@dataclass(frozen=True, slots=True)
class ArticleTexts:
    """The texts on which the passages of an article may lie.

    ``current_id``: the text that is shown. ``same``: all texts with the same words (merged articles have their own).
    ``older``: the other ones. ``article_ids``: the article and those that were merged into it.
    """

    article_ids: tuple[str, ...]
    current_id: str
    same: frozenset[str]
    older: tuple[str, ...]


class Texts:
    """Keeps texts and placements; one for each open project."""

    def __init__(self) -> None:
        self._texts: _Recent[str, str] = _Recent(_TEXTS)
        self._places: _Recent[str, Places] = _Recent(_PLACES)
        self._placements: _Recent[tuple[str, str, Span], Placement] = _Recent(_PLACEMENTS)

    def text(self, reader: Reader, text_id: str) -> str:
        """Return the text of a text version; raises NotFoundError."""
        return self._texts.get(text_id, lambda: live(reader, TextVersion, text_id, "text").text)

    def places(self, text: TextVersion) -> Places:
        """Return where the offsets of a text lie; found once for each version of its blocks."""
        return self._places.get(text.version, lambda: Places(text.text, text.blocks))

    def of_article(self, reader: Reader, article_id: str, merges: Merges | None = None) -> ArticleTexts:
        """Return the texts of the article that stands for ``article_id``; raises NotFoundError."""
        group = (merges or Merges.of(reader)).article_group(article_id)
        article = live(reader, Article, group[0], "article")
        if article.current_text_id is None:
            raise NotFoundError(f"The article “{article.title}” has no text.")
        outlines = reader.text_outlines(group)
        hashes = {id_: sha256 for id_, _, sha256 in outlines}
        words = hashes.get(article.current_text_id)
        same = frozenset(id_ for id_ in hashes if hashes[id_] == words) | {article.current_text_id}
        older = tuple(id_ for id_ in hashes if id_ not in same)
        return ArticleTexts(group, article.current_text_id, same, older)

    def placements(
        self, reader: Reader, old_id: str, new_id: str, spans: Sequence[Span], *, progress: Progress = silent
    ) -> list[Placement]:
        """Return where spans of one text stand in another, in the order given; ``progress`` may raise to stop."""
        known: dict[Span, Placement] = {}
        for span in spans:
            placement = self._placements.peek((old_id, new_id, span))
            if placement is not None:
                known[span] = placement
        unknown = [span for span in dict.fromkeys(spans) if span not in known]
        if unknown:
            found = place(self.text(reader, old_id), self.text(reader, new_id), unknown, progress=progress)
            for span, placement in zip(unknown, found, strict=True):
                self._placements.put((old_id, new_id, span), placement)
                known[span] = placement
        return [known[span] for span in spans]

    def marks(self, reader: Reader, texts: ArticleTexts, merges: Merges) -> list[Mark]:
        """Return the marks of an article as they are shown on its current text, by start, end and id."""
        found = [mark for text_id in sorted(texts.same) for mark in reader.marks(text_id)]
        for text_id in texts.older:
            old = reader.marks(text_id)
            spans = [Span(mark.start, mark.end) for mark in old]
            for mark, placement in zip(old, self.placements(reader, text_id, texts.current_id, spans), strict=True):
                if placement.certain and placement.span is not None:
                    found.append(mark._replace(start=placement.span.start, end=placement.span.end))
        if merges.tags:
            found = [mark._replace(tag_id=merges.tag(mark.tag_id)) for mark in found]
        if len(texts.same) > 1 or texts.older:
            found.sort(key=lambda mark: (mark.start, mark.end, mark.id))
        return found

    def shown(
        self, reader: Reader, texts: ArticleTexts, annotations: Iterable[Annotation], merges: Merges
    ) -> list[Annotation]:
        """Return annotations as they are shown: links resolved, on the current text where their place is certain.

        One whose place is not certain stays on the text it was marked on.
        """
        resolved = [merges.shown(annotation) for annotation in annotations]
        for text_id in texts.older:
            spans = [annotation.span for annotation in resolved if annotation.text_id == text_id]
            self.placements(reader, text_id, texts.current_id, spans)
        return [self._on_current(reader, texts, annotation) for annotation in resolved]

    def shown_anywhere(self, reader: Reader, annotations: Iterable[Annotation], merges: Merges) -> list[Annotation]:
        """Return annotations of any articles as they are shown; those whose article is gone are left out.

        One whose text is gone (a colleague took it back) is shown as it was marked.
        """
        by_article: dict[str, list[Annotation]] = {}
        for annotation in annotations:
            by_article.setdefault(merges.article(annotation.article_id), []).append(annotation)
        shown: list[Annotation] = []
        for article_id, group in by_article.items():
            article = reader.get(Article, article_id)
            if article is None or article.deleted:
                continue
            if article.current_text_id is None:
                shown.extend(merges.shown(annotation) for annotation in group)
            else:
                shown.extend(self.shown(reader, self.of_article(reader, article_id, merges), group, merges))
        return shown

    def _on_current(self, reader: Reader, texts: ArticleTexts, annotation: Annotation) -> Annotation:
        if annotation.text_id == texts.current_id:
            return annotation
        if annotation.text_id in texts.same:
            return replace(annotation, text_id=texts.current_id)
        if annotation.text_id not in texts.older:
            return annotation
        placement = self.placements(reader, annotation.text_id, texts.current_id, [annotation.span])[0]
        if not placement.certain or placement.span is None:
            return annotation
        return placed(annotation, texts.current_id, self.text(reader, texts.current_id), placement.span)


def placed(annotation: Annotation, text_id: str, text: str, span: Span) -> Annotation:
    """Return an annotation on another place or text, its quote and context taken from there."""
    prefix, quote, suffix = quote_with_context(text, span.start, span.end)
    mentions_hold = annotation.text_id == text_id
    return replace(
        annotation,
        text_id=text_id,
        start=span.start,
        end=span.end,
        quote=quote,
        prefix=prefix,
        suffix=suffix,
        people=annotation.people if mentions_hold else _without_mentions(annotation),
    )


def _without_mentions(annotation: Annotation) -> tuple[AnnotationPerson, ...]:
    return tuple(replace(part, mention_start=None, mention_end=None) for part in annotation.people)
