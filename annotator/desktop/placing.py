"""Passages that were marked on an earlier text of an article: offered to be placed on the present one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.desktop.actions import ActionId as A
from annotator.desktop.dialogs.place_dialog import PlaceDialog

if TYPE_CHECKING:
    from annotator.desktop.workspace import Workspace
    from annotator.services.corrections import ToPlace


class Placing(QObject):
    """Tells, once for each text, that own passages wait for their place, and shows the dialog to place them."""

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self._space = space
        self._told: set[str] = set()
        space.all_actions.on(A.ARTICLE_PLACE, self.show)
        space.state.article_opened.connect(self._look)

    def show(self) -> None:
        """Show the passages that wait, beside the article."""
        if self._space.state.article is not None:
            PlaceDialog(self._space.state, self._space.view, self._space).show()

    def _look(self, article_id: str) -> None:
        state = self._space.state
        if self._space.read_only or state.analyst is None or state.text is None or state.text.id in self._told:
            return
        text_id, layer, articles = state.text.id, state.analyst.id, self._space.project.articles
        self._space.jobs.read(
            lambda: articles.on_older_texts(article_id, layer=layer),
            done=lambda older: self._tell(text_id, older),
            key="older",
        )

    def _tell(self, text_id: str, older: Sequence[ToPlace]) -> None:
        if not older:
            return
        self._told.add(text_id)
        waiting = sum(not old.placement.certain for old in older)
        if waiting:
            words = self.tr("The text was corrected. Passages of yours that wait to be placed: {0}").format(waiting)
        else:
            words = self.tr(
                "The text was corrected. Passages of yours that are shown where they stand now: {0}"
            ).format(len(older))
        self._space.prompts.offer(words, self.tr("Place them…"), self.show)
