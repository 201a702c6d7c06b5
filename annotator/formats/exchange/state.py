"""What an exchange document is made of, on its way in and on its way out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from annotator.domain.entity import Entity
from annotator.domain.freeing import free_in_pieces
from annotator.domain.projects import Project
from annotator.domain.versions import Version
from annotator.formats.exchange.packet import PacketHead

E = TypeVar("E", bound=Entity)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One change as it travels; its order is local to a project file and does not."""

    id: str
    at: str
    analyst_id: str | None
    device: str
    label: str
    undoes_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectHistory:
    """What an export is made of: every known version, every change, and the texts that versions leave out.

    ``texts``: text version id -> its text and its original file, None when there is none.
    """

    versions: Collection[Version]
    changes: Sequence[JournalEntry] = ()
    texts: Mapping[str, tuple[str, bytes | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectState:
    """A whole project in memory: every entity with its tombstones, every known version by hash, every change."""

    entities: dict[type[Entity], list[Entity]]
    versions: dict[str, Version]
    changes: Sequence[JournalEntry] = ()

    def free(self) -> None:
        """Let go of everything, a little at a time: nobody needs it any more."""
        free_in_pieces(*self.entities.values(), self.versions)

    @property
    def project(self) -> Project:
        """The row that names the project."""
        (project,) = self.of(Project)
        return project

    def of(self, cls: type[E]) -> list[E]:
        """Return the entities of one class, by id, tombstones included."""
        return [entity for entity in self.entities.get(cls, ()) if isinstance(entity, cls)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What of a project is written.

    ``articles``: ids, all when None. ``analyst_id``: one layer only, all when None. ``review_state``: only passages and
    relations that stand there in the review, all when empty. ``session_id``: of the final versions only that of this
    review session, all when None. ``with_journal``: old versions, changes, tombstones and
    original files too. ``profile``: ``client`` for somebody outside the team, else empty. ``no_text``: leave the full
    texts out. ``packet``: the head of a review packet; what it may hold was cut to already (:mod:`.cutting`).
    """

    articles: frozenset[str] | None = None
    analyst_id: str | None = None
    review_state: str = ""
    session_id: str | None = None
    with_journal: bool = False
    profile: str = ""
    no_text: bool = False
    packet: PacketHead | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entity that was read, and where.

    ``path``: its JSON path. ``given``: the fields that a document of another program says itself, None in one of ours.
    """

    entity: Entity
    path: str
    given: frozenset[str] | None = None


@dataclass(slots=True)
class Counted:
    """What was compared and what could not be: quotes and texts whose full text was left out."""

    texts: int = 0
    texts_left_out: int = 0
    quotes: int = 0
    quotes_left_out: int = 0
    versions: int = 0
