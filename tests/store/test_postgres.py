from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, make_url

from annotator.domain.errors import ConflictError, NotFoundError, RuleError, StorageError, UsageError
from annotator.domain.people import Person
from annotator.store.database import Database
from annotator.store.postgres import Address
from tests.factories import DEVICE, begin, make_person, put


@pytest.mark.parametrize(
    ("location", "schema", "shown"),
    [
        ("postgresql+psycopg://ann@db/stories", "annotator", "postgresql+psycopg://ann@db/stories?schema=annotator"),
        ("postgresql://ann:secret@db/stories?schema=a_1", "a_1", "postgresql+psycopg://ann@db/stories?schema=a_1"),
    ],
)
def test_an_address_names_a_schema_and_is_shown_without_a_password(location: str, schema: str, shown: str) -> None:
    address = Address.of(location)
    assert (address.schema, address.shown) == (schema, shown)
    assert "secret" not in repr(address.url)
    assert "schema" not in address.url.query


@pytest.mark.parametrize(
    "location",
    [
        "postgresql+nothing://db/x",
        "postgresql://db/x?schema=Robert'); DROP SCHEMA annotator; --",
        "postgresql://db/x?schema=a&schema=b",
        "postgresql://db:port/x",
        "postgresql",
    ],
)
def test_what_is_no_address_is_refused(location: str) -> None:
    with pytest.raises(UsageError):
        Address.of(location)


def test_a_server_that_is_not_there(tmp_path_factory: pytest.TempPathFactory) -> None:
    nowhere = f"postgresql+psycopg://ann:secret@/x?host={tmp_path_factory.mktemp('empty')}"
    with pytest.raises(StorageError, match="cannot be reached") as caught:
        Database.open(nowhere)
    assert "secret" not in f"{caught.value} {caught.value.__cause__}"


def test_no_project_in_the_schema(postgres_location: str) -> None:
    with pytest.raises(NotFoundError, match="no project"):
        Database.open(postgres_location)


def test_a_schema_in_use_is_not_taken(postgres_location: str) -> None:
    with Database.create(postgres_location) as database:
        begin(database)
    with pytest.raises(StorageError, match="in use"):
        Database.create(postgres_location)
    with Database.open(postgres_location) as database, database.read() as reader:
        assert reader.count(Person) == 1


def test_projects_side_by_side_do_not_see_each_other(postgres_location: str, postgres_url: str) -> None:
    address = Address.of(postgres_location)
    other = f"{address.schema}_b"
    location = make_url(postgres_url).update_query_dict({"schema": other}).render_as_string(hide_password=False)
    with Database.create(postgres_location) as one, Database.create(location) as two:
        begin(one)
        with two.read() as reader:
            assert reader.count(Person) == 0
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {other} CASCADE")
    engine.dispose()


def test_two_colleagues_edit_the_same_and_the_second_is_told(postgres_location: str) -> None:
    with Database.create(postgres_location) as database, Database.open(postgres_location) as colleague:
        start = begin(database)
        put(colleague, replace(start.person, name="Theirs"), by=start.analyst)
        with pytest.raises(ConflictError):
            put(database, replace(start.person, name="Mine"), by=start.analyst)
        with database.read() as reader:
            assert [person.name for person in reader.all(Person)] == ["Theirs"]
            assert reader.head_seq() == 2


def sever(postgres_url: str) -> None:
    """End every other session, as a server that is restarted does."""
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database() AND application_name = ''"
        )
    engine.dispose()


def test_a_connection_that_broke_while_idle_is_made_again(postgres_location: str, postgres_url: str) -> None:
    with Database.create(postgres_location) as database:
        start = begin(database)
        sever(postgres_url)
        put(database, replace(start.person, name="After"), by=start.analyst)
        sever(postgres_url)
        with database.read() as reader:
            assert [person.name for person in reader.all(Person)] == ["After"]


def test_a_connection_that_breaks_in_a_change_saves_nothing_and_the_next_goes_on(
    postgres_location: str, postgres_url: str
) -> None:
    with Database.create(postgres_location) as database:
        start = begin(database)
        person = replace(start.person, name="Later")

        def change() -> None:
            with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
                uow.put(person)
                sever(postgres_url)
                uow.commit("Broken")

        with pytest.raises(StorageError, match="cannot be reached"):
            change()
        with database.read() as reader:
            assert reader.all(Person) == [start.person]
        put(database, person, by=start.analyst)


class Deaf:
    """A transaction that is committed by the server while the answer is lost."""

    def __init__(self, database: Database, postgres_url: str) -> None:
        self._connections = database._connections
        self._real = self._connections._transaction
        self._url = postgres_url

    @property
    def is_active(self) -> bool:
        return self._real is not None and self._real.is_active

    def rollback(self) -> None:
        assert self._real is not None
        self._real.rollback()

    def commit(self) -> None:
        assert self._real is not None
        assert self._connections._writer is not None
        self._real.commit()
        sever(self._url)
        self._connections._writer.exec_driver_sql("SELECT 1")


def test_a_commit_whose_answer_was_lost_counts_when_the_server_did_it(
    postgres_location: str, postgres_url: str
) -> None:
    with Database.create(postgres_location) as database:
        start = begin(database)
        with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
            person = uow.put(replace(start.person, name="Saved"))
            database._connections._transaction = Deaf(database, postgres_url)  # type: ignore[assignment]
            change = uow.commit("Saved, but nobody heard")
        assert change.after("person") == (person,)
        with database.read() as reader:
            assert reader.all(Person) == [person]
            assert reader.changes()[-1].id == change.id


def test_a_link_to_nothing_is_named(postgres_location: str) -> None:
    with Database.create(postgres_location) as database:
        start = begin(database)
        with pytest.raises(RuleError, match="refers to an article"):
            put(database, make_person(article_id="nowhere"), by=start.analyst)


def test_without_the_package_for_servers_one_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UsageError, match="psycopg"):
        Database.open("postgresql://ann@db/stories")
