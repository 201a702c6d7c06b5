from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QTreeView,
    QWidget,
)

from annotator.desktop.dialogs.conflicts_dialog import ConflictsDialog
from annotator.desktop.panels.article_list import ArticleList
from annotator.desktop.panels.codebook_panel import CodebookPanel
from annotator.desktop.panels.passages_view import PassagesView
from annotator.desktop.panels.people_panel import PeoplePanel
from annotator.domain.annotations import Attribution
from annotator.domain.codebook import TagKind
from annotator.domain.people import PersonKind
from annotator.domain.versions import content_of, version_hash
from annotator.services.conflicts import Conflict, Side
from tests.desktop.desk import Desk

W = TypeVar("W", bound=QObject)


def child(parent: QWidget, cls: type[W], name: str) -> W:
    found = parent.findChild(cls, name)
    assert found is not None, name
    return found


def shown(desk: Desk, panel: QWidget) -> None:
    layout = desk.window.layout()
    assert layout is not None
    layout.addWidget(panel)
    panel.show()
    desk.settle()


def focus(desk: Desk, widget: QWidget) -> None:
    """Give a widget the focus, once a dialog that has just closed has let go of it."""
    desk.window.activateWindow()
    widget.setFocus()
    desk.qtbot.waitUntil(widget.hasFocus)


def texts(model: QAbstractItemModel, parent: QModelIndex | None = None, column: int = 0) -> list[str]:
    above = parent or QModelIndex()
    return [str(model.index(row, column, above).data() or "") for row in range(model.rowCount(above))]


def save(panel: QWidget, dialog_name: str, **fields: str) -> None:
    """Fill fields of a panel's dialog and accept it."""
    dialog = child(panel, QDialog, dialog_name)
    for name, text in fields.items():
        child(dialog, QLineEdit, name).setText(text)
    dialog.accept()


def test_articles_are_listed_found_and_opened(desk: Desk) -> None:
    other = desk.project.articles.add_text(
        "Toll row\n\nThe toll was doubled.", title="Toll row", outlet="Daily Quay", published_at="2026-12"
    )
    panel = ArticleList(desk.state, desk.actions)
    shown(desk, panel)
    view = child(panel, QListView, "articleList")
    assert texts(view.model()) == ["Toll row", "Ferry board denies"]
    child(panel, QLineEdit, "articleFilter").setText("ferry 2026-11")
    assert texts(view.model()) == ["Ferry board denies"]
    child(panel, QLineEdit, "articleFilter").setText("quay")
    focus(desk, child(panel, QLineEdit, "articleFilter"))
    QTest.keyClick(child(panel, QLineEdit, "articleFilter"), Qt.Key.Key_Return)
    desk.settle()
    assert desk.state.article is not None
    assert desk.state.article.id == other.id
    child(panel, QLineEdit, "articleFilter").setText("nonsense")
    assert child(panel, QLabel, "articleListEmpty").isVisible()


def test_letters_in_a_list_do_nothing(desk: Desk) -> None:
    desk.project.articles.add_text("Toll row\n\nThe toll was doubled.", title="Toll row", published_at="2025")
    panel = ArticleList(desk.state, desk.actions)
    shown(desk, panel)
    view = child(panel, QListView, "articleList")
    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClicks(view, "t")
    assert view.currentIndex().row() == 0
    assert desk.marks() == []


def test_people_are_added_edited_merged_and_their_passages_asked_for(desk: Desk) -> None:
    panel = PeoplePanel(desk.state)
    shown(desk, panel)
    panel.add_person()
    save(panel, "personDialog", personName="Dora Quill", personPosition="Chair")
    desk.settle()
    desk.project.people.add("D. Quill", kind=PersonKind.PERSON)
    desk.settle()
    view = child(panel, QListView, "peopleList")
    assert texts(view.model()) == ["D. Quill", "Dora Quill"]
    panel.show_person(next(p.id for p in desk.project.people.list() if p.name == "D. Quill"))
    panel.merge_person()
    dialog = child(panel, QDialog, "mergeDialog")
    QTest.keyClicks(child(dialog, QLineEdit, "mergeFilter"), "dora")
    dialog.accept()
    desk.settle()
    assert texts(view.model()) == ["Dora Quill"]
    view.setCurrentIndex(view.model().index(0, 0))
    panel.edit_person()
    save(panel, "personDialog", personName="Dora M. Quill")
    desk.settle()
    person = desk.project.people.list()[0]
    assert (person.name, person.position) == ("Dora M. Quill", "Chair")
    with desk.qtbot.waitSignal(panel.passages_requested) as asked:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == [person.id]


