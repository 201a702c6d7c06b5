"""A review in words, as its minutes and the page for an analyst tell it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation, Role, Stance
from annotator.domain.articles import Article, BlockKind, TextVersion
from annotator.domain.codebook import Tag
from annotator.domain.comments import Comment
from annotator.domain.letters import letters
from annotator.domain.people import Person
from annotator.domain.places import Places
from annotator.domain.points import Point
from annotator.domain.relations import Relation
from annotator.domain.reviews import MemberRole, ReviewSession, SessionState
from annotator.formats.quote_sheet import ATTRIBUTIONS, OUTGOING
from annotator.formats.review_record import Said, Wordings
from annotator.services.merges import Merges
from annotator.services.references import shortened
from annotator.services.session_access import Team
from annotator.services.under_review import Gathered
from annotator.store.repository import Reader

_MONTHS = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_ROLES = {
    Role.SPEAKER: "speaker",
    Role.ON_BEHALF_OF: "on behalf of",
    Role.TARGET: "target",
    Role.ABOUT: "about",
    Role.REPORTED_BY: "reported by",
}
_STANCES = {Stance.ASSERTS: "asserts", Stance.DENIES: "denies", Stance.SUPPORTS: "supports"}
_QUOTE = 70
"""So many code points of a passage are quoted where another one is linked to it."""


def moment(at: str) -> str:
    """Return a moment (UTC) as people write it: ``24 November 2026, 09:30 UTC``; empty for an empty one."""
    if not at:
        return ""
    when = datetime.fromisoformat(at)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}, {when:%H:%M} UTC"


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """What is needed to say in words how passages are marked, links to merged entries resolved."""

    session: ReviewSession
    analysts: Mapping[str, Analyst]
    tags: Mapping[str, Tag]
    people: Mapping[str, Person]
    points: Mapping[str, Point]
    articles: Mapping[str, Article]
    texts: Mapping[str, TextVersion]
    outgoing: Mapping[str, Sequence[Relation]]
    ends: Mapping[str, Annotation]
    places: Mapping[str, Places]
    letters: Mapping[str, Mapping[str, str]]
    merges: Merges

    @classmethod
    def of(cls, reader: Reader, gathered: Gathered) -> ReviewWords:
        """Read what the words of a session are made of."""
        session = gathered.session
        texts = reader.get_many(TextVersion, {place.text_id for place in gathered.places})
        links = [*gathered.work.relations, *reader.all(Relation, session_id=session.id)]
        outgoing: dict[str, list[Relation]] = {}
        for relation in links:
            outgoing.setdefault(relation.source_id, []).append(relation)
        authors = Team.of(reader, session.id).authors
        hidden = session.hide_names and session.state is not SessionState.CLOSED
        return cls(
            session=session,
            analysts={analyst.id: analyst for analyst in reader.all(Analyst, deleted=True)},
            tags={tag.id: tag for tag in reader.all(Tag, deleted=True)},
            people={person.id: person for person in reader.all(Person, deleted=True)},
            points={point.id: point for point in reader.all(Point, deleted=True)},
            articles=reader.get_many(Article, {place.article_id for place in gathered.places}),
            texts=texts,
            places={id_: Places(text.text, text.blocks) for id_, text in texts.items()},
            outgoing=outgoing,
            ends=reader.get_many(Annotation, {relation.target_id for relation in links}),
            letters={
                place.article_id: letters(session.id, place.article_id, authors) for place in gathered.places if hidden
            },
            merges=Merges.of(reader),
        )

    def name(self, analyst_id: str | None, article_id: str = "") -> str:
        """Return what to call an analyst; on an article of a session that hides names, a letter."""
        letter = self.letters.get(article_id, {}).get(analyst_id or "")
        if letter is not None:
            return f"Analyst {letter}"
        analyst = self.analysts.get(analyst_id or "")
        return analyst.name if analyst else "somebody"

    def tag(self, id_: str) -> Tag:
        """Return the tag that stands for an id."""
        return self.tags[self.merges.tag(id_)]

    def wordings(self, annotations: Sequence[Annotation]) -> Wordings:
        """Return a passage, or the pieces of one, in words."""
        first, *_ = annotations
        tag = self.tag(first.tag_id)
        names = dict.fromkeys(self.tag(annotation.tag_id).name for annotation in annotations)
        said = dict.fromkeys(ATTRIBUTIONS[annotation.attribution] for annotation in annotations)
        notes = dict.fromkeys(annotation.note for annotation in annotations if annotation.note)
        return Wordings(
            quotes=tuple(annotation.quote for annotation in annotations),
            tag=", ".join(names),
            kind=tag.kind,
            people=tuple(dict.fromkeys(pair for annotation in annotations for pair in self._people(annotation))),
            attribution=", ".join(said),
            links=tuple(dict.fromkeys(link for annotation in annotations for link in self._links(annotation))),
            note=" ".join(notes),
        )

    def _people(self, annotation: Annotation) -> Iterator[tuple[str, str]]:
        for part in annotation.people:
            person = self.people.get(self.merges.person(part.person_id))
            yield _ROLES[part.role], person.name if person else ""

    def _links(self, annotation: Annotation) -> Iterator[str]:
        for relation in self.outgoing.get(annotation.id, ()):
            target = self.ends.get(relation.target_id)
            if target is not None and not target.deleted:
                yield f"{OUTGOING[relation.kind]} “{shortened(target.quote, _QUOTE)}”"
        for part in annotation.points:
            point = self.points.get(self.merges.point(part.point_id))
            if point is not None:
                yield f"{_STANCES[part.stance]} the point “{shortened(point.text, _QUOTE)}”"

    def place(self, text_id: str, offset: int) -> str:
        """Return where a passage stands: its block, when that is no ordinary paragraph, and the paragraph's number."""
        places = self.places[text_id]
        block, _ = places.block(offset)
        before = "" if block is BlockKind.BODY else f"{block.value}, "
        return f"{before}paragraph {places.paragraph(offset)}"

    def source(self, article: Article) -> str:
        """Return where an article appeared: outlet, byline, date."""
        return " · ".join(part for part in (article.outlet, article.byline, article.published_at) if part)

    def said(self, comments: Iterable[Comment], article_id: str) -> tuple[Said, ...]:
        """Return threads of comments, each with its answers behind it."""
        given = list(comments)
        answers: dict[str, list[Comment]] = {}
        for comment in given:
            if comment.parent_id is not None:
                answers.setdefault(comment.parent_id, []).append(comment)
        known = {comment.id for comment in given}
        found: list[Said] = []
        todo = [(comment, False) for comment in reversed(given) if comment.parent_id not in known]
        while todo:
            comment, answer = todo.pop()
            found.append(
                Said(
                    who=self.name(comment.analyst_id, article_id),
                    at=moment(comment.created_at),
                    text=comment.text,
                    answer=answer,
                    resolved=comment.resolved_at is not None,
                )
            )
            todo += [(reply, True) for reply in reversed(answers.get(comment.id, []))]
        return tuple(found)


def roles_in_words(roles: Collection[MemberRole]) -> str:
    """Return the roles of a member."""
    return ", ".join(role.value for role in MemberRole if role in roles)
