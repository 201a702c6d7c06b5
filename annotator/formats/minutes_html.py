"""The minutes of a review session as one self-contained web page that prints well."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from annotator.domain.reviews import DecisionOutcome
from annotator.formats.record_page import because, facts, links, page, people, quote, said, sums, table, tag, words
from annotator.formats.review_record import CodebookEntry, FigureTable, Minutes, Recorded, RecordedArticle, Wordings


def render(minutes: Minutes) -> bytes:
    """Return the minutes as a page in UTF-8 that loads nothing from anywhere and runs no script."""
    return page(f"{minutes.session}: minutes", _body(minutes))


def _body(minutes: Minutes) -> Iterator[str]:
    yield f'<p class="over">Minutes of a review</p>\n<h1 dir="auto">{escape(minutes.session)}</h1>\n'
    yield f'<p class="quiet">{words(minutes.project)} · {escape(minutes.mode)} · {escape(minutes.state)}</p>\n'
    if not minutes.closed:
        yield f'<p class="notice">This session is not closed. This is how it stood on {escape(minutes.made_at)}.</p>\n'
    yield from (f'<p class="notice" dir="auto">{escape(notice)}</p>\n' for notice in minutes.notices)
    yield sums(_sums(minutes))
    yield from _contents(minutes)
    yield '<h2 id="members">Members</h2>\n'
    members = [tuple(f"<td>{words(cell)}</td>" for cell in member) for member in minutes.members]
    yield from table(("Name", "Initials", "Role"), members)
    yield '<h2 id="settings">Settings</h2>\n'
    settings = [tuple(f"<td>{words(cell)}</td>" for cell in setting) for setting in minutes.settings]
    yield from table((), settings)
    yield '<h2 id="events">What happened when</h2>\n'
    yield from table((), [tuple(f"<td>{words(cell)}</td>" for cell in event) for event in minutes.events])
    if minutes.figures is not None:
        yield from _figures(minutes.figures)
    yield from _open(minutes)
    yield from _flagged(minutes)
    number = 0
    for place, article in enumerate(minutes.articles, 1):
        yield from _article(article, place, number)
        number += len(article.passages)
    yield from _codebook(minutes)
    yield f'<footer class="quiet"><p>Made by Annotator on {escape(minutes.made_at)}. Every quote is verbatim from the '
    yield "text of the SHA-256 that stands beside its article.</p></footer>\n"


def _sums(minutes: Minutes) -> list[tuple[int, str]]:
    passages = minutes.passages
    shut = [passage for passage in passages if not passage.open]
    out = sum(passage.outcome is DecisionOutcome.NOTHING for passage in shut)
    parked = sum(passage.outcome is DecisionOutcome.PARKED for passage in passages)
    return [
        (len(minutes.articles), "article" if len(minutes.articles) == 1 else "articles"),
        (len(passages), "passages looked at"),
        (len(shut) - out, "in the final version"),
        (out, "nothing here"),
        (parked, "parked"),
        (len(passages) - len(shut) - parked, "undecided"),
    ]


def _contents(minutes: Minutes) -> Iterator[str]:
    entries = [("members", "Members"), ("settings", "Settings"), ("events", "What happened when")]
    entries += [("figures", "Agreement")] if minutes.figures is not None else []
    entries += [("open", "What is open")] if any(passage.open for passage in minutes.passages) else []
    entries += [(f"a{place}", article.title) for place, article in enumerate(minutes.articles, 1)]
    entries += [("codebook", "The codebook as it was")] if minutes.codebook else []
    links = "".join(f'<li><a href="#{id_}">{words(title)}</a></li>' for id_, title in entries)
    yield f'<nav aria-label="Contents"><ol>{links}</ol></nav>\n'


def _figures(figures: FigureTable) -> Iterator[str]:
    yield '<h2 id="figures">Agreement</h2>\n'
    yield '<p class="quiet">1 is full agreement; – is not defined, and why stands below. n: on how much it rests.</p>\n'
    heads = "".join(f'<th scope="col" class="number">{escape(moment)}</th>' for moment in figures.moments)
    yield f'<table>\n<thead><tr><th scope="col">Figure</th>{heads}<th scope="col" class="number">n</th></tr></thead>\n'
    yield "<tbody>\n"
    for line in figures.lines:
        first = ' class="first"' if line.first else ""
        cells = "".join(f'<td class="number">{escape(value)}</td>' for value in line.values)
        yield f'<tr{first}><td>{escape(line.title)}</td>{cells}<td class="number">{escape(line.n)}</td></tr>\n'
    yield "</tbody>\n</table>\n"
    if len(figures.pairs) > 1:
        names = ("Two analysts", "passages", "tag", "people", "links")
        rows = [
            (f"<td>{words(two)}</td>", *(f"<td>{escape(value)}</td>" for value in values))
            for two, values in figures.pairs
        ]
        yield from table(names, rows)
    yield from (f'<p class="quiet">{escape(note)}</p>\n' for note in figures.notes)


def _open(minutes: Minutes) -> Iterator[str]:
    """Yield what is parked or undecided."""
    waiting = [(n, passage) for n, passage in enumerate(minutes.passages, 1) if passage.open]
    if not waiting:
        return
    yield '<h2 id="open">What is open</h2>\n'
    rows = []
    for number, passage in waiting:
        rows.append(
            (
                f'<td><a href="#p{number}">{number}</a></td>',
                f"<td>{_state(passage)}</td>",
                f"<td>{_recognised_by(passage)}</td>",
                f"<td>{words(passage.comment)}</td>",
            )
        )
    yield from table(("No.", "State", "Passage", "Why"), rows, "rows")


def _state(passage: Recorded) -> str:
    if passage.changed:
        return "changed since it was decided"
    return "parked" if passage.outcome is DecisionOutcome.PARKED else "undecided"


def _recognised_by(passage: Recorded) -> str:
    """Return the words of a passage: as it is in the final version, else as somebody marked it."""
    wordings = [passage.final] if passage.final is not None else [version for _, version in passage.versions]
    return "".join(quote(wordings[0])) if wordings else ""


def _flagged(minutes: Minutes) -> Iterator[str]:
    flagged = [(n, passage) for n, passage in enumerate(minutes.passages, 1) if passage.codebook_flag]
    if flagged:
        yield "<h2>The codebook needs a change</h2>\n<ul>\n"
        for number, passage in flagged:
            why = "; ".join(part for part in (passage.reason, passage.comment) if part)
            yield f'<li><a href="#p{number}">Passage {number}</a>{": " if why else ""}{words(why)}</li>\n'
        yield "</ul>\n"


def _article(article: RecordedArticle, place: int, before: int) -> Iterator[str]:
    yield f'<header><h2 id="a{place}" dir="auto">{escape(article.title)}</h2>\n'
    yield f'<p class="quiet" dir="auto">{escape(article.source)}</p>\n' if article.source else ""
    yield "".join(f'<p class="quiet" dir="auto">{escape(line)}.</p>\n' for line in article.submissions)
    yield f'<p class="quiet">SHA-256 of the text: <span class="hash">{article.sha256}</span></p></header>\n'
    yield from said(article.comments)
    if not article.passages:
        yield "<p>Nobody marked anything here.</p>\n"
    for number, passage in enumerate(article.passages, before + 1):
        yield from _passage(passage, number, article.language)


def _passage(passage: Recorded, number: int, language: str) -> Iterator[str]:
    differs = "all alike" if passage.versions and not passage.differs else _joined(passage.differs)
    yield f'<section class="passage" id="p{number}">\n<header><span><b>{number}</b> · {escape(passage.place)}</span>'
    yield f"<span>{escape(differs)}</span></header>\n"
    if passage.final is not None:
        yield from quote(passage.final, language)
        yield facts(passage.final)
    if passage.versions and (passage.differs or passage.final is None):
        yield from _versions(passage, language)
    elif passage.versions:
        yield f'<p class="quiet">Marked so by {", ".join(words(name) for name, _ in passage.versions)}</p>\n'
    yield from _decision(passage)
    yield from said(passage.comments)
    yield "</section>\n"


def _joined(differs: Sequence[str]) -> str:
    return f"differ in: {', '.join(differs)}" if differs else ""


def _versions(passage: Recorded, language: str) -> Iterator[str]:
    """Yield how each analyst had it; where they differ is marked, and words that all have stand there once."""
    versions = [wordings for _, wordings in passage.versions]
    shown = {
        name: (head, cell)
        for name, (head, cell) in _CELLS.items()
        if name in _ALWAYS or any(getattr(version, name) for version in versions)
    }
    apart = {name for name in ("quotes", *shown) if len({getattr(version, name) for version in versions}) > 1}
    if "quotes" not in apart and (passage.final is None or passage.final.quotes != versions[0].quotes):
        yield from quote(versions[0], language, "out")
    rows: list[tuple[str, ...]] = []
    for name, version in passage.versions:
        cells = [f"<td{_APART if key in apart else ''}>{cell(version)}</td>" for key, (_, cell) in shown.items()]
        if "quotes" in apart:
            all_words = "".join(quote(version, language))
            rows.append(
                (f'<td rowspan="2"><b>{words(name)}</b></td>', f'<td colspan="{len(shown)}"{_APART}>{all_words}</td>')
            )
            rows.append(tuple(cells))
        else:
            rows.append((f"<td><b>{words(name)}</b></td>", *cells))
    absent = f'<td colspan="{len(shown)}" class="quiet">did not mark it</td>'
    rows += [(f"<td><b>{words(name)}</b></td>", absent) for name in passage.missing]
    yield from table(("Analyst", *(head for head, _ in shown.values())), rows, "versions")


_CELLS: dict[str, tuple[str, Callable[[Wordings], str]]] = {
    "tag": ("Tag", tag),
    "people": ("People", people),
    "attribution": ("How said", lambda version: escape(version.attribution)),
    "links": ("Links", links),
    "note": ("Note", lambda version: words(version.note)),
}
_ALWAYS = frozenset({"tag", "people", "attribution"})
_APART = ' class="apart"'


def _decision(passage: Recorded) -> Iterator[str]:
    if passage.outcome is None:
        yield '<p class="decided"><span class="flag">Undecided</span></p>\n'
        return
    decided = f"<b>{words(passage.decided[:1].upper() + passage.decided[1:])}</b>"
    yield f'<p class="decided" dir="auto">{decided}</p>\n'
    yield because(passage.reason, passage.comment)
    by = f"{words(passage.by)}, {escape(passage.at)}"
    own = ' · <span class="flag">an author of this passage</span>' if passage.own else ""
    changed = ' · <span class="flag">a version was changed since: to be decided again</span>' if passage.changed else ""
    flag = ' · <span class="flag">the codebook needs a change</span>' if passage.codebook_flag else ""
    yield f'<p class="quiet">{by}{own}{changed}{flag}</p>\n'
    if passage.votes:
        votes = "; ".join(f"{words(name)}: {words(choice)}" for name, choice in passage.votes)
        yield f'<p class="quiet">Votes: {votes}</p>\n'


def _codebook(minutes: Minutes) -> Iterator[str]:
    if not minutes.codebook:
        return
    yield '<h2 id="codebook">The codebook as it was</h2>\n'
    yield '<p class="quiet">The tags when the session was opened.</p>\n'
    yield from table(("Tag", "Key", "Rule"), (_entry(entry) for entry in minutes.codebook))


def _entry(entry: CodebookEntry) -> Iterator[str]:
    indent = f' style="padding-inline-start:{1.2 * entry.depth:.1f}rem"' if entry.depth else ""
    yield f'<td{indent}><span class="tag {entry.kind.value}">{words(entry.name)}</span></td>'
    yield f"<td>{escape(entry.key)}</td><td>"
    yield "".join(f'<p dir="auto">{escape(line)}</p>' for line in (entry.description, entry.rule) if line)
    yield "".join(f'<p class="quiet" dir="auto">Fits: {escape(example)}</p>' for example in entry.fits)
    yield "".join(f'<p class="quiet" dir="auto">Does not fit: {escape(example)}</p>' for example in entry.fits_not)
    yield "</td>"
