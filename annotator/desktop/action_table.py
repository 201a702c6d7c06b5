"""Everything a person can do in the window, as data: menus, toolbar, palette and key sheet are made from this table.

Ids are stable: scripts, tests and the key sheet name actions by them. A tag's own actions are made from the codebook
(:mod:`annotator.desktop.actions`), with the ids ``annotation.create.claim`` and so on for the ready-made kinds. Texts
are translated when an action is made, in the context "Actions".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActionId(StrEnum):
    """The stable names of the actions; a ``QAction``'s objectName is its action id."""

    PROJECT_NEW = "project.new"
    PROJECT_OPEN = "project.open"
    PROJECT_SAMPLE = "project.sample"
    PROJECT_DETAILS = "project.details"
    PROJECT_ANALYST = "project.analyst"
    PROJECT_IMPORT = "project.import"
    PROJECT_EXPORT = "project.export"
    ARTICLE_PRINT = "article.print"
    ARTICLE_PDF = "article.pdf"
    PROJECT_CONFLICTS = "project.conflicts"
    PROJECT_VERIFY = "project.verify"
    PROJECT_CHECK = "project.check"
    PROJECT_BACKUP = "project.backup"
    PROJECT_RESTORE = "project.restore"
    WINDOW_CLOSE = "window.close"
    APP_SETTINGS = "app.settings"
    APP_QUIT = "app.quit"
    EDIT_UNDO = "edit.undo"
    EDIT_REDO = "edit.redo"
    EDIT_COPY = "edit.copy"
    EDIT_PASTE_ARTICLE = "edit.paste_article"
    EDIT_FIND = "edit.find"
    EDIT_FIND_NEXT = "edit.find_next"
    EDIT_FIND_PREVIOUS = "edit.find_previous"
    EDIT_GO_TO = "edit.go_to_paragraph"
    EDIT_FIND_IN_PROJECT = "edit.find_in_project"
    ARTICLE_NEW = "article.new"
    ARTICLE_IMPORT = "article.import"
    ARTICLE_DETAILS = "article.details"
    ARTICLE_CORRECT = "article.correct"
    ARTICLE_PLACE = "article.place"
    ARTICLE_NEXT = "article.next"
    ARTICLE_PREVIOUS = "article.previous"
    ARTICLE_DELETE = "article.delete"
    SELECTION_GROW = "selection.grow"
    SELECTION_SHRINK = "selection.shrink"
    ANNOTATION_SAME_AGAIN = "annotation.same_again"
    ANNOTATION_PEOPLE = "annotation.people"
    ANNOTATION_LINK = "annotation.link"
    ANNOTATION_MOVE_ENDS = "annotation.move_ends"
    ANNOTATION_ATTRIBUTION = "annotation.attribution"
    ANNOTATION_NOTE = "annotation.note"
    ANNOTATION_UNSURE = "annotation.unsure"
    ANNOTATION_NEXT = "annotation.next"
    ANNOTATION_PREVIOUS = "annotation.previous"
    ANNOTATION_CYCLE = "annotation.cycle"
    ANNOTATION_DELETE = "annotation.delete"
    REVIEW_OPEN = "review.open"
    REVIEW_SUBMIT = "review.submit"
    REVIEW_AGREEMENT = "review.agreement"
    REVIEW_NEXT = "review.next"
    REVIEW_PREVIOUS = "review.previous"
    REVIEW_ORDER = "review.order"
    REVIEW_ACCEPT = "review.accept"
    REVIEW_REJECT = "review.reject"
    REVIEW_NOTHING = "review.nothing"
    REVIEW_TAKE = "review.take"
    REVIEW_EDIT = "review.edit"
    REVIEW_MOVE_ENDS = "review.move_ends"
    REVIEW_NEW = "review.new"
    REVIEW_REASON = "review.reason"
    REVIEW_COMMENT = "review.comment"
    REVIEW_FLAG = "review.flag"
    REVIEW_PARK = "review.park"
    REVIEW_UNANIMOUS = "review.accept_unanimous"
    REVIEW_TAKE_ALL = "review.take_all"
    REVIEW_MEETING = "review.meeting"
    PERSON_NEW = "person.new"
    TAG_NEW = "tag.new"
    VIEW_PASSAGES = "view.passages"
    VIEW_SPEAKER = "view.speaker"
    VIEW_TO_FINISH = "view.to_finish"
    VIEW_FILTER = "view.filter"
    VIEW_ARTICLES = "view.articles"
    VIEW_PEOPLE = "view.people"
    VIEW_CODEBOOK = "view.codebook"
    VIEW_LEFT = "view.left_panel"
    VIEW_INSPECTOR = "view.inspector"
    VIEW_NEXT_PANEL = "view.next_panel"
    VIEW_PREVIOUS_PANEL = "view.previous_panel"
    VIEW_TEXT = "view.text"
    VIEW_READING = "view.reading"
    VIEW_ZOOM_IN = "view.zoom_in"
    VIEW_ZOOM_OUT = "view.zoom_out"
    VIEW_ZOOM_RESET = "view.zoom_reset"
    VIEW_FULL_SCREEN = "view.full_screen"
    HELP_PALETTE = "help.palette"
    HELP_KEYS = "help.keys"
    HELP_WHAT = "help.what"
    HELP_MANUAL = "help.manual"
    HELP_LOGS = "help.logs"
    HELP_ABOUT = "help.about"


