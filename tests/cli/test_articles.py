"""Bringing articles in from the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator import open_project
from tests.cli.conftest import Annotator

LETTER = "The letter\n\n“I never wrote it,” said Ed Moss. – naïve 🌉\r\nA second line.\n"


@pytest.fixture
def story(annotator: Annotator, tmp_path: Path) -> Path:
    assert annotator("new", "story.annotator", "--analyst", "Ann Bell").code == 0
    return tmp_path / "story.annotator"


def test_an_article_is_added_with_what_is_told_about_it(annotator: Annotator, story: Path, tmp_path: Path) -> None:
    (tmp_path / "a b.txt").write_bytes(LETTER.encode())
    done = annotator(
        "import",
        story,
        "a b.txt",
        "--title",
        "A letter",
        "--outlet",
        "The Ferry",
        "--published-at",
        "2024-10",
        "--json",
    )
    assert done.code == 0
    (added,) = done.json["added"]
    with open_project(story) as project:
        article = project.articles.get(added["id"])
        assert (article.title, article.outlet, article.published_at) == ("A letter", "The Ferry", "2024-10")
        assert project.articles.text(article.id).text == LETTER.replace("\r\n", "\n")
        assert project.articles.text(article.id).source_bytes == LETTER.encode()


def test_several_files_go_in_and_the_refused_ones_are_told(annotator: Annotator, story: Path, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Some news.", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "page.html").write_text("<html><body><h1>Head</h1><p>Other news.</p></body></html>", encoding="utf-8")
    done = annotator("import", story, "good.txt", "empty.txt", "missing.txt", "page.html", "--json")
    assert done.code == 1
    assert [Path(entry["file"]).name for entry in done.json["added"]] == ["good.txt", "page.html"]
    assert [entry["file"] for entry in done.json["refused"]] == ["empty.txt", "missing.txt"]
    assert len(annotator("list", story, "--json").json) == 2


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8])
def test_what_is_no_text_is_refused(annotator: Annotator, story: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    done = annotator("import", story, "a.txt")
    assert done.code == 1
    assert "Traceback" not in done.err
    assert annotator("list", story, "--json").json == []


def test_the_same_text_twice_is_refused(annotator: Annotator, story: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Some news.", encoding="utf-8")
    assert annotator("import", story, "a.txt").code == 0
    done = annotator("import", story, "a.txt")
    assert done.code == 1
    assert len(annotator("list", story, "--json").json) == 1


def test_a_title_is_about_one_file(annotator: Annotator, story: Path) -> None:
    assert annotator("import", story, "a.txt", "b.txt", "--title", "Both").code == 2
    assert annotator("import", story, "a.txt", "--published-at", "soon").code == 2


def test_who_writes_can_be_said_each_time(annotator: Annotator, story: Path, tmp_path: Path) -> None:
    with open_project(story) as project:
        project.analysts.add("Cid Dorn")
    (tmp_path / "a.txt").write_text("Some news.", encoding="utf-8")
    assert annotator("import", story, "a.txt", "--as", "CD").code == 0
    assert annotator("import", story, "a.txt", "--as", "nobody").code == 1
    with open_project(story) as project:
        (article,) = project.articles.list()
        assert project.analysts.get(article.updated_by or "").name == "Cid Dorn"
