"""What a look at the pictures found once, held in every theme: what is chosen, ticked or in focus is seen."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.desktop.actions import ActionId
from annotator.desktop.dialogs.new_project import NewProjectDialog
from annotator.desktop.dialogs.words_dialog import WordsDialog
from annotator.desktop.explanations import Explanation
from annotator.desktop.main_window import MainWindow
from annotator.desktop.style import style_sheet
from annotator.desktop.theme import LIGHT, SHAPE_CONTRAST, STRONG_DARK, THEMES, Theme, contrast
from annotator.desktop.widgets.fitted_dialog import FittedDialog
from annotator.desktop.widgets.letter_menu import LetterMenu
from annotator.desktop.widgets.menu_heading import add_heading
from annotator.desktop.widgets.number_box import NumberBox
from annotator.desktop.widgets.quiet_list import QuietTable
from tests.desktop.windows import dialog_of

IN_ALL = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
IN_STRONG = pytest.mark.parametrize("theme", [t for t in THEMES if t.strong], ids=lambda theme: theme.name)
Dress = Callable[[Theme], None]


@pytest.fixture
def dress(qapp: QApplication) -> Iterator[Dress]:
    """Return a function that gives the program a theme; take it away in the end."""
    palette, sheet = qapp.palette(), qapp.styleSheet()

    def put_on(theme: Theme) -> None:
        qapp.setPalette(theme.palette())
        qapp.setStyleSheet(style_sheet(theme, paths.resource("icons").as_posix()))

    yield put_on
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def most_contrast(image: QImage, ground: QColor, within: QRect) -> float:
    """Return the greatest contrast that a part of a picture has to a colour."""
    area = within.intersected(image.rect())
    pixels = [(x, y) for x in range(area.left(), area.right() + 1) for y in range(area.top(), area.bottom() + 1)]
    return max(contrast(image.pixelColor(x, y), ground) for x, y in pixels)


@IN_ALL
def test_a_tick_that_cannot_be_changed_is_seen(qtbot: QtBot, dress: Dress, theme: Theme) -> None:
    dress(theme)
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setChecked(True)
    box.setEnabled(False)
    box.show()
    image, middle = picture(box), QRect(3, 3, 14, box.height() - 6)
    ground = image.pixelColor(6, box.height() // 2 - 4)  # of the box, beside the tick
    assert contrast(ground, theme.colour("window")) > 2
    assert most_contrast(image, ground, middle) > 2


@IN_STRONG
def test_the_focus_on_a_default_button_is_seen(qtbot: QtBot, dress: Dress, theme: Theme) -> None:
    dress(theme)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    first, other = QPushButton("Keep this one", dialog), QPushButton("Other", dialog)
    first.setDefault(True)
    other.setAutoDefault(False)
    layout = QVBoxLayout(dialog)
    layout.addWidget(other)
    layout.addWidget(first)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    fills = []
    for button in (other, first):
        button.setFocus()
        fills.append(picture(first).pixelColor(6, 6))
    assert contrast(*fills) >= SHAPE_CONTRAST


def test_a_number_stands_as_the_text_of_other_fields_and_the_wheel_leaves_it(qtbot: QtBot, dress: Dress) -> None:
    dress(LIGHT)
    box = NumberBox()
    qtbot.addWidget(box)
    box.setValue(8)
    box.resize(96, 34)
    box.show()
    image = picture(box)
    written = [
        x
        for x in range(2, image.width() // 2)
        for y in range(8, image.height() - 8)
        if contrast(image.pixelColor(x, y), LIGHT.colour("base")) > 2
    ]
    assert 6 <= min(written) <= 12
    at = QPointF(box.rect().center())
    no_keys, no_buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton
    wheel = QWheelEvent(at, at, QPoint(), QPoint(0, 120), no_buttons, no_keys, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(box, wheel)
    assert box.value() == 8


def test_a_menu_says_what_it_asks(qtbot: QtBot, dress: Dress) -> None:
    dress(LIGHT)
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    menu = LetterMenu("menu", parent)
    add_heading(menu, "Whose & why?")
    first = menu.addAction("&First")
    menu.popup(QPoint(20, 20))
    (heading,) = menu.findChildren(QLabel)
    assert heading.isVisible()
    assert heading.text() == "Whose & why?"
    assert heading.width() >= heading.sizeHint().width()
    QTest.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction() is first
    menu.close()


def test_a_dialog_is_as_high_as_its_words_need(qtbot: QtBot, open_window: Callable[..., MainWindow]) -> None:
    window = open_window()
    window.all_actions.trigger(ActionId.PROJECT_NEW)
    dialog = dialog_of(qtbot, window, NewProjectDialog)
    assert dialog.height() == dialog.page.totalHeightForWidth(dialog.width())


def test_a_dialog_that_is_open_grows_with_what_is_in_it(qtbot: QtBot) -> None:
    dialog = FittedDialog()
    qtbot.addWidget(dialog)
    dialog.setMinimumSize(200, 40)
    layout = QVBoxLayout(dialog)
    buttons = [QPushButton(str(number), dialog) for number in range(4)]
    for button in buttons:
        layout.addWidget(button)
    dialog.show()
    for button in buttons:
        button.setMinimumHeight(60)
    qtbot.waitUntil(lambda: dialog.height() >= 4 * 60)
    assert not any(one.geometry().intersects(other.geometry()) for one, other in itertools.pairwise(buttons))


def test_the_current_row_of_a_table_is_framed_and_not_veiled(qtbot: QtBot, dress: Dress) -> None:
    dress(LIGHT)
    table = QuietTable()
    qtbot.addWidget(table)
    model = QStandardItemModel(table)
    for name in ("one", "two"):
        model.appendRow([QStandardItem(name), QStandardItem("")])
    table.setModel(model)
    table.resize(300, 200)
    table.show()
    qtbot.waitUntil(table.isActiveWindow)
    table.setFocus()
    table.setCurrentIndex(model.index(0, 0))
    row = table.visualRect(model.index(0, 1))
    image = picture(table.viewport())
    assert image.pixelColor(row.center()) == LIGHT.colour("selection")
    assert image.pixelColor(row.center().x(), row.top()) == LIGHT.colour("accent")
    table.clearFocus()
    assert picture(table.viewport()).pixelColor(row.center().x(), row.top()) == LIGHT.colour("selection")


def test_the_names_of_groups_of_words_follow_the_theme(qtbot: QtBot, dress: Dress) -> None:
    dress(LIGHT)
    dialog = WordsDialog([Explanation("tag.1", "Claim", "Tags", "Somebody asserts something.", ())])
    qtbot.addWidget(dialog)
    dialog.show()
    dress(STRONG_DARK)
    assert dialog.list.item(0).foreground().color() == STRONG_DARK.colour("muted")


def test_a_look_is_taken_with_the_pictures_of_the_sheet(dress: Dress, qapp: QApplication) -> None:
    dress(LIGHT)
    named = {part.split('"')[1] for part in qapp.styleSheet().split("url(")[1:]}
    assert named
    assert [name for name in named if not Path(name).is_file()] == []
