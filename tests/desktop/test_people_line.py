"""The people line: a proposal, names by typing, new people by Ctrl+Enter alone, roles by prefix."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from annotator.desktop.panels.people_line import kind_of_new
from annotator.desktop.panels.person_chips import PersonChip
from annotator.domain.annotations import Annotation, Attribution, Role
from annotator.domain.people import PersonKind
from tests.desktop.desk import Desk

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def known(desk: Desk) -> Desk:
    """A desk whose register has two people."""
    desk.project.people.add("Dora Quill", aliases=["the chair"], position="chair of the ferry board")
    desk.project.people.add("Tom Reed")
    desk.settle()
    return desk


def begin(desk: Desk, words: str = "Nobody sold anything", key: str = "D") -> None:
    """Tag words; the people line has the focus then."""
    desk.select(words)
    desk.press(key)
    assert desk.area.people_line.field.hasFocus()


def only(desk: Desk) -> Annotation:
    (annotation,) = desk.stored()
    return annotation


def offered(desk: Desk) -> list[str]:
    choices = desk.area.people_line.choices
    return [choices.item(row).text() for row in range(choices.count())]


def test_enter_takes_the_one_grey_proposal_and_enter_again_ends(known: Desk) -> None:
    begin(known)
    assert known.area.people_line.field.placeholderText() == "Dora Quill"
    known.press(ENTER, ENTER)
    assert known.view.hasFocus()
    assert known.names(only(known)) == [("Dora Quill", Role.SPEAKER)]


def test_enter_on_a_grey_name_of_nobody_says_what_adds_it_and_enter_again_ends(desk: Desk) -> None:
    begin(desk)
    line = desk.area.people_line
    assert line.field.placeholderText().startswith("Dora Quill ")
    desk.press(ENTER)
    assert line.field.hasFocus()
    assert line.hint.text() == "Not in the register: Ctrl+Enter adds Dora Quill · Enter: nobody"
    desk.press(ENTER)
    assert desk.view.hasFocus()
    assert only(desk).people == ()
    assert desk.project.people.list() == []


def test_the_words_that_name_the_person_are_kept(known: Desk) -> None:
    begin(known)
    known.press(ENTER)
    (entry,) = only(known).people
    assert known.text[entry.mention_start : entry.mention_end] == "Dora Quill"


def test_who_is_named_by_the_name_of_a_merged_entry_is_proposed(desk: Desk) -> None:
    people = desk.project.people
    loser, winner = people.add("Dora Quill"), people.add("D. A. Quillington")
    people.merge(loser.id, winner.id)
    desk.settle()
    begin(desk)
    assert desk.area.people_line.field.placeholderText() == "D. A. Quillington"
    desk.press(ENTER)
    (entry,) = only(desk).people
    assert desk.text[entry.mention_start : entry.mention_end] == "Dora Quill"


def test_esc_takes_nobody(known: Desk) -> None:
    begin(known)
    known.press(ESC)
    assert known.view.hasFocus()
    assert only(known).people == ()


def test_typing_filters_by_name_and_alias(known: Desk) -> None:
    begin(known)
    known.write("the ch")
    assert offered(known)[0] == "Dora Quill"
    known.press(ENTER, ENTER)
    assert known.names(only(known)) == [("Dora Quill", Role.SPEAKER)]


def test_down_chooses_another(known: Desk) -> None:
    known.project.people.add("Tom Rudd")
    known.settle()
    begin(known)
    known.write("tom r")
    first, second = offered(known)[:2]
    known.press(Qt.Key.Key_Down, ENTER, ESC)
    assert {first, second} == {"Tom Reed", "Tom Rudd"}
    assert known.names(only(known)) == [(second, Role.SPEAKER)]


def test_what_arrives_meanwhile_does_not_change_what_is_chosen(known: Desk) -> None:
    known.project.people.add("Tom Rudd")
    known.settle()
    begin(known)
    known.write("tom r")
    second = offered(known)[1]
    known.press(Qt.Key.Key_Down)
    known.jobs.write(lambda: known.project.people.add("Aron Tomson"))
    known.settle()
    known.press(ENTER, ESC)
    assert known.names(only(known)) == [(second, Role.SPEAKER)]


def test_another_kind_of_new_entry_is_chosen(desk: Desk) -> None:
    begin(desk)
    desk.write("Zeppelin")
    desk.press(Qt.Key.Key_Down)
    desk.press(ENTER, modifier=CTRL)
    desk.press(ESC)
    desk.settle()
    (person,) = desk.project.people.list()
    assert (person.name, person.kind) == ("Zeppelin", PersonKind.ORGANISATION)


def test_enter_never_makes_a_new_person(known: Desk) -> None:
    begin(known)
    known.write("Zelda Blake")
    known.press(ENTER)
    assert known.area.people_line.field.text() == "Zelda Blake"
    known.press(ESC)
    assert only(known).people == ()
    assert len(known.project.people.list()) == 2


def test_ctrl_enter_makes_a_new_person_and_links_it_as_one_change(known: Desk) -> None:
    begin(known)
    known.write("Zelda Blake")
    known.press(ENTER, modifier=CTRL)
    known.press(ENTER)
    assert known.names(only(known)) == [("Zelda Blake", Role.SPEAKER)]
    known.jobs.write(known.project.history.undo)
    assert only(known).people == ()
    assert len(known.project.people.list()) == 2


def test_ctrl_enter_makes_what_is_typed_even_when_somebody_is_near_it(known: Desk) -> None:
    begin(known)
    known.write("Tom")
    known.press(ENTER, modifier=CTRL)
    assert known.names(only(known)) == [("Tom", Role.SPEAKER)]


def test_ctrl_enter_takes_who_has_the_name_already(known: Desk) -> None:
    begin(known)
    known.write("Tom Reed")
    known.press(ENTER, modifier=CTRL)
    known.press(ESC)
    assert known.names(only(known)) == [("Tom Reed", Role.SPEAKER)]
    assert len(known.project.people.list()) == 2


def test_ctrl_enter_in_the_empty_line_takes_the_grey_name_too(known: Desk) -> None:
    begin(known)
    known.press(ENTER, modifier=CTRL)
    assert known.names(only(known)) == [("Dora Quill", Role.SPEAKER)]
    assert len(known.project.people.list()) == 2


def test_a_name_typed_small_is_written_as_in_the_text(desk: Desk) -> None:
    begin(desk)
    desk.write("quill")
    desk.press(ENTER, modifier=CTRL)
    assert desk.names(only(desk)) == [("Dora Quill", Role.SPEAKER)]


def test_a_name_of_the_text_is_offered_while_nobody_is_known(desk: Desk) -> None:
    begin(desk)
    desk.press(ENTER, modifier=CTRL)
    assert desk.names(only(desk)) == [("Dora Quill", Role.SPEAKER)]


@pytest.mark.parametrize(
    ("prefix", "role"),
    [
        ("t:", Role.TARGET),
        ("a:", Role.ABOUT),
        ("r:", Role.REPORTED_BY),
        ("b:", Role.ON_BEHALF_OF),
        ("T: ", Role.TARGET),
    ],
)
def test_a_prefix_gives_the_role(known: Desk, prefix: str, role: Role) -> None:
    begin(known)
    known.write(f"{prefix}tom")
    known.press(ENTER, ESC)
    assert known.names(only(known)) == [("Tom Reed", role)]


def test_several_people_in_a_row(known: Desk) -> None:
    begin(known)
    known.press(ENTER)
    known.write("t:tom")
    known.press(ENTER)
    known.write("Zelda Blake")
    known.press(ENTER, modifier=CTRL)
    known.press(ENTER)
    assert known.view.hasFocus()
    assert known.names(only(known)) == [
        ("Dora Quill", Role.SPEAKER),
        ("Tom Reed", Role.TARGET),
        ("Zelda Blake", Role.SPEAKER),
    ]


def test_the_focus_stays_in_the_line_while_the_chips_are_made_anew(known: Desk) -> None:
    begin(known)
    known.press(ENTER)
    for name in ("Zelda Blake", "Otto Quast"):
        known.write(f"a:{name}")
        known.press(ENTER, modifier=CTRL)
        known.settle()
        assert known.area.people_line.field.hasFocus()
    known.press(ENTER)
    assert known.view.hasFocus()


def test_a_dash_is_the_reporter_s_own_voice(known: Desk) -> None:
    begin(known)
    known.write("-")
    known.press(ENTER, ENTER)
    annotation = only(known)
    assert (annotation.attribution, annotation.attribution_set) == (Attribution.NARRATION, True)
    assert annotation.people == ()


def test_a_role_button_does_what_its_prefix_does(known: Desk) -> None:
    begin(known)
    button = known.child(QToolButton, "role.target")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert known.area.people_line.field.hasFocus()
    known.write("tom")
    known.press(ENTER, ESC)
    assert known.names(only(known)) == [("Tom Reed", Role.TARGET)]


def test_the_proposal_is_taken_by_mouse(known: Desk) -> None:
    begin(known)
    offer = known.child(QToolButton, "peopleLineOffer")
    assert offer.text() == "Take Dora Quill"
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert known.area.people_line.field.hasFocus()
    assert not offer.isVisible()
    assert known.names(only(known)) == [("Dora Quill", Role.SPEAKER)]
    known.press(ESC)


def test_backspace_in_the_empty_line_takes_out_who_was_named_last(known: Desk) -> None:
    begin(known)
    known.press(ENTER, Qt.Key.Key_Backspace)
    known.press(ESC)
    assert only(known).people == ()


def test_a_chip_is_taken_out_by_its_cross(known: Desk) -> None:
    begin(known)
    known.press(ENTER)
    cross = known.child(QToolButton, "chip.speaker.0.remove")
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    known.press(ESC)
    assert only(known).people == ()


@pytest.mark.parametrize("name", ["Tomas Velt", "Oda Quist", "Ida Holm", "Jo Pell", "W", "Dora Quill", "Agnes Dorling"])
def test_a_chip_is_not_shortened_where_it_has_the_width_it_asks_for(known: Desk, name: str) -> None:
    begin(known)
    known.write(name)
    known.press(ENTER, modifier=CTRL)
    known.settle()
    chip = known.child(PersonChip, "chip.speaker.0")
    assert chip.width() >= chip.sizeHint().width()
    assert chip.shown_text() == f"{name} · speaker"


def test_the_line_opened_again_shows_who_is_set_and_proposes_nobody(known: Desk) -> None:
    begin(known)
    known.press(ENTER, ENTER, ENTER)
    line = known.area.people_line
    assert line.is_open
    assert known.child(QToolButton, "chip.speaker.0").text() == "Dora Quill · speaker"
    assert line.field.placeholderText() == "Speaker: type a name"
    known.press(ENTER)
    assert known.view.hasFocus()
    assert len(only(known).people) == 1


def test_the_last_speaker_is_proposed_where_nobody_is_named(known: Desk) -> None:
    begin(known, "The ledger shows a payment", "E")
    known.write("dora")
    known.press(ENTER, ESC)
    begin(known, "row over the old bridge", "C")
    assert known.area.people_line.field.placeholderText() == "Dora Quill"
    known.press(ESC)


def test_an_unnamed_source_belongs_to_its_article(desk: Desk) -> None:
    begin(desk)
    desk.write("a spokesman for the board")
    desk.press(ENTER, modifier=CTRL)
    desk.settle()
    (person,) = desk.project.people.list()
    assert (person.kind, person.article_id) == (PersonKind.UNNAMED, desk.article.id)


def test_the_line_never_covers_the_passage(desk: Desk) -> None:
    """The last words of the article stay in sight above the line that opens for them."""
    desk.window.resize(900, 420)
    begin(desk, "to believe the mayor", "C")
    view = desk.area.view
    (mark,) = desk.marks()
    assert mark.id in view.visible_marks()
    assert view.geometry().bottom() < desk.area.people_line.geometry().top()


def test_undo_in_the_line_is_for_typing_first(known: Desk) -> None:
    begin(known)
    known.write("xy")
    known.press(Qt.Key.Key_Z, modifier=CTRL)
    assert known.area.people_line.field.text() == ""
    known.press(ESC)
    assert len(known.stored()) == 1


def test_at_the_first_tag_of_all_the_line_says_what_to_type(known: Desk) -> None:
    begin(known)
    assert known.area.people_line.first_step.isVisible()
    assert "Now say who said it" in known.area.people_line.first_step.text()
    known.press(ESC)
    known.settle()
    begin(known, "the bridge had gone", "C")
    assert not known.area.people_line.first_step.isVisible()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Tom Reed", PersonKind.PERSON),
        ("the Ferry Board", PersonKind.ORGANISATION),
        ("Ferry Board", PersonKind.ORGANISATION),
        ("a spokesman", PersonKind.UNNAMED),
        ("a spokesman for Tom Reed", PersonKind.UNNAMED),
        ("senior officials", PersonKind.UNNAMED),
        ("reed", PersonKind.PERSON),
    ],
)
def test_the_likely_kind_of_a_new_entry(name: str, kind: PersonKind) -> None:
    assert kind_of_new(name) is kind


def test_a_click_on_the_empty_line_lists_everybody_and_a_click_on_a_name_takes_it(known: Desk) -> None:
    begin(known)
    line = known.area.people_line
    QTest.mouseClick(line.field, Qt.MouseButton.LeftButton)
    assert offered(known) == ["Dora Quill", "Tom Reed"], "who is named near the passage comes first"
    assert line.choices.selected() is None, "Enter still takes the grey proposal"
    place = line.choices.visualItemRect(line.choices.item(1)).center()
    QTest.mouseClick(line.choices.viewport(), Qt.MouseButton.LeftButton, pos=place)
    known.settle()
    assert known.names(only(known)) == [("Tom Reed", Role.SPEAKER)]
    assert offered(known) == []


def test_a_role_that_is_clicked_lists_who_can_have_it_and_down_enter_takes_one(known: Desk) -> None:
    begin(known)
    target = known.area.people_line.findChild(QToolButton, "role.target")
    assert target is not None
    target.click()
    assert offered(known) == ["Dora Quill", "Tom Reed"]
    known.press(Qt.Key.Key_Down, ENTER)
    assert known.names(only(known)) == [("Dora Quill", Role.TARGET)]
