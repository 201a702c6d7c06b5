"""Connects the window with the workspace of the project that has been opened in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.desktop.actions import ActionId
from annotator.desktop.article_commands import ArticleCommands
from annotator.desktop.care_commands import CareCommands
from annotator.desktop.exchange_commands import ExchangeCommands
from annotator.desktop.placing import Placing
from annotator.desktop.print_commands import PrintCommands
from annotator.desktop.project_commands import ProjectCommands
from annotator.desktop.review.sessions import Sessions
from annotator.desktop.speech import Speech
from annotator.desktop.wiring import show_place

if TYPE_CHECKING:
    from annotator.desktop.main_window import MainWindow
    from annotator.desktop.workspace import Workspace


def connect_window(window: MainWindow, space: Workspace) -> None:
    """Make the project's commands and connect bars, bus and drops with the workspace."""
    actions, state, status, bar = window.all_actions, space.state, window.status_line, window.top_bar
    project = ProjectCommands(space)
    ArticleCommands(space, window.drops)
    Placing(space)
    ExchangeCommands(space, window.drops)
    PrintCommands(space)
    sessions = Sessions(space, window.bus)
    window.commands.collect = sessions.collect
    window.care = CareCommands(space, window)

    Speech(state, window.bus, space.area)

    sessions.place_requested.connect(partial(show_place, space))
    space.needs_changed.connect(actions.set_needs)
    space.letters_changed.connect(bar.set_letters)
    window.bus.changed.connect(space.history.refresh)
    window.bus.changed.connect(project.take_change)
    project.renamed.connect(window.show_title)

    actions.on(ActionId.VIEW_NEXT_PANEL, lambda: space.walk(1, [bar]))
    actions.on(ActionId.VIEW_PREVIOUS_PANEL, lambda: space.walk(-1, [bar]))

    state.codebook_changed.connect(lambda: bar.set_tags(state.tags))
    actions.on(ActionId.EDIT_FIND_IN_PROJECT, bar.focus_search)
    bar.search_changed.connect(space.find_in_project)
    bar.search_entered.connect(space.enter_search)

    def show_counts() -> None:
        summary = state.articles.get(state.article.id) if state.article is not None else None
        status.set_counts(summary.counts if summary is not None else None)

    def show_analyst() -> None:
        status.set_analyst(state.analyst.initials or state.analyst.name if state.analyst else "")
        if state.analyst is None and not space.read_only and window.asks:
            project.ask_analyst()

    for signal in (state.article_opened, state.article_closed, state.articles_changed):
        signal.connect(lambda _value=None: show_counts())
    state.loaded.connect(show_analyst)
    state.analysts_changed.connect(
        lambda: status.set_analyst(state.analyst.initials or state.analyst.name if state.analyst else "")
    )
    status.set_zoom(space.view.zoom())
    space.view.zoom_changed.connect(status.set_zoom)
    project.read_name()
