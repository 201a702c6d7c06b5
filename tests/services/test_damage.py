"""Real damage: what the disk, another program or a cut short copy did to a file; it is found, and never made worse."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.errors import DamagedError, UserError
from annotator.services.care import backups_of, restore
from annotator.services.project import Project, create_project, open_project
from tests.services.conftest import TEXT

PAGE = 4096


@pytest.fixture
def file(project_path: Path) -> Path:
    """Return a closed project of some hundred pages, with passages, people and a backup."""
    with create_project(project_path, name="The bridge affair", analyst="Ann Bell") as project:
        for number in range(8):
            article = project.articles.add_text(f"Number {number}\n\n{TEXT * 20}", title=f"Number {number}")
            start = article_text(project, article.id).index("Nobody asked us")
            project.annotations.add(
                article.id, start=start, end=start + 15, tag="Claim", people=[("Dora Quill", "speaker")]
            )
        project.care.backup()
    sql(project_path, "VACUUM")
    return project_path


def article_text(project: Project, article_id: str) -> str:
    return project.articles.text(article_id).text


def sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def found_in(path: Path) -> str:
    """Return what opening a file and looking it over say is wrong; empty when nothing is."""
    try:
        with open_project(path, read_only=True) as project:
            return "\n".join(map(str, project.care.check().problems))
    except UserError as error:
        return str(error)


def search_broken(path: Path) -> bool:
    """Whether the search of a file is out of order; looked for in a copy, which may be written to."""
    copy = path.with_name("copy.annotator")
    copy.write_bytes(path.read_bytes())
    with open_project(copy) as project:
        return project.care.check().search_rebuilt


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_at(path: Path, offset: int, content: bytes) -> None:
    with path.open("r+b") as opened:
        opened.seek(offset)
        opened.write(content)


@pytest.mark.parametrize("fill", ["zeroed", "random"])
def test_a_page_that_was_lost_is_noticed_and_nothing_is_written(file: Path, fill: str) -> None:
    sound = file.read_bytes()
    draw = random.Random(23)
    unnoticed = []
    for page in draw.sample(range(1, len(sound) // PAGE), 12):
        file.write_bytes(sound)
        write_at(file, page * PAGE, bytes(PAGE) if fill == "zeroed" else draw.randbytes(PAGE))
        before = fingerprint(file)
        if not found_in(file) and not search_broken(file):
            unnoticed.append(page)
        assert fingerprint(file) == before
    assert unnoticed == []


@pytest.mark.parametrize("words", ["Nobody asked us", '"title":"Number 3', "Dora Quill"])
def test_a_bit_that_turned_in_a_text_a_quote_or_a_name_is_noticed(file: Path, words: str) -> None:
    sound = file.read_bytes()
    places = [at for at in range(len(sound)) if sound.startswith(words.encode(), at)]
    noticed = 0
    for at in places:
        file.write_bytes(sound)
        write_at(file, at, bytes([sound[at] ^ 1]))
        before = fingerprint(file)
        noticed += bool(found_in(file))
        assert fingerprint(file) == before
    assert noticed == len(places) > 0


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_cut_short_is_refused_set_aside_and_its_backup_takes_its_place(file: Path, share: float) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    before = fingerprint(file)
    with pytest.raises(DamagedError, match="damaged"):
        open_project(file)
    assert fingerprint(file) == before
    (told,) = backups_of(file)
    assert told.counts is not None
    assert told.counts.annotations == 8
    kept = restore(told.backup.path, file)
    assert kept is not None
    assert fingerprint(kept) == before
    assert ".damaged-" in kept.name
    assert found_in(file) == ""


def test_a_file_that_lost_its_beginning_is_known_by_its_backups(file: Path) -> None:
    write_at(file, 0, bytes(PAGE))
    before = fingerprint(file)
    with pytest.raises(DamagedError, match="does not begin as a project does"):
        open_project(file)
    kept = restore(backups_of(file)[0].backup.path, file)
    assert kept is not None
    assert fingerprint(kept) == before
    assert found_in(file) == ""


EDITS = {
    "quote": "UPDATE annotation SET quote = 'Another'",
    "tag": "UPDATE annotation SET tag_id = (SELECT id FROM tag WHERE name = 'Denial')",
    "dangling": "UPDATE annotation SET tag_id = 'nowhere'",
    "no such word": "UPDATE tag SET kind = 'rumour'",
    "name": "UPDATE person SET name = 'Dora Quilt'",
    "lost row": "DELETE FROM person",
    "lost passages": "DELETE FROM annotation",
    "lost parts": "DELETE FROM annotation_person",
    "part": "UPDATE annotation_person SET role = 'target'",
    "title": "UPDATE article SET title = 'Other'",
    "shown head": "UPDATE person SET version = ''",
    "conflict": "INSERT INTO other_head SELECT hash, entity_type, entity_id FROM version WHERE entity_type = 'person'",
}


@pytest.mark.parametrize("statement", EDITS.values(), ids=EDITS)
def test_a_row_that_was_edited_behind_the_programs_back_is_built_anew_from_its_history(
    file: Path, statement: str
) -> None:
    with open_project(file) as project:
        before = project.exchange.export()
    sql(file, "PRAGMA foreign_keys=OFF", statement)
    assert found_in(file)
    with open_project(file) as project:
        assert project.care.check().repairable
        repaired = project.care.repair()
        assert repaired.mended > 0
        assert repaired.report.passed, repaired.report.problems
        assert not repaired.report.repairable
        after = project.exchange.export()
        assert project.care.backups()[0].path == repaired.kept
        assert project.care.backups()[0].why == "repair"
    assert {**after, "exported_at": ""} == {**before, "exported_at": ""}
    assert repaired.kept is not None
    assert found_in(repaired.kept), "the backup holds the project as it was"


def test_a_text_that_was_changed_cannot_be_built_anew_and_stays_reported(file: Path) -> None:
    sql(file, "UPDATE text_version SET text = replace(text, 'Nobody', 'Anybody')")
    with open_project(file) as project:
        report = project.care.check()
        assert not report.passed
        assert not project.care.repair().report.passed
        assert project.care.check().problems == report.problems


def test_a_version_that_was_forged_is_not_believed(file: Path) -> None:
    sql(
        file,
        "UPDATE version SET content = CAST(replace(CAST(content AS TEXT), 'Dora', 'Cora') AS BLOB)"
        " WHERE entity_type = 'person'",
    )
    with open_project(file) as project:
        project.care.repair()
        assert [person.name for person in project.people.list()] == ["Dora Quill"]
        assert not project.care.check().passed


def test_an_index_that_lost_rows_is_built_anew(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_annotation_marks'").fetchone()[0]
    empty_leaf = bytes([10, 0, 0, 0, 0, PAGE >> 8, PAGE & 255, 0])
    write_at(file, (root - 1) * PAGE, empty_leaf + bytes(PAGE - len(empty_leaf)))
    damage = fingerprint(file)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    with open_project(file) as project:
        report = project.care.check()
        assert fingerprint(file) == damage, "looking writes nothing to a file that is not sound"
        assert (report.passed, report.repairable) == (False, True)
        repaired = project.care.repair()
        assert repaired.report.passed
    assert repaired.kept is not None
    assert ".damaged-" in repaired.kept.name
    assert found_in(repaired.kept)


FTS = {
    "rows lost": "DELETE FROM search_index_content",
    "words lost": "UPDATE search_index_data SET block = zeroblob(30) WHERE id > 10",
    "structure": "UPDATE search_index_data SET block = zeroblob(30)",
    "all lost": "DELETE FROM search_index_data",
    "other format": "DELETE FROM search_index_config",
    "table lost": "DROP TABLE search_index_data",
    "sizes lost": "DELETE FROM search_index_docsize",
}


@pytest.mark.parametrize("statement", FTS.values(), ids=FTS)
def test_a_broken_search_is_made_anew(file: Path, statement: str) -> None:
    sql(file, statement)
    with open_project(file) as project:
        assert project.care.check().search_rebuilt
        assert len(project.search.find("ferry owners")) > 0
        assert not project.care.check().search_rebuilt


def test_a_check_tells_how_far_it_is_and_can_be_stopped(file: Path) -> None:
    steps: list[tuple[int, int]] = []
    with open_project(file) as project:
        project.care.check(progress=lambda done, all_: steps.append((done, all_)))
        assert [(done, all_) for done, all_ in steps if all_ == 5] == [(done, 5) for done in range(5)]

        def stop(done: int, all_: int) -> None:
            if done / all_ >= 0.5:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            project.care.check(progress=stop)
        assert project.care.check().passed
