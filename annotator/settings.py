"""The user's settings on this device, and what the device remembers by itself.

Settings are data: each is a :class:`Setting` with its type, default and help, listed in :data:`SETTINGS`. Two JSON
files lie in the user's settings folder: ``settings.json`` (settings, recent projects, layout of windows) and
``device.json`` (the device's id, who writes in which project, and in which copy of it). Each is written whole through a
temporary file and read again before each write, so that a window and a command line running side by side do not undo
each other's values. A damaged file is set aside: nothing of a project's is in it.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from annotator import paths
from annotator.log import kind_of, logger

T = TypeVar("T", str, int, bool)
_log = logger(__name__)
_RECENT = 12


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting: ``choices`` lists all values that are allowed, ``low`` and ``high`` bound a number."""

    name: str
    default: T
    help: str
    choices: tuple[T, ...] = ()
    low: int | None = None
    high: int | None = None

    def accepts(self, value: object) -> bool:
        """Whether ``value`` is one that this setting can have."""
        if type(value) is not type(self.default):
            return False
        if len(self.choices) > 0 and value not in self.choices:
            return False
        if self.low is None or self.high is None:
            return True
        return self.low <= int(value) <= self.high


ANALYST_NAME = Setting("analyst.name", "", "Proposed wherever a project asks who you are; none is changed by it.")
THEME = Setting(
    "view.theme",
    "system",
    "Colours: as the system has them, light or dark, or in high contrast.",
    ("system", "light", "dark", "high-contrast-light", "high-contrast-dark"),
)
ZOOM = Setting("view.zoom", 100, "Size of the article's text, in per cent.", low=50, high=400)
ARTICLE_FONT = Setting("view.article_font", "", "Typeface of the article. Literata ships with Annotator.")
LINE_WIDTH = Setting("view.line_width", 79, "Characters in a line of the article, 45 to 100.", low=45, high=100)
FULL_WIDTH = Setting(
    "view.full_width",
    False,  # noqa: FBT003  (a default)
    "Lines as wide as the window allows, whatever their width is set to.",
)
LINE_SPACING = Setting(
    "view.line_spacing", "normal", "Space between the article's lines.", ("compact", "normal", "relaxed")
)
PARAGRAPH_SPACING = Setting(
    "view.paragraph_spacing", "normal", "Space between the article's paragraphs.", ("compact", "normal", "relaxed")
)
SHOW_RULES = Setting(
    "view.rules",
    True,  # noqa: FBT003  (a default)
    "Show a tag's decision rule while tagging.",
)
SMOOTH_SCROLLING = Setting(
    "view.smooth_scrolling",
    True,  # noqa: FBT003  (a default)
    "Let the article glide when the wheel is turned.",
)
READING_VIEW = Setting(
    "view.reading",
    False,  # noqa: FBT003  (a default)
    "Show articles in the reading view, which screen readers can read (F7).",
)
PAPER = Setting("print.paper", "", "Paper for printing and PDF; usually that of your country.", ("", "a4", "letter"))
PRINT_LIST = Setting(
    "print.passages",
    True,  # noqa: FBT003  (a default)
    "Print a list of the passages, with people and relations, behind the article.",
)
BACKUP_LIMIT = Setting(
    "backups.limit",
    2_000,
    "Megabytes that the automatic backups of one project may take; the newest always stays.",
    low=100,
    high=1_000_000,
)
OPEN_LAST = Setting("start.open_last", False, "Open the last project at the start.")  # noqa: FBT003  (a default)

SETTINGS: tuple[Setting[str] | Setting[int] | Setting[bool], ...] = (
    ANALYST_NAME,
    THEME,
    ZOOM,
    ARTICLE_FONT,
    LINE_WIDTH,
    FULL_WIDTH,
    LINE_SPACING,
    PARAGRAPH_SPACING,
    SHOW_RULES,
    SMOOTH_SCROLLING,
    READING_VIEW,
    PAPER,
    PRINT_LIST,
    BACKUP_LIMIT,
    OPEN_LAST,
)
"""Every setting, in the order in which the settings dialog shows them."""


