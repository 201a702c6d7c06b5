"""Match people: after collecting, the entries that several analysts added for one person become one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.domain.changes import ChangeSet
from annotator.domain.matching import PeopleGroup, group_people
from annotator.domain.merging import resolve
from annotator.domain.people import Person, PersonKind
from annotator.domain.reviews import MemberRole
from annotator.services.context import Context
from annotator.services.name_matching import PersonMatch, match_people
from annotator.services.people import merge_people
from annotator.services.session_access import Team, leads_sealed, session_of
from annotator.store.repository import Reader

_LIKELY = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody whom an author added and nobody else has: perhaps one of ``likely``, perhaps somebody new."""

    person: Person
    added_by: str
    likely: tuple[PersonMatch, ...]


@dataclass(frozen=True, slots=True)
class MatchProposal:
    """What matching proposes: who would become one, and whom to ask about. ``added_by``: person id → analyst id."""

    groups: tuple[PeopleGroup, ...]
    asked: tuple[Asked, ...]
    added_by: dict[str, str]


class Matching:
    """Matching of the people whom the authors of a session added."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def propose(self, session_id: str) -> MatchProposal:
        """Return what of the people whom the session's authors added is the same; for the lead, who collects.

        Raises NotFoundError, and RuleError for anybody but the lead: it tells of layers that are sealed still.
        """
        with self._context.read(whole=True) as reader:
            session_of(reader, session_id)
            team = Team.of(reader, session_id)
            team.need(self._context.needed_analyst(reader).id, MemberRole.LEAD)
            everybody = [person for person in reader.all(Person) if person.merged_into is None]
            authors = frozenset(team.authors)
            added_by = {p.id: by for p in everybody if (by := _added_by(reader, p)) in authors}
        groups, rest = group_people(everybody, added_by)
        asked = tuple(Asked(person, added_by[person.id], _likely(person, everybody)) for person in rest)
        return MatchProposal(tuple(groups), asked, added_by)

    def accept(self, pairs: Iterable[tuple[str, str]]) -> ChangeSet:
        """Let for each pair (loser's id, winner's id) the winner stand for the loser: one change, one step of undo.

        Those who are one already are passed over. Raises NotFoundError, RuleError; nothing is changed then.
        """
        with self._context.write() as uow:
            if leads_sealed(uow, uow.analyst_id):
                uow.veil = None  # what is matched before the reveal is not seen elsewhere yet
            matched = []
            for loser_id, winner_id in pairs:
                merges = uow.merged(Person)
                if resolve(loser_id, merges) != resolve(winner_id, merges):
                    matched.append(merge_people(uow, loser_id, winner_id)[0].name)
            label = f"Match {matched[0]}" if len(matched) == 1 else f"Match {len(matched)} people"
            return self._context.commit(uow, label)


def _added_by(reader: Reader, person: Person) -> str:
    """Return the id of the analyst who added a person, empty when nobody did."""
    if person.revision == 1:
        return person.updated_by or ""
    versions = reader.versions(Person.TYPE, person.id).values()
    return min(versions, key=lambda version: (version.revision, version.hash)).by or ""


def _likely(person: Person, everybody: Iterable[Person]) -> tuple[PersonMatch, ...]:
    others = [
        p for p in everybody if p.id != person.id and (p.kind is person.kind or person.kind is PersonKind.UNNAMED)
    ]
    return tuple(match_people(person.name, others, article=None, counts={}, limit=_LIKELY))
