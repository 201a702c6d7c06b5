"""Where things are: the data that ships with the program, and the user's folders. The only module that knows."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


PACKET_SUFFIX = ".annotator-packet"
"""How the files of review packets end."""


def is_packet(path: str | Path) -> bool:
    """Whether a file is called as review packets are."""
    return str(path).lower().endswith(PACKET_SUFFIX)


def data_folder(name: str) -> Path:
    """Return the folder ``resources`` or ``db`` in a wheel or a frozen app, else in the checkout."""
    shipped = _PACKAGE / "_data" / name
    return shipped if shipped.is_dir() else _PACKAGE.parent / name


def resource(*parts: str) -> Path:
    """Return the path of a file in ``resources/``."""
    return data_folder("resources").joinpath(*parts)


def user_data_folder() -> Path:
    """Return the user's data folder of this program, made when missing (sample copy, backups, local log).

    The environment variable ``ANNOTATOR_DATA_DIR`` names another one (tests, portable use).
    """
    return _chosen("ANNOTATOR_DATA_DIR") or _platform("user_data_path")


def user_config_folder() -> Path:
    """Return the user's settings folder of this program, made when missing.

    The environment variable ``ANNOTATOR_CONFIG_DIR`` names another one (tests, portable use).
    """
    return _chosen("ANNOTATOR_CONFIG_DIR") or _platform("user_config_path")


def user_log_folder() -> Path:
    """Return where this program's log files are, on this platform.

    The environment variable ``ANNOTATOR_LOG_DIR`` names another one (tests, portable use).
    """
    return _chosen("ANNOTATOR_LOG_DIR") or _platform("user_log_path")


def _chosen(variable: str) -> Path | None:
    folder = os.environ.get(variable)
    if not folder:
        return None
    path = Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    return path


def _platform(name: str) -> Path:
    import platformdirs

    path: Path = getattr(platformdirs, name)("annotator", appauthor=False)
    with contextlib.suppress(OSError):  # a home that cannot be written to: who writes there later tells
        path.mkdir(parents=True, exist_ok=True)
    return path
