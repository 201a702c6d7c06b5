"""Commands that carry work out and in, and check what was carried: export, merge, verify."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.cli import opening
from annotator.cli.command import DONE, PROBLEM, Call, Command
from annotator.cli.filters import add_filters, add_session, article_id, passage_filter, used_filters
from annotator.domain.counting import counted
from annotator.domain.errors import UsageError
from annotator.formats.export_formats import JSON, SHEETS, endings, format_of, names, sheet_names
from annotator.paths import is_packet

if TYPE_CHECKING:
    from annotator.services.merging import MergeReport
    from annotator.services.project import Project

FINAL = "final"
STATES = ("unreviewed", FINAL)
_TOLD = ("article", "annotation", "relation", "comment", "verdict", "decision")
"""What is told of a packet that was written."""
_STANDARD_OUTPUT = Path("-")
_VERIFIABLE = f"a project, exchange JSON, or a quote sheet ({sheet_names()})"
_NOUNS = {
    "annotation": ("passage", "passages"),
    "person": ("entry of the register", "entries of the register"),
    "text_version": ("text", "texts"),
    "relation": ("link", "links"),
    "analyst": ("analyst", "analysts"),
}


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    opening.add_project(parser)
    parser.add_argument("-f", "--format", choices=names(), help="default: by the file's ending; json without one")
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="the file to write; - or none: standard output"
    )
    parser.add_argument("--article", metavar="ID", action="append", help="only this article: id or title; repeatable")
    parser.add_argument("--without-article", metavar="ID", action="append", help="all but this one; repeatable")
    parser.add_argument("--analyst", metavar="NAME", help="only this analyst's passages: name, initials or id")
    parser.add_argument("--state", choices=STATES, default="", help="only passages at this state of the review")
    add_session(parser, "with --state final, of")
    parser.add_argument("--for", dest="profile", choices=("client",), help="leave out notes, comments, names, history")
    parser.add_argument(
        "--no-text", action="store_true", help="quotes with 32 characters on either side, no full texts"
    )
    parser.add_argument("--with-journal", action="store_true", help="with the whole history and the originals (json)")
    sheets = parser.add_argument_group(f"for quote sheets ({', '.join(names(SHEETS))})")
    add_filters(sheets)


def _export(call: Call) -> int:
    options = call.options
    if options.output == _STANDARD_OUTPUT:
        options.output = None
    form = options.format or _format_by_ending(options.output)
    with opening.to_read(options) as project:
        if form == JSON.name:
            _export_json(call, project)
        else:
            _export_sheet(call, project, form)
    return DONE


def _format_by_ending(path: Path | None) -> str:
    """Return the name of the format that a file's ending stands for; raises UsageError for one of no format."""
    if path is None or not path.suffix:
        return JSON.name
    form = format_of(path)
    if form is None:
        raise UsageError(
            f"No format has the ending “{path.suffix}”.",
            f"Endings are {', '.join(endings())}; or say what to write with -f: {', '.join(names())}.",
        )
    return form.name


def _export_json(call: Call, project: Project) -> None:
    options = call.options
    if used_filters(options):
        raise UsageError(
            "Exchange JSON holds whole articles.", f"Filters are for quote sheets: -f {' or -f '.join(names(SHEETS))}."
        )
    wanted, left_out = options.article, options.without_article or ()
    choice: dict[str, Any] = {
        "articles": None if wanted is None else [article_id(project, word) for word in wanted],
        "without": [article_id(project, word) for word in left_out],
        "analyst": options.analyst,
        "state": options.state,
        "session": options.session,
        "profile": options.profile,
        "no_text": options.no_text,
        "with_journal": options.with_journal,
    }
    if options.output is None:
        from annotator.formats.exchange.writing import to_bytes

        call.output.raw(to_bytes(project.exchange.export(**choice)))
        return
    fingerprint = project.exchange.write(options.output, **choice)
    document = {"file": str(options.output), "fingerprint": fingerprint}
    call.output.result(document, [f"{options.output}: fingerprint {fingerprint}"])


