"""The wheel holds everything that the program needs, and runs from it."""

from __future__ import annotations

import email
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from annotator import __version__

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("my site packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def _run(unpacked: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(unpacked),
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    return subprocess.run(
        [sys.executable, *words],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def _shipped(folder: str) -> set[str]:
    """Return the files under version control in a top-level folder; everything there must ship."""
    if shutil.which("git"):
        listed = subprocess.run(
            ["git", "ls-files", "-z", folder], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if listed.returncode == 0 and listed.stdout:
            return set(filter(None, listed.stdout.split("\0")))
    return {str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("*") if path.is_file()}


@pytest.mark.parametrize("folder", ["resources", "db"])
def test_the_wheel_holds_what_lies_beside_the_package(wheel: Path, folder: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    files = {name for name in _shipped(folder) if "__pycache__" not in name}
    assert files
    assert {f"annotator/_data/{name}" for name in files} <= names


def test_the_wheel_holds_the_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (archive.read(name) for name in names if name.endswith(".dist-info/METADATA"))
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert any("fonts" in name and name.endswith(".txt") for name in names if "/licenses/" in name)
    assert email.message_from_bytes(metadata)["Version"] == __version__


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {"annotator", f"annotator-{__version__}.dist-info"}
    assert not [name for name in names if "__pycache__" in name or name.startswith("annotator/tests")]


def test_a_project_is_made_and_read_from_the_wheel_alone(unpacked: Path, tmp_path: Path) -> None:
    for words in (
        ["-c", "import annotator; print(annotator.__file__)"],
        ["-m", "annotator", "new", "story.annotator", "--analyst", "Ann Bell"],
        ["-m", "annotator", "check", "story.annotator"],
        ["-m", "annotator", "upgrade", "story.annotator"],
        ["-m", "annotator", "export", "story.annotator", "-o", "story.json"],
        ["-m", "annotator", "verify", "story.json"],
    ):
        done = _run(unpacked, tmp_path, *words)
        assert done.returncode == 0, (words, done.stderr)
        if words[0] == "-c":
            assert done.stdout.startswith(str(unpacked))


def test_the_program_starts_a_window_from_the_wheel(unpacked: Path, tmp_path: Path) -> None:
    _run(unpacked, tmp_path, "-m", "annotator", "new", "story.annotator", "--analyst", "Ann Bell")
    done = _run(unpacked, tmp_path, "-m", "annotator", "render", "story.annotator", "-o", "window.png")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "window.png").read_bytes().startswith(b"\x89PNG")
