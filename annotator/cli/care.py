"""Commands that take care of a project's file: check, backup, restore, upgrade."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli import opening
from annotator.cli.command import DONE, PROBLEM, Call, Command
from annotator.cli.output import table
from annotator.domain.counting import counted

if TYPE_CHECKING:
    from annotator.services.project import Project


def _check(call: Call) -> int:
    with opening.to_mend(call.options) as project:
        report = project.care.check()
    lines = [*map(str, report.problems), *(f"to finish: {problem}" for problem in report.to_finish)]
    checked = ", ".join(
        (counted(report.texts, "text"), counted(report.annotations, "passage"), counted(report.versions, "version"))
    )
    verdict = "The project is sound" if report.passed else counted(len(report.problems), "problem")
    document = {
        "passed": report.passed,
        "problems": report.problems,
        "to_finish": report.to_finish,
        "search_rebuilt": report.search_rebuilt,
        "texts": report.texts,
        "annotations": report.annotations,
        "versions": report.versions,
    }
    call.output.result(document, [*lines, f"{verdict}: {checked} checked."])
    if not report.passed:
        call.output.say("`annotator backup PROJECT --list` shows the backups there are; `annotator restore` takes one.")
    return DONE if report.passed else PROBLEM


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    opening.add_project(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="where to; default: among the automatic backups")
    parser.add_argument("--list", action="store_true", help="make none; list the automatic ones, newest first")


def _backup(call: Call) -> int:
    options = call.options
    with opening.to_read(options) as project:
        if options.list:
            return _list_backups(call, project)
        with call.output.progress("backing up") as progress:
            made = project.care.backup(options.output, progress=progress)
    call.output.result({"backup": str(made)}, [str(made)])
    return DONE


def _list_backups(call: Call, project: Project) -> int:
    backups = project.care.backups()
    document = [
        {"path": str(backup.path), "at": backup.at.isoformat(), "seq": backup.seq, "why": backup.why}
        for backup in backups
    ]
    rows = [(f"{backup.at:%Y-%m-%d %H:%M} UTC", backup.why, backup.path) for backup in backups]
    call.output.result(document, table(("made", "why", "file"), rows))
    return DONE


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", metavar="BACKUP", type=Path, help="a file that `annotator backup` made")
    parser.add_argument("project", metavar="PROJECT", type=Path, help="the file it shall take the place of")


def _restore(call: Call) -> int:
    from annotator.services.care import restore

    options = call.options
    kept = restore(options.backup, options.project)
    document = {"project": str(options.project), "kept": None if kept is None else str(kept)}
    lines = [f"{options.project}: restored from {options.backup}"]
    call.output.result(document, lines if kept is None else [*lines, f"What was there is kept: {kept}"])
    return DONE


def _upgrade(call: Call) -> int:
    from annotator.services.care import upgrade

    location = call.options.project
    upgraded = upgrade(location)
    line = "brought up to date; it was backed up before" if upgraded else "is up to date"
    call.output.result({"project": location, "upgraded": upgraded}, [f"{location}: {line}"])
    return DONE


COMMANDS: tuple[Command, ...] = (
    Command(
        name="check",
        summary="look a project over: the database, every hash, quote and link",
        arguments=opening.add_project,
        run=_check,
        details="Exit code 1 when anything is wrong. What a person should decide is listed as to finish.",
        examples=("check story.annotator",),
    ),
    Command(
        name="backup",
        summary="make a backup, or list those that were made",
        arguments=_backup_arguments,
        run=_backup,
        details="A backup can be made while a window has the project open.",
        examples=("backup story.annotator -o story-before.annotator", "backup story.annotator --list"),
    ),
    Command(
        name="restore",
        summary="put a backup in the place of a project",
        arguments=_restore_arguments,
        run=_restore,
        details="What is there is kept beside it, and its place is told. No window may have the project open.",
        examples=("restore story-before.annotator story.annotator",),
    ),
    Command(
        name="upgrade",
        summary="bring a project of an older version up to date",
        arguments=opening.add_project,
        run=_upgrade,
        details="It is backed up first.",
        examples=("upgrade story.annotator",),
    ),
)