def _export_sheet(call: Call, project: Project, form: str) -> None:
    options = call.options
    if options.with_journal or options.without_article or len(options.article or ()) > 1:
        raise UsageError("A quote sheet is of the whole project or of one article, and has no journal.")
    article = options.article[0] if options.article else None
    wanted = passage_filter(project, options, article=article, layer=options.analyst, final=options.state == FINAL)
    client = options.profile is not None
    if options.output is None:
        call.output.raw(project.quote_sheet.render(form, wanted, client=client, no_text=options.no_text))
        return
    sheet = project.quote_sheet.write(options.output, wanted, format_name=form, client=client, no_text=options.no_text)
    document = {"file": str(options.output), "quotes": len(sheet.rows)}
    call.output.result(document, [f"{options.output}: {counted(len(sheet.rows), 'quote')}"])


def _merge_arguments(parser: argparse.ArgumentParser) -> None:
    opening.add_project(parser)
    parser.add_argument("file", metavar="FILE", type=Path, help="exchange JSON, ours or another program's; a packet")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen; change nothing")
    parser.add_argument(
        "--take",
        metavar="ID",
        action="append",
        default=[],
        help="from another program's file: overwrite this known entry, or all; repeatable",
    )


def _merge(call: Call) -> int:
    options = call.options
    if is_packet(options.file) and not options.dry_run and _is_missing(options.project):
        return _open_packet(call)
    with opening.to_look(options) if options.dry_run else opening.to_write(options) as project:
        report = project.exchange.merge(options.file, dry_run=options.dry_run, take=options.take)
    call.output.result(report, _report_lines(report))
    return PROBLEM if report.sealed else DONE


def _is_missing(location: str) -> bool:
    return "://" not in location and not Path(location).exists()


def _open_packet(call: Call) -> int:
    """Make the project that a packet opens as; its receiver writes there."""
    from annotator.services.packet_files import open_packet

    options = call.options
    with open_packet(options.file, options.project) as project:
        who = project.analyst
        assert who is not None  # the receiver of the packet
        document = {
            "project": {"id": project.id, "name": project.name, "location": project.location},
            "analyst": {"id": who.id, "name": who.name},
        }
        call.output.result(document, [f"{project.location}: made “{project.name}”; you write as {who.name}."])
    return DONE


def _packet_arguments(parser: argparse.ArgumentParser) -> None:
    opening.add_project(parser)
    parser.add_argument("--session", metavar="SESSION", required=True, help="the review session: name or id")
    parser.add_argument("--to", metavar="NAME", required=True, help="the receiver, a member: name, initials or id")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="the packet to write; default: by its names")


def _packet(call: Call) -> int:
    options = call.options
    with opening.to_look(options) as project:
        session = project.reviews.find(options.session)
        path = options.output or Path(project.packets.usual_name(session.id, options.to))
        written = project.packets.write(path, session.id, receiver=options.to)
    held = ", ".join(f"{number} {_noun(kind, number)}" for kind in _TOLD if (number := written.counts.get(kind, 0)))
    document = {"file": str(written.path), "packet": written.head, "fingerprint": written.fingerprint}
    call.output.result(
        document | {"counts": written.counts},
        [
            f"{written.path}: {written.head.kind} packet with {held}.",
            "It is not encrypted: who has the file can read it.",
        ],
    )
    return DONE


def _report_lines(report: MergeReport) -> Iterator[str]:
    """Yield what taking a file in did, or would do, for people to read."""
    if report.sealed:
        yield f"sealed: {report.sealed}"
    if report.taken_over:
        would_become = "would become" if report.dry_run else "became"
        yield f"The empty project {would_become} the file's project."
    if report.nothing_new:
        yield "Nothing new: the project holds all of it already."
    if report.apart:
        yield "Work in a blind session: kept apart, and not told of, until the reveal"
    for verb, counts in (("added", report.added), ("changed", report.changed)):
        for kind, number in counts.items():
            yield f"{number} {_noun(kind, number)} {'would be ' if report.dry_run else ''}{verb}"
    if report.packet is not None and report.known:
        yield f"{sum(report.known.values())} entries known already"
    yield from _to_decide(report)
    yield from (f"left out: {problem}" for problem in report.left_out)
    yield from (f"note: {problem}" for problem in report.warnings)
    if report.backup:
        yield f"The project was saved before: {report.backup}"


