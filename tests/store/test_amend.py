"""More typing in one stay in a field goes into the change that the first of it made."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain.annotations import Annotation
from annotator.domain.changes import ChangeSet
from annotator.store.database import Database
from tests.factories import DEVICE, Start, begin, make_analyst, put


def write_note(
    database: Database, start: Start, annotation: Annotation, note: str, *, amends: str = "", by: str = ""
) -> tuple[Annotation, ChangeSet]:
    with database.write(analyst_id=by or start.analyst.id, device=DEVICE) as uow:
        if amends:
            uow.amend(amends)
        after = uow.put(replace(annotation, note=note))
        return after, uow.commit("Change note")


def test_the_later_version_takes_the_place_of_the_earlier(database: Database) -> None:
    start = begin(database)
    made = put(database, start.annotation(), by=start.analyst)
    first, change = write_note(database, start, made, "one")
    second, again = write_note(database, start, first, "one two", amends=change.id)
    third, last = write_note(database, start, second, "one two three", amends=again.id)
    with database.read() as reader:
        assert reader.get(Annotation, made.id) == third
        versions = reader.versions(Annotation.TYPE, made.id)
        assert set(versions) == {made.version, third.version}
        record = versions[third.version]
        assert (record.revision, record.parents) == (first.revision, (made.version,))
        assert set(record.told_ancestors) == {first.version, second.version}
        assert [reader.change(id_) is None for id_ in (change.id, again.id, last.id)] == [True, True, False]
        assert reader.head_seq() == last.seq > change.seq


def test_a_file_that_has_the_earlier_version_merges_without_a_conflict(database: Database) -> None:
    start = begin(database)
    made = put(database, start.annotation(), by=start.analyst)
    first, change = write_note(database, start, made, "one")
    with database.read() as reader:
        exported = reader.all_versions()
    second, _ = write_note(database, start, first, "one two", amends=change.id)
    with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
        uow.add_versions(version._replace(change_id=None) for version in exported)
        uow.commit("Merge")
    with database.read() as reader:
        assert reader.conflicts() == []
        assert reader.get(Annotation, made.id) == second


def test_what_is_not_the_newest_change_is_not_touched(database: Database) -> None:
    start = begin(database)
    made = put(database, start.annotation(), by=start.analyst)
    first, change = write_note(database, start, made, "one")
    put(database, replace(start.person, note="meanwhile"), by=start.analyst)
    second, _ = write_note(database, start, first, "one two", amends=change.id)
    with database.read() as reader:
        assert reader.change(change.id) is not None
        assert (second.revision, len(reader.versions(Annotation.TYPE, made.id))) == (first.revision + 1, 3)


def test_nobody_amends_a_colleague_s_change(database: Database) -> None:
    start = begin(database)
    made = put(database, start.annotation(), by=start.analyst)
    colleague = put(database, make_analyst("Bo Carr"), by=start.analyst)
    first, change = write_note(database, start, made, "one")
    second, _ = write_note(database, start, first, "two", amends=change.id, by=colleague.id)
    assert second.revision == first.revision + 1


def test_going_back_within_a_stay_writes_nothing_new(database: Database) -> None:
    start = begin(database)
    made = put(database, start.annotation(), by=start.analyst)
    first, change = write_note(database, start, made, "one")
    same, nothing = write_note(database, start, first, "one", amends=change.id)
    assert (same, nothing.edits) == (first, ())
    with database.read() as reader:
        assert reader.change(change.id) is not None
