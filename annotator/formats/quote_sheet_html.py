"""Quote sheets as one self-contained web page: readable, printable, and with a fingerprint in the footer."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from html import escape
from itertools import accumulate, pairwise

from annotator.domain.errors import Problem
from annotator.domain.progress import Progress, each_told, part, silent
from annotator.formats.exchange.verifying import Verified
from annotator.formats.quote_sheet import NO_ORIGINAL, QuoteRow, QuoteSheet, SheetArticle, place_of

_MARK = '<meta name="generator" content="annotator quote sheet">'
_FINGERPRINT = re.compile(rb'<code id="fingerprint">([0-9a-f]*)</code>')
_MADE_AT = re.compile(rb'<time id="exported-at"( datetime="[^"<>]*")?>[^<]*</time>')
_BLANK = (b'<code id="fingerprint"></code>', b'<time id="exported-at"></time>')

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --soft: #8882; --claim: #2f6fd0; --denial: #c8452b;
  --evidence: #2c8a57; --other: #777; }
body { font: 15px/1.5 Georgia, "Times New Roman", serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
p { margin: .4rem 0; } .quiet { opacity: .75; font-size: .87rem; }
.claim { --kind: var(--claim); } .denial { --kind: var(--denial); } .evidence { --kind: var(--evidence); }
.other { --kind: var(--other); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin-top: 1.5rem; }
th, td { border-bottom: 1px solid var(--line); padding: .45rem .8rem .45rem 0; text-align: start;
  vertical-align: top; overflow-wrap: break-word; }
th { font-weight: 600; } thead th { white-space: nowrap; } thead { display: table-header-group; }
tr { break-inside: avoid; } tr.source { break-after: avoid; } tr.source th { padding-top: 1.4rem; }
tr.source span { font-weight: normal; } td.quote { width: 34%; white-space: pre-wrap; }
td small { display: block; opacity: .75; } td ul { margin: 0; padding-inline-start: 1.1em; }
.tag { border-inline-start: .3rem solid var(--kind); padding-inline-start: .4rem; white-space: nowrap; }
.place { white-space: nowrap; } td.answers { width: 22%; }
.context { opacity: .6; white-space: normal; } .text p { max-width: 42rem; white-space: pre-wrap; }
mark { background: var(--soft); color: inherit; border-bottom: 2px solid var(--kind); padding: 0; }
mark.denial { border-bottom-style: dashed; } mark.evidence { border-bottom-style: dotted; }
sup { font-size: .65rem; line-height: 0; margin-inline-end: .1em; } a { color: inherit; }
footer { border-top: 1px solid var(--line); margin-top: 3rem; } code { overflow-wrap: anywhere; }
@page { size: A4 landscape; margin: 1.5cm; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } h2 { break-after: avoid; }
  a { text-decoration: none; } }
"""


def render(sheet: QuoteSheet, progress: Progress = silent) -> bytes:
    """Return the sheet as a page in UTF-8 that loads nothing from anywhere and runs no script."""
    blank = "".join(_page(sheet, progress)).encode()
    told = hashlib.sha256(blank).hexdigest()
    made_at = escape(sheet.made_at)
    shown = f"{made_at[:10]} {made_at[11:16]} UTC"
    filled = blank.replace(_BLANK[0], f'<code id="fingerprint">{told}</code>'.encode())
    return filled.replace(_BLANK[1], f'<time id="exported-at" datetime="{made_at}">{shown}</time>'.encode())


def is_quote_sheet(source: bytes) -> bool:
    """Whether some bytes are a page that :func:`render` made."""
    return _MARK.encode() in source[:2048]


def verify(source: bytes) -> Verified:
    """Compare a page with the fingerprint in its footer; when it was made does not count."""
    found = _FINGERPRINT.findall(source)
    if len(found) != 1 or len(_MADE_AT.findall(source)) != 1:
        return Verified((Problem("footer", "The fingerprint is missing, or stands there more than once."),))
    blank = _MADE_AT.sub(_BLANK[1], _FINGERPRINT.sub(_BLANK[0], source))
    told = found[0].decode()
    if hashlib.sha256(blank).hexdigest() != told:
        problem = Problem("footer", "The fingerprint is not that of this page: something in it was changed.")
        return Verified((problem,), fingerprint=told)
    return Verified((), fingerprint=told)


def _page(sheet: QuoteSheet, progress: Progress) -> Iterator[str]:
    title = escape(f"{sheet.project}: quotes")
    yield f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{_MARK}\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    texts = "one article" if len(sheet.articles) == 1 else f"{len(sheet.articles)} articles"
    quotes = "One quote" if len(sheet.rows) == 1 else f"{len(sheet.rows)} quotes"
    yield f'<h1 dir="auto">{escape(sheet.project)}</h1>\n<p class="quiet">{quotes} from {texts}. '
    yield f"Exported {_BLANK[1].decode()}.</p>\n"
    yield from _table(sheet, part(progress, 0, 0.5))
    by_article: dict[int, list[QuoteRow]] = {}
    for row in sheet.rows:
        by_article.setdefault(row.article, []).append(row)
    for index, article in enumerate(each_told(sheet.articles, len(sheet.articles), part(progress, 0.5, 1))):
        yield from _article(article, by_article.get(index, []))
    yield '<footer class="quiet"><p>Every quote is verbatim; “paragraph” counts from 1 in the text of that SHA-256. '
    yield f"Fingerprint of this page: {_BLANK[0].decode()} "
    yield "(<code>annotator verify</code> compares it).</p></footer>\n</body>\n</html>\n"


