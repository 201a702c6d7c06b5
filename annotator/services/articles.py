"""Articles: brought in, listed, edited, corrected, merged and deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.domain.articles import Article, ArticleKind, Block, Capture, TextVersion
from annotator.domain.blocks import propose_blocks
from annotator.domain.changes import ChangeSet
from annotator.domain.codebook import Tag, TagKind
from annotator.domain.entity import now
from annotator.domain.errors import DuplicateError, RuleError, UsageError
from annotator.domain.ids import new_id
from annotator.domain.people import Person
from annotator.domain.rules import check_blocks, check_date, check_text
from annotator.domain.text import canonical_text, text_sha256
from annotator.services.context import Context, expect, live
from annotator.services.corrections import Corrections
from annotator.services.editing import changed, edit_label, word
from annotator.services.merges import Merges
from annotator.services.references import in_use_by, referring, shortened
from annotator.services.texts import Texts
from annotator.store.repository import Reader
from annotator.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from annotator.formats.draft import ArticleDraft

_EDITABLE = ("title", "outlet", "byline", "url", "language", "kind", "published_at", "accessed_at", "note")
_LABELS = {
    "title": "Change headline",
    "outlet": "Change outlet",
    "byline": "Change byline",
    "url": "Change address",
    "language": "Change language",
    "kind": "Change kind of article",
    "published_at": "Change date of article",
    "accessed_at": "Change date of access",
    "note": "Change note on article",
}


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article with the number of its passages: by kind, all together over all layers, and in the own layer."""

    article: Article
    counts: Mapping[TagKind, int]
    total: int
    mine: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """The text of a new article and what it came from."""

    text: str
    blocks: tuple[Block, ...] | None
    source_bytes: bytes | None
    source_media_type: str


class Articles(Corrections):
    """The articles of a project."""

    def __init__(self, context: Context, texts: Texts) -> None:
        super().__init__(context, texts)

    def add_text(  # noqa: PLR0913  (the fields of an article)
        self,
        text: str,
        *,
        title: str = "",
        outlet: str = "",
        byline: str = "",
        url: str = "",
        language: str = "",
        published_at: str = "",
        accessed_at: str = "",
        kind: ArticleKind | str = ArticleKind.NEWS,
        note: str = "",
        capture: Capture | str = Capture.PASTED,
        blocks: Iterable[Block] | None = None,
        source_bytes: bytes | None = None,
        source_media_type: str = "",
        allow_duplicate: bool = False,
        id: str | None = None,
    ) -> Article:
        """Add an article with this text, made canonical; blocks are proposed when None.

        Without a ``title`` the first headline of the text is taken. Raises RuleError for an empty or too large text,
        and for one that another article has (unless ``allow_duplicate``).
        """
        canonical = canonical_text(text)
        article = Article(
            id=id or new_id(),
            title=title.strip(),
            outlet=outlet.strip(),
            byline=byline.strip(),
            url=url.strip(),
            language=language.strip(),
            kind=word(ArticleKind, kind),
            published_at=published_at.strip(),
            accessed_at=accessed_at.strip(),
            capture=word(Capture, capture),
            note=note,
            created_at=now(),
        )
        given = None if blocks is None or canonical != text else tuple(blocks)
        source = _Source(text=canonical, blocks=given, source_bytes=source_bytes, source_media_type=source_media_type)
        with self._context.write() as uow:
            article = _put_new(uow, article, source, allow_duplicate=allow_duplicate)
            self._context.commit(uow, f"Add article “{shortened(article.title)}”" if article.title else "Add article")
        return article

    def add(
        self, draft: ArticleDraft, *, id: str | None = None, allow_duplicate: bool = False, **overrides: str
    ) -> Article:
        """Add the article that an importer made of a file; ``overrides``: title, outlet, byline and so on."""
        fields = {
            name: getattr(draft, name) for name in ("title", "outlet", "byline", "url", "language", "published_at")
        }
        unknown = sorted(set(overrides) - {*fields, "kind", "note", "accessed_at"})
        if unknown:
            raise UsageError(f"“{unknown[0]}” is no field of an article.")
        return self.add_text(
            draft.text,
            **{**fields, **{name: value for name, value in overrides.items() if value}},
            capture=draft.capture,
            blocks=draft.blocks or None,
            source_bytes=draft.source_bytes,
            source_media_type=draft.source_media_type,
            allow_duplicate=allow_duplicate,
            id=id,
        )

    def get(self, id_: str) -> Article:
        """Return the article that stands for an id; raises NotFoundError."""
        with self._context.read() as reader:
            return live(reader, Article, Merges.of(reader).article(id_), "article")

    def text(self, article_id: str) -> TextVersion:
        """Return the current text version of an article; raises NotFoundError."""
        with self._context.read() as reader:
            return live(reader, TextVersion, self._texts.of_article(reader, article_id).current_id, "text")

    def text_version(self, text_id: str) -> TextVersion:
        """Return one text version; raises NotFoundError."""
        with self._context.read() as reader:
            return live(reader, TextVersion, text_id, "text")

    def text_versions(self, article_id: str) -> list[TextVersion]:
        """Return all text versions of an article, the oldest first."""
        with self._context.read() as reader:
            return reader.all(TextVersion, article_id=Merges.of(reader).article_group(article_id))

    def summaries(self) -> list[ArticleSummary]:
        """Return every article with its numbers of passages, in the order of :meth:`list`."""
        with self._context.read() as reader:
            merges = Merges.of(reader)
            articles = _in_order(a for a in reader.all(Article) if a.merged_into is None)
            kinds = {tag.id: tag.kind for tag in reader.all(Tag, deleted=True)}
            analyst = self._context.analyst(reader)
            every = _by_kind(reader.annotation_counts(), merges, kinds)
            mine = {} if analyst is None else reader.annotation_counts(analyst_id=analyst.id)
        own = _by_kind(mine, merges, kinds)
        return [
            ArticleSummary(
                article=article,
                counts=every.get(article.id, {}),
                total=sum(every.get(article.id, {}).values()),
                mine=sum(own.get(article.id, {}).values()),
            )
            for article in articles
        ]

    def edit(self, article_id: str, *, expected: str | None = None, **fields: object) -> ChangeSet:
        """Change title, outlet, byline, url, language, kind, dates or note of an article."""
        with self._context.write() as uow:
            before = live(uow, Article, article_id, "article")
            expect(before, expected, "article")
            after = changed(before, fields, _EDITABLE)
            _check_dates(after)
            uow.put(after)
            return self._context.commit(uow, edit_label(before, after, _LABELS, "Edit article"))

    def set_blocks(self, text_id: str, blocks: Iterable[Block], *, expected: str | None = None) -> ChangeSet:
        """Say anew what the stretches of a text are (headline, captions …)."""
        with self._context.write() as uow:
            before = live(uow, TextVersion, text_id, "text")
            expect(before, expected, "text")
            after = replace(before, blocks=tuple(blocks))
            check_blocks(after.blocks, len(after.text))
            uow.put(after)
            return self._context.commit(uow, "Change blocks")

    def merge(self, loser_id: str, winner_id: str) -> ChangeSet:
        """Let one article stand for another with the same text; passages of both are shown together."""
        with self._context.write() as uow:
            loser, winner = live(uow, Article, loser_id, "article"), live(uow, Article, winner_id, "article")
            merges = Merges.of(uow)
            if merges.article(loser_id) == merges.article(winner_id):
                raise RuleError("The two are one article already.")
            mine, theirs = self._texts.of_article(uow, loser_id), self._texts.of_article(uow, winner_id)
            if self._texts.text(uow, mine.current_id) != self._texts.text(uow, theirs.current_id):
                raise RuleError(
                    f"“{shortened(loser.title)}” and “{shortened(winner.title)}” do not have the same text.",
                    "Keep both; passages may be linked across articles.",
                )
            uow.put(replace(loser, merged_into=merges.article(winner_id)))
            return self._context.commit(uow, "Merge articles")

    def delete(self, article_id: str) -> ChangeSet:
        """Delete an article with its texts and unnamed sources; refused while there are passages or comments on it."""
        with self._context.write() as uow:
            article = live(uow, Article, article_id, "article")
            unnamed = uow.all(Person, article_id=article_id)
            going = (*unnamed, *uow.all(TextVersion, article_id=article_id), article)
            for entity in going:
                users = referring(uow, entity, apart_from={other.id for other in going})
                if users:
                    raise RuleError(f"The article is in use ({in_use_by(uow, users)}).", "Delete its passages first.")
            for entity in going:
                uow.delete(entity)
            return self._context.commit(uow, "Delete article")

    def list(self) -> list[Article]:
        """Return the articles by date and title, undated ones last, without those merged into others."""
        with self._context.read() as reader:
            return _in_order(a for a in reader.all(Article) if a.merged_into is None)


