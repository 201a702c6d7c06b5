"""What a meeting goes through, and what it votes on: the agenda, the versions of a disagreement, and the count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.desktop.review.authors import Author
from annotator.desktop.review.shown_cluster import QueueRow, Standing
from annotator.domain.clusters import Cluster, alike
from annotator.services.verdicts import Ballot, Vote

Choice = int | Vote
"""The number of a version, or what is wanted instead of one."""


@dataclass(frozen=True, slots=True)
class Version:
    """One way to have a passage: ``number`` is its key, ``authors`` are those who have it so."""

    number: int
    authors: tuple[Author, ...]

    @property
    def analyst_id(self) -> str:
        """Somebody whose version it is."""
        return self.authors[0].analyst_id


@dataclass(frozen=True, slots=True)
class Count:
    """Who voted for what: ids of voters by what they chose."""

    votes: dict[Choice, tuple[str, ...]]

    def choice_of(self, voter_id: str) -> Choice | None:
        """Return what somebody voted for, None for no vote."""
        return next((choice for choice, voters in self.votes.items() if voter_id in voters), None)

    @property
    def winner(self) -> Choice | None:
        """What more voted for than for anything else; None without votes and where as many voted for another."""
        most = max((len(voters) for voters in self.votes.values()), default=0)
        first = [choice for choice, voters in self.votes.items() if len(voters) == most and most]
        return first[0] if len(first) == 1 else None


def agenda(rows: Iterable[QueueRow]) -> list[QueueRow]:
    """Return what the meeting goes through: what was parked, then what is still to decide, the worst first."""
    order = {Standing.PARKED: 0, Standing.STALE: 1, Standing.OPEN: 2}
    wanted = [row for row in rows if row.standing in order and not row.added]
    return sorted(wanted, key=lambda row: (order[row.standing], -row.disagreement, row.place))


def versions_of(cluster: Cluster, authors: Sequence[Author]) -> list[Version]:
    """Return the different versions of a passage, in the order of the authors; those who have it alike share one."""
    groups: list[list[Author]] = []
    for author in authors:
        side = cluster.side(author.analyst_id)
        if side is None:
            continue
        for group in groups:
            other = cluster.side(group[0].analyst_id)
            if other is not None and alike(side, other):
                group.append(author)
                break
        else:
            groups.append([author])
    return [Version(number, tuple(group)) for number, group in enumerate(groups, 1)]


def count(ballots: Iterable[Ballot], versions: Sequence[Version]) -> Count:
    """Return the votes by what was chosen."""
    numbers = {author.analyst_id: version.number for version in versions for author in version.authors}
    votes: dict[Choice, list[str]] = {}
    for ballot in ballots:
        chosen = [numbers[id_] for id_ in ballot.versions if id_ in numbers]
        choice: Choice | None = chosen[0] if chosen else ballot.other
        if choice is not None:
            votes.setdefault(choice, []).append(ballot.voter_id)
    return Count({choice: tuple(voters) for choice, voters in votes.items()})
