"""The commands that write the minutes of a review, what came back to an analyst, and the final version as a sheet."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Annotator


def test_minutes_are_written_to_a_file_or_to_the_output(annotator: Annotator, reviewed: Path, tmp_path: Path) -> None:
    page = tmp_path / "minutes.html"
    done = annotator("minutes", reviewed, "--session", "October", "-o", page)
    assert (done.code, done.out.strip()) == (0, str(page))
    written = page.read_text(encoding="utf-8")
    assert "Nobody says so." in written
    assert "Nobody says so." in annotator("minutes", reviewed).out


def test_returned_tells_an_analyst_why(annotator: Annotator, reviewed: Path) -> None:
    done = annotator("returned", reviewed, "--analyst", "BC")
    assert done.code == 0, done.err
    assert "Not taken" in done.out
    assert "Nobody says so." in done.out
    assert annotator("returned", reviewed, "--analyst", "AB").code != 0


def test_final_version_is_listed_and_exported_as_a_sheet(annotator: Annotator, reviewed: Path, tmp_path: Path) -> None:
    assert len(annotator("list", reviewed, "annotations", "--json").json) == 2
    (final,) = annotator("list", reviewed, "annotations", "--final", "--json").json
    assert final["quote"] == "“I never doubled them,”"
    sheet = tmp_path / "final.csv"
    done = annotator("export", reviewed, "-o", sheet, "--state", "final", "--session", "October", "--for", "client")
    assert done.code == 0, done.err
    written = sheet.read_text(encoding="utf-8-sig")
    assert "I never doubled them" in written
    assert "4,200" not in written
    assert annotator("verify", sheet).code == 0


def test_without_a_session_there_are_none(annotator: Annotator, tmp_path: Path) -> None:
    path = tmp_path / "bare.annotator"
    annotator("new", path, "--analyst", "Ann Bell")
    for words in (["minutes", path], ["list", path, "annotations", "--final"]):
        done = annotator(*words)
        assert done.code == 1
        assert "no review session" in done.err
