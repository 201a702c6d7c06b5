"""Export, merge and import: what leaves the project and comes back into one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.desktop.actions import ActionId as A
from annotator.desktop.dialogs.conflicts_dialog import ConflictsDialog
from annotator.desktop.dialogs.export_dialog import ExportChoice, ExportDialog
from annotator.desktop.dialogs.report_dialog import Report, ReportDialog, lines_of
from annotator.desktop.export_words import filter_of
from annotator.desktop.prompts import offer_folder
from annotator.desktop.words import entity_text
from annotator.domain.passages import PassageFilter
from annotator.formats.export_formats import JSON
from annotator.paths import is_packet

if TYPE_CHECKING:
    from annotator.desktop.drops import Drops
    from annotator.desktop.progress import Progress
    from annotator.desktop.workspace import Workspace
    from annotator.services.merging import MergeReport

EXCHANGE_FILES = "Annotator JSON (*.json *.annotator-packet);;All files (*)"


class ExchangeCommands(QObject):
    """The slots of the actions that write and take in files."""

    def __init__(self, space: Workspace, drops: Drops) -> None:
        super().__init__(space)
        self._space = space
        self._drops = drops
        space.all_actions.on(A.PROJECT_EXPORT, self.export)
        space.all_actions.on(A.PROJECT_IMPORT, self.ask_file)
        space.all_actions.on(A.PROJECT_CONFLICTS, self.decide)
        drops.exchange_dropped.connect(self.take_in)
        space.passages.sheet_requested.connect(self.export_passages)

    # out -----------------------------------------------------------------------------

    def export(self) -> None:
        """Ask what to export, then where to, then write it."""
        state = self._space.state
        title = state.article.title if state.article is not None else ""
        dialog = ExportDialog(article=title, named=state.analyst is not None, parent=self._space)
        article_id = state.article.id if state.article is not None else None
        dialog.accepted.connect(lambda: self._ask_place(dialog.choice(), article_id, None))
        dialog.open()

    def export_passages(self, wanted: PassageFilter) -> None:
        """Save the passages of a list as a quote sheet."""
        dialog = ExportDialog(listed=self._whose(wanted), parent=self._space)
        dialog.accepted.connect(lambda: self._ask_place(dialog.choice(), None, wanted))
        dialog.open()

    def _whose(self, wanted: PassageFilter) -> str:
        """Return whose passages a list has."""
        state = self._space.state
        if wanted.layer is None:
            return self.tr("everybody’s work")
        if state.analyst is not None and wanted.layer == state.analyst.id:
            return self.tr("my work")
        analyst = state.analysts.get(wanted.layer)
        return self.tr("the work of {0}").format(analyst.name if analyst is not None else wanted.layer)

    def _ask_place(self, choice: ExportChoice, article_id: str | None, wanted: PassageFilter | None) -> None:
        location = self._space.project.location
        folder = Path(location).parent if "://" not in location else Path.home()
        name = f"{Path(location).stem}{'-client' if choice.client else ''}{choice.format.suffixes[0]}"
        self._space.prompts.save_file(
            self.tr("Export"),
            (folder / name).as_posix(),
            filter_of(choice.format),
            self._space.shared.folders.noting(
                lambda path: self._write(path, choice, article_id if choice.this_article else None, wanted)
            ),
        )

    def _write(self, path: str, choice: ExportChoice, article_id: str | None, wanted: PassageFilter | None) -> None:
        project = self._space.project
        analyst = self._space.state.analyst

        def write(progress: Progress) -> None:
            if choice.format is JSON:
                project.exchange.write(
                    path,
                    progress=progress.step,
                    articles=None if article_id is None else [article_id],
                    analyst=analyst.id if choice.mine and analyst is not None else None,
                    with_journal=choice.with_journal,
                    profile="client" if choice.client else None,
                    no_text=choice.no_text,
                )
            else:
                layer = "mine" if choice.mine else None
                chosen = wanted or PassageFilter(article_id=article_id, layer=layer)
                project.quote_sheet.write(
                    path,
                    chosen,
                    format_name=choice.format.name,
                    client=choice.client,
                    no_text=choice.no_text,
                    progress=progress.step,
                )

        self._space.jobs.long(
            write, title=self.tr("Exporting {0}").format(Path(path).name), done=lambda _none: self._tell_written(path)
        )

    def _tell_written(self, path: str) -> None:
        offer_folder(self._space.prompts, self.tr("Exported to {0}").format(path), Path(path))

    # in ------------------------------------------------------------------------------

    def ask_file(self) -> None:
        """Ask for an exchange file to merge or import."""
        folders = self._space.shared.folders
        self._space.prompts.open_file(
            self.tr("Merge or import"), str(folders.last), EXCHANGE_FILES, folders.noting(self._take_chosen)
        )

    def _take_chosen(self, path: str) -> None:
        if is_packet(path):
            self._drops.take_files([path])
        else:
            self.take_in(path)

    def take_in(self, path: str) -> None:
        """Show what taking a file in would do, and do it when the user says so."""
        if self._space.read_only:
            self._space.prompts.say(self.tr("This project is open for reading only: nothing can be taken in."))
            return
        exchange = self._space.project.exchange
        self._space.jobs.long(
            lambda progress: exchange.preview(path, progress=progress.step),
            title=self.tr("Reading {0}").format(Path(path).name),
            done=lambda report: self._show_preview(path, report),
        )

    def _show_preview(self, path: str, report: MergeReport) -> None:
        name = Path(path).name
        if report.nothing_new:
            verdict = self.tr("“{0}” has nothing that is not here already.").format(name)
            ReportDialog(self._report(verdict, report), parent=self._space).open()
            return
        merge = report.kind == "merge"
        verdict = (
            self.tr("Merging “{0}” keeps both sides’ work. This is what it brings:").format(name)
            if merge
            else self.tr("Importing “{0}” brings this; undo takes it back:").format(name)
        )
        action = self.tr("Merge") if merge else self.tr("Import")
        dialog = ReportDialog(self._report(verdict, report), action=action, parent=self._space)
        dialog.accepted.connect(lambda: self._take(path))
        dialog.open()

    def _take(self, path: str) -> None:
        exchange = self._space.project.exchange
        self._space.jobs.long(
            lambda progress: exchange.merge(path, progress=progress.step),
            title=self.tr("Taking in {0}").format(Path(path).name),
            done=self._tell_taken,
            writes=True,
        )

    def _tell_taken(self, report: MergeReport) -> None:
        self._space.reload()
        added, changed = sum(report.added.values()), sum(report.changed.values())
        text = self.tr("Taken in: {0} new, {1} changed.").format(added, changed)
        if report.conflicts:
            self._space.prompts.offer(
                self.tr("{0} {1} to decide: both sides changed the same.").format(text, len(report.conflicts)),
                self.tr("Decide…"),
                self.decide,
            )
        else:
            self._space.prompts.say(text, undo=report.kind == "import")

    def decide(self) -> None:
        """Show what a merge left undecided."""
        ConflictsDialog(self._space.state, self._space).open()

    def _report(self, verdict: str, report: MergeReport) -> Report:
        tr = self.tr
        conflicts = tuple(f"{entity_text(c.entity_type)}: {c.name}" for c in report.conflicts)
        alike = tuple(f"{entity_text(pair.entity_type)}: {pair.name}" for pair in report.alike)
        differing = tuple(f"{entity_text(d.entity_type)}: {d.name} ({', '.join(d.fields)})" for d in report.differing)
        return Report(
            tr("Merge or import"),
            verdict,
            good=not report.conflicts,
            sections=(
                (tr("New"), _counts(report.added)),
                (tr("Changed"), _counts(report.changed)),
                (tr("To decide afterwards: both sides changed these"), conflicts),
                (tr("Perhaps the same; merge them by hand if so"), alike),
                (tr("Here already with other content; stays as it is here"), differing),
                (tr("Left out"), lines_of(report.left_out)),
                (tr("To note"), lines_of(report.warnings)),
            ),
        )


def _counts(counted: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(f"{number} × {entity_text(type_)}" for type_, number in counted.items())
