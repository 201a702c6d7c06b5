"""Export, merge and import: how work leaves a project and comes back into one."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypedDict

from typing_extensions import Unpack

from annotator.domain.analysts import Analyst
from annotator.domain.articles import Article
from annotator.domain.entity import now
from annotator.domain.errors import InputError, NotFoundError, UsageError
from annotator.domain.folding import fold
from annotator.domain.progress import Progress, each_told, part, silent
from annotator.formats.apart import exchange_bytes
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.layout import CLIENT, REVIEW_STATES
from annotator.formats.exchange.reading import Document, read_document
from annotator.formats.exchange.state import ExportOptions, ProjectHistory, ProjectState
from annotator.formats.exchange.streaming import Writing
from annotator.formats.exchange.writing import document_of, pieces_of
from annotator.services.analysts import find_analyst
from annotator.services.care import Care
from annotator.services.context import Context
from annotator.services.foreign import Import
from annotator.services.merging import MergeReport, Plan, plan_merge
from annotator.services.project_state import history_of, state_of
from annotator.services.session_work import find_session
from annotator.services.whole_files import write_whole
from annotator.store.bulk import without_collections
from annotator.store.records import ChangeRow
from annotator.store.repository import Reader

_LOOKED = 0.6
"""How much of taking a file in is done, about, once it is known what it brings."""

Source = str | Path | Mapping[str, Any]
"""An exchange file, or a document that was read already."""


class Choice(TypedDict, total=False):
    """What of a project an export holds; everything that is shown when nothing is chosen.

    ``articles``: only these (ids); ``without``: all but these. ``analyst``: one layer only, by id, name or initials.
    ``state``: only passages that stand there in the review (``unreviewed``, ``final``). ``session``: of the final
    versions only that of this review session, by id or name. ``with_journal``: old versions, changes, tombstones and
    original files too. ``profile``: ``client`` leaves out notes, comments, versions and analysts' names. ``no_text``:
    quotes with context instead of texts.
    """

    articles: Collection[str] | None
    without: Collection[str]
    analyst: str | None
    state: str
    session: str | None
    with_journal: bool
    profile: str | None
    no_text: bool


class Exchange:
    """Exchange JSON of one project, out and in."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def export(self, **choice: Unpack[Choice]) -> dict[str, Any]:
        """Return the exchange document of the project: plain JSON values.

        Raises NotFoundError, UsageError for another profile, RuleError when what is wanted refers to what is not.
        """
        with without_collections():
            return document_of(*self._read(choice), exported_at=now())

    def write(self, path: str | Path, *, progress: Progress = silent, **choice: Unpack[Choice]) -> str:
        """Write the export to a file and return its fingerprint; nothing half written is ever left.

        ``progress`` is told each article, of how many, and may raise to stop.
        Raises what :meth:`export` does, and StorageError when the file cannot be written.
        """
        with without_collections():
            pieces = pieces_of(*self._read(choice), exported_at=now())
            pieces["articles"] = each_told(pieces["articles"], self._number_of_articles(choice), progress)
            writing = Writing(pieces)
            write_whole(Path(path), writing.chunks())
        return writing.fingerprint

    def _number_of_articles(self, choice: Choice) -> int:
        articles = choice.get("articles")
        if articles is not None:
            return len(articles)
        with self._context.read() as reader:
            return reader.count(Article) - len(choice.get("without", ()))

    def _read(self, choice: Choice) -> tuple[ProjectHistory, ExportOptions]:
        """Return what an export is made of, and what of it is wanted."""
        profile, state, analyst = choice.get("profile") or "", choice.get("state", ""), choice.get("analyst")
        if profile not in {"", CLIENT}:
            raise UsageError(f"“{profile}” is no profile.", f"There is one: {CLIENT}.")
        if state and state not in REVIEW_STATES:
            raise UsageError(f"“{state}” is no state in a review.", f"There are: {', '.join(REVIEW_STATES)}.")
        session = choice.get("session")
        with self._context.read() as reader:
            found = None if session is None else find_session(reader, session)
            options = ExportOptions(
                articles=_wanted(reader, choice.get("articles"), choice.get("without", ())),
                analyst_id=None if analyst is None else find_analyst(reader, analyst).id,
                review_state=state,
                session_id=None if found is None else found.id,
                with_journal=choice.get("with_journal", False),
                profile=profile,
                no_text=choice.get("no_text", False),
            )
            history = history_of(reader, with_journal=options.with_journal)
        return history, options

    def preview(self, source: Source, *, take: Collection[str] = (), progress: Progress = silent) -> MergeReport:
        """Return what :meth:`merge` would do."""
        return self.merge(source, dry_run=True, take=take, progress=progress)

    def merge(
        self,
        source: Source,
        *,
        dry_run: bool = False,
        take: Collection[str] = (),
        progress: Progress = silent,
    ) -> MergeReport:
        """Take a file in: merge one of this program, import one of another.

        A merge adds versions that others wrote, so nobody needs to be named for it; it is not in the journal and cannot
        be undone, and the project is saved before. An import is a change of the analyst who is writing. ``take``: ids
        of known things whose content in the file is to be taken, or ``all``; only for an import. ``progress`` is told
        between the steps, and of the backup how far it is; it may raise to stop, and nothing is changed then.
        Raises InputError with all problems at once, and nothing is changed then; AnalystNeededError for an import.
        """
        progress(0, 0)
        looking = part(progress, 0, 1 if dry_run else _LOOKED)
        name, content = _load(source)
        findings = Findings()
        document = read_document(content, findings, progress=part(looking, 0.2, 0.7))
        if document is not None and not document.untouched:
            _note_changes(document, findings)
        if document is None or document.own or document.profile:
            findings.raise_if_any(name)
        assert document is not None  # else there were problems
        if document.profile:
            raise InputError(
                f"{name} was made for a client: it has no versions, and cannot be taken in.",
                advice="Ask for an export without “for client”.",
            )
        if document.own:
            looking(8, 10)
            return self._merge(name, document, findings, dry_run=dry_run, progress=part(progress, _LOOKED, 1))
        rest = part(looking, 0.7, 1) if dry_run else part(progress, _LOOKED, 1)
        return self._import(name, document, findings, dry_run=dry_run, take=take, progress=rest)

    def _merge(
        self, name: str, document: Document, findings: Findings, *, dry_run: bool, progress: Progress
    ) -> MergeReport:
        with self._context.read(whole=True) as reader:
            seq = reader.head_seq()
            plan = self._plan(reader, name, document, findings, dry_run=dry_run)
        if dry_run or plan.report.sealed:
            return plan.report
        self._context.refuse_read_only()
        needless = plan.report.taken_over or not plan.fresh
        backup = None if needless else Care(self._context).backup_before("merge", progress=part(progress, 0, 0.2))
        union = part(progress, 0.2, 1)
        union(0, 0)
        analyst = self._context.analyst()
        by = None if analyst is None else analyst.id
        with self._context.write(by=by, nobody=by is None) as uow:
            uow.veil = None  # the union is of all that is here; who may not see some of it is not told
            if uow.head_seq() != seq:
                plan = self._plan(uow, name, document, findings, dry_run=False)
            if plan.report.taken_over:
                uow.clear()
            changes = [ChangeRow(c.id, 0, c.at, c.analyst_id, c.device, c.label, c.undoes_id) for c in document.changes]
            uow.add_versions(plan.versions, texts=plan.texts, changes=changes, progress=union)
            self._context.commit(uow, f"Merge {name}")
        if plan.report.taken_over:
            self._become(document, analyst)
        return replace(plan.report, backup="" if backup is None else str(backup))

    def _plan(self, reader: Reader, name: str, document: Document, findings: Findings, *, dry_run: bool) -> Plan:
        me = self._context.analyst(reader)
        plan = plan_merge(state_of(reader), document, me, findings, dry_run=dry_run)
        findings.raise_if_any(name)
        return plan

    def _become(self, document: Document, analyst: Analyst | None) -> None:
        """Go on as the file's project.

        Who was writing goes on as the analyst of the same name there, else nobody; the receiver of a packet does.
        """
        assert document.project_id is not None
        self._context.project_id = document.project_id
        if document.packet is not None:
            self._context.remember(document.packet.receiver)
            return
        if analyst is None:
            return
        self._context.named = analyst.id  # who is in this project no more, and so nobody
        same = [e.entity.id for e in document.of(Analyst) if fold(getattr(e.entity, "name", "")) == fold(analyst.name)]
        if len(same) == 1:
            self._context.remember(same[0])

    def _import(
        self,
        name: str,
        document: Document,
        findings: Findings,
        *,
        dry_run: bool,
        take: Collection[str],
        progress: Progress,
    ) -> MergeReport:
        """Import as who is writing; a dry run only reads, and so may go on while others write or nobody may."""
        if dry_run:
            with self._context.read() as reader:
                analyst_id = self._context.needed_analyst(reader).id
                state = state_of(reader)
            _refuse_other_project(document, state, findings)
            return Import(None, analyst_id, take, findings, progress).run(name, document, state)
        with self._context.write() as uow:
            assert uow.analyst_id is not None
            state = state_of(uow)
            _refuse_other_project(document, state, findings)
            report = Import(uow, uow.analyst_id, take, findings, progress).run(name, document, state)
            self._context.commit(uow, f"Import {name}")
        return report


