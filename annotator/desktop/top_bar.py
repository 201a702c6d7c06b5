"""The bar at the top: project, search, the tags to give, undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from annotator.desktop.actions import ActionId, Actions, plain
from annotator.desktop.icons import Icons
from annotator.desktop.theme import Theme, ThemeSource
from annotator.desktop.widgets.action_button import ActionButton
from annotator.desktop.widgets.chips import chip
from annotator.desktop.widgets.elided import ElidedLabel
from annotator.desktop.widgets.line_edit import LineEdit

if TYPE_CHECKING:
    from annotator.domain.codebook import Tag

_SEARCH_CHARACTERS = 22
"""Characters that the search field holds before anything else is left out."""
_MOST_TAGS = 6


class TopBar(QFrame):
    """Shows what can be given and taken back; the tag buttons look off while their letters are off."""

    search_changed = Signal(str)
    search_entered = Signal(str)

    def __init__(self, actions: Actions, icons: Icons, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self._actions = actions
        self._icons = icons
        self._themes = themes
        self._tags: dict[str, Tag] = {}
        self._letters = False
        self._undressed: list[tuple[QAction, str, str]] = []
        """Actions whose icons are drawn when the bar is shown for the first time."""
        self._name = ElidedLabel(parent=self, least=8)
        self._name.setObjectName("projectName")
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._search = self._make_search()
        self._tag_box = QHBoxLayout()
        self._tag_box.setSpacing(6)
        self._tag_buttons: list[QToolButton] = []
        self._buttons: list[QToolButton] = []
        self._more = self._make_more()
        self._lay_out()
        actions.tags_changed.connect(self._show_tags)
        themes.changed.connect(self._dress)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(self._button(ActionId.VIEW_LEFT, "panel-left"))
        layout.addWidget(self._name)
        layout.addWidget(self._search, 3)
        layout.addStretch(1)
        layout.addLayout(self._tag_box)
        layout.addWidget(self._more)
        layout.addStretch(1)
        layout.addWidget(self._button(ActionId.EDIT_UNDO, "undo"))
        layout.addWidget(self._button(ActionId.EDIT_REDO, "redo"))
        layout.addWidget(self._button(ActionId.REVIEW_OPEN, "review"))
        layout.addWidget(self._button(ActionId.HELP_PALETTE, "command"))
        layout.addWidget(self._button(ActionId.VIEW_INSPECTOR, "panel-right"))

    @property
    def search_field(self) -> QLineEdit:
        """The field that searches the whole project."""
        return self._search

    def focus_search(self) -> None:
        """Put the caret into the search field, its words chosen."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def set_project_name(self, name: str) -> None:
        """Show the project's name, empty while none is open."""
        self._name.setText(name)
        self._fit(self.width())

    def set_tags(self, tags: dict[str, Tag]) -> None:
        """Take the tags by id, for their colours; the buttons follow the actions."""
        self._tags = tags
        self._show_tags()

    def set_letters(self, on: bool) -> None:
        """Show whether the tags' letters act at present: they do while the article has the focus."""
        if on != self._letters:
            self._letters = on
            self._dress(self._themes.theme)

    def _make_search(self) -> QLineEdit:
        field = LineEdit(self)
        field.setObjectName("searchField")
        field.setAccessibleName(self.tr("Find in the project"))
        field.setPlaceholderText(self.tr("Search articles, passages, people"))
        field.setClearButtonEnabled(True)
        field.setMaximumWidth(field.fontMetrics().averageCharWidth() * 52)
        symbol = QAction(field)
        field.addAction(symbol, QLineEdit.ActionPosition.LeadingPosition)
        self._undressed.append((symbol, "search", "muted"))
        field.textChanged.connect(self.search_changed)
        field.returnPressed.connect(lambda: self.search_entered.emit(field.text()))
        return field

    def _make_more(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("moreTags")
        button.setText(self.tr("More…"))
        button.setAccessibleName(self.tr("More tags"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(QMenu(button))
        button.hide()
        return button

    def _button(self, id_: ActionId, icon: str) -> QToolButton:
        action = self._actions.action(id_)
        self._undressed.append((action, icon, "text"))
        button = ActionButton(action, self)
        button.setObjectName(f"{id_}.button")
        button.setAccessibleName(plain(action.text()))
        button.setIconSize(self._icon_size())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._buttons.append(button)
        return button

    def _icon_size(self) -> QSize:
        """Return 20 pixels, more where the type is larger than usual."""
        side = max(20, self.fontMetrics().height())
        return QSize(side, side)

    def _show_tags(self) -> None:
        for button in self._tag_buttons:
            self._tag_box.removeWidget(button)
            button.deleteLater()
        shown, rest = self._split(self._actions.tag_actions())
        self._tag_buttons = [self._tag_button(action) for action in shown]
        for button in self._tag_buttons:
            self._tag_box.addWidget(button)
        self._more.menu().clear()
        self._more.menu().addActions(rest)
        self._more.setVisible(bool(rest))
        self._dress(self._themes.theme)
        self._fit(self.width())

    @staticmethod
    def _split(actions: list[QAction]) -> tuple[list[QAction], list[QAction]]:
        if len(actions) <= _MOST_TAGS:
            return actions, []
        return actions[: _MOST_TAGS - 1], actions[_MOST_TAGS - 1 :]

    def _tag_button(self, action: QAction) -> QToolButton:
        button = ActionButton(action, self)
        button.setObjectName("tagButton")
        button.setAccessibleName(self.tr("Tag as {0}").format(plain(action.text())))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setIconSize(self._icon_size())
        return button

    def _dress(self, theme: Theme) -> None:
        for action in self._actions.tag_actions():
            tag = self._tags.get(str(action.data()))
            if tag is not None:
                colour = theme.tag_colour(tag.colour).name()
                action.setIcon(chip(colour, tag.key, theme.base, solid=self._letters))

    def _fit(self, width: int) -> None:
        """Leave out the tags' names, then the project's, where the width does not hold them beside a usable search."""
        self._name.setMaximumWidth(max(80, width // 4))
        self._name.setVisible(bool(self._name.text()))
        search = self.fontMetrics().averageCharWidth() * _SEARCH_CHARACTERS
        self._search.setMinimumWidth(search)
        for style, named in (
            (Qt.ToolButtonStyle.ToolButtonTextBesideIcon, True),
            (Qt.ToolButtonStyle.ToolButtonIconOnly, True),
            (Qt.ToolButtonStyle.ToolButtonIconOnly, False),
        ):
            for button in self._tag_buttons:
                button.setToolButtonStyle(style)
            self._name.setVisible(named and bool(self._name.text()))
            if self._needed() <= width:
                return
        self._search.setMinimumWidth(0)

    def _needed(self) -> int:
        """Return the width that everything shown needs, each at its preferred size, the search at its least."""
        layout = self.layout()
        assert layout is not None
        margins = layout.contentsMargins()
        fixed: list[QWidget] = [*self._tag_buttons, *self._buttons]
        fixed += [widget for widget in (self._more, self._name) if not widget.isHidden()]
        for widget in fixed:
            widget.ensurePolished()
        widths = [widget.sizeHint().width() for widget in fixed]
        name_over = (
            max(0, self._name.sizeHint().width() - self._name.maximumWidth()) if not self._name.isHidden() else 0
        )
        gaps = layout.spacing() * (len(widths) + 2)
        return sum(widths) - name_over + self._search.minimumWidth() + gaps + margins.left() + margins.right()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        while self._undressed:
            self._icons.dress(*self._undressed.pop())
        super().showEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit(event.size().width())
        super().resizeEvent(event)
