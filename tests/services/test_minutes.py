"""The minutes of a session say who took part, what was decided and why; the analyst's page what became of the work."""

from __future__ import annotations

import re

import pytest

from annotator.domain.errors import RuleError
from annotator.domain.reviews import DecisionOutcome
from annotator.formats.review_record import Fate, Minutes
from annotator.services.review_edits import Writing
from tests.services.reviewed import (
    ASKED,
    BEN,
    CY,
    LEAD,
    NO_SECRET,
    REGISTER,
    REVIEWER,
    SECRET,
    Reviewed,
    reviewed,
    team,
)
from tests.services.teams import Team

__all__ = ["reviewed", "team"]


def minutes_of(reviewed: Reviewed) -> Minutes:
    return reviewed.team.project.minutes.of(reviewed.session_id)


def decide_some(reviewed: Reviewed) -> None:
    """Decide one passage in each way, and leave one undecided."""
    deciding, session = reviewed.deciding, reviewed.session_id
    reviewed.take(SECRET, CY, reason_code="slip", comment="It accuses <b>the council</b>.")
    deciding.nothing(session, reviewed.cluster(REGISTER).key, reason_code="guideline_gap", codebook_flag=True)
    deciding.park(session, reviewed.cluster(ASKED).key, "One passage or two?")


def test_there_are_none_before_the_reveal(team: Team) -> None:
    team.opened()
    with pytest.raises(RuleError, match="not revealed"):
        team.project.minutes.of(team.session_id)
    with pytest.raises(RuleError, match="not revealed"):
        team.project.returned_work.of(team.session_id, BEN)


def test_every_passage_is_told_with_its_versions_and_its_decision(reviewed: Reviewed) -> None:
    decide_some(reviewed)
    found = minutes_of(reviewed).passages
    assert [passage.outcome for passage in found] == [
        DecisionOutcome.TAKE,
        DecisionOutcome.PARKED,
        DecisionOutcome.NOTHING,
        None,
    ]
    assert [passage.open for passage in found] == [False, True, False, True]
    taken = found[0]
    assert taken.final is not None
    assert taken.final.people == (("speaker", "Dora Quill"), ("target", "The council"))
    assert (taken.decided, taken.reason, taken.by) == (f"{CY}’s version, as it is", "a slip", REVIEWER)
    assert taken.differs == ("people",)
    assert {name: wordings.people for name, wordings in taken.versions} == {
        BEN: (("speaker", "Dora Quill"),),
        CY: taken.final.people,
    }
    assert found[2].missing == (CY,)
    assert found[3].differs == ()


def test_an_edited_version_tells_where_each_row_is_from(reviewed: Reviewed) -> None:
    reviewed.take(SECRET, BEN)
    reviewed.take(SECRET, CY, rows=["people"])
    reviewed.deciding.edit(reviewed.session_id, reviewed.cluster(SECRET).key, Writing(attribution="record"))
    told = minutes_of(reviewed).passages[0].decided
    assert told == f"edited: ends, tag, links from {BEN}; people from {CY}; how it was said by the reviewer"


def test_settings_members_codebook_and_frozen_figures_are_in(reviewed: Reviewed) -> None:
    team = reviewed.team
    team.act_as(LEAD)
    team.project.codebook.add("Rumour")
    team.project.reviews.close(reviewed.session_id, "Ann Bell, editor", unfinished=True)
    team.project.reviews.reopen(reviewed.session_id, "One article was forgotten.")
    team.project.reviews.close(reviewed.session_id, "Ann Bell, editor", unfinished=True)
    minutes = minutes_of(reviewed)
    assert minutes.closed
    assert [(what, who) for _, what, who in minutes.events] == [
        ("opened", LEAD),
        ("revealed", LEAD),
        ("closed, signed by Ann Bell, editor", LEAD),
        ("opened again: One article was forgotten.", LEAD),
        ("closed, signed by Ann Bell, editor", LEAD),
    ]
    assert minutes.state.endswith("signed by Ann Bell, editor")
    assert ("Rae Voss", "RV", "reviewer") in minutes.members
    assert ("authors who must have submitted an article", "2") in minutes.settings
    assert [entry.name for entry in minutes.codebook] == ["Claim", "Denial", "Evidence"], "as it was, without Rumour"
    assert minutes.figures is not None
    assert minutes.figures.moments == ("at the reveal", "at the close")
    assert next(line.title for line in minutes.figures.lines if line.first) == "same passages"


