"""What a passage can be linked to: the passages of the article, then of the project, then points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from string import ascii_lowercase

from PySide6.QtCore import QObject

from annotator.desktop.annotating.binding import in_sentence
from annotator.desktop.models.state import ProjectState
from annotator.domain.codebook import TagKind
from annotator.domain.folding import fold
from annotator.domain.passages import PassageFilter, PassageRow
from annotator.domain.relating import Proposal, propose

_LETTERS = "asdfghjklqwertyuiopzxcvbnm"


@dataclass(frozen=True, slots=True)
class Target:
    """A passage that can be linked to; ``elsewhere``: the title of its article when it is not the open one."""

    annotation_id: str
    quote: str
    speakers: str
    tag: str
    kind: TagKind
    colour: str
    elsewhere: str = ""


class Targets(QObject):
    """Finds the passages that can be linked to the one at hand."""

    def __init__(self, state: ProjectState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._folded: dict[str, str] | None = None
        for signal in (state.marks_changed, state.marks_touched, state.labels_changed, state.codebook_changed):
            signal.connect(self._forget)
        state.article_opened.connect(self._forget)

    def of(self, annotation_id: str) -> Target | None:
        """Return a passage of the open article as a target."""
        mark = self._state.marks.get(annotation_id)
        if mark is None:
            return None
        tag, label = self._state.tag(mark.tag_id), self._state.labels.get(annotation_id)
        return Target(
            annotation_id=annotation_id,
            quote=self._state.quote(annotation_id),
            speakers=", ".join(label.speakers) if label else "",
            tag=in_sentence(tag.name) if tag else "",
            kind=self._state.kind_of(mark.tag_id),
            colour=tag.colour if tag else "",
        )

    def here(self, typed: str, current: str, limit: int) -> list[Target]:
        """Return passages of the open article whose quote, speaker or tag has all the words, the nearest first."""
        words = fold(typed).split()
        folded = self._haystacks()
        ids = [id_ for id_, hay in folded.items() if id_ != current and all(word in hay for word in words)]
        start = self._state.marks[current].start if current in self._state.marks else 0
        ids.sort(key=lambda id_: (abs(self._state.marks[id_].start - start), id_))
        return [target for target in map(self.of, ids[:limit]) if target]

    def elsewhere(self, typed: str, limit: int, done: Callable[[list[Target]], object]) -> None:
        """Look for passages of the other articles; ``done`` gets them unless something newer was asked for."""
        project, words = self._state.project, fold(typed).split()
        here = self._state.article.id if self._state.article else None

        def work() -> list[Target]:
            rows = project.passages.query(PassageFilter())
            found = (row for row in rows if row.article.id != here and _has_words(row, words))
            return [_target_of(row) for row, _ in zip(found, range(limit), strict=False)]

        self._state.jobs.read(work, done=done, key="targets")

    def propose(self, current: str, other: Target) -> Proposal:
        """Return the likely relation between the passage at hand and another one."""
        this = self._state.marks.get(current)
        that = self._state.marks.get(other.annotation_id)
        first = this is not None and that is not None and this.start < that.start
        kind = self._state.kind_of(this.tag_id) if this else TagKind.OTHER
        return propose(kind, other.kind, quotes=(self._state.quote(current), other.quote), current_first=first)

    def _haystacks(self) -> dict[str, str]:
        if self._folded is None:
            names = {id_: tag.name for id_, tag in self._state.tags.items()}
            labels = self._state.labels
            self._folded = {
                id_: fold(
                    " ".join(
                        (
                            self._state.quote(id_),
                            *(labels[id_].speakers if id_ in labels else ()),
                            names.get(mark.tag_id, ""),
                        )
                    )
                )
                for id_, mark in self._state.marks.items()
            }
        return self._folded

    def _forget(self) -> None:
        self._folded = None


def hint_letters(ids: Sequence[str]) -> dict[str, str]:
    """Return a short letter label for each id, none the beginning of another, those on the home row first."""
    if len(ids) <= len(_LETTERS):
        return dict(zip(ids, _LETTERS, strict=False))
    pairs = ("".join(pair) for pair in product(_LETTERS, ascii_lowercase))
    return dict(zip(ids, pairs, strict=False))


def _has_words(row: PassageRow, words: Iterable[str]) -> bool:
    hay = fold(" ".join((row.annotation.quote, *row.speakers, row.tag.name)))
    return all(word in hay for word in words)


def _target_of(row: PassageRow) -> Target:
    return Target(
        annotation_id=row.annotation.id,
        quote=row.annotation.quote,
        speakers=", ".join(row.speakers),
        tag=in_sentence(row.tag.name),
        kind=row.tag.kind,
        colour=row.tag.colour,
        elsewhere=row.article.title or row.article.outlet or "–",
    )