def _put_new(uow: UnitOfWork, article: Article, source: _Source, *, allow_duplicate: bool) -> Article:
    check_text(source.text)
    _check_dates(article)
    sha256 = text_sha256(source.text)
    if not allow_duplicate:
        _refuse_known(uow, sha256)
    blocks = propose_blocks(source.text) if source.blocks is None else source.blocks
    check_blocks(blocks, len(source.text))
    text = TextVersion(
        id=new_id(),
        article_id=article.id,
        text=source.text,
        sha256=sha256,
        source_bytes=source.source_bytes,
        source_media_type=source.source_media_type,
        source_sha256="" if source.source_bytes is None else hashlib.sha256(source.source_bytes).hexdigest(),
        blocks=blocks,
        created_at=article.created_at,
    )
    uow.put(text)
    return uow.put(
        replace(article, current_text_id=text.id, title=article.title or _first_headline(source.text, blocks))
    )


def _refuse_known(reader: Reader, sha256: str) -> None:
    for _, article_id in reader.texts_with_hash(sha256):
        known = reader.get(Article, article_id)
        if known is not None and not known.deleted:
            raise DuplicateError(
                f"The article “{shortened(known.title)}” has this very text.",
                "Open that one; its fields can be edited.",
            )


def _first_headline(text: str, blocks: Iterable[Block]) -> str:
    return next((text[b.start : b.end].strip() for b in blocks if b.kind == "headline"), "")


def _check_dates(article: Article) -> None:
    check_date(article.published_at, "an article")
    check_date(article.accessed_at, "an access")


def _in_order(articles: Iterable[Article]) -> list[Article]:
    return sorted(articles, key=lambda a: (a.published_at == "", a.published_at, a.title, a.id))


def _by_kind(
    counts: Mapping[str, Mapping[str, int]], merges: Merges, kinds: Mapping[str, TagKind]
) -> dict[str, dict[TagKind, int]]:
    """Add numbers by article and tag up to numbers by article and kind, merges resolved."""
    summed: dict[str, dict[TagKind, int]] = {}
    for article_id, by_tag in counts.items():
        of_article = summed.setdefault(merges.article(article_id), {})
        for tag_id, number in by_tag.items():
            kind = kinds.get(merges.tag(tag_id), TagKind.OTHER)
            of_article[kind] = of_article.get(kind, 0) + number
    return summed