def _table(sheet: QuoteSheet, progress: Progress) -> Iterator[str]:
    """Yield the table: a heading row for each article, a row for each of its passages."""
    heads = ["No.", "Tag, place", "Quote", "Speaker", "How said", "What answers it", "Review"]
    heads += [] if sheet.client else ["Analyst, note"]
    yield "<table>\n<thead><tr>" + "".join(f'<th scope="col">{h}</th>' for h in heads) + "</tr></thead>\n<tbody>\n"
    shown = -1
    for row in each_told(sheet.rows, len(sheet.rows), progress):
        if row.article != shown:
            shown = row.article
            yield _source(sheet.articles[shown], len(heads))
        yield f'<tr id="q{row.number}">{"".join(_cells(sheet, row))}</tr>\n'
    yield "</tbody>\n</table>\n"


def _source(article: SheetArticle, columns: int) -> str:
    told = [article.outlet, article.date]
    rest = "".join(f" · <span><bdi>{escape(part)}</bdi></span>" for part in told if part)
    title = f"<bdi>{escape(article.title)}</bdi>"
    return f'<tr class="source"><th scope="rowgroup" colspan="{columns}">{title}{rest}</th></tr>\n'


def _cells(sheet: QuoteSheet, row: QuoteRow) -> Iterator[str]:
    number = str(row.number) if sheet.no_text else f'<a href="#t{row.number}">{row.number}</a>'
    yield f"<td>{number}</td>"
    yield f'<td><span class="tag {row.kind.value}" dir="auto">{escape(row.tag)}</span>'
    yield f'<small class="place">{place_of(row)}</small></td>'
    before = f'<span class="context">{escape(row.prefix)}</span>' if sheet.no_text else ""
    after = f'<span class="context">{escape(row.suffix)}</span>' if sheet.no_text else ""
    yield f'<td class="quote" dir="auto">{before}{escape(row.quote)}{after}</td>'
    named = "".join(f"<small>named here: “<bdi>{escape(words)}</bdi>”</small>" for words in row.named)
    yield f"<td>{'<br>'.join(f'<bdi>{escape(name)}</bdi>' for name in row.identified)}{named}</td>"
    yield f"<td>{escape(row.attribution)}</td>{_list(row.answers)}<td>{escape(row.review_state)}</td>"
    if not sheet.client:
        note = f'<small dir="auto">{escape(row.note)}</small>' if row.note else ""
        yield f"<td><bdi>{escape(row.analyst)}</bdi>{note}</td>"


def _list(texts: Iterable[str]) -> str:
    entries = "".join(f'<li dir="auto">{escape(text)}</li>' for text in texts)
    return f'<td class="answers"><ul>{entries}</ul></td>' if entries else '<td class="answers"></td>'


def _article(article: SheetArticle, rows: list[QuoteRow]) -> Iterator[str]:
    yield f'<section>\n<h2 dir="auto">{escape(article.title)}</h2>\n'
    known = (article.outlet, article.byline, article.date, article.url)
    yield f'<p class="quiet" dir="auto">{escape(" · ".join(part for part in known if part))}</p>\n'
    kept = "The original file was kept." if article.original else f"Pasted text: {NO_ORIGINAL}."
    yield f'<p class="quiet">{kept} SHA-256 of the text: <code>{article.sha256}</code></p>\n'
    if article.text:
        language = f' lang="{escape(article.language)}"' if article.language else ""
        yield f'<div class="text"{language}>\n'
        yield from _paragraphs(article.text, rows)
        yield "</div>\n"
    yield "</section>\n"


def _paragraphs(text: str, rows: list[QuoteRow]) -> Iterator[str]:
    """Yield the text by paragraphs, each passage marked where it stands; they may overlap as they like."""
    lines = text.split("\n")
    begins = list(accumulate((len(line) + 1 for line in lines), initial=0))
    by_line: dict[int, list[QuoteRow]] = {}
    for row in rows:
        for number in range(bisect_right(begins, row.start) - 1, bisect_left(begins, row.end)):
            by_line.setdefault(number, []).append(row)
    for number, line in enumerate(lines):
        if line.strip():
            marked = _marked(line, begins[number], by_line.get(number, []))
            yield f'<p dir="auto">{"".join(marked)}</p>\n'


def _marked(line: str, begin: int, rows: list[QuoteRow]) -> Iterator[str]:
    """Yield one paragraph in pieces; each piece that passages cover shows the innermost of them."""
    edges = {0, len(line)}
    starting: dict[int, list[QuoteRow]] = {}
    for row in rows:
        edges |= {max(0, row.start - begin), min(len(line), row.end - begin)}
        if row.start >= begin:
            starting.setdefault(row.start - begin, []).append(row)
    for start, end in pairwise(sorted(edges)):
        for row in starting.get(start, ()):
            yield f'<sup id="t{row.number}"><a href="#q{row.number}">{row.number}</a></sup>'
        around = [row for row in rows if row.start - begin <= start and end <= row.end - begin]
        words = escape(line[start:end])
        if around:
            innermost = min(around, key=lambda row: row.end - row.start)
            words = f'<mark class="{innermost.kind.value}">{words}</mark>'
        yield words
