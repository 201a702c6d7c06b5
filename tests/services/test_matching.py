"""Matching the people whom several analysts added, once their work is collected."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from annotator.domain.errors import RuleError
from annotator.domain.measures import Measure
from tests.services.offices import BEN, CY, LEAD, Office, office

__all__ = ["office"]


@pytest.fixture
def collected(office: Office) -> Office:
    """Return a team whose authors both added Nora Vale, and one of them the mayor with a slip."""
    office.mark(BEN, "Council", people=[("Nora Vale", "speaker"), ("Ivo Brant", "target")])
    office.mark(CY, "Council", people=[("nora vale", "speaker")])
    for name in (BEN, CY):
        office.submit(name)
        office.send(name, LEAD)
    return office


def test_what_several_added_becomes_one_in_one_step_of_undo(collected: Office) -> None:
    lead = collected.lead
    proposal = lead.matching.propose(collected.session_id)
    (group,) = proposal.groups
    assert {proposal.added_by[person.id] for person in group.people} == {collected.ids[BEN], collected.ids[CY]}
    (asked,) = proposal.asked
    assert (asked.person.name, asked.likely[0].person.name) == ("Ivo Brant", "Ivo Brandt")
    added = {person.name for person in group.people} | {"Ivo Brant"}
    assert not added & {person.name for person in lead.people.list()}, "nobody sees them before the reveal"
    lead.matching.accept([*group.pairs, (asked.person.id, asked.likely[0].person.id)])
    assert lead.history.undo_label() == "Match 2 people"
    assert lead.matching.propose(collected.session_id).groups == ()
    assert lead.matching.accept(group.pairs).edits == (), "they are one already"
    lead.history.undo()
    again = lead.matching.propose(collected.session_id)
    assert ([one.person.id for one in again.asked], len(again.groups)) == ([asked.person.id], 1)
    lead.history.redo()
    lead.reviews.reveal(collected.session_id)
    assert added & {person.name for person in lead.people.list()} == {group.winner.name}


def test_a_pair_that_may_not_be_refuses_them_all(collected: Office) -> None:
    lead = collected.lead
    group = lead.matching.propose(collected.session_id).groups[0]
    office = lead.people.add("The Ferry Office", kind="organisation")
    with pytest.raises(RuleError):
        lead.matching.accept([*group.pairs, (group.winner.id, office.id)])
    assert lead.matching.propose(collected.session_id).groups == (group,)


def test_only_the_lead_matches(collected: Office) -> None:
    with pytest.raises(RuleError, match="Only the lead"):
        collected.projects[BEN].matching.propose(collected.session_id)


def test_three_who_each_added_the_same_person_end_with_one_and_agree(tmp_path: Path) -> None:
    with ExitStack() as stack:
        office = Office(tmp_path, stack, (BEN, CY, "Dee Falk"))
        names = {BEN: ("Nora Vale", "Ms Vale"), CY: ("NORA VALE",), "Dee Falk": ("Vale, N.", "Nora  Vale")}
        for author, (name, *aliases) in names.items():
            person = office.member(author).people.add(name, aliases=aliases)
            office.mark(author, "Council", people=[(person, "speaker")])
            office.submit(author)
            office.send(author, LEAD)
        lead = office.lead
        (group,) = lead.matching.propose(office.session_id).groups
        lead.matching.accept(group.pairs)
        lead.reviews.reveal(office.session_id)
        frozen = lead.agreement.measure().at_reveal
        assert frozen is not None
        assert frozen.whole.figures[Measure.SAME_PEOPLE].value == 1.0
        for author in names:
            office.send(LEAD, author)
        for project in office.projects.values():
            assert [person.id for person in project.people.list() if "Vale" in person.name] == [group.winner.id]
        assert office.lead.history.undo_label() is None, "what the figures were made of stays"
