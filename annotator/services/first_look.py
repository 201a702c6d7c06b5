"""What a window can show of a project before the project is open."""

from __future__ import annotations

from collections.abc import Callable

from annotator.store.glance import Glance, Viewer, look

__all__ = ["Glance", "first_look"]


def first_look(location: str, last_article: Callable[[str], str], viewer: Viewer | None = None) -> Glance | None:
    """Return what a project's file shows first, None for a server or when the project has to be opened to tell.

    ``last_article``: project id → id of the article that was open last, or an empty text. ``viewer``: project id → who
    is looking; None when that takes more to tell. Nothing is imported for it that is slower than the window itself.
    """
    return None if "://" in location else look(location, last_article, viewer)
