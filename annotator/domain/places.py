"""Where the offsets of one text lie: in which paragraph, in which block, and whether that repeats another one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property

from annotator.domain.articles import Block, BlockKind
from annotator.domain.blocks import paragraphs, repeats


class Places:
    """The paragraphs and blocks of one text, to be asked about offsets in code points."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self._text = text
        self._starts = [span.start for span in paragraphs(text)]
        self._blocks = blocks
        self._block_starts = [block.start for block in blocks]

    @cached_property
    def _repeating(self) -> Mapping[int, int]:
        """What repeats what; found when first asked for, because it takes longest."""
        return repeats(self._text, self._blocks)

    def paragraph(self, offset: int) -> int:
        """Return the number of the paragraph that holds an offset, counted from 1."""
        return max(1, bisect_right(self._starts, offset))

    def block(self, offset: int) -> tuple[BlockKind, bool]:
        """Return the kind of the block that holds an offset, and whether it is a caption or repeats another block."""
        index = bisect_right(self._block_starts, offset) - 1
        if index < 0:
            return BlockKind.BODY, False
        kind = self._blocks[index].kind
        return kind, kind is BlockKind.CAPTION or index in self._repeating
