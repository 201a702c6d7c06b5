"""Where things are: the data that ships with the program, and the user's folders. The only module that knows."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Return the folder ``resources`` or ``db`` in a wheel or a frozen app, else in the checkout."""
    shipped = _PACKAGE / "_data" / name
    return shipped if shipped.is_dir() else _PACKAGE.parent / name


def resource(*parts: str) -> Path:
    """Return the path of a file in ``resources/``."""
    return data_folder("resources").joinpath(*parts)


def user_data_folder() -> Path:
    """Return the user's data folder of this program, made when missing (sample copy, backups, local log)."""
    import platformdirs

    return platformdirs.user_data_path("annotator", appauthor=False, ensure_exists=True)


def user_config_folder() -> Path:
    """Return the user's settings folder of this program, made when missing."""
    import platformdirs

    return platformdirs.user_config_path("annotator", appauthor=False, ensure_exists=True)
