"""The inspector: every field of the current passage, saved by itself; links that are clicked; history."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

from annotator.desktop.panels.inspector import Inspector
from annotator.desktop.panels.inspector_section import Section
from annotator.desktop.widgets.quote_button import QuoteButton
from annotator.desktop.widgets.sized_font import resized
from annotator.desktop.words import attribution_text
from annotator.domain.annotations import Annotation, Attribution, Role
from annotator.domain.codebook import TagKind
from annotator.domain.passages import RECOGNISED_BY
from annotator.domain.relations import RelationKind
from tests.desktop.desk import Desk, W


class Scene:
    """One claim that is the current passage, and a denial."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        annotations, article = desk.project.annotations, desk.article
        people = [("Dora Quill", Role.SPEAKER)]
        self.claim = annotations.add(article.id, start=0, end=5, tag="Claim", people=people).id
        self.denial = annotations.add(article.id, start=6, end=11, tag="Denial").id
        desk.settle()
        desk.state.set_current(self.claim)
        desk.settle()

    @property
    def inspector(self) -> Inspector:
        return self.desk.area.inspector

    def stored(self) -> Annotation:
        self.desk.settle()
        return self.desk.project.annotations.get(self.claim)

    def child(self, kind: type[W], name: str) -> W:
        found = self.inspector.findChild(kind, name)
        assert found is not None, name
        return found


@pytest.fixture
def scene(desk: Desk) -> Scene:
    return Scene(desk)


def test_without_a_passage_it_teaches_the_keys(desk: Desk) -> None:
    empty = desk.child(QLabel, "inspectorEmpty")
    assert empty.isVisible()
    assert "next and previous passage" in empty.text()


def test_passages_as_long_as_the_article_are_told_by_their_beginning(desk: Desk) -> None:
    other = desk.project.articles.add_text("Skippers were told. " * 5000, title="Long")
    add, end = desk.project.annotations.add, 20 * 5000 - 1
    claim, denial = (add(other.id, start=start, end=end, tag="Claim").id for start in (0, 9))
    near = desk.project.annotations.add(desk.article.id, start=0, end=5, tag="Claim").id
    desk.project.relations.add(claim, denial, RelationKind.REPEATS)
    desk.project.relations.add(claim, near, RelationKind.REBUTS)
    for article_id, passage in ((other.id, claim), (desk.article.id, near)):
        desk.open(article_id)
        desk.state.set_current(passage)
        desk.settle()
        told = [widget.toolTip() for widget in desk.area.inspector.findChildren(QWidget)]
        told += [button.text() for button in desk.area.inspector.findChildren(QuoteButton)]
        assert any("Skippers were told. Skippers were told" in words for words in told)
        assert max(map(len, told)) < 2 * RECOGNISED_BY
    gc.collect()
    kept = [thing for thing in gc.get_objects() if type(thing) is Annotation]
    assert [passage.id for passage in kept if passage.article_id == other.id and len(passage.quote) > 10_000] == []


def test_it_shows_the_current_passage(scene: Scene) -> None:
    assert scene.child(QLabel, "inspectorQuote").text() == "Ferry"
    assert scene.child(QComboBox, "inspectorTag").currentText() == "Claim"
    assert scene.child(QToolButton, "chip.speaker.0").text() == "Dora Quill · speaker"


def test_a_note_is_saved_when_it_is_left(scene: Scene) -> None:
    note = scene.inspector.fields.note
    note.setFocus()
    QTest.keyClicks(note, "not his own view")
    assert scene.child(QLabel, "inspectorSaving").text() == "saving…"
    scene.desk.view.setFocus()
    assert scene.stored().note == "not his own view"
    assert scene.child(QLabel, "inspectorSaving").text() == ""