class _JsonFile:
    """A small JSON object on disk; what cannot be written is kept in memory and noted in the log."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._content = self._read()

    def section(self, name: str) -> dict[str, Any]:
        """Return the object under a key as last read, empty when it is none."""
        section = self._content.get(name)
        return section if isinstance(section, dict) else {}

    def value(self, name: str) -> object:
        """Return the value under a key as last read, None when there is none."""
        return self._content.get(name)

    def change(self, change: Callable[[dict[str, Any]], None]) -> None:
        """Read the file again, apply ``change`` to its content, and write it whole."""
        with self._lock:
            fresh = self._read() if self._path.exists() else self._content
            change(fresh)
            self._content = fresh
            try:
                self._write()
            except OSError as error:
                _log.warning("%s is not kept: %s", self._path.name, kind_of(error))

    def refresh(self) -> None:
        """Read what another process has written meanwhile."""
        with self._lock:
            if self._path.exists():
                self._content = self._read()

    def _read(self) -> dict[str, Any]:
        try:
            content = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except OSError as error:
            _log.warning("%s is not read: %s", self._path.name, kind_of(error))
            return {}
        except (ValueError, RecursionError):
            content = None
        if isinstance(content, dict):
            return content
        _log.warning("%s is damaged and is set aside", self._path.name)
        with contextlib.suppress(OSError):
            self._path.replace(self._path.with_suffix(".damaged"))
        return {}

    def _write(self) -> None:
        import tempfile

        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".settings-", suffix=".json")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(self._content, file, ensure_ascii=False, indent=2, sort_keys=True)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


class DeviceMemory:
    """The device's id, made once, and the analyst remembered for each project id on this device."""

    def __init__(self, path: Path | None = None) -> None:
        """``path``: the file to use; the user's own when None."""
        self._file = _JsonFile(path or paths.user_config_folder() / "device.json")

    @property
    def device(self) -> str:
        """The id of this device, made and kept at the first question; the journal names it with every change."""
        if not isinstance(self._file.value("device"), str):
            self._file.change(_give_device_id)
        return str(self._file.value("device"))

    def analyst(self, project_id: str, location: str = "") -> str | None:
        """Return the id of the analyst who writes in a project on this device, or None when nobody is remembered.

        ``location``: where the project lies. Several people may have a copy each on one device: in a copy that is not
        known, none of them is guessed.
        """
        self._file.refresh()
        places = _places(self._file.section("places"), project_id)
        if location in places:
            return places[location]
        if location and len(set(places.values()) - {None}) > 1:
            return None
        analyst = self._file.section("analysts").get(project_id)
        return analyst if isinstance(analyst, str) else None

    def remember_analyst(self, project_id: str, analyst_id: str | None, location: str = "") -> None:
        """Remember (or with None: forget) who writes in a project on this device.

        ``location``: only in the copy that lies there, unless nobody else was remembered; in all copies when empty.
        """

        def remember(content: dict[str, Any]) -> None:
            analysts, places = _section(content, "analysts"), _section(content, "places")
            copies = _places(places, project_id)
            if not location or analysts.get(project_id) in {None, copies.get(location)}:
                analysts[project_id] = analyst_id
            places[project_id] = {**copies, location: analyst_id} if location else {}

        self._file.change(remember)


def _places(places: dict[str, Any], project_id: str) -> dict[str, str | None]:
    """Return who is remembered for each copy of a project, by where it lies."""
    found = places.get(project_id)
    return found if isinstance(found, dict) else {}


class Settings:
    """The user's settings, recent projects and window layouts."""

    def __init__(self, path: Path | None = None) -> None:
        """``path``: the file to use; the user's own when None."""
        self._file = _JsonFile(path or paths.user_config_folder() / "settings.json")

    def get(self, setting: Setting[T]) -> T:
        """Return the value of a setting; its default when it is not set, or set to something it cannot be."""
        value = self._file.section("settings").get(setting.name, setting.default)
        return cast("T", value) if setting.accepts(value) else setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Store the value of a setting; raises ValueError for one that it cannot have."""
        if not setting.accepts(value):
            raise ValueError(f"{setting.name} cannot be {value!r}")
        self._file.change(lambda content: _section(content, "settings").__setitem__(setting.name, value))

    def recent_projects(self) -> list[str]:
        """Return the locations of the projects opened last, the latest first."""
        recent = self._file.value("recent")
        return [place for place in recent if isinstance(place, str)] if isinstance(recent, list) else []

    def note_recent(self, location: str) -> None:
        """Put a location at the head of the recent projects."""
        self._file.change(
            lambda content: content.__setitem__("recent", [location, *_without(content, location)][:_RECENT])
        )

    def forget_recent(self, location: str) -> None:
        """Take a location from the recent projects."""
        self._file.change(lambda content: content.__setitem__("recent", _without(content, location)))

    def shortcuts(self) -> dict[str, Any]:
        """Return the keys that were chosen for actions, by action id; unchecked."""
        return self._file.section("shortcuts")

    def keep_shortcuts(self, shortcuts: dict[str, list[str]]) -> None:
        """Keep all keys that were chosen for actions."""
        self._file.change(lambda content: content.__setitem__("shortcuts", shortcuts))

    def layout(self, name: str) -> str:
        """Return a remembered layout (geometry, splitter), an opaque text; empty when there is none."""
        value = self._file.section("layout").get(name, "")
        return value if isinstance(value, str) else ""

    def remember_layout(self, **layouts: str) -> None:
        """Keep layouts by name."""
        self._file.change(lambda content: _section(content, "layout").update(layouts))


def _section(content: dict[str, Any], name: str) -> dict[str, Any]:
    section = content.get(name)
    if not isinstance(section, dict):
        section = content[name] = {}
    return section


def _without(content: dict[str, Any], location: str) -> list[str]:
    recent = content.get("recent")
    return [place for place in recent if place != location] if isinstance(recent, list) else []


def _give_device_id(content: dict[str, Any]) -> None:
    if not isinstance(content.get("device"), str):
        import uuid

        content["device"] = str(uuid.uuid4())