def _note_changes(document: Document, findings: Findings) -> None:
    """Refuse a packet that is not as it was written; another file of ours somebody may have mended on purpose."""
    if document.packet is not None:
        findings.problem(
            "$.fingerprint", "The packet is damaged, or was changed after it was written: have it sent again."
        )
    elif document.own:
        findings.warning("$.fingerprint", "Something in the file was changed after it was written.")


def _refuse_other_project(document: Document, state: ProjectState, findings: Findings) -> None:
    if document.project_id not in {None, state.project.id}:
        findings.problem("$.project.id", "The file is of another project; leave the id out to import it here.")


def _load(source: Source) -> tuple[str, bytes]:
    """Return what to call a source and its bytes; raises InputError when it cannot be read."""
    if isinstance(source, Mapping):
        try:
            return "The document", json.dumps(source).encode()
        except (TypeError, ValueError, RecursionError) as error:
            raise InputError(f"The document is no JSON: {error}.", advice="Pass plain JSON values.") from error
    path = Path(source)
    return f"“{path.name}”", exchange_bytes(path)


def _wanted(reader: Reader, articles: Collection[str] | None, without: Collection[str]) -> frozenset[str] | None:
    """Return the ids of the articles that are wanted, None for all; raises NotFoundError for an unknown one."""
    if articles is None and not without:
        return None
    known = {article.id for article in reader.all(Article, deleted=True)}
    left_out = frozenset(without)
    chosen = known if articles is None else frozenset(articles)
    for id_ in sorted((chosen | left_out) - known):
        raise NotFoundError(f"There is no article with the id “{id_}” in this project.")
    return frozenset(chosen - left_out)
