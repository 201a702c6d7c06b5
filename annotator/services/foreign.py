"""Importing a document that another program wrote: new things are added, known ones only changed when chosen.

Everything happens in one unit of work by the analyst who imports, so that it is one change in the journal and one step
to undo. Passages of other analysts stay out: only its own analyst writes a layer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from annotator.domain.annotations import Annotation, Attribution, Origin, Role, Span
from annotator.domain.articles import Article, TextVersion
from annotator.domain.attribution import derive_from
from annotator.domain.blocks import propose_blocks
from annotator.domain.entities import ENTITIES, owner_of
from annotator.domain.entity import Entity
from annotator.domain.errors import Problem
from annotator.domain.merging import merged_into, resolve
from annotator.domain.progress import Progress, each_told, part, silent
from annotator.domain.quotations import quotations
from annotator.domain.span_index import SpanIndex
from annotator.domain.versions import content_of
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.foreign import Known, KnownText, complete, names_of
from annotator.formats.exchange.foreign_reviews import leave_reviews_out
from annotator.formats.exchange.reading import Document
from annotator.formats.exchange.selecting import references
from annotator.formats.exchange.state import Entry, ProjectState
from annotator.formats.text import title_of
from annotator.services.alike import name_of
from annotator.services.import_rules import check_rules
from annotator.services.merging import Differing, MergeReport
from annotator.store.unit_of_work import UnitOfWork

ALL = "all"


def known_in(state: ProjectState, analyst_id: str) -> Known:
    """Return what a foreign document may mean in this project when ``analyst_id`` imports it."""
    names: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    merges: dict[str, str] = {}
    for of_class in state.entities.values():
        merges |= merged_into(of_class)
    live = [entity for of_class in state.entities.values() for entity in of_class if not entity.deleted]
    for entity in live:
        for name in names_of(entity):
            names[entity.TYPE][name].add(resolve(entity.id, merges))
    texts = {
        text.sha256: KnownText(text.article_id, text.id, text.text) for text in live if isinstance(text, TextVersion)
    }
    return Known(
        namespace=state.project.id,
        ids=frozenset(entity.id for of_class in state.entities.values() for entity in of_class),
        names={type_: {name: frozenset(ids) for name, ids in found.items()} for type_, found in names.items()},
        texts=texts,
        analyst_id=analyst_id,
    )


@dataclass(slots=True)
class Import:
    """One import on its way: what was put, what was left out, and why. ``uow``: None only looks what would happen."""

    uow: UnitOfWork | None
    analyst_id: str
    take: Collection[str]
    findings: Findings
    progress: Progress = silent
    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    differing: list[Differing] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    _gone: set[str] = field(default_factory=set)
    _quoted: dict[str, SpanIndex] = field(default_factory=dict)

    def run(self, name: str, document: Document, state: ProjectState) -> MergeReport:
        """Put what is new and what was chosen; raises InputError with everything that is wrong with the document."""
        leave_reviews_out(document, self.findings)
        known_here = known_in(state, self.analyst_id)
        entries = complete(document, known_here, self.findings, progress=part(self.progress, 0, 0.4))
        known = {entity.id: entity for of_class in state.entities.values() for entity in of_class}
        check_rules(entries, state, self.findings, progress=part(self.progress, 0.4, 0.6))
        self.findings.raise_if_any(name)
        texts = {id_: entity for id_, entity in known.items() if isinstance(entity, TextVersion)}
        texts |= {e.entity.id: e.entity for e in entries if isinstance(e.entity, TextVersion)}
        order = {cls: n for n, cls in enumerate(ENTITIES)}
        ordered = sorted(entries, key=lambda e: order[type(e.entity)])
        for entry in each_told(ordered, len(ordered), part(self.progress, 0.6, 1)):
            before = known.get(entry.entity.id)
            if before is None:
                self._add(entry, texts)
            else:
                self._compare(entry, before)
        return MergeReport(
            kind="import",
            dry_run=self.uow is None,
            added=+self.added,
            changed=+self.changed,
            differing=tuple(self.differing),
            left_out=tuple(self.left_out),
            warnings=tuple(self.findings.warnings),
        )

    def _add(self, entry: Entry, texts: dict[str, TextVersion]) -> None:
        entity = entry.entity
        owner = owner_of(entity)
        if owner is not None and owner != self.analyst_id:
            self._leave_out(entry, "It is another analyst's work; only its own analyst can import it.")
            return
        if any(id_ in self._gone for _field, id_ in references(entity)):
            self._leave_out(entry, "It refers to something that was left out.")
            return
        self._put(self._finished(entry, texts))
        self.added[entity.TYPE] += 1

    def _put(self, entity: Entity) -> None:
        if self.uow is not None:
            self.uow.put(entity)

    def _leave_out(self, entry: Entry, why: str) -> None:
        self._gone.add(entry.entity.id)
        self.left_out.append(Problem(entry.path, why))

    def _finished(self, entry: Entry, texts: dict[str, TextVersion]) -> Entity:
        """Return a new entity with what is derived when a person makes one."""
        entity = entry.entity
        given = entry.given or frozenset()
        if isinstance(entity, TextVersion) and "blocks" not in given:
            return replace(entity, blocks=propose_blocks(entity.text))
        if isinstance(entity, Article) and not entity.title:
            text = texts.get(entity.current_text_id or "")
            return replace(entity, title=title_of(text.text) if text else "")
        if isinstance(entity, Annotation):
            if "origin" not in given:
                entity = replace(entity, origin=Origin.IMPORTED)
            text = texts.get(entity.text_id)
            if "attribution" in given:
                return replace(entity, attribution_set=True)
            if text is not None and text.text:
                speaker = any(entry.role is Role.SPEAKER for entry in entity.people)
                return replace(entity, attribution=self._derived(text, entity.start, entity.end, speaker=speaker))
        return entity

    def _derived(self, text: TextVersion, start: int, end: int, *, speaker: bool) -> Attribution:
        """Return how a passage was said; the quotations of a text are looked for once, however many passages it has."""
        index = self._quoted.get(text.id)
        if index is None:
            parts = [part for quotation in quotations(text.text) for part in quotation.parts]
            index = self._quoted[text.id] = SpanIndex((part.start, part.end, "") for part in parts)
        near = [Span(*found[:2]) for found in index.overlapping(start, end)]
        return derive_from(text.text, start, end, near, speaker=speaker)

    def _compare(self, entry: Entry, before: Entity) -> None:
        """List what is known already and differs in what the file says; take it when it was chosen."""
        entity = entry.entity
        given = entry.given or frozenset()
        if before.deleted and not entity.deleted:
            given |= {"deleted_at"}
        fields = tuple(sorted(key for key in given if getattr(before, key) != getattr(entity, key)))
        after = replace(before, **{key: getattr(entity, key) for key in fields})
        if content_of(after) == content_of(before):
            return
        owner = owner_of(before)
        if owner is not None and owner != self.analyst_id:
            self.left_out.append(Problem(entry.path, "It is another analyst's work; only its own analyst changes it."))
            return
        if getattr(before, "session_id", None) is not None:
            self.left_out.append(
                Problem(entry.path, "It is of the final version of a review; only a decision changes it.")
            )
            return
        taken = entity.id in self.take or ALL in self.take
        self.differing.append(Differing(entity.TYPE, entity.id, name_of(before), entry.path, fields, taken))
        if taken:
            self._put(after)
            self.changed[entity.TYPE] += 1
