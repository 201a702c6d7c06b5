"""A project file with a revealed review session: three authors, a lead, and the reviewer who writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from annotator.services.project import Project, create_project
from tests.made_once import copy_at

LEAD, BEN, CY, EVE, REVIEWER = "Ann Bell", "Ben Cole", "Cy Dahl", "Eve Fox", "Rae Voss"
TOLLS = (
    "Council doubled bridge tolls in secret, ferry board says\n\n"
    "The council doubled the tolls on the Quill bridge in secret, Dora Quill of the ferry board said on Monday. "
    "‘Nobody asked us, and nobody told us,’ she added.\n\n"
    "“There was no secret,” said Ivo Brandt, who speaks for the council. ‘The register shows 4,200 crowns.’\n\n"
    "A clerk confirmed that the register had been open since March. Mr Brandt declined to comment on the ferry."
)
LEDGER = (
    "A ledger was shown to the council\n\n"
    "Tom Reed, the mayor, claimed that the bridge had been paid for twice. The ledger shows one payment alone.\n\n"
    "Ms Quill called the claim ‘a fairy tale’, and asked for the minutes of every meeting since the winter."
)
Marking = tuple[str, str, list[tuple[str, str]]]
QUILL, BRANDT, REED = ("Dora Quill", "speaker"), ("Ivo Brandt", "speaker"), ("Tom Reed", "speaker")
SECRET = "The council doubled the tolls on the Quill bridge in secret"
NO_SECRET = "“There was no secret,”"
REGISTER = "The register shows 4,200 crowns"
TWICE = "the bridge had been paid for twice"
MARKED: dict[str, list[Marking]] = {
    BEN: [
        (SECRET, "Claim", [QUILL]),
        ("Nobody asked us, and nobody told us", "Claim", [QUILL]),
        (NO_SECRET, "Denial", [BRANDT]),
        (REGISTER, "Evidence", []),
        (TWICE, "Claim", [REED]),
        ("The ledger shows one payment alone", "Evidence", []),
        ("a fairy tale", "Denial", [QUILL]),
    ],
    CY: [
        (SECRET, "Claim", [QUILL, ("The council", "target")]),
        ("Nobody asked us", "Claim", [QUILL]),
        ("nobody told us", "Denial", [QUILL]),
        (NO_SECRET, "Denial", [BRANDT]),
        ("The register shows 4,200 crowns", "Claim", [BRANDT]),
        (TWICE, "Claim", [REED]),
        ("Ms Quill called the claim ‘a fairy tale’", "Denial", [QUILL]),
    ],
    EVE: [
        (
            "The council doubled the tolls on the Quill bridge in secret, Dora Quill of the ferry board said",
            "Claim",
            [],
        ),
        ("‘Nobody asked us, and nobody told us,’", "Claim", [QUILL]),
        (NO_SECRET, "Denial", [BRANDT]),
        ("the register had been open since March", "Evidence", []),
        (TWICE, "Claim", [REED]),
        ("The ledger shows one payment alone", "Evidence", []),
    ],
}


def make_reviewed_file(path: Path, *, late: tuple[str, ...] = (), **settings: Any) -> Path:
    """Make the project, with the session revealed and nothing decided.

    ``late``: authors who have not submitted anything; ``settings``: of the session.
    """

    def make(first: Path) -> None:
        with create_project(str(first), name="The Quill bridge", analyst=LEAD) as project:
            fill(project, late, **settings)

    copy_at(path, make, ("reviewed", late, *settings.items()))
    return path


def fill(project: Project, late: tuple[str, ...] = (), **settings: Any) -> str:
    """Make articles, marks and the session; return its id. The reviewer writes from then on."""
    articles = [
        project.articles.add_text(TOLLS, outlet="Harbour Post", published_at="2026-11-20"),
        project.articles.add_text(LEDGER, outlet="The Courier", published_at="2026-11-21"),
    ]
    for name in (BEN, CY, EVE, REVIEWER):
        project.analysts.add(name)
    for name in ("Dora Quill", "Ivo Brandt", "Tom Reed", "The council"):
        project.people.add(name)
    members = [(name, "author") for name in (BEN, CY, EVE)] + [(REVIEWER, "reviewer")]
    ids = [article.id for article in articles]
    session = project.reviews.create("Week 47", articles=ids, members=members, **settings)
    project.reviews.open(session.id)
    for name, markings in MARKED.items():
        project.act_as(name)
        for words, tag, people in markings:
            mark(project, ids, words, tag, people)
        own = {a.quote: a.id for a in project.annotations.list(layer="mine")}
        if SECRET in own:
            project.relations.add(own[NO_SECRET], own[SECRET], "rebuts")
        for id_ in ids if name not in late else ():
            project.submissions.submit(session.id, id_)
    project.act_as(LEAD)
    project.reviews.reveal(session.id)
    project.act_as(REVIEWER)
    return session.id


def mark(project: Project, article_ids: list[str], words: str, tag: str, people: list[tuple[str, str]]) -> None:
    """Mark words in the article that has them, as who is writing."""
    for id_, text in zip(article_ids, (TOLLS, LEDGER), strict=True):
        if words in text:
            start = text.index(words)
            project.annotations.add(id_, start=start, end=start + len(words), tag=tag, people=people)
