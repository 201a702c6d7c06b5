"""Every window, page, panel, dialog and menu of the program, each with the way to it: what tests of "everywhere" walk.

``PLACES`` is the list. A place names the project it needs (a key of ``PROJECTS``) and how it is shown in a window on
that project; :func:`shown` shows it and takes it away again. A test asks of every dialog and review screen that a
place shows it, so that something new cannot be forgotten: add a row here when you add a dialog.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QInputDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId as A
from annotator.desktop.command_palette import CommandPalette
from annotator.desktop.dialogs.article_details import ArticleDetailsDialog
from annotator.desktop.dialogs.backups_dialog import BackupsDialog
from annotator.desktop.dialogs.conflicts_dialog import ConflictsDialog
from annotator.desktop.dialogs.correct_text import CorrectTextDialog
from annotator.desktop.dialogs.crash_dialog import CrashDialog
from annotator.desktop.dialogs.export_dialog import ExportDialog
from annotator.desktop.dialogs.merge_dialog import MergeDialog
from annotator.desktop.dialogs.new_article import NewArticleDialog
from annotator.desktop.dialogs.new_project import NewProjectDialog
from annotator.desktop.dialogs.person_dialog import PersonDialog
from annotator.desktop.dialogs.place_dialog import PlaceDialog
from annotator.desktop.dialogs.project_details import ProjectDetailsDialog
from annotator.desktop.dialogs.report_dialog import ReportDialog
from annotator.desktop.dialogs.settings_dialog import SettingsDialog
from annotator.desktop.dialogs.shortcuts_dialog import ShortcutsDialog
from annotator.desktop.dialogs.tag_dialog import TagDialog
from annotator.desktop.dialogs.who_are_you import WhoAreYouDialog
from annotator.desktop.dialogs.words_dialog import WordsDialog
from annotator.desktop.key_sheet import KeySheet
from annotator.desktop.main_window import MainWindow
from annotator.desktop.prompts import QtPrompts
from annotator.desktop.review.agreement_page import AgreementPage
from annotator.desktop.review.close_dialog import CloseDialog
from annotator.desktop.review.collect_dialog import CollectDialog
from annotator.desktop.review.concordance_page import ConcordancePage
from annotator.desktop.review.match_people import MatchPeopleDialog
from annotator.desktop.review.meeting_page import MeetingPage
from annotator.desktop.review.overview_page import OverviewPage
from annotator.desktop.review.packet_dialog import OpenPacketDialog
from annotator.desktop.review.returned_page import ReturnedPage
from annotator.desktop.review.review_page import ReviewPage
from annotator.desktop.review.screen import ReviewScreen
from annotator.desktop.review.send_dialog import SendDialog
from annotator.desktop.review.session_dialog import SessionDialog
from annotator.desktop.review.session_steps import Step
from annotator.desktop.review.sessions_page import SessionsPage
from annotator.domain.versions import content_of, version_hash
from annotator.services.project import open_project
from annotator.services.sample import make_sample
from tests.desktop.review.decided import BEN, REVIEWER, SECRET, make_reviewed_file
from tests.desktop.review.pages import front, open_overview, part, take_step
from tests.desktop.review.teams import ANN, LEAD, RAE, make_team_file
from tests.desktop.windows import make_project_file, settle, space_of

Open = Callable[..., MainWindow]
Show = Callable[[QtBot, MainWindow], None]


@dataclass(frozen=True)
class Place:
    """Something that can be on the screen: its name, the project it needs, how it is shown, where it is looked at.

    ``what``: the kind of widget that is walked: the window, a screen of a review in it, or the dialog or menu over it.
    """

    name: str
    project: str
    show: Show
    what: type[QWidget] = MainWindow


@contextmanager
def shown(qtbot: QtBot, open_window: Open, folder: Path, place: Place, size: tuple[int, int]) -> Iterator[QWidget]:
    """Show a place in a window of this size and give what is to be looked at; take it away in the end."""
    window = open_window(PROJECTS[place.project](folder), size=size)
    qtbot.waitUntil(window.isActiveWindow)
    place.show(qtbot, window)
    settle(qtbot, window)
    over: list[QWidget] = []
    if issubclass(place.what, ReviewScreen):
        assert isinstance(front(window), place.what)
    elif place.what is not MainWindow:
        qtbot.waitUntil(lambda: bool(_over(window, place.what)))
        over = _over(window, place.what)
    if over and isinstance(over[0], QDialog):
        qtbot.waitUntil(over[0].isActiveWindow)
    settle(qtbot, window)
    for _ in range(3):  # what is laid out may ask for more room
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    yield over[0] if over else window
    for widget in over:
        widget.close()


def _over(window: MainWindow, what: type[QWidget]) -> list[QWidget]:
    """Return what of a kind is shown over a window, dialogs and menus that close by themselves among it."""
    tops = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, what) and widget.isVisible()]
    return [widget for widget in tops if widget is not window]


# projects ------------------------------------------------------------------------


def _nothing(_folder: Path) -> str:
    return ""


def _sample(folder: Path) -> Path:
    return make_sample(folder)


def _plain(folder: Path) -> Path:
    return make_project_file(folder / "bridge affair.annotator")


def _empty(folder: Path) -> Path:
    from annotator.services.project import create_project

    path = folder / "empty.annotator"
    create_project(str(path), name="Nothing yet", analyst=ANN).close()
    return path


def _corrected(folder: Path) -> Path:
    """A project whose passages were marked on an older text of the article."""
    path = _plain(folder)
    with open_project(str(path)) as project:
        article = next(s.article for s in project.articles.summaries() if s.total)
        text = project.articles.text(article.id).text
        project.articles.correct_text(
            article.id, text.replace("Nobody sold anything to anyone", "We sold nothing at all")
        )
    return path


def _conflict(folder: Path) -> Path:
    """A project in which two devices changed the same person."""
    path = _plain(folder)
    with open_project(str(path)) as project:
        person = project.people.add("Ivo Brandt", note="4,200")
        with project.context.read() as reader:
            (only,) = reader.versions("person", person.id).values()
        content = content_of(replace(person, note="4,300"))
        at = "2026-11-24T09:00:00.000Z"
        hash_ = version_hash("person", person.id, content, 1, (), at, only.by, "elsewhere")
        other = only._replace(hash=hash_, content=content, at=at, device="elsewhere", change_id=None)
        with project.context.write() as uow:
            uow.add_versions([other])
            project.context.commit(uow, "Merge")
    return path


def _matching(folder: Path) -> Path:
    """The lead's project, in which two authors have added the same person."""
    made = make_team_file(folder / "lead.annotator", worked=True)
    with open_project(str(made.path)) as project:
        for name in (ANN, BEN):
            project.act_as(name)
            project.people.add("Nora Vale")
        project.act_as(LEAD)
    return made.path


