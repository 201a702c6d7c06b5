"""The codebook: tags found, added, edited, ordered, retired and merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from annotator.domain.changes import ChangeSet
from annotator.domain.codebook import Example, Tag, TagKind
from annotator.domain.entity import now
from annotator.domain.errors import NotFoundError, RuleError, UsageError
from annotator.domain.folding import fold
from annotator.domain.ids import new_id
from annotator.domain.merging import merged_into, resolve
from annotator.domain.rules import check_tag, in_use
from annotator.services.context import Context, expect, live
from annotator.services.editing import changed, edit_label, word
from annotator.services.references import in_use_by, referring
from annotator.store.repository import Reader
from annotator.store.unit_of_work import UnitOfWork

_EDITABLE = ("kind", "name", "colour", "key", "description", "decision_rule", "examples")
_LABELS = {
    "kind": "Change tag's kind",
    "name": "Rename tag",
    "colour": "Recolour tag",
    "key": "Change tag's key",
    "description": "Describe tag",
    "decision_rule": "Change decision rule",
    "examples": "Change examples",
}


class Codebook:
    """The tags of a project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def tags(self, *, retired: bool = False, merged: bool = False) -> list[Tag]:
        """Return the tags in tree order, each before those under it; retired and merged ones when asked for."""
        with self._context.read() as reader:
            tags = reader.all(Tag)
        merges = merged_into(tags)
        listed = [_shown(tag, merges) for tag in tags if merged or tag.merged_into is None]
        return in_tree_order(tag for tag in listed if in_use(tag) or retired or tag.merged_into is not None)

    def get(self, id_: str) -> Tag:
        """Return the tag that stands for an id; raises NotFoundError."""
        with self._context.read() as reader:
            return live(reader, Tag, resolve(id_, reader.merged(Tag)), "tag")

    def find(self, tag: str) -> Tag:
        """Return the tag with this id or name; raises NotFoundError, or UsageError when several have the name."""
        with self._context.read() as reader:
            return find_tag(reader, tag)

    def by_key(self, key: str) -> Tag | None:
        """Return the tag in use that a letter stands for, None when it stands for none."""
        with self._context.read() as reader:
            return next((tag for tag in reader.all(Tag) if in_use(tag) and tag.key == key.upper()), None)

    def resolve(self, id_: str) -> str:
        """Return the id of the tag that stands for ``id_`` after merges."""
        with self._context.read() as reader:
            return resolve(id_, reader.merged(Tag))

    def add(  # noqa: PLR0913  (the fields of a tag)
        self,
        name: str,
        *,
        kind: TagKind | str = TagKind.OTHER,
        colour: str = "",
        key: str = "",
        description: str = "",
        decision_rule: str = "",
        examples: Iterable[Example | str] = (),
        parent: str | None = None,
        id: str | None = None,
    ) -> Tag:
        """Add a tag after its siblings; ``parent``: the id or name of the tag it stands under, whose kind it takes."""
        with self._context.write() as uow:
            tags = uow.all(Tag)
            above = find_tag(uow, parent) if parent is not None else None
            siblings = [t.position for t in tags if t.parent_id == (above.id if above else None)]
            tag = Tag(
                id=id or new_id(),
                parent_id=above.id if above else None,
                kind=above.kind if above else word(TagKind, kind),
                name=name.strip(),
                colour=colour or (above.colour if above else ""),
                key=key.upper(),
                description=description,
                decision_rule=decision_rule,
                examples=tuple(Example(text=e) if isinstance(e, str) else e for e in examples),
                position=1 + max(siblings, default=-1),
                created_at=now(),
            )
            check_tag(tag, tags)
            tag = uow.put(tag)
            self._context.commit(uow, f"Add tag {tag.name}")
        return tag

    def edit(self, id_: str, *, expected: str | None = None, **fields: object) -> ChangeSet:
        """Change kind, name, colour, key, description, decision rule or examples; tags under it follow in kind."""
        with self._context.write() as uow:
            before = live(uow, Tag, id_, "tag")
            expect(before, expected, "tag")
            after = changed(before, fields, _EDITABLE)
            after = replace(after, name=after.name.strip(), key=after.key.upper())
            tags = uow.all(Tag)
            check_tag(after, tags, before)
            above = next((tag for tag in tags if tag.id == after.parent_id), None)
            if above is not None and after.kind not in {before.kind, above.kind}:
                raise RuleError(
                    f"“{after.name}” stands under “{above.name}” and is a {above.kind} like it.",
                    "Move it out first, or change the kind of the upper tag.",
                )
            uow.put(after)
            _pass_kind_on(uow, after, tags)
            return self._context.commit(uow, edit_label(before, after, _LABELS, "Edit tag"))

    def move(self, id_: str, *, parent_id: str | None, index: int) -> ChangeSet:
        """Put a tag under another one (None: to the top level) as its ``index``-th child, counted from 0.

        Under another one it takes that one's kind.
        """
        with self._context.write() as uow:
            tags = uow.all(Tag)
            moved = live(uow, Tag, id_, "tag")
            above = None if parent_id is None else live(uow, Tag, parent_id, "tag")
            here = replace(moved, parent_id=parent_id, kind=above.kind if above else moved.kind)
            check_tag(here, tags, moved)
            siblings = [tag for tag in in_tree_order(tags) if tag.parent_id == parent_id and tag.id != id_]
            siblings.insert(max(0, min(index, len(siblings))), here)
            for position, tag in enumerate(siblings):
                uow.put(replace(tag, position=position))
            _pass_kind_on(uow, here, tags)
            return self._context.commit(uow, "Move tag")

    def retire(self, id_: str) -> ChangeSet:
        """Stop offering a tag; passages keep it, and its key is free."""
        return self._set_retired(id_, retired=True)

    def restore(self, id_: str) -> ChangeSet:
        """Offer a retired tag again; its key is given up when another tag has it by now."""
        return self._set_retired(id_, retired=False)

    def _set_retired(self, id_: str, *, retired: bool) -> ChangeSet:
        with self._context.write() as uow:
            before = live(uow, Tag, id_, "tag")
            others = [tag for tag in uow.all(Tag) if tag.id != id_]
            after = replace(before, retired=retired)
            if not retired and any(in_use(other) and other.key == before.key for other in others):
                after = replace(after, key="")
            check_tag(after, others, before)
            uow.put(after)
            return self._context.commit(uow, f"{'Retire' if retired else 'Restore'} tag {before.name}")

    def merge(self, loser_id: str, winner_id: str) -> ChangeSet:
        """Let one tag stand for another: passages with the loser are read as the winner's. Undo takes it back."""
        with self._context.write() as uow:
            loser, winner = live(uow, Tag, loser_id, "tag"), live(uow, Tag, winner_id, "tag")
            merges = merged_into(uow.all(Tag))
            if resolve(winner_id, merges) == resolve(loser_id, merges):
                raise RuleError(f"“{loser.name}” and “{winner.name}” are one tag already.")
            if loser.kind != winner.kind:
                raise RuleError(
                    f"“{loser.name}” is a {loser.kind} and “{winner.name}” a {winner.kind}.",
                    "Merge tags of one kind; change the kind of one first.",
                )
            if any(tag.parent_id == loser_id and in_use(tag) for tag in uow.all(Tag)):
                raise RuleError(f"Tags stand under “{loser.name}”.", "Move them first.")
            uow.put(replace(loser, merged_into=resolve(winner_id, merges)))
            return self._context.commit(uow, f"Merge tag {loser.name} into {winner.name}")

    def delete(self, id_: str) -> ChangeSet:
        """Delete a tag that nothing refers to; raises RuleError for one in use, which is retired instead."""
        with self._context.write() as uow:
            tag = live(uow, Tag, id_, "tag")
            users = referring(uow, tag)
            if users:
                raise RuleError(
                    f"The tag “{tag.name}” is in use ({in_use_by(uow, users)}).",
                    "Retire it instead: it is not offered any more, and what has it keeps it.",
                )
            uow.delete(tag)
            return self._context.commit(uow, f"Delete tag {tag.name}")

    def usage(self) -> dict[str, int]:
        """Return how many live passages each tag has, over all layers, merges resolved."""
        with self._context.read() as reader:
            merges = reader.merged(Tag)
            counts: dict[str, int] = {}
            for by_tag in reader.annotation_counts().values():
                for tag_id, number in by_tag.items():
                    standing = resolve(tag_id, merges)
                    counts[standing] = counts.get(standing, 0) + number
            return counts


