"""A packet opens as a new project: from whom it is, for whom, and where the project goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.desktop.dialogs.form import FormDialog
from annotator.desktop.dialogs.new_project import PlaceRow, file_name
from annotator.desktop.prompts import Prompts

if TYPE_CHECKING:
    from annotator.services.packet_files import PacketLabel


class OpenPacketDialog(FormDialog):
    """Tells what a packet is and asks for the file of the new project."""

    def __init__(self, label: PacketLabel, folder: Path, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__("openPacketDialog", "", "", parent)
        self.setWindowTitle(self.tr("Open a review packet"))
        self.accept_button.setText(self.tr("Make the project"))
        self.explain(
            self.tr(
                "The packet opens as a project of your own, with what you may see of the session. Work in it as always;"
                " submit each article, then send your packet to the lead."
            )
        )
        self.fact("packetSession", self.tr("Session"), label.session)
        self.fact("packetSender", self.tr("From"), label.sender)
        self.fact("packetReceiver", self.tr("You are"), label.receiver)
        self.place = PlaceRow(folder, prompts, self)
        self.place.set_path(folder / file_name(f"{label.project} {label.receiver}"))
        self.form.addRow(self.tr("File"), self.place)
        self.place.changed.connect(self.check)
        self.check()
        self.accept_button.setFocus()

    def location(self) -> str:
        """Return where the project goes."""
        return str(self.place.path())

    def problem(self) -> str:
        """Return what is in the way of the file."""
        return self.place.problem()
