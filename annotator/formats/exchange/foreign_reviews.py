"""What a file of another program says of reviews stays out: only who reviews in a session decides in it.

A file without version records does not tell who said what, so it may not bring in sessions, submissions, verdicts,
decisions, or passages and relations of a final version.
"""

from __future__ import annotations

from collections import Counter

from annotator.domain.annotations import Annotation
from annotator.domain.comments import Comment
from annotator.domain.relations import Relation
from annotator.domain.reviews import Decision, ReviewSession, SessionArticle, SessionMember, Submission, Verdict
from annotator.formats.exchange.drafts import Draft
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.reading import Document

_REVIEWS = frozenset({ReviewSession, SessionMember, SessionArticle, Submission, Verdict, Decision})
_REFER = {Relation: ("source_id", "target_id"), Comment: ("annotation_id", "parent_id")}


def leave_reviews_out(document: Document, findings: Findings) -> None:
    """Take everything of reviews out of a document of another program, and what refers to it; warn of each."""
    lists: Counter[str] = Counter()
    gone: set[str] = set()
    for draft in document.drafts:
        if draft.cls in _REVIEWS:
            lists[f"$.{draft.place.key}"] += 1
        elif _is_final(draft):
            findings.warning(draft.path, "It is of the final version of a review, and was left out.")
        else:
            continue
        gone.add(draft.path)
    for path, number in lists.items():
        what = "One entry" if number == 1 else f"{number} entries"
        findings.warning(path, f"{what} of a review, which another program cannot bring in: left out.")
    if gone:
        _leave_out(document, gone, findings)


def _is_final(draft: Draft) -> bool:
    return draft.cls in {Annotation, Relation} and draft.raw.get("session_id") is not None


def _leave_out(document: Document, gone: set[str], findings: Findings) -> None:
    """Take drafts out by their paths, and after them the relations, comments and replies that refer to them."""
    while True:
        ids = {draft.id for draft in document.drafts if draft.path in gone and draft.id is not None}
        more = [
            draft
            for draft in document.drafts
            if draft.path not in gone and any(draft.values.get(key) in ids for key in _REFER.get(draft.cls, ()))
        ]
        if not more:
            break
        for draft in more:
            findings.warning(draft.path, "It refers to something of a review that was left out, and was left out too.")
        gone |= {draft.path for draft in more}
    document.drafts[:] = [draft for draft in document.drafts if draft.path not in gone]