def _draft(folder: Path) -> Path:
    return make_team_file(folder / "lead.annotator", opened=False).path


def _working(folder: Path) -> Path:
    return make_team_file(folder / "lead.annotator", worked=True).path


def _author(folder: Path) -> Path:
    """The project of an author who is at work in an open session."""
    path = make_team_file(folder / "lead.annotator").path
    with open_project(str(path)) as project:
        project.act_as(ANN)
    return path


def _revealed(folder: Path) -> Path:
    """The lead's project after the reveal; the first disagreement is decided."""
    made = make_team_file(folder / "lead.annotator", worked=True, revealed=True)
    with open_project(str(made.path)) as project:
        project.act_as(RAE)
        project.deciding.accept(made.session_id, project.deciding.clusters(made.session_id)[0].key)
        project.act_as(LEAD)
    return made.path


def _closed(folder: Path) -> Path:
    path = _revealed(folder)
    with open_project(str(path)) as project:
        project.reviews.close(project.reviews.list()[0].id, LEAD, unfinished=True)
    return path


def _decided(folder: Path) -> Path:
    """Three authors who differ; the reviewer has taken a version and left a comment and a reason."""
    path = make_reviewed_file(folder / "reviewed.annotator")
    with open_project(str(path)) as project:
        session = project.reviews.list()[0].id
        (found,) = [
            one for one in project.deciding.clusters(session) if SECRET in {a.quote for a in one.cluster.annotations}
        ]
        project.act_as(REVIEWER)
        project.deciding.take(session, found.key, project.analysts.find(BEN).id)
    return path


PROJECTS: dict[str, Callable[[Path], Path | str]] = {
    "none": _nothing,
    "sample": _sample,
    "plain": _plain,
    "empty": _empty,
    "corrected": _corrected,
    "conflict": _conflict,
    "matching": _matching,
    "draft": _draft,
    "working": _working,
    "author": _author,
    "revealed": _revealed,
    "closed": _closed,
    "decided": _decided,
}


