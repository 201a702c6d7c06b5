"""Importing what another program wrote: new things come in, known ones are listed, one change, one step to undo."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.annotations import Attribution, Origin
from annotator.domain.articles import BlockKind
from annotator.domain.changes import ChangeSet
from annotator.domain.errors import AnalystNeededError, InputError, ReadOnlyError
from annotator.domain.text import text_sha256
from annotator.services.project import Project, create_project, open_project
from tests.services.conftest import TEXT, Story

QUOTE = "There was no secret"
START = TEXT.index(QUOTE)


def foreign() -> dict[str, Any]:
    return {
        "schema": "urn:annotator:project",
        "schema_version": "1.0.0",
        "people": [{"name": "Ivo Brandt", "aliases": ["Mayor Brandt"]}],
        "articles": [
            {
                "title": "Bridge tolls",
                "text_versions": [{"text": TEXT}],
                "annotations": [
                    {
                        "start": START,
                        "end": START + len(QUOTE),
                        "quote": QUOTE,
                        "tag": "denial",
                        "people": [{"person": "Mayor Brandt", "role": "speaker"}],
                    },
                    {"id": "x2", "start": 0, "end": 24, "tag": "Claim", "attribution": "narration", "note": "lead"},
                ],
            }
        ],
    }


def test_what_is_new_comes_in_as_one_change_that_can_be_undone(project: Project, announced: list[ChangeSet]) -> None:
    report = project.exchange.merge(foreign())
    assert report.kind == "import"
    assert report.added == {"person": 1, "article": 1, "text_version": 1, "annotation": 2}
    assert [change.label for change in announced] == ["Import The document"]
    assert len(announced[0].edits) == 5
    project.history.undo()
    assert project.articles.list() == []
    assert project.people.list() == []
    project.history.redo()
    assert len(project.annotations.list()) == 2


def test_what_follows_from_the_text_is_made_as_a_person_would(project: Project) -> None:
    project.exchange.merge(foreign())
    headline, denial = sorted(project.annotations.list(), key=lambda a: a.start)
    (article,) = project.articles.list()
    text = project.articles.text(article.id)
    assert text.blocks[0].kind is BlockKind.HEADLINE
    assert denial.quote == QUOTE
    assert (denial.attribution, denial.attribution_set) == (Attribution.DIRECT_QUOTE, False)
    assert (headline.attribution, headline.attribution_set) == (Attribution.NARRATION, True)
    assert {denial.origin, headline.origin} == {Origin.IMPORTED}
    assert denial.analyst_id == (project.analyst and project.analyst.id)
    assert project.people.get(denial.people[0].person_id).name == "Ivo Brandt"
    assert project.verify.run().passed


def test_a_second_reading_finds_everything_and_changes_nothing(project: Project, announced: list[ChangeSet]) -> None:
    project.exchange.merge(foreign())
    before = project.exchange.export(with_journal=True)
    report = project.exchange.merge(foreign())
    assert report.nothing_new
    assert report.differing == ()
    assert len(announced) == 1
    assert project.exchange.export(with_journal=True)["versions"] == before["versions"]


def test_an_export_of_what_was_imported_merges_elsewhere(project: Project, tmp_path: Path) -> None:
    project.exchange.merge(foreign())
    with create_project(tmp_path / "b.annotator", name="B") as other:
        other.exchange.merge(project.exchange.export())
        assert len(other.annotations.list()) == 2


def test_the_text_that_the_project_has_is_found_by_its_hash(story: Story) -> None:
    report = story.project.exchange.merge(foreign())
    assert report.added == {"person": 1, "annotation": 2}
    assert [(d.entity_type, d.fields) for d in report.differing] == [("article", ("title",))]
    (annotation, *_) = story.project.annotations.list()
    assert annotation.article_id == story.article.id
    assert story.project.articles.get(story.article.id).title == story.article.title


def test_known_things_are_listed_and_changed_only_when_chosen(story: Story) -> None:
    exchange = story.project.exchange
    exchange.merge(foreign())
    value = foreign()
    value["articles"][0]["annotations"][1]["note"] = "second thoughts"
    value["people"][0]["position"] = "mayor"
    listed = {differing.entity_type: differing for differing in exchange.preview(value).differing}
    assert listed["annotation"].fields == ("note",)
    assert listed["annotation"].path == "$.articles[0].annotations[1]"
    assert listed["person"].name == "Ivo Brandt"
    exchange.merge(value, take=[listed["person"].entity_id])
    assert [person.position for person in story.project.people.list()] == ["mayor"]
    assert {a.note for a in story.project.annotations.list()} == {"", "lead"}
    report = exchange.merge(value, take=["all"])
    assert report.changed == {"annotation": 1, "article": 1}
    assert {a.note for a in story.project.annotations.list()} == {"", "second thoughts"}


def test_what_was_deleted_here_is_listed_and_brought_back_only_when_chosen(project: Project) -> None:
    project.exchange.merge(foreign())
    project.annotations.delete([a.id for a in project.annotations.list() if a.note])
    (differing,) = project.exchange.merge(foreign()).differing
    assert differing.fields == ("deleted_at",)
    assert len(project.annotations.list()) == 1
    project.exchange.merge(foreign(), take=[differing.entity_id])
    assert len(project.annotations.list()) == 2


def test_a_preview_writes_nothing(project: Project, announced: list[ChangeSet]) -> None:
    report = project.exchange.preview(foreign())
    assert report.added["annotation"] == 2
    assert project.articles.list() == []
    assert announced == []


def test_a_preview_needs_no_right_to_write(project: Project) -> None:
    location = project.location
    project.close()
    with open_project(location, read_only=True) as reading:
        assert reading.exchange.preview(foreign()).added["annotation"] == 2
        with pytest.raises(ReadOnlyError):
            reading.exchange.merge(foreign())


def test_the_work_of_others_is_left_out_and_said(story: Story, as_ben: Project) -> None:
    value = foreign()
    value["articles"][0]["annotations"][0]["analyst"] = "AB"
    value["articles"][0]["annotations"][0]["id"] = "x1"
    value["relations"] = [{"kind": "rebuts", "source_id": "x2", "target_id": "x1"}]
    report = as_ben.exchange.merge(value)
    assert report.added == {"person": 1, "annotation": 1}
    assert [problem.path for problem in report.left_out] == ["$.articles[0].annotations[0]", "$.relations[0]"]
    assert "only its own analyst can import it" in report.left_out[0].message
    as_ben.act_as("Ann Bell")
    value["relations"] = []
    assert as_ben.exchange.merge(value).added == {"annotation": 1}


def test_a_passage_of_another_is_not_changed_even_when_chosen(story: Story, as_ben: Project) -> None:
    as_ben.act_as("Ann Bell")
    as_ben.exchange.merge(foreign())
    as_ben.act_as("Ben Ash")
    value = foreign()
    passage = value["articles"][0]["annotations"][1]
    passage.update(note="by Ben", analyst="AB")
    report = as_ben.exchange.merge(value, take=["all"])
    assert "$.articles[0].annotations[1]" in [problem.path for problem in report.left_out]
    assert "by Ben" not in {a.note for a in as_ben.annotations.list()}


def test_somebody_must_be_named(tmp_path: Path) -> None:
    with create_project(tmp_path / "b.annotator", name="B") as nobody, pytest.raises(AnalystNeededError):
        nobody.exchange.merge(foreign())


PASSAGE = "$.articles[0].annotations[0]"


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (lambda d: d["articles"][0]["annotations"][0].update(quote="There was a secret"), f"{PASSAGE}.quote"),
        (lambda d: d["articles"][0]["annotations"][0].update(end=9_999), f"{PASSAGE}.start"),
        (lambda d: d["articles"][0]["annotations"][0].update(tag="Insult"), f"{PASSAGE}.tag"),
        (lambda d: d["articles"][0]["annotations"][0].update(analyst="Nobody"), f"{PASSAGE}.analyst"),
        (lambda d: d["articles"][0].update(published_at="24 October 2024"), "$.articles[0]"),
        (lambda d: d["people"][0].update(name=" "), "$.people[0]"),
        (lambda d: d.update(codebook=[{"name": "Insult", "kind": "other", "colour": "red"}]), "$.codebook[0]"),
        (lambda d: d.update(codebook=[{"name": "Insult", "kind": "other", "key": "N"}]), "$.codebook[0]"),
        (
            lambda d: d["articles"][0]["annotations"][0]["people"].append({"person": "Ivo Brandt", "role": "speaker"}),
            PASSAGE,
        ),
        (
            lambda d: d["articles"][0]["text_versions"][0].update(blocks=[{"start": 9, "end": 9, "kind": "body"}]),
            "$.art",
        ),
        (lambda d: d.update(project={"id": "7d1b2c3d-0000-5000-8000-000000000000"}), "$.project.id"),
        (lambda d: d.update(relations=[{"kind": "repeats", "source_id": "x2", "target_id": "x2"}]), "$.relations[0]"),
        (
            lambda d: d.update(relations=[{"kind": "repeats", "source_id": "x2", "target_id": "no"}]),
            "$.relations[0].target_id",
        ),
    ],
)
def test_anything_wrong_stops_the_whole_import(
    project: Project, change: Callable[[dict[str, Any]], Any], wanted: str
) -> None:
    value = foreign()
    change(value)
    with pytest.raises(InputError) as raised:
        project.exchange.merge(value)
    assert any(problem.path.startswith(wanted) for problem in raised.value.problems), raised.value.problems
    assert project.articles.list() == []
    assert project.people.list() == []


def test_everything_wrong_is_told_at_once(project: Project, tmp_path: Path) -> None:
    value = foreign()
    first, second = value["articles"][0]["annotations"]
    first.update(quote="There was a secret", tag="Insult", unsure="perhaps")
    second.update(end=9_999, attribution="shouted")
    value["articles"][0]["published_at"] = "yesterday"
    value["relations"] = [{"kind": "repeats", "source_id": "x2", "target_id": "gone"}]
    source = json.dumps(value).replace('"kind": "repeats"', '"kind": "repeats", "note": NaN, "note": ""')
    path = tmp_path / "spans.json"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(InputError, match=r"“spans\.json” has") as raised:
        project.exchange.merge(path)
    assert {problem.path for problem in raised.value.problems} == {
        "$.relations[0].note",
        f"{PASSAGE}.unsure",
        f"{PASSAGE}.tag",
        f"{PASSAGE}.quote",
        "$.articles[0].annotations[1].attribution",
        "$.articles[0].annotations[1].start",
        "$.articles[0]",
        "$.relations[0].target_id",
    }


def test_a_text_that_is_left_out_is_refused_unless_the_project_has_it(project: Project) -> None:
    document = foreign()
    document["articles"][0]["annotations"].pop()  # it gives no quote, which only the text could tell
    known = copy.deepcopy(document)
    text = document["articles"][0]["text_versions"][0]
    text |= {"sha256": text_sha256(text.pop("text"))}
    with pytest.raises(InputError) as raised:
        project.exchange.merge(document)
    assert [problem.path for problem in raised.value.problems] == ["$.articles[0].text_versions[0].text"]
    assert project.articles.list() == []
    project.exchange.merge(known)
    assert project.exchange.merge(document).nothing_new


def test_a_known_text_is_never_replaced(story: Story) -> None:
    text = story.project.articles.text(story.article.id)
    value = foreign()
    value["articles"][0]["text_versions"][0] = {"id": text.id, "text": "Other words."}
    value["articles"][0]["annotations"] = []
    with pytest.raises(InputError) as raised:
        story.project.exchange.merge(value, take=["all"])
    assert "another text under this id" in raised.value.problems[0].message


def test_a_name_that_two_people_have_is_a_problem_with_its_path(story: Story) -> None:
    story.project.people.add("Dora Quill", aliases=["Quill"])
    story.project.people.add("Jon Quill", aliases=["Quill"])
    value = foreign()
    value["articles"][0]["annotations"][0]["people"][0]["person"] = "quill"
    with pytest.raises(InputError) as raised:
        story.project.exchange.merge(value)
    assert raised.value.problems[0].path == f"{PASSAGE}.people[0].person"


def test_a_merged_person_is_found_under_the_name_of_the_loser(story: Story) -> None:
    winner = story.project.people.add("Ivo Brandt-Mayer")
    loser = story.project.people.add("Ivo Brandt")
    story.project.people.merge(loser.id, winner.id)
    value = foreign()
    del value["people"]
    value["articles"][0]["annotations"][0]["people"][0]["person"] = "Ivo Brandt"
    story.project.exchange.merge(value)
    (passage,) = [a for a in story.project.annotations.list() if a.people]
    assert passage.people[0].person_id == winner.id


def test_a_key_that_another_tag_has_is_a_warning(project: Project) -> None:
    value = foreign()
    value["codebook"] = [{"name": "Insult", "kind": "other", "key": "C"}]
    (warning,) = project.exchange.merge(value).warnings
    assert warning.path == "$.codebook[0]"
    assert "belongs to the tag “Claim”" in warning.message


def test_unknown_keys_are_warnings(project: Project) -> None:
    value = foreign()
    value["articles"][0]["annotations"][0]["confidence"] = 0.9
    report = project.exchange.merge(value)
    assert [str(warning) for warning in report.warnings] == [
        f"{PASSAGE}.confidence: This key is not known and was ignored."
    ]


def test_a_file_is_imported_by_its_path_and_named_in_the_journal(
    project: Project, tmp_path: Path, announced: list[ChangeSet]
) -> None:
    path = tmp_path / "spans.json"
    path.write_text(json.dumps(copy.deepcopy(foreign())), encoding="utf-8")
    project.exchange.merge(path)
    assert [change.label for change in announced] == ["Import “spans.json”"]


def test_reviews_verdicts_and_decisions_of_another_program_stay_out(project: Project) -> None:
    document = foreign()
    article = document["articles"][0]
    article["id"], article["text_versions"][0]["id"] = "a", "t"
    first, second = article["annotations"]
    second["session_id"] = "s"
    first["id"], first["text_id"], second["text_id"] = "x1", "t", "t"
    document["analysts"] = [{"id": "zed", "name": "Zed Null"}]
    document["reviews"] = [{"id": "s", "name": "First round", "revealed_at": "2024-10-24T10:00:00Z"}]
    document["review_members"] = [{"session_id": "s", "analyst_id": "zed", "role": "lead"}]
    document["review_articles"] = [{"session_id": "s", "article_id": "a", "text_id": "t"}]
    document["submissions"] = [{"session_id": "s", "text_id": "t", "analyst_id": "zed", "count": 2}]
    verdict = {"session_id": "s", "annotation_id": "x1", "of_version": "0" * 64, "outcome": "reject"}
    document["verdicts"] = [verdict | {"analyst_id": "zed"}]
    document["decisions"] = [{"session_id": "s", "text_id": "t", "outcome": "nothing"}]
    document["relations"] = [{"source_id": "x1", "target_id": "x2", "kind": "rebuts"}]
    document["comments"] = [{"article_id": "a", "annotation_id": "x2", "text": "Decided."}]
    report = project.exchange.merge(document)
    assert set(report.added) == {"person", "analyst", "article", "text_version", "annotation"}
    assert report.added["annotation"] == 1
    left_out = {warning.path for warning in report.warnings if "left out" in warning.message}
    lists = ("reviews", "review_members", "review_articles", "submissions", "verdicts", "decisions")
    passage = "$.articles[0].annotations[1]"
    assert left_out == {f"$.{key}" for key in lists} | {passage, "$.relations[0]", "$.comments[0]"}
    assert project.reviews.list() == []
