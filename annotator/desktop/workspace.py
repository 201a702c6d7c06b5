"""The window's inside while a project is open: its panels are built and laid out here.

Panels know the state and their own job, not each other; all their connections stand in
:mod:`annotator.desktop.wiring`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.actions import ActionId, Actions, Need
from annotator.desktop.article_area import ArticleArea
from annotator.desktop.article_picture import view_theme
from annotator.desktop.article_view import load_fonts
from annotator.desktop.bus import ProjectBus
from annotator.desktop.command_palette import Entry
from annotator.desktop.empty_page import EmptyPage
from annotator.desktop.history_steps import HistorySteps
from annotator.desktop.jobs import Jobs
from annotator.desktop.models.state import ProjectState
from annotator.desktop.panels.article_list import ArticleList
from annotator.desktop.panels.codebook_panel import CodebookPanel
from annotator.desktop.panels.passages_view import PassagesView
from annotator.desktop.panels.people_panel import PeoplePanel
from annotator.desktop.panels.search_panel import SearchPanel
from annotator.desktop.prompts import Prompts
from annotator.desktop.review.reviewing import Reviewing
from annotator.desktop.shared import Shared
from annotator.desktop.text_setting import setting_of
from annotator.desktop.theme import Theme
from annotator.desktop.widgets.panes import Panes, owner_of
from annotator.desktop.widgets.reading_order import in_reading_order, takes_tab
from annotator.settings import READING_VIEW, SHOW_RULES, SMOOTH_SCROLLING, ZOOM

if TYPE_CHECKING:
    from annotator.desktop.glance_page import GlancePage
    from annotator.services.project import Project


class Workspace(QWidget):
    """Everything that shows the open project, once :meth:`build_panels` has been called."""

    needs_changed = Signal(object)  # frozenset[Need]
    letters_changed = Signal(bool)

    def __init__(  # noqa: PLR0913  (what a project is shown with)
        self,
        project: Project,
        jobs: Jobs,
        bus: ProjectBus,
        actions: Actions,
        prompts: Prompts,
        shared: Shared,
        parent: QWidget | None = None,
        *,
        glance: GlancePage | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("workspace")
        self.first_article = glance.article_id if glance is not None else ""
        """The article that is shown already when the project has been opened, empty for none."""
        self.project, self.jobs, self.bus, self.all_actions = project, jobs, bus, actions
        self.prompts, self.shared = prompts, shared
        self.read_only = project.read_only
        self.at_rest = False
        """Whether nothing is done here for a while: the project is being replaced."""
        self.state = ProjectState(project, jobs, bus, self)
        self.history = HistorySteps(self.state, actions, prompts, self)
        self._steps: tuple[str | None, str | None] = (None, None)
        self._older = self._reloading = False
        self.reviewing = Reviewing(self)
        self._build_article_area(glance)

    def build_panels(self) -> None:
        """Build what stands around the article: the other half of the work, for another turn of the event loop."""
        self._build_sides()
        self.passages = PassagesView(self.state, self.shared.themes.tag_colour, self)
        self.empty = EmptyPage(self.all_actions, self.shared.icons, self)
        self.middle = QStackedWidget(self)
        self.search = SearchPanel(self.state, self)
        for page in (self.empty, self.area, self.passages, self.search):
            self.middle.addWidget(page)
        if self.first_article:
            self.middle.setCurrentWidget(self.area)
        self.front = QStackedWidget(self)
        """The article with the panels beside it, or a screen of a review."""
        self.panes = Panes(self.left, self.middle, self.inspector, self.front)  # a later parent would style all anew
        self.front.addWidget(self.panes)
        self.panes.focus_freed.connect(self._focus_middle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.front)
        self.take_theme(self.shared.themes.theme)
        for widget in self.area.text_widgets:
            widget.installEventFilter(self)

    def _build_article_area(self, glance: GlancePage | None) -> None:
        load_fonts()
        settings = self.shared.settings
        self.area = ArticleArea(
            self.state,
            self.all_actions,
            say=lambda text, undo: self.prompts.say(text, undo=undo),
            rules_shown=lambda: settings.get(SHOW_RULES),
            parent=self,
            view=glance.give_view() if glance is not None else None,
            glanced=glance.picture if glance is not None else None,
        )
        self.area.places.read(settings.layout(f"reading.{self.project.id}"))
        self.view, self.inspector = self.area.view, self.area.inspector
        self.take_settings()

    def _build_sides(self) -> None:
        self.article_list = ArticleList(self.state, self.all_actions, self)
        self.people_panel = PeoplePanel(self.state, self)
        self.codebook_panel = CodebookPanel(self.state, self)
        self.left = QTabWidget(self)
        self.left.setObjectName("leftTabs")
        for named in (self.left, self.left.tabBar()):
            named.setAccessibleName(self.tr("Articles, people and codebook"))
        self.left.setDocumentMode(True)
        self.left.tabBar().setDrawBase(False)
        self.left.setUsesScrollButtons(False)
        self.left.setElideMode(Qt.TextElideMode.ElideRight)
        for panel, title in (
            (self.article_list, self.tr("Articles")),
            (self.people_panel, self.tr("People")),
            (self.codebook_panel, self.tr("Codebook")),
        ):
            self.left.setTabToolTip(self.left.addTab(panel, title), title)

    # what is shown -------------------------------------------------------------

    def bring_to_front(self, screen: QWidget) -> None:
        """Show the article with its panels, or a screen of a review, in the place of the other."""
        if self.front.currentWidget() is not screen:
            self.front.setCurrentWidget(screen)
            self.tell_needs()

    def _show_middle(self, page: QWidget) -> None:
        self.middle.setCurrentWidget(page)
        self.panes.put_right_aside(
            aside=page not in (self.area, self.empty)
        )  # the inspector is about the text's passages
        self.bring_to_front(self.panes)

    def show_text(self) -> None:
        """Show the article and give it the focus; drawers go in."""
        self.panes.close_drawers()
        if self.state.article is None:
            self.show_empty()
            return
        self._show_middle(self.area)
        self.area.focus_text()

    def _focus_middle(self) -> None:
        front = self.middle.currentWidget()
        if front is not None:
            front.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_article(self) -> None:
        """Show the article that has been opened; one that is only read anew stays behind a review."""
        reloaded, self._reloading = self._reloading, False
        if not reloaded or self.reviewing.screen is None:
            self.show_text()

    def back_to_text(self) -> None:
        """Show the article as Esc does: in the text itself, where nothing is left to give up, the search ends."""
        if self.reviewing.escape():
            return
        if self.area.reader.hasFocus():
            self.area.find_bar.end()
        self.show_text()

    def show_empty(self) -> None:
        """Show how to bring an article in, or that none is open."""
        self.empty.set_state(articles=len(self.state.articles), writable=not self.read_only)
        self._show_middle(self.empty)
        self.empty.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_passages(self) -> None:
        """Show the passages of the whole project."""
        self._show_middle(self.passages)
        self.passages.focus_list()

    def find_in_project(self, words: str) -> None:
        """Show what has these words while they are typed; without words, the article again."""
        if words.strip():
            self._show_middle(self.search)
            self.search.search_soon(words)
        elif self.middle.currentWidget() is self.search:
            self._show_middle(self.area if self.state.article is not None else self.empty)

    def enter_search(self, words: str) -> None:
        """Search at once and give the list of what was found the focus."""
        if words.strip():
            self._show_middle(self.search)
            self.search.search_now(words)
            self.search.focus_list()

    @property
    def front_panes(self) -> Panes:
        """The panes whose outer ones can be shown and hidden: of the screen in front, else of the article."""
        screen = self.reviewing.screen
        return (screen.panes() if screen is not None else None) or self.panes

    def follow_panes(self, panes: Panes | None = None) -> None:
        """Let the two actions stand as the panes in front do, and follow ``panes`` from now on."""
        left, right = (self.all_actions.action(id_) for id_ in (ActionId.VIEW_LEFT, ActionId.VIEW_INSPECTOR))
        if panes is not None:
            panes.left_shown_changed.connect(left.setChecked)
            panes.right_shown_changed.connect(right.setChecked)
        left.setChecked(self.front_panes.left_shown)
        right.setChecked(self.front_panes.right_shown)

    def show_left(self, panel: QWidget) -> None:
        """Show one of the panels on the left and give it the focus."""
        self.bring_to_front(self.panes)
        self.panes.show_left(shown=True)
        self.left.setCurrentWidget(panel)
        panel.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def walk(self, step: int, further: list[QWidget]) -> None:
        """Give the focus to the next or previous panel that is shown; ``further`` are panels outside, such as a bar."""
        screen = self.reviewing.screen
        panels = screen.panels() if screen is not None else self._panels()
        panels += further
        here = owner_of(QApplication.focusWidget(), panels)
        at = panels.index(here) if here is not None else 0
        target = panels[(at + step) % len(panels)]
        if target is self.middle and self.middle.currentWidget() is self.area:
            self.area.reader.setFocus(Qt.FocusReason.TabFocusReason)
        elif not target.hasFocus():
            _first_field(target).setFocus(Qt.FocusReason.TabFocusReason)

    def _panels(self) -> list[QWidget]:
        """Return the panels that are shown beside the article, and it, from left to right."""
        left, right = [self.left] if self.panes.left_shown else [], [self.inspector] if self.panes.right_shown else []
        return [*left, self.middle, *right]

    def take_theme(self, theme: Theme) -> None:
        """Give the views of the article their colours."""
        self.area.reading.set_theme(theme)
        self.view.set_theme(view_theme(theme))

    def take_settings(self) -> None:
        """Let changed settings take effect."""
        settings = self.shared.settings
        setting = setting_of(settings)
        self.area.reading.set_font_family(setting.family)
        self.view.set_setting(setting)
        self.view.set_smooth_scrolling(wanted=settings.get(SMOOTH_SCROLLING))
        self.view.set_zoom(settings.get(ZOOM))
        self.area.set_reading(settings.get(READING_VIEW))
        self.reviewing.take_settings()

    def keep_zoom(self) -> None:
        """Keep the size of the text for the next time."""
        self.shared.settings.set(ZOOM, self.view.zoom())

    def take_reading(self, on: bool) -> None:
        """Show the reading view or the article view, and begin with it the next time."""
        if on != self.area.is_reading:
            self.shared.settings.set(READING_VIEW, on)
            self.area.set_reading(on)

    def palette_entries(self) -> list[Entry]:
        """Return the articles and people for the command palette."""
        state = self.state
        articles = [
            Entry(
                summary.article.title or self.tr("Untitled article"),
                summary.article.outlet or self.tr("article"),
                partial(state.open_article, summary.article.id),
                rank=100,
            )
            for summary in state.articles.values()
        ]
        people = [
            Entry(person.name, self.tr("person: all passages"), partial(self.show_person, person.id))
            for person in state.people_in_use()
        ]
        return articles + people

    def show_person(self, person_id: str) -> None:
        """Show everything that a person said, in all articles."""
        self.passages.show_person(person_id)
        self.show_passages()

    # what is so ------------------------------------------------------------------

    def take_steps(self, undo: str | None, redo: str | None) -> None:
        """Note what can be undone and redone."""
        self._steps = (undo, redo)
        self.tell_needs()

    def tell_needs(self) -> None:
        """Tell what holds at present, for the actions."""
        state, reviewing = self.state, self.front.currentWidget() is not self.panes
        mark = state.marks.get(state.current or "")
        own = mark is None or (state.analyst is not None and mark.analyst_id == state.analyst.id)
        holds = {
            Need.PROJECT: True,
            Need.WRITABLE: not self.read_only,
            Need.ARTICLE: state.article is not None and not reviewing,
            Need.OWN: own and not reviewing,
            Need.TEXT: state.article is not None or reviewing,
            Need.UNDO: self._steps[0] is not None,
            Need.REDO: self._steps[1] is not None,
            Need.OLDER: self._older,
        }
        if self.at_rest:
            self.needs_changed.emit(frozenset())
            return
        here = self.reviewing.needs() if reviewing else frozenset()
        self.needs_changed.emit(frozenset(need for need, held in holds.items() if held) | here)

    def set_at_rest(self, *, at_rest: bool) -> None:
        """Have no action and no drop do anything here, or all of them again."""
        self.at_rest = at_rest
        self.window().setAcceptDrops(not at_rest)
        self.tell_needs()

    def take_older(self, *, older: bool) -> None:
        """Note whether own passages were marked on an earlier text of the open article."""
        self._older = older
        self.tell_needs()

    def reload(self) -> None:
        """Read everything anew, the open article too: much of the project has changed at once."""
        self.state.load()
        self.history.refresh()
        if self.state.article is not None:
            self._reloading = True
            self.state.open_article(self.state.article.id, current=self.state.current)

    def flush(self) -> None:
        """Write what is typed and waiting."""
        self.inspector.fields.flush()
        self.reviewing.flush()

    def close_project(self) -> None:
        """Let go of the project; the panels show the last state until they are deleted."""
        self.area.close_project()
        self.keep_zoom()
        settings = self.shared.settings
        article = self.state.article.id if self.state.article else ""
        places = {f"article.{self.project.id}": article, f"reading.{self.project.id}": self.area.places.written()}
        settings.remember_layout(panes=self.panes.remembered(), **places)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when the article gains and loses the focus: the letters act only there."""
        if watched in self.area.text_widgets and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.letters_changed.emit(event.type() == QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)


def _first_field(panel: QWidget) -> QWidget:
    """Return the first widget in a panel that takes the focus by Tab, the panel itself when there is none."""
    return next(filter(takes_tab, in_reading_order(panel)), panel)
