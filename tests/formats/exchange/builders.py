"""Project states for tests of the exchange format, made in memory."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any, TypeVar

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation, AnnotationPerson, AnnotationPoint, Role, Stance
from annotator.domain.articles import Block, BlockKind, TextVersion
from annotator.domain.codebook import TagKind, default_tags
from annotator.domain.entities import ENTITIES, owner_of
from annotator.domain.entity import Entity
from annotator.domain.ids import derived_id
from annotator.domain.people import Alias, PersonKind
from annotator.domain.projects import Setting
from annotator.domain.reviews import (
    CardRow,
    ClusterMember,
    DecidedRow,
    Decision,
    DecisionOutcome,
    MemberRole,
    ReasonCode,
    SessionArticle,
    SessionMember,
    Submission,
    Verdict,
    VerdictOutcome,
    decision_id,
    member_id,
    session_article_id,
    submission_id,
    verdict_id,
)
from annotator.domain.versions import Version, content_of, version_hash
from annotator.formats.exchange.state import ExportOptions, JournalEntry, ProjectHistory, ProjectState
from annotator.formats.exchange.writing import document_of
from tests import factories

E = TypeVar("E", bound=Entity)

AT = "2026-11-24T09:30:00.000Z"
TEXT = (
    "Mayor sold the bridge\n\n“Nobody sold anything,” said Dora Quill, 🌉 née Pike.\n\n"
    "The ledger shows 4,200\u00a0crowns."
)
_IDS = "0d9f5a5e-58f1-5a53-9a0e-6f6a4a9b8a11"


def fixed_id(name: str) -> str:
    """Return the same id for the same name, so that documents made here are the same in every run."""
    return derived_id(_IDS, name)


class StateBuilder:
    """Writes entities as a project would: each put is a change with one version."""

    def __init__(self) -> None:
        self._entities: dict[type[Entity], dict[str, Entity]] = defaultdict(dict)
        self.versions: dict[str, Version] = {}
        self.changes: list[JournalEntry] = []

    def put(self, entity: E, by: Analyst | None = None, *, parents: tuple[str, ...] | None = None) -> E:
        before = self._entities[type(entity)].get(entity.id)
        at = f"2026-11-24T09:30:{len(self.versions) % 60:02}.000Z"
        if not entity.created_at:
            entity = replace(entity, created_at=at)
        if parents is None:
            parents = () if before is None else (before.version,)
        revision = 1 + max((self.versions[p].revision for p in parents if p in self.versions), default=0)
        by_id = None if by is None else by.id
        change = JournalEntry(fixed_id(f"change {len(self.changes)}"), at, by_id, "desk", f"Put {entity.TYPE}")
        content = content_of(entity)
        hash_ = version_hash(entity.TYPE, entity.id, content, revision, parents, at, by_id, "desk")
        entity = replace(entity, revision=revision, version=hash_, updated_at=at, updated_by=by_id)
        self.versions[hash_] = Version(
            hash_, entity.TYPE, entity.id, revision, parents, content, at, by_id, "desk", change.id, owner_of(entity)
        )
        self.changes.append(change)
        if before is None or (-revision, hash_) <= (-before.revision, before.version):
            self._entities[type(entity)][entity.id] = entity
        return entity

    def one(self, cls: type[E], name: str) -> E:
        """Return what was put under ``fixed_id(name)``."""
        entity = self._entities[cls][fixed_id(name)]
        assert isinstance(entity, cls)
        return entity

    def state(self) -> ProjectState:
        return ProjectState(
            entities={cls: sorted(self._entities[cls].values(), key=lambda e: e.id) for cls in ENTITIES},
            versions=dict(self.versions),
            changes=tuple(self.changes),
        )


def full_builder() -> StateBuilder:
    """Return a project that uses every entity, every part, and most fields."""
    builder = StateBuilder()
    settings = (Setting(name="iou", value="0.5"),)
    builder.put(factories.make_project(id=fixed_id("project"), description="Who sold it?", settings=settings))
    ann = builder.put(factories.make_analyst("Ann Bell", id=fixed_id("ann"), colour="#336699"))
    bo = builder.put(factories.make_analyst("Bo Crane", id=fixed_id("bo")))
    tags = {tag.kind: builder.put(tag) for tag in default_tags()}
    claim, denial = tags[TagKind.CLAIM], tags[TagKind.DENIAL]
    builder.put(factories.make_tag("Insult", id=fixed_id("insult"), parent_id=claim.id, kind=TagKind.CLAIM), ann)
    party = builder.put(factories.make_person("Bridge Party", id=fixed_id("party"), kind=PersonKind.ORGANISATION), ann)
    aliases = (Alias(text="Ms Quill"), Alias(text="the mayor", valid_from="2024", valid_to="2025-03"))
    dora = builder.put(
        factories.make_person(id=fixed_id("dora"), aliases=aliases, affiliation_id=party.id, note="née Pike"), ann
    )
    double = builder.put(factories.make_person("D. Quill", id=fixed_id("double"), merged_into=dora.id), ann)
    point = builder.put(factories.make_point(id=fixed_id("point")), ann)
    article = factories.make_article(id=fixed_id("article"), published_at="2024-10", note="from the archive")
    text = factories.make_text(article, TEXT, id=fixed_id("text"))
    blocks = (
        Block(start=0, end=21, kind=BlockKind.HEADLINE),
        Block(start=23, end=77, kind=BlockKind.BODY),
        Block(start=79, end=len(TEXT), kind=BlockKind.CAPTION),
    )
    article = builder.put(replace(article, current_text_id=text.id), ann)
    text = builder.put(replace(text, blocks=blocks), ann)
    people = (
        AnnotationPerson(person_id=dora.id, role=Role.SPEAKER, mention_start=53, mention_end=63),
        AnnotationPerson(person_id=double.id, role=Role.ABOUT),
    )
    points = (AnnotationPoint(point_id=point.id, stance=Stance.DENIES),)
    made: dict[str, Any] = {"id": fixed_id("a1"), "people": people, "points": points, "note": "sure?"}
    first = builder.put(factories.make_annotation(text, denial, ann, 24, 45, **made), ann)
    first = builder.put(replace(first, note="quite sure"), ann)
    second = builder.put(factories.make_annotation(text, claim, bo, 0, 21, id=fixed_id("a2"), unsure=True), bo)
    gone = builder.put(factories.make_annotation(text, claim, bo, 0, 5, id=fixed_id("a3")), bo)
    builder.put(replace(gone, deleted_at=AT), bo)
    builder.put(factories.make_relation(first, second, id=fixed_id("r1"), note="plainly"), ann)
    comment = builder.put(
        factories.make_comment(article, bo, id=fixed_id("c1"), text_id=text.id, start=0, end=5, quote="Mayor"), bo
    )
    builder.put(factories.make_comment(article, ann, "No.", id=fixed_id("c2"), parent_id=comment.id), ann)
    _put_session(builder, ann, bo, first)
    return builder


def _put_session(builder: StateBuilder, lead: Analyst, author: Analyst, passage: Annotation) -> None:
    """Add a review session with everything that one may have: ``passage`` was rejected, the cluster parked."""
    session = builder.put(factories.make_session(id=fixed_id("session"), name="Week 40", codebook="[]"), lead)
    member = member_id(session.id, author.id, MemberRole.AUTHOR)
    builder.put(SessionMember(id=member, session_id=session.id, analyst_id=author.id), lead)
    place = session_article_id(session.id, passage.article_id)
    builder.put(
        SessionArticle(id=place, session_id=session.id, article_id=passage.article_id, text_id=passage.text_id), lead
    )
    submitted = submission_id(session.id, passage.text_id, author.id)
    builder.put(
        Submission(id=submitted, session_id=session.id, text_id=passage.text_id, analyst_id=author.id, count=1), author
    )
    looked_at = ClusterMember(annotation_id=passage.id, of_version=passage.version)
    builder.put(
        Verdict(
            id=verdict_id(session.id, passage.id, passage.version, lead.id),
            session_id=session.id,
            annotation_id=passage.id,
            of_version=passage.version,
            analyst_id=lead.id,
            outcome=VerdictOutcome.REJECT,
            reason_code=ReasonCode.SLIP,
            comment="The verb belongs to it.",
        ),
        lead,
    )
    builder.put(
        Decision(
            id=decision_id(session.id, [passage.version]),
            session_id=session.id,
            text_id=passage.text_id,
            outcome=DecisionOutcome.PARKED,
            members=(looked_at,),
            taken_from=author.id,
            rows=(DecidedRow(row=CardRow.TAG, taken_from=lead.id), DecidedRow(row=CardRow.ENDS, by_hand=True)),
            comment="Ask the desk.",
        ),
        lead,
    )


def full_state() -> ProjectState:
    """Return the state of :func:`full_builder`."""
    return full_builder().state()


def document(state: ProjectState | None = None, **options: Any) -> dict[str, Any]:
    """Return the exchange document of a state, the full one by default."""
    history = history_of(state or full_state())
    return document_of(history, ExportOptions(**options), exported_at="2026-11-24T09:30:00Z")


def history_of(state: ProjectState) -> ProjectHistory:
    """Return what an export of a state is made of."""
    texts = {text.id: (text.text, text.source_bytes) for text in state.of(TextVersion)}
    return ProjectHistory(versions=list(state.versions.values()), changes=state.changes, texts=texts)
