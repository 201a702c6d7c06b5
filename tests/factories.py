"""Entities for tests: valid as they are, every field can be given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from annotator.domain.analysts import Analyst, initials_of
from annotator.domain.annotations import Annotation, quote_with_context
from annotator.domain.articles import Article, Block, BlockKind, TextVersion
from annotator.domain.changes import ChangeSet
from annotator.domain.codebook import Tag, TagKind, default_tags
from annotator.domain.comments import Comment
from annotator.domain.ids import new_id
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.domain.projects import Project
from annotator.domain.relations import Relation, RelationKind
from annotator.domain.reviews import ReviewSession
from annotator.domain.text import text_sha256
from annotator.store.database import Database

DEVICE = "test-device"
TEXT = "The mayor sold the bridge\n“Nobody sold anything,” said Dora Quill. The ledger shows 4,200 crowns – naïve, 🌉."


def make_project(**fields: Any) -> Project:
    return Project(**{"id": new_id(), "name": "The bridge affair"} | fields)


def make_analyst(name: str = "Ann Bell", **fields: Any) -> Analyst:
    return Analyst(**{"id": new_id(), "name": name, "initials": initials_of(name)} | fields)


def make_tag(name: str = "Allegation", kind: TagKind = TagKind.CLAIM, **fields: Any) -> Tag:
    return Tag(**{"id": new_id(), "name": name, "kind": kind, "colour": "#2f6fd0"} | fields)


def make_article(title: str = "The mayor sold the bridge", **fields: Any) -> Article:
    return Article(**{"id": new_id(), "title": title, "outlet": "The Daily Ferry", "language": "en"} | fields)


def make_text(article: Article, text: str = TEXT, **fields: Any) -> TextVersion:
    end = text.find("\n") if "\n" in text else len(text)
    blocks = (Block(start=0, end=end, kind=BlockKind.HEADLINE),) if end > 0 else ()
    given: dict[str, Any] = {
        "id": new_id(),
        "article_id": article.id,
        "text": text,
        "sha256": text_sha256(text),
        "blocks": blocks,
    }
    return TextVersion(**given | fields)


def make_person(name: str = "Dora Quill", **fields: Any) -> Person:
    return Person(**{"id": new_id(), "name": name} | fields)


def make_point(text: str = "The bridge was sold.", **fields: Any) -> Point:
    return Point(**{"id": new_id(), "text": text} | fields)


def make_annotation(
    text: TextVersion, tag: Tag, analyst: Analyst, start: int = 0, end: int = 9, **fields: Any
) -> Annotation:
    prefix, quote, suffix = quote_with_context(text.text, start, end)
    given: dict[str, Any] = {
        "id": new_id(),
        "article_id": text.article_id,
        "text_id": text.id,
        "start": start,
        "end": end,
        "prefix": prefix,
        "quote": quote,
        "suffix": suffix,
        "tag_id": tag.id,
        "analyst_id": analyst.id,
    }
    return Annotation(**given | fields)


def make_relation(
    source: Annotation, target: Annotation, kind: RelationKind = RelationKind.REBUTS, **fields: Any
) -> Relation:
    given: dict[str, Any] = {
        "id": new_id(),
        "source_id": source.id,
        "target_id": target.id,
        "analyst_id": source.analyst_id,
    }
    return Relation(**given | {"kind": kind} | fields)


def make_comment(article: Article, analyst: Analyst, text: str = "Is this his own view?", **fields: Any) -> Comment:
    return Comment(**{"id": new_id(), "article_id": article.id, "analyst_id": analyst.id, "text": text} | fields)


def make_session(name: str = "Week 40", **fields: Any) -> ReviewSession:
    return ReviewSession(**{"id": new_id(), "name": name} | fields)


@dataclass(frozen=True)
class Start:
    """What a test usually begins with: a project with an analyst, the ready-made tags, an article and a person."""

    project: Project
    analyst: Analyst
    claim: Tag
    denial: Tag
    evidence: Tag
    article: Article
    text: TextVersion
    person: Person
    change: ChangeSet

    def annotation(self, start: int = 0, end: int = 9, **fields: Any) -> Annotation:
        return make_annotation(self.text, fields.pop("tag", self.claim), self.analyst, start, end, **fields)


def begin(database: Database, *, text: str = TEXT, device: str = DEVICE) -> Start:
    """Write the beginnings of a project and return them as they are stored."""
    analyst, article = make_analyst(), make_article()
    with database.write(analyst_id=analyst.id, device=device) as uow:
        project = uow.put(make_project())
        analyst = uow.put(analyst)
        claim, denial, evidence = (uow.put(tag) for tag in default_tags())
        version = make_text(article, text)
        article = uow.put(replace(article, current_text_id=version.id))
        version = uow.put(version)
        person = uow.put(make_person())
        change = uow.commit("New project")
    return Start(project, analyst, claim, denial, evidence, article, version, person, change)


def put(database: Database, *entities: Any, by: Analyst | None = None, device: str = DEVICE, label: str = "Put") -> Any:
    """Write entities in one change and return them as they are stored (a single one as itself)."""
    with database.write(analyst_id=None if by is None else by.id, device=device) as uow:
        stored = [uow.put(entity) for entity in entities]
        uow.commit(label)
    return stored[0] if len(stored) == 1 else stored
