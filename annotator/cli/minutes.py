"""Commands that write what a review leaves for people to read: its minutes, and what came back to an analyst."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from annotator.cli import opening
from annotator.cli.command import DONE, Call, Command
from annotator.cli.filters import add_session


def _arguments(parser: argparse.ArgumentParser) -> None:
    opening.add_project(parser)
    add_session(parser, "of")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="the page to write; default: standard output")


def _returned_arguments(parser: argparse.ArgumentParser) -> None:
    _arguments(parser)
    parser.add_argument("--analyst", metavar="NAME", required=True, help="whose work: name, initials or id")


def _minutes(call: Call) -> int:
    with opening.to_read(call.options) as project:
        session, pages = project.reviews.find(call.options.session), project.minutes
        return _page(call, lambda: pages.render(session.id), lambda path: pages.write(path, session.id))


def _returned(call: Call) -> int:
    with opening.to_read(call.options) as project:
        session, pages = project.reviews.find(call.options.session), project.returned_work
        who = project.analysts.find(call.options.analyst).id
        return _page(call, lambda: pages.render(session.id, who), lambda path: pages.write(path, session.id, who))


def _page(call: Call, render: Callable[[], bytes], write: Callable[[Path], None]) -> int:
    output: Path | None = call.options.output
    if output is None:
        call.output.raw(render())
        return DONE
    write(output)
    call.output.result({"file": str(output)}, [str(output)])
    return DONE


COMMANDS = (
    Command(
        name="minutes",
        summary="write the minutes of a review session as one web page",
        arguments=_arguments,
        run=_minutes,
        details=(
            "Members, settings, figures, what was decided of each passage and why, and the codebook as it was; in one\n"
            "file that loads nothing from a network. There are none before a blind session is revealed."
        ),
        examples=('minutes story.annotator --session "October" -o minutes.html',),
    ),
    Command(
        name="returned",
        summary="write what a review changed in an analyst's work, and why, as one web page",
        arguments=_returned_arguments,
        run=_returned,
        examples=('returned story.annotator --analyst AB -o "for Ann.html"',),
    ),
)
