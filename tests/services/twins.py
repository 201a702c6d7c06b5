"""Two copies of one project: in one of them a hidden author has worked, in the other not.

What a service returns to somebody from whom that work is kept must be the same in both: so no id, no word and no
number of it can be in it.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from pathlib import Path

from annotator.domain.annotations import Annotation, AnnotationPerson, Role
from annotator.domain.codebook import Tag
from annotator.domain.errors import UserError
from annotator.services.context import live
from annotator.services.project import Project, create_project, open_project
from annotator.settings import DeviceMemory
from tests.services.conftest import TEXT

_FRESH = re.compile(
    r"[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|"
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z"
)
_OF_THE_FILE = frozenset({"seq", "backup", "path"})
"""Fields that say where something stands in this file or on this disk, and nothing of what it is."""


@dataclass(frozen=True)
class Ids:
    """What there is in both twins, by what it is, and what the hidden author made."""

    session: str
    held: str
    free: str
    text: str
    tag: str
    mine: str
    other_mine: str
    free_passage: str
    relation: str
    comment: str
    person: str
    spare_person: str
    gone_person: str
    point: str
    change: str
    viewer: str
    hidden_author: str
    hidden: Mapping[str, str]


class Copies:
    """Copies of the twins, open for one viewer; taken anew once something was written into them."""

    def __init__(self, without: Path, having: Path, viewer: str | None, folder: Path) -> None:
        self._sources = without, having
        self._viewer = viewer
        self._folder = folder
        self._seqs: tuple[int, ...] = ()
        self._projects: list[Project] = []

    @property
    def without(self) -> Project:
        return self._projects[0]

    @property
    def having(self) -> Project:
        return self._projects[1]

    def refresh(self) -> None:
        """Take fresh copies, if anything was written into these."""
        if self._projects and self._seqs == self._written():
            return
        self.close()
        for name, source in zip(("without", "having"), self._sources, strict=True):
            copy = self._folder / f"{name}.annotator"
            shutil.copyfile(source, copy)
            memory = DeviceMemory(self._folder / "device.json")
            self._projects.append(open_project(copy, analyst=self._viewer, memory=memory))
        self._seqs = self._written()

    def _written(self) -> tuple[int, ...]:
        found = []
        for project in self._projects:
            with project.context.read() as reader:
                found.append(reader.head_seq())
        return tuple(found)

    def close(self) -> None:
        for project in self._projects:
            project.close()
        self._projects.clear()


@dataclass(frozen=True)
class Twins:
    """The two files, and a device on which nobody is remembered."""

    without: Path
    having: Path
    ids: Ids
    known: frozenset[str]
    """All ids, hashes and times that are in the first."""
    folder: Path

    _open: dict[str | None, Copies] = field(default_factory=dict)

    def copies(self, viewer: str | None) -> Copies:
        """Return copies of both, open for a viewer, as they were at the beginning."""
        found = self._open.get(viewer)
        if found is None:
            folder = self.folder / (viewer or "nobody")
            folder.mkdir()
            found = self._open[viewer] = Copies(self.without, self.having, viewer, folder)
        found.refresh()
        return found

    def close(self) -> None:
        """Close all copies."""
        for found in self._open.values():
            found.close()

    def compare(self, viewer: str | None, call: Callable[[Project], object]) -> tuple[object, object]:
        """Return what a call gives on a copy of each."""
        copies = self.copies(viewer)
        return self.outcome(copies.without, call), self.outcome(copies.having, call)

    def outcome(self, project: Project, call: Callable[[Project], object]) -> object:
        """Return what a call gives in plain values, without what differs between any two calls."""
        try:
            return self.plain(call(project))
        except UserError as error:
            return (type(error).__name__, self.plain(str(error)))

    def plain(self, value: object) -> object:
        """Return a value as tuples, texts and numbers, with a word for every id, hash and time that is new."""
        if isinstance(value, str | Path | bytes):
            words = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
            words = words.replace("having.annotator", "without.annotator")
            return _FRESH.sub(lambda match: match.group() if match.group() in self.known else "<new>", words)
        if value is None or isinstance(value, bool | int | float | Enum):
            return value
        if is_dataclass(value) and not isinstance(value, type):
            kept = (f.name for f in fields(value) if f.name not in _OF_THE_FILE)
            return (type(value).__name__, *((name, self.plain(getattr(value, name))) for name in kept))
        if isinstance(value, Mapping):
            return sorted((self.plain(one) for one in value.items()), key=repr)
        if isinstance(value, set | frozenset):
            return sorted((self.plain(one) for one in value), key=repr)
        if isinstance(value, tuple | list):
            return [self.plain(one) for one in value]
        raise TypeError(f"what is in a {type(value).__name__}?")


def make_twins(folder: Path) -> Twins:
    """Make a project with a sealed session in which Cy has worked, and a copy in which Ben has worked too."""
    base = folder / "base.annotator"
    with create_project(base, name="Tolls", analyst="Ann Bell", memory=DeviceMemory(folder / "maker.json")) as project:
        found = _prepared(project)
    having = folder / "worked.annotator"
    shutil.copyfile(base, having)
    with open_project(having, analyst="Ben Cole", memory=DeviceMemory(folder / "maker.json")) as project:
        hidden = _hidden_work(project, found)
    ids = Ids(**found, hidden=hidden)
    return Twins(base, having, ids, _in(base), folder)


def _prepared(project: Project) -> dict[str, str]:
    held = project.articles.add_text(TEXT, title="Tolls doubled")
    free = project.articles.add_text("A second text, about the ferry.\n\nNobody marked much in it.", title="Ferry")
    person = project.people.add("Dora Quill", aliases=["Ms Quill"])
    spare = project.people.add("Ivo Brandt")
    gone = project.people.add("Someone Else")
    project.people.delete(gone.id)
    point = project.points.add("The tolls were doubled in secret.")
    spare_tag = project.codebook.add("Rumour", kind="claim")
    names = {name: project.analysts.add(name).id for name in ("Ben Cole", "Cy Dahl", "Rae Voss")}
    session = project.reviews.create(
        "First round",
        articles=[held.id],
        members=[("Ben Cole", "author"), ("Cy Dahl", "author"), ("Rae Voss", "reviewer")],
    )
    project.reviews.open(session.id)
    project.act_as("Ben Cole")
    free_passage = project.annotations.add(free.id, start=0, end=13, tag="Claim")
    project.submissions.submit(session.id, held.id)
    project.act_as("Cy Dahl")
    mine = project.annotations.add(held.id, start=0, end=7, tag="Claim", people=[(person, "speaker")], points=[point])
    other = project.annotations.add(held.id, start=16, end=22, tag="Denial", note="from the headline")
    relation = project.relations.add(other.id, mine.id, "rebuts")
    comment = project.comments.add(held.id, "Is that so?", annotation_id=mine.id)
    change = project.history.recent(1)[0].change.id
    return {
        "session": session.id,
        "held": held.id,
        "free": free.id,
        "text": held.current_text_id or "",
        "tag": spare_tag.id,
        "mine": mine.id,
        "other_mine": other.id,
        "free_passage": free_passage.id,
        "relation": relation.id,
        "comment": comment.id,
        "person": person.id,
        "spare_person": spare.id,
        "gone_person": gone.id,
        "point": point.id,
        "change": change,
        "viewer": names["Cy Dahl"],
        "hidden_author": names["Ben Cole"],
    }


def _hidden_work(project: Project, found: Mapping[str, str]) -> dict[str, str]:
    """Let Ben do everything that an author can; return what he made, by what it is."""
    held = found["held"]
    zelda = project.people.add("Zelda Unheard", aliases=["Ms Unheard"], note="the chair")
    point = project.points.add("Nobody asked the owners.")
    at = TEXT.index("Nobody asked us")
    one = project.annotations.add(
        held, start=at, end=at + 15, tag="Claim", people=[(zelda, "speaker"), (found["person"], "target")],
        points=[point, found["point"]], note="hidden note",
    )  # fmt: skip
    two = project.annotations.add(held, start=0, end=7, tag=found["tag"], unsure=True, people=[("Otto New", "about")])
    gone = project.annotations.add(held, start=8, end=15, tag="Denial")
    project.annotations.delete(gone.id)
    relation = project.relations.add(one.id, two.id, "supports", note="hidden link")
    across = project.relations.add(one.id, found["free_passage"], "rebuts")
    comment = project.comments.add(held, "hidden comment", annotation_id=one.id)
    project.comments.add(held, "hidden comment on the article")
    project.comments.add(held, "hidden answer", parent_id=comment.id)
    project.annotations.edit(one.id, note="hidden note, second thoughts")
    project.annotations.edit(one.id, note="hidden note, third thoughts")
    project.history.undo()
    with project.context.write() as uow:  # a link to what was deleted, as a merge may bring one
        lost = AnnotationPerson(person_id=found["gone_person"], role=Role.ABOUT)
        uow.put(replace(live(uow, Annotation, two.id, "passage"), people=(lost,)))
        project.context.commit(uow, "Edit passage")
    assert any(two.id in end.entity_ids for end in project.loose_ends.list())
    project.submissions.withdraw(found["session"], held)
    project.submissions.submit(found["session"], held)
    change = project.history.recent(1)[0].change.id
    return {
        "annotation": one.id,
        "deleted": gone.id,
        "relation": relation.id,
        "across": across.id,
        "comment": comment.id,
        "person": zelda.id,
        "point": point.id,
        "change": change,
        "version": project.annotations.get(one.id).version,
        "tag": Tag.TYPE,
    }


def _in(path: Path) -> frozenset[str]:
    connection = sqlite3.connect(path)
    try:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = (row for table in tables for row in connection.execute(f'SELECT * FROM "{table}"'))
        words = (
            one.decode("utf-8", "replace") if isinstance(one, bytes) else one
            for row in rows
            for one in row
            if isinstance(one, bytes | str)
        )
        return frozenset(match.group() for word in words for match in _FRESH.finditer(word))
    finally:
        connection.close()
