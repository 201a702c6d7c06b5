"""Logging: named loggers under ``annotator``; never article text, never a password."""

from __future__ import annotations

import logging


def logger(name: str) -> logging.Logger:
    """Return the logger of one module; pass ``__name__``."""
    return logging.getLogger(name)
