from __future__ import annotations

import gzip
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest

from annotator import paths
from annotator.domain.annotations import Annotation, AnnotationPerson, Role
from annotator.domain.errors import StorageError
from annotator.domain.relations import Relation, RelationKind
from annotator.domain.reviews import ReviewSession
from annotator.services.care import upgrade
from annotator.store import migrate, setup
from annotator.store.database import Database
from annotator.store.driver import SCHEMA_VERSION
from tests.factories import DEVICE, begin, put

NEXT = SCHEMA_VERSION + 1
GOLDEN = Path(__file__).parent / "golden"
REBUILD = """
    op.create_index("ix_person_name", "person", ["name"])
    with op.batch_alter_table("annotation", recreate="always") as batch:
        batch.alter_column("note", nullable=True)
"""
FAIL = """
    op.create_index("ix_person_name", "person", ["name"])
    op.execute("UPDATE person SET name = 'half'")
    raise ValueError("the migration has a defect")
"""
LOSE = """
    op.execute("DELETE FROM person")
"""
SCRIPT = """
import sqlalchemy as sa
from alembic import op
revision = "{next:04d}"
down_revision = "{present:04d}"
def upgrade():
"""


@pytest.fixture
def older(location: str) -> str:
    """Return the location of a closed project with an annotation, of the format that is the present one as yet."""
    with Database.create(location) as database:
        start = begin(database)
        people = (AnnotationPerson(person_id=start.person.id, role=Role.SPEAKER),)
        put(database, start.annotation(people=people), by=start.analyst)
    return location


@pytest.fixture
def older_file(project_path: Path) -> Path:
    with Database.create(str(project_path)) as database:
        start = begin(database)
        people = (AnnotationPerson(person_id=start.person.id, role=Role.SPEAKER),)
        put(database, start.annotation(people=people), by=start.analyst)
    return project_path


def next_format(monkeypatch: pytest.MonkeyPatch, folder: Path, change: str) -> None:
    """Let the program be one format newer, with a migration that does ``change``."""
    shutil.copytree(paths.data_folder("db"), folder / "db", ignore=shutil.ignore_patterns("__pycache__"))
    script = SCRIPT.format(next=NEXT, present=SCHEMA_VERSION)
    (folder / "db" / "versions" / f"{NEXT:04d}_later.py").write_text(script + change, encoding="utf-8")
    monkeypatch.setattr(migrate, "data_folder", lambda name: folder / name)
    monkeypatch.setattr(setup, "SCHEMA_VERSION", NEXT)


def annotations_in(location: str, *, read_only: bool = False) -> list[Annotation]:
    with Database.open(location, read_only=read_only, wait=0) as database, database.read() as reader:
        return reader.all(Annotation)


def format_of(path: Path) -> tuple[int, list[str]]:
    connection = sqlite3.connect(path)
    number = connection.execute("PRAGMA user_version").fetchone()[0]
    indexes = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE name = 'ix_person_name'")]
    connection.close()
    return number, indexes


def test_an_older_file_is_upgraded_after_a_backup(
    older_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = annotations_in(str(older_file))
    next_format(monkeypatch, tmp_path, REBUILD)
    assert annotations_in(str(older_file)) == before, "rebuilding a table loses no parts"
    assert len(before[0].people) == 1
    assert format_of(older_file) == (NEXT, ["ix_person_name"])
    (backup,) = paths.user_data_folder().rglob("*-upgrade.annotator")
    assert format_of(backup) == (SCHEMA_VERSION, [])


@pytest.mark.parametrize(("change", "words"), [(FAIL, "the migration has a defect"), (LOSE, "refers to nothing")])
def test_an_upgrade_that_fails_changes_nothing_and_names_the_backup(
    older_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, words: str
) -> None:
    before = older_file.read_bytes()
    next_format(monkeypatch, tmp_path, change)
    with pytest.raises(StorageError, match=words) as caught:
        Database.open(str(older_file))
    (backup,) = paths.user_data_folder().rglob("*-upgrade.annotator")
    assert str(backup) in caught.value.advice
    assert older_file.read_bytes() == before
    assert not older_file.with_name(f".~{older_file.name}.lock").exists()


def test_an_older_file_that_is_read_only_is_read_through_an_upgraded_copy(
    older_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    before, content = annotations_in(str(older_file)), older_file.read_bytes()
    next_format(monkeypatch, tmp_path, REBUILD)
    with Database.open(str(older_file), read_only=True) as database:
        assert f"older format ({SCHEMA_VERSION})" in database.read_only_reason
        assert database.location == str(older_file)
        with database.read() as reader:
            assert reader.all(Annotation) == before
        (copy,) = scratch.rglob(older_file.name)
        assert format_of(copy)[0] == NEXT
    assert list(scratch.iterdir()) == []
    assert older_file.read_bytes() == content


def test_an_older_project_on_a_server_is_upgraded_by_its_command_alone(
    postgres_location: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Database.create(postgres_location) as database:
        start = begin(database)
        put(database, start.annotation(), by=start.analyst)
    before = annotations_in(postgres_location)
    next_format(monkeypatch, tmp_path, '    op.create_index("ix_person_name", "person", ["name"])\n')
    with pytest.raises(StorageError, match="older format") as caught:
        Database.open(postgres_location)
    assert "annotator upgrade" in caught.value.advice
    assert upgrade(postgres_location)
    assert not upgrade(postgres_location)
    assert annotations_in(postgres_location) == before


def test_a_file_is_upgraded_by_the_command_once(
    older_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    next_format(monkeypatch, tmp_path, REBUILD)
    assert upgrade(str(older_file))
    assert not upgrade(str(older_file))


def test_a_newer_project_is_refused_by_name(older: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "SCHEMA_VERSION", 0)
    with pytest.raises(StorageError, match="newer version of Annotator"):
        Database.open(older)


def test_a_project_is_not_upgraded_under_a_writer(
    older_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Database.open(str(older_file)) as writer:
        next_format(monkeypatch, tmp_path, REBUILD)
        with pytest.raises(StorageError, match="open for writing"):
            upgrade(str(older_file))
        with writer.write(analyst_id=None, device=DEVICE):
            pass
    assert format_of(older_file) == (SCHEMA_VERSION, [])


@pytest.mark.parametrize("number", range(1, SCHEMA_VERSION))
def test_a_file_of_every_earlier_format_is_upgraded_and_sound(tmp_path: Path, number: int) -> None:
    """``golden/format-N.annotator.gz``: a project with two passages, a relation and a note, as it was written then."""
    path = tmp_path / "bridge.annotator"
    path.write_bytes(gzip.decompress((GOLDEN / f"format-{number}.annotator.gz").read_bytes()))
    assert format_of(path)[0] == number
    with Database.open(str(path), wait=0) as database, database.read() as reader:
        assert sorted(annotation.note for annotation in reader.all(Annotation)) == ["", "as it was"]
        assert [relation.kind for relation in reader.all(Relation)] == [RelationKind.REBUTS]
        assert reader.all(ReviewSession) == []
    assert format_of(path)[0] == SCHEMA_VERSION
