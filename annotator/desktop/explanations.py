"""What the words of the program mean, with examples: tags, roles, kinds of relations, how it was said, a review."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from annotator.desktop.words import attribution_text, relation_text, role_text, tag_kind_text
from annotator.domain.annotations import Attribution, Role
from annotator.domain.codebook import Tag, TagKind
from annotator.domain.relations import RelationKind

Words = tuple[tuple[str, str, str], ...]
"""Ids with their words and what those mean."""
_PROPERTY = "explained"
_tr = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Explanation:
    """One word: ``id`` names it ("role.speaker"), ``group`` is what it is one of, ``examples`` are single lines."""

    id: str
    group: str
    word: str
    text: str
    examples: tuple[str, ...] = ()


def explain(widget: QWidget, id_: str) -> None:
    """Note which word a widget is about, for :func:`explained_at`."""
    widget.setProperty(_PROPERTY, id_)


def explained_at(widget: QWidget | None) -> str:
    """Return the id of the word that a widget, or what it stands in, is about; empty when there is none."""
    at: object = widget
    while isinstance(at, QWidget):
        if isinstance(found := at.property(_PROPERTY), str):
            return found
        at = at.parent()
    return ""


def explanations(tags: Iterable[Tag]) -> list[Explanation]:
    """Return everything that can be explained: the project's own tags first."""
    return [*map(_of_tag, tags), *_kinds(), *_roles(), *_relations(), *_attributions(), *_review()]


def _of_tag(tag: Tag) -> Explanation:
    """Explain a tag in the words of the codebook."""
    fits, fails = _tr("Explanations", "Yes: {0}"), _tr("Explanations", "No: {0}")
    told = "\n\n".join(part for part in (tag.description, tag.decision_rule) if part)
    if not told:
        told = _tr("Explanations", "The codebook does not say more about this tag yet.")
    examples = tuple((fits if example.fits else fails).format(example.text) for example in tag.examples)
    return Explanation(f"tag.{tag.id}", _tr("Explanations", "Tags of this project"), tag.name, told, examples)


def _kinds() -> list[Explanation]:
    group = _tr("Explanations", "Kinds of tags")
    texts = {
        TagKind.CLAIM: (
            _tr("Explanations", "Somebody asserts something that may be true or false."),
            _tr("Explanations", "“The bridge had gone for 4,200 crowns.”"),
        ),
        TagKind.DENIAL: (
            _tr("Explanations", "Somebody says that a claim is not so. To decline to comment is no denial."),
            _tr("Explanations", "“Nobody sold anything to anyone.”"),
        ),
        TagKind.EVIDENCE: (
            _tr("Explanations", "Something offered as a reason to believe or to doubt: a letter, a figure, a witness."),
            _tr("Explanations", "“The ledger shows one payment alone.”"),
        ),
        TagKind.OTHER: (_tr("Explanations", "Whatever your project needs besides; see its codebook."), ""),
    }
    return [_made(f"kind.{kind}", group, tag_kind_text(kind), *texts[kind]) for kind in TagKind]


def _roles() -> list[Explanation]:
    group = _tr("Explanations", "Roles of people")
    texts = {
        Role.SPEAKER: (
            _tr("Explanations", "Whose assertion it is. Several speakers are usual."),
            _tr("Explanations", "“Dora Quill said nobody had sold the bridge”: Dora Quill."),
        ),
        Role.ON_BEHALF_OF: (
            _tr("Explanations", "For whom a spokesman, lawyer or ministry speaks."),
            _tr("Explanations", "“A spokesman for the board denied it”: the board."),
        ),
        Role.TARGET: (
            _tr("Explanations", "Whom it accuses, blames or answers."),
            _tr("Explanations", "“The mayor lied about the toll”: the mayor."),
        ),
        Role.ABOUT: (
            _tr("Explanations", "Others whom it is about. Whoever is the target is not also about."),
            _tr("Explanations", "“The mayor hid the letter from the skippers”: the skippers."),
        ),
        Role.REPORTED_BY: (
            _tr(
                "Explanations",
                "Who passed it on between the speaker and this article, the nearest first; never this outlet itself.",
            ),
            _tr("Explanations", "“The Courier quoted him as saying …”, in another paper: the Courier."),
        ),
    }
    return [_made(f"role.{role}", group, role_text(role), *texts[role]) for role in Role]


