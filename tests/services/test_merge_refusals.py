"""What a merge refuses, whole and with its reason: forged, damaged, made for a client, unreadable."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.analysts import Analyst
from annotator.domain.errors import InputError
from annotator.services.exchange import Source
from annotator.services.project import Project
from tests.services.conftest import Story
from tests.services.copies import Maker, content, copy_of, new

__all__ = ["copy_of", "new"]


def forged(project: Project, change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    document = copy.deepcopy(project.exchange.export())
    change(document)
    return document


def test_a_layer_that_another_wrote_in_is_refused(story: Story, copy_of: Project) -> None:
    ann = story.project.analyst
    assert ann is not None
    (passage,) = copy_of.annotations.list()
    with copy_of.context.write() as uow:  # what no service would do
        uow.put(replace(passage, note="said by Bo in Ann's name"))
        copy_of.context.commit(uow, "Forge")
    before = content(story.project, with_journal=True)
    for journal in (False, True):
        with pytest.raises(InputError) as raised:
            story.project.exchange.merge(copy_of.exchange.export(with_journal=journal))
        assert "only its own analyst writes a layer" in raised.value.problems[0].message
        assert raised.value.problems[0].path.startswith("$.articles[0].annotations[0]")
    assert content(story.project, with_journal=True) == before


def test_a_passage_cannot_be_moved_into_another_layer(story: Story, copy_of: Project) -> None:
    bo = copy_of.analyst
    assert isinstance(bo, Analyst)
    (passage,) = copy_of.annotations.list()
    with copy_of.context.write() as uow:
        uow.put(replace(passage, analyst_id=bo.id))
        copy_of.context.commit(uow, "Forge")
    with pytest.raises(InputError, match="one problem"):
        story.project.exchange.merge(copy_of.exchange.export())


def test_a_passage_cannot_be_taken_out_of_its_layer_as_final(story: Story, copy_of: Project) -> None:
    (passage,) = copy_of.annotations.list()
    with copy_of.context.write() as uow:
        uow.put(replace(passage, session_id=story.article.id))
        copy_of.context.commit(uow, "Forge")
    with pytest.raises(InputError, match="one problem"):
        story.project.exchange.merge(copy_of.exchange.export())


def test_a_file_that_was_changed_by_hand_is_refused_whole(story: Story, copy_of: Project) -> None:
    def spoil(document: dict[str, Any]) -> None:
        document["articles"][0]["annotations"][0]["note"] = "by hand"
        document["articles"][0]["annotations"][0]["quote"] = "There was no secrecy"

    copy_of.people.add("Somebody")
    before = content(story.project)
    with pytest.raises(InputError) as raised:
        story.project.exchange.merge(forged(copy_of, spoil))
    assert {p.path for p in raised.value.problems} == {
        "$.articles[0].annotations[0].version",
        "$.articles[0].annotations[0].quote",
    }
    assert content(story.project) == before


def test_a_derived_value_that_was_changed_by_hand_is_a_warning(story: Story, copy_of: Project) -> None:
    def spoil(document: dict[str, Any]) -> None:
        document["articles"][0]["annotations"][0]["kind"] = "evidence"

    (warning,) = story.project.exchange.merge(forged(copy_of, spoil)).warnings
    assert warning.path == "$.fingerprint"


def test_versions_that_claim_to_replace_each_other_are_refused(story: Story, copy_of: Project) -> None:
    def spoil(document: dict[str, Any]) -> None:
        passage = document["articles"][0]["annotations"][0]
        passage["ancestors"] = [passage["version"]]

    with pytest.raises(InputError) as raised:
        story.project.exchange.merge(forged(copy_of, spoil))
    assert [problem.path for problem in raised.value.problems] == ["$.articles[0].annotations[0].ancestors"]


def test_a_file_for_a_client_cannot_be_merged(story: Story, new: Maker) -> None:
    document = story.project.exchange.export(profile="client")
    with pytest.raises(InputError, match="made for a client"):
        new("empty").exchange.merge(document)


def sources(tmp_path: Path) -> list[tuple[Source, str]]:
    (tmp_path / "empty.json").touch()
    (tmp_path / "broken.json").write_text('{"schema": ', encoding="utf-8")
    (tmp_path / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    (tmp_path / "null.json").write_text("null", encoding="utf-8")
    return [
        (tmp_path / "missing.json", "There is no file"),
        (tmp_path, "is a folder"),
        (tmp_path / "empty.json", "is empty"),
        (tmp_path / "broken.json", "“broken.json” has one problem"),
        (tmp_path / "deep.json", "“deep.json” has one problem"),
        (tmp_path / "null.json", "“null.json” has one problem"),
        ({"schema": object()}, "The document is no JSON"),
        ({"schema": "urn:annotator:project", "schema_version": "9.0.0"}, "The document has one problem"),
    ]


@pytest.mark.parametrize("number", range(8))
def test_what_cannot_be_read_is_told(story: Story, tmp_path: Path, number: int) -> None:
    source, wanted = sources(tmp_path)[number]
    with pytest.raises(InputError, match=wanted):
        story.project.exchange.merge(source)
