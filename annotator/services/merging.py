"""Merging: what taking in an exchange document of this program would do, worked out before anything is written.

Merging is a union of versions: nothing is overwritten, conflicts are told, names are proposed as one and
never made one silently.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation
from annotator.domain.articles import TextVersion
from annotator.domain.codebook import Tag
from annotator.domain.errors import Problem
from annotator.domain.projects import Project
from annotator.domain.reviews import SessionArticle
from annotator.domain.versions import Version, entity_from, heads_of, in_conflict
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.packet import PacketHead
from annotator.formats.exchange.reading import Document
from annotator.formats.exchange.state import ProjectState
from annotator.services.alike import Alike, alike, equal_analysts, name_of
from annotator.services.authorship import check_authorship
from annotator.services.packet_rules import PacketRules
from annotator.services.sealing import kept_apart, sealed


@dataclass(frozen=True, slots=True)
class Conflict:
    """An entity whose heads say different things; the first one is shown until a person decides."""

    entity_type: str
    entity_id: str
    name: str
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """Something that the project has already, with other content in the file; ``taken`` tells whether it was chosen."""

    entity_type: str
    entity_id: str
    name: str
    path: str
    fields: tuple[str, ...]
    taken: bool = False


@dataclass(frozen=True, slots=True)
class OtherText:
    """An article of a review session on which the sender worked in other words than the session has here.

    ``passages``: how many; 0 while that is not told.
    """

    article_id: str
    name: str
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeReport:
    """What taking a file in did, or in a dry run would do.

    ``kind``: ``merge`` for a file of this program, ``import`` for one of another. ``added`` and ``changed`` count
    entities by type, ``known`` those of which nothing is new. ``taken_over``: the project was empty and became the
    file's. ``left_out``: what was not taken, and why. ``backup``: where the project was saved before, empty when it was
    not. ``packet``: the head of a review packet. ``text_differs``: where its work is on other texts. ``sealed``: why
    nothing of it is taken in yet, and nothing told. ``apart``: something is taken in that a blind session keeps apart;
    how much it is, and what, is told after the reveal.
    """

    kind: str
    dry_run: bool
    added: Mapping[str, int]
    changed: Mapping[str, int]
    conflicts: tuple[Conflict, ...] = ()
    alike: tuple[Alike, ...] = ()
    differing: tuple[Differing, ...] = ()
    left_out: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    taken_over: bool = False
    backup: str = ""
    packet: PacketHead | None = None
    known: Mapping[str, int] = field(default_factory=dict)
    text_differs: tuple[OtherText, ...] = ()
    sealed: str = ""
    apart: bool = False

    @property
    def nothing_new(self) -> bool:
        """Whether the project holds all of it already."""
        return not (self.added or self.changed or self.sealed or self.apart)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The versions to take in with what they need, and the report on it; ``fresh``: there is anything new in them."""

    versions: tuple[Version, ...]
    texts: Mapping[str, tuple[str, bytes | None]]
    report: MergeReport
    fresh: bool


def is_empty(state: ProjectState) -> bool:
    """Whether nothing was written in a project since it was made: it has no more than what was made with it."""
    beginnings = (Project, Analyst, Tag)
    return all(cls in beginnings or not of_class for cls, of_class in state.entities.items()) and all(
        version.by is None for version in state.versions.values()
    )


def plan_merge(
    state: ProjectState, document: Document, me: Analyst | None, findings: Findings, *, dry_run: bool
) -> Plan:
    """Return what merging ``document`` into the project of ``me`` means; notes in ``findings`` what forbids it."""
    take_over = document.project_id != state.project.id
    if take_over:
        if not is_empty(state):
            findings.problem(
                "$.project.id",
                "The file is of another project. Open that project to merge it, or make a new project for it.",
            )
            return _nothing(document, dry_run=dry_run)
        state = ProjectState(entities={Project: [state.project]}, versions={})
    if document.packet is not None:
        PacketRules(state, document, document.packet, me, take_over).check(findings)
    check_authorship(state, document, findings)
    why = sealed(state, document, me)
    if why:
        return _nothing(document, dry_run=dry_run, why=why)
    texts = _texts(state, document, findings)
    apart = kept_apart(state, document, me)
    added, changed, known, conflicts = _outcome(state, document, apart)
    report = MergeReport(
        kind="merge",
        dry_run=dry_run,
        added=added,
        changed=changed,
        conflicts=tuple(conflicts),
        alike=tuple(pair for pair in alike(state, document) if pair.theirs not in apart),
        warnings=(*findings.warnings, *equal_analysts(state, document)),
        taken_over=take_over,
        packet=document.packet,
        known=known,
        text_differs=tuple(_other_texts(state, document, apart)),
        apart=any(v.entity_id in apart and v.hash not in state.versions for v in document.versions.values()),
    )
    return Plan(
        versions=tuple(document.versions.values()), texts=texts, report=report, fresh=_has_news(state, document)
    )


