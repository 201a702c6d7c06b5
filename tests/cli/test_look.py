"""Looking at a project from the shell: lists, filters, search and figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator import open_project
from tests.cli.conftest import Annotator, FakeDesktop

TEXT = "The letter\n\n“I never wrote it,” said Ed Moss.\n\nThe ledger shows his hand, said Dora Quill."


@pytest.fixture
def story(annotator: Annotator, tmp_path: Path) -> Path:
    """Two articles of different dates; a denial by Ed Moss, evidence by Dora Quill, and a claim about Ed Moss."""
    path = tmp_path / "story.annotator"
    annotator("new", path, "--analyst", "Ann Bell")
    with open_project(path) as project:
        moss = project.people.add("Ed Moss", aliases=["Mr Moss"])
        quill = project.people.add("Dora Quill")
        first = project.articles.add_text(TEXT, title="The letter", outlet="The Ferry", published_at="2024-10-24")
        second = project.articles.add_text("Moss wrote the letter.", title="Moss again", published_at="2023-01")
        start = TEXT.index("“I never")
        project.annotations.add(first.id, start=start, end=start + 19, tag="Denial", people=[(moss, "speaker")])
        start = TEXT.index("The ledger")
        project.annotations.add(
            first.id,
            start=start,
            end=start + 26,
            tag="Evidence",
            people=[(quill, "speaker"), (moss, "about")],
            unsure=True,
        )
        project.annotations.add(second.id, start=0, end=21, tag="Claim", people=[(moss, "about")])
    return path


def quotes(annotator: Annotator, story: Path, *words: str) -> list[str]:
    done = annotator("list", story, "annotations", *words, "--json")
    assert done.code == 0, done.err
    return [row["quote"] for row in done.json]


def test_articles_are_listed_with_their_counts(annotator: Annotator, story: Path) -> None:
    done = annotator("list", story, "--json")
    assert [(a["title"], a["annotations"]) for a in done.json] == [("Moss again", 1), ("The letter", 2)]
    assert "The Ferry" in annotator("list", story).out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ["Moss wrote the letter", "“I never wrote it,”", "The ledger shows his hand"]),
        (["--person", "Ed Moss", "--role", "speaker"], ["“I never wrote it,”"]),
        (["--person", "mr moss", "--role", "about"], ["Moss wrote the letter", "The ledger shows his hand"]),
        (["--person", "Dora Quill"], ["The ledger shows his hand"]),
        (["--tag", "denial"], ["“I never wrote it,”"]),
        (["--tag", "Evidence"], ["The ledger shows his hand"]),
        (["--from", "2024"], ["“I never wrote it,”", "The ledger shows his hand"]),
        (["--to", "2023-12-31"], ["Moss wrote the letter"]),
        (["--article", "moss again"], ["Moss wrote the letter"]),
        (["--layer", "AB", "--text", "ledger"], ["The ledger shows his hand"]),
        (["--to-finish"], ["Moss wrote the letter", "“I never wrote it,”", "The ledger shows his hand"]),
    ],
)
def test_passages_are_narrowed_down(annotator: Annotator, story: Path, words: list[str], expected: list[str]) -> None:
    found = quotes(annotator, story, *words)
    assert [quote[: len(start)] for quote, start in zip(found, expected, strict=True)] == expected


def test_a_passage_is_printed_whole(annotator: Annotator, story: Path) -> None:
    (row,) = annotator("list", story, "annotations", "--tag", "denial", "--json").json
    assert TEXT[row["start"] : row["end"]] == row["quote"]
    assert row["people"] == [{"role": "speaker", "person_id": row["people"][0]["person_id"], "name": "Ed Moss"}]
    assert row["to_finish"] == ["denial_open"]
    assert (row["kind"], row["attribution"], row["analyst"]) == ("denial", "direct_quote", "Ann Bell")
    assert "Ed Moss" in annotator("list", story, "annotations").out


@pytest.mark.parametrize(
    "words", [["--person", "Nobody"], ["--tag", "Rumour"], ["--article", "No such"], ["--layer", "ZZ"]]
)
def test_a_name_that_nothing_has_is_told(annotator: Annotator, story: Path, words: list[str]) -> None:
    done = annotator("list", story, "annotations", *words)
    assert done.code == 1
    assert words[1] in done.err


def test_people_tags_and_analysts_are_listed(annotator: Annotator, story: Path) -> None:
    people = annotator("list", story, "people", "--json").json
    assert [(p["name"], p["annotations"], p["aliases"]) for p in people if p["name"] == "Ed Moss"] == [
        ("Ed Moss", 3, ["Mr Moss"])
    ]
    assert [t["name"] for t in annotator("list", story, "tags", "--json").json] == ["Claim", "Denial", "Evidence"]
    assert [a["initials"] for a in annotator("list", story, "analysts", "--json").json] == ["AB"]


def test_words_are_found_in_any_form(annotator: Annotator, story: Path) -> None:
    done = annotator("search", story, "LEDGER")
    assert done.code == 0
    assert "ledger" in done.out
    nothing = annotator("search", story, "xylophone")
    assert (nothing.code, nothing.out) == (0, "")
    assert nothing.err == "Nothing found.\n"
    assert annotator("search", story, '"; drop table --', "*", "NEAR(", "--json").json == []


def test_figures_count_by_kind(annotator: Annotator, story: Path) -> None:
    done = annotator("stats", story)
    assert done.code == 0
    assert "1 denial" in done.out
    assert annotator("stats", story, "--json").json["articles"] == 2


def test_a_reader_does_not_disturb_the_writer(annotator: Annotator, story: Path) -> None:
    """The command line reads while a window has the project open; writing then waits a moment and says who has it."""
    with open_project(story):
        assert annotator("list", story).code == 0
        (story.parent / "a.txt").write_text("Some news.", encoding="utf-8")
        refused = annotator("import", story, "a.txt")
    assert refused.code == 1
    assert "Nothing was written." in refused.err


@pytest.mark.parametrize("content", [None, b"", b"no project at all", b"SQLite format 3\0" + b"\0" * 200])
def test_what_is_no_project_is_told(annotator: Annotator, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "other.annotator"
    if content is not None:
        path.write_bytes(content)
    done = annotator("list", path)
    assert done.code == 1
    assert "Traceback" not in done.err
    assert content is None or path.read_bytes() == content


def test_render_writes_a_picture_or_a_pdf_by_the_files_name(
    annotator: Annotator, desktop: FakeDesktop, story: Path
) -> None:
    assert annotator("render", story, "-o", "page.PDF", "--paper", "letter").code == 0
    assert desktop.printed == [(str(story), Path("page.PDF"), None, "letter")]
    assert annotator("render", story, "-o", "page.png").code == 0
    assert len(desktop.rendered) == 1
    assert annotator("render", story, "-o", "page.pdf", "--paper", "a3").code == 2