def test_a_note_is_saved_after_a_pause(scene: Scene) -> None:
    note = scene.inspector.fields.note
    note.setFocus()
    with scene.desk.qtbot.waitSignal(note.saver.saved, timeout=5000):
        QTest.keyClicks(note, "a pause")
    assert scene.stored().note == "a pause"
    assert note.hasFocus()


def test_one_stay_in_a_field_is_one_step_and_one_revision(scene: Scene) -> None:
    """What is typed after a pause goes into the change that the pause made; another stay makes another one."""
    note = scene.inspector.fields.note
    note.setFocus()
    for words in ("one ", "two ", "three"):
        with scene.desk.qtbot.waitSignal(note.saver.saved, timeout=5000):
            QTest.keyClicks(note, words)
        assert scene.stored().note == note.text()
    scene.desk.view.setFocus()
    stored = scene.stored()
    assert (stored.note, stored.revision) == ("one two three", 2)
    note.setFocus()
    QTest.keyClicks(note, "!")
    scene.desk.view.setFocus()
    assert scene.stored().revision == 3
    history = scene.desk.project.history
    for expected in ("one two three", ""):
        scene.desk.jobs.write(history.undo)
        assert scene.stored().note == expected
    for _ in range(2):
        scene.desk.jobs.write(history.redo)
    assert scene.stored().note == "one two three!"


def test_what_is_typed_is_saved_before_another_passage_is_shown(scene: Scene) -> None:
    note = scene.inspector.fields.note
    note.setFocus()
    QTest.keyClicks(note, "for the claim")
    scene.desk.state.set_current(scene.denial)
    assert scene.stored().note == "for the claim"
    assert scene.desk.project.annotations.get(scene.denial).note == ""
    assert note.text() == ""


def test_typing_is_not_overwritten_by_what_arrives(scene: Scene) -> None:
    note = scene.inspector.fields.note
    note.setFocus()
    QTest.keyClicks(note, "half a sen")
    scene.desk.area.writes.edit(scene.claim, unsure=True)
    scene.desk.settle()
    assert note.text() == "half a sen"
    scene.desk.view.setFocus()
    stored = scene.stored()
    assert (stored.note, stored.unsure) == ("half a sen", True)


def test_undo_in_a_field_with_typing_undoes_typing(scene: Scene) -> None:
    note = scene.inspector.fields.note
    note.setFocus()
    QTest.keyClicks(note, "oops")
    QTest.keyClick(note, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert note.text() == ""
    scene.desk.view.setFocus()
    assert scene.stored().revision == 1


def test_date_and_occasion(scene: Scene) -> None:
    for name, text in (("inspectorStatedOn", "2026-11"), ("inspectorOccasion", "a podcast")):
        field = scene.child(QLineEdit, name)
        field.setFocus()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
    stored = scene.stored()
    assert (stored.stated_on, stored.occasion) == ("2026-11", "a podcast")


def test_what_is_no_date_is_told_and_not_written(scene: Scene) -> None:
    field = scene.child(QLineEdit, "inspectorStatedOn")
    field.setFocus()
    QTest.keyClicks(field, "Tuesday")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert scene.stored().stated_on == ""
    assert any("Not a date" in label.text() and label.isVisible() for label in scene.inspector.findChildren(QLabel))


def test_tag_attribution_and_unsure(scene: Scene) -> None:
    tag = scene.child(QComboBox, "inspectorTag")
    tag.setFocus()
    QTest.keyClick(tag, Qt.Key.Key_Down)
    attribution = scene.child(QComboBox, "inspectorAttribution")
    row = attribution.findData(str(Attribution.RECORD))
    attribution.setCurrentIndex(row)
    attribution.activated.emit(row)
    scene.child(QCheckBox, "inspectorUnsure").click()
    stored = scene.stored()
    assert scene.desk.state.kind_of(stored.tag_id) is TagKind.DENIAL
    assert (stored.attribution, stored.attribution_set, stored.unsure) == (Attribution.RECORD, True, True)


def test_how_it_was_said_is_read_whole_in_the_inspector_and_in_its_list(scene: Scene) -> None:
    box = scene.child(QComboBox, "inspectorAttribution")
    assert box.currentText() == "Paraphrase (automatic)"
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    style, part = box.style(), QStyle.SubControl.SC_ComboBoxEditField
    room = style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box).width()
    longest = max(box.fontMetrics().horizontalAdvance(f"{attribution_text(a)} (automatic)") for a in Attribution)
    assert longest <= room
    box.showPopup()
    assert box.view().width() >= box.view().sizeHintForColumn(0)
    box.hidePopup()