class Menu(StrEnum):
    """The menus of the menu bar, in their order; the value is the title."""

    FILE = "&File"
    EDIT = "&Edit"
    ARTICLE = "&Article"
    PASSAGE = "&Passage"
    REVIEW = "&Review"
    VIEW = "&View"
    HELP = "&Help"


class Need(StrEnum):
    """What must be so for an action to be enabled."""

    PROJECT = "project"
    """A project is open in this window."""
    WRITABLE = "writable"
    """The project can be written."""
    ARTICLE = "article"
    """An article is open."""
    OWN = "own"
    """The current passage, if there is one, belongs to the analyst who works here."""
    UNDO = "undo"
    """There is a change of this analyst on this device to undo."""
    REDO = "redo"
    """There is an undone change to redo."""
    OLDER = "older"
    """Own passages were marked on an earlier text of the open article."""
    TEXT = "text"
    """A text is to be seen, the article's or that of a review."""
    REVIEW = "review"
    """A review session is to be seen."""
    CLUSTER = "cluster"
    """A passage of a review session is to be decided."""


class Context(StrEnum):
    """Where an action's keys are heard."""

    WINDOW = "window"
    """Everywhere in the window, unless a text field wants the key itself."""
    ARTICLE = "article"
    """While the article view has the focus, and nowhere else."""
    REVIEW = "review"
    """On the review screen, unless a text field wants the key itself."""
    FIGURE = "figure"
    """As ``REVIEW``; which of the keys it was says what is meant, so that the screen hears them itself."""
    UNCLAIMED = "unclaimed"
    """In the window, after everything that has the focus has let the key pass."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. ``text`` has the menu's mnemonic; ``shortcuts`` are in Qt's portable notation, the first is shown.

    ``needs``: all of them must hold. ``section``: a line is drawn in the menu where it changes.
    """

    id: ActionId
    text: str
    menu: Menu
    section: int = 0
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    needs: frozenset[Need] = frozenset()
    context: Context = Context.WINDOW
    checkable: bool = False


_NONE: frozenset[Need] = frozenset()
_OPEN = frozenset({Need.PROJECT})
_WRITE = _OPEN | {Need.WRITABLE}
_UNDO = _WRITE | {Need.UNDO}
_REDO = _WRITE | {Need.REDO}
_READ = _OPEN | {Need.ARTICLE}
_MARK = _READ | {Need.WRITABLE}
_OWN = _MARK | {Need.OWN}
_SEEN = _OPEN | {Need.TEXT}
_REVIEW = _OPEN | {Need.REVIEW}
_SETTLE = _REVIEW | {Need.WRITABLE}
_DECIDE = _SETTLE | {Need.CLUSTER}
_A = ActionId
_M = Menu
_TEXT = Context.ARTICLE
_LAST = Context.UNCLAIMED
_DESK = Context.REVIEW


def _row(  # noqa: PLR0913  (one row of the table)
    id_: ActionId,
    text: str,
    menu: Menu,
    section: int,
    keys: str,
    icon: str,
    needs: frozenset[Need],
    context: Context = Context.WINDOW,
    *,
    checkable: bool = False,
) -> ActionSpec:
    return ActionSpec(id_, text, menu, section, icon, tuple(keys.split()), needs, context, checkable)


