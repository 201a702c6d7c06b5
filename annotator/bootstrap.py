"""Set a bare checkout up: a virtual environment, what the program needs in it, and the system libraries of Qt.

Standard library only, because nothing else is there yet. Debian's Python has no ``ensurepip`` and refuses to install
beside its own packages, so the environment is made without pip and filled by the pip outside it. Somebody's own
environment is used when it has everything, and never written to.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from annotator.system import (
    SETTING_UP,
    SetUpError,
    ensure_packing_tools,
    ensure_system_libraries,
    ensure_test_tools,
    install_line,
    say,
)

ROOT = Path(__file__).resolve().parent.parent
EXIT_FAULT = 3

_OLDEST_PYTHON = (3, 11)


def in_checkout() -> bool:
    """Tell whether this package lies in a checkout (else it is installed, and its installer saw to everything)."""
    return (ROOT / "pyproject.toml").is_file()


def environment_python(extra: str = "") -> Path:
    """Return the interpreter that has everything the program needs, setting an environment up when there is none.

    Args:
        extra: an optional dependency group of ``pyproject.toml``, such as ``test``.

    Raises:
        SetUpError: Python is too old, there is no pip, no folder to write to, or pip failed.
    """
    if sys.version_info < _OLDEST_PYTHON:
        raise SetUpError("Annotator needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))
    folders = [ROOT / ".venv", _cache_folder()]
    inside = next((folder for folder in folders if Path(sys.prefix) == folder), None)
    if inside is None and not missing_requirements(extra):
        return Path(sys.executable)
    for folder in folders:
        if _is_fresh(folder, extra):
            return _python_in(folder)
    target = inside or next((folder for folder in folders if _is_writable(folder)), None)
    if target is None:
        raise SetUpError("No folder can be written to: {}.".format(", ".join(map(str, folders))))
    _fill(target, extra)
    return _python_in(target)


def continue_in_environment(command: list[str], extra: str = "") -> None:
    """Go on in an interpreter that has everything: return when this one has, else run ``command`` in that one.

    Args:
        command: the interpreter's arguments, such as ``["-m", "annotator"]``.
        extra: an optional dependency group of ``pyproject.toml``.
    """
    if not in_checkout():
        return
    python = environment_python(extra)
    if Path(sys.prefix) == python.parent.parent or python == Path(sys.executable):
        importlib.invalidate_caches()
        return
    sys.stdout.flush()
    if os.name == "nt":  # there, exec returns to the shell at once
        sys.exit(subprocess.call([python, *command]))
    os.execv(python, [str(python), *command])  # noqa: S606  (our own interpreter, no shell in between)


def missing_requirements(extra: str = "") -> list[str]:
    """Return the requirements of ``pyproject.toml`` that this interpreter does not satisfy."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(project["optional-dependencies"][extra] if extra else ())]
    return [requirement for requirement in wanted if not _is_satisfied(requirement, project)]


def _is_satisfied(requirement: str, project: dict[str, dict[str, list[str]]]) -> bool:
    """Compare an installed version with a requirement such as ``name[extra]>=1.2,<2`` (no other operators occur)."""
    parts = re.fullmatch(r"([\w.-]+)(?:\[([\w,-]+)\])?([<>=\d.,]*)", requirement.replace(" ", ""))
    if parts is None:
        return False
    name, extras, bounds = parts.groups()
    if name == project["name"]:  # the project's own extra
        return all(_is_satisfied(each, project) for each in project["optional-dependencies"][extras])
    try:
        version = _numbers(importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return False
    for bound in filter(None, bounds.split(",")):
        limit = _numbers(bound.lstrip("<>="))
        if bound.startswith(">=") and version < limit:
            return False
        if bound.startswith("<") and version >= limit:
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version.split("+", maxsplit=1)[0])[:3])


def _cache_folder() -> Path:
    """Return where the environment lies when the checkout cannot be written to."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111  (Path.home raises where there is none)
    name = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    return Path(base) / "annotator" / f"environment-{name}"


def _python_in(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _stamp(folder: Path, extra: str) -> Path:
    return folder / f"annotator{'-' if extra else ''}{extra}.stamp"


def _fingerprint() -> str:
    """Hash what an environment depends on: the requirements, where the checkout lies, and the Python version."""
    seed = f"{ROOT}\n{sys.version_info[:2]}\n".encode() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(seed).hexdigest()


def _is_fresh(folder: Path, extra: str) -> bool:
    try:
        return _stamp(folder, extra).read_text(encoding="ascii") == _fingerprint() and _python_in(folder).exists()
    except OSError:
        return False


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _fill(folder: Path, extra: str) -> None:
    """Make the environment and install the program and its requirements into it."""
    pip = _pip()
    say(f"{SETTING_UP}installing into {folder}")
    _run([_base_python(), "-m", "venv", "--without-pip", str(folder)], "The virtual environment could not be made.")
    install = ["install", "--disable-pip-version-check", *([] if sys.stderr.isatty() else ["--quiet"])]
    what = ["--editable", f"{ROOT}[{extra}]" if extra else str(ROOT)]
    _run([*pip, "--python", str(_python_in(folder)), *install, *what], "Installing failed; pip says why above.")
    for stamp in {"", extra}:
        _stamp(folder, stamp).write_text(_fingerprint(), encoding="ascii")


def _base_python() -> str:
    """Return the interpreter outside any environment."""
    return str(getattr(sys, "_base_executable", sys.executable))


def _pip() -> list[str]:
    """Return the command that runs a pip from outside the environment to fill."""
    if importlib.util.find_spec("pip") is not None:
        return [sys.executable, "-m", "pip"]
    if (
        subprocess.call(
            [_base_python(), "-m", "pip", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        == 0
    ):
        return [_base_python(), "-m", "pip"]
    advice = "python -m ensurepip"
    if shutil.which("apt-get"):
        advice = install_line(["python3-pip"])
    raise SetUpError(f"Python's installer, pip, is missing. Type this, then start again:\n{advice}")


def _run(command: list[str], failure: str) -> None:
    if subprocess.call(command, env={**os.environ, "PIP_USER": "0"}, stdout=sys.stderr.fileno()) != 0:
        raise SetUpError(failure)


def stop(error: SetUpError) -> NoReturn:
    """Say what is wrong and leave with the exit code for a fault."""
    say(str(error))
    sys.exit(EXIT_FAULT)


def main() -> None:
    """Set up and print the interpreter to use: ``python3 -m annotator.bootstrap [EXTRA …]`` (for scripts and make).

    The first extra is installed, and has what the others have; of all of them the system's tools are.
    """
    try:
        python = environment_python(*sys.argv[1:2])
        ensure_system_libraries()
        if "test" in sys.argv[1:]:
            ensure_test_tools()
        if "package" in sys.argv[1:]:
            ensure_packing_tools()
    except SetUpError as error:
        stop(error)
    print(python)


if __name__ == "__main__":
    main()
