"""Annotator: mark claims, denials and evidence in news articles and link them to the people involved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annotator.services.project import open_project as open_project

__version__ = "0.1.0"
__all__ = ["__version__", "open_project"]


def __getattr__(name: str) -> Any:  # noqa: ANN401  (a module's attributes are of any type)
    """Offer ``open_project`` without importing the database when only the package is wanted."""
    if name == "open_project":
        from annotator.services.project import open_project

        return open_project
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
