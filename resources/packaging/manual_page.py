"""The manual page ``annotator(1)``, made from the parsers of the command line so that it says what they take."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator

from annotator import __version__
from annotator.cli.command import Command
from annotator.cli.parser import COMMANDS, window_parser

_EXIT = (("0", "Done."), ("1", "The project or a file has a problem."), ("2", "Wrong usage."), ("3", "A fault."))


def manual_page() -> str:
    """Return the page in the markup of man(7)."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    window = window_parser()
    yield f'.TH ANNOTATOR 1 "" "Annotator {__version__}" "User Commands"'
    yield ".SH NAME"
    yield r"annotator \- mark claims, denials and evidence in news articles"
    yield ".SH SYNOPSIS"
    for line in (window.usage or "").splitlines():
        yield from (f"{_bold(line.split()[0])} {_plain(' '.join(line.split()[1:]))}", ".br")
    yield ".SH DESCRIPTION"
    for paragraph in (window.description or "").strip().split("\n\n"):
        yield from (_plain(paragraph), ".PP")
    yield "A project is a file that ends in .annotator. Every change is saved in it at once."
    yield ".SH OPTIONS"
    yield from _options(window)
    yield ".SH COMMANDS"
    for command in COMMANDS.values():
        yield from _command(command)
    yield ".SH EXIT STATUS"
    for code, meaning in _EXIT:
        yield from (".TP", _bold(code), meaning)
    yield ".SH ENVIRONMENT"
    for name, what in (
        ("ANNOTATOR_DATA_DIR", "where the sample, backups and logs are kept, instead of the user's data folder"),
        ("ANNOTATOR_CONFIG_DIR", "where settings are kept, instead of the user's folder for them"),
        ("QT_QPA_PLATFORM", "the display that Qt uses; offscreen needs none"),
    ):
        yield from (".TP", _bold(name), _plain(what))


def _command(command: Command) -> Iterator[str]:
    yield from (f".SS {command.name}", _plain(f"{command.summary[0].upper()}{command.summary[1:]}. {command.details}"))
    yield from _options(command.parser())
    if command.examples:
        yield from (".PP", ".nf", *(_plain(f"  annotator {example}") for example in command.examples), ".fi")


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:  # noqa: SLF001  (argparse lists them nowhere else)
        if not isinstance(action, argparse._HelpAction):  # noqa: SLF001
            yield from (".TP", _usage(action), _plain(action.help or ""))


def _usage(action: argparse.Action) -> str:
    value = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if action.choices is not None:
        value = " | ".join(map(str, action.choices))
    words = [", ".join(map(_bold, action.option_strings)), "" if action.nargs == 0 else rf"\fI{_plain(value)}\fR"]
    return " ".join(filter(None, words))


def _bold(text: str) -> str:
    return rf"\fB{_plain(text)}\fR"


def _plain(text: str) -> str:
    """Return text with what the markup would take for its own escaped."""
    return re.sub(r"^([.'])", r"\\&\1", text.strip("\n").replace("\\", r"\e").replace("-", r"\-"), flags=re.MULTILINE)


if __name__ == "__main__":
    sys.stdout.write(manual_page())
