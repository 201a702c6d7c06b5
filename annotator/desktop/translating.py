"""What our own translators have in common: they are asked in plain words, and Qt is told that it is worth asking."""

from __future__ import annotations

from PySide6.QtCore import QTranslator
from typing_extensions import override

_Given = bytes | bytearray | memoryview | str


class Translator(QTranslator):
    """Translates as :meth:`said` says."""

    def said(self, context: str, text: str) -> str | None:
        """Return the translation of a text; None leaves it to other translators."""
        raise NotImplementedError

    @override
    def isEmpty(self) -> bool:
        """Tell Qt that it is worth asking."""
        return False

    @override
    def translate(
        self, context: _Given, sourceText: _Given, disambiguation: _Given | None = None, n: int = -1
    ) -> str | None:
        """Serve Qt, which has its words as UTF-8."""
        return self.said(_text(context), _text(sourceText))


def _text(given: _Given) -> str:
    return given if isinstance(given, str) else bytes(given).decode()
