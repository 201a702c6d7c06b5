"""The command line, as its own tests type it."""

from tests.cli.conftest import annotator, desktop

__all__ = ["annotator", "desktop"]