@pytest.mark.parametrize("size", [QFont.setPixelSize, QFont.setPointSize])
def test_captions_are_a_little_smaller_whatever_the_font_is_measured_in(
    qapp: QApplication, size: Callable[[QFont, int], None], qtlog: pytest.LogCaptureFixture
) -> None:
    font = QFont()
    size(font, 20)
    points = QFontInfo(font).pointSizeF()
    assert resized(font, 0.5).pointSizeF() == pytest.approx(points / 2, rel=0.05)
    parent = QWidget()
    parent.setFont(font)
    caption = Section("Note", parent).caption
    assert caption.font().pointSizeF() == pytest.approx(points * 0.92, rel=0.05)
    assert not qtlog.records


def test_a_letter_in_a_list_changes_nothing(scene: Scene) -> None:
    tag = scene.child(QComboBox, "inspectorTag")
    tag.setFocus()
    QTest.keyClick(tag, Qt.Key.Key_E)
    assert tag.currentText() == "Claim"
    assert scene.stored().revision == 1


def test_a_person_is_given_another_role(scene: Scene) -> None:
    chip = scene.child(QToolButton, "chip.speaker.0")
    next(action for action in chip.menu().actions() if action.text() == "Target").trigger()
    assert scene.desk.names(scene.stored()) == [("Dora Quill", Role.TARGET)]


def test_a_person_is_taken_out_by_key(scene: Scene) -> None:
    chip = scene.child(QToolButton, "chip.speaker.0")
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert scene.stored().people == ()
    assert scene.child(QToolButton, "inspectorAddPerson").hasFocus()


def test_links_are_shown_both_ways_and_a_click_jumps(scene: Scene) -> None:
    relation = scene.desk.project.relations.add(scene.denial, scene.claim, RelationKind.REBUTS)
    scene.desk.settle()
    incoming = scene.child(QuoteButton, f"relation.{relation.id}")
    assert incoming.text() == "rebutted by · denial: board"
    QTest.mouseClick(incoming, Qt.MouseButton.LeftButton)
    scene.desk.settle()
    assert scene.desk.state.current == scene.denial
    assert scene.child(QuoteButton, f"relation.{relation.id}").text().startswith("rebuts · Dora Quill · claim")


def test_a_link_to_another_article_is_read_and_jumped_to(scene: Scene) -> None:
    other = scene.desk.project.articles.add_text("A splendid sale.", title="A boast")
    far = scene.desk.project.annotations.add(other.id, start=0, end=15, tag="Claim")
    relation = scene.desk.project.relations.add(scene.claim, far.id, RelationKind.SUPPORTS)
    scene.desk.settle()
    button = scene.child(QuoteButton, f"relation.{relation.id}")
    assert button.text() == "supports · claim · A boast: A splendid sale"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    scene.desk.settle()
    assert (scene.desk.article.id, scene.desk.state.current) == (other.id, far.id)


