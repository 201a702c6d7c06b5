"""The command that prints how far a review session is."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from annotator.cli import opening
from annotator.cli.command import DONE, Call, Command
from annotator.cli.filters import add_session
from annotator.cli.output import one_line, table
from annotator.domain.counting import counted

if TYPE_CHECKING:
    from annotator.services.session_overview import ArticleOverview, AuthorWork, SessionOverview

_UNKNOWN = "–"


def _arguments(parser: argparse.ArgumentParser) -> None:
    opening.add_project(parser)
    add_session(parser, "how far")


def _review(call: Call) -> int:
    with opening.to_read(call.options) as project:
        found = project.reviews.overview(project.reviews.find(call.options.session).id)
    call.output.result(_document(found), _lines(found))
    return DONE


def _lines(found: SessionOverview) -> Iterator[str]:
    """Yield an overview as people read it."""
    session = found.session
    state = "sealed" if found.sealed else session.state.value
    yield f"“{session.name}”: {session.mode.value.replace('_', ' ')}, {state}, {_progress(found)}"
    for member in found.members:
        yield f"  {member.name}: {', '.join(sorted(member.roles))}"
    yield ""
    initials = {member.analyst_id: member.initials for member in found.members}
    authors = [work.analyst_id for work in found.articles[0].authors] if found.articles else []
    heads = ("article", *(initials.get(author, author) for author in authors), "state", "decided")
    yield from table(heads, [_row(article) for article in found.articles])


def _progress(found: SessionOverview) -> str:
    articles = counted(len(found.articles), "article")
    return articles if found.clusters is None else f"{articles}, {found.decided} of {found.clusters} passages decided"


def _row(article: ArticleOverview) -> tuple[str, ...]:
    told = "" if article.submitted is None else f" ({article.submitted} of {article.required})"
    decided = _UNKNOWN if article.clusters is None else f"{article.decided} of {article.clusters}"
    states = (_UNKNOWN if work.state is None else work.state.value for work in article.authors)
    state = f"{article.state.value.replace('_', ' ')}{told}"
    return (one_line(article.article.title, 48), *states, state, decided)


def _document(found: SessionOverview) -> dict[str, Any]:
    """Return an overview as plain values; what who is asking may not know is null."""
    session = found.session
    return {
        "session": {
            "id": session.id,
            "name": session.name,
            "mode": session.mode,
            "state": session.state,
            "sealed": found.sealed,
            "revealed_at": session.revealed_at,
            "closed_at": session.closed_at,
            "signed_by": session.signed_by,
        },
        "members": [
            {"analyst_id": member.analyst_id, "name": member.name, "roles": sorted(member.roles)}
            for member in found.members
        ],
        "articles": [_article(article) for article in found.articles],
        "passages": found.clusters,
        "decided": found.decided,
    }


def _article(article: ArticleOverview) -> dict[str, Any]:
    return {
        "article_id": article.article.id,
        "title": article.article.title,
        "text_id": article.text_id,
        "state": article.state,
        "submitted": article.submitted,
        "required": article.required,
        "passages": article.clusters,
        "decided": article.decided,
        "parked": article.parked,
        "authors": [_work(work) for work in article.authors],
    }


def _work(work: AuthorWork) -> dict[str, Any]:
    return {"analyst_id": work.analyst_id, "state": work.state, "passages": work.count, "reason": work.reason}


COMMANDS = (
    Command(
        name="review",
        summary="print how far a review session is",
        arguments=_arguments,
        run=_review,
        details=(
            "Who has submitted what, how far each article is, and how many passages are decided. What a blind session\n"
            "keeps apart until it is revealed is not told; “–” stands there."
        ),
        examples=("review story.annotator", 'review story.annotator --session "October" --json'),
    ),
)
