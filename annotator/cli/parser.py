"""What may be typed behind ``annotator``. Standard library only: help is given before anything is set up."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

from annotator import __version__
from annotator.cli import agreement, articles, care, exchange, look, minutes, picture, projects, review
from annotator.cli.command import USAGE, Command

COMMANDS: dict[str, Command] = {
    command.name: command
    for family in (projects, articles, exchange, look, review, agreement, minutes, care, picture)
    for command in family.COMMANDS
}

_DESCRIPTION = """\
Mark claims, denials and evidence in news articles, link them to the people involved, and to each other.

Without a command the window opens: on a project, on articles to bring in, or on the start page. Every command
works without a display; `annotator COMMAND --help` tells more about one.
"""
_EPILOG = """\
A PROJECT is a file that ends in .annotator. Messages go to standard error.
exit codes: 0 done, 1 the project or a file has a problem, 2 wrong usage, 3 a fault
"""


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Return what was typed; ``command`` is None when the window is wanted.

    Prints help, the version or what is wrong and raises SystemExit where nothing is left to do.
    """
    if words and words[0] in COMMANDS:
        options = COMMANDS[words[0]].parser().parse_args(words[1:])
        options.command = words[0]
        return options
    if words and words[0] == "help":
        return parse([*words[1:2], "--help"])
    parser = window_parser()
    options = parser.parse_args(words)
    options.command = None
    options.json = False
    for word in options.paths:
        _refuse_unknown(word)
    return options


def window_parser() -> argparse.ArgumentParser:
    """Return the parser for calls without a command, whose help lists the commands."""
    width = max(map(len, COMMANDS))
    commands = "".join(f"\n  {command.name:<{width}}  {command.summary}" for command in COMMANDS.values())
    parser = argparse.ArgumentParser(
        prog="annotator",
        usage="annotator [--as NAME] [--new-window] [PROJECT | ARTICLE ...]\n       annotator COMMAND ...\n"
        "       annotator --install-shortcut | --remove-shortcut",
        description=_DESCRIPTION,
        epilog=f"commands:{commands}\n\n{_EPILOG}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("paths", nargs="*", metavar="PROJECT | ARTICLE", help="what to open in the window")
    parser.add_argument("--as", dest="analyst", metavar="NAME", help="who is writing: name, initials or id")
    parser.add_argument("--new-window", action="store_true", help="start anew beside an Annotator that is running")
    menu = parser.add_mutually_exclusive_group()
    menu.add_argument(
        "--install-shortcut",
        dest="shortcut",
        action="store_const",
        const="install",
        help="put this program into the desktop's menu and let it open projects and packets",
    )
    menu.add_argument(
        "--remove-shortcut", dest="shortcut", action="store_const", const="remove", help="take it out of the menu again"
    )
    parser.add_argument("--version", action="version", version=f"annotator {__version__}")
    return parser


def _refuse_unknown(word: str) -> None:
    """Stop at a word that is neither a command nor a path, with the command that was probably meant."""
    if "://" in word or Path(word).exists():
        return
    if Path(word).suffix or len(Path(word).parts) > 1:
        return  # a path that does not exist is the window's to explain
    near = difflib.get_close_matches(word.lower(), COMMANDS, n=1)
    hint = f"Did you mean `annotator {near[0]}`?" if near else "`annotator --help` lists the commands."
    sys.stderr.write(f"annotator: there is no command and no file “{word}”. {hint}\n")
    raise SystemExit(USAGE)