def _relations() -> list[Explanation]:
    group = _tr("Explanations", "Kinds of relations")
    texts = {
        RelationKind.REBUTS: (
            _tr("Explanations", "It denies or contradicts the other passage."),
            _tr("Explanations", "“Nobody sold anything” rebuts “The bridge was sold”."),
        ),
        RelationKind.CONCEDES: (
            _tr("Explanations", "The accused side grants what the other passage says."),
            _tr("Explanations", "“We should have told the town” concedes “The town was not told”."),
        ),
        RelationKind.ANSWERS: (
            _tr("Explanations", "It responds without denying."),
            _tr("Explanations", "“The board declined to comment” answers “The board took the money”."),
        ),
        RelationKind.SUPPORTS: (
            _tr("Explanations", "It is a reason to believe the other passage."),
            _tr("Explanations", "“The ledger shows 4,200 crowns” supports “It was paid for”."),
        ),
        RelationKind.REPEATS: (
            _tr("Explanations", "It says the same again, perhaps in another article."),
            _tr("Explanations", "“The bridge is gone, he repeated” repeats “The bridge was sold”."),
        ),
        RelationKind.QUALIFIES: (
            _tr("Explanations", "It narrows the other passage, or sets a condition."),
            _tr("Explanations", "“But only in winter” qualifies “Moorings are free”."),
        ),
        RelationKind.CONTINUES: (
            _tr("Explanations", "It is one statement with the other, cut in two by a caption or “he said”."),
            _tr("Explanations", "“‘Nobody,’ she said, ‘sold it’”: the second half continues the first."),
        ),
    }
    made = [_made(f"relation.{kind}", group, relation_text(kind, outgoing=True), *texts[kind]) for kind in RelationKind]
    point = _tr("Explanations", "One neutral sentence for what is asserted, apart from any article.")
    example = _tr("Explanations", "A denial of a claim that no article has is linked to the point that it denies.")
    return [*made, _made("point", group, _tr("Explanations", "Point"), point, example)]


def _attributions() -> list[Explanation]:
    group = _tr("Explanations", "How it was said")
    texts = {
        Attribution.DIRECT_QUOTE: (
            _tr("Explanations", "In the speaker’s own words, within quotation marks."),
            _tr("Explanations", "“There was no secret,” he said."),
        ),
        Attribution.PARAPHRASE: (
            _tr("Explanations", "In the reporter’s words, but somebody’s assertion."),
            _tr("Explanations", "He said that there had been no secret."),
        ),
        Attribution.MIXED: (
            _tr("Explanations", "Partly within quotation marks."),
            _tr("Explanations", "He called the claim “a fairy tale”."),
        ),
        Attribution.RECORD: (
            _tr("Explanations", "From a document: a complaint, a register, a post."),
            _tr("Explanations", "The register shows a payment of 4,200 crowns."),
        ),
        Attribution.NARRATION: (
            _tr("Explanations", "The reporter says it without a source."),
            _tr("Explanations", "The toll was doubled in March."),
        ),
    }
    return [_made(f"attribution.{one}", group, attribution_text(one), *texts[one]) for one in Attribution]


def _review() -> list[Explanation]:
    group = _tr("Explanations", "Words of a review")
    words = (*_words_of_working(), *_words_of_deciding(), *_words_of_packets())
    return [_made(f"review.{id_}", group, word, text, "") for id_, word, text in words]


def _words_of_working() -> Words:
    return (
        (
            "passage",
            _tr("Explanations", "Passage"),
            _tr("Explanations", "Words of an article with one tag, by one analyst."),
        ),
        (
            "disagreement",
            _tr("Explanations", "Disagreement"),
            _tr("Explanations", "The passages of several analysts that cover the same words, to be decided together."),
        ),
        (
            "submission",
            _tr("Explanations", "Submission"),
            _tr("Explanations", "“I have read this article and marked n passages.” n may be 0."),
        ),
        (
            "blind",
            _tr("Explanations", "Blind"),
            _tr("Explanations", "Authors see nobody else’s passages, comments or figures before the reveal."),
        ),
        (
            "reveal",
            _tr("Explanations", "Reveal"),
            _tr("Explanations", "From then on everybody’s work is to be seen. It cannot be undone."),
        ),
    )


def _words_of_deciding() -> Words:
    return (
        (
            "verdict",
            _tr("Explanations", "Verdict"),
            _tr(
                "Explanations",
                "What a reviewer says of one version of one passage. It is stale once the passage has changed.",
            ),
        ),
        (
            "decision",
            _tr("Explanations", "Decision"),
            _tr("Explanations", "What holds in the final version, and why. It never changes anybody’s own work."),
        ),
        (
            "final",
            _tr("Explanations", "Final version"),
            _tr("Explanations", "Everything that was decided, apart from the analysts’ own passages."),
        ),
        (
            "parked",
            _tr("Explanations", "Parked"),
            _tr("Explanations", "Left to the meeting, with a reason."),
        ),
    )


def _words_of_packets() -> Words:
    return (
        (
            "packet",
            _tr("Explanations", "Packet"),
            _tr("Explanations", "A file for one member of a session, with what that member may see."),
        ),
        (
            "sealed",
            _tr("Explanations", "Sealed"),
            _tr("Explanations", "Not taken in until you have submitted your own work. It is not encrypted."),
        ),
    )


def _made(id_: str, group: str, word: str, text: str, example: str) -> Explanation:
    return Explanation(id_, group, word[:1].upper() + word[1:], text, (example,) if example else ())
