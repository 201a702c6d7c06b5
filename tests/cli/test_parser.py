"""What may be typed: commands, the window, and what is said about the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator import __version__
from annotator.cli.parser import COMMANDS, parse
from tests.cli.conftest import Annotator, FakeDesktop


def test_the_version_is_told(annotator: Annotator) -> None:
    done = annotator("--version")
    assert (done.code, done.out) == (0, f"annotator {__version__}\n")


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["help"]])
def test_help_lists_all_commands(annotator: Annotator, words: list[str]) -> None:
    done = annotator(*words)
    assert done.code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in done.out
    assert "exit codes: 0 done" in done.out


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help(annotator: Annotator, name: str) -> None:
    for words in ([name, "--help"], ["help", name]):
        done = annotator(*words)
        assert done.code == 0
        assert done.out.startswith(f"usage: annotator {name} ")
        assert "examples:" in done.out


@pytest.mark.parametrize(("word", "hint"), [("lst", "`annotator list`"), ("xyzzy", "`annotator --help`")])
def test_a_word_that_is_nothing_gets_a_hint(annotator: Annotator, word: str, hint: str) -> None:
    done = annotator(word)
    assert done.code == 2
    assert hint in done.err
    assert done.out == ""


def test_wrong_arguments_are_wrong_usage(annotator: Annotator) -> None:
    assert annotator("list").code == 2
    assert annotator("list", "story.annotator", "--from", "yesterday").code == 2
    assert annotator("render", "story.annotator", "-o", "x.png", "--size", "10x10").code == 2
    assert annotator("--nonsense").code == 2
    assert "(choose from 'speaker', 'on_behalf_of'," in annotator("list", "story.annotator", "--role", "boss").err


def test_every_command_that_writes_says_who_is_writing() -> None:
    for command in COMMANDS.values():
        options = command.parser()._option_string_actions
        assert "--json" in options
        assert ("--as" in options) == (command.writes or command.name == "new"), command.name


def test_paths_open_the_window(
    annotator: Annotator, desktop: FakeDesktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    (tmp_path / "news").touch()
    assert annotator("--as", "AB", "story.annotator", "a b.txt", "news").code == 0
    assert desktop.shown == [(["story.annotator", "a b.txt", "news"], "AB")]


def test_a_command_is_the_first_word(annotator: Annotator) -> None:
    assert "Did you mean `annotator list`?" in annotator("story.annotator", "list").err
    assert parse(["list", "story.annotator"]).command == "list"
