"""The project that is soaked: an article of a megabyte with ten thousand passages, and a small one to turn to."""

from __future__ import annotations

import random
from pathlib import Path

from annotator.domain.annotations import Annotation, AnnotationPerson, Role
from annotator.domain.articles import TextVersion
from annotator.domain.graphemes import is_boundary
from annotator.domain.people import Person
from annotator.domain.relations import RelationKind
from annotator.services.project import Project, create_project
from annotator.settings import DeviceMemory
from annotator.store.database import Database
from tests.desktop.article_view.conftest import BIDI
from tests.factories import make_annotation, make_relation, put

CHARACTERS, PASSAGES = 1_000_000, 10_000
RELATIONS = 400
_EVERY = 40
"""After so many paragraphs of prose comes one of mixed scripts, emoji and combining marks."""
_LENGTHS = (1, 8, 30, 60, 120, 250, 250, 900)
_PROSE = """
    the harbour council said on Monday that it had never been asked about tolls and would answer in writing when
    fishermen from quay seven had shown their receipts for March, which nobody signed “in haste”, a clerk denied
"""


def prose(characters: int, chance: random.Random) -> str:
    """Return invented paragraphs of about so many code points in all, some of them awkward."""
    words, odd = _PROSE.split(), BIDI.split("\n")
    paragraphs = ["Council denies a secret toll"]
    length = 0
    while length < characters:
        if len(paragraphs) % _EVERY == 0:
            paragraphs.append(odd[len(paragraphs) // _EVERY % len(odd)])
        else:
            paragraphs.append(" ".join(chance.choices(words, k=chance.randrange(3, 70))).capitalize() + ".")
        length += len(paragraphs[-1]) + 1
    return "\n".join(paragraphs)


def make_story(path: Path, *, characters: int = CHARACTERS, passages: int = PASSAGES) -> list[str]:
    """Make the project at ``path`` and return the ids of its articles, the large one first."""
    chance = random.Random(characters + passages)
    elsewhere = DeviceMemory(path.with_name("elsewhere.json"))  # what the soak undoes ends at what it did itself
    with create_project(str(path), name="The toll", analyst="Ann Bell", memory=elsewhere) as project:
        article = project.articles.add_text(prose(characters, chance), outlet="The Courier", published_at="2026-11-20")
        small = project.articles.add_text(prose(3000, chance), title="A small one", published_at="2026-11-18")
        people = [project.people.add(name) for name in ("Dora Quill", "Tom Reed", "The Ferry Board", "Mara Lind")]
        text = project.articles.text(article.id)
        marked = _passages(project, text, people, passages, chance)
        analyst = project.analyst
        assert analyst is not None
        DeviceMemory().remember_analyst(project.id, analyst.id)
    kinds = list(RelationKind)
    ends = chance.sample(range(len(marked) - 30), RELATIONS) if passages > RELATIONS + 30 else range(0)
    linked = [make_relation(marked[n], marked[n + 1 + n % 29], kinds[n % len(kinds)]) for n in ends]
    with Database.open(str(path)) as database:
        put(database, *marked, *linked, by=analyst)
    return [article.id, small.id]


def _passages(
    project: Project, text: TextVersion, people: list[Person], number: int, chance: random.Random
) -> list[Annotation]:
    """Return passages on random places, none of which cuts a grapheme cluster, in the order of the text."""
    tags = project.codebook.tags()
    analyst = project.analyst
    assert analyst is not None
    found: list[Annotation] = []
    for start in sorted(chance.randrange(len(text.text) - max(_LENGTHS)) for _ in range(number)):
        end = start + chance.choice(_LENGTHS)
        while not is_boundary(text.text, start):
            start -= 1  # noqa: PLW2901  (moved to the edge of its cluster)
        while not is_boundary(text.text, end):
            end += 1
        speaker = AnnotationPerson(person_id=chance.choice(people).id, role=Role.SPEAKER)
        given = (speaker,) if chance.random() < 0.7 else ()
        found.append(make_annotation(text, chance.choice(tags), analyst, start, end, people=given))
    return found