def find_tag(reader: Reader, tag: str) -> Tag:
    """Return the live tag with this id or name, merges resolved; case and accents do not count.

    Raises NotFoundError, or UsageError when several tags have the name.
    """
    tags = {known.id: known for known in reader.all(Tag)}
    merges = merged_into(tags.values())
    if tag in tags:
        return tags[resolve(tag, merges)]
    folded = fold(tag)
    fitting = {resolve(t.id, merges) for t in tags.values() if fold(t.name) == folded}
    in_use_ones = {id_ for id_ in fitting if in_use(tags[id_])}
    chosen = in_use_ones or fitting
    if len(chosen) > 1:
        raise UsageError(f"Several tags are called “{tag}”.", "Use the tag's id.")
    if not chosen:
        known = ", ".join(t.name for t in in_tree_order(t for t in tags.values() if in_use(t)))
        raise NotFoundError(f"There is no tag “{tag}” in the codebook.", f"Its tags: {known}.")
    return tags[chosen.pop()]


def _shown(tag: Tag, merges: Mapping[str, str]) -> Tag:
    """Return a tag with the tag that it stands under resolved."""
    above = None if tag.parent_id is None else resolve(tag.parent_id, merges)
    return tag if above == tag.parent_id else replace(tag, parent_id=None if above == tag.id else above)


def _pass_kind_on(uow: UnitOfWork, tag: Tag, tags: Sequence[Tag]) -> None:
    """Give all tags under ``tag`` its kind."""
    todo, seen = [tag.id], {tag.id}
    while todo:
        above = todo.pop()
        for under in tags:
            if under.parent_id == above and under.id not in seen:
                seen.add(under.id)
                todo.append(under.id)
                uow.put(replace(under, kind=tag.kind))


def tag_to_give(uow: UnitOfWork, tag: str) -> Tag:
    """Return the tag that a passage is to get; raises RuleError for a retired one."""
    found = find_tag(uow, tag)
    if not in_use(found):
        raise RuleError(f"The tag “{found.name}” is retired.", "Restore it in the codebook, or choose another.")
    return found


def in_tree_order(tags: Iterable[Tag]) -> list[Tag]:
    """Return tags depth first: by position, then name, each before those under it.

    One whose parent is not among them, or that lies in a circle of parents, counts as top level.
    """
    known = {tag.id: tag for tag in tags}
    children: dict[str | None, list[Tag]] = {}
    for tag in known.values():
        children.setdefault(tag.parent_id if tag.parent_id in known else None, []).append(tag)
    ordered: dict[str, Tag] = {}

    def walk(siblings: Sequence[Tag]) -> None:
        for tag in sorted(siblings, key=lambda t: (t.position, fold(t.name), t.id)):
            if tag.id not in ordered:
                ordered[tag.id] = tag
                walk(children.get(tag.id, ()))

    walk(children.get(None, ()))
    walk(list(known.values()))
    return list(ordered.values())