# ways ----------------------------------------------------------------------------


def _as_it_opens(_qtbot: QtBot, _window: MainWindow) -> None:
    """Show nothing more than the window shows by itself."""


def _by(*ids: A) -> Show:
    """Show something by actions."""

    def show(qtbot: QtBot, window: MainWindow) -> None:
        for id_ in ids:
            assert window.all_actions.action(id_).isEnabled(), f"{id_} is off"
            window.all_actions.trigger(id_)
            settle(qtbot, window)

    return show


def _on_a_passage(*ids: A) -> Show:
    """Show something of the current passage; the one that has most is chosen, as the picture of the window does."""

    def show(qtbot: QtBot, window: MainWindow) -> None:
        state, view = space_of(window).state, space_of(window).view
        relations = list(state.relations.values())
        linked = {id_: sum(id_ in (r.source_id, r.target_id) for r in relations) for id_ in state.marks}
        state.set_current(max(linked, key=lambda id_: linked[id_]))
        view.setFocus()
        settle(qtbot, window)
        _by(*ids)(qtbot, window)

    return show


def _selecting(qtbot: QtBot, window: MainWindow) -> None:
    """Select words, so that the bar at the selection comes."""
    view = space_of(window).view
    view.setFocus()
    view.select_span(0, 12)
    settle(qtbot, window)


def _passage_menu(qtbot: QtBot, window: MainWindow) -> None:
    _on_a_passage()(qtbot, window)
    space = space_of(window)
    mark = space.state.marks[space.state.current or ""]
    space.view.move_caret(mark.start + 1)
    space.view.context_menu_requested.emit(space.view.mapToGlobal(QPoint(40, 40)))


def _list_menu(action: A, name: str) -> Show:
    """Show the menu of the right mouse button over the first row of a list."""

    def show(qtbot: QtBot, window: MainWindow) -> None:
        _by(action)(qtbot, window)
        _menu_of(window, name)

    return show


def _menu_of(parent: QWidget, name: str) -> None:
    view = parent.findChild(QAbstractItemView, name)
    assert view is not None, f"there is no {name}"
    index = view.model().index(0, 0)
    view.setCurrentIndex(index)
    view.customContextMenuRequested.emit(view.visualRect(index).center())


def _bar_menu(name: str) -> Show:
    def show(_qtbot: QtBot, window: MainWindow) -> None:
        menu = part(window, QMenu, f"menu.{name}")
        menu.popup(window.mapToGlobal(QPoint(20, 20)))

    return show


def _register(action: A, button: str) -> Show:
    """Press a button of a panel after its first row has been chosen."""

    def show(qtbot: QtBot, window: MainWindow) -> None:
        _by(action)(qtbot, window)
        space = space_of(window)
        panel = {A.VIEW_PEOPLE: space.people_panel, A.VIEW_CODEBOOK: space.codebook_panel}[action]
        view = panel.findChild(QAbstractItemView)
        assert view is not None
        view.setCurrentIndex(view.model().index(0, 0))
        part(panel, QPushButton, button).click()

    return show


def _search(qtbot: QtBot, window: MainWindow) -> None:
    space_of(window).enter_search("the")
    settle(qtbot, window)


def _find(qtbot: QtBot, window: MainWindow) -> None:
    _by(A.EDIT_FIND)(qtbot, window)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setText("the")
    settle(qtbot, window)


def _message(_qtbot: QtBot, window: MainWindow) -> None:
    """Let the window say something that can be undone."""
    from annotator.desktop.widgets.message_bar import Severity

    window.message_bar.show_message(Severity.NOTICE, "“4,200 crowns”", undo=True)


def _refusal(_qtbot: QtBot, window: MainWindow) -> None:
    """Let the window show an error that comes from the services."""
    from annotator.domain.errors import ReadOnlyError

    window.show_error(ReadOnlyError("This project is open for reading only."))


def _crash(_qtbot: QtBot, window: MainWindow) -> None:
    window.show_error(ZeroDivisionError("4,200"))


def _check(qtbot: QtBot, window: MainWindow) -> None:
    _by(A.PROJECT_CHECK)(qtbot, window)


def _verify(qtbot: QtBot, window: MainWindow) -> None:
    from annotator.desktop.verifying import verify

    project = space_of(window).project
    exported = Path(project.location).with_suffix(".json")
    with open_project(project.location, read_only=True) as reading:
        exported.write_text(json.dumps(reading.exchange.export()), encoding="utf-8")
    verify(str(exported), window)
    settle(qtbot, window)


