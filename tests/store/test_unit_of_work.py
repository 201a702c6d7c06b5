from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import event

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation, AnnotationPerson, AnnotationPoint, Role, Stance
from annotator.domain.articles import Article, Block, BlockKind, TextVersion
from annotator.domain.errors import ConflictError, RuleError
from annotator.domain.people import Alias, Person
from annotator.domain.versions import content_of, entity_from, version_hash
from annotator.store.database import Database
from tests.factories import DEVICE, begin, make_person, make_point, make_relation, put


def test_what_is_put_is_read_back_equal(database: Database) -> None:
    start = begin(database)
    point = put(database, make_point(), by=start.analyst)
    people = (
        AnnotationPerson(person_id=start.person.id, role=Role.SPEAKER, mention_start=3, mention_end=4),
        AnnotationPerson(person_id=start.person.id, role=Role.TARGET),
    )
    points = (AnnotationPoint(point_id=point.id, stance=Stance.DENIES),)
    stored = put(database, start.annotation(people=people, points=points, unsure=True), by=start.analyst)
    with database.read() as reader:
        assert reader.get(Annotation, stored.id) == stored
        assert reader.get(TextVersion, start.text.id) == start.text
        assert reader.get(Article, start.article.id) == start.article
        assert reader.all(Annotation) == [stored]
        assert reader.get_many(Annotation, [stored.id, "unknown"]) == {stored.id: stored}
        assert reader.get(Annotation, "unknown") is None


def test_what_no_file_can_hold_is_replaced_as_in_a_text(database: Database) -> None:
    start = begin(database)
    aliases = (Alias(text="Mr\x00A"), Alias(text="Mr B"))
    stored = put(
        database, make_person("A\ud800b", note="x\x00", aliases=aliases), by=start.analyst, label="Add A\ud800b"
    )
    assert (stored.name, stored.note) == ("A\ufffdb", "x\ufffd")
    assert [alias.text for alias in stored.aliases] == ["Mr\ufffdA", "Mr B"]
    with database.read() as reader:
        assert reader.get(Person, stored.id) == stored
        assert reader.changes()[-1].label == "Add A\ufffdb"


def test_stamps_and_version_record(database: Database) -> None:
    start = begin(database)
    first = put(database, make_person("Abel"), by=start.analyst)
    second = put(database, replace(first, name="Abel Reed"), by=start.analyst)
    assert (first.revision, second.revision) == (1, 2)
    assert second.updated_by == start.analyst.id
    assert second.created_at == first.created_at == first.updated_at
    with database.read() as reader:
        versions = reader.versions("person", first.id)
        newest = versions[second.version]
        assert newest.parents == (first.version,)
        assert versions[first.version].parents == ()
        assert newest.content == content_of(second)
        assert newest.hash == version_hash(
            "person", second.id, content_of(second), 2, (first.version,), second.updated_at, start.analyst.id, DEVICE
        )
        assert entity_from(newest) == second
        assert reader.versions_of_change(newest.change_id or "") == [newest]


def test_the_journal_is_in_order_and_holds_labels(database: Database) -> None:
    start = begin(database)
    put(database, make_person("One"), by=start.analyst, label="Add One")
    put(database, make_person("Two"), by=start.analyst, label="Add Two", device="other")
    with database.read() as reader:
        rows = reader.changes()
        assert [row.seq for row in rows] == [1, 2, 3]
        assert [row.label for row in rows] == ["New project", "Add One", "Add Two"]
        assert [row.label for row in reader.changes(limit=2)] == ["Add One", "Add Two"]
        own = reader.own_changes
        assert [row.label for row in own(start.analyst.id, "other")] == ["Add Two"]
        assert own(start.analyst.id, "other", from_seq=4) == own("nobody", "other") == []
        assert [row.label for row in own(start.analyst.id, DEVICE, from_seq=2)] == ["Add One"]
        assert reader.change(rows[0].id) == rows[0]
        assert reader.head_seq() == 3


def test_a_change_set_has_before_and_after(database: Database) -> None:
    start = begin(database)
    with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
        after = uow.put(replace(start.person, note="n"))
        new = uow.put(make_person("New"))
        change = uow.commit("Two things")
    assert [(e.before, e.after) for e in change.edits] == [(start.person, after), (None, new)]
    assert change.touched("person") == (start.person.id, new.id)


def test_without_edits_nothing_is_written(database: Database) -> None:
    start = begin(database)
    with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
        assert uow.put(start.person) == start.person
        once = uow.put(replace(start.person, name="Other"))
        assert uow.put(replace(once, name=start.person.name)) == start.person
        change = uow.commit("Nothing")
    assert change.edits == ()
    with database.read() as reader:
        assert reader.head_seq() == start.change.seq
        assert reader.get(Person, start.person.id) == start.person
        assert list(reader.versions("person", start.person.id)) == [start.person.version]


