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
    BEFORE_COLON,
    CLAUSE_VERBS,
    COURTS,
    DETERMINERS,
    FINITE,
    HAVE,
    INTRODUCERS,
    IRREGULAR,
    KEPT_PARTICIPLES,
    KEPT_VERBS,
    LINKS,
    NAMES_OF_THINGS_TOO,
    OBJECT_PRONOUNS,
    OPENERS,
    PARTICIPLES,
    PERSONAL,
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
                or (word == "," and following in {"who", "which"} and self._reports_to_the_end(index + 2))
                or (word == "," and self._reports_beside_concession(index))
                or (word == ":" and following != "“" and not any(self.kind(k) for k in range(index)))
            ):
                cuts.append(index)
        return [(a, b) for a, b in pairwise([*cuts, len(self.words)]) if a < b]

    def _reports_to_the_end(self, index: int) -> bool:
        """Whether a relative clause reports (``, who said …``) and is no insertion before the main verb."""
        if not self._verb_follows(index):
            return False
        return not any(self.word(k) == "," and self._verb_follows(k + 1) for k in range(index + 1, len(self.words) - 1))

    def _reports_beside_concession(self, comma: int) -> bool:
        """Whether a comma parts two reports: ``While Holm said it was fair, Falk called it theft``."""
        if self.word(0) not in {"while", "although", "though", "whereas"} or not any(map(self.kind, range(1, comma))):
            return False
        verb = next((k for k in range(comma + 2, comma + 9) if self.kind(k) is not None), None)
        return verb is not None and self.is_subject(comma + 1, self.group_start(verb, comma + 1))

    def _verb_follows(self, index: int) -> bool:
        while self.word(index) in HAVE | ADVERBS:
            index += 1
        return self.kind(index) is not None

    def kind(self, index: int) -> str | None:
        """Return what sort of reporting verb the word is: ``clause``, ``tell``, ``that``, ``kept``, or None."""
        word, following = self.word(index), self.word(index + 1)
        if word not in _VERBS or not self._can_be_verb(index):
            return None
        if word in KEPT_VERBS or word in TELL_VERBS:
            kept = None if self._is_participle(index) else "kept"
            return kept if word in KEPT_VERBS else "tell"
        if word in THAT_VERBS and following != "to":
            return "clause" if self.shows(index) else self._that_kind(index)
        if following == "to" and not (word in WRITING and self._names_somebody(index + 2)):
            return None if self.passive(index) or word in {"said", "understood", "believed"} else "kept"
        return None if following in {"for", "not"} and word in {"asked", "asks"} else "clause"

    def _that_kind(self, index: int) -> str | None:
        if self.word(index) == "heard" and self.word(index - 1) in COURTS:
            return "clause"
        return None if self.that(index + 1, min(index + 6, len(self.words))) is None else "that"

    def shows(self, index: int) -> bool:
        """Whether ``show`` reports: ``minutes show she knew``, ``…, figures show``; not ``they show the letter``."""
        if self.word(index) not in {"show", "shows"}:
            return False
        rest = self.words[index + 1 : index + 9]
        return not rest or rest[0] in STOPS or any(word in FINITE | IRREGULAR for word in rest)

    def _names_somebody(self, index: int) -> bool:
        word = self.word(index)
        return word in DETERMINERS | OBJECT_PRONOUNS or (index < len(self.tokens) and self.tokens[index].capital)

    def _can_be_verb(self, index: int) -> bool:
        before = self.word(index - 1)
        if self.word(index) in BEFORE_COLON:
            return ":" in self.words[index + 1 : index + 3]
        if self.tokens[index].capital or before in DETERMINERS | PREPOSITIONS | (FINITE - HAVE - BE) | {"“", "to"}:
            return False
        return self.word(index) not in NAMES_OF_THINGS_TOO or self._is_verb_here(index)

    def _is_verb_here(self, index: int) -> bool:
        before, following = self.word(index - 1), self.word(index + 1)
        if before.endswith("’s"):
            return False
        if following == "that" or self.shows(index) or self._ends_headline(index):
            return True
        if following in {"", "."} and "," in self.words[max(0, index - 8) : index - 1]:
            return not self._behind_preposition(index)
        if following in {"of", "by", "from", "about", "and", ".", ",", ":", ""} | FINITE:
            return False
        return before in PRONOUNS | HAVE | ADVERBS or before.endswith("s") or self.tokens[index - 1].capital

    def _ends_headline(self, index: int) -> bool:
        """Whether the verb and one word that names who says it end the sentence: ``…, claim dockers``."""
        rest = self.words[index + 1 :]
        named = len(rest) == 1 or (len(rest) == 2 and rest[1] in STOPS)  # noqa: PLR2004  (a name and a full stop)
        return self.word(index - 1) in {",", "”"} and named and rest[0].isalpha()

    def _behind_preposition(self, index: int) -> bool:
        return any(word in PREPOSITIONS for word in self.words[max(0, index - 4) : index])

    def _is_participle(self, index: int) -> bool:
        """Whether a form like ``accused`` or ``called`` says what somebody or something is, not what it says."""
        word, following = self.word(index), self.word(index + 1)
        if self.passive(index) or following in {"by", "of", "as", ",", "."} or not following:
            return True
        naming = word in {"branded", "called", "calls", "labelled", "dubbed", "described", "labeled", "brands"}
        return naming and (following == "“" or (index + 1 < len(self.tokens) and self.tokens[index + 1].capital))

    def passive(self, index: int) -> bool:
        """Whether the verb group of a participle is passive: ``was told``."""
        while self.word(index - 1) in ADVERBS or self.word(index - 1).endswith("ly"):
            index -= 1
        return self.word(index - 1) in BE

    def group_start(self, verb: int, floor: int) -> int:
        """Return where the verb group begins: auxiliaries, adverbs and times before the verb."""
        start = verb
        while start > floor:
            before = self.word(start - 1)
            long = before == "long" and self.word(start - 2) in HAVE
            adverb = before in ADVERBS or (before.endswith("ly") and not self.tokens[start - 1].capital)
            if long or adverb or before in HAVE | BE:
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
        if words[0].split("’")[0] in PERSONAL:
            return end - start == 1
        relative = next((k for k, word in enumerate(words) if word in {"who", "which", "that"}), len(words))
        head = words[:relative]
        if not head or any(
            word in FINITE or word in SUBORDINATORS - PREPOSITIONS or word in ",:;“" for word in head[1:]
        ):
            return False
        first = head[0]
        if first in PARTICIPLES | KEPT_PARTICIPLES:
            return False
        short = end - start <= 5 or self.word(start + 1) == "of"  # noqa: PLR2004  (skippers, minutes of the meeting)
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

    def that(self, start: int, limit: int) -> int | None:
        """Return where the ``that`` stands that begins what is said, past words that say when and to whom."""
        for index in range(start, limit):
            word = self.word(index)
            aside = self.word(index + 1) == "," and "," in self.words[index + 3 : index + 10]
            if word == "that" and (aside or self.word(index + 1) not in {"was", "is", ",", "."}):
                return index
            if word in {"“", ":", ";"} or (index == start and word not in INTRODUCERS | TIMES | {","}):
                return None
        return None


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
