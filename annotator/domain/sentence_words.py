"""A sentence of a news text as a row of words, each quotation as one, and what its words can be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.domain.annotations import Span
from annotator.domain.quotations import Quotation
from annotator.domain.reporting_words import (
    ADVERBS,
    BE,
    CLAUSE_VERBS,
    DETERMINERS,
    FINITE,
    HAVE,
    INTRODUCERS,
    KEPT_PARTICIPLES,
    KEPT_VERBS,
    LINKS,
    NAMES_OF_THINGS_TOO,
    OBJECT_PRONOUNS,
    OPENERS,
    PARTICIPLES,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TELL_VERBS,
    THAT_VERBS,
    TIME_HEADS,
    TIMES,
    WRITING,
)

DASHES = frozenset("–—-")
STOPS = frozenset(".!?…")
LONGEST_SUBJECT = 14
"""Words that name a speaker, position and all."""
_VERBS = CLAUSE_VERBS | TELL_VERBS | THAT_VERBS | KEPT_VERBS
_SHORT_PAST = 3
"""Letters of ``red`` and ``bed``, which are no verbs for their ending."""
_QUOTED = "\ue000"
_WORD = re.compile(r"£?\w+(?:[’'‘.,‑-]\w+)*|" + _QUOTED + r"+|\S")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark or a quotation's filling, ``[start, end)`` in the text."""

    word: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.word[:1].isupper()


