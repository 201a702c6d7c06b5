"""The domain's words as the user reads them: kinds, roles, relations, reasons. The one place that translates them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.desktop.plurals import plural_text
from annotator.domain.annotations import Attribution, Role, Stance
from annotator.domain.articles import BlockKind
from annotator.domain.codebook import TagKind
from annotator.domain.passages import Unfinished
from annotator.domain.people import PersonKind
from annotator.domain.relations import RelationKind

_tr = QCoreApplication.translate


def tag_kind_text(kind: TagKind) -> str:
    """Return the word for a kind of tag."""
    words = {
        TagKind.CLAIM: _tr("TagKind", "Claim"),
        TagKind.DENIAL: _tr("TagKind", "Denial"),
        TagKind.EVIDENCE: _tr("TagKind", "Evidence"),
        TagKind.OTHER: _tr("TagKind", "Other"),
    }
    return words[kind]


def person_kind_text(kind: PersonKind) -> str:
    """Return the word for a kind of entry in the register of people."""
    words = {
        PersonKind.PERSON: _tr("PersonKind", "Person"),
        PersonKind.ORGANISATION: _tr("PersonKind", "Organisation"),
        PersonKind.GROUP: _tr("PersonKind", "Group"),
        PersonKind.RECORD: _tr("PersonKind", "Record (a complaint, a register, a post)"),
        PersonKind.UNNAMED: _tr("PersonKind", "Unnamed source"),
    }
    return words[kind]


def role_text(role: Role) -> str:
    """Return the word for what a person has to do with a passage."""
    words = {
        Role.SPEAKER: _tr("Role", "Speaker"),
        Role.ON_BEHALF_OF: _tr("Role", "On behalf of"),
        Role.TARGET: _tr("Role", "Target"),
        Role.ABOUT: _tr("Role", "About"),
        Role.REPORTED_BY: _tr("Role", "Reported by"),
    }
    return words[role]


def attribution_text(attribution: Attribution) -> str:
    """Return how something was said."""
    words = {
        Attribution.DIRECT_QUOTE: _tr("Attribution", "Direct quote"),
        Attribution.PARAPHRASE: _tr("Attribution", "Paraphrase"),
        Attribution.MIXED: _tr("Attribution", "Partly quoted"),
        Attribution.RECORD: _tr("Attribution", "From a record"),
        Attribution.NARRATION: _tr("Attribution", "Reporter’s own voice"),
    }
    return words[attribution]


def stance_text(stance: Stance) -> str:
    """Return what a passage does with a point."""
    words = {
        Stance.ASSERTS: _tr("Stance", "asserts"),
        Stance.DENIES: _tr("Stance", "denies"),
        Stance.SUPPORTS: _tr("Stance", "supports"),
    }
    return words[stance]


def block_text(kind: BlockKind) -> str:
    """Return the word for what a stretch of a text is."""
    words = {
        BlockKind.HEADLINE: _tr("BlockKind", "Headline"),
        BlockKind.STANDFIRST: _tr("BlockKind", "Standfirst"),
        BlockKind.SUBHEAD: _tr("BlockKind", "Subhead"),
        BlockKind.BODY: _tr("BlockKind", "Body"),
        BlockKind.CAPTION: _tr("BlockKind", "Caption"),
        BlockKind.OTHER: _tr("BlockKind", "Other"),
    }
    return words[kind]


def reason_text(reason: Unfinished) -> str:
    """Return why a passage is not finished."""
    words = {
        Unfinished.NO_SPEAKER: _tr("Unfinished", "No speaker"),
        Unfinished.DENIAL_OPEN: _tr("Unfinished", "Denies nothing that is marked yet"),
        Unfinished.UNSURE: _tr("Unfinished", "Unsure"),
        Unfinished.CONFLICT: _tr("Unfinished", "Two versions: decide which one holds"),
    }
    return words[reason]


def relation_text(kind: RelationKind, *, outgoing: bool) -> str:
    """Return a relation as it reads from its source (``outgoing``: "rebuts") or from its target ("rebutted by")."""
    words = {
        RelationKind.REBUTS: (_tr("Relation", "rebuts"), _tr("Relation", "rebutted by")),
        RelationKind.CONCEDES: (_tr("Relation", "concedes"), _tr("Relation", "conceded by")),
        RelationKind.ANSWERS: (_tr("Relation", "answers"), _tr("Relation", "answered by")),
        RelationKind.SUPPORTS: (_tr("Relation", "supports"), _tr("Relation", "supported by")),
        RelationKind.REPEATS: (_tr("Relation", "repeats"), _tr("Relation", "repeated by")),
        RelationKind.QUALIFIES: (_tr("Relation", "qualifies"), _tr("Relation", "qualified by")),
        RelationKind.CONTINUES: (_tr("Relation", "continues"), _tr("Relation", "continued by")),
    }
    there, back = words[kind]
    return there if outgoing else back


def entity_text(entity_type: str) -> str:
    """Return the word for a type of entity; a type without a word of its own is called by its name."""
    words = {
        "project": _tr("Entity", "project"),
        "analyst": _tr("Entity", "analyst"),
        "article": _tr("Entity", "article"),
        "text_version": _tr("Entity", "text"),
        "tag": _tr("Entity", "tag"),
        "annotation": _tr("Entity", "passage"),
        "person": _tr("Entity", "person"),
        "point": _tr("Entity", "point"),
        "relation": _tr("Entity", "relation"),
        "comment": _tr("Entity", "comment"),
        "review_session": _tr("Entity", "review session"),
        "session_member": _tr("Entity", "member of a review session"),
        "session_article": _tr("Entity", "article of a review session"),
        "submission": _tr("Entity", "submission"),
        "verdict": _tr("Entity", "verdict"),
        "decision": _tr("Entity", "decision"),
    }
    return words.get(entity_type, entity_type)


def passages_text(count: int) -> str:
    """Return how many passages there are, in words."""
    return plural_text("Count", "1 passage", "{0} passages", count)


def field_text(name: str) -> str:
    """Return the word for a field of an entity, as it stands before its value."""
    for words in (_article_fields, _passage_fields, _register_fields, _review_fields):
        if (word := words().get(name)) is not None:
            return word
    return name


def _article_fields() -> dict[str, str]:
    return {
        "accessed_at": _tr("Field", "read on"),
        "blocks": _tr("Field", "blocks"),
        "byline": _tr("Field", "byline"),
        "capture": _tr("Field", "taken from"),
        "current_text_id": _tr("Field", "current text"),
        "language": _tr("Field", "language"),
        "normalisation": _tr("Field", "form of the text"),
        "outlet": _tr("Field", "outlet"),
        "published_at": _tr("Field", "published on"),
        "replaces_id": _tr("Field", "replaces"),
        "sha256": _tr("Field", "hash"),
        "source_media_type": _tr("Field", "type of the file"),
        "source_sha256": _tr("Field", "hash of the file"),
        "text": _tr("Field", "text"),
        "text_id": _tr("Field", "text version"),
        "title": _tr("Field", "title"),
        "url": _tr("Field", "address"),
    }


def _passage_fields() -> dict[str, str]:
    return {
        "annotation_id": _tr("Field", "passage"),
        "article_id": _tr("Field", "article"),
        "attribution": _tr("Field", "how it was said"),
        "attribution_set": _tr("Field", "how it was said was set by somebody"),
        "end": _tr("Field", "end"),
        "note": _tr("Field", "note"),
        "occasion": _tr("Field", "occasion"),
        "origin": _tr("Field", "origin"),
        "people": _tr("Field", "people"),
        "points": _tr("Field", "points"),
        "position": _tr("Field", "position"),
        "prefix": _tr("Field", "words before"),
        "quote": _tr("Field", "words"),
        "resolved_at": _tr("Field", "resolved at"),
        "session_id": _tr("Field", "review session"),
        "source_id": _tr("Field", "from"),
        "start": _tr("Field", "start"),
        "stated_on": _tr("Field", "stated on"),
        "suffix": _tr("Field", "words behind"),
        "tag_id": _tr("Field", "tag"),
        "target_id": _tr("Field", "to"),
        "unsure": _tr("Field", "unsure"),
    }


def _register_fields() -> dict[str, str]:
    return {
        "affiliation_id": _tr("Field", "belongs to"),
        "aliases": _tr("Field", "other names"),
        "analyst_id": _tr("Field", "analyst"),
        "colour": _tr("Field", "colour"),
        "created_at": _tr("Field", "made at"),
        "decision_rule": _tr("Field", "decision rule"),
        "deleted_at": _tr("Field", "deleted at"),
        "description": _tr("Field", "description"),
        "examples": _tr("Field", "examples"),
        "external_id": _tr("Field", "id elsewhere"),
        "initials": _tr("Field", "initials"),
        "key": _tr("Field", "key"),
        "kind": _tr("Field", "kind"),
        "login": _tr("Field", "login"),
        "merged_into": _tr("Field", "merged into"),
        "name": _tr("Field", "name"),
        "parent_id": _tr("Field", "under"),
        "retired": _tr("Field", "no longer offered"),
        "role": _tr("Field", "role"),
        "settings": _tr("Field", "settings"),
    }


def _review_fields() -> dict[str, str]:
    return {
        "blind": _tr("Field", "blind"),
        "closed_at": _tr("Field", "closed at"),
        "codebook": _tr("Field", "codebook as it was"),
        "codebook_flag": _tr("Field", "codebook needs a change"),
        "comment": _tr("Field", "reason in words"),
        "count": _tr("Field", "passages marked"),
        "figures_at_close": _tr("Field", "figures at the close"),
        "figures_at_reveal": _tr("Field", "figures at the reveal"),
        "final_annotation_id": _tr("Field", "final passage"),
        "hide_names": _tr("Field", "names hidden"),
        "members": _tr("Field", "versions decided on"),
        "mode": _tr("Field", "mode"),
        "of_version": _tr("Field", "version looked at"),
        "outcome": _tr("Field", "outcome"),
        "overlap_percent": _tr("Field", "least overlap"),
        "reason": _tr("Field", "reason"),
        "reason_code": _tr("Field", "kind of reason"),
        "reason_on_reject": _tr("Field", "rejections need a reason"),
        "required_authors": _tr("Field", "authors an article needs"),
        "revealed_at": _tr("Field", "revealed at"),
        "rows": _tr("Field", "rows from elsewhere"),
        "signed_by": _tr("Field", "signed by"),
        "state": _tr("Field", "state"),
        "taken_from": _tr("Field", "taken from the work of"),
    }
