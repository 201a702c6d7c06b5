"""Edits made faster than they are written: in order, folded, and never against a version nobody saw."""

from __future__ import annotations

import threading

import pytest

from annotator.domain.annotations import Role
from annotator.domain.errors import ConflictError
from tests.desktop.desk import Desk


@pytest.fixture
def annotation_id(desk: Desk) -> str:
    made = desk.project.annotations.add(desk.article.id, start=0, end=5, tag="Claim")
    desk.state.set_current(made.id)
    desk.settle()
    return made.id


def hold(desk: Desk) -> threading.Event:
    """Keep the writing thread busy until the event is set."""
    free = threading.Event()
    desk.jobs.read(lambda: free.wait(30), done=lambda _: None)
    return free


def test_edits_made_while_a_write_waits_are_folded_into_it(desk: Desk, annotation_id: str) -> None:
    free = hold(desk)
    desk.area.writes.edit(annotation_id, note="one")
    desk.area.writes.edit(annotation_id, note="two", unsure=True)
    desk.area.writes.edit(annotation_id, stated_on="2026")
    free.set()
    (stored,) = desk.stored()
    assert (stored.note, stored.unsure, stored.stated_on, stored.revision) == ("two", True, "2026", 2)


def test_an_edit_is_not_folded_past_another_write(desk: Desk, annotation_id: str) -> None:
    free = hold(desk)
    desk.area.writes.edit(annotation_id, note="one")
    desk.jobs.write(desk.project.history.undo)
    desk.area.writes.edit(annotation_id, note="two")
    free.set()
    (stored,) = desk.stored()
    assert (stored.note, stored.revision) == ("two", 4)


def test_edits_of_a_passage_that_is_not_written_yet_follow_it(desk: Desk) -> None:
    free = hold(desk)
    desk.select("the bridge had gone")
    desk.press("C")
    (mark,) = desk.marks()
    desk.area.writes.edit(mark.id, note="at once")
    free.set()
    (stored,) = desk.stored()
    assert (stored.note, stored.revision) == ("at once", 2)


def test_to_delete_what_an_undo_is_taking_away_is_no_error(desk: Desk) -> None:
    desk.select("the bridge had gone")
    desk.press("C")
    desk.settle()
    (mark,) = desk.marks()
    desk.state.set_current(mark.id)
    told: list[tuple[str, bool]] = []
    desk.area.annotating.notice.connect(lambda text, undo: told.append((text, undo)))
    free = hold(desk)
    desk.jobs.write(desk.project.history.undo)
    desk.area.annotating.delete()
    free.set()
    assert desk.stored() == []
    assert desk.failures == []
    assert told[-1] == ("It was gone already: claim “the bridge had gone”", False)
    assert desk.marks() == []


def test_what_depends_on_a_failed_write_is_dropped(desk: Desk, annotation_id: str) -> None:
    free = hold(desk)
    desk.area.writes.edit(annotation_id, stated_on="no date")
    desk.area.writes.change(
        annotation_id,
        lambda version: desk.project.annotations.add_person(annotation_id, "Tom Reed", Role.SPEAKER, expected=version),
    )
    failed: list[str] = []
    desk.area.writes.failed.connect(failed.append)
    free.set()
    (stored,) = desk.stored()
    assert (stored.people, stored.revision) == ((), 1)
    assert failed == [annotation_id, annotation_id]
    assert len(desk.failures) == 1
    desk.failures.clear()


def test_a_colleague_s_change_since_is_a_conflict_and_then_shown(desk: Desk, annotation_id: str) -> None:
    """The version that was seen travels with the edit."""
    desk.bus.detach()
    desk.jobs.write(lambda: desk.project.annotations.edit(annotation_id, note="theirs"))
    desk.settle()
    desk.bus.attach(desk.project)
    desk.area.writes.edit(annotation_id, note="mine")
    desk.settle()
    assert [type(error) for error in desk.failures] == [ConflictError]
    assert desk.annotation.note == "theirs"
    desk.failures.clear()


def test_what_is_queued_when_the_project_is_let_go_is_written(desk: Desk, annotation_id: str) -> None:
    free = hold(desk)
    desk.area.writes.edit(annotation_id, note="one")
    desk.area.writes.change(
        annotation_id, lambda version: desk.project.annotations.move(annotation_id, 0, 6, expected=version)
    )
    desk.area.close_project()
    free.set()
    (stored,) = desk.stored()
    assert (stored.note, stored.end) == ("one", 6)


def test_saving_is_told_from_the_first_to_the_last_write(desk: Desk, annotation_id: str) -> None:
    told: list[tuple[str, bool]] = []
    desk.area.writes.saving_changed.connect(lambda id_, saving: told.append((id_, saving)))
    free = hold(desk)
    desk.area.writes.edit(annotation_id, note="one")
    desk.area.writes.change(
        annotation_id, lambda version: desk.project.annotations.move(annotation_id, 0, 6, expected=version)
    )
    assert desk.area.writes.saving(annotation_id)
    free.set()
    desk.settle()
    assert told == [(annotation_id, True), (annotation_id, False)]


def do_all_but_tell(desk: Desk) -> None:
    """Let the writing thread do what is queued, while the window has heard nothing of it yet."""
    done = threading.Event()
    desk.jobs.read(done.set, done=lambda _: None)
    assert done.wait(30)


def test_tagging_to_and_fro_at_once_does_not_hide_a_later_undo(desk: Desk, annotation_id: str) -> None:
    """Folded, the two changes of tag write nothing: what is shown ahead of the database ends all the same."""
    desk.area.annotating.take_ends(annotation_id, 0, 8)
    desk.settle()
    claim, denial = (desk.project.codebook.find(name).id for name in ("Claim", "Denial"))
    free = hold(desk)
    desk.area.annotating.change_tag(annotation_id, denial)
    desk.area.annotating.change_tag(annotation_id, claim)
    free.set()
    desk.settle()
    desk.jobs.write(desk.project.history.undo)
    (stored,) = desk.stored()
    (shown,) = desk.marks()
    assert (stored.start, stored.end, stored.revision) == (0, 5, 3)
    assert (shown.start, shown.end, shown.tag_id) == (0, 5, claim)


def test_an_edit_right_after_an_undo_that_is_not_told_yet_is_no_conflict(desk: Desk, annotation_id: str) -> None:
    desk.area.annotating.take_ends(annotation_id, 0, 8)
    desk.settle()
    desk.jobs.write(desk.project.history.undo)
    do_all_but_tell(desk)
    desk.area.annotating.take_ends(annotation_id, 0, 9)
    (stored,) = desk.stored()
    assert desk.failures == []
    assert (stored.end, stored.revision) == (9, 4)
    assert [mark.end for mark in desk.marks()] == [9]
