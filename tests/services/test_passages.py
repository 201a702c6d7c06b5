from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.annotations import Annotation, Role
from annotator.domain.articles import BlockKind
from annotator.domain.errors import NotFoundError
from annotator.domain.passages import RECOGNISED_BY, PassageFilter, Unfinished
from annotator.domain.people import PersonKind
from annotator.services.project import Project, create_project, open_project

FIRST = (
    "Harbour toll was doubled in secret, says league\n\n"
    "The harbour toll was doubled in secret, the Fishers’ League said on Monday.\n\n"
    "‘Nobody asked us,’ said Ada Lund, who speaks for the league.\n\n"
    "Mayor Bo Ek denied it. ‘Every figure was published,’ Mr Ek said.\n\n"
    "The harbour toll was doubled in secret, the Fishers’ League said"
)
SECOND = "Toll row\n\nBo Ek told this paper: ‘Every figure was published.’\n\nBo Ek left early."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create_project(str(tmp_path / "toll.annotator"), name="Toll", analyst="Cy Dahl") as made:
        yield made


def mark(project: Project, article_id: str, words: str, tag: str, **more: object) -> Annotation:
    text = project.articles.text(article_id).text
    start = text.index(words)
    return project.annotations.add(article_id, start=start, end=start + len(words), tag=tag, **more)  # type: ignore[arg-type]


class Story:
    def __init__(self, project: Project) -> None:
        self.first = project.articles.add_text(FIRST, outlet="Harbour Post", published_at="2026-03-02").id
        self.second = project.articles.add_text(SECOND, outlet="Daily Quay", published_at="2026-04").id
        self.league = project.people.add("Fishers’ League", kind=PersonKind.ORGANISATION).id
        self.lund = project.people.add("Ada Lund", affiliation=self.league).id
        self.ek = project.people.add("Bo Ek").id
        self.claim = mark(
            project, self.first, "The harbour toll was doubled in secret", "Claim", people=[(self.league, "speaker")]
        )
        self.asked = mark(
            project, self.first, "‘Nobody asked us,’", "Claim", people=[(self.lund, "speaker"), (self.ek, "target")]
        )
        self.denial = mark(
            project, self.first, "‘Every figure was published,’", "Denial", people=[(self.ek, "speaker")]
        )
        self.again = mark(
            project, self.second, "‘Every figure was published.’", "Denial", people=[(self.ek, "speaker")], unsure=True
        )
        project.relations.add(self.denial.id, self.claim.id)


@pytest.fixture
def story(project: Project) -> Story:
    return Story(project)


def ids(project: Project, **wanted: object) -> list[str]:
    return [row.annotation.id for row in project.passages.query(PassageFilter(**wanted))]  # type: ignore[arg-type]


def test_everything_that_somebody_said_across_articles_in_order(project: Project, story: Story) -> None:
    rows = project.passages.query(PassageFilter(person_id=story.ek, roles=frozenset({Role.SPEAKER})))
    assert [row.annotation.id for row in rows] == [story.denial.id, story.again.id]
    assert [row.article.outlet for row in rows] == ["Harbour Post", "Daily Quay"]
    assert rows[0].speakers == ("Bo Ek",)
    assert rows[0].paragraph == 4
    assert rows[0].block is BlockKind.BODY
    assert ids(project, person_id=story.ek) == [story.asked.id, story.denial.id, story.again.id]


def test_the_brief_list_has_the_same_passages_speakers_and_tags_in_the_same_order(
    project: Project, story: Story
) -> None:
    other = project.people.add("B. Ek").id
    for passage in (story.claim, story.denial):
        project.annotations.add_person(passage.id, other, Role.SPEAKER)
    project.people.merge(other, story.ek)
    mark(project, story.second, "Bo Ek left early", "Evidence")
    gone = mark(project, story.second, "Toll row", "Claim")
    project.annotations.delete(gone.id)
    brief = project.passages.brief()
    rows = project.passages.query()
    assert [passage.annotation_id for passage in brief] == [row.annotation.id for row in rows]
    assert [(passage.quote, passage.speakers, passage.tag, passage.article) for passage in brief] == [
        (row.annotation.quote, row.speakers, row.tag, row.article) for row in rows
    ]
    assert brief[0].speakers == ("Fishers’ League", "Bo Ek")


def test_a_whole_article_that_was_marked_is_told_by_where_it_begins(project: Project) -> None:
    article = project.articles.add_text("Toll. " * RECOGNISED_BY)
    project.annotations.add(article.id, start=0, end=6 * RECOGNISED_BY - 1, tag="Claim")
    (brief,) = project.passages.brief()
    assert brief.quote == ("Toll. " * RECOGNISED_BY)[:RECOGNISED_BY]


def test_members_count_as_their_organisation_only_when_asked_for(project: Project, story: Story) -> None:
    assert ids(project, person_id=story.league) == [story.claim.id]
    assert ids(project, person_id=story.league, with_members=True) == [story.claim.id, story.asked.id]


def test_a_principal_counts_as_speaker_with_spokesmen_only(project: Project, story: Story) -> None:
    project.annotations.add_person(story.asked.id, story.league, Role.ON_BEHALF_OF)
    speaker = frozenset({Role.SPEAKER})
    assert story.asked.id not in ids(project, person_id=story.league, roles=speaker)
    assert story.asked.id in ids(project, person_id=story.league, roles=speaker, with_members=True)


