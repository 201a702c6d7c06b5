"""Print and PDF: the open article with its markings, as it is shown. What prints is loaded when it is asked for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog

from annotator.desktop.actions import ActionId as A
from annotator.domain.passages import PassageFilter, PassageRow
from annotator.settings import PAPER, PRINT_LIST

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.desktop.printing.printed_article import PrintedArticle
    from annotator.desktop.workspace import Workspace

_NAME = 80
"""Characters of a title that a proposed file name has."""


class PrintCommands(QObject):
    """The slots of the two actions."""

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self._space = space
        space.all_actions.on(A.ARTICLE_PRINT, self.print_article)
        space.all_actions.on(A.ARTICLE_PDF, self.ask_pdf)

    def print_article(self) -> None:
        """Ask for a printer, then print in slices."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from annotator.desktop.printing.paper import PaperSize, page_layout

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout(PaperSize(self._paper())))
        dialog = QPrintDialog(printer, self._space)
        dialog.setObjectName("printDialog")
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.accepted.connect(lambda: self._gather(lambda article: self._print(article, printer)))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # its own wants a slot by name

    def _print(self, article: PrintedArticle, printer: object) -> None:
        from PySide6.QtPrintSupport import QPrinter

        from annotator.desktop.printing.printing import print_steps

        assert isinstance(printer, QPrinter)
        self._space.jobs.sliced(
            print_steps(article, printer, self._space.font()),
            title=self.tr("Printing {0}").format(article.title),
            done=lambda _none: self._tell_printed(printer.outputFileName()),
        )

    def _tell_printed(self, file: str) -> None:
        """Say that it is done; ``file``: what was written instead of printed, empty for a printer."""
        written = self.tr("Written to {0}").format(file)
        self._space.prompts.say(written if file else self.tr("Sent to the printer."))

    def ask_pdf(self) -> None:
        """Ask where the PDF is to lie, then write it."""
        state = self._space.state
        if state.article is None:
            return
        location = self._space.project.location
        folder = Path(location).parent if "://" not in location else Path.home()
        name = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", state.article.title).strip(" .")[:_NAME].strip()
        path = (folder / f"{name or 'article'}.pdf").as_posix()
        self._space.prompts.save_file(
            self.tr("Save as PDF"), path, self.tr("PDF (*.pdf)"), self._space.shared.folders.noting(self.write_pdf)
        )

    def write_pdf(self, path: str) -> None:
        """Make the PDF in slices and write it whole."""

        def make(article: PrintedArticle) -> None:
            from annotator.desktop.printing.paper import PaperSize
            from annotator.desktop.printing.printing import pdf_steps

            self._space.jobs.sliced(
                pdf_steps(article, PaperSize(self._paper()), self._space.font()),
                title=self.tr("Making {0}").format(Path(path).name),
                done=lambda content: self._write(path, content),
            )

        self._gather(make)

    def _write(self, path: str, content: bytes) -> None:
        from annotator.services.whole_files import write_whole

        def written(_none: object) -> None:
            self._space.prompts.offer(
                self.tr("Saved as {0}").format(path),
                self.tr("Open it"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(path)),
            )

        self._space.jobs.long(
            lambda _progress: write_whole(Path(path), content),
            title=self.tr("Writing {0}").format(Path(path).name),
            done=written,
        )

    def _paper(self) -> str:
        """Return the sheet that the user chose, else the one of the user's country."""
        inches = QLocale().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
        return self._space.shared.settings.get(PAPER) or ("letter" if inches else "a4")

    def _gather(self, use: Callable[[PrintedArticle], object]) -> None:
        """Read what the list of passages says, then take a snapshot of what is shown."""
        space = self._space
        article = space.state.article
        if article is None:
            return

        def read() -> tuple[str, list[PassageRow]]:
            listed = space.shared.settings.get(PRINT_LIST)
            wanted = PassageFilter(article_id=article.id)
            return space.project.details().name, space.project.passages.query(wanted) if listed else []

        space.jobs.read(read, done=lambda found: use(shown_article(space, *found)))


def shown_article(space: Workspace, project: str, passages: list[PassageRow]) -> PrintedArticle:
    """Return the open article as its view shows it; needs one."""
    from annotator.desktop.article_picture import header_of
    from annotator.desktop.printing.printed_article import PrintedArticle

    state, view = space.state, space.view
    article, text = state.article, state.text
    assert article is not None
    assert text is not None
    shown = [mark for mark in view.marks.by_id.values() if view.marks.shows(mark)]
    return PrintedArticle(
        project=project,
        text=text.text,
        blocks=text.blocks,
        language=article.language,
        header=header_of(article),
        marks=sorted(shown, key=lambda mark: (mark.start, mark.end, mark.id)),
        hidden=len(view.marks.by_id) - len(shown),
        labels=dict(view.state.labels),
        styles=dict(view.styles),
        passages=passages,
        family=view.type.setting.family,
    )