def test_without_commit_everything_is_rolled_back(database: Database) -> None:
    start = begin(database)

    def fail_half_way() -> None:
        with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
            uow.put(replace(start.person, name="Other"))
            assert uow.count(Person, name="Other") == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with database.read() as reader:
        assert reader.all(Person) == [start.person]


def test_puts_of_one_entity_fold_into_one_version(database: Database) -> None:
    start = begin(database)
    with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
        made = uow.put(make_person("A"))
        made = uow.put(replace(made, name="B"))
        assert uow.get(Person, made.id) == made
        made = uow.put(replace(made, aliases=(Alias(text="C"),)))
        change = uow.commit("Add B")
    assert [(e.before, e.after) for e in change.edits] == [(None, made)]
    assert made.revision == 1
    with database.read() as reader:
        assert reader.get(Person, made.id) == made
        assert list(reader.versions("person", made.id)) == [made.version]


def test_a_stale_entity_is_refused(database: Database) -> None:
    start = begin(database)
    put(database, replace(start.person, name="Newer"), by=start.analyst)
    with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow, pytest.raises(ConflictError):
        uow.put(replace(start.person, note="from an old state"))


def test_an_id_is_not_taken_twice(database: Database) -> None:
    start = begin(database)
    with pytest.raises(ConflictError, match="same id"):
        put(database, make_person(id=start.person.id))
    with database.read() as reader:
        assert reader.all(Person) == [start.person]


def test_a_link_to_nothing_is_refused_and_nothing_written(database: Database) -> None:
    start = begin(database)
    with pytest.raises(RuleError, match=r"annotation.*tag"):
        put(database, start.annotation(tag=replace(start.claim, id="nowhere")), by=start.analyst)
    with database.read() as reader:
        assert reader.all(Annotation) == []
        assert reader.head_seq() == start.change.seq


def test_a_tombstone_is_kept_and_can_come_back(database: Database) -> None:
    start = begin(database)
    with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
        gone = uow.delete(start.person)
        assert uow.delete(gone) == gone
        uow.commit("Delete person")
    with database.read() as reader:
        assert reader.all(Person) == []
        assert reader.all(Person, deleted=True) == [gone]
        assert reader.get(Person, gone.id) == gone
        assert gone.deleted
    back = put(database, replace(gone, deleted_at=None), by=start.analyst)
    assert back.revision == 3
    with database.read() as reader:
        assert reader.all(Person) == [back]


def test_a_text_is_never_changed_but_its_blocks_are(database: Database) -> None:
    start = begin(database)
    blocks = (Block(start=0, end=3, kind=BlockKind.SUBHEAD),)
    stored = put(database, replace(start.text, blocks=blocks), by=start.analyst)
    with database.read() as reader:
        assert reader.get(TextVersion, start.text.id) == stored
    with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow, pytest.raises(RuleError, match="text"):
        uow.put(replace(stored, text="Something else"))


def test_filters_and_counts(database: Database) -> None:
    start = begin(database)
    ann = [put(database, start.annotation(i, i + 3), by=start.analyst) for i in range(4)]
    with database.read() as reader:
        assert reader.all(Annotation, start=2) == [ann[2]]
        assert reader.all(Annotation, start=(1, 3)) == [ann[1], ann[3]]
        assert reader.all(Annotation, start=()) == []
        assert reader.all(Annotation, session_id=None) == ann
        assert reader.count(Annotation, text_id=start.text.id) == 4
        assert reader.count(Analyst) == 1


def test_marks_are_the_live_annotations_of_the_layers_in_order(database: Database) -> None:
    start = begin(database)
    late, early, wide, final, gone = put(
        database,
        start.annotation(5, 9),
        start.annotation(0, 4),
        start.annotation(0, 9),
        start.annotation(0, 2, session_id="session"),
        start.annotation(0, 1),
        by=start.analyst,
    )
    with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
        uow.delete(gone)
        uow.commit("Delete")
    with database.read() as reader:
        marks = reader.marks(start.text.id)
        assert [m.id for m in marks] == [early.id, wide.id, late.id]
        assert marks[0] == (early.id, 0, 4, start.claim.id, start.analyst.id)
        assert final.id not in {m.id for m in marks}


