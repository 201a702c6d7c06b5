"""Long work that is stopped on the way: nothing of it is kept, and nothing half done is left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.formats.export_formats import SHEETS
from annotator.services.project import Project, create_project
from annotator.services.verify import verify_file


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
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
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


def stopped_everywhere(project: Project, work: Callable[[Callable[[int, int], None]], object]) -> list[float]:
    """Stop some work at each of its tellings; nothing may have changed. Return the shares it tells when it goes on."""
    told: list[tuple[int, int]] = []
    before, call = project.exchange.export(with_journal=True)["fingerprint"], 0
    while True:
        call += 1
        told.clear()
        try:
            work(stop_at(call, told))
        except StoppedError:
            assert project.exchange.export(with_journal=True)["fingerprint"] == before
            continue
        break
    shares = [done / total for done, total in told if total]
    assert shares == sorted(shares), "it never goes back"
    assert shares[-1] > 0.9
    assert len(set(shares)) > 5
    return shares


@pytest.fixture
def marked(project: Project) -> Project:
    """Return the project with a claim in each of its articles."""
    for article in project.articles.list():
        text = project.articles.text(article.id).text
        start = text.index("The bridge")
        project.annotations.add(article.id, start=start, end=start + 10, tag="Claim")
    return project


@pytest.mark.parametrize("name", [f"quotes{sheet.suffixes[0]}" for sheet in SHEETS])
def test_a_quote_sheet_tells_how_far_it_is_and_writes_nothing_when_stopped(
    marked: Project, tmp_path: Path, name: str
) -> None:
    target = tmp_path / name

    def write(progress: Callable[[int, int], None]) -> None:
        assert not target.exists()
        marked.quote_sheet.write(target, progress=progress)

    stopped_everywhere(marked, write)
    assert target.exists()
    marked.close()


@pytest.mark.parametrize("dry_run", [True, False])
def test_an_import_of_another_program_tells_how_far_it_is_and_changes_nothing_when_stopped(
    project: Project, dry_run: bool
) -> None:
    text = "Another report on the bridge\n\nIt was never sold."
    passage = {"start": 30, "end": 33, "tag": "Claim"}
    article = {"title": "Foreign", "text_versions": [{"text": text}], "annotations": [passage]}
    foreign = {"schema": "urn:annotator:project", "schema_version": "1.0.0", "articles": [article]}
    shares = stopped_everywhere(
        project, lambda progress: project.exchange.merge(foreign, dry_run=dry_run, progress=progress)
    )
    assert len(project.articles.list()) == (3 if dry_run else 4)
    assert max(shares[: len(shares) // 2]) < 1
    project.close()


def test_a_correction_of_a_text_tells_how_far_it_is_and_changes_nothing_when_stopped(marked: Project) -> None:
    article = marked.articles.list()[0]
    text = marked.articles.text(article.id).text
    for at in range(8, 14):
        marked.annotations.add(article.id, start=0, end=at, tag="Denial")
    corrected = text.replace("sold", "given away")
    stopped_everywhere(marked, lambda progress: marked.articles.correct_text(article.id, corrected, progress=progress))
    assert marked.articles.text(article.id).text == corrected
    assert len(marked.annotations.list(article.id)) == 7
    marked.close()


def test_verifying_a_file_tells_how_far_it_is_and_can_be_stopped(marked: Project, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    marked.exchange.write(path, with_journal=True)
    stopped_everywhere(marked, lambda progress: verify_file(path, progress=progress))
    marked.close()


def test_a_check_can_be_stopped_at_each_of_its_steps(project: Project) -> None:
    told: list[tuple[int, int]] = []
    assert project.care.check(progress=stop_at(0, told)).passed
    far = [done / total for done, total in told]
    assert far == sorted(far)
    assert {0, 0.2, 0.4, 0.6, 0.8} < set(far), "it is told within the steps too"
    assert any(0.2 < one < 0.4 for one in far)
    assert any(0.4 < one < 0.6 for one in far)
    for call in range(1, len(told) + 1):
        with pytest.raises(StoppedError):
            project.care.check(progress=stop_at(call, []))
    assert project.care.check().passed
    project.close()
