"""What a passage can be linked to: the passages of the article, then of the project, then points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, product
from string import ascii_lowercase

from PySide6.QtCore import QObject

from annotator.desktop.article_picture import in_sentence
from annotator.desktop.models.state import ProjectState
from annotator.domain.codebook import Tag, TagKind
from annotator.domain.folding import fold
from annotator.domain.marks import Mark
from annotator.domain.passages import BriefPassage
from annotator.domain.relating import Proposal, propose

_MARKS = tuple("“”‘’\"'«»„‚")
_LETTERS = "asdfghjklqwertyuiopzxcvbnm"


@dataclass(frozen=True, slots=True)
class Target:
    """A passage that can be linked to.

    ``quote``: where its words begin. ``elsewhere``: the title of its article when it is not the open one.
    """

    annotation_id: str
    quote: str
    speakers: str
    tag: str
    kind: TagKind
    colour: str
    elsewhere: str = ""


class _Far:
    """All passages of a project as they are looked for; made on the worker's thread, then only read.

    A column each, of strings alone: two objects for each passage would lengthen every collection of garbage.
    """

    def __init__(self, passages: Iterable[BriefPassage]) -> None:
        self._words: list[str] = []
        """Everything that a passage can be found by, folded."""
        self._ids: list[str] = []
        self._article_ids: list[str] = []
        self._quotes: list[str] = []
        self._speakers: list[str] = []
        self._tag_ids: list[str] = []
        self._tags: dict[str, Tag] = {}
        self._titles: dict[str, str] = {}
        for brief in passages:
            self._add(brief)

    def _add(self, brief: BriefPassage) -> None:
        article, tag = brief.article, brief.tag
        self._words.append(fold(" ".join((brief.quote, *brief.speakers, tag.name))))
        self._ids.append(brief.annotation_id)
        self._article_ids.append(article.id)
        self._quotes.append(brief.quote)
        self._speakers.append(", ".join(brief.speakers))
        self._tag_ids.append(tag.id)
        self._tags[tag.id] = tag
        self._titles[article.id] = article.title or article.outlet or "–"

    def find(self, words: Sequence[str], here: str | None, limit: int) -> list[Target]:
        """Return the first passages of other articles than ``here`` that have all the folded words."""
        fitting = (
            number
            for number, has in enumerate(self._words)
            if self._article_ids[number] != here and all(word in has for word in words)
        )
        return [self._target(number) for number in islice(fitting, limit)]

    def _target(self, number: int) -> Target:
        tag = self._tags[self._tag_ids[number]]
        return Target(
            annotation_id=self._ids[number],
            quote=self._quotes[number],
            speakers=self._speakers[number],
            tag=in_sentence(tag.name),
            kind=tag.kind,
            colour=tag.colour,
            elsewhere=self._titles[self._article_ids[number]],
        )


class Targets(QObject):
    """Finds the passages that can be linked to the one at hand.

    What a passage is found by is folded once; the other articles' passages are read when they are first asked for, and
    again once any of them has changed.
    """

    def __init__(self, state: ProjectState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._folded: dict[str, str] = {}
        self._far: _Far | None = None
        self._stale = False
        state.article_opened.connect(self._forget_article)
        state.marks_changed.connect(self._folded.clear)
        state.codebook_changed.connect(self._forget_all)
        state.marks_touched.connect(self._forget_marks)
        state.labels_changed.connect(self._forget_labels)
        state.passages_changed.connect(self._note_changes)

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
        """Look for passages of the other articles; ``done`` gets them, at once or when they have been read."""
        if len(self._state.articles) < 2:  # noqa: PLR2004  (there is no other article)
            done([])
        elif self._far is not None:
            done(self._among_far(typed, limit))
        else:
            project = self._state.project

            def take(far: _Far) -> None:
                self._far = far
                done(self._among_far(typed, limit))

            self._state.jobs.read(lambda: _Far(project.passages.brief()), done=take, key="targets")

    def _among_far(self, typed: str, limit: int) -> list[Target]:
        here = self._state.article.id if self._state.article else None
        return self._far.find(fold(typed).split(), here, limit) if self._far is not None else []

    def propose(self, current: str, other: Target) -> Proposal:
        """Return the likely relation between the passage at hand and another one."""
        this = self._state.marks.get(current)
        that = self._state.marks.get(other.annotation_id)
        first = this is not None and that is not None and this.start < that.start
        kind = self._state.kind_of(this.tag_id) if this else TagKind.OTHER
        return propose(kind, other.kind, quotes=(self._state.quote(current), other.quote), current_first=first)

    def _haystacks(self) -> dict[str, str]:
        """Return what each passage of the open article is found by, folding what is not known yet."""
        state = self._state
        for id_, mark in state.marks.items():
            if id_ not in self._folded:
                tag, label = state.tag(mark.tag_id), state.labels.get(id_)
                speakers = label.speakers if label else ()
                self._folded[id_] = fold(" ".join((state.quote(id_), *speakers, tag.name if tag else "")))
        return self._folded

    def _forget_article(self) -> None:
        self._folded.clear()
        if self._stale:
            self._far, self._stale = None, False

    def _forget_all(self) -> None:
        self._folded.clear()
        self._far = None

    def _forget_marks(self, put: tuple[Mark, ...], removed: tuple[str, ...]) -> None:
        self._forget_labels((*(mark.id for mark in put), *removed))

    def _forget_labels(self, changed: tuple[str, ...]) -> None:
        for id_ in changed:
            self._folded.pop(id_, None)

    def _note_changes(self, article_ids: frozenset[str]) -> None:
        """Read the other articles' passages again when needed: at once for theirs, with the next article for ours."""
        here = self._state.article.id if self._state.article else None
        if article_ids - {here}:
            self._far = None
        self._stale = self._stale or here in article_ids


def quoted(words: str) -> str:
    """Return words of an article on one line in quotation marks, unless they bring their own."""
    line = " ".join(words.split())
    return line if line[:1] in _MARKS else f"“{line}”"


def hint_letters(ids: Sequence[str]) -> dict[str, str]:
    """Return a short letter label for each id, none the beginning of another, those on the home row first."""
    if len(ids) <= len(_LETTERS):
        return dict(zip(ids, _LETTERS, strict=False))
    pairs = ("".join(pair) for pair in product(_LETTERS, ascii_lowercase))
    return dict(zip(ids, pairs, strict=False))
