"""What the window shows while its project is still being opened: the article, as it will stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.article_picture import ArticlePicture, picture_of, show_picture, view_theme
from annotator.desktop.article_view import ArticleView, load_fonts
from annotator.desktop.reading_places import ReadingPlaces
from annotator.desktop.shared import Shared
from annotator.desktop.text_setting import setting_of
from annotator.desktop.theme import Theme
from annotator.desktop.widgets.panes import Panes
from annotator.settings import ZOOM

if TYPE_CHECKING:
    from annotator.services.first_look import Glance


class GlancePage(QWidget):
    """The article between the places of the panels. Its view moves into the workspace, with all that was done in it.

    So what is scrolled, selected, chosen and zoomed meanwhile stays. Nothing can be marked yet.
    """

    painted = Signal()
    """The page is on the screen for the first time."""

    def __init__(self, glance: Glance, shared: Shared, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("glancePage")
        load_fonts()
        self._shared = shared
        self._painted = False
        self.article_id = glance.shown.article.id
        self.view = ArticleView(self)
        self.view.set_setting(setting_of(shared.settings))
        self.view.set_zoom(shared.settings.get(ZOOM))
        self.view.set_own_analyst("")
        self._take_theme(shared.themes.theme)
        self.picture: ArticlePicture = picture_of(
            glance.shown.article,
            glance.shown.text,
            {tag.id: tag for tag in glance.tags},
            glance.shown.marks,
            glance.shown.labels,
        )
        show_picture(self.view, self.picture)
        places = ReadingPlaces()
        places.read(shared.settings.layout(f"reading.{glance.project_id}"))
        if (place := places.of(glance.shown.text.id)) is not None:
            self.view.put_selection(place.caret, place.caret)
            self.view.show_reading((place.offset, place.below))
        panes = Panes(QWidget(), self.view, QWidget(), self)
        panes.restore(shared.settings.layout("panes"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panes)
        self.setFocusProxy(self.view)
        shared.themes.changed.connect(self._take_theme)
        self.view.zoom_changed.connect(self._keep_zoom)

    def give_view(self) -> ArticleView:
        """Let go of the view, for the workspace."""
        self._shared.themes.changed.disconnect(self._take_theme)
        self.view.zoom_changed.disconnect(self._keep_zoom)
        return self.view

    def _take_theme(self, theme: Theme) -> None:
        self.view.set_theme(view_theme(theme))

    def _keep_zoom(self, zoom: int) -> None:
        self._shared.settings.set(ZOOM, zoom)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()