def test_filters_by_tag_article_date_layer_and_words(project: Project, story: Story) -> None:
    denial = next(tag.id for tag in project.codebook.tags() if tag.name == "Denial")
    assert ids(project, tag_id=denial) == [story.denial.id, story.again.id]
    child = project.codebook.add("Flat denial", parent=denial)
    project.annotations.edit(story.again.id, tag=child.id)
    assert ids(project, tag_id=denial) == [story.denial.id, story.again.id]
    assert ids(project, article_id=story.second) == [story.again.id]
    assert ids(project, date_from="2026-04") == [story.again.id]
    assert story.again.id not in ids(project, date_to="2026-03")
    assert ids(project, text="figure PUBLISHED,") == [story.denial.id]
    assert project.analyst is not None
    assert len(ids(project, layer=project.analyst.id)) == 4
    assert len(ids(project, layer="mine")) == len(ids(project, layer="CD")) == 4
    with pytest.raises(NotFoundError):
        ids(project, layer="nobody")


def test_what_a_passage_answers_and_what_answers_it(project: Project, story: Story) -> None:
    rows = {row.annotation.id: row for row in project.passages.query()}
    (answer,) = rows[story.denial.id].answers
    assert (answer.kind, answer.outgoing, answer.annotation_id) == ("rebuts", True, story.claim.id)
    assert answer.speakers == ("Fishers’ League",)
    (back,) = rows[story.claim.id].answers
    assert (back.outgoing, back.annotation_id) == (False, story.denial.id)


def test_answers_stand_in_the_order_of_reading_whatever_order_they_were_made_in(project: Project, story: Story) -> None:
    far = mark(project, story.second, "Toll row", "Claim")
    for other in (far, story.again, story.asked):
        project.relations.add(other.id, story.denial.id, "qualifies")
    project.relations.add(story.denial.id, far.id, "answers")
    for wanted in (PassageFilter(), PassageFilter(article_id=story.first)):
        rows = {row.annotation.id: row for row in project.passages.query(wanted)}
        found = [(answer.outgoing, answer.annotation_id) for answer in rows[story.denial.id].answers]
        assert found == [
            (True, story.claim.id),
            (True, far.id),
            (False, story.asked.id),
            (False, far.id),
            (False, story.again.id),
        ]


def test_repeats_are_grouped_by_words_and_by_relations(project: Project, story: Story) -> None:
    rows = {row.annotation.id: row for row in project.passages.query()}
    assert rows[story.again.id].group == story.denial.id
    caption = project.articles.text(story.first).text.rindex("The harbour toll")
    copy = project.annotations.add(story.first, start=caption, end=caption + 38, tag="Claim")
    rows = {row.annotation.id: row for row in project.passages.query()}
    assert rows[copy.id].group == story.claim.id
    assert rows[copy.id].repeats
    assert not rows[story.claim.id].repeats


def test_what_is_still_to_finish(project: Project, story: Story) -> None:
    found = {row.annotation.id: row.unfinished for row in project.passages.to_finish()}
    assert found == {story.again.id: (Unfinished.DENIAL_OPEN, Unfinished.UNSURE)}
    mute = mark(project, story.second, "left early", "Claim")
    assert project.passages.to_finish()[-1].unfinished == (Unfinished.NO_SPEAKER,)
    project.annotations.edit(mute.id, attribution="narration")
    assert mute.id not in {row.annotation.id for row in project.passages.to_finish()}
    project.relations.add(story.again.id, story.claim.id)
    project.annotations.edit(story.again.id, unsure=False)
    assert project.passages.to_finish() == []


def test_a_merged_person_is_found_under_the_winner(project: Project, story: Story) -> None:
    other = project.people.add("B. Ek").id
    project.annotations.set_people(story.again.id, [(other, "speaker")])
    assert story.again.id not in ids(project, person_id=story.ek)
    project.people.merge(other, story.ek)
    assert story.again.id in ids(project, person_id=story.ek)
    assert story.again.id in ids(project, person_id=other)


def test_named_here_but_not_marked(project: Project, story: Story) -> None:
    places = project.passages.named_but_unmarked(story.ek)
    texts = {place.text_id: project.articles.text(place.article.id).text for place in places}
    assert all("Ek" in texts[place.text_id][place.start : place.end] for place in places)
    assert project.passages.named_but_unmarked(project.people.add("Zed Ono").id) == []
    left = [place for place in places if place.context == "Bo Ek left early."]
    assert len(left) == 1
    mark(project, story.second, "Bo Ek left early", "Evidence", people=[(story.ek, "about")])
    assert all(place.context != "Bo Ek left early." for place in project.passages.named_but_unmarked(story.ek))


def test_a_deleted_passage_and_a_deleted_relation_are_gone(project: Project, story: Story) -> None:
    project.annotations.delete(story.denial.id)
    rows = {row.annotation.id: row for row in project.passages.query()}
    assert story.denial.id not in rows
    assert rows[story.claim.id].answers == ()


def test_the_list_is_the_same_after_reopening(project: Project, story: Story) -> None:
    before = project.passages.query()
    location = project.location
    project.close()
    with open_project(location) as again:
        assert again.passages.query() == before
