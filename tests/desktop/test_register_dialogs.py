from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from annotator.desktop.dialogs.merge_dialog import MergeDialog
from annotator.desktop.dialogs.person_dialog import AliasTable, PersonDialog
from annotator.desktop.dialogs.tag_dialog import TagDialog
from annotator.desktop.widgets.choice_box import ChoiceBox
from annotator.desktop.widgets.note_edit import NoteEdit
from annotator.domain.codebook import Example, Tag, TagKind, default_tags
from annotator.domain.people import Alias, Person, PersonKind


def save_button(dialog: PersonDialog | TagDialog) -> QPushButton:
    return dialog.accept_button


def field(dialog: PersonDialog | TagDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, name)
    assert found is not None
    return found


def test_a_person_comes_back_as_it_was_shown(qtbot: QtBot) -> None:
    party = Person(id="o", name="Harbour League", kind=PersonKind.ORGANISATION)
    person = Person(
        id="p",
        name="Ada Lund",
        position="Mayor",
        affiliation_id="o",
        external_id="Q1",
        note="two\u00a0words\nsecond line",
        aliases=(Alias(text="the Mayor", valid_from="2024", valid_to="2026-02"),),
    )
    dialog = PersonDialog(person, [person, party])
    qtbot.addWidget(dialog)
    fields = dialog.fields()
    assert fields.name == "Ada Lund"
    assert fields.affiliation_id == "o"
    assert fields.aliases == person.aliases
    assert fields.note == person.note
    assert fields.kind is PersonKind.PERSON


def test_a_person_needs_a_name(qtbot: QtBot) -> None:
    dialog = PersonDialog(None, [])
    qtbot.addWidget(dialog)
    assert not save_button(dialog).isEnabled()
    field(dialog, "personName").setText("  Bo Ek ")
    assert save_button(dialog).isEnabled()
    assert dialog.fields().name == "Bo Ek"


def test_an_alias_typed_into_the_last_row_makes_a_new_row(qtbot: QtBot) -> None:
    table = AliasTable()
    qtbot.addWidget(table)
    table.set_aliases([])
    cell = table.item(0, 0)
    assert cell is not None
    cell.setText("B. Ek")
    assert table.rowCount() == 2
    assert table.aliases() == (Alias(text="B. Ek"),)


def test_a_tag_comes_back_as_it_was_shown(qtbot: QtBot) -> None:
    tag = default_tags()[1]
    dialog = TagDialog(tag, default_tags())
    qtbot.addWidget(dialog)
    fields = dialog.fields()
    assert (fields.kind, fields.name, fields.colour, fields.key) == (TagKind.DENIAL, "Denial", tag.colour, "D")
    assert fields.examples == tag.examples
    assert fields.decision_rule == tag.decision_rule


@pytest.mark.parametrize(
    ("key", "fine"), [("", True), ("x", False), ("c", False), ("w", True), ("é", False), ("7", False)]
)
def test_a_tags_key_is_a_free_letter(qtbot: QtBot, key: str, fine: bool) -> None:
    dialog = TagDialog(None, default_tags())
    qtbot.addWidget(dialog)
    field(dialog, "tagName").setText("Threat")
    field(dialog, "tagKey").setText(key)
    assert save_button(dialog).isEnabled() is fine
    if fine:
        assert dialog.fields().key == key.upper()


def test_the_dialog_grows_for_a_long_message_instead_of_pressing_the_fields(qtbot: QtBot) -> None:
    dialog = TagDialog(None, default_tags())
    qtbot.addWidget(dialog)
    dialog.show()
    field(dialog, "tagName").setText("Promise")
    before = dialog.height()
    field(dialog, "tagKey").setText("p")
    assert dialog.height() > before
    assert dialog.height() >= dialog.page.totalHeightForWidth(dialog.width())


def test_a_tag_is_never_offered_below_itself(qtbot: QtBot) -> None:
    tags = [Tag(id="a", name="A"), Tag(id="b", name="B", parent_id="a"), Tag(id="c", name="C")]
    dialog = TagDialog(tags[0], tags)
    qtbot.addWidget(dialog)
    box = dialog.findChild(QComboBox, "tagParent")
    assert box is not None
    assert [box.itemData(row) for row in range(box.count())] == [None, "c"]


def test_examples_are_one_a_line(qtbot: QtBot) -> None:
    dialog = TagDialog(None, [])
    qtbot.addWidget(dialog)
    yes = dialog.findChild(NoteEdit, "tagExamplesYes")
    assert yes is not None
    yes.set_text("“first”\n\n second ")
    assert dialog.fields().examples == (Example(text="“first”"), Example(text="second"))


def test_merging_asks_for_a_winner_by_typing(qtbot: QtBot) -> None:
    dialog = MergeDialog("A. Lund", [("p", "Ada Lund", "Mayor"), ("q", "Bo Ek", "")])
    qtbot.addWidget(dialog)
    assert dialog.winner_id() is None
    filter_field = dialog.findChild(QLineEdit, "mergeFilter")
    assert filter_field is not None
    QTest.keyClicks(filter_field, "ek")
    assert dialog.winner_id() == "q"
    QTest.keyClicks(filter_field, "zz")
    assert dialog.winner_id() is None


def test_a_choice_is_found_by_a_part_of_its_name_and_nonsense_is_put_back(qtbot: QtBot) -> None:
    box = ChoiceBox("Anybody")
    qtbot.addWidget(box)
    box.set_choices([("p", "Ada Lund"), ("q", "Bo Ek")])
    with qtbot.waitSignal(box.key_changed) as changed:
        box.set_key("q")
    assert changed.args == ["q"]
    line = box.lineEdit()
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, "nonsense")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert box.key() == "q"
    box.set_choices([("q", "Bo Ek"), ("r", "Cy Dahl")])
    assert box.key() == "q"
    with qtbot.waitSignal(box.key_changed) as changed:
        box.set_choices([("r", "Cy Dahl")])
    assert changed.args == [None]