# fmt: off
ACTIONS: tuple[ActionSpec, ...] = (
    _row(_A.PROJECT_NEW, "&New project…", _M.FILE, 0, "Ctrl+Shift+N", "folder-plus", _NONE),
    _row(_A.PROJECT_OPEN, "&Open project…", _M.FILE, 0, "Ctrl+O", "folder-open", _NONE),
    _row(_A.PROJECT_SAMPLE, "Open the &sample", _M.FILE, 0, "", "book-open", _NONE),
    _row(_A.ARTICLE_IMPORT, "&Import articles…", _M.FILE, 1, "Ctrl+I", "file-input", _WRITE),
    _row(_A.PROJECT_IMPORT, "&Merge or import an exchange file…", _M.FILE, 1, "Ctrl+Shift+I", "merge", _WRITE),
    _row(_A.PROJECT_CONFLICTS, "Deci&de between versions…", _M.FILE, 1, "", "swap", _WRITE),
    _row(_A.PROJECT_EXPORT, "&Export…", _M.FILE, 1, "Ctrl+E", "file-output", _OPEN),
    _row(_A.ARTICLE_PRINT, "&Print…", _M.FILE, 1, "Ctrl+P", "printer", _READ),
    _row(_A.ARTICLE_PDF, "Save as PD&F…", _M.FILE, 1, "", "file-text", _READ),
    _row(_A.PROJECT_VERIFY, "&Verify an exported file…", _M.FILE, 1, "", "shield-check", _NONE),
    _row(_A.PROJECT_CHECK, "&Check this project", _M.FILE, 2, "", "stethoscope", _OPEN),
    _row(_A.PROJECT_BACKUP, "&Back up…", _M.FILE, 2, "", "archive", _OPEN),
    _row(_A.PROJECT_RESTORE, "&Restore a backup…", _M.FILE, 2, "", "archive-restore", _NONE),
    _row(_A.PROJECT_DETAILS, "Pro&ject details…", _M.FILE, 3, "", "info", _OPEN),
    _row(_A.PROJECT_ANALYST, "&Who are you…", _M.FILE, 3, "", "user", _WRITE),
    _row(_A.APP_SETTINGS, "Se&ttings…", _M.FILE, 3, "Ctrl+,", "settings", _NONE),
    _row(_A.WINDOW_CLOSE, "C&lose window", _M.FILE, 4, "Ctrl+W", "x", _NONE),
    _row(_A.APP_QUIT, "&Quit", _M.FILE, 4, "Ctrl+Q", "log-out", _NONE),

    _row(_A.EDIT_UNDO, "&Undo", _M.EDIT, 0, "Ctrl+Z", "undo", _UNDO),
    _row(_A.EDIT_REDO, "Red&o", _M.EDIT, 0, "Ctrl+Shift+Z Ctrl+Y", "redo", _REDO),
    _row(_A.EDIT_COPY, "&Copy", _M.EDIT, 1, "Ctrl+C", "copy", _READ, _TEXT),
    _row(_A.EDIT_PASTE_ARTICLE, "&Paste as a new article…", _M.EDIT, 1, "Ctrl+V", "clipboard-paste", _WRITE),
    _row(_A.EDIT_FIND, "&Find in this article", _M.EDIT, 2, "Ctrl+F", "search", _READ),
    _row(_A.EDIT_FIND_NEXT, "Find ne&xt", _M.EDIT, 2, "F3", "arrow-down", _READ),
    _row(_A.EDIT_FIND_PREVIOUS, "Find pre&vious", _M.EDIT, 2, "Shift+F3", "arrow-up", _READ),
    _row(_A.EDIT_GO_TO, "&Go to paragraph", _M.EDIT, 2, "Ctrl+G", "target", _READ),
    _row(_A.EDIT_FIND_IN_PROJECT, "Find in the p&roject", _M.EDIT, 2, "Ctrl+Shift+F", "folder-search", _OPEN),

    _row(_A.ARTICLE_NEW, "&New article…", _M.ARTICLE, 0, "Ctrl+N", "file-plus", _WRITE),
    _row(_A.ARTICLE_DETAILS, "&Details and blocks…", _M.ARTICLE, 1, "F2", "file-text", _READ),
    _row(_A.ARTICLE_CORRECT, "&Correct the text…", _M.ARTICLE, 1, "", "pencil", _MARK),
    _row(_A.ARTICLE_PLACE, "Pa&ssages to place…", _M.ARTICLE, 1, "", "target", _MARK | {Need.OLDER}),
    _row(_A.ARTICLE_NEXT, "Ne&xt article", _M.ARTICLE, 2, "Ctrl+PgDown", "chevron-down", _OPEN),
    _row(_A.ARTICLE_PREVIOUS, "Pre&vious article", _M.ARTICLE, 2, "Ctrl+PgUp", "chevron-up", _OPEN),
    _row(_A.ARTICLE_DELETE, "De&lete this article", _M.ARTICLE, 3, "", "trash", _MARK),
    _row(_A.PERSON_NEW, "New &person…", _M.ARTICLE, 4, "", "user-plus", _WRITE),
    _row(_A.TAG_NEW, "New &tag…", _M.ARTICLE, 4, "", "tag", _WRITE),

    _row(_A.SELECTION_GROW, "&Grow the selection", _M.PASSAGE, 1, "S", "maximize", _READ, _TEXT),
    _row(_A.SELECTION_SHRINK, "S&hrink the selection", _M.PASSAGE, 1, "Shift+S", "minimize", _READ, _TEXT),
    _row(_A.ANNOTATION_SAME_AGAIN, "S&ame again: the last tag and people", _M.PASSAGE, 1, ".", "repeat", _MARK, _TEXT),
    _row(_A.ANNOTATION_PEOPLE, "&People of the passage", _M.PASSAGE, 2, "Return Enter", "users", _OWN, _TEXT),
    _row(_A.ANNOTATION_LINK, "&Link to another passage", _M.PASSAGE, 2, "L", "link", _OWN, _TEXT),
    _row(_A.ANNOTATION_MOVE_ENDS, "&Move the ends", _M.PASSAGE, 2, "B", "move-horizontal", _OWN, _TEXT),
    _row(_A.ANNOTATION_ATTRIBUTION, "How it was sai&d", _M.PASSAGE, 2, "Q", "quote", _OWN, _TEXT),
    _row(_A.ANNOTATION_NOTE, "&Note", _M.PASSAGE, 2, "M", "sticky-note", _OWN, _TEXT),
    _row(_A.ANNOTATION_UNSURE, "&Unsure", _M.PASSAGE, 2, "U", "circle-help", _OWN, _TEXT),
    _row(_A.ANNOTATION_NEXT, "Ne&xt passage", _M.PASSAGE, 3, "N J", "arrow-down", _READ, _TEXT),
    _row(_A.ANNOTATION_PREVIOUS, "Pre&vious passage", _M.PASSAGE, 3, "P K", "arrow-up", _READ, _TEXT),
    _row(_A.ANNOTATION_CYCLE, "The &other passage here", _M.PASSAGE, 3, "O", "layers", _READ, _TEXT),
    _row(_A.ANNOTATION_DELETE, "D&elete the passage", _M.PASSAGE, 4, "Del", "trash", _OWN, _TEXT),

    _row(_A.REVIEW_OPEN, "Review &sessions…", _M.REVIEW, 0, "Ctrl+R", "review", _OPEN),
    _row(_A.REVIEW_SUBMIT, "Subm&it this article", _M.REVIEW, 0, "Ctrl+Return", "check", _MARK, _TEXT),
    _row(_A.REVIEW_AGREEMENT, "&How far analysts agree", _M.REVIEW, 0, "", "target", _OPEN),
    _row(_A.REVIEW_MEETING, "&Meeting", _M.REVIEW, 0, "Ctrl+Shift+M", "users", _REVIEW, checkable=True),
    _row(_A.REVIEW_NEXT, "Ne&xt disagreement", _M.REVIEW, 1, "N J", "arrow-down", _REVIEW, _DESK),
    _row(_A.REVIEW_PREVIOUS, "Pre&vious disagreement", _M.REVIEW, 1, "P K", "arrow-up", _REVIEW, _DESK),
    _row(_A.REVIEW_ORDER, "In reading &order", _M.REVIEW, 1, "O", "list", _REVIEW, _DESK, checkable=True),
    _row(_A.REVIEW_ACCEPT, "&Accept", _M.REVIEW, 2, "A", "check", _DECIDE, _DESK),
    _row(_A.REVIEW_REJECT, "&Reject…", _M.REVIEW, 2, "R", "x", _DECIDE, _DESK),
    _row(_A.REVIEW_NOTHING, "&Nothing here", _M.REVIEW, 2, "X", "minus", _DECIDE, _DESK),
    _row(_A.REVIEW_TAKE, "&Take an analyst’s version…", _M.REVIEW, 2, "1 2 3 4 5 6 7 8 9", "user", _DECIDE,
         Context.FIGURE),
    _row(_A.REVIEW_EDIT, "&Edit the final version…", _M.REVIEW, 3, "Return Enter", "pencil", _DECIDE, _DESK),
    _row(_A.REVIEW_MOVE_ENDS, "Move the ends in the &final text", _M.REVIEW, 3, "B", "move-horizontal", _DECIDE, _DESK),
    _row(_A.REVIEW_NEW, "Mark what no&body had marked…", _M.REVIEW, 3, "Ins +", "plus", _SETTLE, _DESK),
    _row(_A.REVIEW_REASON, "&Why…", _M.REVIEW, 4, "Q", "circle-help", _DECIDE, _DESK),
    _row(_A.REVIEW_COMMENT, "&Comment…", _M.REVIEW, 4, "M", "message", _DECIDE, _DESK),
    _row(_A.REVIEW_FLAG, "The codeboo&k needs a change", _M.REVIEW, 4, "Shift+F", "tag", _DECIDE, _DESK),
    _row(_A.REVIEW_PARK, "&Park for the meeting…", _M.REVIEW, 4, "U", "clock", _DECIDE, _DESK),
    _row(_A.REVIEW_UNANIMOUS, "Accept all &unanimous", _M.REVIEW, 5, "Shift+A", "list-checks", _SETTLE, _DESK),
    _row(_A.REVIEW_TAKE_ALL, "Take all of an analyst for a ta&g…", _M.REVIEW, 5, "Shift+T", "layers", _DECIDE, _DESK),

    _row(_A.VIEW_PASSAGES, "All &passages", _M.VIEW, 0, "Ctrl+Shift+P", "list", _OPEN),
    _row(_A.VIEW_SPEAKER, "All this &speaker said", _M.VIEW, 0, "Ctrl+J", "quote", _READ),
    _row(_A.VIEW_TO_FINISH, "To &finish", _M.VIEW, 0, "Ctrl+Shift+T", "list-checks", _OPEN),
    _row(_A.VIEW_FILTER, "Filter &what is shown", _M.VIEW, 0, "Ctrl+Shift+L", "filter", _READ),
    _row(_A.VIEW_ARTICLES, "&Articles", _M.VIEW, 1, "Ctrl+1", "newspaper", _OPEN),
    _row(_A.VIEW_PEOPLE, "P&eople", _M.VIEW, 1, "Ctrl+2", "users", _OPEN),
    _row(_A.VIEW_CODEBOOK, "&Codebook", _M.VIEW, 1, "Ctrl+3", "tag", _OPEN),
    _row(_A.VIEW_LEFT, "&Left panel", _M.VIEW, 2, "F9", "panel-left", _OPEN, checkable=True),
    _row(_A.VIEW_INSPECTOR, "&Inspector", _M.VIEW, 2, "F4", "panel-right", _OPEN, checkable=True),
    _row(_A.VIEW_NEXT_PANEL, "&Next panel", _M.VIEW, 3, "F6", "", _OPEN),
    _row(_A.VIEW_PREVIOUS_PANEL, "Pre&vious panel", _M.VIEW, 3, "Shift+F6", "", _OPEN),
    _row(_A.VIEW_TEXT, "Back to the &text", _M.VIEW, 3, "Esc", "", _OPEN, _LAST),
    _row(_A.VIEW_READING, "Rea&ding view, for screen readers", _M.VIEW, 3, "F7", "", _OPEN, checkable=True),
    _row(_A.VIEW_ZOOM_IN, "La&rger text", _M.VIEW, 4, "Ctrl++ Ctrl+=", "zoom-in", _SEEN),
    _row(_A.VIEW_ZOOM_OUT, "S&maller text", _M.VIEW, 4, "Ctrl+-", "zoom-out", _SEEN),
    _row(_A.VIEW_ZOOM_RESET, "Usual text si&ze", _M.VIEW, 4, "Ctrl+0", "", _SEEN),
    _row(_A.VIEW_FULL_SCREEN, "F&ull screen", _M.VIEW, 5, "F11", "expand", _NONE, checkable=True),

    _row(_A.HELP_PALETTE, "&Find an action, article, person or tag…", _M.HELP, 0, "Ctrl+K", "command", _NONE),
    _row(_A.HELP_KEYS, "&All keys", _M.HELP, 0, "F1", "keyboard", _NONE),
    _row(_A.HELP_WHAT, "&What is this?", _M.HELP, 0, "Shift+F1", "circle-help", _NONE),
    _row(_A.HELP_MANUAL, "&Manual", _M.HELP, 0, "", "book-open", _NONE),
    _row(_A.HELP_LOGS, "Show the &log files", _M.HELP, 0, "", "folder-open", _NONE),
    _row(_A.HELP_ABOUT, "A&bout Annotator", _M.HELP, 1, "", "info", _NONE),
)
# fmt: on
