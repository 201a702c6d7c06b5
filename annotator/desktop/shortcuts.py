"""The keys of the actions as the user wants them: those of the table, but for what was changed in the settings."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence

from annotator.desktop.action_table import ACTIONS, ActionSpec, Context
from annotator.settings import Settings

CHANGEABLE = tuple(spec for spec in ACTIONS if spec.context not in (Context.UNCLAIMED, Context.FIGURE))
"""The actions whose keys can be chosen; the others' keys say by themselves what is meant."""
_PORTABLE = QKeySequence.SequenceFormat.PortableText
_APART = frozenset({Context.ARTICLE, Context.REVIEW}), frozenset({Context.ARTICLE, Context.FIGURE})
"""Contexts that are never heard at the same place."""
_TEXTS_OWN = frozenset(
    f"{modifiers}{key}"
    for modifiers in ("", "Shift+", "Ctrl+", "Ctrl+Shift+")
    for key in ("Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown", "Tab", "Backtab", "Esc", "Space")
) - {"Ctrl+PgUp", "Ctrl+PgDown"}
_FIELDS_OWN = frozenset({"Ctrl+A", "Ctrl+X", "Backspace", "Shift+Del", "Shift+Ins", "Ctrl+Ins", "Shift+Tab"})
_STRONG = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Refusal(StrEnum):
    """Why an action cannot have a key."""

    MOVES = "moves"
    """It moves the caret or the focus, or edits in every field."""
    MENU = "menu"
    """With Alt, it opens a menu."""
    TYPES = "types"
    """It types something, and the action is heard in fields too."""
    TAGS = "tags"
    """It may be a tag's key, in this codebook or another."""


class Shortcuts(QObject):
    """Tells the keys of each action and changes them; ``changed`` comes after each change, for all windows."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._own = {spec.id: keys for spec in CHANGEABLE if (keys := _valid(spec, settings.shortcuts())) is not None}

    def keys_of(self, spec: ActionSpec) -> tuple[str, ...]:
        """Return an action's keys in Qt's portable notation, the first is the one that is shown."""
        return self._own.get(spec.id, spec.shortcuts)

    def is_own(self, spec: ActionSpec) -> bool:
        """Whether an action's keys are not those of the table."""
        return spec.id in self._own

    def holder(self, spec: ActionSpec, key: str) -> ActionSpec | None:
        """Return the other action that has a key at a place where ``spec`` is heard, or None."""
        return next(
            (other for other in ACTIONS if other is not spec and _meet(other, spec) and key in self.keys_of(other)),
            None,
        )

    def give(self, spec: ActionSpec, key: str) -> None:
        """Give an action one key alone, and take it from who has it; an empty key takes all."""
        self._change(spec, (key,) if key else ())

    def reset(self, spec: ActionSpec) -> None:
        """Give an action the keys of the table again, and take them from who has them."""
        self._change(spec, spec.shortcuts)

    def reset_all(self) -> None:
        """Give all actions the keys of the table again."""
        self._own.clear()
        self._keep()

    def _change(self, spec: ActionSpec, keys: tuple[str, ...]) -> None:
        for key in keys:
            while (other := self.holder(spec, key)) is not None and other in CHANGEABLE:
                self._put(other, tuple(kept for kept in self.keys_of(other) if kept != key))
        self._put(spec, keys)
        self._keep()

    def _put(self, spec: ActionSpec, keys: tuple[str, ...]) -> None:
        self._own.pop(spec.id, None)
        if keys != spec.shortcuts:
            self._own[spec.id] = keys

    def _keep(self) -> None:
        self._settings.keep_shortcuts({str(id_): list(keys) for id_, keys in self._own.items()})
        self.changed.emit()


def refusal(spec: ActionSpec, key: str) -> Refusal | None:
    """Return why an action cannot have a key, whoever has it now; None when it can."""
    from annotator.domain.codebook import RESERVED_KEYS  # not before the first paint of an empty window

    if key in _TEXTS_OWN | _FIELDS_OWN and key not in spec.shortcuts:
        return Refusal.MOVES
    combination = QKeySequence(key, _PORTABLE)[0]  # type: ignore[index]  # the stubs lack it
    modifiers, code = combination.keyboardModifiers(), combination.key()
    letter = chr(code) if Qt.Key.Key_A <= code <= Qt.Key.Key_Z else ""
    if letter and modifiers & ~Qt.KeyboardModifier.ShiftModifier == Qt.KeyboardModifier.AltModifier:
        return Refusal.MENU
    if modifiers & _STRONG or code > Qt.Key.Key_ydiaeresis:
        return None
    if spec.context is Context.WINDOW:
        return Refusal.TYPES
    return Refusal.TAGS if letter and spec.context is Context.ARTICLE and letter not in RESERVED_KEYS else None


def portable(sequence: QKeySequence) -> str:
    """Return a key in Qt's portable notation."""
    return sequence.toString(_PORTABLE)


def _meet(one: ActionSpec, other: ActionSpec) -> bool:
    """Whether two actions hear keys at the same place."""
    return frozenset({one.context, other.context}) not in _APART


def _valid(spec: ActionSpec, kept: dict[str, object]) -> tuple[str, ...] | None:
    """Return the keys that were kept for an action, if they are such as it can have."""
    keys = kept.get(spec.id)
    return tuple(keys) if isinstance(keys, list) and all(_are_keys(spec, keys)) else None


def _are_keys(spec: ActionSpec, keys: Iterable[object]) -> Iterable[bool]:
    for key in keys:
        yield isinstance(key, str) and portable(QKeySequence(key, _PORTABLE)) == key and refusal(spec, key) is None
