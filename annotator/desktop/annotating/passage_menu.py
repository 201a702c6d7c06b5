"""The menu of the right mouse button in the article: what lies there, the tags, and what can be done with a passage."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from annotator.desktop.actions import ActionId, Actions
from annotator.desktop.annotating.binding import label_text
from annotator.desktop.annotating.commands import Annotating
from annotator.desktop.annotating.targets import quoted
from annotator.desktop.article_view import ArticleView
from annotator.desktop.models.state import ProjectState
from annotator.desktop.widgets.icons import chip_icon
from annotator.desktop.widgets.menu_heading import add_heading

_MOST = 20
"""Passages at one place that the menu lists; O walks through all."""
_BEGINNING = 32
"""Code points of a quote in the menu."""
_OF_A_PASSAGE = (
    ActionId.ANNOTATION_PEOPLE,
    ActionId.ANNOTATION_LINK,
    ActionId.ANNOTATION_MOVE_ENDS,
    ActionId.ANNOTATION_ATTRIBUTION,
    ActionId.ANNOTATION_NOTE,
    ActionId.ANNOTATION_UNSURE,
    ActionId.ANNOTATION_DELETE,
)


def passage_menu(
    state: ProjectState, view: ArticleView, actions: Actions, annotating: Annotating, parent: QWidget
) -> QMenu:
    """Return the menu for the caret's place; it offers nothing that there is no passage or selection for."""
    menu = QMenu(parent)
    menu.setObjectName("passageMenu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    selected = view.selected_span() is not None
    here = [] if selected else view.annotations_at(view.caret())
    if len(here) > 1:
        _add_passages(menu, state, view, here[:_MOST])
    menu.addActions(actions.tag_actions())
    if here or state.current is not None:
        second = menu.addMenu(_tr("&Second passage on the same words"))
        second.setEnabled(not state.project.read_only)
        for tag in state.tags_in_use():
            second.addAction(chip_icon(tag.colour), tag.name, partial(annotating.tag_again, tag.id))
        menu.addSeparator()
        menu.addActions([actions.action(id_) for id_ in _OF_A_PASSAGE])
    if here or selected or state.current is not None:
        menu.addSeparator()
        menu.addAction(actions.action(ActionId.EDIT_COPY))
    return menu


def _add_passages(menu: QMenu, state: ProjectState, view: ArticleView, here: list[str]) -> None:
    """List the passages of a place, the innermost first; the one that is pointed at is shown stronger in the text."""
    add_heading(menu, _tr("{0} passages here").format(len(here)))
    group = QActionGroup(menu)
    for annotation_id in here:
        tag = state.tag(state.marks[annotation_id].tag_id)
        words = quoted(_short(state.quote(annotation_id)))
        action = menu.addAction(f"{label_text(state, annotation_id)}  {words}".replace("&", "&&"))
        action.setObjectName(f"passageMenu.{annotation_id}")
        action.setIcon(chip_icon(tag.colour if tag else ""))
        action.setCheckable(True)
        action.setChecked(annotation_id == state.current)
        action.setData(annotation_id)
        action.triggered.connect(partial(_choose, view, annotation_id))
        group.addAction(action)
    menu.addSeparator()
    menu.hovered.connect(partial(_preview, view, frozenset(here)))
    menu.aboutToHide.connect(partial(view.hover, None))


def _choose(view: ArticleView, annotation_id: str) -> None:
    view.choose(annotation_id, caret=view.caret())


def _preview(view: ArticleView, here: frozenset[str], action: QAction) -> None:
    view.hover(action.data() if action.data() in here else None)


def _short(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= _BEGINNING else line[: _BEGINNING - 1].rstrip() + "…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("PassageMenu", text)
