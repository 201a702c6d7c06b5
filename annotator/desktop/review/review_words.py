"""The words of a review as the user reads them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.domain.clusters import Difference
from annotator.domain.reviews import CardRow, DecisionOutcome, ReasonCode, VerdictOutcome

_tr = QCoreApplication.translate


def difference_text(difference: Difference) -> str:
    """Return in what analysts differ."""
    words = {
        Difference.MISSING: _tr("Difference", "missing"),
        Difference.CUT: _tr("Difference", "cut in pieces"),
        Difference.BOUNDARY: _tr("Difference", "ends"),
        Difference.TAG: _tr("Difference", "tag"),
        Difference.PEOPLE: _tr("Difference", "people"),
        Difference.ATTRIBUTION: _tr("Difference", "how said"),
        Difference.RELATION: _tr("Difference", "links"),
    }
    return words[difference]


def row_text(row: CardRow) -> str:
    """Return the name of a row of the card."""
    words = {
        CardRow.ENDS: _tr("CardRow", "Words"),
        CardRow.TAG: _tr("CardRow", "Tag"),
        CardRow.PEOPLE: _tr("CardRow", "People"),
        CardRow.ATTRIBUTION: _tr("CardRow", "How it was said"),
        CardRow.RELATIONS: _tr("CardRow", "Answers and points"),
    }
    return words[row]


def reason_code_text(code: ReasonCode) -> str:
    """Return why analysts differed."""
    words = {
        ReasonCode.AMBIGUOUS_TEXT: _tr("ReasonCode", "The text is ambiguous"),
        ReasonCode.GUIDELINE_GAP: _tr("ReasonCode", "The codebook does not say"),
        ReasonCode.SLIP: _tr("ReasonCode", "A slip"),
        ReasonCode.EDGE_CASE: _tr("ReasonCode", "An edge case"),
        ReasonCode.JUDGEMENT: _tr("ReasonCode", "A matter of judgement"),
    }
    return words[code]


def outcome_text(outcome: DecisionOutcome) -> str:
    """Return what was decided."""
    words = {
        DecisionOutcome.TAKE: _tr("DecisionOutcome", "Taken"),
        DecisionOutcome.EDIT: _tr("DecisionOutcome", "Taken with changes"),
        DecisionOutcome.NEW: _tr("DecisionOutcome", "Marked anew"),
        DecisionOutcome.NOTHING: _tr("DecisionOutcome", "Nothing here"),
        DecisionOutcome.PARKED: _tr("DecisionOutcome", "Parked"),
    }
    return words[outcome]


def verdict_text(outcome: VerdictOutcome) -> str:
    """Return what a reviewer said of a version."""
    words = {
        VerdictOutcome.ACCEPT: _tr("VerdictOutcome", "accepted"),
        VerdictOutcome.REJECT: _tr("VerdictOutcome", "rejected"),
        VerdictOutcome.CHANGE: _tr("VerdictOutcome", "to change"),
    }
    return words[outcome]
