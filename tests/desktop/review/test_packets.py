"""Packets in the window: written for members, opened as a project, collected; people matched afterwards."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QCheckBox, QListView, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from annotator.desktop.main_window import MainWindow
from annotator.desktop.models.two_line import RowRole
from annotator.desktop.review.collect_dialog import CollectDialog
from annotator.desktop.review.match_people import MatchPeopleDialog
from annotator.desktop.review.packet_dialog import OpenPacketDialog
from annotator.desktop.review.send_dialog import SendDialog
from annotator.desktop.review.session_steps import Step
from annotator.services.packet_files import open_packet
from annotator.services.project import open_project
from annotator.settings import DeviceMemory
from tests.desktop.fakes import FakePrompts
from tests.desktop.review.conftest import Open
from tests.desktop.review.pages import cells, open_overview, part, take_step
from tests.desktop.review.teams import ANN, BEN, LEAD, RAE, TeamFile, mark
from tests.desktop.windows import TEXT, activate, dialog_of, settle, space_of


def packet_for(team: TeamFile, name: str) -> Path:
    """Write the packet that the lead sends to a member."""
    path = team.path.parent / f"for {name}.annotator-packet"
    with open_project(str(team.path), analyst=LEAD) as project:
        project.packets.write(path, team.session_id, receiver=name)
    return path


def work_of(team: TeamFile, name: str, *, adding: str = "") -> Path:
    """Let a member open the packet, mark something, submit all and write the packet for the lead."""
    memory = DeviceMemory(team.path.parent / f"{name}.json")
    path = team.path.parent / f"from {name}.annotator-packet"
    with open_packet(packet_for(team, name), team.path.parent / f"{name}.annotator", memory=memory) as project:
        if adding:
            project.people.add(adding)
        mark(project, team.articles[0], TEXT.splitlines()[0], "Claim")
        for article_id in team.articles:
            project.submissions.submit(team.session_id, article_id)
        project.packets.write(path, team.session_id, receiver=LEAD)
    return path


def drop(window: MainWindow, *files: Path) -> None:
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    assert window.drops.take(content)


def rows(dialog: CollectDialog) -> dict[str, str]:
    model = part(dialog, QListView, "collectList").model()
    return {
        str(model.index(row, 0).data()): str(model.index(row, 0).data(RowRole.DETAIL))
        for row in range(model.rowCount())
    }


def test_a_lead_writes_a_packet_for_each_member(
    qtbot: QtBot, open_window: Open, team_file: TeamFile, prompts: FakePrompts, tmp_path: Path
) -> None:
    window = open_window(team_file.path)
    take_step(open_overview(qtbot, window), Step.SEND)
    settle(qtbot, window)
    dialog = dialog_of(qtbot, window, SendDialog)
    folder = tmp_path / "out"
    folder.mkdir()
    prompts.answers.append(str(folder))
    part(dialog, QPushButton, "sendBrowse").click()
    boxes = {box.text(): box for box in dialog.findChildren(QCheckBox)}
    assert set(boxes) == {f"{ANN} (author)", f"{BEN} (author)", f"{RAE} (reviewer)"}
    boxes[f"{RAE} (reviewer)"].click()
    wanted = [path for _who, path in dialog.chosen()]
    dialog.accept_button.click()
    settle(qtbot, window)
    assert sorted(folder.iterdir()) == sorted(wanted)
    assert len(wanted) == 2
    assert prompts.said[-1] == f"2 packets are in {folder} [Open the folder]"


def test_a_folder_that_is_not_there_and_nobody_chosen_are_said(
    qtbot: QtBot, open_window: Open, team_file: TeamFile, tmp_path: Path
) -> None:
    window = open_window(team_file.path)
    take_step(open_overview(qtbot, window), Step.SEND)
    settle(qtbot, window)
    dialog = dialog_of(qtbot, window, SendDialog)
    dialog.folder.setText(str(tmp_path / "nowhere"))
    assert "There is no folder" in dialog.problem()
    dialog.folder.setText(str(tmp_path))
    assert not dialog.problem()
    for box in dialog.findChildren(QCheckBox):
        box.setChecked(False)
    assert dialog.problem() == "Nobody is chosen."


def test_packets_dropped_on_the_lead_s_window_are_previewed_and_taken_in_together(
    qtbot: QtBot, open_window: Open, team_file: TeamFile, prompts: FakePrompts
) -> None:
    sent = [work_of(team_file, ANN), work_of(team_file, BEN)]
    wrong = team_file.path.parent / "note.annotator-packet"
    wrong.write_text("{}")
    window = open_window(team_file.path)
    page = open_overview(qtbot, window)
    drop(window, *sent)
    settle(qtbot, window)
    dialog = dialog_of(qtbot, window, CollectDialog)
    dialog.add_files([str(wrong)])
    settle(qtbot, window)
    seen = rows(dialog)
    assert seen[sent[0].name].startswith(f"From {ANN} · ")
    assert seen[sent[0].name].endswith("kept apart until the reveal")
    assert seen[wrong.name].startswith("Refused: ")
    assert "2 × submission" in part(dialog, QPlainTextEdit, "collectDetails").toPlainText()
    part(dialog, QPushButton, "collectTake").click()
    settle(qtbot, window)
    assert [row[1:4] for row in cells(page)] == [["submitted", "submitted", "ready"]] * 2
    assert prompts.said[-1] == "Taken in. The work is kept apart until the reveal."
    activate(qtbot, window)
    drop(window, *sent)
    settle(qtbot, window)
    again = dialog_of(qtbot, window, CollectDialog)
    assert set(rows(again).values()) == {f"From {name} · Known: nothing in it is new" for name in (ANN, BEN)}
    assert not part(again, QPushButton, "collectTake").isEnabled()


def test_people_whom_two_members_added_are_matched_after_collecting_in_one_step(
    qtbot: QtBot, open_window: Open, team_file: TeamFile, prompts: FakePrompts
) -> None:
    sent = [work_of(team_file, ANN, adding="Gerda Holm"), work_of(team_file, BEN, adding="gerda holm")]
    window = open_window(team_file.path)
    open_overview(qtbot, window)
    drop(window, *sent)
    settle(qtbot, window)
    part(dialog_of(qtbot, window, CollectDialog), QPushButton, "collectTake").click()
    settle(qtbot, window)
    dialog = dialog_of(qtbot, window, MatchPeopleDialog)
    (box,) = dialog.findChildren(QCheckBox)
    assert box.text() == "Gerda Holm"
    box.click()
    assert not dialog.accept_button.isEnabled()
    box.click()
    dialog.accept_button.click()
    settle(qtbot, window)
    assert prompts.said[-1] == "1 person was matched. [Undo]"
    project = space_of(window).project
    assert project.matching.propose(team_file.session_id).groups == ()
    project.history.undo()
    assert len(project.matching.propose(team_file.session_id).groups) == 1


def test_somebody_added_who_may_be_here_already_is_told_of_after_collecting(
    qtbot: QtBot, open_window: Open, team_file: TeamFile, prompts: FakePrompts
) -> None:
    window = open_window(team_file.path)
    open_overview(qtbot, window)
    drop(window, work_of(team_file, ANN, adding="Gerda Holm"))
    settle(qtbot, window)
    part(dialog_of(qtbot, window, CollectDialog), QPushButton, "collectTake").click()
    settle(qtbot, window)
    assert prompts.said[-1] == (
        "Taken in. The work is kept apart until the reveal."
        " Members added 1 person: perhaps somebody who is here already? [Match people…]"
    )
    prompts.offered()
    assert not dialog_of(qtbot, window, MatchPeopleDialog).accept_button.isEnabled()


def test_a_packet_opens_as_a_project_of_its_receiver(
    qtbot: QtBot, open_window: Open, team_file: TeamFile, tmp_path: Path
) -> None:
    packet = packet_for(team_file, ANN)
    window = open_window()
    window.bring_in([str(packet)])
    settle(qtbot, window)
    dialog = dialog_of(qtbot, window, OpenPacketDialog)
    assert dialog.location().endswith(f"The bridge affair {ANN}.annotator")
    dialog.place.set_path(team_file.path)
    assert not dialog.accept_button.isEnabled()
    dialog.place.set_path(tmp_path / "mine")
    with qtbot.waitSignal(window.project_opened):
        dialog.accept_button.click()
    settle(qtbot, window)
    analyst = space_of(window).state.analyst
    assert analyst is not None
    assert analyst.name == ANN
    assert (tmp_path / "mine.annotator").is_file()


def test_the_work_of_a_member_needs_the_project_it_is_of(
    qtbot: QtBot, open_window: Open, team_file: TeamFile, project_file: Path
) -> None:
    sent = work_of(team_file, ANN)
    window = open_window(project_file)
    drop(window, sent)
    settle(qtbot, window)
    assert f"has {ANN}’s work for the session “First round”" in window.message_bar.text()
    assert not window.findChildren(CollectDialog)


def test_a_packet_that_cannot_be_read_says_why(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    path = tmp_path / "broken.annotator-packet"
    path.write_text("{")
    window = open_window()
    window.bring_in([str(path)])
    settle(qtbot, window)
    assert path.name in window.message_bar.text()
