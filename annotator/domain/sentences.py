"""Sentences of a news text, English first; abbreviations, initials, decimals and closing marks do not mislead.

Pure rules, no list of names: an end is a final mark, with the closing marks behind it, before something that can begin
a sentence. A line break always ends one.
"""

from __future__ import annotations

import re

from annotator.domain.annotations import Span
from annotator.domain.blocks import paragraph_at
from annotator.domain.graphemes import is_boundary

_NEIGHBOURHOOD = 20_000
"""Code points that are looked at on either side of a place; no sentence of a news text is nearly as long."""

_END = re.compile(r"(?:[.!?…‽؟۔।]+|[。！？]+)[\"'”’»«“›)\]]*(?=\s|$)|[。！？]+[”’」』）]*|\n")
_NEXT = re.compile(r"\s*[\"'“”‘’„‚«»‹(\[–—•*-]*\s*(\S?)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"'“‘„/–—-])(?:"
    r"Mr|Mrs|Ms|Mx|Messrs|Mme|Mlle|Dr|Prof|Rev|Fr|Hon|Rt|St|Ste|Gen|Col|Maj|Capt|Lt|Sgt|Cpl|Cllr|Cdr|Insp|Supt|"
    r"Det|Gov|Sen|Rep|Pres|Amb|Adm|Mt|Ft|vs|v|cf|e\.g|i\.e|eg|ie|viz|approx|ca|c|Hr|bzw|z\.B|u\.a|d\.h"
    r")\.$"
)
_BEFORE_DIGITS = re.compile(r"(?:^|[\s(])(?:No|Nos|Nr|Art|Sec|Fig|Figs|Vol|Ch|Para|Paras|pp?|Op|Bd)\.$", re.IGNORECASE)
_INITIALS = re.compile(r"(?:^|[\s(\"'“‘.-])\w\.$")
_DOTTED = re.compile(r"(?:^|[\s(\"'“‘])(?:\w\.){2,}$")
_SOMETIMES = re.compile(
    r"(?:^|[\s(])(?:Inc|Ltd|Co|Corp|plc|etc|al|usw|a\.m|p\.m|Jr|Sr|Ave|Rd|Dept|Univ|Bros|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)
"""Abbreviations that may stand at the end of a sentence."""
_MONTH_AFTER_DAY = re.compile(
    r"\s+(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)
_DAY = re.compile(r"(?:^|\s)\d{1,2}\.$")
_STARTERS = re.compile(
    r"(?:A|After|All|Although|An|And|Another|As|At|Before|But|By|Despite|During|Each|Earlier|Even|For|From|Her|Here|He|"
    r"His|However|If|In|Instead|It|Its|Last|Later|Meanwhile|Most|Mr|Mrs|Ms|My|No|None|Nobody|Not|Now|On|One|Only|Or|Our|"
    r"Others|She|Since|So|Some|Such|That|The|Their|Then|There|These|They|This|Those|Though|To|Under|Until|We|What|When|"
    r"Where|While|Who|Why|With|Yet|You)\b"
)
_ASKED = re.compile(
    r"\s*(?:[\w’'‘.-]+\s+){1,6}?(?:asked|said|says|cried|wondered|demanded|added|replied|shouted|wrote|tweeted|posted)"
    r"(?:\s[^.!?\n]{0,60})?(?=[.!?,:;]|$)"
)
_CLOSING = "\"'”’»«“›"
_LOOK_BACK = 12
"""Code points before a full stop that are enough to know an abbreviation."""


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the sentences of ``text[start:end]`` in order, without the white space around them.

    Closing quotation marks belong to the sentence that they end, opening ones to the next.
    """
    end = len(text) if end is None else end
    found: list[Span] = []
    begun = start
    for match in _END.finditer(text, start, end):
        if match.group() == "\n" or _ends_sentence(text, match.start(), match.end(), end):
            _add(found, text, begun, match.end())
            begun = match.end()
    _add(found, text, begun, end)
    return found


def sentence_at(text: str, offset: int) -> Span:
    """Return the sentence that holds ``offset``, from the space before it the next; empty on an empty line."""
    line = paragraph_at(text, offset)
    found = sentences_near(text, Span(offset, offset))
    for sentence in found:
        if offset <= sentence.end:
            return sentence
    return found[-1] if found else Span(line.start, line.start)


def sentences_near(text: str, span: Span) -> list[Span]:
    """Return the sentences of the paragraphs that ``span`` touches, of very long ones only the neighbourhood."""
    start = max(paragraph_at(text, span.start).start, span.start - _NEIGHBOURHOOD)
    end = min(paragraph_at(text, span.end).end, span.end + _NEIGHBOURHOOD)
    return sentences(text, start, end)


def covering(text: str, span: Span) -> Span:
    """Return the smallest run of sentences that holds ``span``."""
    found = sentences_near(text, span)
    start, end = span.start, span.end
    for sentence in found:
        if sentence.start <= span.start < sentence.end or sentence.overlaps(span):
            start, end = min(start, sentence.start), max(end, sentence.end)
    return Span(start, end)


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    stretch = text[start:end]
    begin = start + len(stretch) - len(stretch.lstrip())
    finish = start + len(stretch.rstrip())
    while finish < len(text) and not is_boundary(text, finish):
        finish += 1
    if begin < finish:
        found.append(Span(begin, finish))


def _ends_sentence(text: str, start: int, end: int, limit: int) -> bool:
    """Whether the final marks at ``[start, end)`` end a sentence of the text up to ``limit``."""
    following = _NEXT.match(text, end, limit)
    first = following.group(1) if following else ""
    if not first:
        return True
    if not (first.isupper() or first.isdigit() or not first.isalpha() or first.lower() == first.upper()):
        return False
    mark = text[start:end].rstrip(_CLOSING + ")]")
    if mark in {"?", "!", "?!", "!?"} and text[end - 1] in _CLOSING:
        return not _ASKED.match(text, end, min(limit, end + 160))
    return mark != "." or not _is_abbreviation(text, start, end, limit)


def _is_abbreviation(text: str, start: int, end: int, limit: int) -> bool:
    """Whether the full stop at ``start`` belongs to an abbreviation, a number or initials, and the sentence goes on."""
    if end > start + 1 and text[start + 1] in _CLOSING:
        return False
    before = text[max(0, start - _LOOK_BACK) : start + 1]
    rest = text[end : min(limit, end + 40)]
    word = rest.lstrip().lstrip("\"'“‘„«(")
    if _DOTTED.search(before) or _SOMETIMES.search(before):
        return not _STARTERS.match(word) and rest.lstrip()[:1] not in {"“", "‘", '"', "„", "«"}
    if _DAY.search(before):
        return bool(_MONTH_AFTER_DAY.match(rest))
    if _BEFORE_DIGITS.search(before):
        return word[:1].isdigit()
    if _INITIALS.search(before):
        return text[start - 1].isupper() and not _STARTERS.match(word)
    return bool(_ABBREVIATION.search(before))
