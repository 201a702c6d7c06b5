"""Every window, page, panel, dialog and menu of the program, each with the way to it: what tests of "everywhere" walk.

``PLACES`` is the list. A place names the project it needs (a key of ``PROJECTS``) and how it is shown in a window on
that project; :func:`shown` shows it and takes it away again. A test asks of every dialog and review screen that a
place shows it, so that something new cannot be forgotten: add a row here when you add a dialog.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QInputDialog,
    QMenu,
    QMessageBox,
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
from tests.desktop import ways
from tests.desktop.review.pages import front
from tests.desktop.shown_projects import PROJECTS
from tests.desktop.ways import Show
from tests.desktop.windows import settle

Open = Callable[..., MainWindow]


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


M = QMenu

PLACES: tuple[Place, ...] = (
    Place("start page", "none", ways.as_it_opens),
    Place("window without articles", "empty", ways.as_it_opens),
    Place("window", "sample", ways.as_it_opens),
    Place("window with a passage", "sample", ways.on_a_passage()),
    Place("selection bar", "sample", ways.selecting),
    Place("reading view", "sample", ways.on_a_passage(A.VIEW_READING)),
    Place("people line", "sample", ways.on_a_passage(A.ANNOTATION_PEOPLE)),
    Place("relation line", "sample", ways.on_a_passage(A.ANNOTATION_LINK)),
    Place("find bar", "sample", ways.find),
    Place("go bar", "sample", ways.by(A.EDIT_GO_TO)),
    Place("filter bar", "sample", ways.by(A.VIEW_FILTER)),
    Place("people panel", "sample", ways.by(A.VIEW_PEOPLE)),
    Place("codebook panel", "sample", ways.by(A.VIEW_CODEBOOK)),
    Place("passages view", "sample", ways.by(A.VIEW_PASSAGES)),
    Place("to finish", "sample", ways.by(A.VIEW_TO_FINISH)),
    Place("search panel", "sample", ways.search),
    Place("message bar", "sample", ways.message),
    Place("message bar with an error", "sample", ways.refusal),
    *(Place(f"menu {name}", "sample", ways.bar_menu(name), M) for name in ("file", "edit", "article", "passage")),
    *(Place(f"menu {name}", "sample", ways.bar_menu(name), M) for name in ("review", "view", "help")),
    Place("menu of an article", "sample", ways.list_menu(A.VIEW_ARTICLES, "articleList"), M),
    Place("menu of a person", "sample", ways.list_menu(A.VIEW_PEOPLE, "peopleList"), M),
    Place("menu of a tag", "sample", ways.list_menu(A.VIEW_CODEBOOK, "codebookTree"), M),
    Place("menu in the article", "sample", ways.passage_menu, M),
    Place("how it was said", "sample", ways.on_a_passage(A.ANNOTATION_ATTRIBUTION), M),
    Place("command palette", "sample", ways.by(A.HELP_PALETTE), CommandPalette),
    Place("key sheet", "sample", ways.by(A.HELP_KEYS), KeySheet),
    Place("what is this", "sample", ways.on_a_passage(A.HELP_WHAT), WordsDialog),
    Place("about", "sample", ways.by(A.HELP_ABOUT), QMessageBox),
    Place("settings", "sample", ways.by(A.APP_SETTINGS), SettingsDialog),
    Place("shortcuts", "sample", ways.shortcuts, ShortcutsDialog),
    Place("new project", "none", ways.by(A.PROJECT_NEW), NewProjectDialog),
    Place("who are you", "sample", ways.by(A.PROJECT_ANALYST), WhoAreYouDialog),
    Place("project details", "sample", ways.by(A.PROJECT_DETAILS), ProjectDetailsDialog),
    Place("export", "sample", ways.by(A.PROJECT_EXPORT), ExportDialog),
    Place("check", "sample", ways.check, ReportDialog),
    Place("verify", "sample", ways.verify, ReportDialog),
    Place("backups", "sample", ways.by(A.PROJECT_RESTORE), BackupsDialog),
    Place("conflicts", "conflict", ways.by(A.PROJECT_CONFLICTS), ConflictsDialog),
    Place("new article", "sample", ways.by(A.ARTICLE_NEW), NewArticleDialog),
    Place("article details", "sample", ways.by(A.ARTICLE_DETAILS), ArticleDetailsDialog),
    Place("correct the text", "sample", ways.by(A.ARTICLE_CORRECT), CorrectTextDialog),
    Place("passages to place", "corrected", ways.by(A.ARTICLE_PLACE), PlaceDialog),
    Place("new person", "sample", ways.by(A.PERSON_NEW), PersonDialog),
    Place("edit a person", "sample", ways.register(A.VIEW_PEOPLE, "personEdit"), PersonDialog),
    Place("merge people", "sample", ways.register(A.VIEW_PEOPLE, "personMerge"), MergeDialog),
    Place("new tag", "sample", ways.by(A.TAG_NEW), TagDialog),
    Place("edit a tag", "sample", ways.register(A.VIEW_CODEBOOK, "tagEdit"), TagDialog),
    Place("crash", "sample", ways.crash, CrashDialog),
    Place("question", "sample", ways.question, QMessageBox),
    Place("line of text", "sample", ways.line, QInputDialog),
    Place("no sessions", "sample", ways.by(A.REVIEW_OPEN), SessionsPage),
    Place("session list", "revealed", ways.session_list, SessionsPage),
    Place("new session", "sample", ways.new_session, SessionDialog),
    Place("session in draft", "draft", ways.by(A.REVIEW_OPEN), OverviewPage),
    Place("session in work", "working", ways.by(A.REVIEW_OPEN), OverviewPage),
    Place("session revealed", "revealed", ways.by(A.REVIEW_OPEN), OverviewPage),
    Place("session closed", "closed", ways.by(A.REVIEW_OPEN), OverviewPage),
    Place("session of an author", "author", ways.by(A.REVIEW_OPEN), OverviewPage),
    Place("article of an author", "author", ways.as_it_opens),
    Place("menu of a session's article", "revealed", ways.overview_menu, M),
    Place("edit a session", "revealed", ways.step(Step.EDIT), SessionDialog),
    Place("send packets", "working", ways.step(Step.SEND), SendDialog),
    Place("collect packets", "working", ways.step(Step.COLLECT), CollectDialog),
    Place("open a packet", "working", ways.packet, OpenPacketDialog),
    Place("match people", "matching", ways.step(Step.MATCH), MatchPeopleDialog),
    Place("close a session", "revealed", ways.step(Step.CLOSE), CloseDialog),
    Place("agreement", "decided", ways.by(A.REVIEW_AGREEMENT), AgreementPage),
    Place("concordance", "revealed", ways.step(Step.CONCORDANCE), ConcordancePage),
    Place("back to the analysts", "revealed", ways.step(Step.CHANGES), ReturnedPage),
    Place("review", "decided", ways.decide(), ReviewPage),
    Place("review: why", "decided", ways.decide(A.REVIEW_REASON), ReviewPage),
    Place("review: whose", "decided", ways.decide(A.REVIEW_TAKE_ALL), M),
    Place("review: edit", "decided", ways.decide(A.REVIEW_EDIT), M),
    Place("meeting", "decided", ways.decide(A.REVIEW_MEETING), MeetingPage),
)
"""Everything that can be on the screen."""
