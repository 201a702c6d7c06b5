"""Points: neutral sentences for what is asserted, that passages assert, deny or support."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from annotator.domain.changes import ChangeSet
from annotator.domain.entity import now
from annotator.domain.errors import NotFoundError, RuleError
from annotator.domain.folding import fold
from annotator.domain.ids import is_id, new_id
from annotator.domain.merging import merged_into, resolve
from annotator.domain.points import Point
from annotator.services.context import Context, expect, live
from annotator.services.editing import changed, edit_label
from annotator.services.name_matching import likeness
from annotator.services.references import in_use_by, referring
from annotator.store.repository import Reader
from annotator.store.unit_of_work import UnitOfWork

_EDITABLE = ("text", "note")
_LABELS = {"text": "Reword point", "note": "Change note on point"}
_LEAST = 45.0


@dataclass(frozen=True, slots=True)
class NewPoint:
    """A point that is not there yet, to be made by the action that needs it."""

    text: str
    note: str = ""
    id: str | None = None


PointRef = str | Point | NewPoint
"""A point as callers name one: by id, by its whole text, as the entity, or as a new one."""


class PointMatch(NamedTuple):
    """A point and how much it is like what was typed (0 to 100)."""

    point: Point
    score: float


class Points:
    """The points of a project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def get(self, id_: str) -> Point:
        """Return the point that stands for an id; raises NotFoundError."""
        with self._context.read() as reader:
            return live(reader, Point, resolve(id_, reader.merged(Point)), "point")

    def resolve(self, id_: str) -> str:
        """Return the id of the point that stands for ``id_`` after merges."""
        with self._context.read() as reader:
            return resolve(id_, reader.merged(Point))

    def add(self, text: str, *, note: str = "", id: str | None = None) -> Point:
        """Add a point; raises RuleError for one that is there already."""
        with self._context.write() as uow:
            point = put_new_point(uow, NewPoint(text, note, id))
            self._context.commit(uow, "Add point")
        return point

    def edit(self, id_: str, *, expected: str | None = None, **fields: object) -> ChangeSet:
        """Change the text or the note of a point."""
        with self._context.write() as uow:
            before = live(uow, Point, id_, "point")
            expect(before, expected, "point")
            after = changed(before, fields, _EDITABLE)
            after = replace(after, text=after.text.strip())
            _check(after, uow, before)
            uow.put(after)
            return self._context.commit(uow, edit_label(before, after, _LABELS, "Edit point"))

    def merge(self, loser_id: str, winner_id: str) -> ChangeSet:
        """Let one point stand for another that says the same. Undo takes it back."""
        with self._context.write() as uow:
            loser = live(uow, Point, loser_id, "point")
            live(uow, Point, winner_id, "point")
            merges = uow.merged(Point)
            winner = resolve(winner_id, merges)
            if resolve(loser_id, merges) == winner:
                raise RuleError("The two are one point already.")
            uow.put(replace(loser, merged_into=winner))
            return self._context.commit(uow, "Merge points")

    def delete(self, id_: str) -> ChangeSet:
        """Delete a point that nothing refers to; raises RuleError otherwise."""
        with self._context.write() as uow:
            point = live(uow, Point, id_, "point")
            users = referring(uow, point)
            if users:
                raise RuleError(
                    f"The point is in use ({in_use_by(uow, users)}).",
                    "Take it off there first, or merge it into the point that is meant.",
                )
            uow.delete(point)
            return self._context.commit(uow, "Delete point")

    def match(self, text: str, *, limit: int = 8) -> list[PointMatch]:
        """Return the points that are like ``text``, the likeliest first; those used most for an empty ``text``."""
        folded = fold(text)
        with self._context.read() as reader:
            points = [point for point in reader.all(Point) if point.merged_into is None]
            counts = {} if folded else reader.point_counts()
        if not folded:
            points.sort(key=lambda p: (-counts.get(p.id, 0), fold(p.text), p.id))
            return [PointMatch(point, 0.0) for point in points[:limit]]
        scored = [PointMatch(point, likeness(folded, fold(point.text))) for point in points]
        fitting = [match for match in scored if match.score >= _LEAST]
        return sorted(fitting, key=lambda m: (-m.score, m.point.text, m.point.id))[:limit]

    def usage(self) -> dict[str, int]:
        """Return at how many live passages each point stands, over all layers, merges resolved."""
        with self._context.read() as reader:
            merges = reader.merged(Point)
            counts: dict[str, int] = {}
            for point_id, number in reader.point_counts().items():
                standing = resolve(point_id, merges)
                counts[standing] = counts.get(standing, 0) + number
        return counts

    def list(self, *, merged: bool = False) -> list[Point]:
        """Return the points by text; those that were merged into others when asked for."""
        with self._context.read() as reader:
            points = [point for point in reader.all(Point) if merged or point.merged_into is None]
        return sorted(points, key=lambda p: (fold(p.text), p.id))


def point_for(uow: UnitOfWork, point: PointRef) -> Point:
    """Return the point that a caller names, making the one that is new: a :class:`NewPoint`, or an unknown text.

    Raises NotFoundError for an id that is not there.
    """
    if isinstance(point, NewPoint):
        return put_new_point(uow, point)
    points = {known.id: known for known in uow.all(Point)}
    merges = merged_into(points.values())
    wanted = point.id if isinstance(point, Point) else point
    if wanted in points:
        return points[resolve(wanted, merges)]
    if isinstance(point, Point) or is_id(wanted):
        raise NotFoundError(f"There is no point with the id “{wanted}” in this project.")
    folded = fold(wanted)
    alike = sorted(resolve(known.id, merges) for known in points.values() if fold(known.text) == folded)
    return points[alike[0]] if alike else put_new_point(uow, NewPoint(wanted))


def put_new_point(uow: UnitOfWork, new: NewPoint) -> Point:
    """Check a new point and put it into a unit of work."""
    point = Point(id=new.id or new_id(), text=new.text.strip(), note=new.note, created_at=now())
    _check(point, uow)
    return uow.put(point)


def _check(point: Point, reader: Reader, before: Point | None = None) -> None:
    if not point.text:
        raise RuleError("A point needs a sentence.")
    folded = fold(point.text)
    if before is not None and fold(before.text) == folded:
        return
    for other in reader.all(Point):
        if other.id != point.id and other.merged_into is None and fold(other.text) == folded:
            raise RuleError(f"There is a point “{other.text}” already.", "Take that one.")
