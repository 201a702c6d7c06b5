"""Packets that come to a window: into the project they are of, or, for one that is not open, as a new project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.desktop.review.packet_dialog import OpenPacketDialog
from annotator.domain.errors import InputError, UserError

if TYPE_CHECKING:
    from annotator.desktop.main_window import MainWindow
    from annotator.services.packet_files import PacketLabel


@dataclass(slots=True)
class _Labels:
    """What is written on some packets, and why others cannot be read."""

    read: list[tuple[str, PacketLabel]] = field(default_factory=list)
    wrong: list[UserError] = field(default_factory=list)


class Incoming(QObject):
    """Reads what is written on packets, off the UI thread, and leads each to where it belongs."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def take(self, files: Sequence[str]) -> None:
        """Take packets that were opened with the program, dropped or chosen."""

        def look() -> _Labels:
            from annotator.services.packet_files import label_of

            labels = _Labels()
            for file in files:
                try:
                    labels.read.append((file, label_of(file)))
                except UserError as error:
                    labels.wrong.append(error)
            return labels

        self._window.jobs.read(look, done=self._sort)

    def _sort(self, labels: _Labels) -> None:
        groups: dict[tuple[str, str], list[tuple[str, PacketLabel]]] = {}
        for file, label in labels.read:
            groups.setdefault((label.project_id, label.head.receiver), []).append((file, label))
        for (project_id, receiver), packets in groups.items():
            target = self._window_of(project_id, receiver)
            if target is not None and target.commands.collect is not None:
                target.activateWindow()
                target.commands.collect([file for file, _label in packets])
            else:
                self._offer(packets)
        for error in labels.wrong:
            self._window.show_error(error)

    def _window_of(self, project_id: str, analyst_id: str) -> MainWindow | None:
        """Return the window in which an analyst has a project open, this one before others."""
        for window in (self._window, *self._window.shared.windows):
            if window.project is None or window.project.id != project_id or window.workspace is None:
                continue
            analyst = window.workspace.state.analyst
            if analyst is not None and analyst.id == analyst_id:
                return window
        return None

    def _offer(self, packets: Sequence[tuple[str, PacketLabel]]) -> None:
        """Ask where the new project of the first packet goes; a member's work is for a project that there is."""
        from annotator.formats.exchange.packet import PacketKind

        file, label = packets[0]
        if label.head.kind is PacketKind.WORK:
            self._window.show_error(
                InputError(
                    self.tr("“{0}” has {1}’s work for the session “{2}”.").format(
                        Path(file).name, label.sender, label.session
                    ),
                    advice=self.tr("Open the project “{0}” and drop the file on its window.").format(label.project),
                )
            )
            return
        window = self._window
        dialog = OpenPacketDialog(label, window.shared.folders.lasting, window.prompts, window)

        def make() -> None:
            location = dialog.location()
            window.shared.folders.note(location)
            target = window.shared.open_window("") if window.opening.busy else window
            target.opening.open_packet(file, location)

        dialog.accepted.connect(make)
        dialog.open()
