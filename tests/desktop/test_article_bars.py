"""The bars around the article: filter, find, all passages at one place, and the tags at a selection."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from annotator.domain.annotations import Role
from annotator.domain.codebook import TagKind
from tests.desktop.desk import Desk

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Scene:
    """A claim by Tom Reed within which a denial by Dora Quill lies."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.claim = self.add("Mayor Tom Reed claimed that the bridge had gone", "Claim", "Tom Reed")
        self.denial = self.add("the bridge had gone", "Denial", "Dora Quill")
        desk.settle()

    def add(self, words: str, tag: str, speaker: str) -> str:
        start = self.desk.text.index(words)
        people = [(speaker, Role.SPEAKER)]
        annotations = self.desk.project.annotations
        return annotations.add(self.desk.article.id, start=start, end=start + len(words), tag=tag, people=people).id

    def shown(self) -> set[str]:
        return set(self.desk.area.view.annotations_at(self.desk.text.index("bridge had gone")))

    def here(self) -> list[str]:
        bar = self.desk.area.passages_here
        buttons = [button for button in bar.findChildren(QToolButton) if button.objectName().startswith("here.")]
        return [button.text() for button in buttons] if bar.isVisible() else []


@pytest.fixture
def scene(desk: Desk) -> Scene:
    return Scene(desk)


def open_filter(scene: Scene) -> None:
    scene.desk.press("L", modifier=CTRL | SHIFT)
    assert scene.desk.area.filter_bar.isVisible()


def test_a_tag_is_hidden_and_shown_again(scene: Scene) -> None:
    open_filter(scene)
    name = f"filterTag.{scene.desk.tag_id(TagKind.CLAIM)}"
    scene.desk.child(QToolButton, name).click()
    assert scene.shown() == {scene.denial}
    assert scene.desk.child(QLabel, "filterCount").text() == "1 of 2 shown"
    scene.desk.child(QToolButton, "filterClose").click()
    assert scene.shown() == {scene.claim, scene.denial}
    assert scene.desk.view.hasFocus()


def test_only_one_person_s_passages(scene: Scene) -> None:
    open_filter(scene)
    combo = scene.desk.area.filter_bar.person
    row = combo.findText("Dora Quill")
    combo.setCurrentIndex(row)
    combo.activated.emit(row)
    assert scene.shown() == {scene.denial}


def test_only_one_analyst_s_passages(scene: Scene) -> None:
    scene.desk.project.act_as("Bo Carr", create=True)
    theirs = scene.add("that the bridge had gone for", "Evidence", "Tom Reed")
    scene.desk.settle()
    open_filter(scene)
    combo = scene.desk.area.filter_bar.analyst
    assert combo.isVisible()
    row = combo.findText("Bo Carr")
    combo.setCurrentIndex(row)
    combo.activated.emit(row)
    assert scene.shown() == {theirs}


def test_a_passage_that_is_made_is_shown_whatever_the_filter_says(scene: Scene) -> None:
    open_filter(scene)
    scene.desk.child(QToolButton, f"filterTag.{scene.desk.tag_id(TagKind.CLAIM)}").click()
    scene.desk.view.setFocus()
    scene.desk.select("the bridge had gone for 4,200 crowns")
    scene.desk.press("C")
    scene.desk.press(Qt.Key.Key_Escape)
    scene.desk.settle()
    assert scene.desk.state.current in scene.shown()
    assert scene.claim in scene.shown()


def test_find_counts_and_leaves_the_hit_selected(scene: Scene) -> None:
    scene.desk.press("F", modifier=CTRL)
    scene.desk.write("4,200 crowns")
    count = scene.desk.child(QLabel, "findCount")
    assert count.text() == "1 of 2"
    scene.desk.press(Qt.Key.Key_Return)
    assert count.text() == "2 of 2"
    scene.desk.press(Qt.Key.Key_Return, modifier=SHIFT)
    assert count.text() == "1 of 2"
    scene.desk.press(Qt.Key.Key_Escape)
    span = scene.desk.area.view.selected_span()
    assert span is not None
    assert span.start == scene.desk.text.index("4,200 crowns")
    assert scene.desk.view.hasFocus()


