"""The reading view: the open article in stock widgets, which screen readers can read (F7)."""

from annotator.desktop.reading_view.view import ReadingView

__all__ = ["ReadingView"]