def _question(_qtbot: QtBot, window: MainWindow) -> None:
    prompts = _prompts(window)
    prompts.confirm("4,200 crowns", "4,200 crowns", "4,200", lambda: None)


def _line(_qtbot: QtBot, window: MainWindow) -> None:
    _prompts(window).text("4,200 crowns", "4,200 crowns", "", lambda _text: None)


def _prompts(window: MainWindow) -> QtPrompts:
    def ignore(*_words: object) -> None:
        """Say nothing."""

    return QtPrompts(window, say=ignore, offer=ignore, fail=ignore)


def _packet(qtbot: QtBot, window: MainWindow) -> None:
    """Open a packet whose project is not open here."""
    project = space_of(window).project
    session = project.reviews.list()[0].id
    path = Path(project.location).with_name("for Ben.annotator-packet")
    with open_project(project.location, read_only=True) as reading:
        receiver = reading.analysts.find("Ben Cole").id
        reading.packets.write(path, session, receiver=receiver)
    window.commands.take_packets([str(path)])
    settle(qtbot, window)


def _step(step: Step) -> Show:
    """Take a step of the only session."""

    def show(qtbot: QtBot, window: MainWindow) -> None:
        take_step(open_overview(qtbot, window), step)
        settle(qtbot, window)

    return show


def _overview_menu(qtbot: QtBot, window: MainWindow) -> None:
    _menu_of(open_overview(qtbot, window), "overviewTable")


def _new_session(qtbot: QtBot, window: MainWindow) -> None:
    _by(A.REVIEW_OPEN)(qtbot, window)
    part(window, QPushButton, "sessionNew").click()
    settle(qtbot, window)


def _session_list(qtbot: QtBot, window: MainWindow) -> None:
    part(open_overview(qtbot, window), QPushButton, "overviewAll").click()
    settle(qtbot, window)


def _decide(*ids: A) -> Show:
    """Show the review screen, and there something by actions."""

    def show(qtbot: QtBot, window: MainWindow) -> None:
        space = space_of(window)
        space.reviewing.decide(space.project.reviews.list()[0].id)
        settle(qtbot, window)
        _by(*ids)(qtbot, window)

    return show


def _shortcuts(qtbot: QtBot, window: MainWindow) -> None:
    """Show the keys from within the settings."""
    _by(A.APP_SETTINGS)(qtbot, window)
    part(window, QPushButton, "settingsShortcuts").click()


M = QMenu