def test_find_goes_round_and_says_so(scene: Scene) -> None:
    scene.desk.press("F", modifier=CTRL)
    scene.desk.write("4,200 crowns")
    scene.desk.press(Qt.Key.Key_F3, Qt.Key.Key_F3)
    count = scene.desk.child(QLabel, "findCount")
    assert count.text() == "1 of 2, on from the top"
    scene.desk.press(Qt.Key.Key_F3, modifier=SHIFT)
    assert count.text() == "2 of 2, on from the end"
    scene.desk.press(Qt.Key.Key_F3, modifier=SHIFT)
    assert count.text() == "1 of 2"


def test_f3_in_the_text_goes_on_with_what_was_looked_for(scene: Scene) -> None:
    scene.desk.press("F", modifier=CTRL)
    scene.desk.write("4,200 crowns")
    scene.desk.press(Qt.Key.Key_Escape)
    assert scene.desk.view.hasFocus()
    scene.desk.press(Qt.Key.Key_F3)
    span = scene.desk.area.view.selected_span()
    assert span is not None
    assert span.start == scene.desk.text.rindex("4,200 crowns")
    assert scene.desk.view.hasFocus()


def test_the_first_step_leaves_the_hit_that_typing_showed(scene: Scene) -> None:
    """However the words were changed: pressing Enter or F3 never shows again what is shown already."""
    scene.desk.press("F", modifier=CTRL)
    scene.desk.write("4,200 crowns")
    scene.desk.press(Qt.Key.Key_F3)
    scene.desk.press(Qt.Key.Key_Backspace)
    assert scene.desk.child(QLabel, "findCount").text() == "2 of 2"
    scene.desk.press(Qt.Key.Key_Return)
    span = scene.desk.area.view.selected_span()
    assert span is not None
    assert span.start == scene.desk.text.index("4,200 crowns")


def test_escape_selects_what_was_looked_at_without_a_further_key(scene: Scene) -> None:
    scene.desk.press("F", modifier=CTRL)
    scene.desk.write("4,200 crowns")
    scene.desk.press(Qt.Key.Key_Escape)
    span = scene.desk.area.view.selected_span()
    assert span is not None
    assert span.start == scene.desk.text.index("4,200 crowns")


def test_escape_goes_back_where_nothing_was_found_unless_the_reader_has_gone_on(scene: Scene) -> None:
    desk, view = scene.desk, scene.desk.area.view
    desk.open(desk.project.articles.add_text("\n".join(f"Line {n} of many." for n in range(300)), title="Lines").id)
    view.setFocus()
    view.scroller.by(123)
    before = view.page.reading_position()
    desk.press("F", modifier=CTRL)
    desk.write("line 25")
    assert view.page.reading_position() != before
    desk.write("x")
    desk.press(Qt.Key.Key_Escape)
    assert (view.page.reading_position(), view.selected_span()) == (before, None)
    desk.press("F", modifier=CTRL)
    desk.write("x")
    view.scroller.by(456)
    on = view.page.reading_position()
    desk.press(Qt.Key.Key_Escape)
    assert view.page.reading_position() == on


def test_find_begins_with_the_selection(scene: Scene) -> None:
    scene.desk.select("4,200 crowns")
    scene.desk.press("F", modifier=CTRL)
    assert scene.desk.area.find_bar.field.text() == "4,200 crowns"
    assert scene.desk.child(QLabel, "findCount").text() == "1 of 2"


def test_find_says_when_there_is_nothing(scene: Scene) -> None:
    scene.desk.press("F", modifier=CTRL)
    scene.desk.write("zeppelin")
    assert scene.desk.child(QLabel, "findCount").text() == "not found"
    scene.desk.press(Qt.Key.Key_Escape)
    assert scene.desk.area.view.selected_span() is None


