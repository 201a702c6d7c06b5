"""A whole session in windows: packets out and in, the reveal, decisions, the close, and what comes back."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QToolButton, QTreeView
from pytestqt.qtbot import QtBot

from annotator.desktop.main_window import MainWindow
from annotator.desktop.review.close_dialog import CloseDialog
from annotator.desktop.review.collect_dialog import CollectDialog
from annotator.desktop.review.concordance_page import ConcordancePage
from annotator.desktop.review.packet_dialog import OpenPacketDialog
from annotator.desktop.review.returned_page import ReturnedPage
from annotator.desktop.review.send_dialog import SendDialog
from annotator.desktop.review.session_steps import Step
from tests.desktop.fakes import FakePrompts
from tests.desktop.review.conftest import Open
from tests.desktop.review.pages import cells, front, open_overview, part, take_step
from tests.desktop.review.teams import ANN, BEN, DENIED, GONE, TeamFile, make_team_file, mark
from tests.desktop.windows import activate, dialog_of, press, settle, space_of


class Round(NamedTuple):
    """The windows of a team whose work has been collected; ``authors`` by name."""

    team: TeamFile
    lead: MainWindow
    authors: dict[str, MainWindow]


def send(qtbot: QtBot, window: MainWindow, folder: Path) -> dict[str, Path]:
    """Write all packets that the dialog offers into a folder; return their files by receivers' ids."""
    dialog = dialog_of(qtbot, window, SendDialog)
    dialog.folder.setText(str(folder))
    files = dict(dialog.chosen())
    dialog.accept_button.click()
    settle(qtbot, window)
    return files


def take_in(qtbot: QtBot, window: MainWindow, *files: Path) -> None:
    """Bring packets in and take them in."""
    activate(qtbot, window)
    window.bring_in([str(file) for file in files])
    settle(qtbot, window)
    part(dialog_of(qtbot, window, CollectDialog), QPushButton, "collectTake").click()
    settle(qtbot, window)


def author(qtbot: QtBot, open_window: Open, packet: Path, place: Path, team: TeamFile, tag: str) -> MainWindow:
    """Open a packet in a window of its own, mark two passages of the first article and submit both articles."""
    window = open_window()
    window.bring_in([str(packet)])
    settle(qtbot, window)
    dialog = dialog_of(qtbot, window, OpenPacketDialog)
    dialog.place.set_path(place)
    with qtbot.waitSignal(window.project_opened):
        dialog.accept_button.click()
    settle(qtbot, window)
    activate(qtbot, window)
    space = space_of(window)
    for article_id, marks in ((team.articles[0], ((DENIED, "Denial"), (GONE, tag))), (team.articles[1], ())):
        space.state.open_article(article_id)
        settle(qtbot, window)
        for words, name in marks:
            mark(space.project, article_id, words, name)
        space.view.setFocus()
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, window)
        if marks:
            part(space.area, QToolButton, "submitAnyway").click()
            settle(qtbot, window)
    return window


def collected(qtbot: QtBot, open_window: Open, folder: Path, prompts: FakePrompts) -> Round:
    """Let the lead send packets, the authors work on them and send them back, and the lead take them in."""
    team = make_team_file(folder / "lead.annotator", opened=False)
    lead = open_window(team.path)
    for step in (Step.OPEN, Step.SEND):
        take_step(open_overview(qtbot, lead), step)
        settle(qtbot, lead)
    tasks = send(qtbot, lead, folder)
    authors = {}
    sent: list[Path] = []
    for name, tag in ((ANN, "Claim"), (BEN, "Evidence")):
        authors[name] = author(qtbot, open_window, tasks[team.ids[name]], folder / name, team, tag)
        prompts.offered()
        settle(qtbot, authors[name])
        sent += send(qtbot, authors[name], folder).values()
    take_in(qtbot, lead, *sent)
    return Round(team, lead, authors)


def test_a_session_from_the_first_packet_to_what_comes_back(
    qtbot: QtBot, open_window: Open, tmp_path: Path, prompts: FakePrompts
) -> None:
    team, lead, authors = collected(qtbot, open_window, tmp_path, prompts)
    page = open_overview(qtbot, lead)
    assert [row[1:4] for row in cells(page)] == [["submitted", "submitted", "ready"]] * 2
    prompts.answers.append(True)
    take_step(page, Step.REVEAL)
    settle(qtbot, lead)
    take_step(page, Step.CONCORDANCE)
    settle(qtbot, lead)
    concordance = front(lead)
    assert isinstance(concordance, ConcordancePage)
    activate(qtbot, lead)
    qtbot.waitUntil(part(concordance, QTreeView, "concordanceList").hasFocus)
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_2)
    settle(qtbot, lead)
    page = open_overview(qtbot, lead)
    assert [row[3:] for row in cells(page)] == [["decided", "2 of 2"], ["decided", "nothing marked"]]
    take_step(page, Step.CLOSE)
    settle(qtbot, lead)
    closing = dialog_of(qtbot, lead, CloseDialog)
    assert closing.unfinished is None
    closing.accept_button.click()
    settle(qtbot, lead)
    assert [row[3] for row in cells(page)] == ["final", "final"]
    take_step(page, Step.SEND)
    settle(qtbot, lead)
    returned = send(qtbot, lead, tmp_path)
    take_in(qtbot, authors[ANN], returned[team.ids[ANN]])
    assert changed(qtbot, authors[ANN]) == ["", "tag: Claim → Evidence"]


def changed(qtbot: QtBot, window: MainWindow) -> list[str]:
    """Return what the page of what came back says was changed of each passage of the first article."""
    take_step(open_overview(qtbot, window), Step.CHANGES)
    settle(qtbot, window)
    changes = front(window)
    assert isinstance(changes, ReturnedPage)
    part(changes, QCheckBox, "returnedAll").click()
    model = part(changes, QTreeView, "returnedList").model()
    heading = model.index(0, 0)
    return [str(model.index(row, 2, heading).data()) for row in range(model.rowCount(heading))]
