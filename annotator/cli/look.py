"""Commands that look at a project: lists, search, figures."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.cli import opening
from annotator.cli.command import DONE, Call, Command
from annotator.cli.filters import add_filters, add_session, passage_filter
from annotator.cli.output import one_line, table
from annotator.domain.passages import PassageRow

if TYPE_CHECKING:
    from annotator.services.project import Project


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    opening.add_project(parser)
    parser.add_argument("what", nargs="?", choices=tuple(_LISTS), default="articles", help="default: articles")
    group = parser.add_argument_group("for annotations")
    add_filters(group)
    group.add_argument("--article", metavar="ID", help="in this article: id or title")
    layers = group.add_mutually_exclusive_group()
    layers.add_argument("--layer", metavar="NAME", help="by this analyst only: name, initials or id")
    layers.add_argument("--final", action="store_true", help="the final version of a review session, not the layers")
    add_session(group, "the final version of")
    group.add_argument("--to-finish", action="store_true", help="only those where something is still to finish")


def _list(call: Call) -> int:
    with opening.to_read(call.options) as project:
        return _LISTS[call.options.what](call, project)


def _articles(call: Call, project: Project) -> int:
    summaries = project.articles.summaries()
    rows = [
        (s.article.id, s.article.published_at or "–", s.article.outlet or "–", s.total, one_line(s.article.title, 60))
        for s in summaries
    ]
    document = [
        {
            "id": s.article.id,
            "title": s.article.title,
            "outlet": s.article.outlet,
            "byline": s.article.byline,
            "published_at": s.article.published_at,
            "url": s.article.url,
            "language": s.article.language,
            "kind": s.article.kind,
            "annotations": s.total,
            "counts": {kind.value: n for kind, n in s.counts.items()},
        }
        for s in summaries
    ]
    call.output.result(document, table(("id", "date", "outlet", "n", "title"), rows))
    return DONE


def _annotations(call: Call, project: Project) -> int:
    options = call.options
    rows = project.passages.query(
        passage_filter(
            project,
            options,
            article=options.article,
            layer=options.layer,
            final=options.final,
            to_finish=options.to_finish,
        )
    )
    cells = [
        (
            row.article.published_at or "–",
            one_line(row.article.outlet or row.article.title, 18),
            f"¶{row.paragraph}",
            row.tag.name,
            one_line(", ".join(row.speakers) or "–", 28),
            one_line(row.annotation.quote, 70),
        )
        for row in rows
    ]
    heads = ("date", "article", "¶", "tag", "speaker", "quote")
    call.output.result([_passage(row) for row in rows], table(heads, cells))
    return DONE


def _passage(row: PassageRow) -> dict[str, object]:
    """Return one passage as ``--json`` prints it; offsets are half-open, in code points of the text."""
    annotation = row.annotation
    return {
        "id": annotation.id,
        "article_id": row.article.id,
        "article": row.article.title,
        "outlet": row.article.outlet,
        "published_at": row.article.published_at,
        "text_id": annotation.text_id,
        "start": annotation.start,
        "end": annotation.end,
        "quote": annotation.quote,
        "paragraph": row.paragraph,
        "block": row.block,
        "repeats": row.repeats,
        "tag": row.tag.name,
        "kind": row.tag.kind,
        "attribution": annotation.attribution,
        "people": [{"role": role, "person_id": id_, "name": name} for role, id_, name in row.people],
        "answers": [
            {"kind": a.kind, "outgoing": a.outgoing, "annotation_id": a.annotation_id, "quote": a.quote}
            for a in row.answers
        ],
        "unsure": annotation.unsure,
        "note": annotation.note,
        "analyst": row.analyst,
        "to_finish": list(row.unfinished),
    }


def _people(call: Call, project: Project) -> int:
    usage = project.people.usage()
    people = project.people.list()
    document = [
        {
            "id": p.id,
            "name": p.name,
            "kind": p.kind,
            "aliases": [alias.text for alias in p.aliases],
            "position": p.position,
            "affiliation_id": p.affiliation_id,
            "external_id": p.external_id,
            "annotations": usage.get(p.id, 0),
        }
        for p in people
    ]
    cells = [
        (p.id, p.name, p.kind.value, usage.get(p.id, 0), one_line(", ".join(alias.text for alias in p.aliases), 50))
        for p in people
    ]
    call.output.result(document, table(("id", "name", "kind", "n", "also"), cells))
    return DONE


def _tags(call: Call, project: Project) -> int:
    tags = project.codebook.tags(retired=True)
    names = {tag.id: tag.name for tag in tags}
    document = [
        {
            "id": t.id,
            "name": t.name,
            "kind": t.kind,
            "key": t.key,
            "colour": t.colour,
            "parent_id": t.parent_id,
            "description": t.description,
            "retired": t.retired,
        }
        for t in tags
    ]
    cells = [
        (t.key or "–", t.name, t.kind.value, names.get(t.parent_id or "", "–"), "retired" if t.retired else "")
        for t in tags
    ]
    call.output.result(document, table(("key", "tag", "kind", "under", ""), cells))
    return DONE


def _analysts(call: Call, project: Project) -> int:
    analysts = project.analysts.list()
    document = [{"id": a.id, "name": a.name, "initials": a.initials, "role": a.role} for a in analysts]
    cells = [(a.id, a.initials, a.role.value, a.name) for a in analysts]
    call.output.result(document, table(("id", "initials", "role", "name"), cells))
    return DONE


_LISTS: dict[str, Callable[[Call, Project], int]] = {
    "articles": _articles,
    "annotations": _annotations,
    "people": _people,
    "tags": _tags,
    "analysts": _analysts,
}


def _search_arguments(parser: argparse.ArgumentParser) -> None:
    opening.add_project(parser)
    parser.add_argument("query", metavar="QUERY", nargs="+", help="words; all of them must occur")
    parser.add_argument("--limit", type=int, default=50, metavar="N", help="at most so many hits; default: 50")


def _search(call: Call) -> int:
    with opening.to_read(call.options) as project:
        hits = project.search.find(" ".join(call.options.query), limit=call.options.limit)
    call.output.result(hits, (f"{hit.where}: {one_line(hit.snippet, 100)}" for hit in hits))
    if not hits:
        call.output.say("Nothing found.")
    return DONE


def _stats(call: Call) -> int:
    with opening.to_read(call.options) as project:
        stats = project.stats.summary()
    call.output.result(stats, stats.lines())
    return DONE


COMMANDS = (
    Command(
        name="list",
        summary="list articles, annotations, people, tags or analysts",
        arguments=_list_arguments,
        run=_list,
        examples=(
            "list story.annotator",
            'list story.annotator annotations --person "Ed Moss" --role speaker --from 2024-10',
            "list story.annotator annotations --tag denial --to-finish --json",
        ),
    ),
    Command(
        name="search",
        summary="find words in articles, quotes, notes and names",
        arguments=_search_arguments,
        run=_search,
        details="Capitals, accents and the form of quotation marks do not matter.",
        examples=("search story.annotator leaked letter",),
    ),
    Command(
        name="stats",
        summary="print the figures of a project",
        arguments=opening.add_project,
        run=_stats,
        examples=("stats story.annotator",),
    ),
)
