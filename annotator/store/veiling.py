"""Statements behind the veil (see :mod:`annotator.store.veil`), as SQLAlchemy runs them."""

from __future__ import annotations

from functools import cache

from sqlalchemy import CTE, CompoundSelect, Executable, Select, TextClause, text

from annotator.store.veil import shadows, with_clause


def behind_veil(statement: Executable, dialect: str) -> Executable:
    """Return a statement that reads, with the tables of the veil in the place of the database's own."""
    if isinstance(statement, Select | CompoundSelect):
        return statement.add_cte(*_tables(dialect))
    if isinstance(statement, TextClause):
        return text(with_clause(dialect) + statement.text)
    raise TypeError(f"{type(statement).__name__} cannot be read behind the veil")


@cache
def _tables(dialect: str) -> tuple[CTE, ...]:
    return tuple(
        text(shadow.query).columns().cte(shadow.name).prefix_with(f"{'' if shadow.once else 'NOT '}MATERIALIZED")
        for shadow in shadows(dialect)
    )
