"""What is said in a sentence, and the steps by which a selection grows from a word to its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.domain.annotations import Span
from annotator.domain.blocks import paragraph_at
from annotator.domain.graphemes import widen
from annotator.domain.quotations import quotations_near
from annotator.domain.reporting import reporting_clauses
from annotator.domain.sentences import covering, sentence_at
from annotator.domain.words import word_at

_LEFT_OVER = frozenset(",;:–—-")
_POINT_OF_WORD = re.compile(r"(?:\.\.|\b\w\.\w\.)$")


def what_is_said(text: str, offset: int) -> Span:
    """Return the sentence at ``offset`` (code points) without its reporting clause; empty on an empty line.

    ``The board said the toll was fair.`` gives ``the toll was fair``, ``‘It is fair,’ she said.`` gives the quotation
    with its marks, ``The board denied it knew.`` begins at the denying verb. Where a sentence reports two statements it
    is the one at ``offset``; within a reporting clause it is the statement behind it, else the one before.
    """
    sentence = sentence_at(text, offset)
    said = statements(text, sentence)
    for statement in said:
        if offset <= statement.end:
            return statement
    return said[-1] if said else sentence


def statements(text: str, sentence: Span) -> list[Span]:
    """Return what is said in a sentence, in order: what is left of it without its reporting clauses."""
    quotes = quotations_near(text, sentence)
    clauses = reporting_clauses(text, sentence, quotes)
    if not clauses:
        return [sentence]
    cuts = (edge for clause in clauses for edge in (clause.span.start, clause.span.end))
    edges = [sentence.start, *cuts, sentence.end]
    stretches = [_trimmed(text, Span(a, b), sentence) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    last = stretches[-1]
    if last.end == sentence.end and not any(part.start < last.end <= part.end for q in quotes for part in q.parts):
        stretches[-1] = _without_full_stop(text, last)
    return [stretch for stretch in stretches if any(c.isalnum() for c in text[stretch.start : stretch.end])]


def _trimmed(text: str, stretch: Span, sentence: Span) -> Span:
    """Take off white space, and the commas, colons and dashes that a reporting clause left."""
    start, end = stretch.start, stretch.end
    while start < end and (text[start].isspace() or (start > sentence.start and text[start] in _LEFT_OVER)):
        start += 1
    while end > start and (text[end - 1].isspace() or (end < sentence.end and text[end - 1] in _LEFT_OVER)):
        end -= 1
    return Span(start, end)


def _without_full_stop(text: str, clause: Span) -> Span:
    """Take off the full stop: without its reporting clause the rest is no sentence. ``U.S.`` keeps its own."""
    has_one = text[clause.start : clause.end].endswith(".")
    if has_one and not _POINT_OF_WORD.search(text, max(clause.start, clause.end - 5), clause.end):
        return Span(clause.start, clause.end - 1)
    return clause


def grow(text: str, span: Span) -> Span | None:
    """Return the next larger step around ``span`` (an empty one is a caret); None when it holds its paragraphs.

    The steps are: word, quotation, what is said, sentence, quotation over its paragraphs, paragraph. What changes
    nothing is left out; what holds another comes after it, and of two that cross the quotation comes first.
    """
    larger = [step for step in _candidates(text, span) if step != span and step.contains(span)]
    for step in larger:
        if not any(step != other and step.contains(other) for other in larger):
            return step
    return None


def steps(text: str, caret: int) -> list[Span]:
    """Return the spans to which the caret at ``caret`` grows, each strictly larger than the one before."""
    found: list[Span] = []
    step = grow(text, Span(caret, caret))
    while step is not None:
        found.append(step)
        step = grow(text, step)
    return found


def _candidates(text: str, span: Span) -> Iterator[Span]:
    """Yield what ``span`` may grow to in the order in which crossing ones are preferred."""
    for candidate in (*_words(text, span), *_quotations_and_statements(text, span), _paragraphs(text, span)):
        if candidate.contains(span):
            yield widen(text, candidate)


def _words(text: str, span: Span) -> Iterator[Span]:
    if span.start == span.end:
        word = word_at(text, span.start)
        if word is not None:
            yield word
        return
    first, last = word_at(text, span.start), word_at(text, span.end)
    start = first.start if first is not None and first.end > span.start else span.start
    end = last.end if last is not None and last.start < span.end else span.end
    yield Span(start, end)


def _quotations_and_statements(text: str, span: Span) -> Iterator[Span]:
    found = quotations_near(text, span)
    yield what_is_said(text, span.start)
    for quotation in reversed(found):
        yield from quotation.parts
    for quotation in reversed(found):
        yield quotation.span
    yield covering(text, span)


def _paragraphs(text: str, span: Span) -> Span:
    """Return the paragraphs that ``span`` touches, without the white space around them."""
    start, end = paragraph_at(text, span.start).start, paragraph_at(text, span.end).end
    stretch = text[start:end]
    if stretch.isspace() or not stretch:
        return span
    lead = len(stretch) - len(stretch.lstrip())
    return Span(min(span.start, start + lead), max(span.end, start + len(stretch.rstrip())))
