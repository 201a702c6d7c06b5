"""The program starts itself again: as a child from any folder, in a checkout and as one program, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import __main__, children
from annotator.formats import reading_child

_PAGE = b"<html><body><article><h1>A letter</h1><p>%s</p></article></body></html>" % (b"Nobody wrote it, he said. " * 9)
_ASKED = {"task": "article", "length": len(_PAGE), "memory": 2**31, "seconds": 20, "name": "a.html", "encoding": ""}


def test_a_child_runs_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('this is no module of Python')", encoding="utf-8")
    done = subprocess.run(
        children.child_command(reading_child.__name__),
        input=json.dumps(_ASKED).encode() + b"\n" + _PAGE,
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["title"] == "A letter"


def test_a_bundle_runs_a_child_as_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    command = children.child_command("annotator.formats.reading_child", "a word")
    assert command == [sys.executable, "--child", "annotator.formats.reading_child", "a word"]
    ran: list[tuple[str, list[str]]] = []
    monkeypatch.setattr("runpy.run_module", lambda name, **_: ran.append((name, sys.argv)))
    monkeypatch.setattr(sys, "argv", sys.argv)
    assert __main__.main(command[1:]) == 0
    assert ran == [("annotator.formats.reading_child", ["annotator.formats.reading_child", "a word"])]


def test_a_checkout_takes_no_child_from_its_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        __main__.main(["--child", "annotator.formats.reading_child"])
    assert stopped.value.code == 2
    assert "--child" in capsys.readouterr().err


@pytest.mark.parametrize("module", ["os", "annotator.paths", "annotator_child", "others.reading_child", ""])
def test_only_children_of_ours_are_run(module: str) -> None:
    with pytest.raises(ValueError, match="no child of ours"):
        children.child_command(module)
    with pytest.raises(ValueError, match="no child of ours"):
        children.run_child([module])


def test_the_program_names_the_command_that_starts_it_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    assert children.own_command("a.annotator") == [sys.executable, "-m", "annotator", "a.annotator"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert children.own_command("a.annotator") == [sys.executable, "a.annotator"]
