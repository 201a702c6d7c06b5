"""How far an article and an author are: derived, and only ever forward by what forwards it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.reviews import Submission, SubmissionState
from annotator.domain.session_states import ArticleState, Progress, WorkState, article_state, work_state

ORDER = list(ArticleState)
counts = st.integers(0, 5)
progress = st.builds(
    Progress,
    submitted=counts,
    required=st.integers(1, 4),
    clusters=st.none() | counts,
    decided=counts,
    begun=st.booleans(),
    closed=st.booleans(),
)


@pytest.mark.parametrize(
    ("given_progress", "expected"),
    [
        (Progress(0, 2), ArticleState.WAITING),
        (Progress(1, 2), ArticleState.WAITING),
        (Progress(2, 2), ArticleState.READY),
        (Progress(3, 2), ArticleState.READY),
        (Progress(2, 2, clusters=4), ArticleState.READY),
        (Progress(2, 2, clusters=4, decided=1, begun=True), ArticleState.IN_REVIEW),
        (Progress(1, 2, clusters=4, decided=1, begun=True), ArticleState.IN_REVIEW),  # begun early
        (Progress(1, 2, clusters=1, decided=1, begun=True), ArticleState.IN_REVIEW),  # somebody has not read it yet
        (Progress(2, 2, clusters=4, decided=4, begun=True), ArticleState.DECIDED),
        (Progress(2, 2, clusters=0), ArticleState.DECIDED),  # both read it, and nobody marked anything
        (Progress(2, 2, clusters=4, decided=4, begun=True, closed=True), ArticleState.FINAL),
        (Progress(2, 2, clusters=4, decided=3, begun=True, closed=True), ArticleState.IN_REVIEW),  # closed unfinished
    ],
)
def test_state_of_an_article(given_progress: Progress, expected: ArticleState) -> None:
    assert article_state(given_progress) is expected


@given(progress)
def test_another_submission_never_sets_an_article_back(one: Progress) -> None:
    more = replace(one, submitted=one.submitted + 1)
    assert ORDER.index(article_state(more)) >= ORDER.index(article_state(one))


@given(progress)
def test_another_decision_never_sets_an_article_back(one: Progress) -> None:
    more = replace(one, decided=one.decided + 1, begun=True)
    assert ORDER.index(article_state(more)) >= ORDER.index(article_state(one))


@given(progress)
def test_nothing_is_final_before_all_is_read_and_decided(one: Progress) -> None:
    state = article_state(one)
    if state in {ArticleState.DECIDED, ArticleState.FINAL}:
        assert one.submitted >= one.required
        assert one.clusters is not None
        assert one.decided >= one.clusters
        assert (state is ArticleState.FINAL) is one.closed
    if state is ArticleState.WAITING:
        assert one.submitted < one.required


@given(progress)
def test_while_nobody_may_know_the_clusters_nothing_is_decided(one: Progress) -> None:
    assert article_state(replace(one, clusters=None)) not in {ArticleState.DECIDED, ArticleState.FINAL}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (None, WorkState.WORKING),
        (SubmissionState.SUBMITTED, WorkState.SUBMITTED),
        (SubmissionState.WITHDRAWN, WorkState.WORKING),
        (SubmissionState.RETURNED, WorkState.RETURNED),
    ],
)
def test_state_of_an_authors_work(state: SubmissionState | None, expected: WorkState) -> None:
    made = None if state is None else Submission(id="s", session_id="r", text_id="t", analyst_id="a", state=state)
    assert work_state(made) is expected
    if made is not None:
        assert work_state(replace(made, deleted_at="2026-11-24T00:00:00.000Z")) is WorkState.WORKING
