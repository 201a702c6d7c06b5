"""Nothing in the window tells of a layer that a session keeps apart, and everything is there once it is revealed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QCoreApplication, QEvent, QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.dialogs.who_are_you import WhoAreYouDialog
from annotator.desktop.main_window import MainWindow
from annotator.services.project import open_project
from tests.desktop.windows import dialog_of, settle, space_of
from tests.services.twins import Twins, make_twins

LONG = 1000
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def twins(tmp_path: Path) -> Twins:
    """Return two copies of a project, in one of which a hidden author has worked."""
    return make_twins(tmp_path)


def remembered(source: Path, folder: Path, who: str) -> Path:
    """Return a copy in which this device remembers who works."""
    folder.mkdir()
    copy = folder / "tolls.annotator"
    shutil.copyfile(source, copy)
    with open_project(copy) as project:
        project.act_as(who)
    return copy


def rows_of(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[str]:
    """Yield all that a model says."""
    above = QModelIndex() if parent is None else parent
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(above)
    for row in range(model.rowCount(above)):
        for column in range(columns):
            index = model.index(row, column, above)
            yield " / ".join(str(model.data(index, role)) for role in ROLES)
        yield from rows_of(model, model.index(row, 0, above))


def told_by(window: MainWindow) -> list[object]:
    """Return all words that a window holds, seen or not: its models, labels, buttons and fields, and its state."""
    state = space_of(window).state
    rows = {row for model in window.findChildren(QAbstractItemModel) for row in rows_of(model)}
    words: set[str] = set()
    for widget in window.findChildren(QWidget):
        if widget is window.sight.waiting:
            continue  # what it says depends on how quick the opening was
        words |= {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            words.add(widget.text())
    found: list[object] = [rows, words]
    found += [state.marks, state.labels, state.relations, state.people, state.points, state.articles, state.annotation]
    return found


def is_pausing(timer: QTimer) -> bool:
    """Whether something is about to be read anew after a pause in what happens."""
    return timer.isActive() and timer.isSingleShot() and timer.interval() < LONG


def visit(qtbot: QtBot, window: MainWindow, twins: Twins) -> list[object]:
    """Go through the window and return all that it told on the way."""
    space = space_of(window)
    told: list[object] = []

    def look() -> None:
        settle(qtbot, window)
        qtbot.waitUntil(lambda: not any(map(is_pausing, window.findChildren(QTimer))))
        settle(qtbot, window)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what was let go of is not told any more
        told.append(told_by(window))

    for article in (twins.ids.held, twins.ids.free):
        space.state.open_article(article)
        look()
    space.state.open_article(twins.ids.held, current=twins.ids.mine)
    look()
    space.state.go_to(twins.ids.hidden["annotation"])
    look()
    space.show_passages()
    look()
    for words in ("hidden", "Zelda", "Nobody asked"):
        with qtbot.waitSignal(space.search.found):
            space.find_in_project(words)
        look()
    window.all_actions.trigger(ActionId.REVIEW_OPEN)
    look()
    return told


@pytest.mark.parametrize("who", ["Cy Dahl", "Ann Bell"])
def test_windows_with_and_without_hidden_work_tell_the_same(
    qtbot: QtBot, open_window: Callable[..., MainWindow], twins: Twins, tmp_path: Path, who: str
) -> None:
    told = []
    for name, source in (("without", twins.without), ("having", twins.having)):
        window = open_window(remembered(source, tmp_path / name, who))
        told.append([twins.plain(one) for one in visit(qtbot, window, twins)])
        window.close()
        qtbot.waitUntil(lambda window=window: not window.isVisible())  # type: ignore[misc]
    for without, having in zip(*told, strict=True):
        assert having == without
    assert "Unheard" not in repr(told[1])


def test_opening_hides_at_once_and_the_reveal_shows_at_once(
    qtbot: QtBot, open_window: Callable[..., MainWindow], twins: Twins, tmp_path: Path
) -> None:
    window = open_window(remembered(twins.having, tmp_path / "lead", "Ann Bell"))
    space, ids = space_of(window), twins.ids
    reviews = space.project.reviews
    space.state.open_article(ids.held)
    settle(qtbot, window)
    assert space.state.marks == {}
    assert space.state.articles[ids.held].total == 0
    space.jobs.write(lambda: reviews.reveal(ids.session))
    settle(qtbot, window)
    assert ids.hidden["annotation"] in space.state.marks
    assert space.state.articles[ids.held].total == len(space.state.marks) > 0
    assert "Zelda Unheard" in {person.name for person in space.state.people.values()}
    space.jobs.write(lambda: reviews.close(ids.session, "Ann Bell", unfinished=True))
    second = reviews.create(
        "Second round",
        articles=[ids.held],
        members=[("Ben Cole", "author"), ("Cy Dahl", "author"), ("Rae Voss", "reviewer")],
    )
    space.jobs.write(lambda: reviews.open(second.id))
    settle(qtbot, window)
    assert space.state.marks == {}
    assert space.state.articles[ids.held].total == 0


def test_who_goes_on_sees_the_own_layer_only(
    qtbot: QtBot, open_window: Callable[..., MainWindow], twins: Twins, tmp_path: Path
) -> None:
    window = open_window(remembered(twins.having, tmp_path / "both", "Cy Dahl"))
    space, ids = space_of(window), twins.ids
    space.state.open_article(ids.held)
    settle(qtbot, window)
    assert set(space.state.marks) == {ids.mine, ids.other_mine}
    window.all_actions.trigger(ActionId.PROJECT_ANALYST)
    dialog = dialog_of(qtbot, window, WhoAreYouDialog)
    next(button for button in dialog.findChildren(QRadioButton) if button.text().startswith("Ben Cole")).setChecked(
        True
    )
    dialog.accept()
    settle(qtbot, window)
    assert ids.mine not in space.state.marks
    assert ids.hidden["annotation"] in space.state.marks
