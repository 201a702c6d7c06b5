"""Commands about a project as a whole: make one."""

from __future__ import annotations

import argparse
from pathlib import Path

from annotator.cli.command import DONE, Call, Command


def _new_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("project", metavar="PROJECT", help="where to make it, such as story.annotator")
    parser.add_argument("--name", default="", help="its name; that of the file when not given")
    parser.add_argument("--description", default="", help="what it is about, one line")
    parser.add_argument(
        "--analyst", "--as", dest="analyst", metavar="NAME", help="your name; remembered here for this project"
    )


def _new(call: Call) -> int:
    from annotator.services.project import create_project

    options = call.options
    name = options.name or Path(options.project).stem
    project = create_project(options.project, name=name, analyst=options.analyst, description=options.description)
    with project:
        analyst = project.analyst
        document = {
            "project": {"id": project.id, "name": project.name, "location": project.location},
            "analyst": None if analyst is None else {"id": analyst.id, "name": analyst.name},
        }
        who = "nobody is named as its analyst yet" if analyst is None else f"you write as {analyst.name}"
        call.output.result(document, [f"{project.location}: made “{project.name}”; {who}."])
    return DONE


COMMANDS = (
    Command(
        name="new",
        summary="make a project with the ready-made codebook",
        arguments=_new_arguments,
        run=_new,
        examples=('new story.annotator --name "The leaked letter" --analyst "Ann Bell"',),
    ),
)
