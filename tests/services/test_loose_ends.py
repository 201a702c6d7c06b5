"""What is to be settled after work of several people came together: no rule refused it, so it is listed."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain.entity import Entity
from annotator.domain.people import Person
from annotator.domain.relations import RelationKind
from annotator.services.loose_ends import LooseEnd, LooseEndKind
from annotator.services.project import Project
from tests.factories import make_analyst, make_person, make_point, make_relation, make_tag
from tests.services.conftest import TEXT, Story


def put(project: Project, *entities: Entity) -> None:
    """Write as a merge would: past the rules for a person's writing."""
    with project.context.write() as uow:
        for entity in entities:
            uow.put(entity)
        project.context.commit(uow, "From elsewhere")


def only(project: Project) -> LooseEnd:
    (found,) = project.loose_ends.list()
    return found


def test_orderly_project_has_none(story: Story) -> None:
    one, other = story.mark("Council", people=[("Dora Quill", "speaker")]), story.mark("Mayor", "Denial")
    story.project.relations.add(other.id, one.id)
    assert story.project.loose_ends.list() == []


def test_people_of_equal_names(story: Story) -> None:
    people = make_person("Dora Quill"), make_person("DORA QUILL")
    put(story.project, *people)
    found = only(story.project)
    assert (found.kind, found.entity_ids) == (LooseEndKind.SAME_NAME, tuple(sorted(p.id for p in people)))
    assert found.message == "2 people (person “Dora Quill”) have the same name: are they one?"
    story.project.people.edit(people[0].id, note="still editable")
    story.project.people.merge(people[1].id, people[0].id)
    assert story.project.loose_ends.list() == []


def test_tags_of_equal_names_or_keys(story: Story) -> None:
    put(story.project, make_tag("Claim", key="C"))
    assert [end.kind for end in story.project.loose_ends.list()] == [LooseEndKind.SAME_NAME, LooseEndKind.SAME_KEY]
    first, second = story.project.loose_ends.list()[0].entity_ids
    story.project.codebook.edit(first, description="still editable")
    story.project.codebook.retire(second)
    assert story.project.loose_ends.list() == []


def test_analysts_and_points_that_are_there_twice(story: Story) -> None:
    put(story.project, make_analyst("Ann Bell", initials="XX"))
    assert only(story.project).entity_type == "analyst"
    story.project.analysts.edit(only(story.project).entity_ids[0], colour="#000000")
    points = make_point("The tolls rose."), make_point("the tolls rose.")
    put(story.project, *points)
    story.project.points.edit(points[0].id, note="still editable")
    assert [end.entity_type for end in story.project.loose_ends.list()] == ["analyst", "point"]


def test_the_same_link_twice(story: Story) -> None:
    one, other = story.mark("Council"), story.mark("Mayor")
    put(
        story.project,
        make_relation(one, other),
        make_relation(one, other),
        make_relation(one, other, RelationKind.ANSWERS),
    )
    found = only(story.project)
    assert (found.kind, len(found.entity_ids)) == (LooseEndKind.SAME_LINK, 2)


def test_articles_with_the_same_text(story: Story) -> None:
    again = story.project.articles.add_text(TEXT, allow_duplicate=True)
    assert only(story.project).entity_ids == (story.article.id, again.id)
    story.project.articles.merge(again.id, story.article.id)
    assert story.project.loose_ends.list() == []


def test_link_to_what_is_deleted_but_not_of_comments(story: Story) -> None:
    marked = story.mark("Council", people=[("Dora Quill", "speaker")])
    with story.project.context.write() as uow:
        uow.delete(story.project.people.find("Dora Quill"))
        story.project.context.commit(uow, "From elsewhere")
    found = only(story.project)
    assert (found.kind, found.entity_ids) == (LooseEndKind.LINK_TO_DELETED, (marked.id,))
    assert found.message == "The passage “Council” leads to a person that has been deleted."
    story.project.comments.add(story.article.id, "Why?", annotation_id=marked.id)
    story.project.annotations.delete(marked.id)
    assert story.project.loose_ends.list() == []


def test_circles_of_affiliations_and_parents(story: Story) -> None:
    project = story.project
    one = project.people.add("One", kind="group")
    two = project.people.add("Two", kind="group", affiliation="One")
    project.people.add("Three", kind="group", affiliation="Two")
    put(project, replace(one, affiliation_id=two.id))
    found = only(project)
    assert (found.kind, found.entity_type) == (LooseEndKind.CIRCLE, Person.TYPE)
    assert found.entity_ids == tuple(sorted((one.id, two.id)))