class SentenceWords:
    """A sentence as words; every position is an index of ``tokens``, every range half-open."""

    def __init__(self, text: str, span: Span, quotes: Sequence[Quotation]) -> None:
        masked = _mask_quotations(text, span, quotes)
        self.text = text
        self.tokens = [Token(m.group(), span.start + m.start(), span.start + m.end()) for m in _WORD.finditer(masked)]
        self.words = [token.word.replace("'", "’").replace("‘", "’").lower() for token in self.tokens]

    def word(self, index: int) -> str:
        """Return a word in lower case with ``’`` as its apostrophe; empty outside the sentence."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def span(self, start: int, end: int) -> Span:
        """Return the words ``[start, end)`` as a span of the text."""
        return Span(self.tokens[start].start, self.tokens[end - 1].end)

    def segments(self) -> list[tuple[int, int]]:
        """Return the main clauses: what a semicolon, or a comma or dash before a linking word, parts."""
        cuts = [0]
        depth = 0
        for index, word in enumerate(self.words):
            depth += (word == "“") - (word == "”")
            following = self.word(index + 1)
            if depth > 0 or index == 0:
                continue
            if (
                word == ";"
                or (word == "," and following in LINKS and following != "as")
                or (word in DASHES and following in LINKS | SUBORDINATORS)
                or (word == "," and following in {"who", "which"} and self._verb_follows(index + 2))
            ):
                cuts.append(index)
        return [(a, b) for a, b in pairwise([*cuts, len(self.words)]) if a < b]

    def _verb_follows(self, index: int) -> bool:
        while self.word(index) in HAVE | ADVERBS:
            index += 1
        return self.kind(index) is not None

    def kind(self, index: int) -> str | None:
        """Return what sort of reporting verb the word is: ``clause``, ``tell``, ``that``, ``kept``, or None."""
        word, following = self.word(index), self.word(index + 1)
        if word not in _VERBS or not self._can_be_verb(index):
            return None
        if word in KEPT_VERBS:
            return None if self._is_participle(index) else "kept"
        if word in TELL_VERBS:
            return "tell"
        if word in THAT_VERBS:
            return None if self._that(index + 1, min(index + 6, len(self.words))) is None else "that"
        if following == "to" and not (word in WRITING and self._names_somebody(index + 2)):
            return None if self._passive(index) or word in {"said", "understood", "believed"} else "kept"
        return None if following == "for" and word in {"asked", "asks"} else "clause"

    def _names_somebody(self, index: int) -> bool:
        word = self.word(index)
        return word in DETERMINERS | OBJECT_PRONOUNS or (index < len(self.tokens) and self.tokens[index].capital)

    def _can_be_verb(self, index: int) -> bool:
        before = self.word(index - 1)
        if self.word(index) in {"read", "reads"}:
            return self.word(index + 1) == ":"
        if self.tokens[index].capital or before in DETERMINERS | PREPOSITIONS | (FINITE - HAVE - BE) | {"“", "to"}:
            return False
        return self.word(index) not in NAMES_OF_THINGS_TOO or self._is_verb_here(index)

    def _is_verb_here(self, index: int) -> bool:
        before, following = self.word(index - 1), self.word(index + 1)
        if following == "that":
            return True
        if following in {"of", "by", "from", "about", "and", ".", ",", ":", ""} | FINITE or before.endswith("’s"):
            return False
        return before in PRONOUNS | HAVE | ADVERBS or before.endswith("s") or self.tokens[index - 1].capital

    def _is_participle(self, index: int) -> bool:
        """Whether a form like ``accused`` or ``called`` says what somebody or something is, not what it says."""
        word, following = self.word(index), self.word(index + 1)
        if self._passive(index) or following in {"by", "of", "as", ",", "."} or not following:
            return True
        naming = word in {"branded", "called", "calls", "labelled", "dubbed", "described", "labeled", "brands"}
        return naming and (following == "“" or (index + 1 < len(self.tokens) and self.tokens[index + 1].capital))

    def _passive(self, index: int) -> bool:
        while self.word(index - 1) in ADVERBS or self.word(index - 1).endswith("ly"):
            index -= 1
        return self.word(index - 1) in BE

    def group_start(self, verb: int, floor: int) -> int:
        """Return where the verb group begins: auxiliaries, adverbs and times before the verb."""
        start = verb
        while start > floor:
            before = self.word(start - 1)
            if before in HAVE | BE | ADVERBS or (before.endswith("ly") and not self.tokens[start - 1].capital):
                start -= 1
            elif before in TIMES and self.word(start - 2) in TIME_HEADS and start - 2 >= floor:
                start -= 2
            else:
                break
        return start

    def is_subject(self, start: int, end: int) -> bool:
        """Whether the words can name who speaks."""
        if not start < end <= start + LONGEST_SUBJECT:
            return False
        words = self.words[start:end]
        if words[0].split("’")[0] in PRONOUNS:
            return end - start == 1
        relative = next((k for k, word in enumerate(words) if word in {"who", "which", "that"}), len(words))
        head = words[:relative]
        if not head or any(
            word in FINITE or word in SUBORDINATORS - PREPOSITIONS or word in ":;“" for word in head[1:]
        ):
            return False
        first = head[0]
        if first in PARTICIPLES | KEPT_PARTICIPLES:
            return False
        short = end - start <= 4 or self.word(start + 1) == "of"  # noqa: PLR2004  (skippers, minutes of the meeting)
        named = start > 0 and self.tokens[start].capital
        return (named or first not in PREPOSITIONS | LINKS | SUBORDINATORS) and (
            first in DETERMINERS or first in {"“", "there"} or first[0].isdigit() or self.tokens[start].capital or short
        )

    def is_adverbial(self, start: int, end: int) -> bool:
        """Whether the words before a main clause say when, where or how, not what."""
        first = self.word(start)
        return start < end and (
            first in PREPOSITIONS | SUBORDINATORS | OPENERS | ADVERBS | TIME_HEADS or first.endswith(("ing", "ly"))
        )

    def is_time(self, index: int) -> bool:
        """Whether two words say when, as ``On Friday`` and ``Last week`` do."""
        first, second = self.word(index), self.word(index + 1)
        return (first in TIME_HEADS and second in TIMES) or (first in {"in", "by"} and second.isdecimal())

    def _that(self, start: int, limit: int) -> int | None:
        """Return where the ``that`` stands that begins what is said, past words that say when and to whom."""
        for index in range(start, limit):
            word = self.word(index)
            if word == "that" and self.word(index + 1) not in {"was", "is", ",", "."}:
                return index
            if word in {"“", ":", ";"} or (index == start and word not in INTRODUCERS | {","}):
                return None
        return None

    def content_start(self, verb: int, kind: str, end: int) -> int | None:
        """Return where what is said begins behind a reporting verb; None when nothing does."""
        if kind == "kept":
            return verb
        index = verb + 1
        quote = next((k for k in range(index, end) if self.word(k) == "“"), end)
        colon = next((k for k in range(index, min(quote, index + 25)) if self.word(k) == ":"), None)
        if colon is not None:
            return colon + 1 if colon + 1 < end else None
        if kind == "tell":
            index = index if self._passive(verb) else self._behind_hearer(index, end)
            that = next((k for k in range(index, min(index + 14, quote)) if self.word(k) == "that"), None)
        else:
            that = self._that(index, min(index + 16, end))
        if that is not None:
            return that + 1 if that + 1 < end else None
        index = self._behind_time(index, end)
        if self.word(index) == "," and self.word(index + 1) == "“":
            index += 1
        if index >= end or self.word(index) in {",", ")", "”"} or self.word(index) in STOPS:
            return None
        return self._clause_or_verb(verb, kind, index, end)

    def _clause_or_verb(self, verb: int, kind: str, index: int, end: int) -> int:
        """Return ``index`` when a clause or a quotation begins there; else the verb, which then says something."""
        if kind == "tell" or self.word(verb) in {"said", "says", "say"}:
            return index
        rest = self.words[index:end]
        clause = any(
            word in FINITE
            or "“" in word
            or (word.endswith("ed") and len(word) > _SHORT_PAST)
            or word.endswith(("’d", "’s", "’re"))
            for word in rest
        )
        return index if clause and rest[0] not in PREPOSITIONS else verb

    def _behind_time(self, index: int, end: int) -> int:
        while index < end:
            word = self.word(index)
            if word in {"yesterday", "today", "tonight", "earlier", "later", "again"}:
                index += 1
            elif self.is_time(index):
                index += 2
            else:
                break
        return index

    def _behind_hearer(self, index: int, end: int) -> int:
        """Return the index behind the words that name who was told."""
        start = index
        if self.word(index) in OBJECT_PRONOUNS:
            return index + 1
        if self.word(index) in DETERMINERS:
            index += 1
        begun = index
        while index < end and (self.tokens[index].capital or self.word(index)[:1].isdigit()):
            index += 1
        if index == begun:
            while index < min(end, begun + 3) and self.word(index).isalpha() and not self._begins_clause(index):
                index += 1
        if self.word(index) in FINITE and index - 1 > start:
            index -= 1
        return index

    def _begins_clause(self, index: int) -> bool:
        word = self.word(index)
        return (
            word in DETERMINERS | PRONOUNS | FINITE | PREPOSITIONS
            or word in {"there", "that"}
            or self.tokens[index].capital
        )


def _mask_quotations(text: str, span: Span, quotes: Sequence[Quotation]) -> str:
    """Return the sentence with every outer quotation as ``“``, filling, ``”``, of the same length."""
    characters = list(text[span.start : span.end])
    for quotation in quotes:
        for part in quotation.parts if quotation.depth == 0 else ():
            start, end = max(part.start, span.start), min(part.end, span.end)
            if start >= end:
                continue
            characters[start - span.start : end - span.start] = _QUOTED * (end - start)
            if part.start == start:
                characters[start - span.start] = "“"
            if quotation.closed and quotation.end == end:
                characters[end - span.start - 1] = "”"
    return "".join(characters)
