"""Sentences that come from the layers under the window, which know no language but English, in the user's.

An error's message, a change's label and the like are made where they are known, with their values already in them
(“There is a tag “Vow” already.”). A translation has them as patterns (“There is a tag “{0}” already.”): whatever shows
such a sentence asks :func:`told` for it, and :class:`SentenceTranslator` finds the pattern that fits. The patterns are
collected from the source by ``make translations`` (context "Sentences").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QObject
from typing_extensions import override

from annotator.desktop.translating import Translator

CONTEXT = "Sentences"
_PLACE = re.compile(r"\{(\d+)\}")


def told(sentence: str) -> str:
    """Return a sentence of the services in the user's language, as it is where there is no translation."""
    return QCoreApplication.translate(CONTEXT, sentence) if sentence else ""


class SentenceTranslator(Translator):
    """Translates sentences by patterns: ``catalogue`` maps each, with {0}, {1} for its values, to its translation."""

    def __init__(self, catalogue: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._exact = dict(catalogue)
        most_said_first = sorted(catalogue, key=lambda pattern: -len(_PLACE.sub("", pattern)))
        self._patterns = [(_expression(pattern), catalogue[pattern]) for pattern in most_said_first if "{" in pattern]

    @override
    def said(self, context: str, text: str) -> str | None:
        return self._said(text) if context == CONTEXT else None

    def _said(self, text: str) -> str | None:
        if text in self._exact:
            return self._exact[text]
        for expression, translation in self._patterns:
            if (match := expression.fullmatch(text)) is not None:
                return _PLACE.sub(lambda place: self._value(match, place[1]), translation)
        return None

    def _value(self, match: re.Match[str], place: str) -> str:
        """Return a value of a sentence; what is a sentence itself, as what an undo takes back, is translated too."""
        value = match[f"v{place}"]
        return self._said(value) or value


def _expression(pattern: str) -> re.Pattern[str]:
    """Return what fits every sentence of a pattern, with each value by its number."""
    parts = _PLACE.split(pattern)
    pieces = [re.escape(part) if n % 2 == 0 else f"(?P<v{part}>.+?)" for n, part in enumerate(parts)]
    return re.compile("".join(pieces), re.DOTALL)
