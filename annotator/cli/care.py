"""Commands that take care of a project's file: check, backup, restore, upgrade."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli import opening
from annotator.cli.command import DONE, PROBLEM, Call, Command
from annotator.cli.output import table
from annotator.domain.counting import counted
from annotator.domain.errors import UsageError

if TYPE_CHECKING:
    from annotator.services.care import ToldBackup
    from annotator.store.backups import Counts
    from annotator.store.thinning import Backup

_HEADS = ("no.", "made", "size", "articles", "passages", "people", "why", "file")


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    opening.add_project(parser)
    parser.add_argument("--repair", action="store_true", help="build anew what the history tells, after a backup")


def _check(call: Call) -> int:
    options, repaired = call.options, None
    with opening.to_mend(options, writing=options.repair) as project:
        with call.output.progress("checking") as progress:
            report = project.care.check(progress=progress)
        if options.repair and report.repairable:
            with call.output.progress("repairing") as progress:
                repaired = project.care.repair(progress=progress)
            report = repaired.report
            call.output.say(f"{counted(repaired.mended, 'row')} put right. As it was it is kept: {repaired.kept}")
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
        "repairable": report.repairable,
        "repaired": None if repaired is None else {"rows": repaired.mended, "kept": str(repaired.kept)},
        "texts": report.texts,
        "annotations": report.annotations,
        "versions": report.versions,
    }
    call.output.result(document, [*lines, f"{verdict}: {checked} checked."])
    if report.repairable:
        call.output.say("`annotator check PROJECT --repair` builds anew what the history still tells.")
    if not report.passed:
        call.output.say(
            "`annotator restore PROJECT` lists the backups there are; `annotator restore NUMBER PROJECT` takes one."
        )
    return DONE if report.passed else PROBLEM


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    opening.add_project(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="where to; default: among the automatic backups")
    parser.add_argument("--list", action="store_true", help="make none; list the automatic ones, newest first")


def _backup(call: Call) -> int:
    options = call.options
    with opening.to_read(options) as project:
        if options.list:
            return _list_backups(call, project.care.told_backups())
        with call.output.progress("backing up") as progress:
            made = project.care.backup(options.output, progress=progress)
    call.output.result({"backup": str(made)}, [str(made)])
    return DONE


def _list_backups(call: Call, told: Sequence[ToldBackup]) -> int:
    document = [
        {
            "path": str(one.backup.path),
            "at": one.backup.at.isoformat(),
            "seq": one.backup.seq,
            "why": one.backup.why,
            "size": one.backup.size,
            "counts": one.counts,
        }
        for one in told
    ]
    rows = [_row(number, one.backup, one.counts) for number, one in enumerate(told, 1)]
    call.output.result(document, table(_HEADS, rows) if rows else ["There are no automatic backups of this project."])
    return DONE


def _row(number: int, backup: Backup, counts: Counts | None) -> tuple[object, ...]:
    """Return the cells of a backup; what a blind session hides, or what cannot be read, is a dash."""
    told = ("–",) * 3 if counts is None else (counts.articles, counts.annotations, counts.people)
    cells = ("–" if cell is None else cell for cell in told)
    return number, f"{backup.at:%Y-%m-%d %H:%M} UTC", f"{backup.size / 1e6:.1f} MB", *cells, backup.why, backup.path


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "backup",
        metavar="BACKUP",
        nargs="?",
        type=Path,
        help="a file that `annotator backup` made, or a number in the list; without it the list is printed",
    )
    parser.add_argument("project", metavar="PROJECT", type=Path, help="the file it shall take the place of")
    parser.add_argument("--list", action="store_true", help="restore nothing; list the automatic backups, newest first")


def _restore(call: Call) -> int:
    from annotator.services.care import backups_of, restore

    options = call.options
    if options.backup is None or options.list:
        return _list_backups(call, backups_of(options.project))
    backup = _chosen(options.backup, options.project)
    kept = restore(backup, options.project)
    document = {"project": str(options.project), "kept": None if kept is None else str(kept)}
    lines = [f"{options.project}: restored from {backup}"]
    call.output.result(document, lines if kept is None else [*lines, f"What was there is kept: {kept}"])
    return DONE


def _chosen(named: Path, project: Path) -> Path:
    """Return the backup that was named by its file or by its number in the list."""
    from annotator.services.care import backups_of

    word = str(named)
    if named.exists() or not word.isdecimal():
        return named
    listed = backups_of(project)
    if not 0 < int(word) <= len(listed):
        raise UsageError(f"There is no backup number {word}.", "`annotator restore PROJECT` lists those there are.")
    return listed[int(word) - 1].backup.path


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
        arguments=_check_arguments,
        run=_check,
        details="Exit code 1 when anything is wrong. What a person should decide is listed as to finish.",
        examples=("check story.annotator", "check story.annotator --repair"),
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
        summary="put a backup in the place of a project, or list those there are",
        arguments=_restore_arguments,
        run=_restore,
        details="What is there is kept as one more backup (a damaged file beside its place), and where is told. "
        "No window may have the project open.",
        examples=(
            "restore story.annotator",
            "restore 2 story.annotator",
            "restore story-before.annotator story.annotator",
        ),
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
