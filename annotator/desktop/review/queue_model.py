"""The queue as a list model: disagreements under headings."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Qt
from typing_extensions import override

from annotator.desktop.models.rows import Index, RowsModel
from annotator.desktop.models.two_line import RowRole
from annotator.desktop.review.queue_order import QueueHeading
from annotator.desktop.review.shown_cluster import QueueRow, Standing

Entry = QueueRow | QueueHeading
_tr = QCoreApplication.translate


class QueueModel(RowsModel[Entry]):
    """Shows :class:`QueueRow` and headings; a heading can be neither chosen nor used."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            lambda entry: entry.id,
            {
                Qt.ItemDataRole.DisplayRole: _title,
                Qt.ItemDataRole.ToolTipRole: _tip,
                Qt.ItemDataRole.AccessibleTextRole: _spoken,
                RowRole.DETAIL: _detail,
                RowRole.FIGURE: _figure,
                RowRole.CHIP: lambda entry: entry.colour if isinstance(entry, QueueRow) else None,
                RowRole.FADED: lambda entry: isinstance(entry, QueueRow) and entry.standing is Standing.DECIDED,
            },
            parent,
        )

    @property
    def entries(self) -> list[Entry]:
        """What is shown, from the top."""
        return list(self._rows)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.row_at(index), QueueHeading):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


def standing_text(standing: Standing) -> str:
    """Return how far a disagreement is, as the queue says it."""
    words = {
        Standing.STALE: _tr("Queue", "Changed since: decide again"),
        Standing.OPEN: _tr("Queue", "To decide"),
        Standing.PARKED: _tr("Queue", "Parked"),
        Standing.DECIDED: _tr("Queue", "Decided"),
    }
    return words[standing]


_SIGNS = {Standing.STALE: "!", Standing.OPEN: "", Standing.PARKED: "‖", Standing.DECIDED: "✓"}


def _title(entry: Entry) -> str:
    return entry.quote if isinstance(entry, QueueRow) else entry.text


def _detail(entry: Entry) -> str:
    if isinstance(entry, QueueHeading):
        return ""
    return " · ".join(part for part in (" ".join(author.initials for author in entry.authors), entry.detail) if part)


def _figure(entry: Entry) -> str:
    return _SIGNS[entry.standing] if isinstance(entry, QueueRow) else ""


def _tip(entry: Entry) -> str:
    if isinstance(entry, QueueHeading):
        return ""
    have = ", ".join(author.name for author in entry.authors)
    lines = [entry.quote, _tr("Queue", "Marked by {0}").format(have)]
    if entry.missing:
        lines.append(_tr("Queue", "Not by {0}").format(", ".join(author.name for author in entry.missing)))
    return "\n".join((*lines, entry.detail, standing_text(entry.standing), entry.article))


def _spoken(entry: Entry) -> str:
    if isinstance(entry, QueueHeading):
        return entry.text
    names = ", ".join(author.name for author in entry.authors)
    return f"{standing_text(entry.standing)}: {entry.quote}. {names}. {entry.detail}"
