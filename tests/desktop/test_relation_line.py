"""The relation line: letters, words, a proposed kind that is said in words, several targets, points."""

from __future__ import annotations

import gc
import tracemalloc

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from annotator.desktop.annotating.targets import Target, hint_letters
from annotator.domain.annotations import Stance
from annotator.domain.relations import Relation, RelationKind
from tests.desktop.desk import Desk

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
CTRL = Qt.KeyboardModifier.ControlModifier


class Scene:
    """A claim by the mayor, a denial by the chair, and evidence, in an open article."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.denial = self.add("Nobody sold anything", "Denial", "Dora Quill")
        self.claim = self.add("the bridge had gone", "Claim", "Tom Reed")
        self.evidence = self.add("The ledger shows a payment", "Evidence", "The ledger")
        desk.settle()

    def add(self, words: str, tag: str, speaker: str) -> str:
        start = self.desk.text.index(words)
        annotations, article = self.desk.project.annotations, self.desk.article
        people = [(speaker, "speaker")]
        return annotations.add(article.id, start=start, end=start + len(words), tag=tag, people=people).id

    def open(self, annotation_id: str) -> None:
        self.desk.state.set_current(annotation_id)
        self.desk.settle()
        self.desk.press("L")
        assert self.desk.area.relation_line.field.hasFocus()

    def letter(self, annotation_id: str) -> str:
        line = self.desk.area.relation_line
        return next(letter for letter, id_ in line.letters().items() if id_ == annotation_id)

    def relations(self) -> list[Relation]:
        self.desk.settle()
        return self.desk.project.relations.for_article(self.desk.article.id)

    def triples(self) -> list[tuple[str, RelationKind, str]]:
        return [(relation.source_id, relation.kind, relation.target_id) for relation in self.relations()]


@pytest.fixture
def scene(desk: Desk) -> Scene:
    return Scene(desk)


def test_a_letter_and_enter_link_two_passages(scene: Scene) -> None:
    scene.open(scene.denial)
    scene.desk.write(scene.letter(scene.claim))
    scene.desk.press(ENTER, ENTER)
    assert scene.desk.view.hasFocus()
    assert scene.triples() == [(scene.denial, RelationKind.REBUTS, scene.claim)]


def test_words_speaker_and_tag_find_a_passage(scene: Scene) -> None:
    for words in ("bridge gone", "tom reed", "reed claim"):
        scene.open(scene.denial)
        scene.desk.write(words)
        choice = scene.desk.area.relation_line.choices.selected()
        assert choice is not None
        assert choice.key == scene.claim
        scene.desk.press(ESC)


def test_a_letter_that_no_passage_has_links_nothing_unseen(scene: Scene) -> None:
    scene.open(scene.denial)
    line = scene.desk.area.relation_line
    letter = next(letter for letter in "bdegh" if letter not in line.letters())
    scene.desk.write(letter)
    assert line.choices.count()
    assert line.choices.selected() is None
    scene.desk.press(ENTER)
    assert line.hint.text() == "No passage in view has this letter: ↓ chooses, or type more"
    assert scene.triples() == []
    scene.desk.press(Qt.Key.Key_Down, ENTER, ESC)
    assert len(scene.triples()) == 1


def test_the_relation_is_said_in_words_and_turned_round_for_what_is_answered(scene: Scene) -> None:
    scene.open(scene.claim)
    scene.desk.write("ledger")
    sentence = scene.desk.child(QLabel, "relationSentence").text()
    assert sentence.index("ledger") < sentence.index("supports →") < sentence.index("Tom Reed")
    scene.desk.press(ENTER, ESC)
    assert scene.triples() == [(scene.evidence, RelationKind.SUPPORTS, scene.claim)]


def test_the_kind_is_changed_by_keys(scene: Scene) -> None:
    scene.open(scene.denial)
    scene.desk.write("bridge gone")
    scene.desk.press(Qt.Key.Key_Down, modifier=CTRL)
    scene.desk.press(ENTER, ESC)
    assert scene.triples() == [(scene.denial, RelationKind.CONCEDES, scene.claim)]


def test_the_kind_is_changed_by_a_button_and_turned_by_another(scene: Scene) -> None:
    scene.open(scene.denial)
    scene.desk.write("bridge gone")
    for name in ("relation.answers", "relation.turn"):
        button = scene.desk.child(QToolButton, name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    scene.desk.press(ENTER, ESC)
    assert scene.triples() == [(scene.claim, RelationKind.ANSWERS, scene.denial)]


def test_the_line_stays_open_for_a_second_target(scene: Scene) -> None:
    scene.open(scene.denial)
    scene.desk.write("bridge gone")
    scene.desk.press(ENTER)
    scene.desk.write(scene.letter(scene.evidence))
    scene.desk.press(ENTER)
    assert scene.desk.area.relation_line.is_open
    scene.desk.press(ESC)
    assert len(scene.relations()) == 2


def test_ctrl_enter_makes_a_point_that_the_denial_denies(scene: Scene) -> None:
    scene.open(scene.denial)
    scene.desk.write("The bridge was sold.")
    scene.desk.press(ENTER, modifier=CTRL)
    scene.desk.press(ENTER)
    scene.desk.settle()
    denial = scene.desk.project.annotations.get(scene.denial)
    (entry,) = denial.points
    assert (scene.desk.project.points.get(entry.point_id).text, entry.stance) == ("The bridge was sold.", Stance.DENIES)


def test_a_known_point_is_found_by_its_words(scene: Scene) -> None:
    point = scene.desk.project.points.add("The board took money.")
    scene.desk.settle()
    scene.open(scene.claim)
    scene.desk.write("took money")
    scene.desk.press(ENTER, ESC)
    scene.desk.settle()
    (entry,) = scene.desk.project.annotations.get(scene.claim).points
    assert (entry.point_id, entry.stance) == (point.id, Stance.ASSERTS)


def test_passages_of_other_articles_are_found(scene: Scene) -> None:
    other = scene.desk.project.articles.add_text("The mayor boasted of a splendid sale.", title="A boast")
    far = scene.desk.project.annotations.add(other.id, start=0, end=36, tag="Claim")
    scene.desk.settle()
    scene.open(scene.denial)
    scene.desk.write("splendid")
    scene.desk.settle()
    choice = scene.desk.area.relation_line.choices.selected()
    assert choice is not None
    assert choice.key == far.id
    assert "A boast" in choice.detail
    scene.desk.press(ENTER, ESC)
    assert scene.triples() == [(scene.denial, RelationKind.REBUTS, far.id)]


def test_whole_articles_that_were_marked_are_found_by_where_they_begin_and_not_kept_again(scene: Scene) -> None:
    desk, words = scene.desk, "Skippers told. " * 60_000
    other = desk.project.articles.add_text(words, title="Long")
    add, end = desk.project.annotations.add, len(words) - 1
    long = {add(other.id, start=start, end=end, tag="Claim").id for start in (0, 9, 15)}
    passage = min(long)
    for article_id, open_for in ((desk.article.id, scene.denial), (other.id, passage)):
        desk.open(article_id)
        scene.open(open_for)
        tracemalloc.start()
        desk.write("skippers")
        desk.settle()
        kept, _most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        choices = desk.area.relation_line.choices
        offered = {choices.item(row).data(Qt.ItemDataRole.UserRole) for row in range(choices.count())}
        assert offered & long == long - {open_for}
        assert kept < 2 * len(words)  # each was kept twice
        desk.press(ESC)


def test_only_what_is_offered_of_the_other_articles_is_an_object(scene: Scene) -> None:
    desk = scene.desk
    other = desk.project.articles.add_text("Skippers told. " * 30, title="Many")
    for number in range(30):
        desk.project.annotations.add(other.id, start=15 * number, end=15 * number + 14, tag="Claim")
    scene.open(scene.denial)
    desk.write("skippers")
    desk.settle()
    assert desk.area.relation_line.choices.count() > 1
    gc.collect()
    assert len([thing for thing in gc.get_objects() if type(thing) is Target]) < 10


def test_the_same_link_twice_is_refused_with_a_message(scene: Scene) -> None:
    for _ in range(2):
        scene.open(scene.denial)
        scene.desk.write("bridge gone")
        scene.desk.press(ENTER, ESC)
    assert len(scene.relations()) == 1
    assert len(scene.desk.failures) == 1
    scene.desk.failures.clear()


def test_what_is_linked_already_says_so(scene: Scene) -> None:
    scene.open(scene.denial)
    scene.desk.write("bridge gone")
    choice = scene.desk.area.relation_line.choices.selected()
    assert choice is not None
    assert "linked already" not in choice.detail
    scene.desk.press(ENTER, ESC)
    scene.desk.settle()
    scene.open(scene.denial)
    scene.desk.write("bridge gone")
    choice = scene.desk.area.relation_line.choices.selected()
    assert choice is not None
    assert choice.key == scene.claim
    assert choice.detail.startswith("linked already: rebuts")


def test_a_click_in_the_text_chooses_the_other_passage_and_a_button_links(scene: Scene) -> None:
    scene.open(scene.denial)
    view = scene.desk.area.view
    place = view.point_below(scene.desk.text.index("bridge had gone")) + QPoint(8, -10)
    scrolled = view.verticalScrollBar().value()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    line = scene.desk.area.relation_line
    assert line.is_open
    assert scene.desk.state.current == scene.denial
    choice = line.choices.selected()
    assert choice is not None
    assert choice.key == scene.claim
    assert view.verticalScrollBar().value() == scrolled, "what was clicked stays where the eye is"
    QTest.mouseClick(scene.desk.child(QToolButton, "relationLineOffer"), Qt.MouseButton.LeftButton)
    scene.desk.press(ENTER)
    assert scene.desk.view.hasFocus()
    assert scene.triples() == [(scene.denial, RelationKind.REBUTS, scene.claim)]


def test_a_click_beside_all_passages_ends_the_line(scene: Scene) -> None:
    scene.open(scene.denial)
    view = scene.desk.area.view
    place = view.point_below(scene.desk.text.index("row over the old")) + QPoint(8, -10)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert not scene.desk.area.relation_line.is_open


def test_letters_vanish_with_the_line(scene: Scene) -> None:
    scene.open(scene.denial)
    assert set(scene.desk.area.relation_line.letters().values()) == {scene.claim, scene.evidence}
    scene.desk.press(ESC)
    assert scene.desk.area.relation_line.letters() == {}


@pytest.mark.parametrize("count", [1, 26, 27, 300])
def test_no_letter_is_the_beginning_of_another(count: int) -> None:
    letters = list(hint_letters([str(number) for number in range(count)]).values())
    assert len(set(letters)) == count
    assert not any(a != b and b.startswith(a) for a in letters for b in letters)