def test_a_person_in_use_is_not_deleted(desk: Desk) -> None:
    person = desk.project.people.add("Tom Reed")
    assert desk.state.article is not None
    desk.project.annotations.add(desk.state.article.id, start=0, end=5, tag="Claim", people=[(person, "speaker")])
    panel = PeoplePanel(desk.state)
    shown(desk, panel)
    panel.show_person(person.id)
    panel.delete_person()
    desk.settle()
    assert [str(error) for error in desk.failures if "Tom Reed" in str(error)]
    desk.failures.clear()
    assert desk.project.people.get(person.id).name == "Tom Reed"


def test_the_codebook_is_added_to_ordered_nested_and_retired(desk: Desk) -> None:
    panel = CodebookPanel(desk.state)
    shown(desk, panel)
    model = child(panel, QTreeView, "codebookTree").model()
    view = child(panel, QTreeView, "codebookTree")
    assert texts(model) == ["Claim", "Denial", "Evidence"]
    panel.add_tag()
    save(panel, "tagDialog", tagName="Threat", tagKey="w")
    desk.settle()
    assert texts(model) == ["Claim", "Denial", "Evidence", "Threat"]
    view.setCurrentIndex(model.index(3, 0))
    focus(desk, view)
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert texts(model) == ["Claim", "Denial", "Threat", "Evidence"]
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert texts(model, model.index(1, 0)) == ["Threat"]
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert "Threat" in texts(model)
    told: list[str] = []
    panel.taken_away.connect(told.append)
    panel.retire_tag()
    desk.settle()
    assert "Threat" not in texts(model)
    assert told == ["“Threat” is retired: it is not offered any more, what has it keeps it."]
    assert panel.current_tag() is not None  # the one that has come into its place
    labels: list[str | None] = []
    while desk.project.history.undo_label() is not None and len(labels) < 5:
        labels.append(desk.project.history.undo_label())
        desk.project.history.undo()
    desk.settle()
    assert labels[0] == "Retire tag Threat"
    assert "Threat" not in texts(model) or labels[-1] != "Add tag Threat"


def test_everything_somebody_said_is_listed_copied_and_gone_to(desk: Desk) -> None:
    project = desk.project
    person = project.people.add("Tom Reed")
    assert desk.state.article is not None
    article = desk.state.article.id
    start = desk.text.index("The ledger")
    said = project.annotations.add(article, start=start, end=start + 26, tag="Denial", people=[(person, "speaker")])
    panel = PassagesView(desk.state)
    shown(desk, panel)
    view = child(panel, QTreeView, "passagesList")
    assert texts(view.model(), column=2) == [said.quote]
    desk.qtbot.waitUntil(lambda: person.id in desk.state.people)
    panel.show_person(person.id)
    desk.settle()
    assert texts(view.model(), column=2)[0] == said.quote
    assert any("Named here but not marked" in text for text in texts(view.model()))
    panel.copy()
    assert QGuiApplication.clipboard().text().startswith(f"{said.quote}\tTom Reed\tDenial")
    panel.focus_list()
    with desk.qtbot.waitSignal(panel.passage_requested) as asked:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == [article, said.id]
    with desk.qtbot.waitSignal(panel.closed):
        QTest.keyClick(view, Qt.Key.Key_Escape)
    with desk.qtbot.waitSignal(panel.closed):
        child(panel, QPushButton, "passagesClose").click()


