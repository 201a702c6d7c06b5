"""Undo and redo: what they would take back is asked of the journal and named in the menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from annotator.desktop.actions import ActionId, Actions
from annotator.desktop.models.state import ProjectState
from annotator.desktop.prompts import Prompts
from annotator.desktop.sentences import told
from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article
from annotator.domain.changes import ChangeSet


class HistorySteps(QObject):
    """Keeps the two actions named and does them; what a step brought back is shown."""

    labels_changed = Signal(object, object)  # what undo and redo would do: str or None each

    def __init__(self, state: ProjectState, actions: Actions, prompts: Prompts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._actions = actions
        self._prompts = prompts

    def refresh(self, _change: ChangeSet | None = None) -> None:
        """Ask the journal what can be undone and redone."""
        history = self._state.project.history
        self._state.jobs.read(
            lambda: (history.undo_label(), history.redo_label()), done=self._take_labels, key="history steps"
        )

    def undo(self) -> None:
        """Take back the latest change of this analyst on this device."""
        self._state.jobs.write(
            self._state.project.history.undo, done=partial(self._show, self.tr("Undone: {0}"), "Undo ")
        )

    def redo(self) -> None:
        """Bring back what was undone last."""
        self._state.jobs.write(
            self._state.project.history.redo, done=partial(self._show, self.tr("Redone: {0}"), "Redo ")
        )

    def _take_labels(self, labels: tuple[str | None, str | None]) -> None:
        undo, redo = labels
        self._actions.name_step(ActionId.EDIT_UNDO, told(undo) if undo else undo)
        self._actions.name_step(ActionId.EDIT_REDO, told(redo) if redo else redo)
        self.labels_changed.emit(undo, redo)

    def _show(self, words: str, verb: str, change: ChangeSet) -> None:
        """Say what was done, and show the article or choose the passage that it concerns."""
        self._prompts.say(words.format(told(change.label.removeprefix(verb))))
        articles = [article.id for article in change.after(Article.TYPE) if article.id in self._state.articles]
        if articles and self._state.article is None:
            self._state.open_article(articles[0])
        changed = (entity for entity in change.after(Annotation.TYPE) if isinstance(entity, Annotation))
        passages = [entity for entity in changed if not entity.deleted and entity.session_id is None]
        if len(passages) == 1:
            self._state.go_to(passages[0].id)
