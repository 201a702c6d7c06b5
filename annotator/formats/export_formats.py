"""The table of what a project can be written as: what the command line, the dialogs and verifying know of a format.

To add a quote sheet: a module with ``render``, and a row in ``SHEETS`` with the function that imports it. Light, as the
command line reads it before it gives help and the window before it is shown: a format's module is imported when used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from annotator.domain.errors import UsageError

if TYPE_CHECKING:
    from annotator.domain.progress import Progress
    from annotator.formats.exchange.verifying import Verified
    from annotator.formats.quote_sheet import QuoteSheet


class SheetWriter(Protocol):
    """A module that writes quote sheets."""

    @property
    def render(self) -> Callable[[QuoteSheet, Progress], bytes]:
        """Returns a sheet as the bytes of a file, the same for the same sheet. ``progress`` may raise to stop."""


class FingerprintInside(Protocol):
    """A module whose files say themselves what they were when they were written."""

    @property
    def is_quote_sheet(self) -> Callable[[bytes], bool]:
        """Whether some bytes are a file that this module wrote, whatever its name is."""

    @property
    def verify(self) -> Callable[[bytes], Verified]:
        """Compares the bytes of such a file with the fingerprint in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """One kind of file that a project can be written as.

    ``name``: what ``-f`` takes. ``kind``: what a file dialog calls such files; ``label``: how the export dialog offers
    it. Both are translated. ``suffixes``: lower case, with the dot; the first one is given to a new file.
    """

    name: str
    kind: str
    label: str
    suffixes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFormat(ExportFormat):
    """One kind of file that a quote sheet can be written as; ``writer`` imports the module that does it.

    ``inside`` imports the module that finds and compares the fingerprint in a file. When it is None the fingerprint is
    beside the file, in one whose name ends in ``.sha256``, and the format need not know of it.
    """

    writer: Callable[[], SheetWriter]
    inside: Callable[[], FingerprintInside] | None = None


def _html() -> _HtmlModule:
    from annotator.formats import quote_sheet_html

    return quote_sheet_html


def _csv() -> SheetWriter:
    from annotator.formats import quote_sheet_csv

    return quote_sheet_csv


class _HtmlModule(SheetWriter, FingerprintInside, Protocol):
    """A module that does both."""


JSON = ExportFormat(
    name="json", kind="JSON", label="JSON: everything; to check, read back and merge", suffixes=(".json",)
)
"""Exchange JSON. It has services of its own, which can merge it; every other format is a quote sheet."""

HTML = SheetFormat(
    name="html",
    kind="Web page",
    label="Quote sheet as a web page: to read and to print",
    suffixes=(".html", ".htm"),
    writer=_html,
    inside=_html,
)

SHEETS: tuple[SheetFormat, ...] = (
    HTML,
    SheetFormat(name="csv", kind="CSV", label="Quote sheet as CSV: for a spreadsheet", suffixes=(".csv",), writer=_csv),
)
"""In the order in which they are offered."""

EXPORTS: tuple[ExportFormat, ...] = (JSON, *SHEETS)


def sheet_format(name: str) -> SheetFormat:
    """Return the quote sheet's format of that name; raises UsageError with the names there are."""
    for sheet in SHEETS:
        if sheet.name == name:
            return sheet
    raise UsageError(f"“{name}” is no format of a quote sheet.", f"There are: {', '.join(names(SHEETS))}.")


def format_of(path: PurePath) -> ExportFormat | None:
    """Return the format that a file's ending stands for, None when no format has it."""
    return next((each for each in EXPORTS if path.suffix.lower() in each.suffixes), None)


def names(formats: tuple[ExportFormat, ...] = EXPORTS) -> tuple[str, ...]:
    """Return the names of formats, as ``-f`` takes them."""
    return tuple(each.name for each in formats)


def endings() -> tuple[str, ...]:
    """Return every ending of a file that a format has, with the dot."""
    return tuple(suffix for each in EXPORTS for suffix in each.suffixes)


def sheet_names() -> str:
    """Return the names of the quote sheets as they stand in a sentence of any language: “HTML, CSV”."""
    return ", ".join(names(SHEETS)).upper()
