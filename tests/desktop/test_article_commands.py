"""Bringing articles in, their details, correcting and deleting them, from the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.dialogs.article_details import ArticleDetailsDialog
from annotator.desktop.dialogs.correct_text import CorrectTextDialog
from annotator.desktop.dialogs.new_article import NewArticleDialog
from annotator.desktop.main_window import MainWindow
from annotator.desktop.widgets.exact_text import ExactTextEdit
from annotator.domain.articles import BlockKind, Capture
from annotator.domain.errors import InputError
from tests.desktop.fakes import FakePrompts
from tests.desktop.windows import TEXT, activate, dialog_of, focus, press, settle, space_of

CTRL = Qt.KeyboardModifier.ControlModifier
PASTED = "Toll: “no” from the board\r\n\r\nA\u00a0spokesman said 🌉\u200d so on Monday. It was late."


def paste(qtbot: QtBot, window: MainWindow, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    activate(qtbot, window)
    space_of(window).view.setFocus()
    qtbot.waitUntil(lambda: focus() is space_of(window).view)
    press(Qt.Key.Key_V, CTRL)


def test_a_pasted_article_is_previewed_and_enter_adds_it(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    paste(qtbot, window, PASTED)
    dialog = dialog_of(qtbot, window, NewArticleDialog)
    assert dialog.fields_.title.text() == "Toll: “no” from the board"
    qtbot.waitUntil(lambda: focus() is dialog.fields_.outlet)
    dialog.fields_.outlet.setText("The Courier")
    dialog.fields_.published.setText("2026-11")
    press(Qt.Key.Key_Return)
    settle(qtbot, window)
    article, text = space.state.article, space.state.text
    assert article is not None
    assert text is not None
    assert (article.title, article.outlet, article.published_at) == (
        "Toll: “no” from the board",
        "The Courier",
        "2026-11",
    )
    assert article.capture is Capture.PASTED
    assert text.text == PASTED.replace("\r\n", "\n"), "no-break space, joiner and emoji are as they were pasted"
    assert text.blocks[0].kind is BlockKind.HEADLINE
    activate(qtbot, window)
    qtbot.waitUntil(lambda: focus() is space.view)


def test_the_byline_is_taken_from_the_text_until_another_is_typed(qtbot: QtBot, window: MainWindow) -> None:
    paste(qtbot, window, "Toll row: who knew?\n\nBy Jo Pell\n\nThe board met on Monday.\n\nIt was late.")
    dialog = dialog_of(qtbot, window, NewArticleDialog)
    assert dialog.fields_.byline.text() == "Jo Pell"
    QTest.keyClicks(dialog.fields_.byline, " and Al Reed")
    dialog.text.setPlainText("Toll row: who knew?\n\nBy Mia Orth\n\nThe board met on Monday.\n\nIt was late.")
    blocks = dialog.findChild(QLabel, "newArticleBlocks")
    assert blocks is not None
    qtbot.waitUntil(lambda: "words" in blocks.text())
    assert dialog.wanted().byline == "Jo Pell and Al Reed"
    dialog.reject()


def test_a_wrong_date_is_said_and_not_accepted(qtbot: QtBot, window: MainWindow) -> None:
    paste(qtbot, window, PASTED)
    dialog = dialog_of(qtbot, window, NewArticleDialog)
    dialog.fields_.published.setText("yesterday")
    assert not dialog.accept_button.isEnabled()
    dialog.fields_.published.setText("2026-11-20")
    assert dialog.accept_button.isEnabled()
    dialog.reject()


def test_enter_stays_in_a_wrong_date_which_says_what_is_wanted(qtbot: QtBot, window: MainWindow) -> None:
    paste(qtbot, window, PASTED)
    dialog = dialog_of(qtbot, window, NewArticleDialog)
    field = dialog.fields_.published
    field.setFocus()
    QTest.keyClicks(field, "2026-13-2")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert field.hasFocus()
    assert field.property("wrong") is True
    assert field.message.isVisible()
    assert field.mapTo(dialog, field.rect().bottomLeft()).y() < field.message.y()
    assert "2024-10-24" in field.message.text()
    field.selectAll()
    QTest.keyClicks(field, "2026-11-2")
    assert not field.message.isVisible()
    assert not field.property("wrong")
    assert dialog.wanted().published_at == "2026-11-02"
    dialog.text.setFocus()
    assert field.text() == "2026-11-02"
    QTest.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.result() == NewArticleDialog.DialogCode.Accepted


def test_the_title_follows_the_text_until_somebody_types_one(qtbot: QtBot, window: MainWindow) -> None:
    window.all_actions.trigger(ActionId.ARTICLE_NEW)
    dialog = dialog_of(qtbot, window, NewArticleDialog)
    assert not dialog.accept_button.isEnabled()
    dialog.text.setPlainText("First headline of all\n\nA body. It ends here.")
    qtbot.waitUntil(lambda: dialog.fields_.title.text() == "First headline of all")
    dialog.fields_.title.selectAll()
    QTest.keyClicks(dialog.fields_.title, "My own")
    dialog.text.setPlainText("Second headline of all\n\nA body. It ends here.")
    assert dialog.wanted().title == "My own"
    assert dialog.wanted().text.startswith("Second headline")
    dialog.reject()


def test_the_same_text_again_asks_first(qtbot: QtBot, window: MainWindow, prompts: FakePrompts) -> None:
    space = space_of(window)
    for answer, articles in ((None, 2), (True, 3)):
        prompts.answers.append(answer)
        paste(qtbot, window, TEXT)
        dialog_of(qtbot, window, NewArticleDialog).accept()
        settle(qtbot, window)
        assert len(space.project.articles.list()) == articles
        assert prompts.asked[-1][0] == "confirm"


def test_pasting_into_a_field_is_the_fields_business(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("crowns")
    window.top_bar.search_field.setFocus()
    press(Qt.Key.Key_V, CTRL)
    assert window.top_bar.search_field.text() == "crowns"
    assert window.findChild(NewArticleDialog) is None


def test_an_empty_clipboard_is_said(window: MainWindow, prompts: FakePrompts) -> None:
    QGuiApplication.clipboard().setMimeData(QMimeData())
    press(Qt.Key.Key_V, CTRL)
    assert "no text" in prompts.said[-1]


def test_one_dropped_file_is_previewed(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("A letter to the editor\n\nSir, the bridge is ours. It stays.", encoding="utf-8")
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(file))])
    assert window.drops.take(content)
    dialog_of(qtbot, window, NewArticleDialog).accept()
    settle(qtbot, window)
    article = space_of(window).state.article
    assert article is not None
    assert article.capture is Capture.FILE


def test_several_files_are_imported_and_what_fails_is_told(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path
) -> None:
    files = []
    for number in range(3):
        file = tmp_path / f"{number}.txt"
        file.write_text(f"Headline number {number} of the day\n\nBody {number}. It ends here.", encoding="utf-8")
        files.append(str(file))
    empty = tmp_path / "empty.txt"
    empty.touch()
    prompts.answers.append([*files, str(empty)])
    window.all_actions.trigger(ActionId.ARTICLE_IMPORT)
    settle(qtbot, window)
    assert len(space_of(window).project.articles.list()) == 5
    (error,) = prompts.errors
    assert isinstance(error, InputError)
    assert [problem.path for problem in error.problems] == ["empty.txt"]


def test_an_import_that_is_cancelled_keeps_what_is_in_and_says_so(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path
) -> None:
    files = []
    for number in range(300):
        (tmp_path / f"{number:03}.txt").write_text(f"Report {number}\n\nNobody paid {number} crowns.", encoding="utf-8")
        files.append(str(tmp_path / f"{number:03}.txt"))
    space = space_of(window)
    before = len(space.state.articles)
    with qtbot.waitSignal(space.state.articles_changed):
        window.drops.take_files(files)
    window.status_line.cancel_requested.emit(window.jobs.last_write)
    settle(qtbot, window)
    kept = len(space.state.articles) - before
    assert 1 <= kept < 300
    assert prompts.said[-1] == f"Cancelled: {kept} of 300 articles were imported, and stay."
    assert prompts.errors == []


def test_details_and_blocks_are_changed_and_undone(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    press(Qt.Key.Key_F2)
    dialog = dialog_of(qtbot, window, ArticleDetailsDialog)
    dialog.fields_.outlet.setText("Evening Post")
    dialog.table.selectRow(1)
    dialog.table.set_kind(BlockKind.STANDFIRST)
    dialog.accept()
    settle(qtbot, window)
    assert space.state.article is not None
    assert space.state.text is not None
    assert space.state.article.outlet == "Evening Post"
    assert space.state.text.blocks[1].kind is BlockKind.STANDFIRST
    for _ in range(2):
        window.all_actions.trigger(ActionId.EDIT_UNDO)
        settle(qtbot, window)
    assert space.state.article.outlet == "Harbour Post"
    assert space.state.text.blocks[1].kind is not BlockKind.STANDFIRST


def test_details_that_stay_write_nothing(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    before = len(space.project.history.recent())
    press(Qt.Key.Key_F2)
    dialog_of(qtbot, window, ArticleDetailsDialog).accept()
    settle(qtbot, window)
    assert len(space.project.history.recent()) == before


def test_a_corrected_text_takes_the_passages_along(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    window.all_actions.trigger(ActionId.ARTICLE_CORRECT)
    dialog = dialog_of(qtbot, window, CorrectTextDialog)
    assert not dialog.accept_button.isEnabled()
    cursor = dialog.text.textCursor()
    cursor.insertText("Updated: ")
    assert dialog.accept_button.isEnabled()
    dialog.accept()
    settle(qtbot, window)
    assert space.state.text is not None
    assert space.state.text.text == "Updated: " + TEXT
    assert {space.state.text.text[mark.start : mark.end] for mark in space.state.marks.values()} == {
        "Nobody sold anything to anyone",
        "gone for 4,200 crowns",
    }


def test_an_article_in_use_is_not_deleted_and_one_without_passages_comes_back(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts
) -> None:
    space = space_of(window)
    window.all_actions.trigger(ActionId.ARTICLE_DELETE)
    settle(qtbot, window)
    assert "in use" in window.message_bar.text()
    press(Qt.Key.Key_PageDown, CTRL)
    settle(qtbot, window)
    window.all_actions.trigger(ActionId.ARTICLE_DELETE)
    settle(qtbot, window)
    assert prompts.said[-1] == "Deleted: article “The bridge and the crowns” [Undo]"
    assert len(space.state.articles) == 1
    window.all_actions.trigger(ActionId.EDIT_UNDO)
    settle(qtbot, window)
    assert prompts.said[-1].startswith("Undone: "), "what is past is not worded like a button"
    assert len(space.state.articles) == 2


def test_the_text_field_changes_no_character(qtbot: QtBot) -> None:
    text = "a\u00a0b\tc 🌉 e\u0301 \u200f\u05d0 \ufffd\n\nd  "
    field = ExactTextEdit(text)
    qtbot.addWidget(field)
    assert field.exact_text() == text
    assert field.toPlainText() != text, "else the field would not be needed"


def test_an_empty_project_says_what_to_do(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    space.state.close_article()
    assert space.middle.currentWidget() is space.empty
    buttons = [button for button in space.empty.findChildren(QPushButton) if button.isVisible()]
    assert buttons == [], "there are articles to choose"
    space.empty.set_state(articles=0, writable=True)
    assert len([button for button in space.empty.findChildren(QPushButton) if button.isVisible()]) == 3
