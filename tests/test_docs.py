"""The documents say what the program does: commands and actions are documented, what is named exists."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

import pytest

from annotator.cli.parser import COMMANDS, window_parser
from annotator.desktop.action_table import ActionId
from annotator.services.project import Project
from tests import pages

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [
    ROOT / name
    for name in (
        *("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"),
        *("docs/agreement.md", "docs/cli.md", "docs/keys.md"),
    )
]
_PATH = re.compile(r"`((?:annotator|tests|resources|db|docs|\.ci)/[\w./-]*|[A-Z]+\.md|Makefile|pyproject\.toml)`")


_CITED = re.compile(r"\b([A-Z]{2,})(?: section)? \d+(?:\.\d+)*\b")
_PUBLIC = frozenset({"BCP", "ISO", "JAMIA", "RFC", "WCAG"})
"""Whose numbered documents anybody can read."""


@pytest.mark.parametrize("name", pages.PAGES)
def test_pages_made_from_the_program_are_up_to_date(name: str) -> None:
    assert (pages.DOCS / name).read_text(encoding="utf-8") == pages.PAGES[name](), "run `make docs`"


def test_every_command_is_documented_and_listed_in_the_help() -> None:
    page, overview = (ROOT / "docs/cli.md").read_text(encoding="utf-8"), window_parser().format_help()
    for command in COMMANDS.values():
        assert f"## `{command.name}`" in page
        assert f"{command.name} " in overview
        assert command.summary in overview
        assert command.examples, f"{command.name} has no example"


def test_every_option_has_help() -> None:
    for command in COMMANDS.values():
        for action in command.parser()._actions:
            assert action.help, f"{command.name}: {action.dest}"


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_of_the_help_can_be_typed(command: str) -> None:
    for example in COMMANDS[command].examples:
        words = shlex.split(example)
        assert words[0] == command
        COMMANDS[command].parser().parse_args(words[1:])


def test_every_action_is_documented() -> None:
    page = (ROOT / "docs/keys.md").read_text(encoding="utf-8")
    for action in ActionId:
        assert f"`{action}`" in page


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_that_a_document_names_exist(document: Path) -> None:
    for match in _PATH.finditer(document.read_text(encoding="utf-8")):
        assert (ROOT / match[1]).exists(), match[1]


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_tables_and_classes_that_a_document_names_exist(document: str) -> None:
    places = [path for folder in ("annotator", "tests") for path in (ROOT / folder).rglob("*.py")]
    sources = "\n".join(path.read_text(encoding="utf-8") for path in places)
    names = set(re.findall(r"`([A-Z][A-Z_]{4,}|[A-Z][a-z]+(?:[A-Z][a-z]+)+)`", (ROOT / document).read_text("utf-8")))
    assert names
    for name in names:
        assert re.search(rf"^(class )?{name}\b", sources, re.MULTILINE), name


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_of_a_document_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_in_a_document_can_be_typed(document: Path) -> None:
    for block in re.findall(r"```sh\n(.*?)```", document.read_text(encoding="utf-8"), flags=re.DOTALL):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["annotator"] and len(words) > 1 and words[1] in COMMANDS:
                COMMANDS[words[1]].parser().parse_args(words[2:])
            elif words[:3] == ["python3", "-m", "annotator"] and len(words) > 3:
                COMMANDS[words[3]].parser().parse_args(words[4:])
            elif words[:1] == ["make"]:
                assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_python_in_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python example is run as it stands, on a project made for it."""
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    monkeypatch.chdir(tmp_path)
    from annotator.services.project import create_project

    create_project("story.annotator", name="Story", analyst="Ann Bell").close()
    exec(compile(code, "README.md", "exec"), {})
    from annotator import open_project

    with open_project("story.annotator") as project:
        assert isinstance(project, Project)
        assert len(project.annotations.list()) == 1


def test_docstrings_cite_what_a_reader_can_find() -> None:
    cited: dict[str, list[str]] = {}
    for file in sorted([*(ROOT / "annotator").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                for name in _CITED.findall(ast.get_docstring(node) or ""):
                    cited.setdefault(name, []).append(str(file.relative_to(ROOT)))
    assert "RFC" in cited
    assert {name: files for name, files in cited.items() if name not in _PUBLIC} == {}, "say what is meant instead"
