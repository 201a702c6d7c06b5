"""Passages decided alike, several at once."""

from __future__ import annotations

import pytest

from annotator.domain.errors import ConflictError, RuleError, UsageError
from annotator.domain.reviews import DecisionOutcome
from annotator.services.concordance import Concordance
from annotator.services.under_review import ClusterUnderReview
from tests.services.reviewed import (
    ASKED,
    BEN,
    CY,
    NO_SECRET,
    REGISTER,
    SECRET,
    Reviewed,
    reviewed,
    team,
)

__all__ = ["reviewed", "team"]


def concordance(reviewed: Reviewed) -> Concordance:
    return reviewed.team.project.concordance


def keys(reviewed: Reviewed, *words: str) -> list[tuple[str, ...]]:
    return [reviewed.cluster(quote).key for quote in words]


def decided(reviewed: Reviewed) -> list[ClusterUnderReview]:
    return [found for found in reviewed.clusters() if found.decided]


def test_several_passages_are_accepted_and_one_undo_takes_all_back(reviewed: Reviewed) -> None:
    concordance(reviewed).accept(reviewed.session_id, keys(reviewed, SECRET, NO_SECRET))
    assert sorted(reviewed.quotes()) == sorted([SECRET, NO_SECRET])
    assert reviewed.team.project.history.undo_label() == "Accept 2 passages"
    reviewed.team.project.history.undo()
    assert decided(reviewed) == []


def test_an_analyst_s_version_is_taken_where_there_is_one_and_the_rest_is_left(reviewed: Reviewed) -> None:
    concordance(reviewed).take(reviewed.session_id, dict.fromkeys(keys(reviewed, SECRET, REGISTER), reviewed.id(CY)))
    (found,) = decided(reviewed)
    assert found.cluster.annotations[0].quote == SECRET
    assert found.decision is not None
    assert (found.decision.outcome, found.decision.taken_from) == (DecisionOutcome.TAKE, reviewed.id(CY))


def test_each_passage_has_the_version_that_is_named_for_it(reviewed: Reviewed) -> None:
    secret, register = keys(reviewed, SECRET, REGISTER)
    versions = {secret: reviewed.id(CY), register: reviewed.id(BEN)}
    concordance(reviewed).take(reviewed.session_id, versions)
    assert {found.key: found.decision.taken_from for found in decided(reviewed) if found.decision} == versions


def test_nothing_at_several_places_needs_its_reason_once(reviewed: Reviewed) -> None:
    wanted = keys(reviewed, ASKED, REGISTER)
    with pytest.raises(RuleError, match="needs a reason"):
        concordance(reviewed).nothing(reviewed.session_id, wanted)
    assert decided(reviewed) == []
    concordance(reviewed).nothing(reviewed.session_id, wanted, reason_code="judgement", comment="Not in this codebook.")
    assert {found.decision.outcome for found in decided(reviewed) if found.decision} == {DecisionOutcome.NOTHING}
    assert {found.decision.comment for found in decided(reviewed) if found.decision} == {"Not in this codebook."}
    assert reviewed.quotes() == []


def test_what_fits_nowhere_or_is_not_there_decides_nothing(reviewed: Reviewed) -> None:
    one = keys(reviewed, SECRET)
    with pytest.raises(UsageError):
        concordance(reviewed).accept(reviewed.session_id, [])
    with pytest.raises(RuleError, match="None of these"):
        concordance(reviewed).take(reviewed.session_id, dict.fromkeys(keys(reviewed, REGISTER), reviewed.id(CY)))
    with pytest.raises(ConflictError):
        concordance(reviewed).accept(reviewed.session_id, [*one, ("0" * 64,)])
    assert decided(reviewed) == []


def test_an_author_decides_nothing(reviewed: Reviewed) -> None:
    wanted = keys(reviewed, SECRET)
    reviewed.team.act_as(BEN)
    with pytest.raises(RuleError, match="reviewer"):
        concordance(reviewed).accept(reviewed.session_id, wanted)
