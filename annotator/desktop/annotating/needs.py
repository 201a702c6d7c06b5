"""The one place that works out from the state which actions can be done, and what undo and redo would do."""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotator.desktop.actions import ActionId, Actions, Need
from annotator.desktop.article_view import ArticleView
from annotator.desktop.bus import ProjectBus
from annotator.desktop.models.state import ProjectState
from annotator.domain.marks import Mark
from annotator.services.project import Project

Steps = tuple[str | None, str | None]


class Needs(QObject):
    """Keeps the actions of a window enabled exactly while what they need is so."""

    def __init__(
        self, state: ProjectState, view: ArticleView, actions: Actions, bus: ProjectBus, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._view = view
        self._actions = actions
        self._steps: Steps = (None, None)
        for signal in (
            state.article_opened,
            state.article_closed,
            state.current_changed,
            view.caret_moved,
            state.loaded,
        ):
            signal.connect(self.refresh)
        bus.changed.connect(self._read_steps)
        state.loaded.connect(self._read_steps)

    def refresh(self) -> None:
        """Work out anew what is so, and enable the actions by it."""
        holds = self._holds()
        if holds != self._actions.holds:
            self._actions.set_needs(holds)

    def _holds(self) -> frozenset[Need]:
        state = self._state
        holds = {Need.PROJECT}
        if not state.project.read_only:
            holds.add(Need.WRITABLE)
        if state.article is not None:
            holds.add(Need.ARTICLE)
        mark = state.marks.get(state.current or "") or self._mark_at_caret()
        if mark is not None:
            holds.add(Need.PASSAGE)
            if state.analyst is not None and mark.analyst_id == state.analyst.id:
                holds.add(Need.OWN_PASSAGE)
        undo, redo = self._steps
        if undo is not None:
            holds.add(Need.UNDO)
        if redo is not None:
            holds.add(Need.REDO)
        return frozenset(holds)

    def _mark_at_caret(self) -> Mark | None:
        here = self._view.annotations_at(self._view.caret()) if self._state.article is not None else []
        return self._state.marks.get(here[0]) if here else None

    def _read_steps(self) -> None:
        project = self._state.project
        self._state.jobs.read(lambda: _steps_of(project), done=self._take_steps, key="undo steps")

    def _take_steps(self, steps: Steps) -> None:
        self._steps = steps
        self._actions.name_step(ActionId.EDIT_UNDO, steps[0])
        self._actions.name_step(ActionId.EDIT_REDO, steps[1])
        self.refresh()


def _steps_of(project: Project) -> Steps:
    return project.history.undo_label(), project.history.redo_label()
