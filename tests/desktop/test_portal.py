"""File dialogs are the desktop's own where there are any, and nothing forces Qt's."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from annotator.desktop.portal import prefer_portal

DESKTOP = Path(__file__).resolve().parents[2] / "annotator" / "desktop"
SERVICE = "dbus-1/services/org.freedesktop.portal.Desktop.service"
BACKEND = "xdg-desktop-portal/portals/some.portal"
INTERFACES = "[portal]\nInterfaces=org.freedesktop.impl.portal.{};\n"


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return the environment of a session on a desktop whose portal can choose files."""
    monkeypatch.setattr(sys, "platform", "linux")
    for name, content in ((SERVICE, "[D-BUS Service]\n"), (BACKEND, INTERFACES.format("FileChooser"))):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(content)
    return {
        "XDG_DATA_HOME": str(tmp_path / "none"),
        "XDG_DATA_DIRS": f"/nowhere:{tmp_path}:",
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus",
    }


def test_the_portal_is_asked_where_there_is_one(environment: dict[str, str]) -> None:
    assert prefer_portal(environment)
    assert environment["QT_QPA_PLATFORMTHEME"] == "xdgdesktopportal"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QT_QPA_PLATFORMTHEME", "gtk3"),
        ("QT_QPA_PLATFORM", "offscreen"),
        ("DBUS_SESSION_BUS_ADDRESS", ""),
        ("XDG_DATA_DIRS", "/nowhere"),
    ],
)
def test_it_is_not_where_something_else_is_wanted_or_there_is_none(
    environment: dict[str, str], name: str, value: str
) -> None:
    environment[name] = value
    assert not prefer_portal(environment)
    assert environment.get("QT_QPA_PLATFORMTHEME", "") in {"", value}


def test_a_portal_that_cannot_choose_files_is_none(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / BACKEND).write_text(INTERFACES.format("Settings"))
    assert not prefer_portal(environment)


def test_nothing_forces_qts_own_file_dialog() -> None:
    """The dialog for colours is Qt's own: it proposes the colours of a codebook."""
    forced = []
    for file in sorted(DESKTOP.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            words = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
            if words.endswith("DontUseNativeDialog") and not words.startswith("QColorDialog"):
                forced.append(f"{file.name}: {words}")
            if words.endswith(("AA_DontUseNativeDialogs", "setProxyModel")) and "QFileDialog" in words:
                forced.append(f"{file.name}: {words}")
            if isinstance(node, ast.ClassDef) and any("QFileDialog" in ast.unparse(base) for base in node.bases):
                forced.append(f"{file.name}: a kind of its own, {node.name}")  # Qt asks the desktop for no such one
    assert forced == []
