"""The state of the window follows change sets, entity by entity."""

from __future__ import annotations

from annotator.domain.annotations import Role
from annotator.domain.codebook import TagKind
from annotator.domain.marks import Mark
from tests.desktop.desk import Desk


def test_what_others_write_arrives_without_a_reload(desk: Desk) -> None:
    article_id = desk.article.id
    desk.jobs.write(
        lambda: desk.project.annotations.add(
            article_id, start=0, end=5, tag="Claim", people=[("Dora Quill", "speaker")]
        )
    )
    desk.settle()
    (mark,) = desk.state.marks.values()
    assert (mark.start, mark.end) == (0, 5)
    assert desk.state.labels[mark.id].speakers == ("Dora Quill",)
    assert [person.name for person in desk.state.people.values()] == ["Dora Quill"]
    summary = desk.state.articles[article_id]
    assert (summary.total, summary.mine, summary.counts[TagKind.CLAIM]) == (1, 1, 1)


def test_the_counts_follow_a_change_of_tag_and_a_deletion(desk: Desk) -> None:
    article_id = desk.article.id
    annotation = desk.project.annotations.add(article_id, start=0, end=5, tag="Claim")
    desk.jobs.write(lambda: desk.project.annotations.edit(annotation.id, tag="Denial"))
    desk.settle()
    counts = desk.state.articles[article_id].counts
    assert (counts.get(TagKind.CLAIM, 0), counts[TagKind.DENIAL]) == (0, 1)
    desk.jobs.write(lambda: desk.project.annotations.delete(annotation.id))
    desk.settle()
    assert desk.state.articles[article_id].total == 0
    assert desk.state.marks == {}


def test_renaming_a_person_renames_the_labels(desk: Desk) -> None:
    article_id = desk.article.id
    annotation = desk.project.annotations.add(article_id, start=0, end=5, tag="Claim", people=[("D. Quill", "speaker")])
    (entry,) = annotation.people
    with desk.qtbot.waitSignal(desk.state.labels_changed):
        desk.jobs.write(lambda: desk.project.people.edit(entry.person_id, name="Dora Quill"))
    desk.settle()
    assert desk.state.labels[annotation.id].speakers == ("Dora Quill",)


def test_a_merged_person_is_followed(desk: Desk) -> None:
    people = desk.project.people
    loser, winner = people.add("Mr Reed"), people.add("Tom Reed")
    desk.jobs.write(lambda: people.merge(loser.id, winner.id))
    desk.settle()
    assert desk.state.person(loser.id) == desk.state.people[winner.id]
    assert [person.name for person in desk.state.people_in_use()] == ["Tom Reed"]


def test_merged_people_are_followed_after_opening(desk: Desk) -> None:
    people = desk.project.people
    loser, winner = people.add("Mr Reed"), people.add("Tom Reed")
    people.merge(loser.id, winner.id)
    desk.state.load()
    desk.settle()
    resolved = desk.state.person(loser.id)
    assert resolved is not None
    assert resolved.name == "Tom Reed"


def test_only_what_a_change_names_is_announced(desk: Desk) -> None:
    article_id = desk.article.id
    desk.project.annotations.add(article_id, start=0, end=5, tag="Claim")
    desk.settle()
    touched: list[tuple[tuple[Mark, ...], tuple[str, ...]]] = []
    desk.state.marks_touched.connect(lambda put, removed: touched.append((put, removed)))
    with desk.qtbot.assertNotEmitted(desk.state.marks_changed):
        added = desk.project.annotations.add(article_id, start=6, end=9, tag="Denial")
        desk.settle()
        desk.jobs.read(lambda: None, done=lambda _nothing: None)
        desk.settle()
    assert [[mark.id for mark in put] for put, _ in touched] == [[added.id]]


def test_the_current_passage_is_read_and_followed(desk: Desk) -> None:
    annotation = desk.project.annotations.add(desk.article.id, start=0, end=5, tag="Claim", note="first")
    desk.state.set_current(annotation.id)
    desk.settle()
    assert desk.annotation.note == "first"
    desk.jobs.write(lambda: desk.project.annotations.edit(annotation.id, note="second"))
    desk.settle()
    assert desk.annotation.note == "second"
    desk.jobs.write(lambda: desk.project.annotations.delete(annotation.id))
    desk.settle()
    assert desk.state.current is None


def test_undo_brings_a_passage_back_with_its_relation(desk: Desk) -> None:
    annotations, article_id = desk.project.annotations, desk.article.id
    one = annotations.add(article_id, start=0, end=5, tag="Denial", people=[("Dora Quill", Role.SPEAKER)])
    other = annotations.add(article_id, start=6, end=9, tag="Claim")
    desk.project.relations.add(one.id, other.id)
    desk.jobs.write(lambda: annotations.delete(one.id))
    desk.settle()
    assert (len(desk.state.marks), len(desk.state.relations)) == (1, 0)
    desk.jobs.write(desk.project.history.undo)
    desk.settle()
    assert (len(desk.state.marks), len(desk.state.relations)) == (2, 1)
    assert desk.state.labels[one.id].speakers == ("Dora Quill",)


def test_going_to_a_passage_opens_its_article(desk: Desk) -> None:
    other = desk.project.articles.add_text("Another story altogether.", title="Another")
    annotation = desk.project.annotations.add(other.id, start=0, end=7, tag="Claim")
    desk.state.go_to(annotation.id)
    desk.settle()
    assert desk.article.id == other.id
    assert desk.state.current == annotation.id


def test_ten_thousand_marks_are_taken_as_they_come(desk: Desk) -> None:
    """A big change set resets the view once instead of touching it ten thousand times."""
    annotations, article_id = desk.project.annotations, desk.article.id
    made = [annotations.add(article_id, start=n % 50, end=n % 50 + 1, tag="Claim") for n in range(201)]
    desk.settle()
    with desk.qtbot.waitSignal(desk.state.marks_changed), desk.qtbot.assertNotEmitted(desk.state.marks_touched):
        desk.jobs.write(lambda: annotations.delete([annotation.id for annotation in made]))
    assert desk.state.marks == {}