def _nothing(document: Document, *, dry_run: bool, why: str = "") -> Plan:
    """Return the plan that takes nothing in and tells nothing of what is in the file."""
    report = MergeReport(kind="merge", dry_run=dry_run, added={}, changed={}, packet=document.packet, sealed=why)
    return Plan(versions=(), texts={}, report=report, fresh=False)


def _has_news(state: ProjectState, document: Document) -> bool:
    """Whether the file knows a version, a change, an ancestor or an original file that the project does not."""
    changes = {change.id for change in state.changes}
    if any(change.id not in changes for change in document.changes):
        return True
    without = {text.id for text in state.of(TextVersion) if text.source_bytes is None}
    if any(source is not None and id_ in without for id_, (_text, source) in document.texts.items()):
        return True
    for hash_, version in document.versions.items():
        known = state.versions.get(hash_)
        if known is None or set(version.told_ancestors) - set(known.told_ancestors) - set(known.parents):
            return True
    return False


def _texts(state: ProjectState, document: Document, findings: Findings) -> dict[str, tuple[str, bytes | None]]:
    """Return the text and original of every text version, from the file or, left out there, from the project."""
    known = {text.id: text for text in state.of(TextVersion)}
    by_hash = {text.sha256: text for text in known.values()}
    texts = dict(document.texts)
    for entry in document.of(TextVersion):
        text = entry.entity
        assert isinstance(text, TextVersion)
        if text.id in known and known[text.id].sha256 != text.sha256:
            findings.problem(
                f"{entry.path}.sha256", "The project has another text under this id; a text never changes."
            )
        if text.id in texts:
            continue
        ours = by_hash.get(text.sha256)
        if ours is None:
            findings.problem(
                f"{entry.path}.text", "The text is left out of the file, and the project has no such text."
            )
        else:
            texts[text.id] = (ours.text, ours.source_bytes)
    return texts


def _other_texts(state: ProjectState, document: Document, apart: Set[str]) -> Iterator[OtherText]:
    """Yield the articles of a packet's session with passages on other words than the session has here."""
    if document.packet is None:
        return
    hashes = {text.id: text.sha256 for text in state.of(TextVersion)}
    hashes |= {e.entity.id: e.entity.sha256 for e in document.of(TextVersion) if isinstance(e.entity, TextVersion)}
    pinned = {
        held.article_id: hashes[held.text_id]
        for held in state.of(SessionArticle)
        if held.session_id == document.packet.session_id and not held.deleted
    }
    others: Counter[str] = Counter()
    for entry in document.of(Annotation):
        passage = entry.entity
        assert isinstance(passage, Annotation)
        if hashes[passage.text_id] != pinned.get(passage.article_id, hashes[passage.text_id]) and not passage.deleted:
            others[passage.article_id] += passage.id not in apart
    for article_id, passages in others.items():
        yield OtherText(article_id, name_of(document.entries[article_id].entity), passages)


def _outcome(
    state: ProjectState, document: Document, apart: Set[str]
) -> tuple[dict[str, int], dict[str, int], dict[str, int], list[Conflict]]:
    """Count what would be new, what would show another state and what is known already, and find the conflicts.

    What is kept ``apart`` does not count.
    """
    ours: dict[str, dict[str, Version]] = defaultdict(dict)
    touched = {version.entity_id for version in document.versions.values()}
    for version in state.versions.values():
        if version.entity_id in touched:
            ours[version.entity_id][version.hash] = version
    theirs: dict[str, dict[str, Version]] = defaultdict(dict)
    for version in document.versions.values():
        theirs[version.entity_id][version.hash] = version
    added: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    known: Counter[str] = Counter()
    conflicts = []
    for id_, versions in theirs.items():
        heads = heads_of(_united(ours[id_], versions))
        if not heads or id_ in apart:
            continue  # without a head: versions in a circle, which the store refuses
        before = heads_of(ours[id_])
        if not before:
            added[heads[0].entity_type] += not entity_from(heads[0]).deleted
        elif before[0].hash != heads[0].hash:
            changed[heads[0].entity_type] += 1
        else:
            known[heads[0].entity_type] += versions.keys() <= ours[id_].keys()
        if in_conflict(heads):
            name = name_of(entity_from(heads[0]))
            conflicts.append(Conflict(heads[0].entity_type, id_, name, tuple(head.hash for head in heads)))
    return +added, +changed, +known, conflicts


def _united(ours: Mapping[str, Version], theirs: Mapping[str, Version]) -> dict[str, Version]:
    united = dict(ours)
    for hash_, version in theirs.items():
        known = united.get(hash_)
        if known is not None:
            told = tuple(sorted({*known.told_ancestors, *version.told_ancestors}))
            version = known._replace(told_ancestors=told)  # noqa: PLW2901  (the union of the two records)
        united[hash_] = version
    return united
