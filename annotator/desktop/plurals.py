"""Numbers with their nouns, in languages that have one form for many, two, or six."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def plural_text(context: str, one: str, many: str, number: int) -> str:
    """Return what is said of a number of things: English needs ``one`` and ``many``, a translation has its own forms.

    ``many`` has {0} for the number. Qt Linguist shows it with all the forms that the language needs.
    """
    said = QCoreApplication.translate(context, many, None, number)
    if number == 1 and said == many:  # English: nobody translates it
        said = QCoreApplication.translate(context, one)
    return said.format(number)
