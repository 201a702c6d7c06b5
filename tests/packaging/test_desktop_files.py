"""What a desktop is told of the program: its entry, kinds of files, icons, metadata and manual page."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtGui import QImage

from annotator import __version__, bootstrap, paths
from annotator.cli import shortcut
from annotator.cli.parser import COMMANDS
from annotator.formats.exchange.packet import MEDIA_TYPE
from annotator.services.project import create_project
from annotator.store.driver import APPLICATION_ID
from tests.cli.conftest import Annotator
from tests.desktop.golden.comparing import difference

PACKAGING = bootstrap.ROOT / "resources" / "packaging"
PROJECT_TYPE = "application/vnd.annotator+sqlite3"


def _tool(name: str) -> str:
    """Return the path of a program of the desktop's; CI installs all of them."""
    found = shutil.which(name)
    if found is None:
        message = f"there is no {name}: `python3 tests` as root installs it"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


def _script(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return a script of the packaging's, which import each other by name."""
    monkeypatch.syspath_prepend(PACKAGING)
    spec = importlib.util.spec_from_file_location(name, PACKAGING / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """A user's folder with the program in its menu."""
    folder = tmp_path / "share"
    shortcut.install(folder)
    return folder


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_entry_and_metadata_are_valid(share: Path) -> None:
    for place in (paths.resource("desktop", "annotator.desktop"), share / shortcut.ENTRY):
        subprocess.run([_tool("desktop-file-validate"), "--no-hints", str(place)], check=True)
    metadata = paths.resource("desktop", "annotator.metainfo.xml")
    subprocess.run([_tool("appstreamcli"), "validate", "--no-net", str(metadata)], check=True)
    assert f'<release version="{__version__}"' in metadata.read_text(encoding="utf-8")


def test_the_kinds_of_files_are_those_of_the_program() -> None:
    kinds = paths.resource("desktop", "annotator.xml").read_text(encoding="utf-8")
    assert re.findall(r'mime-type type="([^"]+)"', kinds) == [PROJECT_TYPE, MEDIA_TYPE]
    assert f'value="{APPLICATION_ID:#x}"' in kinds
    assert f'pattern="*{paths.PACKET_SUFFIX}"' in kinds
    for name in ("annotator.desktop", "annotator.metainfo.xml"):
        text = paths.resource("desktop", name).read_text(encoding="utf-8")
        assert PROJECT_TYPE in text
        assert MEDIA_TYPE in text


@pytest.mark.parametrize("name", ["bridge.annotator", "bridge", "bridge.txt"])
def test_a_project_is_known_by_its_name_and_by_its_content(name: str, share: Path, tmp_path: Path) -> None:
    _tool("update-mime-database")
    place = tmp_path / "bridge.annotator"
    create_project(str(place), name="The bridge affair", analyst="Ann Bell").close()
    place = place.rename(tmp_path / name)
    assert _type_of(place, share) == (PROJECT_TYPE if not name.endswith(".txt") else "text/plain")


def test_a_packet_is_known_by_its_name_and_by_its_content(share: Path, tmp_path: Path) -> None:
    _tool("update-mime-database")
    head = '{\n  "schema": "urn:annotator:project",\n  "schema_version": "1.1.0",\n  "packet": {\n    "id": "1"}}'
    for name, kind in (("work.annotator-packet", MEDIA_TYPE), ("work", MEDIA_TYPE)):
        (tmp_path / name).write_text(head, encoding="utf-8")
        assert _type_of(tmp_path / name, share) == kind
    (tmp_path / "export").write_text(head.replace("packet", "project"), encoding="utf-8")
    assert _type_of(tmp_path / "export", share) != MEDIA_TYPE


def _type_of(file: Path, share: Path) -> str:
    """Return the kind that the desktop takes a file for."""
    asked = [_tool("gio"), "info", "-a", "standard::content-type", str(file)]
    own = {**os.environ, "XDG_DATA_HOME": str(share)}
    said = subprocess.run(asked, env=own, capture_output=True, text=True, check=True).stdout
    return said.partition("standard::content-type: ")[2].strip()


def test_the_entry_of_a_user_starts_this_program(share: Path) -> None:
    entry = (share / shortcut.ENTRY).read_text(encoding="utf-8")
    assert f'Exec="{sys.executable}" "-m" "annotator" %F\nPath={bootstrap.ROOT}\n' in entry


def test_a_bundle_is_started_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", '/opt/100% "new"/$annotator')
    monkeypatch.setattr(bootstrap, "in_checkout", lambda: False)
    shortcut.install(tmp_path)
    assert r'Exec="/opt/100%% \\"new\\"/\\$annotator" %F' in (tmp_path / shortcut.ENTRY).read_text(encoding="utf-8")


def test_removing_takes_away_what_was_installed_and_nothing_else(tmp_path: Path) -> None:
    other = tmp_path / "applications" / "other.desktop"
    other.parent.mkdir()
    other.write_text("[Desktop Entry]\nType=Application\nName=Other\nExec=true\n", encoding="utf-8")
    shortcut.install(tmp_path)
    assert shortcut.shared_files().keys() <= _files(tmp_path)
    shortcut.remove(tmp_path)
    left = {name for name in _files(tmp_path) if not name.startswith("mime/") and not name.endswith(".cache")}
    assert left == {"applications/other.desktop"}
    assert not [name for name in _files(tmp_path) if "annotator" in name]
    assert not (tmp_path / "icons").exists()


def test_the_command_line_installs_and_removes(
    annotator: Annotator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "shared"))
    assert annotator("--install-shortcut").code == 0
    assert (tmp_path / "shared" / shortcut.ENTRY).is_file()
    assert annotator("--remove-shortcut").code == 0
    assert not (tmp_path / "shared" / shortcut.ENTRY).exists()
    monkeypatch.setattr(sys, "platform", "win32")
    assert annotator("--install-shortcut").code == 2


def test_the_icons_are_those_of_the_drawings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _script("icons", monkeypatch).draw(tmp_path)
    drawn = _files(tmp_path)
    assert len(drawn) == len(shortcut.ICONS) * len(shortcut.ICON_SIZES)
    for name in drawn:
        kept = QImage(str(paths.resource("desktop", "icons", *name.split("/"))))
        assert not difference(kept, QImage(str(tmp_path / name))).matters, f"{name}: run `make icons`"


def test_the_manual_page_says_all_that_can_be_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    page = _script("manual_page", monkeypatch).manual_page()
    plain = page.replace(r"\-", "-")
    for command in COMMANDS.values():
        assert f".SS {command.name}" in plain
        for action in command.parser()._actions:
            for option in action.option_strings:
                assert option in plain or option in {"-h", "--help"}
    assert "--install-shortcut" in plain
    lines = page.splitlines()
    assert not [line for line in lines if line.startswith("'") or re.match(r"\.(?!TH|SH|SS|TP|PP|nf|fi|br)", line)]
