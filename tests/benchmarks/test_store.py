"""The store against the same rows through ``sqlite3`` with the same pragmas: what everything around it costs."""

from __future__ import annotations

import itertools
import json
import random
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from annotator.domain.annotations import Annotation, AnnotationPerson, Role
from annotator.domain.ids import new_id
from annotator.domain.versions import Version
from annotator.services.project import create_project, open_project
from annotator.settings import DeviceMemory
from annotator.store.database import Database
from annotator.store.driver import connect
from tests.benchmarks.conftest import Ratio
from tests.benchmarks.large import as_versions, make_project, take_in
from tests.benchmarks.raw import FIND, MARKS, Statement, played, recorded
from tests.factories import DEVICE, TEXT, Start, begin, make_article, make_text

MANY = 100_000
AT_A_TIME = 10_000
ON_ONE_ARTICLE = 10_000
ARTICLES, WORDS = 10_000, 1_000

_INDEXED = "every version becomes an entity, and its quote and its note are folded into words for the search"


@pytest.fixture
def begun(project_path: Path) -> Iterator[tuple[Database, Start]]:
    with Database.create(str(project_path)) as database:
        yield database, begin(database, text=TEXT * 500)


@pytest.fixture
def raw(begun: tuple[Database, Start], tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return a plain connection to a copy of the project, with the same pragmas."""
    path = tmp_path / "raw.annotator"
    begun[0].backup(path)
    connection = connect(path)
    yield connection
    connection.close()


def passages(start: Start, number: int) -> list[Annotation]:
    dice = random.Random(3)
    people = (
        AnnotationPerson(person_id=start.person.id, role=Role.SPEAKER),
        AnnotationPerson(person_id=start.person.id, role=Role.TARGET),
    )
    places = [(at, at + dice.randrange(20, 300)) for at in (dice.randrange(0, 40_000) for _ in range(number))]
    return [start.annotation(first, last, people=people) for first, last in places]


def merge(database: Database, versions: list[Version]) -> None:
    with database.write(analyst_id=None, device=DEVICE) as uow:
        uow.add_versions(versions)
        uow.commit("Merge")


def test_write_one_annotation(ratio: Ratio, begun: tuple[Database, Start], raw: sqlite3.Connection) -> None:
    database, start = begun
    waiting = iter(passages(start, 5000))

    def write() -> None:
        with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
            uow.put(next(waiting))
            uow.commit("Claim")

    write()
    ratio("write one annotation, 2 people, journal, commit", write, played(raw, recorded(database, write)), 8)


def test_load_the_marks_of_an_article(ratio: Ratio, begun: tuple[Database, Start]) -> None:
    database, start = begun
    take_in(database, passages(start, ON_ONE_ARTICLE), start.analyst.id)
    plain = connect(Path(database.location))

    def load() -> int:
        with database.read() as reader:
            return len(reader.marks(start.text.id))

    assert load() == ON_ONE_ARTICLE
    ratio("load the 10,000 marks of an article", load, lambda: plain.execute(MARKS, (start.text.id,)).fetchall(), 2)
    plain.close()


def test_insert_very_many(ratio: Ratio, begun: tuple[Database, Start], raw: sqlite3.Connection) -> None:
    database, start = begun
    source = as_versions(passages(start, AT_A_TIME), start.analyst.id)
    versions: list[Version] = []
    statements: list[Statement] = []
    runs = itertools.count()

    def prepare() -> None:
        if next(runs) % 2 == 0:  # the reference takes the rows of the run before it
            ids = [new_id() for _ in source]
            versions[:] = [
                v._replace(entity_id=id_, hash=sha256(id_.encode()).hexdigest())
                for v, id_ in zip(source, ids, strict=True)
            ]

    def insert() -> None:
        statements[:] = recorded(database, lambda: merge(database, versions))

    def insert_again() -> None:
        raw.execute("BEGIN IMMEDIATE")
        for statement, parameters in statements:
            if isinstance(parameters, list):
                raw.executemany(statement, parameters)
        raw.execute("COMMIT")

    name = f"insert {MANY:,} annotations as versions, {AT_A_TIME:,} at a time"
    ratio(name, insert, insert_again, 3, pairs=MANY // AT_A_TIME, before_each=prepare, reached=1.6, why=_INDEXED)


def test_export_very_many(ratio: Ratio, large_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "export.json"
    with open_project(large_file, memory=DeviceMemory(tmp_path / "device.json")) as project:
        document = project.exchange.export()
        ratio(
            "export 100,000 annotations against json.dumps of the same, 9 pairs",
            lambda: project.exchange.write(target),
            lambda: json.dumps(document),
            1,
            pairs=9,
        )


def test_export_after_a_deletion(ratio: Ratio, tmp_path: Path) -> None:
    memory = DeviceMemory(tmp_path / "device.json")
    with (
        make_project(tmp_path / "whole.annotator", memory, articles=20, passages=100) as whole,
        make_project(tmp_path / "less.annotator", memory, articles=20, passages=100) as less,
    ):
        less.annotations.delete(less.annotations.list()[0].id)
        target = tmp_path / "export.json"
        ratio(
            "export with a passage deleted against with all",
            lambda: less.exchange.write(target),
            lambda: whole.exchange.write(target),
            2,
        )


def test_search_many_articles(ratio: Ratio, begun: tuple[Database, Start]) -> None:
    database, start = begun
    dice = random.Random(5)
    vocabulary = [f"w{number}" for number in range(5000)]
    with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
        for number in range(ARTICLES):
            words = dice.choices(vocabulary, k=WORDS)
            words[dice.randrange(WORDS)] = "bridge"
            article = make_article(f"Article {number}")
            text = uow.put(make_text(article, " ".join(words)))
            uow.put(make_article(f"Article {number}", id=article.id, current_text_id=text.id))
        uow.commit("Many articles")
    plain = connect(Path(database.location))

    def find() -> int:
        with database.read() as reader:
            return len(reader.search("bridge", limit=50))

    assert find() == 50
    ratio("search a word that is in 10,000 articles", find, lambda: plain.execute(FIND, ('"bridge"*',)).fetchall(), 3)
    plain.close()


def test_undo_one_edit(ratio: Ratio, project_path: Path) -> None:
    with create_project(str(project_path), name="Undo", analyst="Ann Bell") as project:
        article = project.articles.add_text(TEXT, title="Short")
        annotation = project.annotations.add(article.id, start=0, end=9, tag="Claim")
        notes = itertools.count()

        def edit() -> None:
            project.annotations.edit(annotation.id, note=f"note {next(notes)}")

        ratio("undo one edit against the edit", project.history.undo, edit, 1.5, before_each=edit)
