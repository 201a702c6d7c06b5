"""A project file that was made to do harm is refused before anything in it is computed, and left as it is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from annotator.domain.errors import StorageError, UserError
from annotator.services.project import create_project, open_project
from annotator.store import inspection
from annotator.store.database import Database

ENDLESS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "story.annotator"
    with create_project(path, name="Story", analyst="Ann Bell") as project:
        project.articles.add_text("A headline of some length\n\nNobody sold anything to anyone.")
    return path


@pytest.mark.parametrize(
    "statements",
    [
        (f"CREATE VIEW article_view AS {ENDLESS}",),
        (f"CREATE TRIGGER t AFTER INSERT ON annotation BEGIN INSERT INTO person (id) {ENDLESS}; END",),
        ("CREATE INDEX ix_mine ON person (length(name || zeroblob(900000000)))",),
        (
            "PRAGMA writable_schema=ON",
            "UPDATE sqlite_master SET sql = rtrim(sql, ')') || ', CHECK (zeroblob(9e8)))' WHERE name = 'person'",
        ),
    ],
    ids=["view", "trigger", "index", "check"],
)
def test_what_would_be_computed_is_refused(project: Path, statements: tuple[str, ...]) -> None:
    connection = sqlite3.connect(project, isolation_level=None)
    connection.execute("DELETE FROM person")
    for statement in statements:
        connection.execute(statement)
    connection.close()
    before = project.read_bytes()
    with pytest.raises(StorageError, match="did not make") as caught:
        Database.open(str(project))
    assert "could do harm" in caught.value.advice
    assert project.read_bytes() == before


def test_looking_a_file_over_ends_at_a_deadline(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "DEADLINE", -1.0)
    monkeypatch.setattr(inspection, "_STEPS", 1)
    before = project.read_bytes()
    with pytest.raises(StorageError, match="far longer to look over"):
        Database.open(str(project))
    assert project.read_bytes() == before


def test_a_search_whose_tables_were_edited_is_told_and_harms_nothing(project: Path) -> None:
    connection = sqlite3.connect(project)
    connection.execute("UPDATE search_index_data SET block = zeroblob(length(block))")
    connection.commit()
    connection.close()
    before = project.read_bytes()
    told = _search(project)
    assert told is None or told.advice
    assert project.read_bytes() == before


def _search(project: Path) -> UserError | None:
    try:
        with open_project(str(project), read_only=True) as opened:
            opened.search.find("headline")
    except UserError as error:
        return error
    return None
