"""Saying something to screen readers that no widget with the focus shows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Let a screen reader say ``text`` after what it is saying, or (``urgent``) instead; silent while there is none."""
    if not text or not is_heard():
        return
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


def is_heard() -> bool:
    """Whether any assistive technology listens."""
    from PySide6.QtGui import QAccessible  # it brings some sixty lists of names, which the first paint does not need

    return QAccessible.isActive()