PLACES: tuple[Place, ...] = (
    Place("start page", "none", _as_it_opens),
    Place("window without articles", "empty", _as_it_opens),
    Place("window", "sample", _as_it_opens),
    Place("window with a passage", "sample", _on_a_passage()),
    Place("selection bar", "sample", _selecting),
    Place("reading view", "sample", _on_a_passage(A.VIEW_READING)),
    Place("people line", "sample", _on_a_passage(A.ANNOTATION_PEOPLE)),
    Place("relation line", "sample", _on_a_passage(A.ANNOTATION_LINK)),
    Place("find bar", "sample", _find),
    Place("go bar", "sample", _by(A.EDIT_GO_TO)),
    Place("filter bar", "sample", _by(A.VIEW_FILTER)),
    Place("people panel", "sample", _by(A.VIEW_PEOPLE)),
    Place("codebook panel", "sample", _by(A.VIEW_CODEBOOK)),
    Place("passages view", "sample", _by(A.VIEW_PASSAGES)),
    Place("to finish", "sample", _by(A.VIEW_TO_FINISH)),
    Place("search panel", "sample", _search),
    Place("message bar", "sample", _message),
    Place("message bar with an error", "sample", _refusal),
    *(Place(f"menu {name}", "sample", _bar_menu(name), M) for name in ("file", "edit", "article", "passage")),
    *(Place(f"menu {name}", "sample", _bar_menu(name), M) for name in ("review", "view", "help")),
    Place("menu of an article", "sample", _list_menu(A.VIEW_ARTICLES, "articleList"), M),
    Place("menu of a person", "sample", _list_menu(A.VIEW_PEOPLE, "peopleList"), M),
    Place("menu of a tag", "sample", _list_menu(A.VIEW_CODEBOOK, "codebookTree"), M),
    Place("menu in the article", "sample", _passage_menu, M),
    Place("how it was said", "sample", _on_a_passage(A.ANNOTATION_ATTRIBUTION), M),
    Place("command palette", "sample", _by(A.HELP_PALETTE), CommandPalette),
    Place("key sheet", "sample", _by(A.HELP_KEYS), KeySheet),
    Place("what is this", "sample", _on_a_passage(A.HELP_WHAT), WordsDialog),
    Place("about", "sample", _by(A.HELP_ABOUT), QMessageBox),
    Place("settings", "sample", _by(A.APP_SETTINGS), SettingsDialog),
    Place("shortcuts", "sample", _shortcuts, ShortcutsDialog),
    Place("new project", "none", _by(A.PROJECT_NEW), NewProjectDialog),
    Place("who are you", "sample", _by(A.PROJECT_ANALYST), WhoAreYouDialog),
    Place("project details", "sample", _by(A.PROJECT_DETAILS), ProjectDetailsDialog),
    Place("export", "sample", _by(A.PROJECT_EXPORT), ExportDialog),
    Place("check", "sample", _check, ReportDialog),
    Place("verify", "sample", _verify, ReportDialog),
    Place("backups", "sample", _by(A.PROJECT_RESTORE), BackupsDialog),
    Place("conflicts", "conflict", _by(A.PROJECT_CONFLICTS), ConflictsDialog),
    Place("new article", "sample", _by(A.ARTICLE_NEW), NewArticleDialog),
    Place("article details", "sample", _by(A.ARTICLE_DETAILS), ArticleDetailsDialog),
    Place("correct the text", "sample", _by(A.ARTICLE_CORRECT), CorrectTextDialog),
    Place("passages to place", "corrected", _by(A.ARTICLE_PLACE), PlaceDialog),
    Place("new person", "sample", _by(A.PERSON_NEW), PersonDialog),
    Place("edit a person", "sample", _register(A.VIEW_PEOPLE, "personEdit"), PersonDialog),
    Place("merge people", "sample", _register(A.VIEW_PEOPLE, "personMerge"), MergeDialog),
    Place("new tag", "sample", _by(A.TAG_NEW), TagDialog),
    Place("edit a tag", "sample", _register(A.VIEW_CODEBOOK, "tagEdit"), TagDialog),
    Place("crash", "sample", _crash, CrashDialog),
    Place("question", "sample", _question, QMessageBox),
    Place("line of text", "sample", _line, QInputDialog),
    Place("no sessions", "sample", _by(A.REVIEW_OPEN), SessionsPage),
    Place("session list", "revealed", _session_list, SessionsPage),
    Place("new session", "sample", _new_session, SessionDialog),
    Place("session in draft", "draft", _by(A.REVIEW_OPEN), OverviewPage),
    Place("session in work", "working", _by(A.REVIEW_OPEN), OverviewPage),
    Place("session revealed", "revealed", _by(A.REVIEW_OPEN), OverviewPage),
    Place("session closed", "closed", _by(A.REVIEW_OPEN), OverviewPage),
    Place("session of an author", "author", _by(A.REVIEW_OPEN), OverviewPage),
    Place("article of an author", "author", _as_it_opens),
    Place("menu of a session's article", "revealed", _overview_menu, M),
    Place("edit a session", "revealed", _step(Step.EDIT), SessionDialog),
    Place("send packets", "working", _step(Step.SEND), SendDialog),
    Place("collect packets", "working", _step(Step.COLLECT), CollectDialog),
    Place("open a packet", "working", _packet, OpenPacketDialog),
    Place("match people", "matching", _step(Step.MATCH), MatchPeopleDialog),
    Place("close a session", "revealed", _step(Step.CLOSE), CloseDialog),
    Place("agreement", "decided", _by(A.REVIEW_AGREEMENT), AgreementPage),
    Place("concordance", "revealed", _step(Step.CONCORDANCE), ConcordancePage),
    Place("back to the analysts", "revealed", _step(Step.CHANGES), ReturnedPage),
    Place("review", "decided", _decide(), ReviewPage),
    Place("review: why", "decided", _decide(A.REVIEW_REASON), ReviewPage),
    Place("review: whose", "decided", _decide(A.REVIEW_TAKE_ALL), M),
    Place("review: edit", "decided", _decide(A.REVIEW_EDIT), M),
    Place("meeting", "decided", _decide(A.REVIEW_MEETING), MeetingPage),
)
"""Everything that can be on the screen."""
