"""What every write to a passage goes through: its rules, its derived attribution, and the names of changes to it."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain.annotations import Annotation, Attribution, Role, Span, Stance, quote_with_context
from annotator.domain.attribution import derive
from annotator.domain.codebook import Tag, TagKind
from annotator.domain.rules import check_date, check_people, check_points, check_span
from annotator.services.clusters import cuts_cluster
from annotator.services.editing import edit_label, word

DERIVED = "derived"
"""Given as an attribution: go by the quotation marks again."""

_LABELS = {
    "note": "Change note",
    "attribution": "Change how it was said",
    "attribution_set": "Change how it was said",
    "stated_on": "Change date of statement",
    "occasion": "Change occasion",
}
_ROLE_WORDS = {
    Role.SPEAKER: "speaker",
    Role.ON_BEHALF_OF: "principal",
    Role.TARGET: "target",
    Role.ABOUT: "“about”",
    Role.REPORTED_BY: "reporter",
}
_STANCES = {TagKind.DENIAL: Stance.DENIES, TagKind.EVIDENCE: Stance.SUPPORTS}


def marked(id_: str, article_id: str, text_id: str, text: str, span: Span, tag_id: str, analyst_id: str) -> Annotation:
    """Return a bare annotation on ``span`` of a text, its quote and context taken from there; raises RuleError."""
    check_span(span.start, span.end, text, cuts_cluster)
    prefix, quote, suffix = quote_with_context(text, span.start, span.end)
    return Annotation(
        id=id_,
        article_id=article_id,
        text_id=text_id,
        start=span.start,
        end=span.end,
        quote=quote,
        prefix=prefix,
        suffix=suffix,
        tag_id=tag_id,
        analyst_id=analyst_id,
    )


def checked(annotation: Annotation, text: str) -> Annotation:
    """Return an annotation that keeps the rules for people, points and dates; raises RuleError."""
    check_people(annotation.people, len(text))
    check_points(annotation.points)
    check_date(annotation.stated_on, "a statement")
    return annotation


def with_attribution(annotation: Annotation, attribution: Attribution | str | None, text: str) -> Annotation:
    """Return an annotation with the attribution that somebody set; derived from the marks when None or ``derived``."""
    if attribution is None or attribution == DERIVED:
        return derived_again(replace(annotation, attribution_set=False), text)
    return replace(annotation, attribution=word(Attribution, attribution), attribution_set=True)


def derived_again(annotation: Annotation, text: str) -> Annotation:
    """Return an annotation with its attribution derived anew, unless somebody has set it."""
    if annotation.attribution_set:
        return annotation
    speaker = any(part.role == Role.SPEAKER for part in annotation.people)
    return replace(annotation, attribution=derive(text, annotation.start, annotation.end, speaker=speaker))


def usual_stance(tag: Tag) -> Stance:
    """Return what a passage with this tag usually does with a point."""
    return _STANCES.get(tag.kind, Stance.ASSERTS)


def role_word(role: Role) -> str:
    """Return a role as the name of a change says it."""
    return _ROLE_WORDS[role]


def tag_label(tag: Tag) -> str:
    """Return the name of tagging: ``Tag as denial``; a name that is no plain word keeps its capitals."""
    name = tag.name.lower() if tag.name[1:].islower() and " " not in tag.name else tag.name
    return f"Tag as {name}"


def passage_label(before: Annotation, after: Annotation) -> str:
    """Return the name of an edit that leaves the tag as it is."""
    if replace(after, unsure=before.unsure) == before and after.unsure != before.unsure:
        return "Mark as unsure" if after.unsure else "Mark as sure"
    attribution = replace(after, attribution=before.attribution, attribution_set=before.attribution_set)
    if attribution == before:
        return _LABELS["attribution"]
    return edit_label(before, after, _LABELS, "Edit passage")
