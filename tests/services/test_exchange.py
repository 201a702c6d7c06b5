"""Exporting: what is chosen, what a file holds, and that nothing half written is ever left."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.errors import NotFoundError, StorageError, UsageError
from annotator.formats.exchange.writing import to_bytes
from annotator.services.exchange import Choice
from annotator.services.project import Project, create_project
from annotator.services.whole_files import write_whole
from tests.services.conftest import Story


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return to_bytes({**one, "exported_at": ""}) == to_bytes({**other, "exported_at": ""})


def test_two_exports_of_one_state_are_the_same_but_for_the_time(story: Story) -> None:
    story.mark("There was no secret", "Denial")
    assert same(story.project.exchange.export(), story.project.exchange.export())


def test_an_undone_change_leaves_the_same_content_under_another_version(story: Story) -> None:
    annotation = story.mark("There was no secret", "Denial")
    before = story.project.exchange.export()
    story.project.annotations.edit(annotation.id, note="sure?")
    story.project.history.undo()
    after = story.project.exchange.export()
    (one,), (other,) = (d["articles"][0]["annotations"] for d in (before, after))
    assert one["note"] == other["note"]
    assert one["version"] != other["version"]
    assert one["version"] in other["ancestors"]


CHOICES: tuple[Choice, ...] = ({}, {"with_journal": True}, {"profile": "client"}, {"no_text": True})


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_a_file_is_written_piece_by_piece_as_it_would_be_whole(story: Story, tmp_path: Path, choice: Choice) -> None:
    annotation = story.mark("There was no secret", "Denial")
    story.project.annotations.edit(annotation.id, note="sure?")
    fingerprint = story.project.exchange.write(tmp_path / "out.json", **choice)
    written = (tmp_path / "out.json").read_bytes()
    document = story.project.exchange.export(**choice)
    assert fingerprint == document["fingerprint"]
    assert written == to_bytes({**document, "exported_at": json.loads(written)["exported_at"]})


def test_articles_are_chosen_by_id_or_left_out_by_id(story: Story) -> None:
    other = story.project.articles.add_text("Another text about the bridge, and nothing else.")
    exchange = story.project.exchange
    chosen = [a["id"] for a in exchange.export(articles=[other.id])["articles"]]
    left = [a["id"] for a in exchange.export(without=[other.id])["articles"]]
    assert (chosen, left) == ([other.id], [story.article.id])
    with pytest.raises(NotFoundError, match="no article with the id “nothing”"):
        exchange.export(articles=["nothing"])


def test_a_layer_is_chosen_by_initials(story: Story, as_ben: Project) -> None:
    story.mark("There was no secret", "Denial")
    as_ben.act_as("AB")
    story.mark("denied it", "Denial")
    whose = as_ben.analysts.find("AB").id
    found = as_ben.exchange.export(analyst="AB")["articles"][0]["annotations"]
    assert [annotation["analyst_id"] for annotation in found] == [whose]


def test_an_unknown_profile_is_refused(story: Story) -> None:
    with pytest.raises(UsageError, match="“press” is no profile"):
        story.project.exchange.export(profile="press")


def test_a_state_is_chosen_by_its_word(story: Story) -> None:
    story.mark("There was no secret", "Denial")
    exchange = story.project.exchange
    assert len(exchange.export(state="unreviewed")["articles"][0]["annotations"]) == 1
    assert exchange.export(state="final")["articles"][0]["annotations"] == []
    with pytest.raises(UsageError, match="“done” is no state in a review"):
        exchange.export(state="done")


def test_an_export_without_an_article_makes_a_project_without_it(story: Story, tmp_path: Path) -> None:
    story.mark("denied it", "Denial")
    story.project.articles.add_text("Another text about the bridge, and nothing else.", title="Other")
    story.project.exchange.write(tmp_path / "rest.json", without=[story.article.id], with_journal=True)
    with create_project(tmp_path / "rest.annotator", name="Rest") as rest:
        rest.exchange.merge(tmp_path / "rest.json")
        assert [article.title for article in rest.articles.list()] == ["Other"]
    content = (tmp_path / "rest.annotator").read_bytes() + (tmp_path / "rest.json").read_bytes()
    assert b"Nobody asked us" not in content


def test_the_document_is_plain_json(story: Story) -> None:
    story.mark("There was no secret", "Denial")
    document = story.project.exchange.export(with_journal=True)
    assert json.loads(json.dumps(document)) == document


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    target = tmp_path / "out" / "story.json"
    target.parent.mkdir()
    target.write_bytes(b"as it was")

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if call == "write":
        monkeypatch.setattr(os, "fdopen", full)
    elif call == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StorageError, match="was not written: the disk is full") as raised:
        story.project.exchange.write(target)
    assert "Free some space" in raised.value.advice
    assert target.read_bytes() == b"as it was"
    assert list(target.parent.iterdir()) == [target]


def test_places_where_nothing_can_be_written_are_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="is a folder"):
        write_whole(tmp_path, b"x")
    with pytest.raises(StorageError, match="there is no such folder"):
        write_whole(tmp_path / "no" / "a.json", b"x")
    with pytest.raises(StorageError, match="was not written"):
        write_whole(tmp_path / "a\x00b", b"x")


def test_a_link_goes_on_leading_where_it_did(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_an_existing_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
