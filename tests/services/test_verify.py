"""Verifying projects, exports and quote sheets; any change is noticed, and the place is named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.errors import InputError
from annotator.formats.export_formats import SHEETS, SheetFormat
from annotator.services.project import open_project
from annotator.services.verify import summary, verify_file
from tests.services.conftest import Story


@pytest.fixture
def marked(story: Story) -> Story:
    dora = story.project.people.add("Dora Quill")
    story.mark("Nobody asked us, and nobody told us", people=[(dora.id, "speaker")])
    story.mark("There was no secret", "Denial")
    return story


def test_an_export_passes_and_tells_what_was_checked(marked: Story, tmp_path: Path) -> None:
    marked.project.exchange.write(tmp_path / "a.json")
    verified = verify_file(tmp_path / "a.json")
    assert verified.passed
    assert summary(verified) == "1 text and 2 quotes checked; 10 versions checked; fingerprint compared"


def test_without_texts_the_quotes_are_counted_as_not_checkable(marked: Story, tmp_path: Path) -> None:
    marked.project.exchange.write(tmp_path / "a.json", no_text=True)
    verified = verify_file(tmp_path / "a.json")
    assert verified.passed
    assert summary(verified).startswith("0 texts and 0 quotes checked; 2 not checkable: text left out")


@pytest.mark.parametrize(("old", "new"), [("no secret", "no secrex"), ('"start": 0,', '"start": 1,')])
def test_an_export_with_one_character_changed_does_not(marked: Story, tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "a.json"
    marked.project.exchange.write(path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    verified = verify_file(path)
    assert not verified.passed
    assert all(problem.path.startswith("$.") for problem in verified.problems)


def test_a_project_passes(marked: Story) -> None:
    verified = marked.project.verify.run()
    assert verified.passed
    assert verified.counted.quotes == 2


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE annotation SET quote = replace(quote, 'secret', 'sekret')", ".quote"),
        ("UPDATE annotation SET start = start + 1", ".quote"),
        ("UPDATE text_version SET text = replace(text, 'secret', 'sekret')", ".sha256"),
        ("UPDATE version SET content = CAST(replace(CAST(content AS TEXT), 'secret', 'sekret') AS BLOB)", ".version"),
        ("UPDATE annotation SET note = 'by hand'", ""),
    ],
)
def test_a_project_file_that_was_edited_by_hand_does_not(marked: Story, statement: str, place: str) -> None:
    location = marked.project.location
    marked.project.close()
    with closing(sqlite3.connect(location)) as connection:
        connection.execute(statement)
        connection.commit()
    with open_project(location) as project:
        problems = project.verify.run().problems
    assert any(problem.path.endswith(place) for problem in problems)


OPTIONS: list[dict[str, Any]] = [{}, {"client": True}, {"no_text": True}]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("form", SHEETS, ids=lambda form: form.name)
def test_a_quote_sheet_passes_until_anything_in_it_is_changed(
    marked: Story, tmp_path: Path, form: SheetFormat, options: dict[str, Any]
) -> None:
    path = tmp_path / f"sheet{form.suffixes[-1]}"
    marked.project.quote_sheet.write(path, **options)
    verified = verify_file(path)
    assert verified.passed
    assert summary(verified) == "fingerprint compared"
    path.write_bytes(path.read_bytes().replace(b"no secret", b"no sekret", 1))
    verified = verify_file(path)
    assert not verified.passed
    assert verified.problems[0].path


def test_a_page_without_its_fingerprint_does_not_pass(marked: Story, tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    marked.project.quote_sheet.write(path)
    path.write_bytes(path.read_bytes().replace(b'id="fingerprint"', b'id="finger"'))
    assert "fingerprint is missing" in verify_file(path).problems[0].message


def test_a_csv_file_needs_its_hash_beside_it(marked: Story, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    marked.project.quote_sheet.write(path)
    beside = tmp_path / "sheet.csv.sha256"
    beside.write_text("nothing\n", encoding="utf-8")
    assert "no SHA-256" in verify_file(path).problems[0].message
    beside.unlink()
    with pytest.raises(InputError, match=r"no “sheet\.csv\.sha256” beside"):
        verify_file(path)


@pytest.mark.parametrize("form", SHEETS, ids=lambda form: form.name)
def test_a_quote_sheet_under_another_ending_is_verified_all_the_same(
    marked: Story, tmp_path: Path, form: SheetFormat
) -> None:
    path = tmp_path / "sheet.txt"
    marked.project.quote_sheet.write(path, format_name=form.name)
    assert verify_file(path).passed
    path.write_bytes(path.read_bytes().replace(b"no secret", b"no sekret", 1))
    assert not verify_file(path).passed


def test_what_cannot_be_verified_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words", encoding="utf-8")
    with pytest.raises(InputError, match="nothing that can be verified") as told:
        verify_file(tmp_path / "a.txt")
    assert all(sheet.name.upper() in told.value.advice for sheet in SHEETS)
    with pytest.raises(InputError, match="There is no file"):
        verify_file(tmp_path / "b.json")
