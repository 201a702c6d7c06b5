"""The window's actions: a ``QAction`` for each row of the table, and for each tag of the codebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.desktop.action_table import ACTIONS, ActionId, ActionSpec, Context, Menu, Need

if TYPE_CHECKING:
    from annotator.desktop.shortcuts import Shortcuts
    from annotator.domain.codebook import Tag

__all__ = ["ACTIONS", "ActionId", "ActionSpec", "Actions", "Context", "Menu", "Need"]

_MARKING = frozenset({Need.PROJECT, Need.WRITABLE, Need.ARTICLE, Need.OWN})


class Actions(QObject):
    """Makes the actions of one window, enables them by what is so, and hands them out by id.

    Other parts listen with :meth:`on`. Tags have actions of their own: choosing one emits
    ``tag_requested`` with the tag's id; ``second`` (Shift and the tag's key) asks for a second passage on the words of
    the current one.
    """

    tag_requested = Signal(str, bool)  # tag id, second
    tags_changed = Signal()
    keys_changed = Signal()
    needs_changed = Signal()

    def __init__(self, window: QWidget, shortcuts: Shortcuts | None = None) -> None:
        """``shortcuts``: the keys as the user wants them; those of the table when None."""
        super().__init__(window)
        self._window = window
        self._shortcuts = shortcuts
        self._article_views: list[QWidget] = []
        self._holds: frozenset[Need] = frozenset()
        self._actions: dict[ActionId, QAction] = {}
        self._tag_actions: list[QAction] = []
        self._second_actions: list[QAction] = []
        self.connected: set[ActionId] = set()
        """The actions that something listens to."""
        for spec in ACTIONS:
            self._actions[spec.id] = self._make(spec)
        self.set_needs(frozenset())
        if shortcuts is not None:
            shortcuts.changed.connect(self._take_keys)

    def keys_of(self, spec: ActionSpec) -> tuple[str, ...]:
        """Return the keys of an action in Qt's portable notation, the first is the one that is shown."""
        return spec.shortcuts if self._shortcuts is None else self._shortcuts.keys_of(spec)

    def key_text(self, id_: ActionId) -> str:
        """Return the key that an action has at present, as the system writes it; its name where it has none."""
        action = self._actions[id_]
        keys = self.keys_of(next(spec for spec in ACTIONS if spec.id is id_))
        if not keys:
            return f"“{plain(action.text())}”"
        return QKeySequence(keys[0].replace("Return", "Enter"), _PORTABLE).toString(_NATIVE)  # as keyboards have it

    def _take_keys(self) -> None:
        for spec in ACTIONS:
            if spec.context not in (Context.UNCLAIMED, Context.FIGURE):
                action = self._actions[spec.id]
                action.setShortcuts(self._sequences(spec))
                action.setToolTip(_tip(action))
        self.keys_changed.emit()

    def _sequences(self, spec: ActionSpec) -> list[QKeySequence]:
        return [QKeySequence(keys, _PORTABLE) for keys in self.keys_of(spec)]

    def action(self, id_: ActionId) -> QAction:
        """Return the action with an id."""
        return self._actions[id_]

    def on(self, id_: ActionId, slot: Callable[[], object] | Callable[[bool], object]) -> None:
        """Call ``slot`` when the action is triggered: with its new state if it is checkable, else with nothing."""
        action = self._actions[id_]
        self.connected.add(id_)
        if action.isCheckable():
            action.toggled.connect(slot)
        else:
            action.triggered.connect(lambda _checked=False: cast("Callable[[], object]", slot)())

    def trigger(self, id_: ActionId) -> None:
        """Do the action as if it had been chosen, if it is enabled."""
        self._actions[id_].trigger()

    def trigger_by(self, event: QKeyEvent) -> bool:
        """Do the action of :attr:`Context.UNCLAIMED` that has the key of ``event``; tell whether there was one."""
        pressed = QKeySequence(event.keyCombination())
        for spec in ACTIONS:
            if spec.context is Context.UNCLAIMED and pressed in self._sequences(spec):
                self.trigger(spec.id)
                return True
        return False

    def meant_by(self, event: QKeyEvent) -> ActionSpec | None:
        """Return the action of the whole window that has the key of ``event``, enabled or not."""
        pressed = QKeySequence(event.keyCombination())
        return next(
            (spec for spec in ACTIONS if spec.context is Context.WINDOW and pressed in self._sequences(spec)), None
        )

    def use_article_view(self, view: QWidget) -> None:
        """Let ``view``, one that shows the article, hear the keys of the actions that belong to the article."""
        self._article_views.append(view)
        view.addActions([self._actions[spec.id] for spec in ACTIONS if spec.context is Context.ARTICLE])
        view.addActions([*self._tag_actions, *self._second_actions])

    def use_review_screen(self, screen: QWidget) -> None:
        """Let ``screen``, one on which a team's work is decided, hear the keys of the actions that belong to it."""
        screen.addActions([self._actions[spec.id] for spec in ACTIONS if spec.context is Context.REVIEW])

    @property
    def holds(self) -> frozenset[Need]:
        """What is so at present."""
        return self._holds

    def set_needs(self, holds: frozenset[Need]) -> None:
        """Enable exactly the actions whose needs all hold."""
        self._holds = holds
        for spec in ACTIONS:
            self._actions[spec.id].setEnabled(spec.needs <= holds)
        for action in (*self._tag_actions, *self._second_actions):
            action.setEnabled(holds >= _MARKING)
        self.needs_changed.emit()

    def name_step(self, id_: ActionId, label: str | None) -> None:
        """Say in the menu what undo or redo would take back or bring back ("Undo Tag as denial")."""
        spec = next(spec for spec in ACTIONS if spec.id is id_)
        text = QCoreApplication.translate("Actions", spec.text)
        action = self._actions[id_]
        action.setText(f"{text} {label}" if label else text)
        action.setToolTip(_tip(action))

    def tag_actions(self) -> list[QAction]:
        """Return the actions of the tags in use, in the codebook's order; ``data()`` is the tag's id."""
        return list(self._tag_actions)

    def set_tags(self, tags: Iterable[Tag]) -> None:
        """Make the tags' actions anew; tags that are retired or merged away have none."""
        for action in (*self._tag_actions, *self._second_actions):
            action.deleteLater()
            for widget in action.associatedObjects():
                if isinstance(widget, QWidget):
                    widget.removeAction(action)
        self._tag_actions, self._second_actions = [], []
        named: set[str] = set()
        for tag in tags:
            if tag.retired or tag.merged_into is not None or tag.deleted:
                continue
            name = _tag_action_name(tag, named)
            self._tag_actions.append(self._make_tag(tag, name, second=False))
            if tag.key:
                self._second_actions.append(self._make_tag(tag, f"{name}.second", second=True))
        for view in self._article_views:
            view.addActions([*self._tag_actions, *self._second_actions])
        self.set_needs(self._holds)
        self.tags_changed.emit()

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(QCoreApplication.translate("Actions", spec.text), self)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        if spec.context is Context.UNCLAIMED:
            action.setText(f"{action.text()}\t{QKeySequence(spec.shortcuts[0]).toString(_NATIVE)}")
        elif spec.context is Context.FIGURE:
            action.setText(f"{action.text()}\t{spec.shortcuts[0]}–{spec.shortcuts[-1]}")
        else:
            action.setShortcuts(self._sequences(spec))
        action.setMenuRole(_ROLES.get(spec.id, QAction.MenuRole.NoRole))
        if spec.context in (Context.ARTICLE, Context.REVIEW):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        else:
            self._window.addAction(action)
        action.setToolTip(_tip(action))
        return action

    def _make_tag(self, tag: Tag, name: str, *, second: bool) -> QAction:
        action = QAction(tag.name.replace("&", "&&"), self)
        action.setObjectName(name)
        action.setData(tag.id)
        if tag.key:
            action.setShortcut(QKeySequence(f"Shift+{tag.key}" if second else tag.key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(_tip(action))
        if tag.description:
            action.setToolTip(f"{_tip(action)}\n{tag.description}")
            action.setStatusTip(tag.description)
        tag_id = tag.id
        action.triggered.connect(lambda: self.tag_requested.emit(tag_id, second))
        return action


_NATIVE = QKeySequence.SequenceFormat.NativeText
_PORTABLE = QKeySequence.SequenceFormat.PortableText
_ROLES = {
    ActionId.APP_QUIT: QAction.MenuRole.QuitRole,
    ActionId.APP_SETTINGS: QAction.MenuRole.PreferencesRole,
    ActionId.HELP_ABOUT: QAction.MenuRole.AboutRole,
}


def plain(text: str) -> str:
    """Return an action's text without the mnemonic's mark and the keys behind a tab."""
    return text.partition("\t")[0].replace("&&", "\0").replace("&", "").replace("\0", "&")


def _tip(action: QAction) -> str:
    text = plain(action.text()).removesuffix("…")
    keys = action.shortcut().toString(_NATIVE)
    return f"{text}  ({keys})" if keys else text


def _tag_action_name(tag: Tag, named: set[str]) -> str:
    """Return ``annotation.create.claim`` for the first tag of a ready-made kind, else a name with the tag's id."""
    from annotator.domain.codebook import TagKind  # not before the first paint of an empty window

    name = f"annotation.create.{tag.kind}"
    if tag.kind is TagKind.OTHER or name in named:
        name = f"annotation.create.tag.{tag.id}"
    named.add(name)
    return name
