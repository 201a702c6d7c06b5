"""The projects that everything is shown in: made in a folder, each with what some place of the program needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from annotator.domain.versions import content_of, version_hash
from annotator.services.project import open_project
from annotator.services.sample import make_sample
from tests.desktop.review.decided import BEN, REVIEWER, SECRET, make_reviewed_file
from tests.desktop.review.teams import ANN, LEAD, RAE, make_team_file
from tests.desktop.windows import make_project_file


def _nothing(_folder: Path) -> str:
    return ""


def _sample(folder: Path) -> Path:
    return make_sample(folder)


def _plain(folder: Path) -> Path:
    return make_project_file(folder / "bridge affair.annotator")


def _empty(folder: Path) -> Path:
    from annotator.services.project import create_project

    path = folder / "empty.annotator"
    create_project(str(path), name="Nothing yet", analyst=ANN).close()
    return path


def _corrected(folder: Path) -> Path:
    """A project whose passages were marked on an older text of the article."""
    path = _plain(folder)
    with open_project(str(path)) as project:
        article = next(s.article for s in project.articles.summaries() if s.total)
        text = project.articles.text(article.id).text
        project.articles.correct_text(
            article.id, text.replace("Nobody sold anything to anyone", "We sold nothing at all")
        )
    return path


def _conflict(folder: Path) -> Path:
    """A project in which two devices changed the same person."""
    path = _plain(folder)
    with open_project(str(path)) as project:
        person = project.people.add("Ivo Brandt", note="4,200")
        with project.context.read() as reader:
            (only,) = reader.versions("person", person.id).values()
        content = content_of(replace(person, note="4,300"))
        at = "2026-11-24T09:00:00.000Z"
        hash_ = version_hash("person", person.id, content, 1, (), at, only.by, "elsewhere")
        other = only._replace(hash=hash_, content=content, at=at, device="elsewhere", change_id=None)
        with project.context.write() as uow:
            uow.add_versions([other])
            project.context.commit(uow, "Merge")
    return path


def _matching(folder: Path) -> Path:
    """The lead's project, in which two authors have added the same person."""
    made = make_team_file(folder / "lead.annotator", worked=True)
    with open_project(str(made.path)) as project:
        for name in (ANN, BEN):
            project.act_as(name)
            project.people.add("Nora Vale")
        project.act_as(LEAD)
    return made.path


def _draft(folder: Path) -> Path:
    return make_team_file(folder / "lead.annotator", opened=False).path


def _working(folder: Path) -> Path:
    return make_team_file(folder / "lead.annotator", worked=True).path


def _author(folder: Path) -> Path:
    """The project of an author who is at work in an open session."""
    path = make_team_file(folder / "lead.annotator").path
    with open_project(str(path)) as project:
        project.act_as(ANN)
    return path


def _revealed(folder: Path) -> Path:
    """The lead's project after the reveal; the first disagreement is decided."""
    made = make_team_file(folder / "lead.annotator", worked=True, revealed=True)
    with open_project(str(made.path)) as project:
        project.act_as(RAE)
        project.deciding.accept(made.session_id, project.deciding.clusters(made.session_id)[0].key)
        project.act_as(LEAD)
    return made.path


def _closed(folder: Path) -> Path:
    path = _revealed(folder)
    with open_project(str(path)) as project:
        project.reviews.close(project.reviews.list()[0].id, LEAD, unfinished=True)
    return path


def _decided(folder: Path) -> Path:
    """Three authors who differ; the reviewer has taken a version and left a comment and a reason."""
    path = make_reviewed_file(folder / "reviewed.annotator")
    with open_project(str(path)) as project:
        session = project.reviews.list()[0].id
        (found,) = [
            one for one in project.deciding.clusters(session) if SECRET in {a.quote for a in one.cluster.annotations}
        ]
        project.act_as(REVIEWER)
        project.deciding.take(session, found.key, project.analysts.find(BEN).id)
    return path


PROJECTS: dict[str, Callable[[Path], Path | str]] = {
    "none": _nothing,
    "sample": _sample,
    "plain": _plain,
    "empty": _empty,
    "corrected": _corrected,
    "conflict": _conflict,
    "matching": _matching,
    "draft": _draft,
    "working": _working,
    "author": _author,
    "revealed": _revealed,
    "closed": _closed,
    "decided": _decided,
}
