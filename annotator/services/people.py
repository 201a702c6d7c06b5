"""The register of people: found by id, name or alias; added, edited, merged, deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from annotator.domain.articles import Article
from annotator.domain.changes import ChangeSet
from annotator.domain.entity import now
from annotator.domain.errors import NotFoundError, RuleError, UsageError
from annotator.domain.folding import fold
from annotator.domain.ids import is_id, new_id
from annotator.domain.merging import merged_into, resolve
from annotator.domain.people import Alias, Person, PersonKind
from annotator.domain.rules import check_merge_of_people, check_no_circle, check_person
from annotator.services.context import Context, expect, live
from annotator.services.editing import changed, edit_label, word
from annotator.services.name_matching import PersonMatch, match_people
from annotator.services.references import in_use_by, referring
from annotator.store.repository import Reader
from annotator.store.unit_of_work import UnitOfWork

_EDITABLE = ("kind", "name", "position", "affiliation_id", "external_id", "note", "article_id", "aliases")
_LABELS = {
    "kind": "Change kind of {}",
    "position": "Change position of {}",
    "affiliation_id": "Change affiliation of {}",
    "external_id": "Change external id of {}",
    "note": "Change note on {}",
    "aliases": "Change aliases of {}",
    "name": "Rename {}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Somebody who is not in the register yet, to be added by the action that needs them.

    ``affiliation``: the id or name of an entry. ``article_id``: for an unnamed source, the article it belongs to; the
    article at hand when None.
    """

    name: str
    kind: PersonKind = PersonKind.PERSON
    aliases: tuple[str | Alias, ...] = ()
    position: str = ""
    affiliation: str | None = None
    external_id: str = ""
    note: str = ""
    article_id: str | None = None
    id: str | None = None


PersonRef = str | Person | NewPerson
"""A person as callers name one: by id, by name or alias, as the entity, or as somebody new."""


