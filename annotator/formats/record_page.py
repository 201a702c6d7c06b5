"""What the pages of a review have in common: a self-contained page for the screen and for paper, in ink on white."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from annotator.formats.review_record import Said, Wordings

_STYLE = """
:root { color-scheme: light; --ink: #1d1f23; --soft: #5b616b; --line: #d9dce1; --wash: #f5f6f8; --accent: #2f5fb3;
  --claim: #2f6fd0; --denial: #c8452b; --evidence: #2c8a57; --other: #6b7078; --warn: #8a5a00; --warn-wash: #fff6e0; }
* { box-sizing: border-box; }
html { background: #fff; }
body { color: var(--ink); background: #fff; margin: 0 auto; max-width: 54rem; padding: 3rem 1.5rem 4rem;
  font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .35rem; letter-spacing: -.01em; }
h2 { font-size: 1.15rem; margin: 2.75rem 0 .75rem; padding-top: 1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 2rem 0 .15rem; }
p { margin: .35rem 0; } ul { margin: .35rem 0; padding-inline-start: 1.2rem; }
.over { color: var(--soft); font-size: .8rem; letter-spacing: .08em; text-transform: uppercase; margin: 0 0 .5rem; }
.quiet { color: var(--soft); font-size: .87rem; } .hash { font: .75rem/1.4 ui-monospace, "DejaVu Sans Mono", monospace;
  overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .87rem; margin: .5rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .9rem .4rem 0; text-align: start; vertical-align: top;
  overflow-wrap: break-word; }
th { color: var(--soft); font-weight: 600; } thead { display: table-header-group; }
td.number, th.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.first td { font-weight: 600; }
.sums { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1.5rem 0 0; padding: 0; list-style: none; }
.sums b { display: block; font-size: 1.5rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.sums span { color: var(--soft); font-size: .87rem; }
.notice { background: var(--warn-wash); border-inline-start: 3px solid #d9a400; padding: .55rem .8rem;
  margin: .5rem 0; }
.claim { --kind: var(--claim); } .denial { --kind: var(--denial); } .evidence { --kind: var(--evidence); }
.other { --kind: var(--other); }
.passage { break-inside: avoid; margin: 1.1rem 0; padding: .9rem 1rem .8rem; border: 1px solid var(--line);
  border-radius: 6px; }
.passage > header { display: flex; gap: .75rem; justify-content: space-between; color: var(--soft); font-size: .8rem; }
.passage > header b { color: var(--ink); }
blockquote { font: 1.05rem/1.5 Georgia, "Noto Serif", "DejaVu Serif", serif; margin: .45rem 0 .3rem;
  white-space: pre-wrap; overflow-wrap: anywhere; }
blockquote.out { color: var(--soft); }
.tag { border-bottom: 2px solid var(--kind); font-weight: 600; white-space: nowrap; }
.tag.denial { border-bottom-style: dashed; } .tag.evidence { border-bottom-style: dotted; }
.tag.other { border-bottom-style: double; }
.facts { font-size: .87rem; } .facts > span + span::before { content: "·"; color: var(--soft); margin: 0 .45em; }
.versions td { padding-block: .3rem; } .versions th:first-child { min-width: 5.5rem; }
.versions td[colspan].apart { border-bottom: 0; padding-bottom: 0; }
.versions .apart { background: var(--wash); box-shadow: inset 3px 0 #b9bfc9; padding-inline-start: .5rem; }
.versions blockquote, .rows blockquote { font-size: .92rem; margin: 0; }
.decided { margin: .6rem 0 0; } .why { white-space: pre-wrap; }
.flag { color: var(--warn); font-weight: 600; }
.said { margin: .4rem 0 0; padding-inline-start: .8rem; border-inline-start: 2px solid var(--line); font-size: .87rem; }
.said .answer { margin-inline-start: 1.2rem; }
del { color: var(--soft); } ins { text-decoration: none; font-weight: 600; }
footer { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: .75rem; }
nav ol { margin: .5rem 0; padding-inline-start: 1.4rem; } a { color: var(--accent); text-decoration: none; }
a:hover, a:focus { text-decoration: underline; }
@page { size: A4; margin: 18mm 16mm 20mm; @bottom-right { content: counter(page); font: 9pt system-ui, sans-serif;
  color: #5b616b; } }
@media print { body { padding: 0; max-width: none; font-size: 10pt; }
  h2, h3, h2 + p, body > header { break-after: avoid; } body > header { break-inside: avoid; }
  tr, .notice { break-inside: avoid; } a { color: inherit; } .passage { border-radius: 0; }
  .notice, .versions .apart { -webkit-print-color-adjust: exact; print-color-adjust: exact; } nav { display: none; } }
"""


def page(title: str, body: Iterable[str]) -> bytes:
    """Return a page in UTF-8 that loads nothing from anywhere and runs no script; ``title`` is escaped here."""
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    return "".join([head, *body, "</body>\n</html>\n"]).encode()


def words(text: str) -> str:
    """Return a person's words, escaped and kept apart from the direction of what is around them."""
    return f"<bdi>{escape(text)}</bdi>"


def quote(wordings: Wordings, language: str = "", extra: str = "") -> Iterator[str]:
    """Yield the words of a passage, each piece on its own."""
    lang = f' lang="{escape(language)}"' if language else ""
    style = f' class="{extra}"' if extra else ""
    for piece in wordings.quotes:
        yield f'<blockquote dir="auto"{lang}{style}>{escape(piece)}</blockquote>'


def tag(wordings: Wordings) -> str:
    """Return the tag of a passage, underlined as its kind is on the screen."""
    return f'<span class="tag {wordings.kind.value}">{words(wordings.tag)}</span>'


def people(wordings: Wordings) -> str:
    """Return the people of a passage with their roles."""
    return "; ".join(f"{escape(role)}: {words(name)}" for role, name in wordings.people)


def links(wordings: Wordings) -> str:
    """Return what a passage does to others."""
    return "<br>".join(words(link) for link in wordings.links)


def facts(wordings: Wordings) -> str:
    """Return everything of a passage but its words, on one line."""
    parts = [tag(wordings), people(wordings), escape(wordings.attribution), *map(words, wordings.links)]
    told = "".join(f"<span>{part}</span>" for part in parts if part)
    note = f'<p class="quiet" dir="auto">{escape(wordings.note)}</p>' if wordings.note else ""
    return f'<p class="facts">{told}</p>{note}'


def because(reason: str, comment: str) -> str:
    """Return why something was decided: the kind of reason, and the reviewer's words; empty when nothing was given."""
    told = [part for part in (reason, f"“{comment}”" if comment else "") if part]
    return f'<p class="why" dir="auto">Reason: {words(" – ".join(told))}</p>\n' if told else ""


def said(comments: Iterable[Said]) -> Iterator[str]:
    """Yield threads of comments."""
    for comment in comments:
        answer = ' class="answer"' if comment.answer else ""
        closed = " · resolved" if comment.resolved else ""
        head = f'<span class="quiet">{words(comment.who)}, {escape(comment.at)}{closed}</span>'
        yield f'<div class="said"><p{answer} dir="auto">{head}<br>{escape(comment.text)}</p></div>'


def sums(counts: Iterable[tuple[int, str]]) -> str:
    """Return a line of numbers with what they count."""
    entries = "".join(f"<li><b>{number:,}</b><span>{escape(of)}</span></li>" for number, of in counts)
    return f'<ul class="sums">{entries}</ul>\n'


def table(heads: Iterable[str], rows: Iterable[Iterable[str]], style: str = "") -> Iterator[str]:
    """Yield a table; its cells are markup."""
    named = f' class="{style}"' if style else ""
    named_columns = "".join(f'<th scope="col">{head}</th>' for head in heads)
    yield f"<table{named}>\n"
    yield f"<thead><tr>{named_columns}</tr></thead>\n" if named_columns else ""
    yield "<tbody>\n"
    for row in rows:
        yield "<tr>" + "".join(row) + "</tr>\n"
    yield "</tbody>\n</table>\n"