def test_versions_tell_layer_and_article(database: Database) -> None:
    start = begin(database)
    one, two = put(database, start.annotation(0, 4), start.annotation(5, 9), by=start.analyst)
    relation = put(database, make_relation(one, two), by=start.analyst)
    with database.read() as reader:
        found = {v.entity_id: (v.owner_id, v.article_id) for v in reader.all_versions()}
    assert found[one.id] == (start.analyst.id, start.article.id)
    assert found[relation.id] == (start.analyst.id, start.article.id)
    assert found[start.article.id] == (None, start.article.id)
    assert found[start.person.id] == (None, None)


def test_a_second_unit_of_work_in_one_thread_is_a_defect_not_a_deadlock(database: Database) -> None:
    with database.write(analyst_id=None, device=DEVICE), pytest.raises(RuntimeError):
        database.write(analyst_id=None, device=DEVICE).__enter__()


def test_what_was_merged_is_seen_at_once(database: Database) -> None:
    start = begin(database)
    other = put(database, make_person("D. Quill"), by=start.analyst)
    with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
        assert uow.merged(Person) == {}
        uow.put(replace(other, merged_into=start.person.id))
        assert uow.merged(Person) == {other.id: start.person.id}
        uow.commit("Merge")
    with database.read() as reader:
        assert reader.merged(Person) == {other.id: start.person.id}
        assert reader.merged(Article) == {}


def test_parts_follow_their_parent_through_several_puts(database: Database) -> None:
    start = begin(database)
    one, two = Alias(text="One"), Alias(text="Two")
    with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
        person = uow.put(replace(start.person, aliases=(one, two)))
        assert uow.all(Person) == [person]
        person = uow.put(replace(person, aliases=(two,), note="n"))
        assert uow.all(Person) == [person]
        uow.commit("Aliases")
    with database.read() as reader:
        assert reader.get(Person, person.id) == person
        assert person.aliases == (two,)


def statements(database: Database) -> list[str]:
    """Return the list to which every statement is added from now on, BEGIN apart."""
    log: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            log.append(statement)

    event.listen(database._connections.engine, "before_cursor_execute", note)
    return log


def test_opening_an_article_takes_four_statements(database: Database) -> None:
    start = begin(database)
    put(database, *(start.annotation(i, i + 5) for i in range(30)), by=start.analyst)
    log = statements(database)
    with database.read() as reader:
        article = reader.get(Article, start.article.id)
        assert article is not None
        text = reader.get(TextVersion, article.current_text_id or "")
        marks = reader.marks(start.text.id)
    assert text == start.text
    assert len(marks) == 30
    assert len(log) <= 4


def test_an_edit_of_one_annotation_takes_few_statements(database: Database) -> None:
    start = begin(database)
    ann = put(database, start.annotation(note="before"), by=start.analyst)
    log = statements(database)
    with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
        read = uow.get(Annotation, ann.id)
        assert read == ann
        uow.put(replace(ann, note="after"))
        uow.commit("Note")
    assert len(log) <= 9 + (database.location.startswith("postgresql"))


def test_many_entities_take_no_more_statements_than_a_few(database: Database) -> None:
    start = begin(database)
    log = statements(database)
    counts = []
    for number in (2, 200):
        log.clear()
        put(database, *(make_person(f"P{n}", aliases=(Alias(text="x"),)) for n in range(number)), by=start.analyst)
        counts.append(len(log))
    assert counts[0] == counts[1]


def test_reading_goes_on_in_other_threads_while_one_writes(database: Database) -> None:
    start = begin(database)

    def read(_number: int) -> tuple[int, int]:
        with database.read() as reader:
            return reader.count(Annotation), reader.head_seq()

    with ThreadPoolExecutor(4) as pool:
        seen = [pool.submit(read, n) for n in range(40)]
        for number in range(20):
            put(database, start.annotation(0, number + 1), start.annotation(0, number + 2), by=start.analyst)
        results = [future.result(60) for future in seen]
    assert all(count == 2 * (seq - 1) for count, seq in results), "a reader sees whole changes"
    with database.read() as reader:
        assert reader.count(Annotation) == 40


def test_writers_in_several_threads_take_turns(database: Database) -> None:
    start = begin(database)

    def write(number: int) -> int:
        with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
            person = uow.get(Person, start.person.id)
            assert person is not None
            uow.put(replace(person, note=f"{person.note}{number % 10}"))
            return uow.commit("Add").seq

    with ThreadPoolExecutor(4) as pool:
        seqs = list(pool.map(write, range(24)))
    assert sorted(seqs) == list(range(2, 26))
    with database.read() as reader:
        person = reader.get(Person, start.person.id)
    assert person is not None
    assert len(person.note) == 24
    assert person.revision == 25
