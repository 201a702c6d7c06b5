"""A language that nobody speaks: it shows which words on the screen go through translation, and which have no room.

``ANNOTATOR_LANGUAGE=pseudo annotator`` shows the program in it. Every translated text stands in brackets, has accents,
and is longer by two fifths, as German or Finnish would be.
"""

from __future__ import annotations

import re

from typing_extensions import override

from annotator.desktop.translating import Translator

OPEN, CLOSE = "⟦", "⟧"
_GROWTH = 0.4
_WORD = 7
"""Letters of a word of what is added: it can be broken into lines like any other."""
_ACCENTS = str.maketrans("aeiouyAEIOUYcnszCNSZ", "áéíóúýÁÉÍÓÚÝçñšžÇÑŠŽ")
_FIXED = re.compile(r"(\{[^{}]*\}|%n|%\d|<[^<>]+>|&[a-z]+;|\*\.[\w*-]+|;;|\n)")
"""What has a meaning of its own in a text: places of values, markup, suffixes of files, ends of lines."""
_UNTOUCHED = frozenset({"QShortcut"})
"""Contexts in which texts are read again by the program: names of keys."""


class PseudoLanguage(Translator):
    """Translates everything that is asked for, whatever the context."""

    @override
    def said(self, context: str, text: str) -> str:
        return text if context in _UNTOUCHED else pseudo(text)


def pseudo(text: str) -> str:
    """Return a text in the language; what is put into it later, and its markup, stay as they are."""
    if not any(letter.isalpha() for letter in _FIXED.sub("", text)):
        return text
    words = "".join(part if _FIXED.fullmatch(part) else part.translate(_ACCENTS) for part in _FIXED.split(text))
    grown = round(len(_FIXED.sub("", text)) * _GROWTH)
    more = " ".join("~" * min(_WORD, grown - done) for done in range(0, grown, _WORD + 1))
    return f"{OPEN}{words}{more}{CLOSE}"
