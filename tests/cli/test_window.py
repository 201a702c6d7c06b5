"""Calls without a command: the window, and what a machine without a display gets instead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator import open_project, system
from annotator.services.project import create_project
from annotator.settings import Settings
from tests.cli.conftest import Annotator, FakeDesktop


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(system, "missing_packages", list)


def test_the_first_start_of_a_checkout_shows_the_sample_later_ones_what_there_is(
    annotator: Annotator, desktop: FakeDesktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert annotator().code == 0
    ((paths, _analyst),) = desktop.shown
    with open_project(paths[0]) as project:
        assert project.name.startswith("Sample")
    Settings().note_recent(paths[0])
    annotator()
    assert desktop.shown[1] == ([], None)


@pytest.mark.usefixtures("no_display")
def test_without_a_display_the_sample_is_drawn_exported_and_counted(
    annotator: Annotator, desktop: FakeDesktop, tmp_path: Path
) -> None:
    done = annotator()
    assert done.code == 0, done.err
    assert "There is no display" in done.err
    ((location, picture, article, _size),) = desktop.rendered
    assert (picture, article) == (tmp_path / "annotator.png", None)
    exported = json.loads((tmp_path / "annotator.json").read_text(encoding="utf-8"))
    passages = sum(len(entry["annotations"]) for entry in exported["articles"])
    assert passages > 40
    with open_project(location) as project:
        assert sum(summary.total for summary in project.articles.summaries()) == passages
    assert "2 articles" in done.out
    assert annotator("verify", "annotator.json").code == 0
    assert desktop.shown == []


@pytest.mark.usefixtures("no_display")
def test_a_project_that_is_named_is_drawn(annotator: Annotator, desktop: FakeDesktop, tmp_path: Path) -> None:
    create_project(tmp_path / "my story.annotator", name="Story", analyst="Ann Bell").close()
    assert annotator("my story.annotator").code == 0
    assert desktop.rendered[0][0] == "my story.annotator"
    assert (tmp_path / "annotator.json").exists()


@pytest.mark.usefixtures("no_display")
@pytest.mark.parametrize(("words", "code"), [(["a.txt", "b.txt"], 2), (["nowhere.annotator", "a.txt"], 2)])
def test_articles_need_a_window_or_the_import_command(annotator: Annotator, words: list[str], code: int) -> None:
    done = annotator(*words)
    assert done.code == code
    assert "annotator import" in done.err


@pytest.mark.usefixtures("no_display")
def test_where_nothing_can_be_written_the_files_go_elsewhere_and_it_is_said(
    annotator: Annotator, desktop: FakeDesktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, _mode: Path(path) != tmp_path)
    done = annotator()
    assert done.code == 0
    picture = desktop.rendered[0][1]
    assert picture.parent != tmp_path
    assert f"the files go to {picture.parent}" in done.err
    assert (picture.parent / "annotator.json").exists()


@pytest.mark.usefixtures("no_display")
def test_missing_libraries_end_in_the_line_to_type(annotator: Annotator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "missing_packages", lambda: ["libegl1"])
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    done = annotator()
    assert done.code == 3
    assert done.err.splitlines()[-1].endswith("apt-get install -y libegl1")
