"""The register of people."""

from __future__ import annotations

import pytest

from annotator.domain.errors import ConflictError, NotFoundError, RuleError, UsageError
from annotator.domain.people import Alias, PersonKind
from annotator.services.name_matching import likeness
from annotator.services.people import NewPerson
from annotator.services.project import Project
from tests.services.conftest import Story


def test_person_is_added_with_everything(project: Project) -> None:
    council = project.people.add("Quill Council", kind="organisation")
    brandt = project.people.add(
        " Ivo Brandt ",
        aliases=["Mr Brandt", Alias(text="the mayor", valid_from="2022")],
        position="mayor",
        affiliation="quill council",
        external_id="Q1",
        note="since 2022",
    )
    assert (brandt.name, brandt.position, brandt.external_id) == ("Ivo Brandt", "mayor", "Q1")
    assert [alias.text for alias in brandt.aliases] == ["Mr Brandt", "the mayor"]
    assert brandt.affiliation_id == council.id
    assert project.people.get(brandt.id) == brandt
    assert [person.name for person in project.people.list()] == ["Ivo Brandt", "Quill Council"]


def test_equal_names_are_refused(project: Project) -> None:
    project.people.add("Zoë Quill")
    with pytest.raises(RuleError, match="already"):
        project.people.add("ZOE  QUILL")
    with pytest.raises(RuleError, match="already"):
        project.people.edit(project.people.add("Z. Quill").id, name="Zoë Quill")


def test_person_is_found_by_id_name_or_alias(project: Project) -> None:
    zoe = project.people.add("Zoë Quill", aliases=["Ms Quill"])
    for who in (zoe.id, "Zoe Quill", "ms quill"):
        assert project.people.find(who) == zoe
    with pytest.raises(NotFoundError):
        project.people.find("Quill")
    project.people.add("Dora Quill", aliases=["Ms Quill"])
    with pytest.raises(UsageError, match="Dora Quill, Zoë Quill"):
        project.people.find("Ms Quill")


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"name": "Ivo B. Brandt"}, "Rename Ivo Brandt"),
        ({"note": "n"}, "Change note on Ivo Brandt"),
        ({"aliases": ["Mr Brandt"]}, "Change aliases of Ivo Brandt"),
        ({"kind": "group"}, "Change kind of Ivo Brandt"),
        ({"note": "n", "position": "mayor"}, "Edit Ivo Brandt"),
    ],
)
def test_edits_are_named(project: Project, fields: dict[str, object], label: str) -> None:
    brandt = project.people.add("Ivo Brandt")
    assert project.people.edit(brandt.id, expected=brandt.version, **fields).label == label
    with pytest.raises(ConflictError):
        project.people.edit(brandt.id, expected=brandt.version, external_id="x")


def test_affiliation_is_set_by_name_taken_away_and_never_goes_in_a_circle(project: Project) -> None:
    council = project.people.add("Council", kind="organisation")
    office = project.people.add("Roads Office", kind="organisation", affiliation="Council")
    with pytest.raises(RuleError):
        project.people.edit(council.id, affiliation="Roads Office")
    with pytest.raises(RuleError):
        project.people.edit(council.id, affiliation_id=council.id)
    with pytest.raises(NotFoundError):
        project.people.edit(council.id, affiliation_id="nobody")
    project.people.edit(office.id, affiliation=None)
    assert project.people.get(office.id).affiliation_id is None


@pytest.mark.parametrize("aliases", ["Mr Brandt", 3, [3]])
def test_aliases_are_a_sequence_of_names(project: Project, aliases: object) -> None:
    with pytest.raises(UsageError):
        project.people.edit(project.people.add("Ivo Brandt").id, aliases=aliases)


def test_merge_writes_one_row_and_is_undone(story: Story) -> None:
    people = story.project.people
    marked = story.mark("Mayor Ivo Brandt denied it", people=[("Mr Brandt", "speaker")])
    mr, ivo = people.find("Mr Brandt"), people.add("Ivo Brandt")
    change = people.merge(mr.id, ivo.id)
    assert [(edit.entity.id, change.label) for edit in change.edits] == [(mr.id, "Merge Mr Brandt into Ivo Brandt")]
    assert [person.id for person in people.list()] == [ivo.id]
    assert people.find("Mr Brandt") == people.get(mr.id) == ivo
    assert people.resolve(mr.id) == ivo.id
    assert people.usage() == {ivo.id: 1}
    assert [(m.person.id, m.text) for m in people.match("Mr B")] == [(ivo.id, "Mr Brandt")]
    story.project.history.undo()
    assert people.usage() == {mr.id: 1}
    assert story.project.annotations.get(marked.id) == marked


def test_merging_into_somebody_who_was_merged_goes_to_who_stands(project: Project) -> None:
    one, two, three = (project.people.add(name).id for name in ("One", "Two", "Three"))
    project.people.merge(one, two)
    with pytest.raises(RuleError, match="already"):
        project.people.merge(two, one)
    with pytest.raises(RuleError, match="already"):
        project.people.merge(one, three)
    project.people.merge(two, three)
    assert project.people.resolve(one) == three
    project.people.separate(two)
    assert project.people.resolve(one) == two
    with pytest.raises(RuleError):
        project.people.separate(two)


