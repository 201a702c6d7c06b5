"""The formats of exports as the user reads them: in the export dialog, and in the dialogs that ask for a file."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.formats.export_formats import ExportFormat, endings
from annotator.paths import PACKET_SUFFIX

_tr = QCoreApplication.translate


def label_of(form: ExportFormat) -> str:
    """Return how a format is offered."""
    return _tr("ExportFormats", form.label)


def filter_of(form: ExportFormat) -> str:
    """Return the files that a file dialog shows where such a file is saved."""
    return f"{_tr('ExportFormats', form.kind)} ({_patterns(form.suffixes)})"


def filter_of_all() -> str:
    """Return the files that a file dialog shows where an exported file of any format is looked for."""
    every = _tr("ExportFormats", "Exports ({0})").format(_patterns((*endings(), PACKET_SUFFIX)))
    return f"{every};;{_tr('ExportFormats', 'All files (*)')}"


def _patterns(suffixes: tuple[str, ...]) -> str:
    return " ".join(f"*{suffix}" for suffix in suffixes)
