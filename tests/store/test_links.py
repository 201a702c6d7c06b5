from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation, AnnotationPerson, AnnotationPoint, Role
from annotator.domain.articles import Article, TextVersion
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.domain.relations import Relation
from annotator.store.database import Database
from tests.factories import (
    DEVICE,
    Start,
    begin,
    make_analyst,
    make_annotation,
    make_article,
    make_person,
    make_point,
    make_relation,
    make_text,
    put,
)


@dataclass
class Linked:
    """A project in which things are linked: two analysts, two articles, a final version and something deleted."""

    start: Start
    colleague: Analyst
    point: Point
    other_article: Article
    other_text: TextVersion
    mine: Annotation
    theirs: Annotation
    far: Annotation
    final: Annotation
    gone: Annotation
    relation: Relation


@pytest.fixture
def linked(database: Database) -> Linked:
    start = begin(database)
    article = make_article("Another")
    text = make_text(article, "Another text about the bridge")
    colleague, point, article, text = put(
        database,
        make_analyst("Cy Dent"),
        make_point(),
        replace(article, current_text_id=text.id),
        text,
        by=start.analyst,
    )
    quill = AnnotationPerson(person_id=start.person.id, role=Role.SPEAKER)
    twice = (quill, AnnotationPerson(person_id=start.person.id, role=Role.ABOUT))
    denied = (AnnotationPoint(point_id=point.id),)
    mine, theirs, far, final, gone = put(
        database,
        start.annotation(0, 5, people=twice, points=denied),
        make_annotation(start.text, start.denial, colleague, 2, 9, people=(quill,)),
        make_annotation(text, start.claim, start.analyst, 0, 7),
        start.annotation(0, 3, session_id="s", people=(quill,)),
        start.annotation(0, 4, people=(quill,)),
        by=start.analyst,
    )
    relation = put(database, make_relation(far, mine), by=start.analyst)
    with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
        gone = uow.delete(gone)
        uow.commit("Delete")
    return Linked(start, colleague, point, article, text, mine, theirs, far, final, gone, relation)


def test_who_refers_to_what(database: Database, linked: Linked) -> None:
    start = linked.start
    with database.read() as reader:
        assert set(reader.referrers("person", start.person.id)) == {
            ("annotation", linked.mine.id),
            ("annotation", linked.theirs.id),
            ("annotation", linked.final.id),
        }
        assert reader.referrers("annotation", linked.mine.id) == [("relation", linked.relation.id)]
        assert reader.referrers("point", linked.point.id) == [("annotation", linked.mine.id)]
        assert ("article", start.article.id) in reader.referrers("text_version", start.text.id)
        assert reader.referrers("relation", linked.relation.id) == []


def test_counts_are_of_live_annotations_in_layers(database: Database, linked: Linked) -> None:
    start = linked.start
    with database.read() as reader:
        assert reader.annotation_counts() == {
            start.article.id: {start.claim.id: 1, start.denial.id: 1},
            linked.other_article.id: {start.claim.id: 1},
        }
        assert reader.annotation_counts(analyst_id=linked.colleague.id) == {start.article.id: {start.denial.id: 1}}
        assert reader.person_counts() == {start.person.id: 2}, "a person in two roles is in one passage"
        assert reader.point_counts() == {linked.point.id: 1}


def test_people_of_the_passages_of_articles(database: Database, linked: Linked) -> None:
    person = linked.start.person.id
    with database.read() as reader:
        found = reader.links_to_people([linked.start.article.id])
        assert sorted(found) == sorted(
            [
                (linked.mine.id, person, "speaker"),
                (linked.mine.id, person, "about"),
                (linked.theirs.id, person, "speaker"),
            ]
        )
        assert [role for id_, _, role in found if id_ == linked.mine.id] == ["speaker", "about"]
        assert reader.links_to_people([linked.other_article.id]) == reader.links_to_people([]) == []


def test_texts_are_found_by_article_and_by_hash(database: Database, linked: Linked) -> None:
    start = linked.start
    with database.read() as reader:
        assert reader.text_outlines([start.article.id]) == [(start.text.id, start.article.id, start.text.sha256)]
        assert reader.texts_with_hash(start.text.sha256) == [(start.text.id, start.article.id)]
        assert reader.texts_with_hash("0" * 64) == []


def test_relations_that_touch_an_article(database: Database, linked: Linked) -> None:
    with database.read() as reader:
        for article in (linked.start.article, linked.other_article):
            assert reader.relations_at_articles([article.id]) == [linked.relation]
        assert reader.relations_at_articles(["elsewhere"]) == []


def test_merged_entities_by_kind(database: Database, linked: Linked) -> None:
    start = linked.start
    loser = put(database, make_person("D. Quill", merged_into=start.person.id), by=start.analyst)
    with database.read() as reader:
        assert reader.merged(Person) == {loser.id: start.person.id}
        assert reader.merged(Point) == reader.merged(Article) == {}


def test_versions_by_their_hashes(database: Database, linked: Linked) -> None:
    with database.read() as reader:
        found = reader.versions_with([linked.mine.version, linked.far.version, "0" * 64])
        assert {hash_: record.entity_id for hash_, record in found.items()} == {
            linked.mine.version: linked.mine.id,
            linked.far.version: linked.far.id,
        }
        assert reader.with_other_heads() == set()
