"""What is said to a screen reader, and that nobody pays for it while there is none."""

from __future__ import annotations

import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QToolButton, QWidget

from annotator.desktop import speech
from annotator.desktop.speech import Speech
from annotator.domain.annotations import Annotation, Role
from annotator.domain.codebook import TagKind
from annotator.domain.relations import RelationKind
from tests.desktop.desk import Desk


@pytest.fixture
def heard(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is said from now on, as to somebody who hears it."""
    said: list[str] = []

    def hear(_widget: QWidget, text: str, *, urgent: bool = False) -> None:
        assert not urgent
        said.append(text)

    monkeypatch.setattr(speech, "is_heard", lambda: True)
    monkeypatch.setattr(speech, "announce", hear)
    Speech(desk.state, desk.bus, desk.area)
    return said


def passage(desk: Desk, words: str, kind: TagKind) -> Annotation:
    start = desk.text.index(words)
    made = desk.project.annotations.add(desk.article.id, start=start, end=start + len(words), tag=desk.tag_id(kind))
    desk.settle()
    return made


def test_a_new_passage_and_its_people(desk: Desk, heard: list[str]) -> None:
    desk.select("sold anything")
    desk.press("C")
    desk.settle()
    assert heard == ["Tagged as Claim: “sold anything”"], "once, when it has been written"
    heard.clear()
    desk.write("Dora Quill")
    desk.press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert "Speaker added: Dora Quill" in heard
    stored = desk.stored()[0]
    desk.project.annotations.set_people(stored.id, [], expected=stored.version)
    desk.settle()
    assert heard[-1] == "Speaker removed: Dora Quill"


def test_relations(desk: Desk, heard: list[str]) -> None:
    denial = passage(desk, "Nobody sold anything", TagKind.DENIAL)
    claim = passage(desk, "the bridge had gone", TagKind.CLAIM)
    heard.clear()
    relation = desk.project.relations.add(denial.id, claim.id, RelationKind.REBUTS)
    desk.settle()
    desk.project.relations.delete(relation.id, expected=relation.version)
    desk.settle()
    assert heard == ["Relation made: rebuts “the bridge had gone”", "Relation removed: rebuts “the bridge had gone”"]


def test_the_passage_that_is_chosen(desk: Desk, heard: list[str]) -> None:
    start = desk.text.index("the bridge had gone")
    people = [("Tom Reed", Role.SPEAKER)]
    desk.project.annotations.add(
        desk.article.id, start=start, end=start + 10, tag=desk.tag_id(TagKind.CLAIM), people=people
    )
    passage(desk, "Nobody sold anything", TagKind.DENIAL)
    heard.clear()
    desk.place_caret("Ferry board")
    desk.press("N", "N")
    assert heard == ["Denial, 1 of 2: “Nobody sold anything”", "Claim, Tom Reed, 2 of 2: “the bridge”"]


def test_find_and_filter(desk: Desk, heard: list[str]) -> None:
    passage(desk, "Nobody sold anything", TagKind.DENIAL)
    heard.clear()
    desk.press("F", modifier=Qt.KeyboardModifier.ControlModifier)
    desk.write("crowns")
    assert heard[-1] == "1 of 2"
    desk.write("x")
    assert heard[-1] == "not found"
    desk.press(Qt.Key.Key_Escape)
    heard.clear()
    desk.area.filter_bar.begin()
    desk.child(QToolButton, f"filterTag.{desk.tag_id(TagKind.DENIAL)}").click()
    assert heard == ["One passage shown", "0 passages shown"]


def test_many_changes_at_once_are_told_by_their_label(desk: Desk, heard: list[str]) -> None:
    claims = [passage(desk, words, TagKind.CLAIM) for words in ("Ferry", "board", "row", "old", "bridge")]
    for other in claims[1:]:
        desk.project.relations.add(claims[0].id, other.id, RelationKind.SUPPORTS)
    desk.settle()
    heard.clear()
    first = desk.project.annotations.get(claims[0].id)
    desk.project.annotations.delete(first.id, expected=first.version)
    desk.settle()
    assert heard == ["Delete passage"]


def test_nothing_is_made_while_nobody_listens(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_event: object) -> None:
        raise AssertionError("an event was made for nobody")

    monkeypatch.setattr(QtGui, "QAccessibleAnnouncementEvent", fail)
    monkeypatch.setattr(speech, "passage_words", fail)
    monkeypatch.setattr(speech, "beginning", fail)
    assert not QAccessible.isActive()
    Speech(desk.state, desk.bus, desk.area)
    passage(desk, "Nobody sold anything", TagKind.DENIAL)
    desk.place_caret("Ferry board")
    desk.press("N")
    assert desk.failures == []
