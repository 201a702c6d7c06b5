"""The question who works in this project on this device; it is never guessed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from annotator.desktop.dialogs.form import FormDialog
from annotator.domain.analysts import Analyst


class WhoAreYouDialog(FormDialog):
    """Offers the analysts of the project, and to be a new one."""

    def __init__(
        self, analysts: Sequence[Analyst], current: Analyst | None, parent: QWidget | None = None, *, proposed: str = ""
    ) -> None:
        """``proposed``: what somebody new is probably called."""
        super().__init__("whoAreYouDialog", "", "", parent)
        self.setWindowTitle(self.tr("Who are you in this project?"))
        self.accept_button.setText(self.tr("That is me"))
        self.explain(
            self.tr("Every passage belongs to the analyst who marked it. Annotator remembers this on this device.")
        )
        self._ids: list[str] = []
        self._group = QButtonGroup(self)
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for number, analyst in enumerate(analysts):
            choice = QRadioButton(f"{analyst.name}  ({analyst.initials})".replace("&", "&&"), box)
            choice.setObjectName("whoExisting")
            self._group.addButton(choice, number)
            self._ids.append(analyst.id)
            column.addWidget(choice)
            choice.setChecked(current is not None and analyst.id == current.id)
        self._new = QRadioButton(self.tr("Somebody new:"), box)
        self._new.setObjectName("whoNew")
        self._group.addButton(self._new, len(self._ids))
        column.addWidget(self._new)
        self.name = QLineEdit(box)
        self.name.setObjectName("whoName")
        self.name.setAccessibleName(self.tr("Your name"))
        self.name.setPlaceholderText(self.tr("Your name"))
        if proposed not in {analyst.name for analyst in analysts}:
            self.name.setText(proposed)
        column.addWidget(self.name)
        self.insert(box)
        self.name.textEdited.connect(lambda: self._new.setChecked(True))
        self.name.textChanged.connect(self.check)
        self._group.idToggled.connect(self.check)
        if not analysts:
            self._new.setChecked(True)
            self.name.setFocus()
        else:
            (self._group.checkedButton() or self._group.buttons()[0]).setFocus()
        self.check()

    def answer(self) -> tuple[str, bool]:
        """Return who it is, an id or a new name, and whether to make a new analyst."""
        chosen = self._group.checkedId()
        if 0 <= chosen < len(self._ids):
            return self._ids[chosen], False
        return self.name.text().strip(), True

    def problem(self) -> str:
        """Return whether nobody is chosen yet."""
        chosen = self._group.checkedId()
        return " " if chosen < 0 or (chosen == len(self._ids) and not self.name.text().strip()) else ""
