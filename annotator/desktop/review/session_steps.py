"""What can be done with a review session now, and why the rest cannot: pure, from how far the session is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.desktop.sentences import told_error
from annotator.domain.errors import RuleError
from annotator.domain.reviews import MemberRole, SessionMode, SessionState
from annotator.domain.session_rules import check_to_open
from annotator.domain.session_states import WorkState

if TYPE_CHECKING:
    from annotator.services.session_overview import SessionOverview

_tr = QCoreApplication.translate


class Step(StrEnum):
    """A thing to do with a session."""

    EDIT = "edit"
    OPEN = "open"
    SEND = "send"
    SEND_WORK = "send_work"
    COLLECT = "collect"
    TAKE_IN = "take_in"
    MATCH = "match"
    REVEAL = "reveal"
    REVIEW = "review"
    MEETING = "meeting"
    CONCORDANCE = "concordance"
    AGREEMENT = "agreement"
    CLOSE = "close"
    MINUTES = "minutes"
    FINAL = "final"
    REOPEN = "reopen"
    CHANGES = "changes"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Possible:
    """Whether a step can be taken. ``words``: what it does, or why it cannot be; ``next``: it is what comes next."""

    step: Step
    words: str
    can: bool = True
    next: bool = False


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the steps follow from."""

    overview: SessionOverview
    me: str
    writable: bool

    @property
    def lead(self) -> bool:
        return MemberRole.LEAD in self.overview.mine

    @property
    def decides(self) -> bool:
        return bool(self.overview.mine & {MemberRole.LEAD, MemberRole.REVIEWER})

    @property
    def author(self) -> bool:
        return MemberRole.AUTHOR in self.overview.mine

    @property
    def draft(self) -> bool:
        return self.overview.session.state is SessionState.DRAFT

    @property
    def open(self) -> bool:
        return self.overview.session.state is SessionState.OPEN

    @property
    def closed(self) -> bool:
        return self.overview.session.state is SessionState.CLOSED

    @property
    def all_decided(self) -> bool:
        clusters = self.overview.clusters
        return self.overview.complete and clusters is not None and self.overview.decided >= clusters

    @property
    def own(self) -> list[WorkState | None]:
        """How far who is looking is with each article, as an author."""
        works = [work for row in self.overview.articles for work in row.authors]
        return [work.state for work in works if work.analyst_id == self.me]


def steps_of(overview: SessionOverview, *, me: str, writable: bool) -> list[Possible]:
    """Return the steps for who is looking (an analyst's id), in the order in which a session goes; one is next."""
    here = _Standing(overview, me, writable)
    makers: Sequence[tuple[bool, Callable[[_Standing], Possible]]] = (
        (here.lead and not here.closed, _edit),
        (here.lead and here.draft, _open),
        (True, _send),
        (bool(overview.mine), _collect),
        (here.lead and not here.closed, _match),
        (here.lead and overview.session.blind, _reveal),
        (here.decides, _review),
        (here.decides and not here.closed, _meeting),
        (here.decides and not here.closed, _concordance),
        (True, _agreement),
        (here.lead and not here.closed, _close),
        (True, _minutes),
        (True, _final),
        (here.author or here.lead, _changes),
        (here.lead and here.closed, _reopen),
        (here.lead and here.draft, _delete),
    )
    steps = _with_one_next([maker(here) for applies, maker in makers if applies])
    return [_in_draft(step) for step in steps] if here.draft else steps


def _in_draft(step: Possible) -> Possible:
    """Return what a step is while the session is being prepared: all but preparing waits for the opening."""
    if step.step in (Step.EDIT, Step.OPEN, Step.DELETE):
        return step
    return Possible(step.step, _tr("SessionSteps", "Open the session first."), can=False)


def _with_one_next(steps: Sequence[Possible]) -> list[Possible]:
    """Let only the last of the steps that could come next be it: the others are for what is still missing."""
    last = max((place for place, step in enumerate(steps) if step.next), default=-1)
    return [replace(step, next=place == last) for place, step in enumerate(steps)]


def _edit(here: _Standing) -> Possible:
    if not here.writable:
        return Possible(Step.EDIT, _read_only(), can=False)
    return Possible(Step.EDIT, _tr("SessionSteps", "Name, articles, members and settings."))


def _open(here: _Standing) -> Possible:
    roles = {member.analyst_id: member.roles for member in here.overview.members}
    try:
        check_to_open(here.overview.session, roles, len(here.overview.articles))
    except RuleError as error:
        return Possible(Step.OPEN, told_error(error), can=False)
    if not here.writable:
        return Possible(Step.OPEN, _read_only(), can=False)
    return Possible(Step.OPEN, _tr("SessionSteps", "Pins the texts as they are now; the authors can begin."), next=True)


def _send(here: _Standing) -> Possible:
    if here.lead:
        waiting = not any(row.submitted for row in here.overview.articles)
        return Possible(
            Step.SEND,
            _tr("SessionSteps", "One file for each member, with what that member may see."),
            next=here.open and waiting,
        )
    if here.decides:
        return Possible(Step.SEND_WORK, _tr("SessionSteps", "A file with what you have decided, for the lead alone."))
    done = sum(state is WorkState.SUBMITTED for state in here.own)
    if not done:
        return Possible(
            Step.SEND_WORK, _tr("SessionSteps", "Submit an article first: the line over its text does."), can=False
        )
    words = _tr("SessionSteps", "A file with your work, for the lead alone. {0} of {1} articles are submitted.")
    return Possible(
        Step.SEND_WORK, words.format(done, len(here.own)), next=here.overview.sealed and done == len(here.own)
    )


