"""Settings: the table, what the device remembers, damaged and shared files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator import paths
from annotator.settings import OPEN_LAST, SETTINGS, THEME, ZOOM, DeviceMemory, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "settings.json"


def test_every_setting_accepts_its_own_default_and_explains_itself() -> None:
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)
    for setting in SETTINGS:
        assert setting.accepts(setting.default), setting.name
        assert setting.help.endswith("."), setting.name


def test_values_survive_in_the_file(path: Path) -> None:
    Settings(path).set(ZOOM, 150)
    Settings(path).set(THEME, "dark")
    assert (Settings(path).get(ZOOM), Settings(path).get(THEME), Settings(path).get(OPEN_LAST)) == (150, "dark", False)


@pytest.mark.parametrize("value", [49, 401, True, "110", None])
def test_a_value_that_cannot_be_is_refused_and_read_as_the_default(path: Path, value: object) -> None:
    settings = Settings(path)
    with pytest.raises(ValueError, match="cannot be"):
        settings.set(ZOOM, value)  # type: ignore[misc]
    path.parent.mkdir()
    path.write_text(json.dumps({"settings": {"view.zoom": value}}))
    assert Settings(path).get(ZOOM) == ZOOM.default


def test_a_choice_outside_the_list_is_refused(path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        Settings(path).set(THEME, "pink")


def test_the_device_keeps_its_id(path: Path) -> None:
    device = DeviceMemory(path).device
    assert device == DeviceMemory(path).device
    assert device != DeviceMemory(path.with_name("other.json")).device


def test_the_analyst_is_remembered_for_each_project(path: Path) -> None:
    memory, other = DeviceMemory(path), DeviceMemory(path)
    memory.remember_analyst("p1", "a1")
    other.remember_analyst("p2", "a2")
    other.remember_analyst("p3", "a3")
    other.remember_analyst("p3", None)
    assert [memory.analyst(project) for project in ("p1", "p2", "p3", "p4")] == ["a1", "a2", None, None]


def test_each_of_several_copies_on_one_device_has_its_own_analyst(path: Path) -> None:
    memory = DeviceMemory(path)
    memory.remember_analyst("p", "lead", "/lead.annotator")
    assert memory.analyst("p", "/moved.annotator") == "lead", "there is nobody else whom it could mean"
    memory.remember_analyst("p", "ben", "/ben.annotator")
    places = ("/lead.annotator", "/ben.annotator", "/moved.annotator", "")
    assert [memory.analyst("p", place) for place in places] == ["lead", "ben", None, "lead"]
    memory.remember_analyst("p", "ann", "/lead.annotator")
    assert [memory.analyst("p", place) for place in places] == ["ann", "ben", None, "ann"]
    memory.remember_analyst("p", None)
    assert [memory.analyst("p", place) for place in places] == [None] * 4


def test_recent_projects_are_the_latest_first_once_each_and_few(path: Path) -> None:
    settings = Settings(path)
    for place in ["a", "b", "a", *map(str, range(20)), "b"]:
        settings.note_recent(place)
    recent = Settings(path).recent_projects()
    assert recent[:2] == ["b", "19"]
    assert len(recent) == len(set(recent)) == 12
    settings.forget_recent("19")
    assert "19" not in settings.recent_projects()


def test_two_processes_do_not_undo_each_others_settings(path: Path) -> None:
    one, other = Settings(path), Settings(path)
    one.set(ZOOM, 200)
    other.set(THEME, "dark")
    other.remember_layout(window="AAAA")
    one.note_recent("story")
    fresh = Settings(path)
    assert (fresh.get(ZOOM), fresh.get(THEME), fresh.layout("window"), fresh.recent_projects()) == (
        200,
        "dark",
        "AAAA",
        ["story"],
    )


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b""])
def test_a_damaged_file_is_set_aside_and_defaults_hold(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    settings = Settings(path)
    assert settings.get(ZOOM) == ZOOM.default
    settings.set(ZOOM, 120)
    assert Settings(path).get(ZOOM) == 120
    assert path.with_suffix(".damaged").read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [
        {"settings": 3, "analysts": [], "recent": "x", "layout": 1, "device": 5, "places": {"p": 7}},
        {"recent": [1, "a", None]},
    ],
)
def test_sections_of_the_wrong_shape_do_no_harm(path: Path, content: dict[str, object]) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps(content))
    settings = Settings(path)
    assert settings.get(ZOOM) == ZOOM.default
    memory = DeviceMemory(path)
    memory.remember_analyst("p", "a")
    settings.note_recent("b")
    settings.remember_layout(window="A")
    assert settings.recent_projects()[0] == "b"
    assert memory.analyst("p", "somewhere") == "a"
    assert len(memory.device) == 36


def test_a_file_that_cannot_be_written_leaves_the_values_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "file" / "settings.json")
    settings.set(ZOOM, 130)
    assert settings.get(ZOOM) == 130
    memory = DeviceMemory(tmp_path / "file" / "device.json")
    assert memory.device == memory.device


def test_the_environment_moves_the_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("ANNOTATOR_DATA_DIR", str(tmp_path / "own" / "data"))
    Settings().set(ZOOM, 90)
    assert (tmp_path / "config" / "settings.json").is_file()
    assert paths.user_data_folder() == tmp_path / "own" / "data"
    assert paths.user_data_folder().is_dir()
