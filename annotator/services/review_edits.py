"""What a reviewer writes by hand: an edited version, a passage that nobody had marked, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from typing_extensions import Unpack

from annotator.domain.annotations import Annotation, Attribution
from annotator.domain.changes import ChangeSet
from annotator.domain.deciding import Source, Wording, compose, outcome_of
from annotator.domain.errors import RuleError
from annotator.domain.ids import derived_id, new_id
from annotator.domain.relations import RelationKind
from annotator.domain.reviews import CardRow, Decision, DecisionOutcome
from annotator.services.codebook import tag_to_give
from annotator.services.editing import word
from annotator.services.final_links import Ends, FinalLinks
from annotator.services.final_version import Reason, Why, wording_of
from annotator.services.links import PersonLink, PointLink, people_parts, point_parts
from annotator.services.passage import DERIVED
from annotator.services.review_desk import Key, ReviewDesk, Sitting, standing

Link = tuple[str, RelationKind | str]
"""A passage (of the final version, or of a layer: then what stands for it), and what the edited one does to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What a reviewer writes of a passage; None leaves a row as it is.

    ``span``: ``(start, end)`` in code points of the session's text. ``attribution``: a word, or ``derived``.
    ``links``: all that start at the passage. The others are what :meth:`.annotations.Annotations.add` takes.
    """

    span: tuple[int, int] | None = None
    tag: str | None = None
    people: Iterable[PersonLink] | None = None
    attribution: Attribution | str | None = None
    points: Iterable[PointLink] | None = None
    links: Sequence[Link] | None = None
    note: str | None = None
    stated_on: str | None = None
    occasion: str | None = None

    @property
    def rows(self) -> frozenset[CardRow]:
        """The rows of the card that are written by hand."""
        given = {
            CardRow.ENDS: self.span,
            CardRow.TAG: self.tag,
            CardRow.PEOPLE: self.people,
            CardRow.ATTRIBUTION: self.attribution,
            CardRow.RELATIONS: self.links if self.links is not None else self.points,
        }
        return frozenset(row for row, value in given.items() if value is not None)


class ReviewEdits(ReviewDesk):
    """Decisions by a reviewer's own hand."""

    def edit(self, session_id: str, key: Key, writing: Writing, **reason: Unpack[Reason]) -> ChangeSet:
        """Decide a cluster by an edited version: as it stands, else as proposed, with what is written by hand."""
        with self._deciding(session_id, key) as (sitting, found):
            sources, by_hand = standing(found)
            before = compose(found.cluster, sources, by_hand)
            after = tuple(_written(sitting, wording, writing, found.article_id) for wording in before)
            if writing.span is not None:
                after = after[:1]
            sources = {row: Source.HAND if row in writing.rows else source for row, source in sources.items()}
            outcome, _, _ = outcome_of(sources)
            why = Why.of(**reason)
            decision = self._decide(sitting, found, outcome, why, sources, after)
            self._link(sitting, decision, writing.links)
            return self._done(sitting, "Decide by an edit")

    def new(
        self,
        session_id: str,
        article_id: str,
        writing: Writing,
        *,
        id: str | None = None,
        **reason: Unpack[Reason],
    ) -> Annotation:
        """Add a passage that nobody had marked to the final version; ``writing`` needs a span and a tag."""
        if writing.span is None or writing.tag is None:
            raise RuleError("A new passage needs its words and a tag.")
        with self._sitting(session_id, article_id=article_id) as sitting:
            (place,) = sitting.gathered.places
            start, end = writing.span
            empty = Wording(start=start, end=end, tag_id=tag_to_give(sitting.uow, writing.tag).id)
            passage_id = id or new_id()
            decision = Decision(
                id=derived_id(session_id, Decision.TYPE, passage_id),
                session_id=session_id,
                text_id=place.text_id,
                outcome=DecisionOutcome.NEW,
                final_annotation_id=passage_id,
            )
            decision = Why.of(**reason).put_into(decision)
            decision = sitting.final.add(decision, _written(sitting, empty, writing, place.article_id))
            self._link(sitting, decision, writing.links)
            sitting.final.follow()
            passage = sitting.uow.get(Annotation, passage_id)
            self._context.commit(sitting.uow, "Add passage to the final version")
        assert passage is not None
        return passage

    def edit_other(
        self,
        session_id: str,
        decision_id: str,
        writing: Writing,
        **reason: Unpack[Reason],
    ) -> ChangeSet:
        """Change a passage that no cluster stands behind: one that was added, or is left over."""
        with self._sitting(session_id, decision_id=decision_id) as sitting:
            other = sitting.other(decision_id)
            if not other.final:
                raise RuleError("There is no passage to edit here.", "Drop the decision instead.")
            wording = _written(sitting, wording_of(other.final[0]), writing, other.article_id)
            decision = Why.of(**reason).put_into(_of_its_own(other.decision))
            decision = sitting.final.add(decision, wording)
            self._link(sitting, decision, writing.links)
            return self._done(sitting, "Edit passage of the final version")

    def keep(self, session_id: str, decision_id: str) -> ChangeSet:
        """Let a passage whose members are gone stay in the final version, as one that nobody has marked."""
        with self._sitting(session_id, decision_id=decision_id) as sitting:
            other = sitting.other(decision_id)
            if not other.final:
                raise RuleError("There is no passage to keep here.", "Drop the decision instead.")
            sitting.final.add(_of_its_own(other.decision), wording_of(other.final[0]))
            return self._done(sitting, "Keep passage")

    def drop(self, session_id: str, decision_id: str) -> ChangeSet:
        """Take a decision back that no cluster stands behind, with its passage."""
        with self._sitting(session_id, decision_id=decision_id) as sitting:
            other = sitting.other(decision_id)
            sitting.final.drop(other.decision, other.final)
            return self._done(sitting, "Take passage out of the final version")

    def confirm(self, session_id: str, key: Key) -> ChangeSet:
        """Let an earlier decision hold for the passages as they are now, after one of them was changed."""
        with self._deciding(session_id, key) as (sitting, found):
            if not found.stale or found.decision is None:
                raise RuleError("This decision was made on the passages as they are now.")
            why = Why(found.decision.reason_code, found.decision.comment, found.decision.codebook_flag)
            wordings = tuple(wording_of(annotation) for annotation in found.final)
            sources = dict.fromkeys(CardRow, Source.HAND)
            outcome = DecisionOutcome.EDIT if wordings else found.decision.outcome
            self._decide(sitting, found, outcome, why, sources, wordings)
            return self._done(sitting, "Confirm decision")

    def _link(self, sitting: Sitting, decision: Decision, links: Sequence[Link] | None) -> None:
        """Link the passage of a decision by hand; ``links`` are all that it has."""
        if links is None or decision.final_annotation_id is None:
            return
        ends = FinalLinks(sitting.uow, sitting.session.id)
        wanted: dict[Ends, str] = {}
        for target_id, kind in links:
            target = ends.final_of(target_id)
            if target is None:
                raise RuleError("The other passage is not in the final version yet.", "Decide that one first.")
            if target == decision.final_annotation_id:
                raise RuleError("A passage cannot be related to itself.", "Choose another passage.")
            wanted[decision.final_annotation_id, target, word(RelationKind, kind)] = ""
        sitting.final.link([decision.final_annotation_id], wanted)


def _of_its_own(decision: Decision) -> Decision:
    """Return a decision as one that no cluster stands behind."""
    return replace(decision, outcome=DecisionOutcome.NEW, members=(), taken_from=None, rows=())


def _written(sitting: Sitting, wording: Wording, writing: Writing, article_id: str) -> Wording:
    """Return a wording with what was written by hand."""
    uow = sitting.uow
    after = wording
    if writing.span is not None:
        after = replace(after, start=writing.span[0], end=writing.span[1])
    if writing.tag is not None:
        after = replace(after, tag_id=tag_to_give(uow, writing.tag).id)
    if writing.people is not None:
        after = replace(after, people=people_parts(uow, writing.people, article_id=article_id))
    if writing.points is not None:
        after = replace(after, points=point_parts(uow, writing.points))
    if writing.attribution is not None:
        is_set = writing.attribution != DERIVED
        said = word(Attribution, writing.attribution) if is_set else after.attribution
        after = replace(after, attribution=said, attribution_set=is_set)
    return replace(
        after,
        note=after.note if writing.note is None else writing.note,
        stated_on=after.stated_on if writing.stated_on is None else writing.stated_on,
        occasion=after.occasion if writing.occasion is None else writing.occasion,
    )