def _collect(here: _Standing) -> Possible:
    step = Step.COLLECT if here.lead else Step.TAKE_IN
    if not here.writable:
        return Possible(step, _read_only(), can=False)
    if not here.lead:
        return Possible(step, _tr("SessionSteps", "What the lead sent you; dropping it on the window works too."))
    sent = any(row.submitted for row in here.overview.articles)
    return Possible(
        step,
        _tr("SessionSteps", "Takes members’ packets in; they can also be dropped on the window."),
        next=here.open and sent and not here.overview.complete,
    )


def _match(here: _Standing) -> Possible:
    return Possible(
        Step.MATCH, _tr("SessionSteps", "Makes one of people whom several members added."), can=here.writable
    )


def _reveal(here: _Standing) -> Possible:
    session = here.overview.session
    if session.revealed:
        return Possible(Step.REVEAL, _tr("SessionSteps", "Revealed: everybody’s work is to be seen."), can=False)
    if not here.writable:
        return Possible(Step.REVEAL, _read_only(), can=False)
    waiting = sum((row.submitted or 0) < row.required for row in here.overview.articles)
    if waiting:
        words = _tr("SessionSteps", "{0} of {1} articles still wait for authors.").format(
            waiting, len(here.overview.articles)
        )
        return Possible(Step.REVEAL, words)
    return Possible(
        Step.REVEAL, _tr("SessionSteps", "All is submitted. Freezes the figures and shows everybody’s work."), next=True
    )


def _review(here: _Standing) -> Possible:
    if (why := _nothing_to_review(here)) is not None:
        return Possible(Step.REVIEW, why, can=False)
    left = (here.overview.clusters or 0) - here.overview.decided
    if here.open and left > 0:
        return Possible(Step.REVIEW, _tr("SessionSteps", "{0} to decide.").format(left), next=True)
    if left > 0:
        return Possible(Step.REVIEW, _tr("SessionSteps", "To look at; {0} were not decided.").format(left))
    return Possible(Step.REVIEW, _tr("SessionSteps", "Everything that was submitted is decided."))


def _meeting(here: _Standing) -> Possible:
    if (why := _nothing_to_review(here)) is not None:
        return Possible(Step.MEETING, why, can=False)
    parked = sum(row.parked for row in here.overview.articles)
    left = (here.overview.clusters or 0) - here.overview.decided
    planned = here.overview.session.mode is SessionMode.MEETING and here.open and left > 0
    words = (
        _tr("SessionSteps", "On one screen for a room; {0} parked for it.").format(parked)
        if parked
        else _tr("SessionSteps", "One passage after the other, on one screen for a room.")
    )
    return Possible(Step.MEETING, words, next=planned)


def _nothing_to_review(here: _Standing) -> str | None:
    """Return why nothing can be reviewed, None when something can."""
    if here.overview.sealed:
        return _tr("SessionSteps", "Nothing is to be seen before the reveal.")
    if not any(row.submitted for row in here.overview.articles):
        return _tr("SessionSteps", "Nobody has submitted anything yet.")
    return None


def _concordance(here: _Standing) -> Possible:
    if here.overview.sealed:
        return Possible(Step.CONCORDANCE, _tr("SessionSteps", "Nothing is to be seen before the reveal."), can=False)
    return Possible(
        Step.CONCORDANCE, _tr("SessionSteps", "All passages of a tag, person or word, to decide them alike.")
    )


def _agreement(here: _Standing) -> Possible:
    if here.overview.sealed:
        return Possible(Step.AGREEMENT, _tr("SessionSteps", "There are no figures before the reveal."), can=False)
    return Possible(
        Step.AGREEMENT, _tr("SessionSteps", "How far the authors agree, with the passages behind each figure.")
    )


def _close(here: _Standing) -> Possible:
    if here.overview.sealed:
        return Possible(
            Step.CLOSE, _tr("SessionSteps", "Reveal it first: nothing has been decided before that."), can=False
        )
    if not here.writable:
        return Possible(Step.CLOSE, _read_only(), can=False)
    if here.all_decided:
        return Possible(Step.CLOSE, _tr("SessionSteps", "All is decided: sign it off."), next=True)
    return Possible(Step.CLOSE, _tr("SessionSteps", "Not everything is decided; what is open would be listed."))


def _reopen(here: _Standing) -> Possible:
    return Possible(Step.REOPEN, _tr("SessionSteps", "Goes on where it was; everything stays."), can=here.writable)


def _minutes(here: _Standing) -> Possible:
    if here.overview.sealed:
        return Possible(Step.MINUTES, _tr("SessionSteps", "There is nothing to report before the reveal."), can=False)
    return Possible(
        Step.MINUTES,
        _tr("SessionSteps", "One page: members, figures, every decision with its quote and reason."),
        next=here.closed,
    )


def _final(here: _Standing) -> Possible:
    if here.draft or here.overview.sealed or not here.overview.decided:
        words = _tr("SessionSteps", "There is a final version once something is decided.")
        return Possible(Step.FINAL, words, can=False)
    return Possible(Step.FINAL, _tr("SessionSteps", "Only what was decided, as a quote sheet or as JSON."))


def _changes(here: _Standing) -> Possible:
    if here.overview.sealed or not here.overview.decided:
        return Possible(Step.CHANGES, _tr("SessionSteps", "Nothing has been decided yet."), can=False)
    return Possible(Step.CHANGES, _tr("SessionSteps", "What was changed in each author’s work, and why."))


def _delete(here: _Standing) -> Possible:
    return Possible(Step.DELETE, _tr("SessionSteps", "It was never opened; undo brings it back."), can=here.writable)


def _read_only() -> str:
    return _tr("SessionSteps", "The project is open for reading only.")
