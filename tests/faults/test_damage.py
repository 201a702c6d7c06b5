"""Random damage: whatever is in a file, opening and checking it says so in words and changes no byte of it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from annotator.domain.errors import DamagedError, UserError
from annotator.services.project import create_project, open_project

PAGE = 4096


@pytest.fixture
def content(tmp_path: Path) -> bytes:
    path = tmp_path / "made.annotator"
    with create_project(path, name="Story", analyst="Ann Bell") as project:
        article = project.articles.add_text("A headline of some length\n\n" + "Nobody sold anything. " * 2000)
        project.annotations.add(
            article.id, start=27, end=48, tag="Claim", people=[(project.people.add("Ed"), "speaker")]
        )
    return path.read_bytes()


def _spoil(content: bytes, kind: str, dice: random.Random) -> bytes:
    spoilt = bytearray(content)
    page = dice.randrange(len(content) // PAGE) * PAGE
    if kind == "zeroed":
        spoilt[page : page + PAGE] = bytes(PAGE)
    elif kind == "random":
        spoilt[page : page + PAGE] = dice.randbytes(PAGE)
    elif kind == "truncated":
        return bytes(spoilt[: dice.randrange(1, len(spoilt))])
    else:
        spoilt[dice.randrange(len(spoilt))] ^= 1 << dice.randrange(8)
    return bytes(spoilt)


def _open_and_check(path: Path) -> tuple[UserError | None, bool]:
    """Return the refusal, if there is one, and whether the check found nothing or did not come to be made."""
    try:
        with open_project(str(path), read_only=True) as project:
            return None, project.care.check().passed
    except UserError as error:
        return error, True


@pytest.mark.parametrize("kind", ["zeroed", "random", "bit", "truncated"])
def test_damage_is_told_and_the_file_left_as_it_is(tmp_path: Path, content: bytes, kind: str) -> None:
    refused = found = 0
    for seed in range(40):
        path = tmp_path / f"{kind}-{seed}.annotator"
        spoilt = _spoil(content, kind, random.Random(seed))
        path.write_bytes(spoilt)
        error, passed = _open_and_check(path)
        assert error is None or (error.message and error.advice)
        refused += error is not None
        found += not passed
        assert path.read_bytes() == spoilt
        assert not path.with_name(f"{path.name}-journal").exists()
    assert refused + found > (0 if kind == "bit" else 30), (refused, found)


def test_a_description_of_the_tables_that_is_no_text_is_damage(tmp_path: Path, content: bytes) -> None:
    place = content.index(b"CREATE TABLE person")
    path = tmp_path / "story.annotator"
    path.write_bytes(spoilt := content[: place + 13] + b"\xe5" + content[place + 14 :])
    with pytest.raises(DamagedError, match="damaged") as caught:
        open_project(str(path), read_only=True)
    assert "backup" in caught.value.advice
    assert path.read_bytes() == spoilt
