"""The rules that hold when a person writes: pure checks, each raising RuleError with what to do.

Rules that need other entities get them as arguments. Reading a file goes by rules of its own, which only warn where a
person would be refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from annotator.domain.annotations import AnnotationPerson, AnnotationPoint, Role
from annotator.domain.articles import MAX_ARTICLE_BYTES, Block
from annotator.domain.codebook import RESERVED_KEYS, Tag
from annotator.domain.dates import is_partial_date
from annotator.domain.errors import RuleError
from annotator.domain.folding import fold
from annotator.domain.people import Person, PersonKind
from annotator.domain.relations import Relation

_COLOUR = re.compile(r"#[0-9a-f]{6}")


def check_span(start: int, end: int, text: str, cuts: Callable[[str, int], bool]) -> None:
    """Refuse a span that is empty, leaves the text or cuts a character.

    ``cuts(text, offset)`` tells whether an offset lies inside a grapheme cluster.
    """
    for offset in (start, end):
        if type(offset) is not int:
            raise RuleError(f"An end of a passage is a whole number (int), not {offset!r} ({type(offset).__name__}).")
    if not 0 <= start < end <= len(text):
        raise RuleError(
            f"The passage {start}–{end} does not lie in the text, which has {len(text)} characters.",
            "A passage needs 0 ≤ start < end ≤ length.",
        )
    for offset in (start, end):
        if cuts(text, offset):
            raise RuleError(
                f"The passage {start}–{end} would cut a character in two at {offset}.",
                "Take the whole character (an accent, a flag or an emoji may have several parts).",
            )


def check_people(people: Sequence[AnnotationPerson], end_of_text: int) -> None:
    """Refuse a person twice in one role, a target that is also ``about``, and a mention that lies outside the text."""
    seen = {(part.person_id, part.role) for part in people}
    if len(seen) < len(people):
        raise RuleError("The same person stands twice in the same role.", "Take one of the two away.")
    for part in people:
        if part.role == Role.ABOUT and (part.person_id, Role.TARGET) in seen:
            raise RuleError(
                "A person cannot be target and “about” of the same passage.", "“About” is for others it is about."
            )
        if (part.mention_start is None) != (part.mention_end is None):
            raise RuleError("The words that name a person need a start and an end.")
        if (
            part.mention_start is not None
            and part.mention_end is not None
            and not 0 <= part.mention_start < part.mention_end <= end_of_text
        ):
            raise RuleError("The words that name a person do not lie in the text.")


def check_points(points: Sequence[AnnotationPoint]) -> None:
    """Refuse the same point twice."""
    if len({part.point_id for part in points}) < len(points):
        raise RuleError("The same point stands twice at this passage.", "Take one of the two away.")


def check_relation(relation: Relation, others: Iterable[Relation]) -> None:
    """Refuse a relation to itself and the same one twice by one analyst; ``others``: those of the same source."""
    if relation.source_id == relation.target_id:
        raise RuleError("A passage cannot be related to itself.", "Choose another passage.")
    for other in others:
        if other.id == relation.id or other.deleted:
            continue
        mine = (relation.source_id, relation.target_id, relation.kind, relation.analyst_id, relation.session_id)
        if mine == (other.source_id, other.target_id, other.kind, other.analyst_id, other.session_id):
            raise RuleError(f"The two passages are linked as “{relation.kind}” already.", "Choose another kind.")


def check_key(tag: Tag, others: Iterable[Tag]) -> None:
    """Refuse a key that is no single letter, that the article view needs itself, or that another tag in use has."""
    if not tag.key:
        return
    if len(tag.key) != 1 or not tag.key.isalpha() or tag.key != tag.key.upper():
        raise RuleError(f"“{tag.key}” cannot be a tag's key.", "A key is one capital letter, or none.")
    if tag.key in RESERVED_KEYS:
        raise RuleError(f"The key {tag.key} has a use of its own in the article.", "Choose another letter.")
    for other in others:
        if other.key == tag.key and other.id != tag.id and in_use(other):
            raise RuleError(f"The key {tag.key} belongs to the tag “{other.name}”.", "Choose another letter.")


def in_use(tag: Tag) -> bool:
    """Whether a tag is offered: not deleted, not retired, not merged into another."""
    return not (tag.deleted or tag.retired or tag.merged_into)


def check_tag(tag: Tag, others: Sequence[Tag], before: Tag | None = None) -> None:
    """Refuse a tag without a name, with the name of a sibling, a bad colour or key, or a circle of parents.

    What was so ``before`` is not refused: a merge may have brought it, and the tag must still be editable.
    """
    check_named(tag.name, "tag")
    check_colour(tag.colour)
    if in_use(tag) and (before is None or before.key != tag.key or not in_use(before)):
        check_key(tag, others)
    if before is None or before.parent_id != tag.parent_id:
        parents = {other.id: other.parent_id for other in others if other.id != tag.id} | {tag.id: tag.parent_id}
        check_no_circle(tag.id, parents, f"The tag “{tag.name}” cannot stand under itself.")
    if before is None or (before.name, before.parent_id) != (tag.name, tag.parent_id):
        _check_name_of_tag(tag, others)


def _check_name_of_tag(tag: Tag, others: Iterable[Tag]) -> None:
    for other in others:
        alike = other.id != tag.id and fold(other.name) == fold(tag.name) and not other.deleted
        if alike and other.parent_id == tag.parent_id and other.merged_into is None:
            state = " (it is retired: restore it)" if other.retired else ""
            raise RuleError(f"There is a tag “{other.name}” already{state}.", "Choose another name.")


def check_colour(colour: str) -> None:
    """Refuse a colour that is not ``#rrggbb`` in lower case, or empty."""
    if colour and not _COLOUR.fullmatch(colour):
        raise RuleError(f"“{colour}” is no colour.", "A colour is written #rrggbb, for example #2f6fd0.")


