"""What an article view is given of an article, made alike for the first glance and for the open project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.desktop.article_view import ArticleHeader, ArticleView, TagStyle, ViewTheme
from annotator.desktop.theme import Theme
from annotator.domain.articles import Article, Block, TextVersion
from annotator.domain.codebook import Tag, TagKind
from annotator.domain.marks import Mark, MarkLabel
from annotator.domain.merging import merged_into, resolve


@dataclass(frozen=True, slots=True)
class ArticlePicture:
    """An article as the view is told of it; equal pictures look alike. ``labels``: by annotation id."""

    text: str
    blocks: Sequence[Block]
    header: ArticleHeader
    language: str
    styles: Mapping[str, TagStyle]
    marks: Sequence[Mark]
    labels: Mapping[str, str]


def picture_of(
    article: Article, text: TextVersion, tags: Mapping[str, Tag], marks: Sequence[Mark], labels: Mapping[str, MarkLabel]
) -> ArticlePicture:
    """Return the picture of an article; ``tags`` hold retired and merged ones too, by id."""
    shown = styled_tags(tags)
    return ArticlePicture(
        text=text.text,
        blocks=text.blocks,
        header=header_of(article),
        language=article.language,
        styles={tag_id: style_of(tag) for tag_id, tag in shown.items()},
        marks=marks,
        labels={mark.id: label_words(shown.get(mark.tag_id), labels.get(mark.id)) for mark in marks},
    )


def show_picture(view: ArticleView, picture: ArticlePicture, before: ArticlePicture | None = None) -> None:
    """Show a picture in place of the one ``before`` (None: of anything), touching no more than what differs."""
    article = before is None or (picture.text, picture.blocks, picture.header, picture.language) != (
        before.text,
        before.blocks,
        before.header,
        before.language,
    )
    if article:
        view.set_article(picture.text, picture.blocks, header=picture.header, language=picture.language)
    if before is None or picture.styles != before.styles:
        view.set_tag_styles(picture.styles)
    if article or before is None or picture.marks != before.marks:
        view.set_marks(picture.marks)
        view.set_labels(picture.labels)
    elif picture.labels != before.labels:
        view.set_labels(picture.labels)


def header_of(article: Article) -> ArticleHeader:
    """Return what stands above an article's text."""
    return ArticleHeader(title=article.title, outlet=article.outlet, byline=article.byline, date=article.published_at)


def view_theme(theme: Theme) -> ViewTheme:
    """Return the colours of the article view in a theme of the window."""
    return ViewTheme(
        dark=theme.dark,
        base=theme.base,
        text=theme.text,
        muted=theme.muted,
        accent=theme.accent,
        selection=theme.text_selection,
        found=theme.found,
        looked_at=theme.looked_at,
        border=theme.border,
        raised=theme.raised,
        strong=theme.strong,
    )


def styled_tags(tags: Mapping[str, Tag]) -> dict[str, Tag]:
    """Return the tag in whose style each tag is shown: itself, or what it was merged into."""
    merged = merged_into(tags.values())
    shown = ((tag_id, tags.get(resolve(tag_id, merged))) for tag_id in tags)
    return {tag_id: tag for tag_id, tag in shown if tag is not None}


def style_of(tag: Tag) -> TagStyle:
    """Return how the passages of a tag are drawn."""
    return TagStyle(kind=tag.kind, colour=tag.colour, key=_key_shown(tag), name=tag.name)


def label_words(tag: Tag | None, label: MarkLabel | None) -> str:
    """Return what the margin says of a passage: "Speaker · tag", the tag alone while nobody is named."""
    name = in_sentence(tag.name) if tag else ""
    if label is None or not label.speakers:
        return name
    more = f" +{len(label.speakers) - 1}" if len(label.speakers) > 1 else ""
    return f"{label.speakers[0]}{more} · {name}"


def in_sentence(name: str) -> str:
    """Return a tag's name as it stands within a sentence: "Denial" as "denial", "NHS" as it is."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _key_shown(tag: Tag) -> str:
    """Return the letter at a passage's first tick: nested tags inherit the line style and need one to be told apart."""
    return tag.key if tag.parent_id is not None or tag.kind is TagKind.OTHER else ""
