"""A bare checkout sets itself up; what it cannot do by itself it names in one line."""

from __future__ import annotations

import ctypes
import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import bootstrap, system


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout in a path with a space, whose requirements this interpreter does not have."""
    root = tmp_path / "my checkout"
    root.mkdir()
    text = '[project]\nname = "annotator"\ndependencies = ["no-such-package>=1"]\n[project.optional-dependencies]\n'
    (root / "pyproject.toml").write_text(f'{text}test = ["annotator[more]"]\nmore = ["nor-this-one"]\n')
    monkeypatch.setattr(bootstrap, "ROOT", root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    return root


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that were run; making the environment makes its interpreter."""
    run: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        run.append(command)
        if "venv" in command:
            python = bootstrap._python_in(Path(command[-1]))
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    monkeypatch.setattr(bootstrap, "_pip", lambda: ["pip"])
    return run


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes libraries impossible to load."""

    def lack(*names: str) -> None:
        def load(name: str) -> object:
            if name in names:
                raise OSError(name)
            return object()

        monkeypatch.setattr(ctypes, "CDLL", load)
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")

    return lack


def test_this_interpreter_has_what_the_project_asks_for() -> None:
    assert bootstrap.missing_requirements("test") == []


@pytest.mark.parametrize(
    ("requirement", "satisfied"),
    [
        ("pytest", True),
        ("pytest>=1.0", True),
        ("pytest >= 1.0, < 1000", True),
        ("pytest>=1000", False),
        ("pytest>=1,<2", False),
        ("no-such-package", False),
        ("annotator[more]", False),
    ],
)
def test_versions_are_compared(requirement: str, satisfied: bool) -> None:
    project = {"name": "annotator", "optional-dependencies": {"more": ["no-such-package"]}}
    assert bootstrap._is_satisfied(requirement, project) is satisfied  # type: ignore[arg-type]


def test_an_environment_is_made_once_for_the_same_requirements(checkout: Path, commands: list[list[str]]) -> None:
    python = bootstrap.environment_python()
    venv, install = commands
    assert venv[1:] == ["-m", "venv", "--without-pip", str(checkout / ".venv")]
    assert install[-2:] == ["--editable", str(checkout)]
    assert str(python) in install
    assert bootstrap.environment_python() == python
    assert len(commands) == 2

    (checkout / "pyproject.toml").write_text((checkout / "pyproject.toml").read_text() + "# new\n")
    bootstrap.environment_python()
    assert len(commands) == 4


def test_the_tests_need_more_than_the_program(checkout: Path, commands: list[list[str]]) -> None:
    bootstrap.environment_python()
    bootstrap.environment_python("test")
    assert commands[-1][-1] == f"{checkout}[test]"
    bootstrap.environment_python()
    assert len(commands) == 4


def test_a_moved_checkout_installs_again(
    checkout: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.environment_python()
    moved = checkout.rename(checkout.with_name("moved"))
    monkeypatch.setattr(bootstrap, "ROOT", moved)
    bootstrap.environment_python()
    assert len(commands) == 4


def test_a_checkout_that_cannot_be_written_to_gets_its_environment_elsewhere(
    checkout: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("os.access", lambda path, _mode: checkout not in Path(path).parents)
    python = bootstrap.environment_python()
    assert tmp_path / "cache" in python.parents
    assert commands


def test_a_failing_installation_leaves_no_stamp(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 1)
    monkeypatch.setattr(bootstrap, "_pip", lambda: ["pip"])
    with pytest.raises(system.SetUpError, match="virtual environment"):
        bootstrap.environment_python()
    assert not bootstrap._is_fresh(checkout / ".venv", "")


def test_somebodys_own_environment_with_everything_is_used_as_it_is(checkout: Path, commands: list[list[str]]) -> None:
    (checkout / "pyproject.toml").write_text('[project]\nname = "annotator"\ndependencies = ["pytest"]\n')
    assert bootstrap.environment_python() == Path(sys.executable)
    assert commands == []


@pytest.mark.usefixtures("checkout")
def test_without_pip_one_line_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 1)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(system.SetUpError, match=r"\nsudo apt-get .*install -y python3-pip$"):
        bootstrap.environment_python()


def test_missing_libraries_are_named_in_one_line(lacking: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    lacking("libEGL.so.1", "libxcb-cursor.so.0")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    with pytest.raises(system.SetUpError, match=r"\nsudo apt-get .*install -y libegl1 libxcb-cursor0$"):
        system.ensure_system_libraries()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert system.missing_packages() == ["libegl1"]


def test_root_installs_missing_libraries_and_updates_the_lists_when_that_fails(
    lacking: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking("libGL.so.1")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    outcomes = iter([100, 0, 0])
    run: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        run.append(command)
        return next(outcomes)

    monkeypatch.setattr(subprocess, "call", call)
    system.ensure_system_libraries()
    assert [command[4] for command in run] == ["install", "update", "install"]
    assert run[0][-1] == "libgl1"


def test_a_bundled_program_names_what_is_missing_and_installs_nothing(
    lacking: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking("libEGL.so.1", "libGL.so.1")
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: pytest.fail("it installs"))
    with pytest.raises(system.SetUpError, match="apt-get install -y libegl1 libgl1"):
        system.ensure_system_libraries()


def test_what_builds_a_bundle_is_installed_or_asked_for(
    lacking: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking("libcups.so.2")
    monkeypatch.setattr("shutil.which", lambda name: None if name == "objdump" else f"/usr/bin/{name}")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    run: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        run.append(command)
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    system.ensure_packing_tools()
    assert run[0][-2:] == ["binutils", "libcups2"]
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(system.SetUpError, match="apt-get install -y binutils libcups2"):
        system.ensure_packing_tools()


def test_what_only_the_tests_need_is_installed_where_that_is_allowed_and_missed_by_nobody_else(
    lacking: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking("libxcb-cursor.so.0")
    monkeypatch.setattr("shutil.which", lambda name: None if name == "Xvfb" else f"/usr/bin/{name}")
    monkeypatch.delenv("CI", raising=False)
    run: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        run.append(command)
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    system.ensure_test_tools()
    assert run == [], "a developer is asked for nothing"
    monkeypatch.setattr("os.geteuid", lambda: 0)
    system.ensure_test_tools()
    assert [command[-2:] for command in run] == [["xvfb", "libxcb-cursor0"]]


def test_a_display_that_does_not_answer_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    assert not system.has_display()
    monkeypatch.setenv("DISPLAY", ":4711")
    assert not system.has_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert system.has_display()


def test_help_and_wrong_usage_are_answered_by_the_standard_library_alone() -> None:
    """``-S`` leaves the installed packages out, as on a machine where nothing is set up."""
    for words, code, answer in ((["--version"], 0, "annotator "), (["lst"], 2, ""), (["list", "--help"], 0, "usage:")):
        done = subprocess.run(
            [sys.executable, "-S", "-m", "annotator", *words], capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stderr
        assert answer in done.stdout
