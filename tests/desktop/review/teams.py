"""A team's project for tests of what is around a review: a lead, two authors, a reviewer, two articles, one session."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.services.project import Project, create_project
from tests.desktop.windows import OTHER, TEXT
from tests.made_once import copy_at

LEAD, ANN, BEN, RAE = "Lea Dahl", "Ann Bell", "Ben Cole", "Rae Voss"
DENIED = "Nobody sold anything to anyone"
GONE = "gone for 4,200 crowns"


@dataclass
class TeamFile:
    """The file of the lead, with the ids of what is in it."""

    path: Path
    session_id: str = ""
    articles: list[str] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)


def make_team_file(path: Path, *, opened: bool = True, worked: bool = False, revealed: bool = False) -> TeamFile:
    """Make the project; ``worked``: Ann submitted both articles and Ben the first; the lead is who writes there."""

    def make(first: Path) -> TeamFile:
        return _make(first, opened=opened, worked=worked, revealed=revealed)

    made = copy_at(path, make, ("team", opened, worked, revealed))
    return replace(made, path=path)


def _make(path: Path, *, opened: bool, worked: bool, revealed: bool) -> TeamFile:
    made = TeamFile(path)
    with create_project(str(path), name="The bridge affair", analyst=LEAD) as project:
        made.articles = [
            project.articles.add_text(TEXT, outlet="Harbour Post", published_at="2026-11-20").id,
            project.articles.add_text(OTHER, outlet="The Courier", published_at="2026-11-21").id,
        ]
        made.ids = {name: project.analysts.add(name).id for name in (ANN, BEN, RAE)}
        made.ids[LEAD] = project.analysts.find(LEAD).id
        project.people.add("Dora Quill")
        session = project.reviews.create(
            "First round",
            articles=made.articles,
            members=[(ANN, "author"), (BEN, "author"), (RAE, "reviewer")],
        )
        made.session_id = session.id
        if opened:
            project.reviews.open(session.id)
        if worked:
            _work(project, made)
        if revealed:
            project.reviews.reveal(session.id)
    return made


def _work(project: Project, made: TeamFile) -> None:
    for name in (ANN, BEN):
        project.act_as(name)
        mark(project, made.articles[0], DENIED, "Denial")
        mark(project, made.articles[0], GONE, "Claim" if name == ANN else "Evidence")
        project.submissions.submit(made.session_id, made.articles[0])
    project.act_as(ANN)
    project.submissions.submit(made.session_id, made.articles[1])
    project.act_as(LEAD)


def mark(project: Project, article_id: str, words: str, tag: str) -> str:
    """Mark words of an article for who is writing; return the passage's id."""
    start = project.articles.text(article_id).text.index(words)
    return project.annotations.add(article_id, start=start, end=start + len(words), tag=tag).id
