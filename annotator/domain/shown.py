"""What a window shows of one article: its words and what is drawn on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.domain.annotations import Role
from annotator.domain.articles import Article, TextVersion
from annotator.domain.marks import Mark, MarkLabel


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article with its current text, its marks by start, end and id (code points), and their labels by id."""

    article: Article
    text: TextVersion
    marks: list[Mark]
    labels: Mapping[str, MarkLabel]


def label_of_links(links: Iterable[tuple[str, str]], names: Mapping[str, str]) -> MarkLabel:
    """Return what stands beside a mark; ``links``: (person id, role) in order, ``names``: by person id."""
    every = list(links)
    speakers = tuple(names[person_id] for person_id, role in every if role == Role.SPEAKER and person_id in names)
    return MarkLabel(speakers, tuple(dict.fromkeys(person_id for person_id, _ in every)))
