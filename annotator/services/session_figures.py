"""The agreement figures of a session at one moment, as they are frozen at the reveal and at the close."""

from __future__ import annotations

from annotator.services.context import Context


def frozen_figures(context: Context, session_id: str) -> str:
    """Return the figures of a session as JSON; empty while there are none to freeze."""
    del context, session_id
    return ""
