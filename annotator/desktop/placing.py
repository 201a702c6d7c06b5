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
    """Looks for own passages on earlier texts of the open article, tells of them once for each text, places them."""

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self._space = space
        self._told: set[str] = set()
        self._older = False
        space.all_actions.on(A.ARTICLE_PLACE, self.show)
        space.state.article_opened.connect(self._look)
        space.state.marks_changed.connect(self._look_again)

    def show(self) -> None:
        """Show the passages that wait, beside the article."""
        if self._space.state.article is not None:
            PlaceDialog(self._space.state, self._space.view, self._space).show()

    def _look(self, article_id: str) -> None:
        state = self._space.state
        if self._space.read_only or state.analyst is None or state.text is None or not state.older:
            self._space.take_older(older=False)
            return
        text_id, layer, articles = state.text.id, state.analyst.id, self._space.project.articles
        self._space.jobs.read(
            lambda: articles.on_older_texts(article_id, layer=layer),
            done=lambda older: self._take(text_id, older),
            key="older",
        )

    def _look_again(self) -> None:
        """Look whether the last one found its place, while there are any; an undo of the correction opens the text."""
        article = self._space.state.article
        if self._older and article is not None:
            self._look(article.id)

    def _take(self, text_id: str, older: Sequence[ToPlace]) -> None:
        self._older = bool(older)
        self._space.take_older(older=self._older)
        if older and text_id not in self._told:
            self._tell(text_id, older)

    def _tell(self, text_id: str, older: Sequence[ToPlace]) -> None:
        self._told.add(text_id)
        waiting = sum(not old.placement.certain for old in older)
        if waiting:
            words = self.tr("The text was corrected. Passages of yours that wait to be placed: {0}").format(waiting)
        else:
            words = self.tr(
                "The text was corrected. Passages of yours that are shown where they stand now: {0}"
            ).format(len(older))
        self._space.prompts.offer(words, self.tr("Place them…"), self.show)
