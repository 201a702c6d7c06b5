"""The skeleton of a dialog that asks for a few fields."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.dialogs.checked_line import CheckedLine
from annotator.desktop.widgets.fitted_dialog import room_for
from annotator.desktop.widgets.reading_order import OrderedDialog

_FIELD = QFormLayout.ItemRole.FieldRole
_LINES = 2.5
"""Up to how many heights of a line a field has one line: it has edges and room around it."""


class FormDialog(OrderedDialog):
    """Fields below each other, a line for what is wrong, and two buttons; show it with ``open()``.

    The button that accepts is enabled while :meth:`problem` returns nothing.
    """

    def __init__(self, name: str, title: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setMinimumWidth(480)
        self.intro = QLabel(self)
        self.intro.setWordWrap(True)
        self.intro.setProperty("role", "muted")
        self.intro.hide()
        self.form = QFormLayout()
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(8)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self._wrong = QLabel(self)
        self._wrong.setObjectName(f"{name}Problem")
        self._wrong.setProperty("role", "muted")
        self._wrong.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, parent=self)
        self.accept_button: QPushButton = self.buttons.addButton(action, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setDefault(True)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        self.page = QVBoxLayout(self)
        self.page.setContentsMargins(16, 16, 16, 16)
        self.page.setSpacing(12)
        self.page.addWidget(self.intro)
        self.page.addLayout(self.form)
        self.page.addWidget(self._wrong)
        self.page.addWidget(self.buttons)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(Qt.Modifier.CTRL | key), self, self._accept_if_ready)

    def explain(self, text: str) -> None:
        """Say above the fields what this is about."""
        self.intro.setText(text)
        self.intro.show()

    def fact(self, name: str, label: str, text: str) -> None:
        """Add something that can be read and copied, but not changed."""
        field = QLineEdit(text, self)
        field.setObjectName(name)
        field.setReadOnly(True)
        field.setCursorPosition(0)
        field.setAccessibleName(label)
        self.form.addRow(label, field)

    def insert(self, widget: QWidget, stretch: int = 0) -> None:
        """Put something of full width below the fields."""
        self.page.insertWidget(self.page.count() - 2, widget, stretch)

    def line(self, name: str, label: str, value: str = "", *, hint: str = "") -> QLineEdit:
        """Add a field for one line of text."""
        field = QLineEdit(value, self)
        field.setCursorPosition(0)
        field.setObjectName(name)
        field.setAccessibleName(label)
        field.setPlaceholderText(hint)
        field.textChanged.connect(self.check)
        self.form.addRow(label, field)
        return field

    def checked_line(self, name: str, label: str, field: CheckedLine) -> None:
        """Add a field that says what is wrong with it; that stands right below it."""
        field.setCursorPosition(0)
        field.textChanged.connect(self.check)
        self.row(name, label, field)
        field.message.setObjectName(f"{name}Problem")
        self.form.addRow("", field.message)
        self.form.setRowVisible(field.message, False)
        field.told.connect(lambda wrong: self._tell_wrong(field, wrong=wrong))

    def row(self, name: str, label: str, field: QWidget) -> None:
        """Add any other field."""
        field.setObjectName(name)
        if not field.accessibleName():
            field.setAccessibleName(label)
        self.form.addRow(label, field)

    def problem(self) -> str:
        """Return what is wrong with the fields, empty when nothing is; a space when it needs no words."""
        return ""

    def check(self) -> None:
        """Show what is wrong and enable the button accordingly."""
        wrong = self.problem()
        self._wrong.setText(wrong.strip())
        self._wrong.setVisible(bool(wrong.strip()))
        self.accept_button.setEnabled(not wrong)
        self._make_room()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        level_labels(self.form)
        super().showEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter lead to the next field while something is missing, and stay in one that something is wrong with."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.accept_button.isEnabled():
            field = self.focusWidget()
            if not (isinstance(field, CheckedLine) and field.tell()):
                self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _tell_wrong(self, field: CheckedLine, *, wrong: bool) -> None:
        self.form.setRowVisible(field.message, wrong)
        self._make_room()

    def _accept_if_ready(self) -> None:
        """Ctrl+Enter accepts from any field, also where Enter makes a new line."""
        if self.accept_button.isEnabled():
            self.accept_button.click()

    def _make_room(self) -> None:
        """Grow where a longer message would push the fields into each other."""
        needed = min(self.page.totalHeightForWidth(self.width()), room_for(self).height())
        if self.isVisible() and needed > self.height():
            self.resize(self.width(), needed)


def level_labels(form: QFormLayout) -> None:
    """Let each label stand at half the height of its field, where that has one line."""
    for row in range(form.rowCount()):
        places = [form.itemAt(row, role) for role in (QFormLayout.ItemRole.LabelRole, _FIELD)]
        label, field = (place.widget() if place is not None else None for place in places)
        if not isinstance(label, QLabel) or field is None or isinstance(field, QLabel | QAbstractScrollArea):
            continue
        height = field.sizeHint().height()
        if height <= _LINES * label.fontMetrics().height():
            label.setMinimumHeight(height)


def quiet_label(text: str, parent: QWidget) -> QLabel:
    """Return a wrapped label in the muted colour."""
    label = QLabel(text, parent)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
