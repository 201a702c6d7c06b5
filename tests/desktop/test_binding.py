"""What the article view is told of the state: labels in words, styles of merged and nested tags, relations, place."""

from __future__ import annotations

import pytest

from annotator.desktop.annotating.binding import label_text
from annotator.desktop.article_picture import in_sentence
from annotator.domain.annotations import Role
from tests.desktop.desk import Desk


def add(desk: Desk, tag: str, *speakers: str) -> str:
    annotations = desk.project.annotations
    people = [(name, Role.SPEAKER) for name in speakers]
    made = annotations.add(desk.article.id, start=0, end=5, tag=tag, people=people)
    desk.settle()
    return made.id


def test_a_label_names_speaker_and_tag(desk: Desk) -> None:
    assert label_text(desk.state, add(desk, "Denial", "Dora Quill")) == "Dora Quill · denial"
    assert label_text(desk.state, add(desk, "Claim")) == "claim"
    assert label_text(desk.state, add(desk, "Claim", "Dora Quill", "Tom Reed", "Ann Oak")) == "Dora Quill +2 · claim"


@pytest.mark.parametrize(
    ("name", "shown"), [("Denial", "denial"), ("NHS claim", "NHS claim"), ("Öde", "öde"), ("", "")]
)
def test_a_tag_s_name_within_a_sentence(name: str, shown: str) -> None:
    assert in_sentence(name) == shown


def test_a_passage_with_a_merged_tag_is_labelled_by_the_other(desk: Desk) -> None:
    tag = desk.project.codebook.add("Allegation", kind="claim", colour="#7a3fb0", key="G")
    annotation_id = add(desk, "Allegation")
    claim = next(tag for tag in desk.project.codebook.tags() if tag.name == "Claim")
    desk.jobs.write(lambda: desk.project.codebook.merge(tag.id, claim.id))
    desk.settle()
    assert label_text(desk.state, annotation_id) == "claim"


def test_renaming_a_tag_renames_the_labels(desk: Desk) -> None:
    annotation_id = add(desk, "Denial", "Dora Quill")
    denial = next(tag for tag in desk.project.codebook.tags() if tag.name == "Denial")
    desk.jobs.write(lambda: desk.project.codebook.edit(denial.id, name="Rebuttal"))
    desk.settle()
    assert label_text(desk.state, annotation_id) == "Dora Quill · rebuttal"


def test_corrected_details_keep_the_reader_s_place(desk: Desk) -> None:
    annotation_id = add(desk, "Claim")
    desk.place_caret("The ledger")
    place = desk.area.view.caret()
    desk.jobs.write(lambda: desk.project.articles.edit(desk.article.id, outlet="The Morning Gull"))
    desk.settle()
    assert desk.area.view.caret() == place == desk.text.index("The ledger")
    assert desk.area.view.annotations_at(2) == [annotation_id]


def test_what_is_chosen_in_the_view_is_current_and_back(desk: Desk) -> None:
    first, second = add(desk, "Claim"), add(desk, "Denial")
    desk.area.view.next_mark(1)
    assert desk.state.current in (first, second)
    desk.state.set_current(second)
    assert desk.area.view.current() == second