class People:
    """The people of a project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def get(self, id_: str) -> Person:
        """Return the person who stands for an id; raises NotFoundError."""
        with self._context.read() as reader:
            merges = reader.merged(Person)
            return _shown(live(reader, Person, resolve(id_, merges), "person"), merges)

    def find(self, who: str, *, article_id: str | None = None) -> Person:
        """Return the person with this id, name or alias; raises NotFoundError, or UsageError when several fit."""
        with self._context.read() as reader:
            return find_person(reader, who, article_id=article_id)

    def resolve(self, id_: str) -> str:
        """Return the id of the person who stands for ``id_`` after merges."""
        with self._context.read() as reader:
            return resolve(id_, reader.merged(Person))

    def add(  # noqa: PLR0913  (the fields of a person)
        self,
        name: str,
        *,
        kind: PersonKind | str = PersonKind.PERSON,
        aliases: Iterable[str | Alias] = (),
        position: str = "",
        affiliation: str | None = None,
        external_id: str = "",
        note: str = "",
        article_id: str | None = None,
        id: str | None = None,
    ) -> Person:
        """Add an entry to the register; ``affiliation``: the id or name of another one."""
        new = NewPerson(
            name=name,
            kind=word(PersonKind, kind),
            aliases=tuple(aliases),
            position=position,
            affiliation=affiliation,
            external_id=external_id,
            note=note,
            article_id=article_id,
            id=id,
        )
        with self._context.write() as uow:
            person = put_new_person(uow, new)
            self._context.commit(uow, f"Add {person.name}")
        return person

    def edit(self, id_: str, *, expected: str | None = None, **fields: object) -> ChangeSet:
        """Change fields of a person; ``aliases`` may be strings, ``affiliation`` an id or a name or None.

        An unnamed source that gets another kind belongs to its article no longer.
        """
        with self._context.write() as uow:
            before = live(uow, Person, id_, "person")
            expect(before, expected, "person")
            if "aliases" in fields:
                fields["aliases"] = _aliases(fields["aliases"])
            if "affiliation" in fields:
                named = fields.pop("affiliation")
                fields["affiliation_id"] = None if named is None else find_person(uow, str(named)).id
            if "kind" in fields and fields["kind"] != PersonKind.UNNAMED:
                fields.setdefault("article_id", None)
            after = changed(before, fields, _EDITABLE)
            after = replace(after, name=after.name.strip())
            _check(uow, after, before)
            uow.put(after)
            label = edit_label(before, after, _LABELS, "Edit {}").format(before.name)
            return self._context.commit(uow, label)

    def merge(self, loser_id: str, winner_id: str) -> ChangeSet:
        """Let one entry stand for another one that is the same person; links stay as they are. Undo takes it back."""
        with self._context.write() as uow:
            loser, winner = merge_people(uow, loser_id, winner_id)
            return self._context.commit(uow, f"Merge {loser.name} into {winner.name}")

    def separate(self, id_: str) -> ChangeSet:
        """Let an entry that was merged into another stand for itself again."""
        with self._context.write() as uow:
            person = live(uow, Person, id_, "person")
            if person.merged_into is None:
                raise RuleError(f"“{person.name}” is not merged into another entry.")
            after = replace(person, merged_into=None)
            _check(uow, after, person)
            uow.put(after)
            return self._context.commit(uow, f"Separate {person.name}")

    def delete(self, id_: str) -> ChangeSet:
        """Delete an entry that nothing refers to; raises RuleError otherwise."""
        with self._context.write() as uow:
            person = live(uow, Person, id_, "person")
            users = referring(uow, person)
            if users:
                raise RuleError(
                    f"“{person.name}” is still named ({in_use_by(uow, users)}).",
                    "Merge it into the entry that is meant, or take it off there first.",
                )
            uow.delete(person)
            return self._context.commit(uow, f"Delete {person.name}")

    def match(self, text: str, *, article: str | Article | None = None, limit: int = 8) -> list[PersonMatch]:
        """Return the entries whose name or an alias is like ``text``, the likeliest first; scores are 0 to 100.

        ``article``: offer its own unnamed sources, and aliases only when they held at its date. For an empty ``text``
        those who are named most often.
        """
        with self._context.read() as reader:
            at_hand = reader.get(Article, article) if isinstance(article, str) else article
            people = reader.all(Person)
            counts = reader.person_counts() if not text.strip() else {}
        return match_people(text, people, article=at_hand, counts=counts, limit=limit)

    def usage(self) -> dict[str, int]:
        """Return in how many live passages each person is named, over all layers, merges resolved."""
        with self._context.read() as reader:
            merges = reader.merged(Person)
            counts: dict[str, int] = {}
            for person_id, number in reader.person_counts().items():
                standing = resolve(person_id, merges)
                counts[standing] = counts.get(standing, 0) + number
        return counts

    def list(self, *, merged: bool = False) -> list[Person]:
        """Return the register by name; those who were merged into others when asked for."""
        with self._context.read() as reader:
            people = reader.all(Person)
        merges = merged_into(people)
        listed = [_shown(person, merges) for person in people if merged or person.merged_into is None]
        return sorted(listed, key=lambda p: (fold(p.name), p.id))


def find_person(reader: Reader, who: str, *, article_id: str | None = None) -> Person:
    """Return the live person with this id, name or alias, merges resolved; case and accents do not count.

    A name goes before an alias. Unnamed sources are found only for their own ``article_id``. Raises NotFoundError, or
    UsageError when several fit.
    """
    found = look_up_person(reader, who, article_id=article_id)
    if found is None:
        raise NotFoundError(f"There is nobody called “{who}” in the register.", "Add them, or use another name.")
    return found


def look_up_person(reader: Reader, who: str, *, article_id: str | None = None) -> Person | None:
    """Return what :func:`find_person` returns, None when nobody fits; raises UsageError when several fit."""
    if is_id(who):
        person = reader.get(Person, resolve(who, reader.merged(Person)))
        return None if person is None or person.deleted else person
    people = {person.id: person for person in reader.all(Person)}
    merges = merged_into(people.values())
    folded = fold(who)
    here = [p for p in people.values() if p.kind != PersonKind.UNNAMED or p.article_id == article_id]
    for fitting in (
        {resolve(p.id, merges) for p in here if fold(p.name) == folded},
        {resolve(p.id, merges) for p in here if any(fold(alias.text) == folded for alias in p.aliases)},
    ):
        if len(fitting) > 1:
            names = ", ".join(sorted(people[id_].name for id_ in fitting))
            raise UsageError(f"“{who}” may be several: {names}.", "Use the whole name or the id.")
        if fitting:
            return people[fitting.pop()]
    return None


def person_for(uow: UnitOfWork, person: PersonRef, *, article_id: str | None = None) -> Person:
    """Return the person whom a caller names, adding the one who is new: a :class:`NewPerson`, or an unknown name.

    Raises NotFoundError for an id that is not there, UsageError for a name that several have.
    """
    if isinstance(person, NewPerson):
        return put_new_person(uow, person, article_id=article_id)
    if isinstance(person, Person):
        return live(uow, Person, resolve(person.id, uow.merged(Person)), "person")
    found = look_up_person(uow, person, article_id=article_id)
    if found is not None:
        return found
    if is_id(person):
        raise NotFoundError(f"There is nobody with the id “{person}” in the register.")
    return put_new_person(uow, NewPerson(name=person))


def merge_people(uow: UnitOfWork, loser_id: str, winner_id: str) -> tuple[Person, Person]:
    """Let one entry stand for another one in a unit of work; return both, the loser first. Raises RuleError."""
    loser, winner = live(uow, Person, loser_id, "person"), live(uow, Person, winner_id, "person")
    merges = uow.merged(Person)
    if loser_id != winner_id and resolve(loser_id, merges) == resolve(winner_id, merges):
        raise RuleError(f"“{loser.name}” and “{winner.name}” are one entry already.")
    if loser.merged_into is not None:
        raise RuleError(f"“{loser.name}” is merged into another entry already.", "Merge that one instead.")
    winner = live(uow, Person, resolve(winner_id, merges), "person")
    check_merge_of_people(loser, winner)
    uow.put(replace(loser, merged_into=winner.id))
    return loser, winner


def put_new_person(uow: UnitOfWork, new: NewPerson, *, article_id: str | None = None) -> Person:
    """Check somebody new and put them into a unit of work."""
    unnamed = new.kind == PersonKind.UNNAMED
    person = Person(
        id=new.id or new_id(),
        kind=new.kind,
        name=new.name.strip(),
        position=new.position,
        affiliation_id=find_person(uow, new.affiliation).id if new.affiliation is not None else None,
        external_id=new.external_id,
        note=new.note,
        article_id=new.article_id or (article_id if unnamed else None),
        aliases=_aliases(new.aliases),
        created_at=now(),
    )
    _check(uow, person)
    return uow.put(person)


def _shown(person: Person, merges: Mapping[str, str]) -> Person:
    """Return a person with the affiliation resolved; nobody is affiliated with themselves after a merge."""
    above = None if person.affiliation_id is None else resolve(person.affiliation_id, merges)
    if above == person.affiliation_id:
        return person
    return replace(person, affiliation_id=None if above == person.id else above)


def _check(reader: Reader, person: Person, before: Person | None = None) -> None:
    people = reader.all(Person)
    check_person(person, people, before)
    if person.affiliation_id is not None and (before is None or before.affiliation_id != person.affiliation_id):
        live(reader, Person, person.affiliation_id, "person")
        parents = {p.id: p.affiliation_id for p in people if p.id != person.id} | {person.id: person.affiliation_id}
        check_no_circle(person.id, parents, f"“{person.name}” would be affiliated with itself through others.")
    if person.article_id is not None and (before is None or before.article_id != person.article_id):
        live(reader, Article, person.article_id, "article")


def _aliases(values: object) -> tuple[Alias, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise UsageError("“aliases” takes a sequence of names.")
    aliases = [Alias(text=value.strip()) if isinstance(value, str) else value for value in values]
    if not all(isinstance(alias, Alias) for alias in aliases):
        raise UsageError("“aliases” takes a sequence of names.")
    return tuple(dict.fromkeys(aliases))
