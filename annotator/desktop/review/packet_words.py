"""What taking a review packet in would bring, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.desktop.dialogs.report_dialog import Report, lines_of
from annotator.desktop.sentences import told, told_problem
from annotator.desktop.words import entity_text
from annotator.domain.annotations import Annotation
from annotator.domain.errors import InputError, UserError

if TYPE_CHECKING:
    from annotator.services.merging import MergeReport

_tr = QCoreApplication.translate


class PacketState(StrEnum):
    """What can be done with a packet."""

    READING = "reading"
    READY = "ready"
    KNOWN = "known"
    """The project holds all of it already."""
    SEALED = "sealed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Preview:
    """A packet before it is taken in: one line, and everything there is to say of it."""

    state: PacketState
    summary: str
    details: str = ""


def reading() -> Preview:
    """Return what is shown while a packet is read."""
    return Preview(PacketState.READING, _tr("Packets", "Reading…"))


def refused(error: UserError) -> Preview:
    """Return why a packet cannot be taken in."""
    problems = error.problems if isinstance(error, InputError) else ()
    summary = told(problems[0].message if problems else error.message)
    lines = (told(error.message), *map(told_problem, problems), told(error.advice))
    return Preview(PacketState.REFUSED, _tr("Packets", "Refused: {0}").format(summary), "\n".join(filter(None, lines)))


def preview_of(report: MergeReport, sender: str) -> Preview:
    """Return what a packet would bring."""
    who = _tr("Packets", "From {0}").format(sender) if sender else ""
    if report.sealed:
        summary = _tr("Packets", "Sealed: stays out until you have submitted your own work")
        return Preview(PacketState.SEALED, _joined(who, summary), report.sealed)
    if report.nothing_new:
        return Preview(PacketState.KNOWN, _joined(who, _tr("Packets", "Known: nothing in it is new")), _details(report))
    new, newer, known = (sum(counts.values()) for counts in (report.added, report.changed, report.known))
    passages = report.added.get(Annotation.TYPE, 0)
    if report.apart:
        summary = _tr("Packets", "Work in a blind session: kept apart until the reveal")
        return Preview(PacketState.READY, _joined(who, summary), _details(report))
    parts = [
        _tr("Packets", "{0} new, {1} of them passages").format(new, passages)
        if passages
        else _tr("Packets", "{0} new").format(new)
        if new
        else "",
        _tr("Packets", "{0} newer").format(newer) if newer else "",
        _tr("Packets", "{0} known").format(known) if known else "",
        _tr("Packets", "{0} in conflict").format(len(report.conflicts)) if report.conflicts else "",
        _tr("Packets", "{0} on another text").format(len(report.text_differs)) if report.text_differs else "",
    ]
    return Preview(PacketState.READY, _joined(who, ", ".join(filter(None, parts))), _details(report))


def _joined(who: str, what: str) -> str:
    return " · ".join(filter(None, (who, what)))


def _details(report: MergeReport) -> str:
    """Return everything that a packet brings, in sections."""
    sections = (
        (_tr("Packets", "New"), _counts(report.added)),
        (_tr("Packets", "Newer than here"), _counts(report.changed)),
        (
            _tr("Packets", "In conflict: both sides changed these; to decide afterwards"),
            tuple(f"{entity_text(one.entity_type)}: {one.name}" for one in report.conflicts),
        ),
        (
            _tr("Packets", "Marked on another text than the session has here"),
            tuple(f"{one.name}: {one.passages}" if one.passages else one.name for one in report.text_differs),
        ),
        (
            _tr("Packets", "Perhaps the same; “Match people” asks about people"),
            tuple(f"{entity_text(one.entity_type)}: {one.name}" for one in report.alike),
        ),
        (_tr("Packets", "Left out"), lines_of(report.left_out)),
        (_tr("Packets", "To note"), lines_of(report.warnings)),
        (_tr("Packets", "Known already"), _counts(report.known)),
    )
    return Report("", "", good=True, sections=sections).text()


def _counts(counted: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(f"{number} × {entity_text(type_)}" for type_, number in counted.items())
