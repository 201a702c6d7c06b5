"""A command of the command line, as a row of a table."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from annotator.cli.output import Output
from annotator.instance import Claim

DONE, PROBLEM, USAGE, FAULT = range(4)
"""The exit codes: done, the project or file has a problem, wrong usage, a fault of the program or the machine."""


class Desktop(Protocol):
    """What the command line needs of the desktop, which it may not import; ``annotator.__main__`` hands it in."""

    def show(self, paths: Sequence[str], *, analyst: str | None, claim: Claim | None, notice: str) -> int:
        """Open the window on a project or on articles to bring in, with a notice if there is one; return the exit code.

        ``claim``: the right to be the first instance, if this is it.
        """
        ...

    def print_pdf(self, location: str, path: Path, *, article_id: str | None, paper: str) -> None:
        """Write an article with its markings as a PDF; ``paper``: "a4" or "letter"."""

    def render(self, location: str, picture: Path, *, article_id: str | None, size: tuple[int, int]) -> None:
        """Write a picture of the window on a project, without a display."""
        ...


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a command: what was typed, where to write, and the desktop for the commands that need it."""

    options: argparse.Namespace
    output: Output
    desktop: Desktop


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: the command takes the project alone."""


@dataclass(frozen=True, slots=True)
class Command:
    """One word of the command line.

    ``summary`` is its line in the list of commands, ``details`` what its own help says beyond the arguments;
    ``writes`` tells that it changes a project and so takes ``--as NAME``.
    """

    name: str
    summary: str
    run: Callable[[Call], int]
    arguments: Callable[[argparse.ArgumentParser], None] = no_arguments
    details: str = ""
    examples: tuple[str, ...] = ()
    writes: bool = False

    def parser(self) -> argparse.ArgumentParser:
        """Return the parser of the words behind the command's name."""
        examples = "".join(f"\n  annotator {example}" for example in self.examples)
        parser = argparse.ArgumentParser(
            prog=f"annotator {self.name}",
            description=f"{self.summary[0].upper()}{self.summary[1:]}.\n{self.details}".strip(),
            epilog=f"examples:{examples}" if examples else None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        self.arguments(parser)
        if self.writes:
            parser.add_argument("--as", dest="analyst", metavar="NAME", help="who is writing: name, initials or id")
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON on standard output")
        return parser
