"""The command that brings articles in."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.cli import opening
from annotator.cli.command import DONE, PROBLEM, Call, Command
from annotator.domain.articles import ArticleKind
from annotator.domain.dates import is_partial_date
from annotator.domain.errors import AnalystNeededError, ReadOnlyError, UsageError, UserError

if TYPE_CHECKING:
    from annotator.formats.apart import ReadingChild
    from annotator.services.project import Project

_FIELDS = ("title", "outlet", "byline", "url", "language", "published_at", "kind", "note")


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    opening.add_project(parser)
    parser.add_argument("files", nargs="+", metavar="FILE", help="text or HTML, one article each")
    parser.add_argument("--encoding", default="", help="of text files; found out when not given")
    about = parser.add_argument_group("about the article (instead of what the file says)")
    about.add_argument("--title", help="the headline; for a single file only")
    about.add_argument("--outlet", help="who published it")
    about.add_argument("--byline", help="who wrote it")
    about.add_argument("--url", help="where it stood; for a single file only")
    about.add_argument("--language", metavar="CODE", help="such as en or de")
    about.add_argument("--published-at", metavar="DATE", help="2024, 2024-10 or 2024-10-24")
    about.add_argument("--kind", choices=[*ArticleKind], help="default: news")
    about.add_argument("--note", help="for the team")


def _import(call: Call) -> int:
    from annotator.formats.apart import ReadingChild

    options = call.options
    if len(options.files) > 1 and (options.title or options.url):
        raise UsageError("--title and --url are about one article.", "Import the files one at a time.")
    if options.published_at and not is_partial_date(options.published_at):
        raise UsageError(f"“{options.published_at}” is no date.", "Write 2024, 2024-10 or 2024-10-24.")
    fields = {name: getattr(options, name) for name in _FIELDS if getattr(options, name) is not None}
    added, refused = [], []
    with opening.to_write(options) as project, call.output.progress("importing") as progress, ReadingChild() as child:
        for number, name in enumerate(options.files):
            progress(number, len(options.files))
            try:
                added.append(_add(call, project, Path(name), fields, child))
            except (AnalystNeededError, ReadOnlyError):
                raise  # the next file would fare no better
            except UserError as error:
                if len(options.files) == 1:
                    raise
                refused.append({"file": name, "error": str(error)})
                progress.clear()
                call.output.say(f"{name}: {error}")
    document = {"added": added, "refused": refused}
    call.output.result(document, [f"{entry['id']}  {entry['title']}" for entry in added])
    if refused:
        call.output.say(f"{len(added)} added, {len(refused)} refused.")
    return PROBLEM if refused else DONE


def _add(call: Call, project: Project, path: Path, fields: Mapping[str, Any], child: ReadingChild) -> dict[str, object]:
    """Add the article in one file; return what to tell about it."""
    from annotator.formats.registry import read_article

    draft = read_article(path, encoding=call.options.encoding, child=child)
    for warning in draft.warnings:
        call.output.say(f"{path}: {warning}")
    article = project.articles.add(draft, **fields)
    text = project.articles.text(article.id)
    return {
        "id": article.id,
        "file": str(path),
        "title": article.title,
        "outlet": article.outlet,
        "published_at": article.published_at,
        "characters": len(text.text),
        "warnings": list(draft.warnings),
    }


COMMANDS = (
    Command(
        name="import",
        summary="add articles from text and HTML files",
        arguments=_import_arguments,
        run=_import,
        details=(
            "Nothing is fetched from the network. The same text twice is refused. An exported project is taken in by\n"
            "`annotator merge`."
        ),
        examples=("import story.annotator letter.html", 'import story.annotator a.txt --outlet "The Daily" --as AB'),
        writes=True,
    ),
)
