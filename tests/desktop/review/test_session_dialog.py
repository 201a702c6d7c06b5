"""Making and editing a review session in its dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.main_window import MainWindow
from annotator.desktop.review.overview_page import OverviewPage
from annotator.desktop.review.session_dialog import SessionDialog
from annotator.desktop.review.session_steps import Step
from annotator.domain.reviews import MemberRole, SessionMode
from tests.desktop.review.conftest import Open
from tests.desktop.review.pages import front, open_overview, part, take_step
from tests.desktop.review.teams import ANN, BEN, LEAD, RAE, TeamFile, make_team_file
from tests.desktop.windows import dialog_of, settle, space_of


def new_session(qtbot: QtBot, window: MainWindow) -> SessionDialog:
    window.all_actions.trigger(ActionId.REVIEW_OPEN)
    settle(qtbot, window)
    page = front(window)
    assert page is not None
    part(page, QPushButton, "sessionNew").click()
    return dialog_of(qtbot, window, SessionDialog)


def tick(dialog: SessionDialog, name: str, role: MemberRole) -> None:
    wanted = f"{name}: {role}"
    box = next(box for box in dialog.findChildren(QCheckBox) if box.accessibleName() == wanted)
    box.click()


def test_a_session_is_made_with_new_people_and_shown(qtbot: QtBot, window: MainWindow) -> None:
    dialog = new_session(qtbot, window)
    assert dialog.articles.chosen()
    assert not dialog.accept_button.isEnabled()
    QTest.keyClicks(dialog.name, "First round")
    for name in (BEN, RAE):
        dialog.members.name.setText(name)
        QTest.keyClick(dialog.members.name, Qt.Key.Key_Return)
    tick(dialog, RAE, MemberRole.AUTHOR)
    tick(dialog, RAE, MemberRole.REVIEWER)
    assert dialog.isVisible()
    dialog.accept_button.click()
    settle(qtbot, window)
    page = front(window)
    assert isinstance(page, OverviewPage)
    overview = page.overview
    assert overview is not None
    assert overview.session.name == "First round"
    assert {member.name: set(member.roles) for member in overview.members} == {
        "Ann Bell": {MemberRole.LEAD, MemberRole.REVIEWER},
        BEN: {MemberRole.AUTHOR},
        RAE: {MemberRole.REVIEWER},
    }
    assert len(overview.articles) == len(space_of(window).state.articles)


def test_everybody_but_who_makes_the_session_is_an_author_at_first(
    qtbot: QtBot, open_window: Open, team_file: TeamFile
) -> None:
    window = open_window(team_file.path)
    part(open_overview(qtbot, window), QPushButton, "overviewAll").click()
    settle(qtbot, window)
    listed = front(window)
    assert listed is not None
    part(listed, QPushButton, "sessionNew").click()
    dialog = dialog_of(qtbot, window, SessionDialog)
    names = {team_file.ids[name]: name for name in (LEAD, ANN, BEN, RAE)}
    assert {names[who]: set(roles) for who, roles in dialog.fields().members.items()} == {
        LEAD: {MemberRole.LEAD, MemberRole.REVIEWER},
        **{name: {MemberRole.AUTHOR} for name in (ANN, BEN, RAE)},
    }


def test_the_mode_brings_its_settings_but_not_over_those_set_by_hand(qtbot: QtBot, window: MainWindow) -> None:
    dialog = new_session(qtbot, window)
    peer, double = (part(dialog, QRadioButton, f"sessionMode.{mode}") for mode in list(SessionMode)[:2])
    assert double.isChecked()
    peer.click()
    assert (dialog.fields().mode, dialog.fields().required_authors, dialog.fields().blind) == (
        SessionMode.PEER_CHECK,
        1,
        False,
    )
    double.click()
    assert (dialog.fields().required_authors, dialog.fields().blind) == (2, True)
    dialog.blind.click()
    peer.click()
    double.click()
    assert not dialog.fields().blind


def test_a_team_that_cannot_be_is_refused_with_the_reason(qtbot: QtBot, window: MainWindow) -> None:
    dialog = new_session(qtbot, window)
    dialog.name.setText("First round")
    assert dialog.accept_button.isEnabled()
    tick(dialog, "Ann Bell", MemberRole.AUTHOR)
    assert not dialog.accept_button.isEnabled()
    assert "cannot be one of its authors" in dialog.problem()


def test_a_name_that_is_listed_is_not_added_twice(qtbot: QtBot, window: MainWindow) -> None:
    dialog = new_session(qtbot, window)
    add = part(dialog, QPushButton, "memberAdd")
    dialog.members.name.setText("ann bell")
    assert not add.isEnabled()
    dialog.members.name.setText("Cy Dahl")
    add.click()
    assert list(dialog.members.added().values()) == ["Cy Dahl"]
    assert dialog.members.name.text() == ""
    assert dialog.members.name.hasFocus(), "the next name is typed at once"


def test_all_ticks_only_the_articles_that_the_filter_shows(qtbot: QtBot, window: MainWindow) -> None:
    dialog = new_session(qtbot, window)
    everything = dialog.articles.chosen()
    dialog.articles.all.click()
    assert dialog.articles.chosen() == ()
    dialog.articles.filter.setText("courier")
    dialog.articles.all.click()
    dialog.articles.filter.clear()
    assert len(dialog.articles.chosen()) == 1 < len(everything)


def test_editing_writes_only_what_differs(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    team = make_team_file(tmp_path / "lead.annotator", opened=False)
    window = open_window(team.path)
    page = open_overview(qtbot, window)
    take_step(page, Step.EDIT)
    dialog = dialog_of(qtbot, window, SessionDialog)
    dialog.name.setText("Second round")
    tick(dialog, BEN, MemberRole.AUTHOR)
    tick(dialog, RAE, MemberRole.AUTHOR)
    dialog.articles.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    seq = len(space_of(window).project.history.recent(99))
    dialog.accept_button.click()
    settle(qtbot, window)
    overview = page.overview
    assert overview is not None
    assert overview.session.name == "Second round"
    assert {member.name: set(member.roles) for member in overview.members} == {
        LEAD: {MemberRole.LEAD},
        ANN: {MemberRole.AUTHOR},
        RAE: {MemberRole.REVIEWER, MemberRole.AUTHOR},
    }
    assert [row.article.id for row in overview.articles] == team.articles[1:]
    assert len(space_of(window).project.history.recent(99)) == seq + 4


def test_what_an_open_session_cannot_change_is_off(qtbot: QtBot, open_window: Open, team_file: TeamFile) -> None:
    window = open_window(team_file.path)
    page = open_overview(qtbot, window)
    take_step(page, Step.EDIT)
    dialog = dialog_of(qtbot, window, SessionDialog)
    assert not dialog.blind.isEnabled()
    assert not dialog.overlap.isEnabled()
    assert not any(choice.isEnabled() for choice in dialog.findChildren(QRadioButton))
    assert dialog.name.isEnabled()
    assert dialog.required.isEnabled()
