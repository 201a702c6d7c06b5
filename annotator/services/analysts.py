"""The members of the team: found by id, name or initials, added and edited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.domain.analysts import Analyst, AnalystRole, initials_of
from annotator.domain.changes import ChangeSet
from annotator.domain.entity import now
from annotator.domain.errors import NotFoundError, RuleError, UsageError
from annotator.domain.folding import fold
from annotator.domain.ids import new_id
from annotator.domain.rules import check_colour, check_named
from annotator.services.context import Context, expect, live
from annotator.services.editing import changed, edit_label, word
from annotator.store.repository import Reader
from annotator.store.unit_of_work import UnitOfWork

COLOURS = ("#3b6ea5", "#9a5b13", "#5b7f2b", "#8a4a8c", "#b0413e", "#2f7d7a", "#6b5fb5", "#7a6a2f")
"""Colours that new analysts get in turn."""

_EDITABLE = ("name", "initials", "colour", "role", "login")
_LABELS = {
    "name": "Rename analyst",
    "initials": "Change initials",
    "colour": "Change analyst's colour",
    "role": "Change analyst's role",
}


class Analysts:
    """The analysts of a project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def get(self, id_: str) -> Analyst:
        """Return an analyst by id; raises NotFoundError."""
        with self._context.read() as reader:
            return live(reader, Analyst, id_, "analyst")

    def find(self, who: str) -> Analyst:
        """Return the analyst with this id, name or initials; raises NotFoundError, or UsageError when two fit."""
        with self._context.read() as reader:
            return find_analyst(reader, who)

    def add(
        self,
        name: str,
        *,
        initials: str = "",
        colour: str = "",
        role: AnalystRole | str = AnalystRole.ANALYST,
        login: str = "",
        id: str | None = None,
    ) -> Analyst:
        """Add a member of the team; initials and colour are chosen when not given."""
        analyst = Analyst(
            id=id or new_id(),
            name=name.strip(),
            initials=initials.strip(),
            colour=colour,
            role=word(AnalystRole, role),
            login=login,
            created_at=now(),
        )
        with self._context.write() as uow:
            analyst = put_new_analyst(uow, analyst)
            self._context.commit(uow, f"Add analyst {analyst.name}")
        return analyst

    def edit(self, id_: str, *, expected: str | None = None, **fields: object) -> ChangeSet:
        """Change name, initials, colour, role or login of an analyst."""
        with self._context.write() as uow:
            before = live(uow, Analyst, id_, "analyst")
            expect(before, expected, "analyst")
            after = changed(before, fields, _EDITABLE)
            check_analyst(after, uow.all(Analyst), before)
            uow.put(after)
            return self._context.commit(uow, edit_label(before, after, _LABELS, "Edit analyst"))

    def list(self) -> list[Analyst]:
        """Return the analysts in the order in which they were added."""
        with self._context.read() as reader:
            return reader.all(Analyst)


def find_analyst(reader: Reader, who: str) -> Analyst:
    """Return the live analyst with this id, name or initials.

    An id goes before a name, a name before initials; case and accents do not count. Raises NotFoundError, or UsageError
    when two fit.
    """
    analysts = reader.all(Analyst)
    folded = fold(who)
    for matching in (
        [a for a in analysts if a.id == who],
        [a for a in analysts if fold(a.name) == folded],
        [a for a in analysts if fold(a.initials) == folded],
    ):
        if len(matching) > 1:
            names = ", ".join(f"{a.name} ({a.initials})" for a in matching)
            raise UsageError(f"“{who}” may be several analysts: {names}.", "Use the whole name or the id.")
        if matching:
            return matching[0]
    known = ", ".join(f"{a.name} ({a.initials})" for a in analysts) or "nobody yet"
    raise NotFoundError(f"There is no analyst “{who}” in this project.", f"Its analysts: {known}.")


def put_new_analyst(uow: UnitOfWork, analyst: Analyst) -> Analyst:
    """Check a new analyst and put them into a unit of work; free initials and a colour are filled in."""
    others = uow.all(Analyst)
    whole = replace(
        analyst,
        initials=analyst.initials or free_initials(analyst.name, others),
        colour=analyst.colour or COLOURS[len(others) % len(COLOURS)],
    )
    check_analyst(whole, others)
    return uow.put(whole)


def free_initials(name: str, others: Iterable[Analyst]) -> str:
    """Return the initials of ``name``, with a number when another analyst has them."""
    taken = {fold(other.initials) for other in others}
    plain = initials_of(name)
    number = 1
    initials = plain
    while fold(initials) in taken:
        number += 1
        initials = f"{plain}{number}"
    return initials


def check_analyst(analyst: Analyst, others: Iterable[Analyst], before: Analyst | None = None) -> None:
    """Refuse an analyst without a name, or with the name or the initials of another; what was so before may stay."""
    check_named(analyst.name, "analyst")
    check_named(analyst.initials, "analyst's initials")
    check_colour(analyst.colour)
    for other in others:
        if other.id == analyst.id:
            continue
        if fold(other.name) == fold(analyst.name) and (before is None or before.name != analyst.name):
            raise RuleError(f"There is an analyst “{other.name}” already.", "Take that one, or tell the two apart.")
        if fold(other.initials) == fold(analyst.initials) and (before is None or before.initials != analyst.initials):
            raise RuleError(f"{other.name} has the initials {other.initials}.", "Choose others.")


def layer_of(reader: Reader, layer: str | None, analyst: Analyst | None) -> str | None:
    """Return the analyst's id that ``layer`` names: None for all, ``mine`` for who is writing, else an analyst.

    Raises UsageError when ``mine`` is asked for and nobody is writing; NotFoundError.
    """
    if layer is None:
        return None
    if layer == "mine":
        if analyst is None:
            raise UsageError("Nobody is named as the analyst, so that nothing is “mine”.", "Name an analyst.")
        return analyst.id
    return find_analyst(reader, layer).id
