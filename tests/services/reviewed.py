"""A team whose authors have marked and submitted an article, revealed, with the reviewer writing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from annotator.services.deciding import Deciding, FinalState
from annotator.services.under_review import ClusterUnderReview
from tests.services.teams import BEN, CY, LEAD, REVIEWER, Team, team

__all__ = ["BEN", "CY", "LEAD", "REVIEWER", "Reviewed", "Team", "reviewed", "team"]

SECRET = "The council doubled the tolls on the Quill bridge in secret"
ASKED = "‘Nobody asked us, and nobody told us,’"
REGISTER = "‘The register shows 4,200 crowns.’"
NO_SECRET = "“There was no secret,”"
Marking = tuple[str, str, dict[str, Any]]


@dataclass
class Reviewed:
    """What the reviewer of a revealed session works on."""

    team: Team

    @property
    def deciding(self) -> Deciding:
        return self.team.project.deciding

    @property
    def session_id(self) -> str:
        return self.team.session_id

    def id(self, name: str) -> str:
        return self.team.ids[name]

    def clusters(self) -> list[ClusterUnderReview]:
        return self.deciding.clusters(self.session_id)

    def cluster(self, words: str) -> ClusterUnderReview:
        """Return the one cluster in which somebody marked just these words."""
        (found,) = [c for c in self.clusters() if words in {a.quote for a in c.cluster.annotations}]
        return found

    def final(self) -> FinalState:
        return self.deciding.final(self.session_id)

    def quotes(self) -> list[str]:
        return [annotation.quote for annotation in self.final().annotations]

    def take(self, words: str, name: str, **options: Any) -> None:
        self.deciding.take(self.session_id, self.cluster(words).key, self.id(name), **options)


def begin(team: Team, markings: Mapping[str, Iterable[Marking]], after: Callable[[], None] | None = None) -> Reviewed:
    """Let each author mark and submit, the lead reveal, and the reviewer sit down; the register has all people."""
    for name in ("Dora Quill", "Ivo Brandt", "The council"):
        team.project.people.add(name)
    project = team.opened()
    for name, marks in markings.items():
        team.act_as(name)
        for words, tag, fields in marks:
            team.mark(words, tag, **fields)
        if after is not None:
            after()
        project.submissions.submit(team.session_id, team.article_id)
    team.act_as(LEAD)
    project.reviews.reveal(team.session_id)
    team.act_as(REVIEWER)
    return Reviewed(team)


def story_markings() -> dict[str, list[Marking]]:
    """Return what Ben and Cy marked: one passage alike, one with other people, one only by Ben, one cut by Cy."""
    quill = [("Dora Quill", "speaker")]
    return {
        BEN: [
            (SECRET, "Claim", {"people": quill}),
            (ASKED, "Claim", {"people": quill}),
            (REGISTER, "Evidence", {}),
            (NO_SECRET, "Denial", {"people": [("Ivo Brandt", "speaker")]}),
        ],
        CY: [
            (SECRET, "Claim", {"people": [*quill, ("The council", "target")]}),
            ("Nobody asked us", "Claim", {"people": quill}),
            ("nobody told us", "Denial", {}),
            (NO_SECRET, "Denial", {"people": [("Ivo Brandt", "speaker")]}),
        ],
    }


@pytest.fixture
def reviewed(team: Team) -> Reviewed:
    """Return a revealed session over the markings of :func:`story_markings`; the reviewer is writing."""

    def link() -> None:
        own = {a.quote: a.id for a in team.project.annotations.list(layer="mine")}
        team.project.relations.add(own[NO_SECRET], own[SECRET], "rebuts")

    return begin(team, story_markings(), link)
