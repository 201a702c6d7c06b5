"""The menu bar and context menus, made from the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annotator.desktop.actions import ACTIONS, ActionId, Actions, Menu
from annotator.desktop.icons import Icons


def fill_menu_bar(bar: QMenuBar, actions: Actions, recent: QMenu, icons: Icons) -> None:
    """Add a menu for each of :class:`Menu`; ``recent`` becomes a submenu below "Open project…".

    The tags' actions stand at the head of the passage menu and follow the codebook. A menu's icons are drawn when it is
    shown for the first time.
    """
    for title in Menu:
        menu = bar.addMenu(QCoreApplication.translate("Actions", title.value))
        menu.setObjectName(f"menu.{title.name.lower()}")
        first = _add_table(menu, actions, title)
        menu.aboutToShow.connect(partial(_dress, actions, title, icons), Qt.ConnectionType.SingleShotConnection)
        if title is Menu.FILE:
            menu.insertMenu(actions.action(ActionId.PROJECT_SAMPLE), recent)
        elif title is Menu.PASSAGE and first is not None:
            _keep_tags_before(menu, first, actions)


def context_menu(actions: Actions, ids: Iterable[ActionId | None], parent: QWidget) -> QMenu:
    """Return a menu of some actions, None standing for a line; it is deleted when it closes."""
    menu = QMenu(parent)
    for id_ in ids:
        if id_ is None:
            menu.addSeparator()
        else:
            menu.addAction(actions.action(id_))
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def fill_recent(menu: QMenu, locations: Iterable[str], open_project: Callable[[str], object]) -> None:
    """Fill the menu of recent projects; it is disabled while there are none."""
    menu.clear()
    for location in locations:
        action = QAction(location_name(location).replace("&", "&&"), menu)
        action.setToolTip(location)
        action.setStatusTip(location)
        action.triggered.connect(lambda _checked=False, place=location: open_project(place))
        menu.addAction(action)
    menu.setEnabled(not menu.isEmpty())


def location_name(location: str) -> str:
    """Return what a location is called on screen: the file's name, never a password within a URL."""
    if "://" in location:
        return location.rpartition("@")[2] or location
    return Path(location).stem


def _dress(actions: Actions, title: Menu, icons: Icons) -> None:
    for spec in ACTIONS:
        if spec.menu is title and spec.icon:
            icons.dress(actions.action(spec.id), spec.icon)


def _add_table(menu: QMenu, actions: Actions, title: Menu) -> QAction | None:
    section: int | None = None
    first: QAction | None = None
    for spec in ACTIONS:
        if spec.menu is not title:
            continue
        if section is not None and spec.section != section:
            menu.addSeparator()
        section = spec.section
        action = actions.action(spec.id)
        menu.addAction(action)
        first = first or action
    return first


def _keep_tags_before(menu: QMenu, first: QAction, actions: Actions) -> None:
    line = menu.insertSeparator(first)
    actions.tags_changed.connect(lambda: menu.insertActions(line, actions.tag_actions()))
