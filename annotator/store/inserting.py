"""Inserting rows as plain tuples: the statement is built once and the driver takes all rows in one call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table


class Inserter:
    """Inserts rows into one table; each row is a tuple of values in the order of ``names``."""

    def __init__(self, table: Table, names: Sequence[str] | None = None) -> None:
        self._table = table
        self._names = tuple(names if names is not None else table.c.keys())
        self._statements: dict[str, str] = {}

    def __call__(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert the rows; without any, nothing happens."""
        if rows:
            parameters = rows[0] if len(rows) == 1 else list(rows)
            connection.exec_driver_sql(self._statement(connection), parameters)

    def _statement(self, connection: Connection) -> str:
        dialect = connection.dialect
        statement = self._statements.get(dialect.name)
        if statement is None:
            quote = dialect.identifier_preparer.quote
            mark = "?" if dialect.paramstyle == "qmark" else "%s"
            columns = ", ".join(quote(name) for name in self._names)
            marks = ", ".join([mark] * len(self._names))
            statement = f"INSERT INTO {quote(self._table.name)} ({columns}) VALUES ({marks})"  # noqa: S608  (our names)
            self._statements[dialect.name] = statement
        return statement
