"""Who may see whose layer: the truth table of ``may_see``, and what makes a seal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.ids import new_id
from annotator.domain.reviews import MemberRole, ReviewSession, SessionArticle, SessionMember, SessionState
from annotator.domain.visibility import Seal, may_see, seals_of

SEAL = Seal("session", frozenset({"held"}), frozenset({"ben", "cy"}))


@pytest.mark.parametrize(
    ("viewer", "owner", "article", "expected"),
    [
        ("ben", "ben", "held", True),  # an author sees the own layer
        ("ben", "cy", "held", False),  # and no other author's
        ("ben", "ann", "held", False),  # nor anybody else's
        ("ben", None, "held", True),  # what the team shares is not a layer
        ("ann", "ann", "held", True),  # who is no author sees the own layer
        ("ann", "ben", "held", False),  # no author's
        ("ann", "rae", "held", True),  # and those of others who are no authors
        (None, "ben", "held", False),  # nobody in particular sees no author's
        (None, "rae", "held", True),
        ("ben", "cy", "other", True),  # an article outside the session is not kept apart
        ("ann", "ben", "other", True),
        ("ben", "cy", None, True),
    ],
)
def test_truth_table(viewer: str | None, owner: str | None, article: str | None, expected: bool) -> None:
    assert may_see(viewer, owner, article, [SEAL]) is expected


def test_without_a_seal_everybody_sees_everything() -> None:
    assert may_see("ben", "cy", "held", ())


def test_any_one_seal_hides() -> None:
    other = Seal("another", frozenset({"held"}), frozenset({"rae"}))
    assert not may_see("ann", "ben", "held", [other, SEAL])
    assert not may_see("rae", "ann", "held", [SEAL, other])


names = st.sampled_from(["ann", "ben", "cy", "rae"])
seals = st.lists(
    st.builds(Seal, st.just("s"), st.frozensets(st.sampled_from(["a", "b"])), st.frozensets(names)), max_size=3
)


@given(names, names, st.sampled_from(["a", "b"]), seals)
def test_own_work_is_always_seen_and_authors_are_blind_to_each_other(
    one: str, other: str, article: str, given_seals: list[Seal]
) -> None:
    assert may_see(one, one, article, given_seals)
    for seal in given_seals:
        if article in seal.articles and one != other and {one, other} & seal.authors:
            assert not may_see(one, other, article, given_seals)
            assert not may_see(other, one, article, given_seals)


@given(names, names, st.sampled_from(["a", "b"]), seals, seals)
def test_more_seals_never_show_more(one: str, other: str, article: str, some: list[Seal], more: list[Seal]) -> None:
    if not may_see(one, other, article, some):
        assert not may_see(one, other, article, [*some, *more])


def _session(**fields: object) -> ReviewSession:
    return replace(ReviewSession(id=new_id(), name="First round", state=SessionState.OPEN), **fields)  # type: ignore[arg-type]


def _held(session: ReviewSession, article: str) -> SessionArticle:
    return SessionArticle(id=new_id(), session_id=session.id, article_id=article, text_id="text")


def _member(session: ReviewSession, analyst: str, role: MemberRole) -> SessionMember:
    return SessionMember(id=new_id(), session_id=session.id, analyst_id=analyst, role=role)


def test_seal_is_made_of_live_articles_and_authors() -> None:
    session = _session()
    articles = [_held(session, "a"), replace(_held(session, "b"), deleted_at="2026-11-24T00:00:00.000Z")]
    members = [
        _member(session, "ben", MemberRole.AUTHOR),
        _member(session, "ann", MemberRole.LEAD),
        replace(_member(session, "cy", MemberRole.AUTHOR), deleted_at="2026-11-24T00:00:00.000Z"),
    ]
    assert seals_of([session], members, articles) == (Seal(session.id, frozenset({"a"}), frozenset({"ben"})),)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": SessionState.DRAFT},
        {"blind": False},
        {"revealed_at": "2026-11-24T00:00:00.000Z"},
        {"deleted_at": "2026-11-24T00:00:00.000Z"},
    ],
)
def test_session_that_is_not_sealed_hides_nothing(fields: dict[str, object]) -> None:
    session = _session(**fields)
    assert seals_of([session], [_member(session, "ben", MemberRole.AUTHOR)], [_held(session, "a")]) == ()
