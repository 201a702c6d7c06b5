"""What a review session leaves for people to read: its minutes, and what became of one analyst's work.

Everything is in words already; the pages only set it (:mod:`.minutes_html`, :mod:`.returned_work_html`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.codebook import TagKind
from annotator.domain.reviews import DecisionOutcome, ReasonCode

OUTCOMES: dict[DecisionOutcome, str] = {
    DecisionOutcome.TAKE: "taken as it is",
    DecisionOutcome.EDIT: "edited",
    DecisionOutcome.NEW: "added by the reviewer",
    DecisionOutcome.NOTHING: "nothing here",
    DecisionOutcome.PARKED: "parked",
}
REASONS: dict[ReasonCode, str] = {
    ReasonCode.AMBIGUOUS_TEXT: "the text is ambiguous",
    ReasonCode.GUIDELINE_GAP: "the guideline leaves it open",
    ReasonCode.SLIP: "a slip",
    ReasonCode.EDGE_CASE: "an edge case",
    ReasonCode.JUDGEMENT: "a matter of judgement",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """How somebody has a passage: the rows of the review card, in words.

    ``quotes``: one, or the pieces of a statement. ``people``: (role, name). ``links``: what it does to which passage.
    """

    quotes: tuple[str, ...]
    tag: str
    kind: TagKind
    people: tuple[tuple[str, str], ...] = ()
    attribution: str = ""
    links: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A comment, or an answer to one: who, when (UTC) and what. ``resolved``: the thread is closed."""

    who: str
    at: str
    text: str
    answer: bool = False
    resolved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One passage of the minutes.

    ``final``: how the final version has it, None for nothing here and what is not decided. ``versions``: each analyst's
    name with how it was marked. ``missing``: who read the article and did not mark it. ``differs``: in what they
    differ, in words. ``outcome``: what was decided, in words; empty while undecided. ``changed``: a version was changed
    after the decision. ``own``: the reviewer was an author of the article too. ``votes``: (name, choice).
    """

    place: str
    outcome: DecisionOutcome | None
    decided: str
    changed: bool
    final: Wordings | None
    versions: tuple[tuple[str, Wordings], ...]
    missing: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    reason: str = ""
    comment: str = ""
    codebook_flag: bool = False
    by: str = ""
    at: str = ""
    own: bool = False
    votes: tuple[tuple[str, str], ...] = ()
    comments: tuple[Said, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it still has to be decided."""
        return self.outcome in {None, DecisionOutcome.PARKED} or self.changed


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedArticle:
    """An article of the minutes; ``submissions`` are sentences, ``sha256`` is that of the text that was reviewed."""

    title: str
    source: str
    language: str
    sha256: str
    submissions: tuple[str, ...]
    passages: tuple[Recorded, ...]
    comments: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class CodebookEntry:
    """A tag as it was when the session was opened; ``depth``: how deep it is nested."""

    name: str
    kind: TagKind
    key: str
    description: str
    rule: str
    fits: tuple[str, ...]
    fits_not: tuple[str, ...]
    depth: int = 0


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One agreement figure; a value that is not defined is “–”. ``n``: on how much it rests, at the latest moment."""

    title: str
    values: tuple[str, ...]
    n: str
    first: bool = False
    """Whether it is one of the four that are shown first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """The agreement figures of a session: columns are moments (at the reveal, at the close, now)."""

    moments: tuple[str, ...]
    lines: tuple[FigureLine, ...]
    pairs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Two analysts, and their four figures at the latest moment."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """The minutes of a review session. Times are UTC, written out; ``settings``: (name, value)."""

    project: str
    session: str
    mode: str
    state: str
    closed: bool
    made_at: str
    members: tuple[tuple[str, str, str], ...]
    """Name, initials, roles."""
    settings: tuple[tuple[str, str], ...]
    events: tuple[tuple[str, str, str], ...]
    """When (UTC, written out), what happened to the session, by whom."""
    notices: tuple[str, ...]
    figures: FigureTable | None
    articles: tuple[RecordedArticle, ...]
    codebook: tuple[CodebookEntry, ...]

    @property
    def passages(self) -> tuple[Recorded, ...]:
        """All passages, article by article."""
        return tuple(passage for article in self.articles for passage in article.passages)


class Fate(StrEnum):
    """What became of a passage of an analyst, or of one that the analyst did not mark."""

    KEPT = "kept"
    CHANGED = "changed"
    REJECTED = "rejected"
    ADDED = "added"
    """It is in the final version and the analyst had not marked it."""
    OPEN = "open"
    """Not decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What became of one passage: ``mine`` is None for one that the analyst had not marked.

    ``rows``: (row, mine, in the final version) for each that was changed. ``start``, ``end``: the words it is about, in
    code points of the reviewed text; ``annotation_id``: the analyst's own passage, empty for one not marked.
    """

    place: str
    start: int
    end: int
    annotation_id: str
    fate: Fate
    mine: Wordings | None
    final: Wordings | None
    rows: tuple[tuple[str, str, str], ...] = ()
    reason: str = ""
    comment: str = ""
    by: str = ""
    at: str = ""
    comments: tuple[Said, ...] = ()

    @property
    def told(self) -> bool:
        """Whether somebody said something of it."""
        return bool(self.reason or self.comment or self.comments)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedArticle:
    """An article of the page for an analyst."""

    id: str
    title: str
    source: str
    language: str
    passages: tuple[Returned, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedWork:
    """“What was changed in my work, and why”, of one analyst in one session."""

    project: str
    session: str
    analyst: str
    made_at: str
    closed: bool
    articles: tuple[ReturnedArticle, ...]

    def count(self, fate: Fate) -> int:
        """Return how many passages had a fate."""
        return sum(passage.fate is fate for article in self.articles for passage in article.passages)
