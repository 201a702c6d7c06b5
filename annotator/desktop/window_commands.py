"""What a window can do without a project: open, make, verify, settings, palette, keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from annotator import __version__
from annotator.desktop.actions import ActionId as A
from annotator.desktop.folders import documents_folder
from annotator.desktop.theme import ThemeChoice
from annotator.paths import is_packet, resource, user_log_folder
from annotator.settings import ANALYST_NAME, THEME, Setting, Settings

if TYPE_CHECKING:
    from annotator.desktop.main_window import MainWindow
    from annotator.domain.errors import DamagedError


class WindowCommands(QObject):
    """The slots of the actions that need no project, and of those that bring one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.collect: Callable[[list[str]], object] | None = None
        """Takes packets into the project that is open here; None while there is none."""
        for id_, slot in (
            (A.PROJECT_NEW, self.new_project),
            (A.PROJECT_OPEN, self.ask_project),
            (A.PROJECT_SAMPLE, self.open_sample),
            (A.PROJECT_VERIFY, self.ask_verify),
            (A.PROJECT_RESTORE, self.restore),
            (A.APP_SETTINGS, self.show_settings),
            (A.APP_QUIT, self.quit),
            (A.WINDOW_CLOSE, window.close),
            (A.HELP_PALETTE, self.show_palette),
            (A.HELP_KEYS, self.show_keys),
            (A.HELP_WHAT, self.explain),
            (A.HELP_MANUAL, self.show_manual),
            (A.HELP_LOGS, self.show_logs),
            (A.HELP_ABOUT, self.show_about),
            (A.VIEW_FULL_SCREEN, self.full_screen),
        ):
            window.all_actions.on(id_, slot)

    def new_project(self) -> None:
        """Ask for a name and make a project."""
        from annotator.desktop.dialogs.new_project import NewProjectDialog

        dialog = NewProjectDialog(
            documents_folder(),
            self._window.prompts,
            analyst=known_name(self._window.shared.settings),
            parent=self._window,
        )

        def make() -> None:
            wanted = dialog.fields()
            self._window.shared.settings.set(ANALYST_NAME, wanted.analyst)
            self._free_window().opening.create(
                wanted.location, name=wanted.name, analyst=wanted.analyst, description=wanted.description
            )

        dialog.accepted.connect(make)
        dialog.open()

    def ask_project(self) -> None:
        """Ask for a project file and open it."""
        folders = self._window.shared.folders
        self._window.prompts.open_file(
            self.tr("Open a project"),
            str(folders.last),
            self.tr("Projects and review packets (*.annotator *.annotator-packet);;All files (*)"),
            folders.noting(self._open),
        )

    def ask_packet(self) -> None:
        """Ask for review packets and take them."""
        folders = self._window.shared.folders

        def take(path: str) -> None:
            folders.note_incoming(path)
            self._open(path)

        self._window.prompts.open_file(
            self.tr("Open a review packet"),
            str(folders.incoming),
            self.tr("Review packets (*.annotator-packet);;All files (*)"),
            take,
        )

    def _open(self, path: str) -> None:
        if is_packet(path):
            self.take_packets([path])
        else:
            self._window.open_project(path)

    def take_packets(self, files: list[str]) -> None:
        """Lead review packets to the project that they are of, or offer to make it."""
        from annotator.desktop.review.incoming import Incoming

        Incoming(self._window).take(files)

    def take_first_packets(self, files: list[str]) -> list[str]:
        """Take packets at once where no project is open or being opened; return the files that are left."""
        if self._window.opening.busy:
            return files
        packets = [file for file in files if is_packet(file)]
        if packets:
            self.take_packets(packets)
        return [file for file in files if file not in packets]

    def open_sample(self) -> None:
        """Open the user's copy of the sample."""
        window = self._free_window()
        guide = self.tr(
            "Look around: click a passage, or press {0} for the next one; the note of each says what it shows."
        ).format(window.all_actions.key_text(A.ANNOTATION_NEXT))
        window.project_opened.connect(lambda: window.prompts.say(guide), Qt.ConnectionType.SingleShotConnection)
        window.opening.open_sample()

    def _free_window(self) -> MainWindow:
        """Return this window, or a new one when this has a project or opens one."""
        return self._window.shared.open_window("") if self._window.opening.busy else self._window

    def ask_verify(self) -> None:
        """Ask for an exported file and verify it."""
        from annotator.desktop.export_words import filter_of_all
        from annotator.desktop.verifying import verify

        folders = self._window.shared.folders
        self._window.prompts.open_file(
            self.tr("Verify an exported file"),
            str(folders.last),
            filter_of_all(),
            folders.noting(lambda path: verify(path, self._window)),
        )

    def offer_backups(self, error: DamagedError) -> None:
        """Offer the backups of the project that is open, or that could not be opened, because its file is damaged."""
        from annotator.desktop.offering_backups import offer_backups

        window = self._window
        location = window.project.location if window.project is not None else window.opening.asked_for
        if location and "://" not in location:
            offer_backups(window, error, location)

    def restore(self) -> None:
        """Put a backup back: over the open project, else into a place that is asked for."""
        window = self._window
        if window.care is not None:
            window.care.restore()
            return
        filters = self.tr("Annotator projects (*.annotator);;All files (*)")

        def restore(backup: str, place: str) -> None:
            called = self.tr("the file “{0}”").format(Path(backup).name)
            other = window.shared.show_open(place)
            if other is None:
                window.opening.restore(backup, place, called)
            else:
                other.replacing.restore(Path(backup), called)

        def ask_place(backup: str) -> None:
            window.prompts.save_file(
                self.tr("Where the project is to lie"),
                (documents_folder() / "restored.annotator").as_posix(),
                filters,
                lambda place: restore(backup, place),
            )

        folder = str(window.shared.folders.last)
        window.prompts.open_file(self.tr("Choose a backup"), folder, filters, ask_place)

    def show_settings(self) -> None:
        """Show the settings."""
        from annotator.desktop.dialogs.settings_dialog import SettingsDialog

        if self._window.workspace is not None:
            self._window.workspace.keep_zoom()
        shared = self._window.shared
        SettingsDialog(shared.settings, shared.shortcuts, self._apply, self._window).open()

    def quit(self) -> None:
        """Close all windows, those too that stand behind one that first has to write what was typed."""
        for window in tuple(self._window.shared.windows):
            window.close()

    def show_palette(self) -> None:
        """Show the command palette with everything that can be chosen now."""
        from annotator.desktop.command_palette import CommandPalette, action_entries, tag_entries

        window = self._window
        entries = action_entries(window.all_actions)
        entries += tag_entries(window.all_actions, lambda name: self.tr("Tag as {0}").format(name), self.tr("tag"))
        if window.workspace is not None:
            entries += window.workspace.palette_entries()
        CommandPalette(entries, window).open_over(window)

    def show_keys(self) -> None:
        """Show all keys."""
        from annotator.desktop.key_sheet import KeySheet

        KeySheet(self._window.all_actions, self._window).open()

    def explain(self) -> None:
        """Explain the tag, role or word that has the focus; else the tag of the current passage, else the first."""
        from annotator.desktop.dialogs.words_dialog import WordsDialog
        from annotator.desktop.explanations import explained_at, explanations

        space = self._window.workspace
        tags = space.state.tags_in_use() if space is not None else []
        mark = space.state.marks.get(space.state.current or "") if space is not None else None
        about = explained_at(QApplication.focusWidget()) or (f"tag.{mark.tag_id}" if mark is not None else "")
        WordsDialog(explanations(tags), about, self._window).open()

    def show_logs(self) -> None:
        """Open the folder of the log files; say where it is when nothing opens folders here."""
        folder = user_log_folder()
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._window.prompts.say(self.tr("The log files are in {0}.").format(folder))

    def show_manual(self) -> None:
        """Show the manual in the user's browser; say where it is when there is none."""
        from annotator.domain.errors import StorageError

        page = resource("manual", "index.html")
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(page))):
            self._window.prompts.fail(
                StorageError(
                    self.tr("There is no program that shows web pages."),
                    self.tr("The manual is the file {0}.").format(page),
                )
            )

    def show_about(self) -> None:
        """Say what this is."""
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setObjectName("aboutBox")
        box.setWindowTitle(self.tr("About Annotator"))
        box.setIconPixmap(self._window.windowIcon().pixmap(64, 64))
        box.setText(self.tr("Annotator {0}").format(__version__))
        box.setInformativeText(
            self.tr(
                "Marks claims, denials and evidence in news articles and links them to the people involved.\n\n"
                "Free software under the MIT licence. Qt is used under the LGPL, Literata under the OFL."
            )
        )
        box.finished.connect(box.deleteLater)
        box.open()

    def full_screen(self, on: bool) -> None:
        """Fill the screen with the window, or no more."""
        state = self._window.windowState()
        full = Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state | full if on else state & ~full)

    def _apply(self, setting: Setting[Any]) -> None:
        """Let a changed setting take effect."""
        if setting is THEME:
            shared = self._window.shared
            shared.themes.choose(ThemeChoice(shared.settings.get(THEME)))
        elif self._window.workspace is not None:
            self._window.workspace.take_settings()


def known_name(settings: Settings) -> str:
    """Return what the analyst is probably called: as the settings say, else as the system does."""
    from annotator.system import user_name  # with ctypes: not at the start

    return settings.get(ANALYST_NAME) or user_name()
