"""What the build of the bundle keeps, drops and refuses, told from its scripts without building one."""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtGui import QColor, QImage

from annotator import bootstrap
from tests.packaging import bundle_check

PACKAGING = bootstrap.ROOT / "resources" / "packaging"
SCRIPTS = ("contents", "licences", "bundle", "manual_page", "debian_package")


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    """The scripts of the packaging, which import each other by name."""
    if shutil.which("objdump") is None:
        pytest.fail("there is no objdump: `python3 -m annotator.bootstrap package` installs it")
    monkeypatch.syspath_prepend(PACKAGING)
    for name in SCRIPTS:
        monkeypatch.delitem(sys.modules, name, raising=False)
    return {name: importlib.import_module(name) for name in SCRIPTS}


@pytest.mark.parametrize(
    "place",
    [
        "babel/locale-data/de.dat",
        "PySide6/Qt/translations/qt_help_de.qm",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "libstdc++.so.6",
    ],
)
def test_what_the_program_does_not_need_is_dropped(place: str, scripts: dict[str, ModuleType]) -> None:
    assert scripts["contents"].pruned([(place, sys.executable, "DATA")]) == []


@pytest.mark.parametrize(
    "place",
    [
        "babel/locale-data/en.dat",
        "babel/locale-data/root.dat",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platformthemes/libqxdgdesktopportal.so",
    ],
)
def test_what_it_needs_is_kept(place: str, scripts: dict[str, ModuleType]) -> None:
    entry = (place, sys.executable, "DATA")
    assert scripts["contents"].pruned([entry]) == [entry]


def test_a_library_goes_with_the_last_that_needs_it(
    scripts: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    needs = {"a.so": ["libnear.so.1"], "libnear.so.1": ["libfar.so.1"]}
    monkeypatch.setattr(scripts["contents"], "needed_libraries", lambda path: needs.get(path.name, []))
    module = ("part/a.so", "a.so", "EXTENSION")
    near, far, other = ((name, name, "BINARY") for name in ("libnear.so.1", "libfar.so.1", "libother.so.1"))
    assert scripts["contents"].pruned([module, near, far, other]) == [module, near, far]
    assert scripts["contents"].pruned([near, far, other]) == []


def test_a_bundle_that_lacks_a_library_or_is_too_big_is_refused(
    scripts: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = scripts["bundle"]
    shutil.copyfile(Path(sys.executable).resolve(), tmp_path / "program")
    monkeypatch.setattr(scripts["contents"], "needed_libraries", lambda _: ["libc.so.6", "libabsent.so.2"])
    with pytest.raises(bundle.BundleError, match=r"libabsent\.so\.2, which program needs"):
        bundle.check(tmp_path)
    monkeypatch.setattr(scripts["contents"], "needed_libraries", lambda _: ["libc.so.6"])
    bundle.check(tmp_path)
    monkeypatch.setattr(bundle, "MOST", 10)
    with pytest.raises(bundle.BundleError, match="10 are the most"):
        bundle.check(tmp_path)


def test_every_part_has_a_licence_or_stops_the_build(scripts: dict[str, ModuleType], tmp_path: Path) -> None:
    licences = scripts["licences"]
    sources = [str(bootstrap.ROOT / "annotator" / "paths.py"), str(sys.modules["PySide6"].__file__)]
    licences.collect(sources, tmp_path)
    index = (tmp_path / "README.txt").read_text(encoding="utf-8")
    for name in ("annotator", "python", "pyinstaller", "PySide6_Essentials"):
        assert f"{name} " in index
        assert any((tmp_path / name).iterdir())
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (tmp_path / "common" / "LGPL-3").read_text(encoding="utf-8")
    stray = str(Path(sys.modules["PySide6"].__file__ or "").parent.parent / "stray" / "module.py")
    with pytest.raises(licences.LicenceError, match="stray"):
        licences.collect([stray], tmp_path)
    with pytest.raises(licences.LicenceError, match="no package"):
        licences.collect([str(tmp_path / "libstray.so")], tmp_path)


def test_the_package_asks_for_the_c_library_that_its_programs_need(
    scripts: dict[str, ModuleType], tmp_path: Path
) -> None:
    shutil.copyfile(Path(sys.executable).resolve(), tmp_path / "program")
    major, minor = scripts["debian_package"].newest_glibc(tmp_path).split(".")
    assert int(major) == 2
    assert int(minor) >= 17


def test_a_window_that_is_blank_or_another_fails_the_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blank = QImage(200, 200, QImage.Format.Format_RGB32)
    blank.fill(QColor("white"))
    many = blank.copy()
    for place in range(200 * 200):
        many.setPixel(place % 200, place // 200, QColor(place % 251, place % 241, place % 239).rgb())
    pictures = {"annotator.png": blank, "source.png": blank}

    def run(command: list[object], folder: Path) -> str:
        name = "annotator.png" if len(command) == 1 else "source.png"
        pictures[name].save(str(folder / name))
        return ""

    monkeypatch.setattr(bundle_check, "_run", run)
    with pytest.raises(bundle_check.CheckError, match="as good as blank"):
        bundle_check._looks_like_the_source(tmp_path / "annotator", tmp_path)
    pictures["annotator.png"] = many
    with pytest.raises(bundle_check.CheckError, match="not as from source"):
        bundle_check._looks_like_the_source(tmp_path / "annotator", tmp_path)
    pictures["source.png"] = many
    assert bundle_check._looks_like_the_source(tmp_path / "annotator", tmp_path).startswith("the window as from source")
