"""Turns a session into what a meeting sees: whose turn it is, the versions, and, once asked for, names and votes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from annotator.desktop.review.authors import Author, authors_of
from annotator.desktop.review.meeting_agenda import Choice, Count, Version, count, versions_of
from annotator.desktop.review.meeting_versions import ShownVersion
from annotator.desktop.review.meeting_voters import Voter
from annotator.desktop.review.review_state import ReviewState
from annotator.desktop.review.review_words import difference_text
from annotator.desktop.review.showing import Showing
from annotator.desktop.review.shown_cluster import Describer, rows_that_differ
from annotator.domain.clusters import Difference
from annotator.domain.letters import letters
from annotator.domain.reviews import CardRow
from annotator.services.under_review import ClusterUnderReview
from annotator.services.verdicts import Vote, ballots

_tr = QCoreApplication.translate
_ALWAYS = frozenset({CardRow.TAG, CardRow.ENDS})
"""Rows of the card that are read out even where all agree."""


class MeetingShowing(Showing):
    """Holds besides what was asked for: ``open``, whether names and votes are shown, and ``turn``, who votes now."""

    def __init__(self, review: ReviewState) -> None:
        super().__init__(review)
        self.open = False
        self.turn: str | None = None

    def begin(self) -> None:
        """Turn to another passage: names are hidden, and the first who has not voted begins."""
        self.open = False
        self.turn = self._next_voter(None)

    def begin_votes(self) -> None:
        """Let everybody vote anew."""
        self.open = False
        members = self._members()
        self.turn = members[0] if members else None

    def voted(self, voter_id: str) -> None:
        """Note that somebody is voting: it is the turn of the next who has not."""
        self.turn = self._next_voter(voter_id)

    def shift_turn(self, direction: int) -> None:
        """Give the turn to the next (1) or previous (-1) voter."""
        members = self._members()
        if members:
            place = members.index(self.turn) + direction if self.turn in members else 0
            self.turn = members[place % len(members)]

    def signs(self, article_id: str) -> tuple[Author, ...]:
        """Return the authors by letters that nobody knows: so stand the lanes and versions while names are hidden."""
        read = self._review.read
        if read is None:
            return ()
        hidden = letters(read.review.session.id, article_id, read.authors)
        return authors_of(read.authors, self._review.state.analysts, hidden)

    def versions(self) -> list[Version]:
        """Return what can be voted for."""
        found = self._review.found
        return versions_of(found.cluster, self.signs(found.article_id)) if found is not None else []

    def count(self) -> Count:
        """Return the votes as they stand."""
        found = self._review.found
        return count(ballots(found), self.versions()) if found is not None else Count({})

    def choices(self) -> list[ShownVersion]:
        """Return the choices as they are shown."""
        found, read = self._review.found, self._review.read
        if found is None or read is None:
            return []
        votes = self.count()
        signs = self.signs(found.article_id)
        describer = Describer(self._review.state, read.texts[found.cluster.text_id].text, self._review.quote, signs)
        shown = [self._version(found, version, describer, votes) for version in self.versions()]
        for choice, key, words in (
            (Vote.NOTHING, "0", _tr("Meeting", "Nothing here")),
            (Vote.EDIT, "E", _tr("Meeting", "Something else: edit it")),
        ):
            missing = found.cluster.missing if choice is Vote.NOTHING else ()
            authors = tuple(author for author in signs if author.analyst_id in missing)
            shown.append(self._choice(choice, key, authors, (words,), votes))
        return shown

    def words(self) -> list[tuple[Choice, str, str]]:
        """Return the choices with their keys and in a few words, for a menu."""
        return [(shown.choice, shown.key, shown.lines[0]) for shown in self.choices()]

    def voters(self) -> list[Voter]:
        """Return the members by their initials; what they voted only once it is asked for."""
        votes = self.count()
        found = []
        for id_ in self._members():
            analyst = self._review.state.analysts.get(id_)
            name = analyst.name if analyst is not None else "–"
            choice = votes.choice_of(id_)
            vote = "" if choice is None else _key(choice) if self.open else "✓"
            found.append(Voter(id_, name, (analyst.initials if analyst else "") or name[:2], vote, id_ == self.turn))
        return found

    def about(self, *, points_left: bool) -> str:
        """Return what it is about: why it was parked, and in what the analysts differ."""
        found = self._review.found
        if found is None:
            return "" if points_left else _tr("Meeting", "The agenda is done: everything is decided.")
        kinds = [difference_text(kind) for kind in Difference if kind in found.cluster.differences]
        parts = [self.parked_for(), ", ".join(kinds) or _tr("Meeting", "all the same")]
        return " · ".join(part for part in parts if part)

    def parked_for(self) -> str:
        """Return why the passage that is looked at was parked, empty when it was not."""
        found = self._review.found
        return found.decision.comment if found is not None and found.parked and found.decision is not None else ""

    def _version(self, found: ClusterUnderReview, version: Version, describer: Describer, votes: Count) -> ShownVersion:
        side = found.cluster.side(version.analyst_id)
        assert side is not None
        differing = rows_that_differ(found.cluster)
        rows = [CardRow.TAG, *(row for row in CardRow if row is not CardRow.TAG)]
        lines = tuple(describer.side(side, row) for row in rows if row in differing | _ALWAYS or row is CardRow.PEOPLE)
        return self._choice(version.number, str(version.number), version.authors, lines, votes)

    def _choice(
        self, choice: Choice, key: str, signs: tuple[Author, ...], lines: tuple[str, ...], votes: Count
    ) -> ShownVersion:
        initials = {voter.analyst_id: voter.initials for voter in self._initials()}
        given = tuple(initials.get(id_, "?") for id_ in votes.votes.get(choice, ()))
        return ShownVersion(
            choice=choice,
            key=key,
            signs=signs,
            authors=self._named(signs) if self.open else (),
            lines=lines,
            votes=given if self.open else None,
            winner=self.open and votes.winner == choice,
        )

    def _initials(self) -> list[Voter]:
        analysts = self._review.state.analysts
        return [Voter(id_, a.name, a.initials or a.name[:2], "", now=False) for id_, a in analysts.items()]

    def _named(self, signs: tuple[Author, ...]) -> tuple[Author, ...]:
        """Return the authors with their names; letters stay where the session hides names for good."""
        if self.hidden:
            return signs
        analysts = self._review.state.analysts
        return tuple(
            replace(sign, name=analyst.name, initials=analyst.initials)
            for sign in signs
            if (analyst := analysts.get(sign.analyst_id)) is not None
        )

    def _members(self) -> list[str]:
        """Return the ids of all members in the order of their names."""
        read, analysts = self._review.read, self._review.state.analysts
        members = [analysts[id_] for id_ in read.roles if id_ in analysts] if read is not None else []
        return [analyst.id for analyst in sorted(members, key=lambda one: (one.name.casefold(), one.id))]

    def _next_voter(self, voter_id: str | None) -> str | None:
        """Return who votes after somebody: the next who has not; None when all have."""
        members, votes = self._members(), self.count()
        place = members.index(voter_id) + 1 if voter_id in members else 0
        order = members[place:] + members[:place]
        return next((id_ for id_ in order if id_ != voter_id and votes.choice_of(id_) is None), None)


def _key(choice: Choice) -> str:
    return {Vote.NOTHING: "0", Vote.EDIT: "E"}.get(choice, "") if isinstance(choice, Vote) else str(choice)
