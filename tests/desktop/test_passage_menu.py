"""The menu at the mouse in the article: about what is there, and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from annotator.desktop.actions import ActionId
from annotator.domain.codebook import TagKind
from tests.desktop.desk import Desk

PASSAGE = {ActionId.ANNOTATION_PEOPLE, ActionId.ANNOTATION_LINK, ActionId.ANNOTATION_DELETE}


def tag(desk: Desk, words: str, key: str) -> str:
    desk.select(words)
    desk.press(key)
    desk.press(Qt.Key.Key_Escape)
    desk.settle()
    assert desk.state.current is not None
    return desk.state.current


def opened(desk: Desk) -> QMenu:
    desk.area.view.context_menu_requested.emit(desk.window.mapToGlobal(QPoint(40, 40)))
    return desk.child(QMenu, "passageMenu")


def hovered(desk: Desk) -> str | None:
    return desk.area.view.state.hovered


def names(menu: QMenu) -> list[str]:
    return [action.objectName() for action in menu.actions()]


def passages(menu: QMenu) -> list[QAction]:
    return [action for action in menu.actions() if action.objectName().startswith("passageMenu.")]


def test_where_nothing_is_marked_nothing_is_offered_for_a_passage(desk: Desk) -> None:
    tag(desk, "the bridge had gone", "C")
    desk.place_caret("Dora Quill")
    menu = opened(desk)
    assert not PASSAGE & set(names(menu))
    assert ActionId.EDIT_COPY not in names(menu)
    assert "annotation.create.claim" in names(menu)
    menu.close()


def test_with_a_selection_it_can_be_copied(desk: Desk) -> None:
    desk.select("Dora Quill")
    menu = opened(desk)
    assert ActionId.EDIT_COPY in names(menu)
    assert not PASSAGE & set(names(menu))
    menu.close()


def test_on_a_passage_what_can_be_done_with_it_is_offered(desk: Desk) -> None:
    tag(desk, "the bridge had gone", "C")
    desk.place_caret("bridge had")
    menu = opened(desk)
    assert set(names(menu)) > PASSAGE
    assert passages(menu) == []
    menu.close()


def test_where_several_lie_they_are_listed_shown_and_chosen(desk: Desk) -> None:
    outer = tag(desk, "the bridge had gone for 4,200 crowns", "C")
    inner = tag(desk, "bridge had gone", "D")
    desk.place_caret("had gone")
    menu = opened(desk)
    listed = passages(menu)
    assert [action.data() for action in listed] == [inner, outer]
    assert listed[0].text() == "denial  “bridge had gone”"
    menu.setActiveAction(listed[1])
    assert hovered(desk) == outer
    desk.press(Qt.Key.Key_Return)
    assert desk.state.current == outer
    assert hovered(desk) is None
    assert desk.area.view.caret() == desk.text.index("had gone")


def test_escape_leaves_the_list_and_everything_as_it_was(desk: Desk) -> None:
    tag(desk, "the bridge had gone for 4,200 crowns", "C")
    tag(desk, "bridge had gone", "D")
    desk.place_caret("had gone")
    menu = opened(desk)
    menu.setActiveAction(passages(menu)[0])
    desk.press(Qt.Key.Key_Escape)
    assert (desk.state.current, hovered(desk)) == (None, None)


def test_a_second_passage_from_the_menu(desk: Desk) -> None:
    tag(desk, "the bridge had gone", "C")
    desk.place_caret("bridge had")
    menu = opened(desk)
    second = next(action.menu() for action in menu.actions() if action.menu() is not None)
    assert isinstance(second, QMenu)
    next(action for action in second.actions() if action.text() == "Evidence").trigger()
    menu.close()
    first, other = desk.stored()
    assert (first.start, first.end) == (other.start, other.end)
    assert {desk.state.kind_of(a.tag_id) for a in (first, other)} == {TagKind.CLAIM, TagKind.EVIDENCE}
