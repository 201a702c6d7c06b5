"""What the window shows, against what a fresh one shows of the same project."""

from __future__ import annotations

import gc
from dataclasses import dataclass, fields

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.desktop.annotating.binding import ArticleBinding
from annotator.desktop.article_view import ArticleView
from annotator.desktop.article_view.shown_state import ShownState
from annotator.desktop.main_window import MainWindow
from annotator.desktop.reading_places import ReadingPlaces
from annotator.desktop.theme import ThemeChoice
from annotator.domain.marks import Mark
from tests.desktop.windows import settle, space_of

PLACES = 12


def rest() -> None:
    """Let timers of the last action run, such as that of the bar at a selection, and what they want be laid out."""
    for _ in range(3):  # a timer, the layout of a bar, that of the window around it
        QApplication.processEvents()
        QApplication.sendPostedEvents()


def on_screen(view: ArticleView) -> QImage:
    """Return what the screen has of the view's viewport: all that was repainted so far, piece by piece."""
    area = view.viewport()
    corner = area.mapTo(view.window(), area.rect().topLeft())
    picture = view.screen().grabWindow(view.window().winId(), corner.x(), corner.y(), area.width(), area.height())
    return picture.toImage().convertToFormat(QImage.Format.Format_RGB32)


def without_what_covers(view: ArticleView, picture: QImage) -> QImage:
    """Return a picture of the viewport with drawers and other parts of the window that lie over it blotted out."""
    area, window = view.viewport(), view.window()
    here = QRect(area.mapTo(window, QPoint()), area.size())
    painter = QPainter(picture)
    for widget in window.findChildren(QWidget):
        if (
            not widget.isVisible()
            or widget.isWindow()
            or view in (widget, widget.parent())
            or widget.isAncestorOf(view)
        ):
            continue
        covered = QRect(widget.mapTo(window, QPoint()), widget.size()) & here
        if not area.isAncestorOf(widget) and not covered.isEmpty():
            painter.fillRect(covered.translated(-here.topLeft()), Qt.GlobalColor.black)
    painter.end()
    return picture


def painted_anew(view: ArticleView) -> QImage:
    """Return the viewport as one full repaint gives it."""
    return view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def stored_marks(window: MainWindow) -> dict[str, Mark]:
    """Return the marks of the open article as the database has them."""
    state = space_of(window).state
    assert window.project is not None
    assert state.article is not None
    return {mark.id: mark for mark in window.project.annotations.marks(state.article.id)}


class Twin:
    """A view of its own that is fed what the window's state says, and so has no history."""

    def __init__(self, window: MainWindow) -> None:
        space = space_of(window)
        self._used = space.view
        self.view = ArticleView()
        self.view.setObjectName("twin")
        self.view.setFont(self._used.font())
        self.view.set_theme(self._used._theme)
        self.view.set_setting(self._used._setting)
        self.view.set_zoom(self._used.zoom())
        self.view.resize(self._used.size())
        self.view.show()
        self._binding = ArticleBinding(space.state, self.view, ReadingPlaces(), self.view)
        self._binding._show_article()

    def picture(self) -> QImage:
        """Return what a view without history shows for the same state and place."""
        used, view = self._used, self.view
        view.set_hidden(used.marks.hidden_tags, used.marks.hidden_marks, used.marks.hidden_analysts)
        _take_over(view.state, used.state)
        view.marks.pending |= used.marks.pending
        QApplication.sendPostedEvents(view)
        view.page.restore(used.page.reading_position())
        view.scroller.sync()
        view.horizontalScrollBar().setValue(used.horizontalScrollBar().value())
        return painted_anew(view)

    def close(self) -> None:
        """Take the view away; the state forgets it, and all is looked through, as the program does with a window."""
        self.view.close()
        self._binding.setParent(None)
        self._binding.deleteLater()
        self.view.deleteLater()
        del self.view, self._binding
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.unfreeze()  # the collector may have set the twin aside while it was there
        gc.collect()


def _take_over(state: ShownState, used: ShownState) -> None:
    """Take what the user did (caret, selection, hits), and not what the window says of the passages."""
    fed = {"labels", "relations", "own_analyst"}
    for field in fields(ShownState):
        if field.name not in fed:
            setattr(state, field.name, getattr(used, field.name))


@dataclass(frozen=True)
class Looks:
    """What a window shows, and what a fresh one has to be told to show the same."""

    size: QSize
    zoom: int
    theme: ThemeChoice
    article_id: str
    caret: int
    current: str | None
    places: tuple[int, ...]
    pictures: tuple[QImage, ...]

    @classmethod
    def of(cls, window: MainWindow) -> Looks:
        """Look at a window at rest, without what only its user's hands left: bars, lines, hits, passages clicked at."""
        space = space_of(window)
        view, article = space.view, space.state.article
        assert article is not None
        window.message_bar.hide()
        space.area.filter_bar.end()
        space.area.find_bar.end()
        space.area.go_bar.give_up()
        view.point_out(None)
        space.show_text()
        view.clear_selection()
        view.hover(None)
        current = space.state.current
        for chosen in (None, current):  # so that the row of passages here lists those at its place, as a fresh one does
            space.state.set_current(chosen)
        rest()
        length = len(view.page.text)
        places = (view.caret(), *(length * n // PLACES for n in range(PLACES)))
        return cls(
            window.size(),
            view.zoom(),
            window.shared.themes.choice,
            article.id,
            view.caret(),
            view.current(),
            places,
            _pictures(view, places),
        )

    def shown_by(self, window: MainWindow, qtbot: QtBot) -> tuple[QImage, ...]:
        """Let a fresh window show the same and return its pictures."""
        space = space_of(window)
        window.shared.themes.choose(self.theme)
        window.resize(self.size)
        space.state.open_article(self.article_id, current=self.current)
        settle(qtbot, window)
        space.view.set_zoom(self.zoom)
        space.view.put_selection(self.caret, self.caret)
        space.show_text()
        rest()
        return _pictures(space.view, self.places)


def _pictures(view: ArticleView, places: tuple[int, ...]) -> tuple[QImage, ...]:
    """Return the viewport with each of these places a hand below its top."""
    found = []
    for offset in places:
        view.page.restore((offset, 40))
        view.scroller.sync()
        view.horizontalScrollBar().setValue(0)
        found.append(painted_anew(view))
    return tuple(found)
