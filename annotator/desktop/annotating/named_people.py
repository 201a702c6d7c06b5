"""The people of one passage while they are being named: shown at once, written in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from PySide6.QtCore import QObject, Signal

from annotator.desktop.models.state import ProjectState
from annotator.domain.annotations import AnnotationPerson, Certainty, Role, Span
from annotator.domain.articles import Article, TextVersion
from annotator.domain.folding import fold, folded_words
from annotator.domain.ids import new_id
from annotator.domain.people import Person, PersonKind
from annotator.services.name_matching import PersonMatch, match_people
from annotator.services.people import NewPerson
from annotator.suggest.names import names_near
from annotator.suggest.people import Mention, mentions
from annotator.suggest.proposals import propose

_BEFORE, _AFTER = 4000, 600
"""How far around a passage, in code points, somebody named there may be the one who is meant."""


class NamedPeople(QObject):
    """Who is linked to one passage, as it will be once everything is written; how it is written a subclass says."""

    changed = Signal()

    def __init__(self, state: ProjectState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.annotation_id: str | None = None
        self.entries: tuple[AnnotationPerson, ...] = ()
        self.own_voice = False
        self._new: dict[str, Person] = {}
        self._last_speaker: str | None = None
        self._near: tuple[object, list[Mention]] = (None, [])
        self._register = 0
        state.people_changed.connect(self._note_register)

    def text(self) -> TextVersion | None:
        """Return the text that the passage lies on."""
        raise NotImplementedError

    def article(self) -> Article | None:
        """Return the article of the passage."""
        raise NotImplementedError

    def open(self, annotation_id: str) -> None:
        """Turn to a passage; what is known of it is shown at once."""
        raise NotImplementedError

    def person(self, person_id: str) -> Person | None:
        """Return a person of the register, or one that is being written to it."""
        return self._state.person(person_id) or self._new.get(person_id)

    def name(self, person_id: str) -> str:
        """Return a person's name, empty when it is not known."""
        person = self.person(person_id)
        return person.name if person else ""

    def has(self, role: Role) -> bool:
        """Whether anybody has this role."""
        return any(entry.role is role for entry in self.entries)

    def proposal(self) -> Person | str:
        """Return the likely speaker: somebody of the register, else a new name of the text, else an empty one."""
        span, text = self._span(), self.text()
        if span is None or text is None:
            return ""
        found = propose(text.text, span, self.named_near(), self.new_names_near(), self._last_speaker)
        return self.person(found.person_id) or found.name

    def new_names_near(self) -> list[str]:
        """Return names around the passage that nobody in the register has, the likeliest speaker first."""
        text, span = self.surroundings()
        known = {fold(person.name) for person in self.in_use()}
        return [name for name in names_near(text, span) if fold(name) not in known] if span else []

    def named_near(self) -> list[Mention]:
        """Return where people of the register are named around the passage, in code points of the text."""
        span, text, article = self._span(), self.text(), self.article()
        if span is None or text is None or article is None:
            return []
        asked = (span, text.id, article.published_at, self._register)
        if asked != self._near[0]:
            start = max(0, span.start - _BEFORE)
            near = text.text[start : span.end + _AFTER]
            people = _perhaps_named(near, self._state.people.values())
            found = mentions(near, people, article_date=article.published_at)
            self._near = (asked, [m._replace(start=m.start + start, end=m.end + start) for m in found])
        return self._near[1]

    def in_use(self) -> list[Person]:
        """Return the people that can be named here: the register's, without the unnamed sources of other articles."""
        article = self.article()
        here = article.id if article is not None else None
        known = [person for person in self._state.people_in_use() if person.article_id in (None, here)]
        return known + [person for person in self._new.values() if person.id not in self._state.people]

    def matches(self, typed: str, limit: int) -> list[PersonMatch]:
        """Return the people whose name or alias is like what is typed, the likeliest first."""
        return match_people(typed, self.in_use(), article=self.article(), counts={}, limit=limit)

    def surroundings(self) -> tuple[str, Span | None]:
        """Return the open article's text and the passage's span in it, None when there is none."""
        text = self.text()
        return (text.text if text is not None else ""), self._span()

    def add(self, person: Person, role: Role) -> None:
        """Link a person to the passage; nothing happens when the person has this role already."""
        if self.annotation_id is None or any(e.person_id == person.id and e.role is role for e in self.entries):
            return
        entry = self._entry(person, role)
        self._write_addition(self.annotation_id, entry, None)
        self._show((*self.entries, entry))

    def add_new(self, name: str, kind: PersonKind, role: Role) -> None:
        """Make a new person and link it to the passage, as one change; an unnamed source belongs to the article.

        The register has no two of one name: whoever has it already is linked.
        """
        article = self.article()
        if self.annotation_id is None or article is None:
            return
        known = next((person for person in self.in_use() if fold(person.name) == fold(name)), None)
        if known is not None:
            self.add(known, role)
            return
        owner = article.id if kind is PersonKind.UNNAMED else None
        person = Person(id=new_id(), name=name, kind=kind, article_id=owner)
        self._new[person.id] = person
        entry = self._entry(person, role)
        self._write_addition(self.annotation_id, entry, NewPerson(name=name, kind=kind, article_id=owner, id=person.id))
        self._show((*self.entries, entry))

    def remove(self, entry: AnnotationPerson) -> None:
        """Take a person out of a role."""
        if self.annotation_id is None or entry not in self.entries:
            return
        self._write_removal(self.annotation_id, entry)
        self._show(tuple(known for known in self.entries if known != entry))

    def change(self, entry: AnnotationPerson, *, role: Role | None = None, certainty: Certainty | None = None) -> None:
        """Give a linked person another role or certainty."""
        if self.annotation_id is None or entry not in self.entries:
            return
        changed = replace(entry, role=role or entry.role, certainty=certainty or entry.certainty)
        others = [known for known in self.entries if known != entry]
        if changed == entry or any((o.person_id, o.role) == (changed.person_id, changed.role) for o in others):
            return
        people = tuple(changed if known == entry else known for known in self.entries)
        self._write_people(self.annotation_id, people)
        self._show(people)

    def take_own_voice(self) -> None:
        """Say that the passage is in the reporter's own voice."""
        if self.annotation_id is not None:
            self._write_own_voice(self.annotation_id)
            self.own_voice = True
            self.changed.emit()

    def _write_addition(self, annotation_id: str, entry: AnnotationPerson, person: NewPerson | None) -> None:
        """Write that somebody is linked, who is to be made where ``person`` is given."""
        raise NotImplementedError

    def _write_removal(self, annotation_id: str, entry: AnnotationPerson) -> None:
        raise NotImplementedError

    def _write_people(self, annotation_id: str, people: tuple[AnnotationPerson, ...]) -> None:
        raise NotImplementedError

    def _write_own_voice(self, annotation_id: str) -> None:
        raise NotImplementedError

    def _entry(self, person: Person, role: Role) -> AnnotationPerson:
        place = self._nearest_mention(person)
        start, end = (place.start, place.end) if place else (None, None)
        return AnnotationPerson(person_id=person.id, role=role, mention_start=start, mention_end=end)

    def _nearest_mention(self, person: Person) -> Span | None:
        """Return the words that name the person: within the passage, else before it, else behind it, the nearest."""
        span, text, article = self._span(), self.text(), self.article()
        if span is None or text is None or article is None:
            return None
        start = max(0, span.start - _BEFORE)
        merged = [p for p in self._state.people.values() if p.merged_into and self._state.person(p.id) == person]
        found = mentions(text.text[start : span.end + _AFTER], [person, *merged], article_date=article.published_at)
        places = [Span(m.start + start, m.end + start) for m in found]
        return min(places, key=lambda place: _distance(place, span), default=None)

    def _span(self) -> Span | None:
        raise NotImplementedError

    def _show(self, entries: tuple[AnnotationPerson, ...]) -> None:
        self.entries = entries
        self.changed.emit()

    def _note_register(self) -> None:
        self._register += 1
        self.changed.emit()


def _perhaps_named(text: str, people: Iterable[Person]) -> list[Person]:
    """Return those of whom the last word of a name stands in the text: looking for thousands in earnest takes long."""
    words = {part for word in folded_words(text) for part in (word, word.partition("'")[0])}
    return [p for p in people if _last_word(p.name) in words or any(_last_word(a.text) in words for a in p.aliases)]


@lru_cache(maxsize=1 << 16)
def _last_word(name: str) -> str:
    return next(reversed(folded_words(name)), "")


def _distance(place: Span, passage: Span) -> tuple[int, int]:
    if place.overlaps(passage):
        return 0, place.start
    if place.end <= passage.start:
        return 1, passage.start - place.end
    return 2, place.start - passage.end