def test_all_passages_at_one_place_are_listed_and_chosen(scene: Scene) -> None:
    scene.desk.state.set_current(scene.denial)
    assert sorted(scene.here()) == ["Dora Quill · denial “the bridge had g…”", "Tom Reed · claim “Mayor Tom Reed c…”"]
    button = scene.desk.child(QToolButton, f"here.{scene.claim}")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert scene.desk.state.current == scene.claim
    assert scene.desk.child(QToolButton, f"here.{scene.claim}").hasFocus()
    assert scene.desk.area.view.state.hovered == scene.claim
    assert sorted(scene.here()) == ["Dora Quill · denial “the bridge had g…”", "Tom Reed · claim “Mayor Tom Reed c…”"]


def test_of_very_many_passages_some_are_listed_the_current_one_among_them(scene: Scene) -> None:
    made = [scene.add("the bridge had gone", "Claim", "Tom Reed") for _ in range(30)]
    scene.desk.settle()
    scene.desk.state.set_current(made[20])
    assert len(scene.here()) == 12
    assert scene.desk.child(QToolButton, f"here.{made[20]}").isChecked()
    assert "Tom Reed · claim “the bridge had g…”" in scene.here()


def test_a_lone_passage_needs_no_list(scene: Scene) -> None:
    scene.desk.state.set_current(scene.add("Ferry board", "Claim", "Tom Reed"))
    scene.desk.settle()
    assert scene.here() == []


def test_o_walks_through_the_passages_at_one_place(scene: Scene) -> None:
    scene.desk.state.set_current(scene.denial)
    scene.desk.press("O")
    assert scene.desk.state.current == scene.claim
    scene.desk.press("O")
    assert scene.desk.state.current == scene.denial


def drag(scene: Scene, words: str) -> None:
    view = scene.desk.area.view
    start = scene.desk.text.index(words)
    view.reveal(start, start + len(words))
    lift = QPoint(2, -8)
    ends = [view.point_below(offset) + lift for offset in (start, start + len(words))]
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, ends[0])
    QTest.mouseMove(view.viewport(), ends[1])
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, ends[1])


def test_a_selection_by_mouse_brings_the_tags_to_it(scene: Scene) -> None:
    bar = scene.desk.area.selection_bar
    drag(scene, "The ledger shows")
    scene.desk.jobs.read(lambda: None, done=lambda _nothing: None)
    scene.desk.settle()
    assert bar.isVisible()
    scene.desk.child(QToolButton, f"selectionBar.{scene.desk.tag_id(TagKind.EVIDENCE)}").click()
    assert not bar.isVisible()
    scene.desk.press(Qt.Key.Key_Escape)
    made = next(a for a in scene.desk.stored() if a.id not in (scene.claim, scene.denial))
    assert made.quote.startswith("The ledger")


def test_a_selection_by_keys_brings_no_bar(scene: Scene) -> None:
    scene.desk.place_caret("The ledger shows")
    scene.desk.press("S")
    assert scene.desk.area.view.selected_span() is not None
    assert not scene.desk.area.selection_bar.isVisible()


@pytest.mark.parametrize("leave", ["Right", "Esc"])
def test_what_a_click_has_listed_goes_when_the_reader_goes_on(scene: Scene, leave: str) -> None:
    view = scene.desk.area.view
    assert view.current() is None
    view.marks_clicked.emit((scene.claim, scene.denial), QPoint())  # as a click on "+n" does
    assert len(scene.here()) == 2
    if leave == "Right":
        scene.desk.press(Qt.Key.Key_Right)
    else:
        scene.desk.area.focus_text()
    assert scene.here() == []
    view.choose(scene.denial)
    scene.desk.settle()
    scene.desk.area.focus_text()
    assert len(scene.here()) == 2  # what is listed with the current passage stays
