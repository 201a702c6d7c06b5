"""Long work that is stopped on the way: nothing of it is kept, and nothing half done is left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.services.project import Project, create_project


class StoppedError(Exception):
    pass


def stop_at(call: int, told: list[tuple[int, int]]) -> Callable[[int, int], None]:
    """Return a progress that notes what it is told and stops at its n-th call."""

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) == call:
            raise StoppedError

    return progress


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = create_project(str(tmp_path / "story.annotator"), name="The bridge", analyst="Ann Bell")
    for number in range(3):
        made.articles.add_text(f"Report {number}\n\nThe bridge was sold {number} times.")
    return made


def test_an_export_tells_each_article_and_leaves_nothing_when_stopped(project: Project, tmp_path: Path) -> None:
    target, told = tmp_path / "out.json", list[tuple[int, int]]()
    with pytest.raises(StoppedError):
        project.exchange.write(target, progress=stop_at(2, told))
    assert told == [(0, 3), (1, 3)]
    assert sorted(path.name for path in tmp_path.glob("*") if "out" in path.name or ".part" in path.name) == []
    told.clear()
    project.exchange.write(target, progress=stop_at(99, told))
    assert told == [(0, 3), (1, 3), (2, 3)]
    assert target.exists()
    project.close()


def test_a_merge_changes_nothing_wherever_it_is_stopped(project: Project, tmp_path: Path) -> None:
    copy = tmp_path / "theirs.annotator"
    project.care.backup(copy)
    from annotator.services.project import open_project

    with open_project(copy, analyst="Ann Bell") as theirs:
        theirs.articles.add_text("What only they have.")
        theirs.exchange.write(tmp_path / "theirs.json", with_journal=True)
    before, call = project.exchange.export()["fingerprint"], 0
    while True:
        call += 1
        told: list[tuple[int, int]] = []
        try:
            report = project.exchange.merge(tmp_path / "theirs.json", progress=stop_at(call, told))
        except StoppedError:
            assert project.exchange.export()["fingerprint"] == before
            continue
        break
    assert call > 4
    assert sum(report.added.values()) >= 2
    assert project.exchange.export()["fingerprint"] != before
    project.close()


def test_a_check_can_be_stopped_at_each_of_its_steps(project: Project) -> None:
    told: list[tuple[int, int]] = []
    assert project.care.check(progress=stop_at(99, told)).passed
    assert told == [(step, 5) for step in range(5)]
    with pytest.raises(StoppedError):
        project.care.check(progress=stop_at(3, []))
    assert project.care.check().passed
    project.close()
