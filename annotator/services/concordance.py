"""Passages that are alike, across the articles of a session, decided alike: one choice for several, one undo step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from annotator.domain.changes import ChangeSet
from annotator.domain.deciding import whole
from annotator.domain.errors import RuleError, UsageError
from annotator.domain.reviews import DecisionOutcome, ReasonCode
from annotator.services.final_version import Why
from annotator.services.review_desk import Key, ReviewDesk, Sitting
from annotator.services.under_review import ClusterUnderReview


class Concordance(ReviewDesk):
    """Decides several passages at once; who may, and when, is as for one.

    Each method raises RuleError when nothing of what was named can be decided so, ConflictError for a passage that is
    no longer as it was named; nothing is decided then. What a peer may not check, for being the own work, is left out.
    """

    def accept(self, session_id: str, keys: Collection[Key]) -> ChangeSet:
        """Accept each passage as it is proposed."""

        def decide(sitting: Sitting, found: ClusterUnderReview) -> None:
            self._take(sitting, found, found.proposal, Why())

        return self._several(session_id, keys, decide, "Accept")

    def take(self, session_id: str, versions: Mapping[Key, str]) -> ChangeSet:
        """Take of each passage the version of the analyst (id) that is given for it, where that analyst marked it.

        With names hidden, one letter stands for another analyst in each article.
        """

        def decide(sitting: Sitting, found: ClusterUnderReview) -> None:
            self._take(sitting, found, whole(versions[found.key]), Why())

        def marked(found: ClusterUnderReview) -> bool:
            return found.cluster.side(versions[found.key]) is not None

        return self._several(session_id, versions, decide, "Take one version of", marked)

    def nothing(
        self, session_id: str, keys: Collection[Key], *, reason_code: ReasonCode | str | None = None, comment: str = ""
    ) -> ChangeSet:
        """Decide that there is no passage at any of the places; the reason is that of each."""
        why = Why.of(reason_code=reason_code, comment=comment or None)

        def decide(sitting: Sitting, found: ClusterUnderReview) -> None:
            sitting.refuse_unreasoned(why, found.decision if found.decided else None)
            self._decide(sitting, found, DecisionOutcome.NOTHING, why, found.proposal)

        return self._several(session_id, keys, decide, "Nothing at")

    def _several(
        self,
        session_id: str,
        keys: Collection[Key],
        decide: Callable[[Sitting, ClusterUnderReview], None],
        verb: str,
        fits: Callable[[ClusterUnderReview], bool] = lambda _found: True,
    ) -> ChangeSet:
        if not keys:
            raise UsageError("No passage is named.", "Name at least one.")
        with self._sitting(session_id) as sitting:
            named = [sitting.found(key) for key in dict.fromkeys(keys)]
            wanted = [found for found in named if fits(found) and not sitting.is_own(found)]
            if not wanted:
                raise RuleError("None of these passages can be decided so.", "Choose others, or another version.")
            sitting.final.expect(wanted)
            for found in wanted:
                decide(sitting, found)
            label = f"{verb} 1 passage" if len(wanted) == 1 else f"{verb} {len(wanted)} passages"
            return self._done(sitting, label)