def test_what_is_still_to_finish_is_the_same_list(desk: Desk) -> None:
    assert desk.state.article is not None
    desk.project.annotations.add(desk.state.article.id, start=0, end=11, tag="Denial")
    panel = PassagesView(desk.state)
    shown(desk, panel)
    panel.show_to_finish()
    desk.settle()
    view = child(panel, QTreeView, "passagesList")
    assert view.model().rowCount() == 1
    tip = view.model().index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert "No speaker" in tip
    desk.project.history.undo()
    panel.show_to_finish()
    desk.settle()
    assert child(panel, QLabel, "passagesEmpty").text() == "Nothing left to finish."


def test_the_lists_follow_changes(desk: Desk) -> None:
    panel = PassagesView(desk.state)
    shown(desk, panel)
    view = child(panel, QTreeView, "passagesList")
    assert desk.state.article is not None
    with desk.qtbot.waitSignal(view.model().modelReset):
        desk.project.annotations.add(desk.state.article.id, start=0, end=11, tag=desk.tag_id(TagKind.CLAIM))
    assert view.model().rowCount() == 1


def test_a_conflict_is_decided_with_one_button(desk: Desk) -> None:
    person = desk.project.people.add("Tom Reed", note="mayor")
    with desk.project.context.read() as reader:
        (only,) = reader.versions("person", person.id).values()
    content = content_of(replace(person, note="former mayor"))
    at = "2026-11-24T09:00:00.000Z"
    hash_ = version_hash("person", person.id, content, 1, (), at, only.by, "elsewhere")
    other = only._replace(hash=hash_, content=content, at=at, device="elsewhere", change_id=None)
    with desk.project.context.write() as uow:
        uow.add_versions([other])
        desk.project.context.commit(uow, "Merge")
    desk.settle()
    dialog = ConflictsDialog(desk.state)
    shown(desk, dialog)
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    assert [label for label in labels if label in {"note", "mayor", "former mayor"}].count("note") == 1
    assert {"mayor", "former mayor"} < set(labels)
    child(dialog, QPushButton, f"keep.{hash_[:8]}").click()
    desk.settle()
    assert desk.project.people.get(person.id).note == "former mayor"
    assert desk.project.conflicts.list() == []


def test_versions_of_a_passage_are_told_in_words(desk: Desk) -> None:
    passage = desk.project.annotations.add(desk.article.id, start=0, end=11, tag=desk.tag_id(TagKind.CLAIM))
    desk.settle()
    kept = desk.project.annotations.get(passage.id)
    other = replace(kept, tag_id=desk.tag_id(TagKind.DENIAL), end=10, quote="Ferry boar", unsure=True, version="f" * 64)
    other = replace(other, attribution=Attribution.PARAPHRASE, attribution_set=True)
    sides = [
        Side(entity=entity, at="2026-11-24T09:30:00.000Z", device="desk", analyst_name=name, shown=name == "Ann")
        for entity, name in ((kept, "Ann"), (other, "Ben"))
    ]
    dialog = ConflictsDialog(desk.state)
    shown(desk, dialog)
    dialog.show_conflicts([Conflict(entity_type="annotation", entity_id=passage.id, sides=tuple(sides))])
    of_ben = {
        label.objectName().partition(".")[0]: label.text()
        for label in dialog.findChildren(QLabel)
        if label.objectName().endswith(".ffffffff")
    }
    assert of_ben == {"quote": "Ferry boar", "tag_id": "Denial", "attribution": "Paraphrase", "unsure": "yes"}


def test_the_menu_of_a_tag_offers_what_is_possible(desk: Desk) -> None:
    panel = CodebookPanel(desk.state)
    shown(desk, panel)
    view = child(panel, QTreeView, "codebookTree")
    offered = {}
    for row in (0, 2):
        view.setCurrentIndex(view.model().index(row, 0))
        child(panel, QPushButton, "tagMore").click()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        offered[row] = {action.text() for action in menu.actions() if action.isEnabled() and action.text()}
        menu.close()
    always = {"Edit…", "Retire", "Delete"}
    assert offered == {0: {*always, "Move down"}, 2: {*always, "Move up", "Nest under the tag above"}}
