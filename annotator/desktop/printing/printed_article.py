"""What is printed of an article: a snapshot of what the article view shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.desktop.article_view.look import ArticleHeader, TagStyle
from annotator.domain.articles import Block
from annotator.domain.marks import Mark
from annotator.domain.passages import PassageRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedArticle:
    """An article as it is shown. ``marks`` are those shown, in reading order; ``hidden``: how many are not.

    ``passages``: what the list of passages at the end is made from; empty for none. ``family``: the typeface.
    """

    project: str
    text: str
    blocks: Sequence[Block]
    language: str
    header: ArticleHeader
    marks: Sequence[Mark]
    hidden: int
    labels: Mapping[str, str]
    styles: Mapping[str, TagStyle]
    passages: Sequence[PassageRow] = ()
    family: str = ""

    @property
    def title(self) -> str:
        """What the article is called: its title, else its first line."""
        return self.header.title or next((line.strip() for line in self.text.split("\n") if line.strip()), "")

    def numbers(self) -> dict[str, int]:
        """Return the number of each passage shown, from 1 in reading order, by mark id."""
        return {mark.id: number for number, mark in enumerate(self.marks, start=1)}

    def numbered_labels(self) -> dict[str, str]:
        """Return what stands beside each passage: its number, whose words it is, and its tag."""
        return {
            mark.id: f"{number}  {self.labels.get(mark.id) or self._tag_name(mark)}"
            for number, mark in enumerate(self.marks, start=1)
        }

    def _tag_name(self, mark: Mark) -> str:
        style = self.styles.get(mark.tag_id)
        return style.name if style is not None else ""
