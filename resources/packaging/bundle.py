"""Build the bundle, one folder that runs without Python: ``make bundle`` → ``dist/annotator``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import contents
import licences

MOST = 200 * 1000 * 1000
"""Bytes that the unpacked bundle may take."""

# What belongs to the machine and its graphics driver; the .deb depends on it.
_OF_THE_SYSTEM = (
    *(
        "ld-linux-x86-64.so.2",
        "libc.so.6",
        "libdl.so.2",
        "libm.so.6",
        "libpthread.so.0",
        "libresolv.so.2",
        "librt.so.1",
    ),
    *("libutil.so.1", "libgcc_s.so.1", "libstdc++.so.6", "libEGL.so.1", "libGL.so.1", "libGLX.so.0", "libOpenGL.so.0"),
    *("libxcb.so.1", "libwayland-client.so.0", "libwayland-cursor.so.0", "libwayland-egl.so.1"),
)


class BundleError(Exception):
    """The bundle would not run somewhere else, or is too big."""


def build() -> Path:
    """Build the bundle anew and return its folder. Raises BundleError for one that must not be handed out."""
    for folder in (contents.WORK, contents.BUNDLE):
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
    contents.WORK.mkdir()
    _freeze()
    for binary in binaries(contents.BUNDLE):
        if binary.name.startswith("libpython") or ".cpython-" in binary.name:
            subprocess.run(["strip", "--strip-unneeded", str(binary)], check=True)  # noqa: S603, S607  (binutils)
    licences.collect(contents.SOURCES.read_text(encoding="utf-8").splitlines(), contents.BUNDLE / "licences")
    check(contents.BUNDLE)
    return contents.BUNDLE


def _freeze() -> None:
    own = {**os.environ, "PYTHONPATH": str(contents.ROOT), "PYTHONHASHSEED": "0"}
    places = ["--distpath", str(contents.BUNDLE.parent), "--workpath", str(contents.WORK)]
    spec = Path(__file__).with_name("annotator.spec")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places, str(spec)]
    subprocess.run(command, check=True, env=own)  # noqa: S603  (our own interpreter)


def check(folder: Path) -> None:
    """Raise BundleError when a library is missing in the bundle, or when it is too big."""
    found = list(binaries(folder))
    there = {path.name for path in folder.rglob("*.so*")} | set(_OF_THE_SYSTEM)
    missing = {name: path.name for path in found for name in contents.needed_libraries(path) if name not in there}
    if missing:
        lines = "\n".join(f"  {name}, which {user} needs" for name, user in sorted(missing.items()))
        raise BundleError(f"The bundle lacks libraries; are they installed here?\n{lines}")
    if size(folder) > MOST:
        raise BundleError(f"The bundle has {size(folder):,} bytes; {MOST:,} are the most.")


def binaries(folder: Path) -> Iterator[Path]:
    """Yield the programs and libraries in a folder, each once."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def size(folder: Path) -> int:
    """Return how many bytes the files in a folder have."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{build()}: {size(contents.BUNDLE) / 1e6:.0f} MB\n")
    except (BundleError, licences.LicenceError) as error:
        sys.exit(str(error))