def _to_decide(report: MergeReport) -> Iterator[str]:
    """Yield what only a person can decide."""
    for conflict in report.conflicts:
        yield f"conflict: {_noun(conflict.entity_type, 1)} “{conflict.name}” ({conflict.entity_id})"
    for text in report.text_differs:
        many = f", passages on other words: {text.passages}" if text.passages else ""
        yield f"text differs: “{text.name}” ({text.article_id}){many}"
    for pair in report.alike:
        yield f"perhaps the same: {_noun(pair.entity_type, 1)} “{pair.name}”: ours {pair.ours}, theirs {pair.theirs}"
    for known in report.differing:
        what = "taken" if known.taken else f"left as it was; take it with --take {known.entity_id}"
        yield f"differs: {known.path} “{known.name}” in {', '.join(known.fields)}: {what}"


def _noun(kind: str, number: int) -> str:
    one, many = _NOUNS.get(kind, (kind.replace("_", " "), f"{kind.replace('_', ' ')}s"))
    return one if number == 1 else many


def _verify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="PROJECT | FILE", help=_VERIFIABLE)


def _verify(call: Call) -> int:
    from annotator.services.verify import summary, verify_file

    what = call.options.what
    if opening.is_project(what):
        with opening.to_read_from(what) as project:
            verified = project.verify.run()
    else:
        verified = verify_file(what)
    document = {
        "passed": verified.passed,
        "problems": verified.problems,
        "warnings": verified.warnings,
        "counted": verified.counted,
        "fingerprint": verified.fingerprint,
    }
    lines = [*map(str, verified.problems), *(f"note: {warning}" for warning in verified.warnings)]
    verdict = "Everything fits" if verified.passed else f"{len(verified.problems)} do not fit"
    call.output.result(document, [*lines, f"{verdict}: {summary(verified)}."])
    return DONE if verified.passed else PROBLEM


COMMANDS: tuple[Command, ...] = (
    Command(
        name="export",
        summary=f"write exchange JSON, or a quote sheet ({sheet_names()})",
        arguments=_export_arguments,
        run=_export,
        details=(
            "Two exports of the same state are the same bytes but for exported_at. A default export is not a backup:\n"
            "`annotator backup` makes one."
        ),
        examples=(
            "export story.annotator -o story.json",
            "export story.annotator -f html -o quotes.html --for client --no-text",
        ),
    ),
    Command(
        name="merge",
        summary="take in a colleague's export, or another program's JSON",
        arguments=_merge_arguments,
        run=_merge,
        details=(
            "A file of Annotator is merged: both sides' work is kept, conflicts are listed, nothing is overwritten.\n"
            "A file of another program is imported: new things are added, known ones change only with --take.\n"
            "A review packet for you is merged too; where there is no PROJECT yet, it opens as that project."
        ),
        examples=(
            "merge story.annotator from-ann.json --dry-run",
            "merge story.annotator tool.json --as AB",
            "merge mine.annotator for-me.annotator-packet",
        ),
        writes=True,
    ),
    Command(
        name="packet",
        summary="write a review packet for one member of a session",
        arguments=_packet_arguments,
        run=_packet,
        details=(
            "From the lead it takes the task to a member, and after the reveal what became of the work; from a member\n"
            "the own submitted work to the lead. It holds what its receiver may see, and is not encrypted."
        ),
        examples=('packet story.annotator --session "First round" --to BC -o for-ben.annotator-packet',),
        writes=True,
    ),
    Command(
        name="verify",
        summary="recompute every hash and compare every quote with its text",
        arguments=_verify_arguments,
        run=_verify,
        details="Exit code 1, with the places, when anything does not fit.",
        examples=("verify story.json", "verify story.annotator"),
    ),
)
