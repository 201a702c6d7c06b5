"""“What was changed in my work, and why”: one analyst's page, as one self-contained web page that prints well."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from annotator.formats.record_page import because, facts, page, quote, said, sums, table, words
from annotator.formats.review_record import Fate, Returned, ReturnedArticle, ReturnedWork

_HEADS = {
    Fate.KEPT: "taken as it is",
    Fate.CHANGED: "changed",
    Fate.REJECTED: "not taken",
    Fate.ADDED: "added",
    Fate.OPEN: "not decided",
}


def render(work: ReturnedWork) -> bytes:
    """Return the page in UTF-8; it loads nothing from anywhere and runs no script."""
    return page(f"{work.session}: the work of {work.analyst}", _body(work))


def _body(work: ReturnedWork) -> Iterator[str]:
    yield '<p class="over">What was changed in my work, and why</p>\n'
    yield f'<h1 dir="auto">{escape(work.analyst)}</h1>\n'
    yield f'<p class="quiet">{words(work.session)} · {words(work.project)}</p>\n'
    if not work.closed:
        yield f'<p class="notice">The review goes on. This is how it stood on {escape(work.made_at)}.</p>\n'
    yield sums((work.count(fate), _HEADS[fate]) for fate in Fate if fate is not Fate.OPEN or work.count(fate))
    for article in work.articles:
        yield from _article(article)
    yield f'<footer class="quiet"><p>Made by Annotator on {escape(work.made_at)}. Nothing in your own work was '
    yield "changed: this is how the final version differs from it.</p></footer>\n"


def _article(article: ReturnedArticle) -> Iterator[str]:
    yield f'<h2 dir="auto">{escape(article.title)}</h2>\n'
    yield f'<p class="quiet" dir="auto">{escape(article.source)}</p>\n' if article.source else ""
    told = [passage for passage in article.passages if passage.fate is not Fate.KEPT or passage.told]
    kept = len(article.passages) - len(told)
    if kept:
        words = (
            "One passage was taken as you had marked it"
            if kept == 1
            else f"{kept} passages were taken as you had marked them"
        )
        yield f"<p>{words}.</p>\n"
    for passage in told:
        yield from _passage(passage, article.language)


def _passage(passage: Returned, language: str) -> Iterator[str]:
    yield f'<section class="passage {passage.fate.value}">\n<header><b>{_HEADS[passage.fate].capitalize()}</b>'
    yield f"<span>{escape(passage.place)}</span></header>\n"
    shown = passage.final if passage.final is not None else passage.mine
    if shown is not None:
        yield from quote(shown, language, "out" if passage.final is None and passage.fate is Fate.REJECTED else "")
        yield facts(shown)
    if passage.rows:
        cells = (
            (f"<td>{escape(row)}</td>", f"<td><del>{words(mine)}</del></td>", f"<td><ins>{words(final)}</ins></td>")
            for row, mine, final in passage.rows
        )
        yield from table(("", "You had", "Final version"), cells, "rows")
    yield because(passage.reason, passage.comment)
    if passage.by:
        yield f'<p class="quiet">{words(passage.by)}, {escape(passage.at)}</p>\n'
    yield from said(passage.comments)
    yield "</section>\n"