def test_links_stand_in_the_order_of_reading_whatever_order_they_were_made_in(scene: Scene) -> None:
    project, article = scene.desk.project, scene.desk.article
    later, earlier = (
        project.annotations.add(
            project.articles.add_text(f"{title}, and a splendid sale.", title=title, published_at=date).id,
            start=2,
            end=10,
            tag="Claim",
        ).id
        for title, date in (("A boast", "2030-02-01"), ("A hint", "2030-01-01"))
    )
    near = [project.annotations.add(article.id, start=s, end=s + 3, tag="Evidence").id for s in (30, 20, 12)]
    for other in (later, near[0], earlier, near[2], near[1]):
        project.relations.add(scene.claim, other, RelationKind.REBUTS)
        project.relations.add(other, scene.claim, RelationKind.REBUTS)
    project.relations.add(scene.claim, near[2], RelationKind.QUALIFIES)
    scene.desk.settle()
    relations = scene.desk.state.relations
    buttons = [b for b in scene.inspector.findChildren(QuoteButton) if b.objectName().startswith("relation.")]
    buttons.sort(key=lambda button: button.mapTo(scene.inspector, QPoint()).y())
    shown = [relations[button.objectName().removeprefix("relation.")] for button in buttons]
    read = [near[2], near[1], near[0], earlier, later]
    assert [r.target_id for r in shown if r.source_id == scene.claim] == [near[2], *read]
    assert [r.source_id for r in shown if r.target_id == scene.claim] == read
    assert [r.kind for r in shown][:2] == [RelationKind.REBUTS, RelationKind.QUALIFIES], "made in this order"
    assert shown[6].target_id == scene.claim, "what answers it stands behind what it answers"
    rows = {row.annotation.id: row for row in project.passages.query()}
    assert [answer.relation_id for answer in rows[scene.claim].answers] == [relation.id for relation in shown]


def test_a_link_is_changed_and_removed(scene: Scene) -> None:
    relation = scene.desk.project.relations.add(scene.claim, scene.denial, RelationKind.REBUTS)
    scene.desk.settle()
    menu = scene.child(QToolButton, f"relation.{relation.id}.more").menu()
    next(action for action in menu.actions() if action.text() == "qualifies").trigger()
    scene.desk.settle()
    assert scene.desk.state.relations[relation.id].kind is RelationKind.QUALIFIES
    menu = scene.child(QToolButton, f"relation.{relation.id}.more").menu()
    next(action for action in menu.actions() if action.text() == "Remove link").trigger()
    scene.desk.settle()
    assert scene.desk.state.relations == {}


def test_the_history_says_who_did_what(scene: Scene) -> None:
    scene.desk.area.writes.edit(scene.claim, unsure=True)
    scene.desk.settle()
    lines = [label.text() for label in scene.inspector.findChildren(QLabel, "historyLine")]
    assert [line.split(" · ", 1)[1] for line in lines] == ["Ann Bell · Mark as unsure", "Ann Bell · Tag as claim"]


def test_a_colleague_s_passage_is_only_read(scene: Scene) -> None:
    scene.desk.project.act_as("Bo Carr", create=True)
    theirs = scene.desk.project.annotations.add(scene.desk.article.id, start=12, end=18, tag="Claim")
    scene.desk.project.act_as("Ann Bell")
    scene.desk.settle()
    scene.desk.state.set_current(theirs.id)
    scene.desk.settle()
    assert not scene.inspector.fields.note.isEnabled()
    assert not scene.child(QComboBox, "inspectorTag").isEnabled()
    for name in ("inspectorAddPerson", "inspectorAddRelation", "inspectorDelete"):
        assert not scene.inspector.findChild(QToolButton, name).isEnabled()  # type: ignore[union-attr]
    assert any(label.text() == "By Bo Carr, read only" for label in scene.inspector.findChildren(QLabel))


def test_the_keys_told_before_anything_is_chosen_are_those_of_the_codebook(desk: Desk) -> None:
    hint = desk.child(QLabel, "inspectorEmpty")
    assert "<b>C  D  E</b>" in hint.text()
    desk.project.codebook.edit(desk.tag_id(TagKind.DENIAL), key="W", name="Refusal")
    desk.settle()
    assert "<b>C  W  E</b>" in hint.text()
    assert "claim, refusal, evidence" in hint.text()
