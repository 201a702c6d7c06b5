"""Sentences that come from the layers under the window, which know no language but English, in the user's.

An error's message, a change's label and the like are made where they are known, with their values already in them
(“There is a tag “Vow” already.”). A translation has them as patterns (“There is a tag “{0}” already.”): whatever shows
such a sentence asks :func:`told` for it, and :class:`SentenceTranslator` finds the pattern that fits. The patterns are
collected from the source by ``make translations`` (context "Sentences").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from typing_extensions import override

if TYPE_CHECKING:
    from annotator.domain.errors import Problem, UserError

from annotator.desktop.translating import Translator

CONTEXT = "Sentences"
_PLACE = re.compile(r"\{(\d+)\}")
_END = re.compile(r"[.?!] ")
_CLEAR = 6
"""So many letters has a pattern that cannot be taken for what a user wrote: “{0} of {1}” may be the name of a tag."""


def told(sentence: str) -> str:
    """Return a sentence of the services in the user's language, as it is where there is no translation."""
    return QCoreApplication.translate(CONTEXT, sentence) if sentence else ""


def told_error(error: UserError) -> str:
    """Return what is wrong and what to do about it, as one text."""
    return f"{told(error.message)} {told(error.advice)}".strip()


def told_problem(problem: Problem) -> str:
    """Return one thing that is wrong with an input, behind its place."""
    return f"{problem.path}: {told(problem.message)}" if problem.path else told(problem.message)


class SentenceTranslator(Translator):
    """Translates sentences by patterns: ``catalogue`` maps each, with {0}, {1} for its values, to its translation."""

    def __init__(self, catalogue: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._exact = dict(catalogue)
        most_said_first = sorted(catalogue, key=lambda pattern: (-_letters(pattern), -len(pattern)))
        patterns = [pattern for pattern in most_said_first if "{" in pattern]
        self._patterns = [(_expression(pattern), catalogue[pattern]) for pattern in patterns]
        self._clear = sum(_letters(pattern) >= _CLEAR for pattern in patterns)

    @override
    def said(self, context: str, text: str) -> str | None:
        return self._said(text) if context == CONTEXT else None

    def _said(self, text: str, *, within: bool = False) -> str | None:
        """Return the translation of a sentence; ``within`` another one, where a user's own words may stand too."""
        if text in self._exact:
            return self._exact[text]
        found: list[tuple[int, str]] = []  # what is a sentence itself, as what an undo takes back, is translated too
        for expression, translation in self._patterns[: self._clear] if within else self._patterns:
            if (match := expression.fullmatch(text)) is not None:
                values = {place: self._said(value, within=True) for place, value in match.groupdict().items()}
                left = sum(_letters(match[place]) for place, value in values.items() if value is None)
                filled = partial(_filled, {place: value or match[place] for place, value in values.items()})
                found.append((left, _PLACE.sub(filled, translation)))
        if found:  # several may fit “Undo Delete passage”; the one that leaves the least as it is is meant
            return min(found, key=lambda one: one[0])[1]
        return None if within else self._one_after_another(text)

    def _one_after_another(self, text: str) -> str | None:
        """Return the translation of several sentences that are told as one text, as a message with its advice is."""
        for end in _END.finditer(text):
            first, rest = text[: end.end()].rstrip(), text[end.end() :]
            if (told_first := self._said(first)) is not None and (told_rest := self._said(rest)) is not None:
                return f"{told_first} {told_rest}"
        return None


def _filled(values: Mapping[str, str], place: re.Match[str]) -> str:
    """Return what stands in a place of a translation."""
    return values[f"v{place[1]}"]


def _letters(pattern: str) -> int:
    """Return how many letters a pattern has beside its values."""
    return sum(letter.isalpha() for letter in _PLACE.sub("", pattern))


def _expression(pattern: str) -> re.Pattern[str]:
    """Return what fits every sentence of a pattern, with each value by its number."""
    parts = _PLACE.split(pattern)
    pieces = [re.escape(part) if n % 2 == 0 else f"(?P<v{part}>.+?)" for n, part in enumerate(parts)]
    return re.compile("".join(pieces), re.DOTALL)