def test_affiliation_with_somebody_merged_is_read_as_who_stands(project: Project) -> None:
    council = project.people.add("Council", kind="organisation")
    town = project.people.add("Town of Quill", kind="organisation")
    mayor = project.people.add("Ivo Brandt", affiliation="Council")
    project.people.merge(council.id, town.id)
    assert project.people.get(mayor.id).affiliation_id == town.id
    assert {p.name: p.affiliation_id for p in project.people.list()} == {"Ivo Brandt": town.id, "Town of Quill": None}


def test_unnamed_source_gets_a_name(story: Story) -> None:
    people = story.project.people
    aide = people.add("an aide", kind="unnamed", article_id=story.article.id)
    people.edit(aide.id, kind="person", name="Cy Dahl")
    assert (people.get(aide.id).article_id, people.find("Cy Dahl").id) == (None, aide.id)
    with pytest.raises(RuleError):
        people.edit(aide.id, kind="unnamed")


def test_organisation_and_member_are_not_merged(project: Project) -> None:
    council = project.people.add("Council", kind="organisation")
    mayor = project.people.add("Ivo Brandt", affiliation="Council")
    with pytest.raises(RuleError):
        project.people.merge(mayor.id, council.id)


def test_only_who_is_nowhere_named_is_deleted(story: Story) -> None:
    people = story.project.people
    story.mark("Mayor Ivo Brandt denied it", people=[("Ivo Brandt", "speaker")])
    council = people.add("Council", kind="organisation")
    with pytest.raises(RuleError, match="still named"):
        people.delete(people.find("Ivo Brandt").id)
    people.edit(people.find("Ivo Brandt").id, affiliation="Council")
    with pytest.raises(RuleError, match="Ivo Brandt"):
        people.delete(council.id)
    people.edit(people.find("Ivo Brandt").id, affiliation=None)
    people.delete(council.id)
    with pytest.raises(NotFoundError):
        people.get(council.id)


def test_unnamed_source_is_offered_in_its_own_article_only(story: Story) -> None:
    project = story.project
    other = project.articles.add_text("Another article altogether.\n", title="Other")
    marked = story.mark("There was no secret", people=[(NewPerson(name="an aide", kind=PersonKind.UNNAMED), "speaker")])
    aide = project.people.get(marked.people[0].person_id)
    assert aide.article_id == story.article.id
    assert [m.person for m in project.people.match("an aide", article=story.article)] == [aide]
    assert project.people.match("an aide", article=other.id) == []
    assert project.people.match("an aide") == []
    assert project.people.find("an aide", article_id=story.article.id) == aide
    with pytest.raises(NotFoundError):
        project.people.find("an aide", article_id=other.id)


def test_match_puts_the_beginning_of_words_before_slips_of_the_finger(project: Project) -> None:
    for name in ("Ivo Brandt", "Brandt Holding", "Dora Quill", "Ivan Brand"):
        project.people.add(name)
    assert [m.person.name for m in project.people.match("brandt")][:2] == ["Brandt Holding", "Ivo Brandt"]
    assert project.people.match("Ivo Brant")[0].person.name == "Ivo Brandt"
    assert project.people.match("i brandt")[0].person.name == "Ivo Brandt"
    assert project.people.match("Dora Quill")[0].score == 100
    assert project.people.match("xyzzy") == []
    assert len(project.people.match("b", limit=1)) == 1


def test_little_words_make_no_two_names_alike(project: Project) -> None:
    project.people.add("the letter")
    office = project.people.add("Harbour office of Grauhaven")
    found = project.people.match("The harbour office of Grauhaven")
    assert [match.person.id for match in found] == [office.id]


def test_match_of_nothing_offers_who_is_named_most(story: Story) -> None:
    story.project.people.add("Aaron Able")
    story.mark("Mayor Ivo Brandt denied it", people=[("Ivo Brandt", "speaker")])
    assert [m.person.name for m in story.project.people.match("")] == ["Ivo Brandt", "Aaron Able"]


def test_alias_is_offered_by_the_date_of_the_article(project: Project) -> None:
    project.people.add("Ivo Brandt", aliases=[Alias(text="the mayor", valid_from="2022-05")])
    project.people.add("Ada Holm", aliases=[Alias(text="the mayor", valid_to="2022-04")])
    old = project.articles.add_text("Old.\n", published_at="2020-03")
    new = project.articles.add_text("New.\n", published_at="2024")
    undated = project.articles.add_text("Undated.\n")
    assert [m.person.name for m in project.people.match("the mayor", article=old)] == ["Ada Holm"]
    assert [m.person.name for m in project.people.match("the mayor", article=new)] == ["Ivo Brandt"]
    assert len(project.people.match("the mayor", article=undated)) == 2


@pytest.mark.parametrize(("typed", "name"), [("z", "dora quill"), ("qx", "dora quill"), ("holding", "dora quill")])
def test_other_names_are_not_alike(typed: str, name: str) -> None:
    assert likeness(typed, name) < 62
