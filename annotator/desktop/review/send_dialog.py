"""Which members get a packet, and into which folder the files go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.dialogs.form import FormDialog
from annotator.desktop.prompts import Prompts
from annotator.desktop.widgets.elided import ElidedLabel


@dataclass(frozen=True, slots=True)
class Receiver:
    """A member whom a packet can be for. ``file``: what it is called; ``refused``: why there is none, else empty."""

    analyst_id: str
    name: str
    roles: str
    file: str = ""
    refused: str = ""


class SendDialog(FormDialog):
    """Offers the members of a session with the names of their packets; all are ticked at first."""

    def __init__(
        self,
        session: str,
        receivers: Sequence[Receiver],
        folder: Path,
        prompts: Prompts,
        parent: QWidget | None = None,
        *,
        lead: bool,
    ) -> None:
        super().__init__("sendPacketsDialog", "", "", parent)
        self.setWindowTitle(self.tr("Send packets of “{0}”").format(session))
        self.accept_button.setText(self.tr("Write the packets") if lead else self.tr("Write the packet"))
        self.explain(self._words(lead=lead))
        self._prompts = prompts
        self._receivers = {receiver.analyst_id: receiver for receiver in receivers}
        self._boxes: dict[str, QCheckBox] = {}
        self.folder = QLineEdit(str(folder), self)
        self.insert(self._list(receivers), 1)
        self.insert(self._folder_row())
        self.folder.textChanged.connect(self.check)
        self.resize(640, 420)
        self.check()

    def chosen(self) -> list[tuple[str, Path]]:
        """Return who gets a packet, and the file of each."""
        folder = Path(self.folder.text().strip()).expanduser()
        return [(id_, folder / self._receivers[id_].file) for id_, box in self._boxes.items() if box.isChecked()]

    def problem(self) -> str:
        """Return what is missing: a member, or a folder that there is."""
        files = [path for _id, path in self.chosen()]
        if not files:
            return self.tr("Nobody is chosen.") if self._boxes else self.tr("There is nothing to send yet.")
        if not files[0].parent.is_dir():
            return self.tr("There is no folder {0}.").format(files[0].parent)
        return ""

    @override
    def check(self) -> None:
        """Say also which files would be replaced: that is no problem."""
        super().check()
        known = [path.name for _id, path in self.chosen() if path.exists()]
        if known and not self.problem():
            self._wrong.setText(self.tr("Replaces the file there: {0}").format(", ".join(known)))
            self._wrong.show()

    def _words(self, *, lead: bool) -> str:
        sealed = self.tr(
            "Sealed means that a packet is not taken in before its time. It does not mean encrypted:"
            " send it on the ways on which you send what is confidential."
        )
        if lead:
            return (
                self.tr("Each packet has what its receiver may see, and is for that member alone.")
                + " "
                + self.tr("Members send theirs to the lead only, never to each other.")
                + "\n"
                + sealed
            )
        return (
            self.tr("The packet has what you have submitted. Send it to the lead only, never to another author.")
            + "\n"
            + sealed
        )

    def _list(self, receivers: Sequence[Receiver]) -> QWidget:
        rows = QWidget(self)
        grid = QGridLayout(rows)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, receiver in enumerate(receivers):
            name = self.tr("{0} ({1})").format(receiver.name, receiver.roles)
            if receiver.refused:
                grid.addWidget(ElidedLabel(name, rows, least=14), row, 0)
            else:
                box = QCheckBox(name.replace("&", "&&"), rows)
                box.setObjectName("sendTo")
                box.setChecked(True)
                box.toggled.connect(self.check)
                self._boxes[receiver.analyst_id] = box
                grid.addWidget(box, row, 0)
            detail = ElidedLabel(receiver.refused or receiver.file, rows, mode=Qt.TextElideMode.ElideMiddle, least=14)
            detail.setProperty("role", "muted")
            grid.addWidget(detail, row, 1)
        grid.setRowStretch(len(receivers), 1)
        area = QScrollArea(self)
        area.setObjectName("sendList")
        area.setWidget(rows)
        area.setWidgetResizable(True)
        area.setProperty("role", "box")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _folder_row(self) -> QWidget:
        self.folder.setObjectName("sendFolder")
        self.folder.setAccessibleName(self.tr("Folder"))
        browse = QPushButton(self.tr("Choose the folder…"), self)
        browse.setObjectName("sendBrowse")
        browse.setAutoDefault(False)
        browse.clicked.connect(
            lambda: self._prompts.open_folder(
                self.tr("Where the packets are to lie"), self.folder.text(), self.folder.setText
            )
        )
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.folder, 1)
        layout.addWidget(browse)
        return row
