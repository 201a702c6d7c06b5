from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, text

from annotator.domain.entities import ENTITIES
from annotator.domain.entity import field_specs
from annotator.paths import data_folder
from annotator.store.database import Database
from annotator.store.migrate import migrate
from annotator.store.postgres import Address, PostgresConnections
from annotator.store.schema import ENTITY_TABLES, PART_TABLES, REVISION, metadata
from annotator.store.setup import found_version, install


def sqlite_schema(connection: Connection) -> dict[str, Any]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
    return {name: _columns_and_constraints(sql) for name, sql in rows}


def _columns_and_constraints(sql: str) -> Any:
    """Return the columns of a table in their order and its constraints in any; else the statement without spaces."""
    if not sql.startswith("CREATE TABLE"):
        return re.sub(r"\s+", "", sql).lower()
    body = " ".join(sql.split()).partition("(")[2].removesuffix(")")
    lines = [line.strip() for line in re.split(r",(?![^(]*\))", body)]
    return [line for line in lines if "CONSTRAINT" not in line], {line for line in lines if "CONSTRAINT" in line}


POSTGRES_SCHEMA = {
    "columns": """SELECT table_name, ordinal_position, column_name, data_type, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = current_schema()""",
    "indexes": """SELECT indexname, replace(indexdef, current_schema(), '') FROM pg_indexes
        WHERE schemaname = current_schema()""",
    "constraints": """SELECT conname, contype, condeferrable, condeferred,
        replace(pg_get_constraintdef(oid), current_schema(), '')
        FROM pg_constraint WHERE connamespace = current_schema()::regnamespace""",
}


def postgres_schema(connection: Connection) -> dict[str, Any]:
    return {name: {tuple(row) for row in connection.execute(text(query))} for name, query in POSTGRES_SCHEMA.items()}


def test_the_tables_equal_the_migrations_on_sqlite(tmp_path: Path) -> None:
    made, migrated = (create_engine(f"sqlite:///{tmp_path / name}") for name in ("made", "migrated"))
    with made.begin() as one, migrated.begin() as other:
        install(one)
        migrate(other)
        assert sqlite_schema(one) == sqlite_schema(other)
        assert len(sqlite_schema(one)) > 50
        assert found_version(one) == found_version(other) == int(REVISION)
        heads = [each.execute(text("SELECT id, seq FROM journal_head")).all() for each in (one, other)]
        assert heads[0] == heads[1] == [(1, 0)]
    made.dispose()
    migrated.dispose()


def test_the_tables_equal_the_migrations_on_postgresql(postgres_location: str) -> None:
    schemas = []
    address = Address.of(postgres_location)
    for make in (install, migrate):
        connections = PostgresConnections(address)
        with connections.changing(bare=True) as connection:
            connection.exec_driver_sql(f'CREATE SCHEMA "{address.schema}"')
            make(connection)
            schemas.append(postgres_schema(connection))
            connection.exec_driver_sql(f'DROP SCHEMA "{address.schema}" CASCADE')
        connections.close()
    assert schemas[0] == schemas[1]
    assert all(len(rows) > 20 for rows in schemas[0].values())


def test_a_file_made_after_a_schema_on_a_server_has_all_its_keys(tmp_path: Path, postgres_location: str) -> None:
    Database.create(postgres_location).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'later'}")
    with engine.begin() as connection:
        install(connection)
        assert "fk_article_current_text_id" in str(sqlite_schema(connection)["article"])
    engine.dispose()


def test_every_entity_and_part_has_a_table_with_its_fields() -> None:
    for cls in ENTITIES:
        fields = {spec.name for spec in field_specs(cls) if spec.part is None}
        assert set(ENTITY_TABLES[cls].c.keys()) == fields
        for spec in field_specs(cls):
            if spec.part is not None:
                columns = set(PART_TABLES[spec.part].c.keys()) - {"parent_id", "position", "analyst_id"}
                assert columns == {part.name for part in field_specs(spec.part)}


def test_every_foreign_key_is_deferred_named_and_indexed() -> None:
    for table in metadata.tables.values():
        whole = [index for index in table.indexes if index.dialect_options["sqlite"]["where"] is None]
        indexed = {next(iter(index.columns)).name for index in whole}
        indexed.add(next(iter(table.primary_key.columns)).name)
        for key in table.foreign_key_constraints:
            (column,) = key.columns
            assert (key.deferrable, key.initially) == (True, "DEFERRED")
            assert key.ondelete is None
            assert key.name == f"fk_{table.name}_{column.name}"
            assert column.name in indexed, f"{table.name}.{column.name}"


@pytest.mark.parametrize("script", sorted(data_folder("db").glob("versions/*.py")), ids=lambda path: path.name)
def test_migrations_import_nothing_of_the_program(script: Path) -> None:
    imports = re.findall(r"^(?:from|import) (\w+)", script.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(imports) <= {"alembic", "sqlalchemy"}


def test_making_and_opening_a_project_imports_no_alembic(tmp_path: Path) -> None:
    script = """
import sys
from annotator.store.database import Database
with Database.create(sys.argv[1]): pass
with Database.open(sys.argv[1]) as database, database.read() as reader: assert reader.head_seq() == 0
loaded = {name.partition(".")[0] for name in sys.modules}
assert not loaded & {"alembic", "mako", "PySide6", "psycopg"}, loaded
assert "sqlalchemy.orm" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "a.annotator")], check=True)
