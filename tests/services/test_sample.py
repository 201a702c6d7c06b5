from __future__ import annotations

import importlib.util
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.desktop.action_table import ACTIONS
from annotator.domain.annotations import Annotation, Attribution, Role
from annotator.domain.articles import BlockKind
from annotator.domain.errors import StorageError
from annotator.domain.people import PersonKind
from annotator.paths import resource
from annotator.services.project import Project, open_project
from annotator.services.sample import SAMPLE_ANALYST, make_sample
from annotator.settings import DeviceMemory
from annotator.suggest.people import mentions, propose_speaker

FOLDER = resource("sample")
DOCUMENT: dict[str, Any] = json.loads((FOLDER / "sample.json").read_text(encoding="utf-8"))
TEXTS = {article["outlet"]: article["text_versions"][0]["text"] for article in DOCUMENT["articles"]}


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Project]:
    with open_project(make_sample(tmp_path)) as project:
        yield project


def passages_of(project: Project) -> list[Annotation]:
    return [a for article in project.articles.list() for a in project.annotations.list(article.id)]


def test_the_file_is_what_the_build_script_makes_of_it_and_the_texts_beside_it() -> None:
    spec = importlib.util.spec_from_file_location("build", FOLDER / "build.py")
    assert spec is not None
    assert spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    content = (FOLDER / "sample.json").read_text(encoding="utf-8")
    assert build.refreshed(content) == content
    assert {outlet: build.text_of(outlet) for outlet in TEXTS} == TEXTS


def test_the_texts_are_as_awkward_as_real_ones() -> None:
    both = "".join(TEXTS.values())
    assert all(700 <= len(text.split()) <= 1000 for text in TEXTS.values())
    assert both.count("\u00a0") >= 15
    assert "Skippers‘ Union" in both
    assert "\u200d" in both
    assert any("\u0600" <= character <= "\u06ff" for character in both)
    kinds = [block["kind"] for article in DOCUMENT["articles"] for block in article["text_versions"][0]["blocks"]]
    assert kinds.count(BlockKind.CAPTION) == 4
    assert kinds.count(BlockKind.HEADLINE) == 2


def test_the_sample_has_what_it_promises(sample: Project) -> None:
    found = passages_of(sample)
    kinds = Counter(person.kind for person in sample.people.list())
    relations = {r.id: r for article in sample.articles.list() for r in sample.relations.for_article(article.id)}
    assert len(sample.articles.list()) == 2
    assert len(found) == 48
    assert sum(kinds.values()) == 12
    assert set(kinds) == set(PersonKind)
    assert len(relations) == 20
    assert len({relation.kind for relation in relations.values()}) == 7
    assert {entry.role for annotation in found for entry in annotation.people} == set(Role)
    assert {annotation.attribution for annotation in found} == set(Attribution)
    assert sum(annotation.unsure for annotation in found) == 3
    assert {point.stance for annotation in found for point in annotation.points} == {"asserts", "denies", "supports"}


def test_every_passage_says_what_it_shows(sample: Project) -> None:
    notes = {annotation.quote: annotation.note for annotation in passages_of(sample)}
    assert [quote for quote, note in notes.items() if not note] == []
    assert "N goes to the next" in notes["‘We should have told the town first’"]
    kept = set(re.findall(r"\b(?:Ctrl\+(?:Shift\+)?(?:Page Down|[A-Z]|\d|Enter)|Del)", " ".join(notes.values())))
    shown = {
        keys.replace("PgDown", "Page Down").replace("Return", "Enter") for spec in ACTIONS for keys in spec.shortcuts
    }
    assert kept - shown == set(), "keys that do something else by now"


def test_relations_cross_from_one_article_to_the_other(sample: Project) -> None:
    article_of = {annotation.id: annotation.article_id for annotation in passages_of(sample)}
    links = {r.id: r for article in sample.articles.list() for r in sample.relations.for_article(article.id)}
    assert sum(article_of[r.source_id] != article_of[r.target_id] for r in links.values()) == 4


def test_every_quote_verifies_and_the_import_left_nothing_out(sample: Project) -> None:
    assert [(a.quote, a.prefix) for a in passages_of(sample)] == [
        (text[a.start : a.end], text[max(0, a.start - 32) : a.start])
        for a in passages_of(sample)
        for text in [sample.articles.text(a.article_id).text]
    ]
    report = sample.exchange.preview(FOLDER / "sample.json")
    assert not report.warnings
    assert not report.left_out
    assert not report.added
    assert not report.differing


def test_only_what_is_unsure_is_left_to_finish(sample: Project) -> None:
    assert {reason for row in sample.passages.to_finish() for reason in row.unfinished} == {"unsure"}


def test_nothing_is_asked_and_nothing_of_the_sample_can_be_undone(sample: Project) -> None:
    assert sample.analyst is not None
    assert sample.analyst.name == SAMPLE_ANALYST
    assert sample.history.undo_label() is None


def test_a_copy_that_is_there_is_used_again(tmp_path: Path) -> None:
    path = make_sample(tmp_path)
    with open_project(path) as project:
        project.people.add("Somebody New")
    assert make_sample(tmp_path) == path
    with open_project(path) as project:
        assert len(project.people.list()) == 13
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".sample")] == []


def test_who_writes_is_remembered_in_the_memory_that_was_given(tmp_path: Path) -> None:
    memory = DeviceMemory(tmp_path / "device.json")
    with open_project(make_sample(tmp_path, memory=memory), memory=memory) as project:
        assert project.analyst is not None
    with open_project(make_sample(tmp_path), memory=DeviceMemory(tmp_path / "other.json")) as project:
        assert project.analyst is None


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="cannot be made in"):
        make_sample(tmp_path / "file")


def test_the_proposed_speaker_is_mostly_the_one_that_the_sample_names(sample: Project) -> None:
    people = sample.people.list()
    right = asked = 0
    for article in sample.articles.list():
        text = sample.articles.text(article.id).text
        named = mentions(text, people, article_date=article.published_at)
        last: str | None = None
        for annotation in sample.annotations.list(article.id):
            speakers = [entry.person_id for entry in annotation.people if entry.role is Role.SPEAKER]
            if speakers:
                asked += 1
                right += propose_speaker(text, annotation.span, named, last) in speakers
                last = speakers[0]
    assert right / asked >= 0.75
