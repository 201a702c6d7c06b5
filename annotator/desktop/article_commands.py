"""What is done with articles: brought in, described, corrected, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from annotator.desktop.actions import ActionId as A
from annotator.desktop.dialogs.article_details import ArticleDetailsDialog
from annotator.desktop.dialogs.correct_text import CorrectTextDialog
from annotator.desktop.dialogs.new_article import NewArticleDialog
from annotator.desktop.progress import JobCancelled, Progress
from annotator.desktop.sentences import told, told_error
from annotator.domain.articles import Article, Capture, TextVersion
from annotator.domain.errors import DuplicateError, InputError, Problem, UserError
from annotator.domain.ids import new_id
from annotator.domain.text import canonical_text
from annotator.formats.draft import ArticleDraft

if TYPE_CHECKING:
    from annotator.desktop.drops import Drops
    from annotator.desktop.workspace import Workspace
    from annotator.formats.apart import ReadingChild


@dataclass(frozen=True, slots=True)
class _Imported:
    """What came of importing files; ``left``: how many were not looked at, because the rest was cancelled."""

    added: list[Article]
    problems: list[Problem]
    left: int = 0


class ArticleCommands(QObject):
    """The slots of the actions on articles."""

    def __init__(self, space: Workspace, drops: Drops) -> None:
        super().__init__(space)
        self._space = space
        self._drops = drops
        self._project = space.project
        for id_, slot in (
            (A.ARTICLE_NEW, self.new),
            (A.EDIT_PASTE_ARTICLE, self.paste),
            (A.ARTICLE_IMPORT, self.ask_files),
            (A.ARTICLE_DETAILS, self.show_details),
            (A.ARTICLE_CORRECT, self.correct),
            (A.ARTICLE_DELETE, self.delete),
        ):
            space.all_actions.on(id_, slot)
        drops.articles_dropped.connect(self.bring_in)
        drops.text_dropped.connect(self.preview_text)
        space.article_list.details_requested.connect(self.show_details_of)
        space.article_list.delete_requested.connect(self.delete_one)

    # bringing in -----------------------------------------------------------------

    def new(self) -> None:
        """Open an empty preview to type or paste into."""
        self.preview(ArticleDraft(text="", capture=Capture.PASTED))

    def paste(self) -> None:
        """Preview what the clipboard holds: files are imported, text becomes a new article."""
        if not self._drops.take(QGuiApplication.clipboard().mimeData()):
            self._space.prompts.say(self.tr("The clipboard holds no text. Copy an article first, then paste it here."))

    def preview_text(self, text: str) -> None:
        """Preview a pasted or dropped text."""
        if self._refuse():
            return
        self.preview(ArticleDraft(text=canonical_text(text), capture=Capture.PASTED))

    def ask_files(self) -> None:
        """Ask for article files."""
        self._space.prompts.open_files(
            self.tr("Import articles"),
            str(self._space.shared.folders.last),
            self.tr("Articles (*.txt *.text *.md *.html *.htm *.xhtml);;All files (*)"),
            self._bring_in_chosen,
        )

    def _bring_in_chosen(self, files: Sequence[str]) -> None:
        self._space.shared.folders.note(files[0])
        self.bring_in(files)

    def bring_in(self, files: Sequence[str]) -> None:
        """Preview one file; import several at once."""
        if self._refuse():
            return
        if len(files) == 1:
            self._space.jobs.long(
                lambda _progress: _read(files[0]),
                title=self.tr("Reading {0}").format(Path(files[0]).name),
                done=self.preview,
            )
        else:
            self._space.jobs.long(
                lambda progress: self._import_all(list(files), progress),
                title=self.tr("Importing {0} articles").format(len(files)),
                done=self._tell_imported,
                writes=True,
            )

    def preview(self, draft: ArticleDraft) -> None:
        """Show a draft; Enter adds it and opens it."""
        dialog = NewArticleDialog(draft, self._space.shared.themes.theme, self._space)

        def add() -> None:
            self._add(dialog.wanted(), dialog.kind())

        dialog.accepted.connect(add)
        dialog.open()

    def _add(self, draft: ArticleDraft, kind: str, *, allow_duplicate: bool = False) -> None:
        id_ = new_id()
        articles = self._project.articles

        def failed(error: Exception) -> bool:
            if isinstance(error, DuplicateError):
                self._space.prompts.confirm(
                    told(error.message),
                    self.tr("The same text can stand in two outlets; passages are then marked in each."),
                    self.tr("Add it again"),
                    lambda: self._add(draft, kind, allow_duplicate=True),
                )
                return True
            return False

        self._space.jobs.write(
            lambda: articles.add(draft, id=id_, allow_duplicate=allow_duplicate, kind=kind),
            done=lambda article: self._space.state.open_article(article.id),
            failed=failed,
        )

    def _import_all(self, files: list[str], progress: Progress) -> _Imported:
        """Import files one by one; an article that is in stays when the rest is cancelled."""
        from annotator.formats.apart import ReadingChild

        outcome = _Imported([], [])
        with ReadingChild() as child:
            for number, file in enumerate(files):
                try:
                    progress.step(number, len(files))
                except JobCancelled:
                    return replace(outcome, left=len(files) - number)
                try:
                    outcome.added.append(self._project.articles.add(_read(file, child)))
                except UserError as error:
                    outcome.problems.append(Problem(Path(file).name, told_error(error)))
        return outcome

    def _tell_imported(self, outcome: _Imported) -> None:
        added, problems = outcome.added, outcome.problems
        if added:
            self._space.state.open_article(added[0].id)
        if outcome.left:
            words = self.tr("Cancelled: {0} of {1} articles were imported, and stay.")
            self._space.prompts.say(words.format(len(added), len(added) + len(problems) + outcome.left))
        elif problems:
            words = self.tr("{0} of {1} files were not imported.").format(len(problems), len(added) + len(problems))
            self._space.prompts.fail(InputError(words, tuple(problems)))
        else:
            self._space.prompts.say(self.tr("{0} articles imported.").format(len(added)))

    def _refuse(self) -> bool:
        if self._space.read_only:
            self._space.prompts.say(self.tr("This project is open for reading only: nothing can be added."))
        return self._space.read_only

    # the open article --------------------------------------------------------------

    def show_details(self) -> None:
        """Show the details of the open article."""
        if self._space.state.article is not None:
            self.show_details_of(self._space.state.article.id)

    def show_details_of(self, article_id: str) -> None:
        """Show the details of an article."""
        articles = self._project.articles
        self._space.jobs.read(
            lambda: (articles.get(article_id), articles.text(article_id)), done=lambda read: self._edit(*read)
        )

    def _edit(self, article: Article, text: TextVersion) -> None:
        dialog = ArticleDetailsDialog(article, text, editable=not self._space.read_only, parent=self._space)
        articles, jobs = self._project.articles, self._space.jobs

        def keep() -> None:
            fields, blocks = dialog.values(), dialog.blocks()
            if fields:
                jobs.write(lambda: articles.edit(article.id, expected=article.version, **fields))
            if blocks != text.blocks:
                jobs.write(lambda: articles.set_blocks(text.id, blocks, expected=text.version))

        dialog.accepted.connect(keep)
        dialog.open()

    def correct(self) -> None:
        """Correct the text of the open article."""
        state = self._space.state
        if state.article is None or state.text is None:
            return
        article_id = state.article.id
        dialog = CorrectTextDialog(state.text.text, len(state.marks), self._space)

        def make() -> None:
            corrected = dialog.corrected()
            self._space.jobs.long(
                lambda progress: self._project.articles.correct_text(article_id, corrected, progress=progress.step),
                title=self.tr("Correcting the text"),
                writes=True,
            )

        dialog.accepted.connect(make)
        dialog.open()

    def delete(self) -> None:
        """Delete the open article."""
        if self._space.state.article is not None:
            self.delete_one(self._space.state.article.id)

    def delete_one(self, article_id: str) -> None:
        """Delete an article; undo brings it back."""
        summary = self._space.state.articles.get(article_id)
        title = summary.article.title if summary else ""
        said = self.tr("Deleted: article “{0}”").format(title)
        self._space.jobs.write(
            lambda: self._project.articles.delete(article_id),
            done=lambda _change: self._space.prompts.say(said, undo=True),
        )


def _read(file: str, child: ReadingChild | None = None) -> ArticleDraft:
    from annotator.formats.registry import read_article

    return read_article(Path(file), child=child)
