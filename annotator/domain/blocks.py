"""Blocks of a canonical text: its paragraphs, what each one is, and which repeats another.

A newspaper's page repeats itself: headline and picture captions say again, in nearly the same words, what the body
says. Pasted text has no markup to tell them, so the kinds are proposed here and the analyst corrects them. A paragraph
is compared by its folded words: it repeats another when enough of its runs of three words stand there too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from annotator.domain.annotations import Span
from annotator.domain.articles import Block, BlockKind
from annotator.domain.folding import folded_words

_RUN = 3
"""Words in a run: two texts share a run only when they share its words in order."""
_COVERED = 0.7
"""The share of a paragraph's words that must stand in shared runs for it to be a repeat."""
_LEAST_WORDS = 6
"""Shorter paragraphs are too easily alike."""
_BLOCKS_PER_RUN = 8
"""How many paragraphs with the same run are remembered, so that the cost stays linear."""
_HEADLINE_LENGTH = 300
_STANDFIRST_LENGTH = 400
_SUBHEAD_WORDS = 8
_MOSTLY = 0.6

_LINE = re.compile(r"[^\n]+")
_STOPPED = re.compile(r"[.!?…:;,。！？؟।][\s\"'”’»«)\]]*$|[”’\"'»]\s*$")
_FULL_STOP = re.compile(r"(?:(?<![.…A-Z])\.|[。।])[\s\"'”’»)]*$")
_SENTENCE_BREAK = re.compile(r"[a-z0-9%)’”][.!?]\s+[A-Z‘“]")
_OPENS_QUOTATION = re.compile(r"\s*[\"'“‘„‚«‹]")
_BULLET = re.compile(r"\s*[•▪◦‣·*]\s+|\s*[-–—]\s+")
_CAPTION_LABEL = re.compile(
    r"\s*(?:pictured|picture|photo|photograph|image|caption|file photo|(?:getty|pa|ap|afp|reuters)\b[\w ]*$)\b"
    r"(?:\s*[:;–-]|$)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"\s*(?:by\s+[A-Z]|(?:published|updated|last updated|posted|first published)\b\s*[:,]?"
    r"|\d{1,2}[:.]\d{2}\b.*\b(?:19|20)\d\d\s*$|(?:\w+day,?\s+)?\d{1,2}\s+\w+\s+(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_BY = re.compile(r"\s*[Bb][Yy]\s+(\S.*?)\s*")
_NOT_REPEATING = frozenset({BlockKind.BODY, BlockKind.OTHER})


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs of ``text`` as spans without their line breaks; blank lines are none."""
    for line in _LINE.finditer(text):
        if not line.group().isspace():
            yield Span(line.start(), line.end())


def paragraph_at(text: str, offset: int) -> Span:
    """Return the line that holds ``offset`` (code points), without its line break; empty on an empty line."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return Span(start, len(text) if end < 0 else end)


def propose_blocks(text: str) -> tuple[Block, ...]:
    """Return the paragraphs of a canonical text as blocks in order, each with the kind that it looks like.

    The first is the headline when it looks like one; what follows it up to the body may be byline (``other``) and
    standfirst; a paragraph that nearly repeats another, or stands without a full stop where others have one, is a
    caption, a few words without one a subhead.
    """
    blocks = [Block(start=span.start, end=span.end, kind=BlockKind.BODY) for span in paragraphs(text)]
    if len(blocks) < 2:  # noqa: PLR2004  (a lone paragraph is a body)
        return tuple(blocks)
    lines = [text[block.start : block.end] for block in blocks]
    kinds = _top_kinds(lines)
    stopped = [bool(_STOPPED.search(line)) for line in lines]
    captions = _captions(text, blocks, kinds, stopped)
    mostly_stopped = sum(stopped[len(kinds) :]) >= _MOSTLY * (len(lines) - len(kinds))
    for index in range(len(kinds), len(lines)):
        if index in captions or _CAPTION_LABEL.match(lines[index]):
            kinds.append(BlockKind.CAPTION)
        elif mostly_stopped and not stopped[index]:
            kinds.append(_unstopped_kind(lines[index], near_caption=kinds[-1:] == [BlockKind.CAPTION]))
        else:
            kinds.append(BlockKind.BODY)
    return tuple(replace(block, kind=kind) for block, kind in zip(blocks, kinds, strict=True))


def byline(text: str, blocks: Sequence[Block]) -> str:
    """Return who wrote it as a line above the body says (``By Ines Calder``), without the "by"; empty: none says so."""
    for block in blocks:
        if block.kind in (BlockKind.BODY, BlockKind.CAPTION):
            break
        found = _BY.fullmatch(text[block.start : block.end]) if block.kind is BlockKind.OTHER else None
        if found:
            return found.group(1)
    return ""


def repeats(text: str, blocks: Sequence[Block]) -> dict[int, int]:
    """Return for each block that nearly repeats another the index of the one that it repeats (indexes of ``blocks``).

    A caption, headline, standfirst or subhead repeats the body; of two alike in that, the later one repeats the
    earlier. What is marked in a block that is a key here is counted as a repeat.
    """
    found: dict[int, int] = {}
    for pair in _alike(text, blocks):
        secondary = [blocks[i].kind not in _NOT_REPEATING for i in (pair.one, pair.other)]
        repeat, original = (pair.one, pair.other) if secondary[0] and not secondary[1] else (pair.other, pair.one)
        found.setdefault(repeat, original)
    return {index: original for index, original in found.items() if found.get(original) != index or index > original}


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two blocks that are nearly the same, ``one`` before ``other``."""

    one: int
    other: int
    covered: float


def _top_kinds(lines: Sequence[str]) -> list[BlockKind]:
    """Return the kinds of the lines above the body: headline, byline, standfirst."""
    if not _is_headline(lines[0]):
        return []
    kinds = [BlockKind.HEADLINE]
    for line, following in pairwise(lines[1:]):
        if _BYLINE.match(line) and not _FULL_STOP.search(line):
            kinds.append(BlockKind.OTHER)
        elif _BULLET.match(line) or (
            _LEAST_WORDS <= len(line.split())
            and len(line) <= _STANDFIRST_LENGTH
            and not _STOPPED.search(line)
            and BlockKind.STANDFIRST not in kinds
            and lines.count(line) == 1
            and (_STOPPED.search(following) or _BYLINE.match(following))
        ):
            kinds.append(BlockKind.STANDFIRST)
        else:
            break
    return kinds


def _is_headline(line: str) -> bool:
    return (
        len(line) <= _HEADLINE_LENGTH
        and not line.rstrip().endswith((":", ";", ","))
        and not _FULL_STOP.search(line)
        and not _SENTENCE_BREAK.search(line)
    )


def _unstopped_kind(line: str, *, near_caption: bool) -> BlockKind:
    if len(line.split()) <= _SUBHEAD_WORDS and not near_caption:
        return BlockKind.SUBHEAD
    return BlockKind.CAPTION


def _captions(text: str, blocks: Sequence[Block], top: Sequence[BlockKind], stopped: Sequence[bool]) -> frozenset[int]:
    """Return the blocks under the top that repeat another as a caption does; the one without a full stop is it."""
    found: set[int] = set()
    for pair in _alike(text, blocks):
        if pair.one < len(top):
            continue
        one_is_it = stopped[pair.other] and not stopped[pair.one]
        caption = pair.one if one_is_it else pair.other
        if not _OPENS_QUOTATION.match(text[blocks[caption].start : blocks[caption].end]):
            found.add(caption)
    return frozenset(found)


def _alike(text: str, blocks: Sequence[Block]) -> list[_Pair]:
    """Return the pairs of blocks that nearly repeat each other, the most alike first."""
    runs = [_runs(folded_words(text[block.start : block.end])) for block in blocks]
    holders: dict[tuple[str, ...], list[int]] = {}
    for index, own in enumerate(runs):
        for run in dict.fromkeys(own):
            where = holders.setdefault(run, [])
            if len(where) < _BLOCKS_PER_RUN:
                where.append(index)
    pairs = []
    for index, own in enumerate(runs):
        shared = Counter(holder for run in own for holder in holders[run] if holder < index)
        for holder, _ in shared.most_common(_BLOCKS_PER_RUN):
            covered = max(_covered(own, runs[holder]), _covered(runs[holder], own))
            if covered >= _COVERED:
                pairs.append(_Pair(holder, index, covered))
    return sorted(pairs, key=lambda pair: (-pair.covered, pair.one, pair.other))


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the runs of three words, none for a paragraph too short to be compared."""
    if len(words) < _LEAST_WORDS:
        return []
    return [tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)]


def _covered(runs: Sequence[tuple[str, ...]], others: Sequence[tuple[str, ...]]) -> float:
    """Return the share of the words behind ``runs`` that stand in a run that ``others`` has too."""
    if not runs:
        return 0.0
    known = set(others)
    words = {i + k for i, run in enumerate(runs) if run in known for k in range(_RUN)}
    return len(words) / (len(runs) + _RUN - 1)
