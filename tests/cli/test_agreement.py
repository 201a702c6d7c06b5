"""The command that prints a team's agreement."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator import open_project
from tests.cli.conftest import Annotator

TEXT = "The tolls\n\n“I never doubled them,” said Ivo Brandt.\n\nThe ledger shows 4,200 crowns."


@pytest.fixture
def story(annotator: Annotator, tmp_path: Path) -> Path:
    """Two analysts on one article: they share a denial and differ on another passage."""
    path = tmp_path / "story.annotator"
    annotator("new", path, "--analyst", "Ann Bell")
    with open_project(path) as project:
        article = project.articles.add_text(TEXT, title="The tolls")
        brandt = project.people.add("Ivo Brandt")
        start, ledger = TEXT.index("“I never"), TEXT.index("The ledger")
        people = [(brandt, "speaker")]
        project.annotations.add(article.id, start=start, end=start + 23, tag="Denial", people=people)
        project.act_as("Ben Cole", create=True)
        project.annotations.add(article.id, start=start + 1, end=start + 21, tag="Denial", people=people)
        project.annotations.add(article.id, start=ledger, end=len(TEXT), tag="Evidence")
    return path


def test_figures_are_printed_for_people(annotator: Annotator, story: Path) -> None:
    done = annotator("agreement", story)
    assert done.code == 0, done.err
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert lines[0] == "all articles: 2 analysts, 1 article that two or more of them have submitted"
    assert "same passages 0.67 3" in lines
    assert "same people 1.00 2" in lines
    assert "same relations – 0" in lines
    assert "– same relations: no relation lies between passages that were marked by two analysts." in lines
    assert any(line.startswith("– same tag (Cohen’s κ)") and "only one tag was used" in line for line in lines)
    assert any(line.startswith("The tolls 0.67") for line in lines)
    assert "* experimental" in lines


def test_figures_are_printed_for_programs(annotator: Annotator, story: Path) -> None:
    found = annotator("agreement", story, "--json").json
    assert found["session"] is None
    assert [analyst["name"] for analyst in found["analysts"]] == ["Ann Bell", "Ben Cole"]
    whole = found["now"]["whole"]["figures"]
    assert whole["same_passage"]["value"] == pytest.approx(2 / 3)
    assert len(whole["same_passage"]["annotations_apart"]) == 1
    assert whole["same_relations"]["value"] is None
    assert whole["same_relations"]["reason"].startswith("no relation")
    assert whole["u_alpha"]["experimental"]
    assert [(tag["name"], tag["figures"]["same_passage"]["value"]) for tag in found["now"]["tags"]] == [
        ("Claim", None),
        ("Denial", 1.0),
        ("Evidence", 0.0),
    ]
    cells = {
        (cell["one"] is None, cell["other"] is None, cell["number"]) for cell in found["now"]["whole"]["confusion"]
    }
    assert cells == {(False, False, 1), (True, False, 1)}


def test_a_blind_session_is_refused_with_its_reason(annotator: Annotator, story: Path) -> None:
    with open_project(story) as project:
        project.analysts.add("Cy Dahl")
        articles = [article.id for article in project.articles.list()]
        members = [("Ann Bell", "author"), ("Cy Dahl", "author"), ("Ben Cole", "reviewer")]
        session = project.reviews.create("October", articles=articles, members=members)
        project.reviews.open(session.id)
    done = annotator("agreement", story)
    assert done.code == 1
    assert "has not been revealed" in done.err
    assert annotator("agreement", story, "--session", "Spring").code == 1
    assert "October" in annotator("agreement", story, "--session", "Spring").err
