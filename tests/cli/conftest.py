"""Run commands as a shell would, and look at what comes out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from annotator import open_project
from annotator.cli.parser import parse
from annotator.cli.running import run
from annotator.instance import Claim


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class FakeDesktop:
    """Stands for the window: notes what it was asked for."""

    shown: list[tuple[list[str], str | None]] = field(default_factory=list)
    rendered: list[tuple[str, Path, str | None, tuple[int, int]]] = field(default_factory=list)

    printed: list[tuple[str, Path, str | None, str]] = field(default_factory=list)

    notices: list[str] = field(default_factory=list)
    claims: list[bool] = field(default_factory=list)

    def show(self, paths: Sequence[str], *, analyst: str | None, claim: Claim | None, notice: str) -> int:
        self.shown.append((list(paths), analyst))
        self.notices.append(notice)
        self.claims.append(claim is not None)
        return 0

    def print_pdf(self, location: str, path: Path, *, article_id: str | None, paper: str) -> None:
        path.write_bytes(b"%PDF")
        self.printed.append((location, path, article_id, paper))

    def render(self, location: str, picture: Path, *, article_id: str | None, size: tuple[int, int]) -> None:
        picture.write_bytes(b"\x89PNG")
        self.rendered.append((location, picture, article_id, size))


Annotator = Callable[..., Done]


@pytest.fixture
def desktop() -> FakeDesktop:
    return FakeDesktop()


@pytest.fixture
def annotator(
    capsys: pytest.CaptureFixture[str], desktop: FakeDesktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Annotator:
    """Runs ``annotator WORDS`` in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def call(*words: str | Path) -> Done:
        capsys.readouterr()
        try:
            code = run(parse([str(word) for word in words]), desktop)
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 1
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return call


REVIEWED = "The tolls\n\n“I never doubled them,” said Ivo Brandt.\n\nThe ledger shows 4,200 crowns."


@pytest.fixture
def reviewed(annotator: Annotator, tmp_path: Path) -> Path:
    """A session in which one passage of Ben's was taken and one was not."""
    path = tmp_path / "story.annotator"
    annotator("new", path, "--analyst", "Ann Bell")
    with open_project(path) as project:
        article = project.articles.add_text(REVIEWED, title="The tolls")
        project.analysts.add("Ben Cole")
        members = [("Ben Cole", "author"), ("Ann Bell", "reviewer")]
        session = project.reviews.create("October", mode="peer_check", articles=[article.id], members=members)
        project.reviews.open(session.id)
        project.act_as("Ben Cole")
        for words, tag in (("“I never doubled them,”", "Denial"), ("The ledger shows 4,200 crowns.", "Evidence")):
            start = REVIEWED.index(words)
            project.annotations.add(article.id, start=start, end=start + len(words), tag=tag)
        project.submissions.submit(session.id, article.id)
        project.act_as("Ann Bell")
        taken, refused = project.deciding.clusters(session.id)
        project.deciding.accept(session.id, taken.key)
        project.deciding.nothing(session.id, refused.key, comment="Nobody says so.")
    return path
