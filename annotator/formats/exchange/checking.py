"""What is said twice is compared: quotes with texts, hashes with contents, derived values with their sources.

The same checks serve a document that is read (places are JSON paths) and an open project (places are words).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from annotator.domain.annotations import CONTEXT, Annotation, quote_with_context
from annotator.domain.articles import TextVersion
from annotator.domain.comments import Comment
from annotator.domain.graphemes import is_boundary
from annotator.domain.text import NORMALISATION, canonical_text, text_sha256
from annotator.domain.versions import Version, version_hash
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.state import Counted

_SHOWN = 60


def check_text(text: TextVersion, place: str, findings: Findings, counted: Counted, *, left_out: bool) -> None:
    """Compare a text with its hash, and its blocks with its length."""
    if text.normalisation != NORMALISATION:
        findings.problem(f"{place}.normalisation", f"“{text.normalisation[:_SHOWN]}” is not known; expected “lf”.")
    if left_out:
        counted.texts_left_out += 1
        return
    counted.texts += 1
    if text_sha256(text.text) != text.sha256:
        findings.problem(f"{place}.sha256", "The text is not the one that was hashed.")
    if (changed := canonical_text(text.text)) != text.text:
        at = next((i for i, (a, b) in enumerate(zip(text.text, changed, strict=False)) if a != b), len(changed))
        findings.problem(
            f"{place}.text", f"The text is not in its canonical form (line ends are LF) at character {at:,}."
        )
    for index, block in enumerate(text.blocks):
        if not 0 <= block.start < block.end <= len(text.text):
            findings.problem(f"{place}.blocks[{index}]", _outside(block.start, block.end, len(text.text)))


def check_annotation(
    annotation: Annotation, text: str | None, place: str, findings: Findings, counted: Counted
) -> None:
    """Compare an annotation's quote, prefix and suffix with what stands at its offsets; ``text`` None: left out."""
    if text is None:
        counted.quotes_left_out += 1
        _check_lengths(annotation, place, findings)
        return
    counted.quotes += 1
    if not 0 <= annotation.start < annotation.end <= len(text):
        findings.problem(f"{place}.start", _outside(annotation.start, annotation.end, len(text)))
        return
    prefix, quote, suffix = quote_with_context(text, annotation.start, annotation.end)
    for key, found in (("quote", quote), ("prefix", prefix), ("suffix", suffix)):
        if getattr(annotation, key) != found:
            findings.problem(f"{place}.{key}", difference(getattr(annotation, key), found))
    for index, person in enumerate(annotation.people):
        start, end = person.mention_start, person.mention_end
        if (start is None) != (end is None) or (start is not None and not 0 <= start < (end or 0) <= len(text)):
            findings.problem(f"{place}.people[{index}].mention_start", _outside(start, end, len(text)))
    for key, offset in (("start", annotation.start), ("end", annotation.end)):
        if not is_boundary(text, offset):
            findings.warning(f"{place}.{key}", f"The offset {offset:,} cuts a character in two.")


def check_comment(comment: Comment, text: str | None, place: str, findings: Findings, counted: Counted) -> None:
    """Compare the quote of a comment on a span with the text."""
    if comment.start is None and comment.end is None:
        return
    if text is None:
        counted.quotes_left_out += 1
        return
    counted.quotes += 1
    start, end = comment.start, comment.end
    if start is None or end is None or not 0 <= start < end <= len(text):
        findings.problem(f"{place}.start", _outside(start, end, len(text)))
    elif comment.quote and comment.quote != text[start:end]:
        findings.problem(f"{place}.quote", difference(comment.quote, text[start:end]))


def check_version(version: Version, place: str, findings: Findings, counted: Counted) -> None:
    """Compare the hash of a version with its content."""
    if version.content is None:
        return
    counted.versions += 1
    found = version_hash(
        version.entity_type,
        version.entity_id,
        version.content,
        version.revision,
        version.parents,
        version.at,
        version.by,
        version.device,
    )
    if found != version.hash:
        findings.problem(f"{place}.version", "The hash is not that of what stands here: something was changed.")


def check_references(
    wanted: Iterable[tuple[str, str]], known: Callable[[str], bool], place: str, findings: Findings
) -> None:
    """Note every ``(field, id)`` that refers to nothing."""
    for key, id_ in wanted:
        if not known(id_):
            findings.problem(
                f"{place}.{key}", f"There is no {key.removesuffix('_id').replace('_', ' ')} with the id {id_}."
            )


def difference(said: str, found: str) -> str:
    """Return a sentence that tells where two texts that should be equal part."""
    at = next((i for i, (a, b) in enumerate(zip(said, found, strict=False)) if a != b), min(len(said), len(found)))
    begin = max(0, at - 10)
    return (
        f"It does not match the text from its character {at:,} on: "
        f"here “{said[begin : begin + _SHOWN]}”, in the text “{found[begin : begin + _SHOWN]}”."
    )


def _check_lengths(annotation: Annotation, place: str, findings: Findings) -> None:
    if annotation.start < 0 or annotation.end - annotation.start != len(annotation.quote):
        findings.problem(
            f"{place}.start",
            f"The offsets {annotation.start}–{annotation.end} do not fit the length of the quote.",
        )
    given = annotation.prefix or annotation.suffix
    if given and (len(annotation.prefix) != min(CONTEXT, annotation.start) or len(annotation.suffix) > CONTEXT):
        findings.problem(f"{place}.prefix", "The context is not of the length that it should have.")


def _outside(start: object, end: object, length: int) -> str:
    return (
        f"The offsets {start}–{end} do not lie in the text, which has {length:,} characters (0 ≤ start < end ≤ length)."
    )