def check_named(name: str, what: str) -> None:
    """Refuse a name that is empty, is only white space, or has a line break."""
    if not name.strip():
        raise RuleError(f"{'An' if what[0] in 'aeiou' else 'A'} {what} needs a name.")
    if "\n" in name:
        raise RuleError(f"The name of a {what} stands on one line.")


def check_no_circle(id_: str, parents: Mapping[str, str | None], message: str) -> None:
    """Refuse a circle: following ``parents`` from ``id_`` must never come back to it."""
    seen = {id_}
    above = parents.get(id_)
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    if above == id_:
        raise RuleError(message, "Choose another place.")


def check_date(date: str, what: str) -> None:
    """Refuse a date that is neither empty nor a partial date."""
    if date and not is_partial_date(date):
        raise RuleError(f"“{date}” is no date for {what}.", "Write 2024, 2024-10 or 2024-10-24.")


def check_person(person: Person, others: Iterable[Person], before: Person | None = None) -> None:
    """Refuse a person without a name, with a name that another has, with bad dates, or affiliated with themselves.

    Two unnamed sources may have equal names when they belong to different articles. A name that was so ``before`` is
    not refused: a merge may have brought it, and the entry must still be editable.
    """
    check_named(person.name, "person")
    for alias in person.aliases:
        check_named(alias.text, "alias")
        check_date(alias.valid_from, "the beginning of an alias")
        check_date(alias.valid_to, "the end of an alias")
    if person.affiliation_id == person.id:
        raise RuleError(f"{person.name} cannot be affiliated with themselves.", "Choose another affiliation.")
    if (person.kind == PersonKind.UNNAMED) != (person.article_id is not None):
        raise RuleError(
            "An unnamed source belongs to one article, and only an unnamed source does.",
            "Name the article, or the kind.",
        )
    if before is None or _named_as(before) != _named_as(person):
        _check_name_of_person(person, others)


def _named_as(person: Person) -> tuple[object, ...]:
    return fold(person.name), person.article_id, _stands(person)


def _check_name_of_person(person: Person, others: Iterable[Person]) -> None:
    folded = fold(person.name)
    for other in others:
        same_place = other.kind != PersonKind.UNNAMED or other.article_id == person.article_id
        if other.id != person.id and _stands(other) and same_place and fold(other.name) == folded:
            raise RuleError(
                f"There is a {other.kind} “{other.name}” already.",
                "Take that one, or tell the two apart by a word more in the name.",
            )


def _stands(person: Person) -> bool:
    return not person.deleted and person.merged_into is None


def check_merge_of_people(loser: Person, winner: Person) -> None:
    """Refuse to merge what is not the same: organisation, group and member, or two of different kinds.

    An unnamed source may turn out to be anybody.
    """
    if loser.id == winner.id:
        raise RuleError(f"{winner.name} cannot be merged with themselves.")
    if winner.kind == PersonKind.UNNAMED and loser.kind != PersonKind.UNNAMED:
        raise RuleError(f"“{loser.name}” has a name: merge the unnamed source into it.", "Turn the two round.")
    if PersonKind.UNNAMED != loser.kind != winner.kind:
        raise RuleError(
            f"“{loser.name}” is a {loser.kind} and “{winner.name}” a {winner.kind}: they are not the same.",
            "Use the affiliation to say who belongs to what.",
        )
    if loser.affiliation_id == winner.id or winner.affiliation_id == loser.id:
        raise RuleError(
            f"One of “{loser.name}” and “{winner.name}” belongs to the other: they are not the same.",
            "Take the affiliation away first if it is wrong.",
        )


def check_blocks(blocks: Sequence[Block], length: int) -> None:
    """Refuse blocks that are empty, out of order, overlapping, or outside a text of ``length`` code points."""
    before = 0
    for block in blocks:
        if not before <= block.start < block.end <= length:
            raise RuleError(
                f"The block {block.start}–{block.end} does not fit.", "Blocks lie in the text, in order, and apart."
            )
        before = block.end


def check_text(text: str) -> None:
    """Refuse an article without text, and one that is larger than the limit."""
    if not text.strip():
        raise RuleError("An article needs a text.", "Paste or choose a text that is not empty.")
    size = len(text.encode())
    if size > MAX_ARTICLE_BYTES:
        limit = MAX_ARTICLE_BYTES // (1024 * 1024)
        raise RuleError(
            f"The text has {size / (1024 * 1024):.1f} MB; an article may have {limit} MB.", "Split the text."
        )
