"""The codebook: add, edit, order, nest, retire and merge tags."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QCheckBox, QMenu, QPushButton, QVBoxLayout, QWidget

from annotator.desktop.dialogs.merge_dialog import MergeDialog
from annotator.desktop.dialogs.tag_dialog import TagDialog, TagFields
from annotator.desktop.models.codebook_model import CodebookModel
from annotator.desktop.models.state import ProjectState
from annotator.desktop.models.two_line import TwoLineDelegate
from annotator.desktop.widgets.flow_layout import FlowLayout
from annotator.desktop.widgets.quiet_list import QuietTreeView
from annotator.desktop.words import tag_kind_text
from annotator.domain.codebook import Tag


class CodebookPanel(QWidget):
    """Shows the tags as a tree; Enter edits, Alt+Up/Down orders, Alt+Left/Right un-nests and nests.

    ``taken_away`` says in words what has just gone from the list, and can be undone.
    """

    taken_away = Signal(str)

    def __init__(self, state: ProjectState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("codebookPanel")
        self._state = state
        self._model = CodebookModel(self)
        self._view = QuietTreeView(self)
        self._view.setObjectName("codebookTree")
        self._view.setAccessibleName(self.tr("Tags"))
        self._view.setHeaderHidden(True)
        self._view.setModel(self._model)
        self._view.setItemDelegate(TwoLineDelegate(self._view))
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._view.setIndentation(16)
        self._retired = QCheckBox(self.tr("Show retired tags"), self)
        self._retired.setObjectName("codebookShowRetired")
        self._new = self._button("tagAdd", self.tr("New…"), self.add_tag)
        self._edit_button = self._button("tagEdit", self.tr("Edit…"), self.edit_tag)
        self._more = self._button("tagMore", self.tr("More"), self._show_more)
        row = FlowLayout(gap=8)
        for button in (self._new, self._edit_button, self._more):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._view, 1)
        layout.addWidget(self._retired)
        layout.addLayout(row)
        self.setFocusProxy(self._view)
        self._connect()
        self._refresh()

    def _connect(self) -> None:
        self._view.activated.connect(self.edit_tag)
        self._view.customContextMenuRequested.connect(self._show_menu)
        self._view.selectionModel().currentChanged.connect(self._enable)
        self._retired.toggled.connect(self._refresh)
        self._state.codebook_changed.connect(self._refresh)
        for keys, slot in (
            ("Alt+Up", lambda: self.move_tag(-1)),
            ("Alt+Down", lambda: self.move_tag(+1)),
            ("Alt+Right", self.nest_tag),
            ("Alt+Left", self.unnest_tag),
        ):
            shortcut = QShortcut(QKeySequence(keys), self._view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    # what a person can do ------------------------------------------------------

    def current_tag(self) -> Tag | None:
        """Return the chosen tag."""
        return self._model.tag_at(self._view.currentIndex()) if self._view.currentIndex().isValid() else None

    def add_tag(self) -> None:
        """Ask for a new tag and add it."""
        dialog = TagDialog(None, self._codebook(), self)
        dialog.accepted.connect(lambda: self._add(dialog.fields()))
        _show(dialog)

    def edit_tag(self) -> None:
        """Edit the chosen tag."""
        tag = self.current_tag()
        if tag is None or self._state.project.read_only:
            return
        dialog = TagDialog(tag, self._codebook(), self)
        dialog.accepted.connect(lambda: self._edit(tag, dialog.fields()))
        _show(dialog)

    def merge_tag(self) -> None:
        """Ask into which tag of the same kind the chosen one is merged."""
        loser = self.current_tag()
        if loser is None:
            return
        others = [t for t in self._codebook() if t.id != loser.id and t.kind is loser.kind and not t.retired]
        dialog = MergeDialog(loser.name, [(t.id, t.name, tag_kind_text(t.kind)) for t in others], self)
        dialog.accepted.connect(lambda: self._merge_into(loser.id, dialog.winner_id()))
        _show(dialog)

    def move_tag(self, by: int) -> None:
        """Move the chosen tag up (-1) or down (+1) among its siblings."""
        tag = self.current_tag()
        if tag is None:
            return
        siblings = self._model.siblings_of(tag.id)
        place = siblings.index(tag) + by
        if 0 <= place < len(siblings):
            self._write(lambda: self._state.project.codebook.move(tag.id, parent_id=tag.parent_id, index=place))

    def nest_tag(self) -> None:
        """Put the chosen tag under the sibling above it."""
        tag = self.current_tag()
        siblings = self._model.siblings_of(tag.id) if tag else []
        place = siblings.index(tag) if tag else 0
        if tag is not None and place > 0:
            above = siblings[place - 1]
            self._move_under(tag, above.id)

    def unnest_tag(self) -> None:
        """Put the chosen tag beside its parent."""
        tag = self.current_tag()
        parent = self._state.tag(tag.parent_id) if tag and tag.parent_id else None
        if tag is not None and parent is not None:
            self._move_under(tag, parent.parent_id)

    def retire_tag(self) -> None:
        """Retire the chosen tag, or bring a retired one back."""
        tag = self.current_tag()
        if tag is not None:
            codebook = self._state.project.codebook
            if tag.retired:
                self._write(lambda: codebook.restore(tag.id))
            else:
                said = self.tr("“{0}” is retired: it is not offered any more, what has it keeps it.")
                self._write(lambda: codebook.retire(tag.id), said=said.format(tag.name))

    def delete_tag(self) -> None:
        """Delete the chosen tag; the service refuses while passages have it."""
        tag = self.current_tag()
        if tag is not None:
            said = self.tr("The tag “{0}” is deleted.").format(tag.name)
            self._write(lambda: self._state.project.codebook.delete(tag.id), said=said)

    # inside ----------------------------------------------------------------------

    def _add(self, fields: TagFields) -> None:
        values = asdict(fields) | {"examples": fields.examples}
        name, parent = values.pop("name"), values.pop("parent_id")
        self._state.jobs.write(
            lambda: self._state.project.codebook.add(name, parent=parent, **values), done=self._choose
        )

    def _edit(self, tag: Tag, fields: TagFields) -> None:
        new = {name: getattr(fields, name) for name in TagFields.__dataclass_fields__}
        changed = {name: value for name, value in new.items() if value != getattr(tag, name)}
        if "parent_id" in changed:
            self._move_under(tag, changed.pop("parent_id"))
        if changed:
            self._write(lambda: self._state.project.codebook.edit(tag.id, **changed))

    def _move_under(self, tag: Tag, parent_id: str | None) -> None:
        """Make ``tag`` the last child of another one; None: of none."""
        last = sum(1 for other in self._codebook() if other.parent_id == parent_id)
        self._write(lambda: self._state.project.codebook.move(tag.id, parent_id=parent_id, index=last))

    def _merge_into(self, loser_id: str, winner_id: str | None) -> None:
        if winner_id is not None:
            self._write(lambda: self._state.project.codebook.merge(loser_id, winner_id))

    def _write(self, work: Callable[[], object], *, said: str = "") -> None:
        if not self._state.project.read_only:
            self._state.jobs.write(work, done=lambda _change: self.taken_away.emit(said) if said else None)

    def _choose(self, tag: Tag) -> None:
        self._view.setCurrentIndex(self._model.index_of(tag.id))

    def _button(self, name: str, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.clicked.connect(slot)
        return button

    def _codebook(self) -> list[Tag]:
        return [tag for tag in self._state.tags.values() if tag.merged_into is None]

    def _refresh(self) -> None:
        chosen, row = self.current_tag(), self._view.currentIndex().row()
        focused = self._has_focus()
        self._model.set_tags(self._state.tags.values(), retired=self._retired.isChecked())
        self._view.expandAll()
        if chosen is not None:
            still = self._model.index_of(chosen.id)
            next_one = self._model.index(min(row, self._model.rowCount() - 1), 0)
            self._view.setCurrentIndex(still if still.isValid() else next_one)
        self._enable()
        if focused and not self._has_focus():
            self._view.setFocus()  # the button that had it serves nothing now

    def _has_focus(self) -> bool:
        widget = QApplication.focusWidget()
        return widget is not None and self.isAncestorOf(widget)

    def _enable(self) -> None:
        chosen, writable = self.current_tag() is not None, not self._state.project.read_only
        self._new.setEnabled(writable)
        self._edit_button.setEnabled(writable and chosen)
        self._more.setEnabled(writable and chosen)

    def _menu(self) -> QMenu:
        tag = self.current_tag()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if tag is None:
            return menu
        siblings = self._model.siblings_of(tag.id)
        first, last = siblings[0].id == tag.id, siblings[-1].id == tag.id
        alone = not any(
            other.id != tag.id and other.kind is tag.kind and not other.retired for other in self._codebook()
        )
        rows: tuple[tuple[str, str, Callable[[], None], bool] | None, ...] = (
            (self.tr("Edit…"), "Return", self.edit_tag, True),
            None,
            (self.tr("Move up"), "Alt+Up", lambda: self.move_tag(-1), not first),
            (self.tr("Move down"), "Alt+Down", lambda: self.move_tag(+1), not last),
            (self.tr("Nest under the tag above"), "Alt+Right", self.nest_tag, not first),
            (self.tr("Move out"), "Alt+Left", self.unnest_tag, tag.parent_id is not None),
            None,
            (self.tr("Merge into…"), "", self.merge_tag, not alone),
            (self.tr("Bring back") if tag.retired else self.tr("Retire"), "", self.retire_tag, True),
            (self.tr("Delete"), "", self.delete_tag, True),
        )
        for row in rows:
            if row is None:
                menu.addSeparator()
            else:
                text, keys, slot, possible = row
                action = menu.addAction(text, slot)
                action.setShortcut(QKeySequence(keys))
                action.setEnabled(possible and not self._state.project.read_only)
        return menu

    def _show_more(self) -> None:
        self._menu().popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _show_menu(self, where: QPoint) -> None:
        index = self._view.indexAt(where)
        if index.isValid():
            self._view.setCurrentIndex(index)
            self._menu().popup(self._view.viewport().mapToGlobal(where))


def _show(dialog: TagDialog | MergeDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
