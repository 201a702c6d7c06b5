"""The veil: what a blind session keeps from a viewer is not there for any statement that a reader runs.

Every statement gets a WITH clause in front that defines its tables anew under their own names, without the rows that
the viewer may not see. So there is one place where it is decided, and no read can forget it. Nothing is put in front
while nothing is sealed. The text is SQL that SQLite and PostgreSQL both understand, without SQLAlchemy, so that the
glance at the start goes by it too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from annotator.domain.entity import Entity, field_specs
from annotator.domain.people import Person
from annotator.domain.points import Point


class Proposer(NamedTuple):
    """An author whose new entries of the register are seen by nobody else yet.

    ``seq``, ``at``: since that place in the journal; since that time (UTC) where the place is not known.
    """

    analyst_id: str
    seq: int | None
    at: str


@dataclass(frozen=True, slots=True)
class Veil:
    """What one viewer may not see. ``layers``: (article id, analyst id). ``sessions``: those that are sealed."""

    viewer: str
    layers: tuple[tuple[str, str], ...]
    sessions: tuple[str, ...]
    proposers: tuple[Proposer, ...]

    @property
    def values(self) -> Mapping[str, str]:
        """The parameters of the WITH clause."""
        return {
            "veil_viewer": self.viewer,
            "veil_layers": json.dumps([f"{article_id} {analyst_id}" for article_id, analyst_id in self.layers]),
            "veil_sessions": json.dumps(self.sessions),
            "veil_proposers": json.dumps(self.proposers),
        }


class Shadow(NamedTuple):
    """One table of the WITH clause. ``once``: worked out once a statement, and not where it is used."""

    name: str
    query: str
    once: bool = False


def with_clause(dialect: str) -> str:
    """Return the whole WITH clause, to be put in front of a statement."""
    tables = (f"{name} AS {'' if once else 'NOT '}MATERIALIZED ({query})" for name, query, once in shadows(dialect))
    return f"WITH {', '.join(tables)} "


@cache
def shadows(dialect: str) -> tuple[Shadow, ...]:
    """Return the tables of the WITH clause, each using only tables of the database and those before it.

    Within a table's own query its name means the table of the database: PostgreSQL sees it so, SQLite has to be told.
    """
    real = "main." if dialect == "sqlite" else ""
    return (
        *_LISTS[dialect],
        Shadow("veil_proposed", _MADE.format(real=real), once=True),
        Shadow("veil_bare_change", _BARE_CHANGE.format(real=real)),
        Shadow("annotation", _ANNOTATION.format(real=real)),
        Shadow("relation", _RELATION.format(real=real)),
        Shadow("comment", _COMMENT.format(real=real)),
        Shadow("person", _register(Person, real)),
        Shadow("point", _register(Point, real)),
        Shadow("submission", _SUBMISSION.format(real=real)),
        Shadow("verdict", _VERDICT.format(real=real)),
        Shadow("decision", _DECISION.format(real=real)),
        Shadow("version", f"SELECT * FROM {real}version x WHERE {_IS_SEEN} AND NOT ({_TELLS[dialect]})"),  # noqa: S608
        Shadow("change", _CHANGE.format(real=real)),
        Shadow("other_head", f"SELECT * FROM {real}other_head x WHERE {_IS_SEEN}"),  # noqa: S608  (constants only)
        Shadow("search_entry", f"SELECT * FROM {real}search_entry x WHERE {_IS_SEEN}"),  # noqa: S608
    )


_LISTS = {
    "sqlite": (
        Shadow("veil_layer", "SELECT value AS place FROM json_each(:veil_layers)", once=True),
        Shadow("veil_session", "SELECT value AS id FROM json_each(:veil_sessions)", once=True),
        Shadow(
            "veil_proposer",
            "SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS seq, "
            "json_extract(value, '$[2]') AS at FROM json_each(:veil_proposers)",
            once=True,
        ),
    ),
    "postgresql": (
        Shadow(
            "veil_layer",
            "SELECT value AS place FROM json_array_elements_text(CAST(:veil_layers AS json)) AS value",
            once=True,
        ),
        Shadow(
            "veil_session",
            "SELECT value AS id FROM json_array_elements_text(CAST(:veil_sessions AS json)) AS value",
            once=True,
        ),
        Shadow(
            "veil_proposer",
            "SELECT value ->> 0 AS id, CAST(value ->> 1 AS bigint) AS seq, value ->> 2 AS at "
            "FROM json_array_elements(CAST(:veil_proposers AS json)) AS value",
            once=True,
        ),
    ),
}
_MADE = (
    'SELECT v.entity_id AS id FROM {real}version v JOIN veil_proposer p ON p.id = v."by" '
    "LEFT JOIN {real}change c ON c.id = v.change_id WHERE v.entity_type IN ('person', 'point') AND v.revision = 1 "
    "AND coalesce(c.seq > p.seq, v.at >= p.at)"
)
"""The entries that authors have made in the register since the opening; what they change of others is shared."""
_PROPOSED = "SELECT id FROM veil_proposed"

_BARE_CHANGE = (
    "SELECT c.id FROM {real}change c WHERE NOT EXISTS (SELECT 1 FROM {real}version v WHERE v.change_id = c.id) "
    "AND coalesce(c.analyst_id, '') NOT IN (SELECT id FROM veil_proposer)"
)
"""Changes of which no version is here, but for those by authors."""
_CHANGE = (
    "SELECT * FROM {real}change c WHERE c.analyst_id = :veil_viewer "
    "OR EXISTS (SELECT 1 FROM veil_bare_change b WHERE b.id = c.id) "
    "OR EXISTS (SELECT 1 FROM version v WHERE v.change_id = c.id)"
)

_OPEN_TO_ALL = "(x.session_id IS NULL OR x.session_id NOT IN (SELECT id FROM veil_session))"
"""Whether something belongs to no sealed session: its final version, verdicts and decisions wait for the reveal."""
_HIDDEN = "(SELECT place FROM veil_layer)"
"""Layers, each as one text (article, space, analyst): SQLite looks a pair up by going through the whole list."""
_ANNOTATION = (
    f"SELECT * FROM {{real}}annotation x WHERE {_OPEN_TO_ALL} "  # noqa: S608  (constants only)
    f"AND (x.session_id IS NOT NULL OR x.article_id || ' ' || x.analyst_id NOT IN {_HIDDEN})"
)
_RELATION = (
    f"SELECT * FROM {{real}}relation x WHERE {_OPEN_TO_ALL} "  # noqa: S608  (constants only)
    "AND EXISTS (SELECT 1 FROM annotation a WHERE a.id = x.source_id) "
    "AND EXISTS (SELECT 1 FROM annotation a WHERE a.id = x.target_id) "
    "AND (x.session_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM annotation a "
    f"WHERE a.id IN (x.source_id, x.target_id) AND a.article_id || ' ' || x.analyst_id IN {_HIDDEN}))"
)
_COMMENT = (
    f"SELECT * FROM {{real}}comment x WHERE x.article_id || ' ' || x.analyst_id NOT IN {_HIDDEN} "  # noqa: S608
    "AND (x.annotation_id IS NULL OR EXISTS (SELECT 1 FROM annotation a WHERE a.id = x.annotation_id)) "
    "AND NOT EXISTS (SELECT 1 FROM {real}comment p "
    f"WHERE p.id = x.parent_id AND p.article_id || ' ' || p.analyst_id IN {_HIDDEN})"
)
_SUBMISSION = f"SELECT * FROM {{real}}submission x WHERE x.analyst_id = :veil_viewer OR {_OPEN_TO_ALL}"  # noqa: S608
_VERDICT = (
    f"SELECT * FROM {{real}}verdict x WHERE {_OPEN_TO_ALL} "  # noqa: S608  (constants only)
    "AND EXISTS (SELECT 1 FROM annotation a WHERE a.id = x.annotation_id)"
)
_DECISION = (
    f"SELECT * FROM {{real}}decision x WHERE {_OPEN_TO_ALL} "  # noqa: S608  (constants only)
    "AND NOT EXISTS (SELECT 1 FROM cluster_member m WHERE m.parent_id = x.id "
    "AND NOT EXISTS (SELECT 1 FROM annotation a WHERE a.id = m.annotation_id))"
)


def _seen_by_type() -> Iterator[str]:
    for name in ("annotation", "relation", "comment", "person", "point", "submission", "verdict", "decision"):
        yield f"WHEN '{name}' THEN EXISTS (SELECT 1 FROM {name} s WHERE s.id = x.entity_id)"  # noqa: S608


_IS_SEEN = f"CASE x.entity_type {' '.join(_seen_by_type())} ELSE 1 = 1 END"


_PROPOSED_IN = "x.entity_type IN ('person', 'point') AND EXISTS (SELECT 1 FROM veil_proposed p WHERE {names})"
_TELLS = {
    "sqlite": _PROPOSED_IN.format(names="instr(x.content, p.id) > 0"),
    "postgresql": _PROPOSED_IN.format(names="position(convert_to(p.id, 'UTF8') IN x.content) > 0"),
}
"""Whether a version of another entry leads to a proposed one (an affiliation, a merge)."""


def _register(cls: type[Entity], real: str) -> str:
    """Return a table of the register without what authors proposed; what leads to such an entry leads nowhere."""
    columns = (
        f"CASE WHEN x.{spec.name} IN ({_PROPOSED}) THEN NULL ELSE x.{spec.name} END AS {spec.name}"
        if spec.optional and spec.ref in {Person.TYPE, Point.TYPE}
        else f'x."{spec.name}"'
        for spec in field_specs(cls)
        if spec.part is None
    )
    return f"SELECT {', '.join(columns)} FROM {real}{cls.TYPE} x WHERE x.id NOT IN ({_PROPOSED})"  # noqa: S608
