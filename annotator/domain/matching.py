"""Which entries of the register that several analysts added stand for the same person.

Equal folded names or aliases are proposed as one, unless that would make one of two whom somebody keeps apart: the
register has both, or one analyst added both. Everybody else is asked about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotator.domain.dates import first_day, last_day
from annotator.domain.folding import fold
from annotator.domain.people import Person, PersonKind


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """People proposed as one: the one that stays, and those that it would stand for; each list by id."""

    winner: Person
    losers: tuple[Person, ...]

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody in the group, the one that stays first."""
        return (self.winner, *self.losers)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Ids of loser and winner of the merges that make the group one."""
        return tuple((loser.id, self.winner.id) for loser in self.losers)


@dataclass(frozen=True, slots=True)
class _Name:
    """A folded name that somebody has, and the days within which; empty is open."""

    person: Person
    first: str = ""
    last: str = ""

    def meets(self, other: _Name) -> bool:
        """Whether there is a day on which both have the name."""
        return not ((self.last and other.first > self.last) or (other.last and self.first > other.last))


def group_people(people: Iterable[Person], added_by: Mapping[str, str]) -> tuple[list[PeopleGroup], list[Person]]:
    """Return the groups that are proposed as one, and whom else to ask about; both in the order of ids.

    ``people``: those who stand for themselves. ``added_by``: person id → analyst id of those who are new; the others
    are the register.
    """
    everybody = {person.id: person for person in sorted(people, key=lambda person: person.id)}
    same = _equal_names(everybody.values())
    groups: list[PeopleGroup] = []
    asked: list[Person] = []
    seen: set[str] = set()
    for person in everybody.values():
        if person.id not in added_by or person.id in seen:
            continue
        new, register = _together(person.id, same, added_by)
        seen |= new
        members = [everybody[id_] for id_ in sorted(new)]
        if len(register) > 1 or len({added_by[id_] for id_ in new}) < len(new) or len(new | register) == 1:
            asked += members
        elif register:
            groups.append(PeopleGroup(everybody[min(register)], tuple(members)))
        else:
            groups.append(PeopleGroup(members[0], tuple(members[1:])))
    return groups, sorted(asked, key=lambda person: person.id)


def _together(start: str, same: Mapping[str, set[str]], added_by: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """Return the new people who are one with ``start``, directly or through others, and whom of the register they are.

    Two of the register that share a name do not join those who are one with each.
    """
    found, todo = {start}, [start]
    while todo:
        id_ = todo.pop()
        fresh = {other for other in same[id_] if id_ in added_by or other in added_by} - found
        found |= fresh
        todo += fresh
    new = {id_ for id_ in found if id_ in added_by}
    return new, found - new


def _equal_names(people: Iterable[Person]) -> Mapping[str, set[str]]:
    """Return for each person the others of the same kind who have one of the names."""
    having: dict[tuple[str, str, str], list[_Name]] = defaultdict(list)
    for person in people:
        for folded, name in _names(person):
            place = person.article_id or "" if person.kind is PersonKind.UNNAMED else ""
            having[person.kind, place, folded].append(name)
    same: dict[str, set[str]] = defaultdict(set)
    for names in having.values():
        for one in names:
            same[one.person.id].update(o.person.id for o in names if o.person.id != one.person.id and one.meets(o))
    return same


def _names(person: Person) -> Iterator[tuple[str, _Name]]:
    if fold(person.name):
        yield fold(person.name), _Name(person)
    for alias in person.aliases:
        if fold(alias.text):
            yield fold(alias.text), _Name(person, first_day(alias.valid_from), last_day(alias.valid_to))
