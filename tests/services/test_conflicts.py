from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.articles import TextVersion
from annotator.domain.errors import ConflictError, NotFoundError, RuleError
from annotator.domain.people import Person
from annotator.services.project import Project, create_project, open_project


def unite(target: Project, source: Project) -> None:
    """Take over everything that ``source`` knows, as a merge of its file does."""
    with source.context.read() as reader:
        versions, changes = reader.all_versions(), reader.changes()
        texts = {text.id: (text.text, text.source_bytes) for text in reader.all(TextVersion, deleted=True)}
    with target.context.write() as uow:
        uow.add_versions(versions, texts=texts, changes=changes)
        target.context.commit(uow, "Merge")


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Project, Project]]:
    """Two copies of one project in which Ada and Bo have worked on the same person."""
    one, two = tmp_path / "one.annotator", tmp_path / "two.annotator"
    with create_project(str(one), name="Toll", analyst="Ada Lund") as project:
        project.people.add("Cy Dahl", id="01936000-0000-7000-8000-000000000001")
    shutil.copy(one, two)
    with open_project(one, analyst="Ada Lund") as ada, open_project(two) as bo:
        bo.act_as("Bo Ek", create=True)
        yield ada, bo


PERSON = "01936000-0000-7000-8000-000000000001"


def test_two_edits_of_one_person_are_listed_and_nothing_is_overwritten(pair: tuple[Project, Project]) -> None:
    ada, bo = pair
    ada.people.edit(PERSON, note="mayor")
    bo.people.edit(PERSON, note="former mayor")
    unite(ada, bo)
    (conflict,) = ada.conflicts.list()
    assert (conflict.entity_type, conflict.entity_id) == ("person", PERSON)
    assert [side.shown for side in conflict.sides] == [True, False]
    notes = {side.analyst_name: side.entity.note for side in conflict.sides if isinstance(side.entity, Person)}
    assert notes == {"Ada Lund": "mayor", "Bo Ek": "former mayor"}
    assert ada.people.get(PERSON).note == next(
        s.entity.note for s in conflict.sides if s.shown and isinstance(s.entity, Person)
    )


@pytest.mark.parametrize("shown", [True, False])
def test_a_decision_ends_the_conflict_here_and_after_the_way_back(pair: tuple[Project, Project], shown: bool) -> None:
    ada, bo = pair
    ada.people.edit(PERSON, note="mayor")
    bo.people.edit(PERSON, note="former mayor")
    unite(ada, bo)
    side = next(side for side in ada.conflicts.list()[0].sides if side.shown is shown)
    change = ada.conflicts.decide("person", PERSON, side.entity.version)
    assert change.label == "Decide between versions of the person"
    assert ada.conflicts.list() == []
    assert isinstance(side.entity, Person)
    assert ada.people.get(PERSON).note == side.entity.note
    unite(bo, ada)
    assert bo.conflicts.list() == []
    assert bo.people.get(PERSON).note == side.entity.note
    assert len(bo.history.of("person", PERSON)) == 4


def test_a_decision_for_the_shown_state_does_not_stand_in_the_way_of_undo(pair: tuple[Project, Project]) -> None:
    """Undoing it leads to the same content, and still is a step of its own."""
    ada, bo = pair
    ada.people.add("Earlier")
    ada.people.edit(PERSON, note="mayor")
    bo.people.edit(PERSON, note="former mayor")
    unite(ada, bo)
    side = next(side for side in ada.conflicts.list()[0].sides if side.shown)
    ada.conflicts.decide("person", PERSON, side.entity.version)
    assert ada.history.undo().edits
    assert ada.history.undo_label() != "Decide between versions of the person"
    assert ada.history.redo_label() == "Decide between versions of the person"


def test_equal_edits_are_no_conflict(pair: tuple[Project, Project]) -> None:
    ada, bo = pair
    ada.people.edit(PERSON, note="mayor")
    bo.people.edit(PERSON, note="mayor")
    unite(ada, bo)
    assert ada.conflicts.list() == []
    with pytest.raises(NotFoundError, match="nothing to decide"):
        ada.conflicts.decide("person", PERSON, "0" * 64)


def test_a_decision_for_a_state_that_is_gone_is_refused(pair: tuple[Project, Project]) -> None:
    ada, bo = pair
    before = ada.people.get(PERSON).version
    ada.people.edit(PERSON, note="mayor")
    bo.people.edit(PERSON, note="former mayor")
    unite(ada, bo)
    with pytest.raises(ConflictError, match="replaced"):
        ada.conflicts.decide("person", PERSON, before)
    assert len(ada.conflicts.list()) == 1


def test_only_its_analyst_decides_in_a_layer(pair: tuple[Project, Project], tmp_path: Path) -> None:
    ada, bo = pair
    article = ada.articles.add_text("Toll row\n\nThe toll was doubled.")
    mark = ada.annotations.add(article.id, start=10, end=31, tag="Claim")
    unite(bo, ada)
    third = tmp_path / "three.annotator"
    shutil.copy(bo.location, third)
    with open_project(third, analyst="Ada Lund") as elsewhere:
        elsewhere.annotations.edit(mark.id, note="there")
        ada.annotations.edit(mark.id, note="here")
        unite(bo, elsewhere)
        unite(bo, ada)
        side = bo.conflicts.list()[0].sides[1]
        with pytest.raises(RuleError, match="colleague"):
            bo.conflicts.decide("annotation", mark.id, side.entity.version)
        unite(ada, elsewhere)
        ada.conflicts.decide("annotation", mark.id, side.entity.version)
        assert ada.conflicts.list() == []
