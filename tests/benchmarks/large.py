"""Projects of any size, made by the fast path: all versions at once, as a merge takes them in."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation, AnnotationPerson, Role
from annotator.domain.articles import TextVersion
from annotator.domain.codebook import Tag
from annotator.domain.entities import owner_of
from annotator.domain.entity import Entity
from annotator.domain.people import Person
from annotator.domain.versions import Version, content_of, version_hash
from annotator.services.project import Project, create_project
from annotator.settings import DeviceMemory
from annotator.store.database import Database
from tests.factories import DEVICE, make_annotation, make_article, make_person, make_relation, make_text

AT = "2026-01-02T03:04:05.678Z"
_SPOKEN = (
    "the mayor sold bridge ledger river crowns council denied claim harbour night report clerk ferry toll money "
    "said that who why paid never signed letter office under before after with without nobody every story paper"
)
_WORDS = _SPOKEN.split()


def as_versions(entities: Iterable[Entity], by: str | None, device: str = "theirs") -> list[Version]:
    """Return entities as the first versions that a file with them has."""
    found = []
    for entity in entities:
        content = content_of(entity)
        hash_ = version_hash(entity.TYPE, entity.id, content, 1, (), AT, by, device)
        found.append(Version(hash_, entity.TYPE, entity.id, 1, (), content, AT, by, device, owner_id=owner_of(entity)))
    return found


def take_in(database: Database, entities: Iterable[Entity], by: str | None) -> None:
    """Write entities as a merge would."""
    every = list(entities)
    texts = {e.id: (e.text, e.source_bytes) for e in every if isinstance(e, TextVersion)}
    with database.write(analyst_id=None, device=DEVICE) as uow:
        uow.add_versions(as_versions(every, by), texts=texts)
        uow.commit("Merge")


def prose(dice: random.Random, size: int) -> str:
    """Return about ``size`` code points of paragraphs of made-up sentences."""
    paragraphs: list[str] = []
    length = 0
    while length < size:
        sentences = [" ".join(dice.choices(_WORDS, k=dice.randrange(6, 22))) for _ in range(dice.randrange(2, 6))]
        paragraphs.append(" ".join(f"{sentence.capitalize()}." for sentence in sentences))
        length += len(paragraphs[-1]) + 1
    return "\n".join(paragraphs)


def articles_with_passages(
    tags: list[Tag], analyst: Analyst, people: list[Person], *, articles: int, passages: int, size: int, seed: int = 7
) -> Iterator[Entity]:
    """Yield so many articles of ``size`` code points with so many passages each, a third of them linked."""
    dice = random.Random(seed)
    bodies = [prose(dice, size) for _ in range(min(articles, 50))]
    for number in range(articles):
        text_of = make_text(
            make_article(), f"Report {number} of the {number % 97}th day\n{bodies[number % len(bodies)]}"
        )
        article = make_article(
            f"Report {number}",
            id=text_of.article_id,
            current_text_id=text_of.id,
            published_at="2026-01-02",
            created_at=AT,
        )
        yield article
        yield text_of
        yield from _passages(text_of, tags, analyst, people, passages, dice)


def _passages(
    text: TextVersion, tags: list[Tag], analyst: Analyst, people: list[Person], number: int, dice: random.Random
) -> Iterator[Entity]:
    before: Annotation | None = None
    for n in range(number):
        start = dice.randrange(0, len(text.text) - 300)
        named = tuple(
            AnnotationPerson(person_id=dice.choice(people).id, role=role) for role in (Role.SPEAKER, Role.TARGET)
        )
        passage = make_annotation(
            text,
            dice.choice(tags),
            analyst,
            start,
            start + dice.randrange(20, 280),
            people=named,
            created_at=AT,
        )
        yield passage
        if before is not None and n % 3 == 0:
            yield make_relation(passage, before, created_at=AT)
        before = passage


def make_project(
    path: Path, memory: DeviceMemory, *, articles: int, passages: int, size: int = 6_000, people: int = 300
) -> Project:
    """Make a project file with so many articles, passages in each, and people, and open it as its analyst."""
    project = create_project(str(path), name="A large project", analyst="Ann Bell", memory=memory)
    analyst = project.analyst
    assert analyst is not None
    named = [make_person(f"Person Nr{number} Quill{number % 50}", created_at=AT) for number in range(people)]
    made = articles_with_passages(
        list(project.codebook.tags()), analyst, named, articles=articles, passages=passages, size=size
    )
    take_in(project.context.database, [*named, *made], analyst.id)
    return project
