"""Marking, reading, editing and deleting passages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from annotator.domain.annotations import Attribution, Origin, Role
from annotator.domain.changes import ChangeSet
from annotator.domain.errors import ConflictError, NotFoundError, RuleError, UsageError
from annotator.domain.ids import new_id
from annotator.services.people import NewPerson
from annotator.services.project import Project, create_project
from tests.services.conftest import TEXT, Story

QUOTE = "‘Nobody asked us, and nobody told us,’"


def test_passage_keeps_its_words_its_context_and_who_marked_it(story: Story) -> None:
    marked = story.mark(QUOTE, people=[("Dora Quill", "speaker")], note="key", unsure=True)
    span = story.span(QUOTE)
    assert (marked.start, marked.end, marked.quote) == (span.start, span.end, QUOTE)
    assert (marked.prefix, marked.suffix) == (TEXT[span.start - 32 : span.start], TEXT[span.end : span.end + 32])
    assert story.project.analyst is not None
    assert marked.analyst_id == story.project.analyst.id
    assert (marked.note, marked.unsure, marked.origin, marked.revision) == ("key", True, Origin.MANUAL, 1)
    assert story.project.annotations.get(marked.id) == marked


def test_passage_is_the_same_on_each_kind_of_database(location: str) -> None:
    with create_project(location, name="N", analyst="Ann Bell") as project:
        article = project.articles.add_text(TEXT)
        start = TEXT.index(QUOTE)
        marked = project.annotations.add(article.id, start=start, end=start + len(QUOTE), tag="Claim")
        project.annotations.edit(marked.id, tag="Denial", note="n")
        project.annotations.add_person(marked.id, NewPerson(name="Dora Quill"), "speaker")
        project.history.undo()
        project.history.redo()
        shown = project.annotations.list(article.id)
        assert [(a.quote, a.note, len(a.people), a.revision) for a in shown] == [(QUOTE, "n", 1, 5)]
        assert [m.id for m in project.annotations.marks(article.id)] == [marked.id]
        assert [h.label for h in project.history.of("annotation", marked.id)][:2] == ["Tag as claim", "Tag as denial"]


def test_caller_may_give_the_id(story: Story) -> None:
    wanted = new_id()
    assert story.mark(QUOTE, id=wanted).id == wanted
    with pytest.raises(ConflictError):
        story.mark("Ivo Brandt", id=wanted)
    assert story.project.annotations.get(wanted).quote == QUOTE


@pytest.mark.parametrize("tag", ["Claim", "claim", "CLAIM"])
def test_tag_is_named_in_any_case(story: Story, tag: str) -> None:
    assert story.mark(QUOTE, tag).tag_id == story.project.codebook.find("Claim").id


def test_tag_must_exist_and_be_in_use(story: Story) -> None:
    with pytest.raises(NotFoundError, match="Claim, Denial, Evidence"):
        story.mark(QUOTE, "Rumour")
    hint = story.project.codebook.add("Hint")
    story.project.codebook.retire(hint.id)
    with pytest.raises(RuleError, match="retired"):
        story.mark(QUOTE, "Hint")


def test_identical_and_overlapping_passages_stand_beside_each_other(story: Story) -> None:
    ids = {story.mark(QUOTE).id, story.mark(QUOTE).id, story.mark(QUOTE, "Denial").id, story.mark("asked us, and").id}
    assert {mark.id for mark in story.project.annotations.marks(story.article.id)} == ids


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (6, 4), (0, len(TEXT) + 1)])
def test_span_outside_the_text_is_refused(story: Story, start: int, end: int) -> None:
    with pytest.raises(RuleError):
        story.project.annotations.add(story.article.id, start=start, end=end, tag="Claim")


@pytest.mark.parametrize(
    "text", ["e\u0301te\u0301 was long", "👨‍👩‍👧 went home", "🇬🇧 left", "\u1112\u1161\u11ab day", "क्षि word"]
)
def test_span_never_cuts_a_character(project: Project, text: str) -> None:
    article = project.articles.add_text(f"It: {text}\n")
    with pytest.raises(RuleError, match="cut a character"):
        project.annotations.add(article.id, start=4, end=5, tag="Claim")
    with pytest.raises(RuleError, match="cut a character"):
        project.annotations.add(article.id, start=5, end=4 + len(text), tag="Claim")
    whole = project.annotations.add(article.id, start=4, end=4 + text.index(" "), tag="Claim")
    assert whole.quote == text[: text.index(" ")]


def test_name_that_nobody_has_is_added_by_the_same_change(story: Story, announced: list[ChangeSet]) -> None:
    story.mark(QUOTE, people=[(NewPerson(name="Dora Quill", position="chair"), Role.SPEAKER), ("Ivo Brandt", "target")])
    assert [(len(change.edits), change.label) for change in announced] == [(3, "Tag as claim")]
    assert [(p.name, p.position) for p in story.project.people.list()] == [("Dora Quill", "chair"), ("Ivo Brandt", "")]
    story.project.history.undo()
    assert story.project.people.list() == []


def test_known_names_and_aliases_are_linked(story: Story) -> None:
    quill = story.project.people.add("Dora Quill", aliases=["Ms Quill"])
    marked = story.mark(QUOTE, people=[("ms quill", "speaker"), (quill, "target"), (quill.id, "target")])
    assert [(p.person_id, p.role) for p in marked.people] == [(quill.id, Role.SPEAKER), (quill.id, Role.TARGET)]


def test_person_with_the_words_that_name_them(story: Story) -> None:
    named = story.span("Dora Quill")
    marked = story.mark(QUOTE, people=[("Dora Quill", "speaker", named)])
    assert (marked.people[0].mention_start, marked.people[0].mention_end) == (named.start, named.end)


@pytest.mark.parametrize("people", [[("Dora Quill",)], ["Dora Quill"], [(3, "speaker")], [("Dora Quill", "boss")]])
def test_people_that_make_no_sense_are_usage_errors(story: Story, people: list[object]) -> None:
    with pytest.raises(UsageError):
        story.mark(QUOTE, people=people)


def test_attribution_is_derived_until_somebody_sets_it(story: Story) -> None:
    annotations = story.project.annotations
    marked = story.mark("Mayor Ivo Brandt denied it", "Denial")
    assert (marked.attribution, marked.attribution_set) == (Attribution.NARRATION, False)
    annotations.add_person(marked.id, "Ivo Brandt", "speaker")
    assert annotations.get(marked.id).attribution == Attribution.PARAPHRASE
    change = annotations.edit(marked.id, attribution="record")
    assert change.label == "Change how it was said"
    annotations.remove_person(marked.id, "Ivo Brandt", "speaker")
    assert (annotations.get(marked.id).attribution, annotations.get(marked.id).attribution_set) == ("record", True)
    annotations.edit(marked.id, attribution="derived")
    assert (annotations.get(marked.id).attribution, annotations.get(marked.id).attribution_set) == ("narration", False)
    assert story.mark(QUOTE).attribution == Attribution.DIRECT_QUOTE


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"tag": "Denial"}, "Tag as denial"),
        ({"note": "x"}, "Change note"),
        ({"unsure": True}, "Mark as unsure"),
        ({"occasion": "press conference"}, "Change occasion"),
        ({"stated_on": "2024-10"}, "Change date of statement"),
        ({"note": "x", "unsure": True}, "Edit passage"),
        ({"note": "x", "label": "Say why"}, "Say why"),
    ],
)
def test_edits_are_named(story: Story, fields: dict[str, object], label: str) -> None:
    marked = story.mark(QUOTE)
    change = story.project.annotations.edit(marked.id, **fields)  # type: ignore[arg-type]
    assert change.label == label
    assert [edit.before for edit in change.edits] == [marked]
    assert story.project.annotations.get(marked.id) == change.edits[0].after


def test_tag_names_keep_their_capitals_where_they_have_some(story: Story) -> None:
    story.project.codebook.add("NATO")
    story.project.codebook.add("Broken Promise")
    marked = story.mark(QUOTE)
    assert story.project.annotations.edit(marked.id, tag="NATO").label == "Tag as NATO"
    assert story.project.annotations.edit(marked.id, tag="Broken Promise").label == "Tag as Broken Promise"


def test_date_of_a_statement_is_a_date(story: Story) -> None:
    with pytest.raises(RuleError):
        story.project.annotations.edit(story.mark(QUOTE).id, stated_on="yesterday")


def test_ends_are_moved_with_quote_and_context(story: Story) -> None:
    marked = story.mark("Nobody asked us", people=[("Dora Quill", "speaker", story.span("Dora Quill"))])
    span = story.span("Nobody asked us, and nobody told us,’ said")
    change = story.project.annotations.move(marked.id, span.start, span.end)
    moved = story.project.annotations.get(marked.id)
    assert change.label == "Move the ends"
    assert (moved.quote, moved.suffix) == (TEXT[span.start : span.end], TEXT[span.end : span.end + 32])
    assert moved.attribution == Attribution.MIXED
    assert moved.people == marked.people
    with pytest.raises(RuleError):
        story.project.annotations.move(marked.id, span.end, span.start)


def test_edit_of_an_older_version_is_a_conflict(story: Story) -> None:
    marked = story.mark(QUOTE)
    story.project.annotations.edit(marked.id, note="first")
    writes: tuple[Callable[[], object], ...] = (
        lambda: story.project.annotations.edit(marked.id, note="second", expected=marked.version),
        lambda: story.project.annotations.move(marked.id, 0, 4, expected=marked.version),
        lambda: story.project.annotations.add_person(marked.id, "X", "speaker", expected=marked.version),
        lambda: story.project.annotations.delete(marked.id, expected=marked.version),
    )
    for write in writes:
        with pytest.raises(ConflictError):
            write()
    assert story.project.annotations.get(marked.id).note == "first"


def test_deleting_takes_the_relations_along_as_one_change(story: Story, announced: list[ChangeSet]) -> None:
    claim, denial = story.mark(QUOTE), story.mark("Mayor Ivo Brandt denied it", "Denial")
    relation = story.project.relations.add(denial.id, claim.id)
    announced.clear()
    story.project.annotations.delete(claim.id)
    assert [change.label for change in announced] == ["Delete passage"]
    assert {edit.entity.id for edit in announced[0].edits} == {claim.id, relation.id}
    assert story.project.relations.list() == []
    with pytest.raises(NotFoundError):
        story.project.annotations.get(claim.id)
    story.project.history.undo()
    assert story.project.relations.of(denial.id)[0][0].target_id == claim.id


def test_several_are_deleted_as_one_change(story: Story) -> None:
    one, other = story.mark(QUOTE), story.mark("Mayor Ivo Brandt denied it", "Denial")
    story.project.relations.add(other.id, one.id)
    change = story.project.annotations.delete([one.id, other.id, one.id])
    assert (change.label, len(change.edits)) == ("Delete 2 passages", 3)
    assert story.project.annotations.marks(story.article.id) == []


def test_comment_outlives_its_passage(story: Story) -> None:
    marked = story.mark(QUOTE)
    story.project.comments.add(story.article.id, "Is that his own view?", annotation_id=marked.id)
    story.project.annotations.delete(marked.id)
    assert [comment.quote for comment in story.project.comments.list(annotation_id=marked.id)] == [QUOTE]


def test_colleagues_passage_is_read_and_never_written(story: Story, as_ben: Project) -> None:
    ben = as_ben.analyst
    assert ben is not None
    marked = story.mark(QUOTE)
    as_ben.act_as("AB")
    assert as_ben.annotations.get(marked.id).analyst_id == ben.id
    writes: tuple[Callable[[], object], ...] = (
        lambda: as_ben.annotations.edit(marked.id, note="x"),
        lambda: as_ben.annotations.move(marked.id, 0, 5),
        lambda: as_ben.annotations.add_person(marked.id, "X", "speaker"),
        lambda: as_ben.annotations.add_point(marked.id, "X"),
        lambda: as_ben.annotations.delete(marked.id),
    )
    for write in writes:
        with pytest.raises(RuleError, match="Ben Ash"):
            write()
    assert as_ben.annotations.get(marked.id) == marked
    assert as_ben.people.list() == []


def test_passage_that_a_colleague_links_to_stays(story: Story, as_ben: Project) -> None:
    as_ben.act_as("AB")
    claim = story.mark(QUOTE)
    as_ben.act_as("BA")
    denial = story.mark("Mayor Ivo Brandt denied it", "Denial")
    as_ben.relations.add(denial.id, claim.id)
    as_ben.act_as("AB")
    with pytest.raises(RuleError, match="colleague"):
        as_ben.annotations.delete(claim.id)


def test_layers_are_listed_apart(story: Story, as_ben: Project) -> None:
    bens = story.mark(QUOTE)
    as_ben.act_as("AB")
    anns = story.mark("Mayor Ivo Brandt denied it", "Denial")
    annotations = as_ben.annotations
    assert [a.id for a in annotations.list()] == [bens.id, anns.id]
    assert [a.id for a in annotations.list(layer="mine")] == [anns.id]
    for who in ("BA", "Ben Ash", bens.analyst_id):
        assert [a.id for a in annotations.list(story.article.id, layer=who)] == [bens.id]
    with pytest.raises(NotFoundError):
        annotations.list(layer="Zoe")


def test_passages_are_listed_by_place(story: Story) -> None:
    later, earlier = story.mark("Mayor Ivo Brandt"), story.mark("Council")
    assert [a.id for a in story.project.annotations.list(story.article.id)] == [earlier.id, later.id]
    with pytest.raises(NotFoundError):
        story.project.annotations.list(new_id())


def test_labels_name_speakers_in_order_and_everybody(story: Story) -> None:
    people = [("Dora Quill", "speaker"), ("Ivo Brandt", "target"), ("Tess Marlow", "speaker")]
    marked = story.mark(QUOTE, people=people)
    bare = story.mark("Council")
    labels = story.project.annotations.labels(story.article.id)
    assert labels[marked.id].speakers == ("Dora Quill", "Tess Marlow")
    assert labels[marked.id].people == tuple(part.person_id for part in marked.people)
    assert labels[bare.id] == ((), ())


def test_people_are_set_added_and_removed(story: Story) -> None:
    annotations = story.project.annotations
    marked = story.mark(QUOTE)
    assert annotations.add_person(marked.id, NewPerson(name="Dora Quill"), "speaker").label == "Add speaker Dora Quill"
    assert annotations.add_person(marked.id, "Ivo Brandt", Role.TARGET).label == "Add target Ivo Brandt"
    annotations.add_person(marked.id, "Ivo Brandt", Role.TARGET, mention=story.span("Ivo Brandt"))
    parts = annotations.get(marked.id).people
    assert [part.role for part in parts] == [Role.SPEAKER, Role.TARGET]
    assert parts[1].mention_start == story.span("Ivo Brandt").start
    with pytest.raises(RuleError):
        annotations.add_person(marked.id, "Ivo Brandt", "about")
    assert annotations.remove_person(marked.id, "Ivo Brandt", "target").label == "Remove target Ivo Brandt"
    annotations.set_people(marked.id, [("Tess Marlow", "reported_by"), ("Dora Quill", "speaker")])
    names = {person.id: person.name for person in story.project.people.list()}
    assert [names[part.person_id] for part in annotations.get(marked.id).people] == ["Tess Marlow", "Dora Quill"]
    assert annotations.remove_person(marked.id, "Dora Quill").label == "Remove person Dora Quill"
    assert len(annotations.get(marked.id).people) == 1


def test_points_are_linked_with_the_stance_of_the_tag(story: Story) -> None:
    annotations = story.project.annotations
    denial = story.mark("Mayor Ivo Brandt denied it", "Denial")
    change = annotations.add_point(denial.id, "The tolls were doubled in secret.")
    assert len(change.edits) == 2
    assert [part.stance for part in annotations.get(denial.id).points] == ["denies"]
    annotations.add_point(denial.id, "the tolls were doubled in secret.", "asserts")
    assert [part.stance for part in annotations.get(denial.id).points] == ["asserts"]
    assert len(story.project.points.list()) == 1
    annotations.remove_point(denial.id, story.project.points.list()[0].id)
    assert annotations.get(denial.id).points == ()
    evidence = story.mark("The register shows 4,200 crowns", "Evidence", points=["The register shows it."])
    assert evidence.points[0].stance == "asserts"
    annotations.set_points(evidence.id, [("The register shows it.", "supports"), "It is known."])
    assert [part.stance for part in annotations.get(evidence.id).points] == ["supports", "asserts"]


def test_merged_people_and_tags_are_resolved_when_read_and_stay_as_written(story: Story) -> None:
    project = story.project
    marked = story.mark(QUOTE, people=[("Ms Quill", "speaker"), ("Dora Quill", "speaker"), ("Ivo Brandt", "target")])
    ms, dora = project.people.find("Ms Quill"), project.people.find("Dora Quill")
    hint = project.codebook.add("Assertion", kind="claim")
    project.annotations.edit(marked.id, tag="Assertion")
    project.people.merge(ms.id, dora.id)
    project.codebook.merge(hint.id, project.codebook.find("Claim").id)
    shown = project.annotations.get(marked.id)
    assert [part.person_id for part in shown.people] == [dora.id, project.people.find("Ivo Brandt").id]
    assert shown.tag_id == project.codebook.find("Claim").id
    assert project.annotations.marks(story.article.id)[0].tag_id == shown.tag_id
    assert project.annotations.labels(story.article.id)[marked.id].speakers == ("Dora Quill",)
    assert project.annotations.list(story.article.id) == [shown]
    project.annotations.edit(marked.id, note="links stay")
    project.history.undo()
    project.history.undo()
    project.history.undo()
    again = project.annotations.get(marked.id)
    assert replace(again, version="", revision=0, updated_at="") == replace(
        marked, tag_id=hint.id, version="", revision=0, updated_at=""
    )


def test_removing_a_person_takes_those_merged_into_them_along(story: Story) -> None:
    marked = story.mark(QUOTE, people=[("Ms Quill", "speaker")])
    dora = story.project.people.add("Dora Quill")
    story.project.people.merge(story.project.people.find("Ms Quill").id, dora.id)
    story.project.annotations.remove_person(marked.id, "Dora Quill", "speaker")
    assert story.project.annotations.get(marked.id).people == ()


def test_unknown_passages_are_not_found(story: Story) -> None:
    for read in (lambda: story.project.annotations.get("x"), lambda: story.project.annotations.edit("x", note="n")):
        with pytest.raises(NotFoundError):
            read()
    assert story.project.annotations.get_many(["x"]) == {}