def test_reviewer_who_was_an_author_and_early_start_are_told(reviewed: Reviewed) -> None:
    team = reviewed.team
    team.act_as(LEAD)
    team.project.reviews.add_member(reviewed.session_id, BEN, "reviewer")
    team.project.reviews.edit(reviewed.session_id, required_authors=3)
    team.act_as(BEN)
    reviewed.take(SECRET, BEN)
    minutes = minutes_of(reviewed)
    assert f"{BEN} decided and was an author too." in minutes.notices
    assert minutes.passages[0].own


def test_names_stay_hidden_until_the_close(reviewed: Reviewed) -> None:
    team = reviewed.team
    team.act_as(LEAD)
    team.project.reviews.edit(reviewed.session_id, hide_names=True)
    reviewed.take(SECRET, CY)
    assert team.project.history.undo_label() == "Take a version"
    names = {name for name, _ in minutes_of(reviewed).passages[0].versions}
    assert names == {"Analyst A", "Analyst B"}
    (article,) = minutes_of(reviewed).articles
    assert not any(BEN in line or CY in line for line in article.submissions)
    with pytest.raises(RuleError, match="Names are hidden"):
        team.project.returned_work.of(reviewed.session_id, BEN)
    team.project.reviews.close(reviewed.session_id, LEAD, unfinished=True)
    assert {name for name, _ in minutes_of(reviewed).passages[0].versions} == {BEN, CY}


def test_page_is_self_contained_and_escapes_what_people_wrote(reviewed: Reviewed) -> None:
    decide_some(reviewed)
    team = reviewed.team
    team.project.comments.add(team.article_id, "Look: <script>alert(1)</script> & http://example.org/")
    for page in (
        team.project.minutes.render(reviewed.session_id).decode(),
        team.project.returned_work.render(reviewed.session_id, BEN).decode(),
    ):
        assert "default-src 'none'" in page
        assert "<script" not in page
        assert "<b>the council</b>" not in page
        assert "&lt;b&gt;the council&lt;/b&gt;" in page
        assert not re.search(r"""(src|href)\s*=\s*["'](?!#)|url\(|@import""", page)


def test_analyst_is_told_what_was_changed_and_why(reviewed: Reviewed) -> None:
    decide_some(reviewed)
    reviewed.deciding.accept_unanimous(reviewed.session_id)
    work = reviewed.team.project.returned_work.of(reviewed.session_id, BEN)
    (article,) = work.articles
    assert [passage.fate for passage in article.passages] == [Fate.CHANGED, Fate.OPEN, Fate.REJECTED, Fate.KEPT]
    changed = article.passages[0]
    assert changed.rows == (("people", "speaker: Dora Quill", "speaker: Dora Quill; target: The council"),)
    assert (changed.reason, changed.by) == ("a slip", REVIEWER)
    assert article.passages[1].comment == "One passage or two?"


def test_analyst_is_told_what_was_missed(reviewed: Reviewed) -> None:
    reviewed.take(REGISTER, BEN)
    span = reviewed.team.story.span("Mayor Ivo Brandt denied it")
    reviewed.deciding.new(
        reviewed.session_id, reviewed.team.article_id, Writing(span=(span.start, span.end), tag="Denial")
    )
    work = reviewed.team.project.returned_work.of(reviewed.session_id, CY)
    added = [p.final.quotes for a in work.articles for p in a.passages if p.fate is Fate.ADDED and p.final]
    assert added == [(REGISTER,), ("Mayor Ivo Brandt denied it",)]
    assert work.count(Fate.ADDED) == 2


def test_links_that_both_have_are_no_change(reviewed: Reviewed) -> None:
    reviewed.take(NO_SECRET, BEN)
    span = reviewed.team.story.span("doubled the tolls")
    key = reviewed.cluster(SECRET).key
    reviewed.deciding.edit(reviewed.session_id, key, Writing(span=(span.start, span.end)))
    work = reviewed.team.project.returned_work.of(reviewed.session_id, BEN)
    fates = {p.mine.quotes[0]: p.fate for a in work.articles for p in a.passages if p.mine}
    assert fates[NO_SECRET] is Fate.KEPT, "it rebuts the same passage, though that has other ends now"
    reviewed.deciding.edit(reviewed.session_id, reviewed.cluster(NO_SECRET).key, Writing(links=[]))
    work = reviewed.team.project.returned_work.of(reviewed.session_id, BEN)
    (changed,) = [p for a in work.articles for p in a.passages if p.mine and p.mine.quotes[0] == NO_SECRET]
    assert [row for row, _, _ in changed.rows] == ["links"]


def test_only_an_author_has_work_that_is_returned(reviewed: Reviewed) -> None:
    with pytest.raises(RuleError, match="no author"):
        reviewed.team.project.returned_work.of(reviewed.session_id, REVIEWER)
