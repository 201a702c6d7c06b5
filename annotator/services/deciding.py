"""Deciding what the final version of each passage is: take, edit, new, nothing here, park.

Every method is one change set and so one step of undo, however many passages it decides. Deciding again changes the
same decision. What was said as a reason before stays where None is given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from typing_extensions import Unpack

from annotator.domain.annotations import Annotation
from annotator.domain.changes import ChangeSet
from annotator.domain.deciding import TOGETHER, Source, Sources, whole
from annotator.domain.errors import ConflictError, RuleError, UsageError
from annotator.domain.merging import resolve
from annotator.domain.relations import Relation
from annotator.domain.reviews import CardRow, Decision, DecisionOutcome, SessionState
from annotator.services.editing import word
from annotator.services.final_version import Reason, Why
from annotator.services.review_desk import Key, Sitting, revealed, standing
from annotator.services.review_edits import ReviewEdits
from annotator.services.session_access import article_of_session, session_of
from annotator.services.under_review import ClusterUnderReview, Review, places_of
from annotator.services.verdicts import Verdicts


@dataclass(frozen=True, slots=True)
class FinalState:
    """The final version of a session or of one article as it has grown so far."""

    annotations: tuple[Annotation, ...]
    relations: tuple[Relation, ...]


class Deciding(ReviewEdits, Verdicts):
    """The decisions of the review sessions of a project."""

    def review(self, session_id: str, article_id: str | None = None) -> Review:
        """Return all there is to decide; raises RuleError while the session is sealed or being prepared."""
        return self._read(session_id, article_id)[1]

    def clusters(self, session_id: str, article_id: str | None = None) -> list[ClusterUnderReview]:
        """Return the clusters of a session or of one of its articles, in the order of reading."""
        return list(self.review(session_id, article_id).clusters)

    def final(self, session_id: str, article_id: str | None = None) -> FinalState:
        """Return the final version, in the order of the articles and of reading."""
        with self._context.read() as reader:
            revealed(session_of(reader, session_id, SessionState.OPEN, SessionState.CLOSED))
            wanted = None if article_id is None else {article_of_session(reader, session_id, article_id).text_id}
            places = places_of(reader, session_id, wanted)
            passages = reader.all(Annotation, session_id=session_id, text_id=tuple(place.text_id for place in places))
            relations = reader.all(Relation, session_id=session_id)
        order = {place.text_id: n for n, place in enumerate(places)}
        here = sorted(passages, key=lambda a: (order[a.text_id], a.start, a.end, a.id))
        ids = {annotation.id for annotation in here}
        return FinalState(tuple(here), tuple(r for r in relations if r.source_id in ids))

    def take(
        self,
        session_id: str,
        key: Key,
        analyst_id: str,
        *,
        rows: Collection[CardRow | str] | None = None,
        **reason: Unpack[Reason],
    ) -> ChangeSet:
        """Take an analyst's version of a passage as it is, or only some rows of it.

        The rows that are not taken stay as they were decided, else as they are proposed: people and links of all
        together, of the rest what most have.
        """
        with self._deciding(session_id, key) as (sitting, found):
            if analyst_id not in found.cluster.members:
                raise RuleError("This analyst did not mark the passage.", "Take another version, or “nothing here”.")
            sources, by_hand = standing(found)
            given = {word(CardRow, row) for row in rows} if rows is not None else set(CardRow)
            sources = {row: analyst_id if row in given else source for row, source in sources.items()}
            self._take(sitting, found, sources, Why.of(**reason), by_hand)
            return self._done(sitting, f"Take {sitting.name(analyst_id)}")

    def combine(self, session_id: str, key: Key, rows: Iterable[CardRow | str], **reason: Unpack[Reason]) -> ChangeSet:
        """Take what all analysts have together in some rows: people, relations."""
        wanted = {word(CardRow, row) for row in rows}
        if not wanted <= TOGETHER:
            raise UsageError("Only people and links can be put together.")
        with self._deciding(session_id, key) as (sitting, found):
            sources, by_hand = standing(found)
            sources = {row: Source.ALL if row in wanted else source for row, source in sources.items()}
            self._take(sitting, found, sources, Why.of(**reason), by_hand)
            return self._done(sitting, "Take all together")

    def accept(self, session_id: str, key: Key, **reason: Unpack[Reason]) -> ChangeSet:
        """Accept a passage as it is proposed: the version of all or most, people and links of all together."""
        with self._deciding(session_id, key) as (sitting, found):
            self._take(sitting, found, found.proposal, Why.of(**reason))
            return self._done(sitting, "Accept passage")

    def nothing(self, session_id: str, key: Key, **reason: Unpack[Reason]) -> ChangeSet:
        """Decide that there is no passage here; raises RuleError when the session wants a reason and there is none."""
        why = Why.of(**reason)
        with self._deciding(session_id, key) as (sitting, found):
            sitting.refuse_unreasoned(why, found.decision if found.decided else None)
            self._decide(sitting, found, DecisionOutcome.NOTHING, why, found.proposal)
            return self._done(sitting, "Nothing here")

    def park(self, session_id: str, key: Key, reason: str = "") -> ChangeSet:
        """Put a passage off for the meeting, with what is to be talked about; what was decided of it is taken back."""
        with self._deciding(session_id, key) as (sitting, found):
            self._decide(sitting, found, DecisionOutcome.PARKED, Why(comment=reason), found.proposal)
            return self._done(sitting, "Park passage")

    def unpark(self, session_id: str, key: Key) -> ChangeSet:
        """Take a passage off the meeting's agenda: it is undecided again."""
        return self.withdraw(session_id, key)

    def withdraw(self, session_id: str, key: Key) -> ChangeSet:
        """Take a decision back: the passage is undecided again, and not in the final version."""
        with self._sitting(session_id, key=key) as sitting:
            found = sitting.found(key)
            if found.decision is None:
                raise ConflictError("Nothing has been decided here.")
            sitting.take_back_verdicts(found)
            for decision in {found.decision.id: found.decision, **{d.id: d for d in found.earlier}}.values():
                sitting.final.drop(decision, found.final)
            return self._done(sitting, "Back from parking" if found.parked else "Take decision back")

    def explain(self, session_id: str, decision_id: str, **reason: Unpack[Reason]) -> ChangeSet:
        """Change why something was decided, and leave what was decided; None leaves a field as it is."""
        with self._sitting(session_id, decision_id=decision_id) as sitting:
            decision = sitting.uow.get(Decision, decision_id)
            assert decision is not None
            sitting.uow.put(Why.of(**reason).put_into(decision))
            return self._context.commit(sitting.uow, "Change reason of decision")

    def accept_unanimous(self, session_id: str, article_id: str | None = None) -> ChangeSet:
        """Take every undecided passage that all who read the article have alike; in a peer check all that is left.

        What is parked, and what was decided otherwise before it was changed, is left for a person to look at.
        """
        with self._sitting(session_id, article_id=article_id) as sitting:
            wanted = [found for found in sitting.review.clusters if found.unanimous and found.decision is None]
            return self._take_many(
                sitting, wanted, lambda found: found.proposal, ("unanimous passage", "unanimous passages")
            )

    def take_all(self, session_id: str, analyst_id: str, tag_id: str, article_id: str | None = None) -> ChangeSet:
        """Take an analyst's version of every undecided passage to which the analyst gave a tag."""
        with self._sitting(session_id, article_id=article_id) as sitting:
            tag = resolve(tag_id, sitting.gathered.work.merged)
            sides = [(found, found.cluster.side(analyst_id)) for found in sitting.review.clusters]
            wanted = [found for found, side in sides if side and side.tags == {tag} and found.decision is None]
            return self._take_many(
                sitting, wanted, lambda _: whole(analyst_id), ("passage of one analyst", "passages of one analyst")
            )

    def _take_many(
        self,
        sitting: Sitting,
        wanted: Collection[ClusterUnderReview],
        sources: Callable[[ClusterUnderReview], Sources],
        nouns: tuple[str, str],
    ) -> ChangeSet:
        mine = [found for found in wanted if not sitting.is_own(found)]
        if not mine:
            raise ConflictError(f"There is no {nouns[0]} left to take.")
        sitting.final.expect(mine)
        for found in mine:
            self._take(sitting, found, sources(found), Why())
        return self._done(sitting, f"Accept {len(mine)} {nouns[len(mine) > 1]}")
