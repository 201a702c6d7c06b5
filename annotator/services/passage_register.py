"""The small tables of a project that every row of a list of passages needs."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation, Role
from annotator.domain.articles import Article
from annotator.domain.codebook import Tag
from annotator.domain.folding import folded_words
from annotator.domain.merging import merged_into, resolve
from annotator.domain.people import Person
from annotator.services.merges import Merges
from annotator.store.repository import Reader


@dataclass(slots=True)
class Register:
    """The small tables that every row needs, links to merged entries resolved."""

    tags: dict[str, Tag]
    people: dict[str, Person]
    articles: dict[str, Article]
    analysts: dict[str, Analyst]
    merges: dict[str, str]

    def standing(self, id_: str) -> str:
        """Return the id of the entry that stands for another after merges; its own when it was not merged."""
        return resolve(id_, self.merges)

    def article(self, id_: str) -> Article:
        """Return the article that an id stands for."""
        return self.articles[self.standing(id_)]

    def person_name(self, id_: str) -> str:
        """Return what a person is called, empty for one who is not in the project any more."""
        person = self.people.get(self.standing(id_))
        return person.name if person else ""

    def belongs(self, person_id: str, organisation_id: str) -> bool:
        """Whether a person is affiliated with an organisation or a group, directly or through others."""
        seen: set[str] = set()
        here = self.people.get(person_id)
        while here is not None and here.affiliation_id is not None and here.id not in seen:
            seen.add(here.id)
            above = self.standing(here.affiliation_id)
            if above == organisation_id:
                return True
            here = self.people.get(above)
        return False

    def words_of(self, standing: str) -> set[str]:
        """Return the folded words of all names of a person and of those who were merged into them."""
        names: list[str] = []
        for person in self.people.values():
            if self.standing(person.id) == standing:
                names += [person.name, *(alias.text for alias in person.aliases)]
        return {word for name in names for word in folded_words(name)}

    def speakers(self, annotation: Annotation) -> tuple[str, ...]:
        """Return the names of those who say a passage."""
        return tuple(self.person_name(e.person_id) for e in annotation.people if e.role is Role.SPEAKER)


def register_of(reader: Reader, article_id: str | None) -> Register:
    """Read the register for the passages of one article, with those that were merged with it, or of all."""
    tags = reader.all(Tag, deleted=True)  # one that a colleague deleted may have passages here after a merge
    people, articles = reader.all(Person), reader.all(Article) if article_id is None else _group(reader, article_id)
    return Register(
        {tag.id: tag for tag in tags},
        {person.id: person for person in people},
        {article.id: article for article in articles},
        {analyst.id: analyst for analyst in reader.all(Analyst)},
        merged_into([*tags, *people, *articles]),
    )


def _group(reader: Reader, article_id: str) -> list[Article]:
    group = reader.get_many(Article, Merges.of(reader).article_group(article_id))
    return [article for article in group.values() if not article.deleted]
