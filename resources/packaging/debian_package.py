"""Make the Debian package of a bundle: ``make deb`` → ``dist/annotator_…_amd64.deb``."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import bundle
import contents
import licences
from manual_page import manual_page

from annotator import __version__, paths
from annotator.cli.shortcut import shared_files

MOST = 70 * 1000 * 1000
"""Bytes that the package may have."""

_GLIBC = re.compile(r"\(GLIBC_(\d+)\.(\d+)")
_DEPENDS = (
    *("libstdc++6", "libgcc-s1", "libegl1", "libgl1", "libxcb1"),
    *("libwayland-client0", "libwayland-cursor0", "libwayland-egl1"),
    *("fontconfig-config", "fonts-dejavu-core", "shared-mime-info"),
)
_RECOMMENDS = ("desktop-file-utils", "hicolor-icon-theme", "xdg-desktop-portal", "xdg-utils")
_SUGGESTS = ("fonts-noto-core", "fonts-noto-color-emoji", "cups-client")
_SUMMARY = "mark claims, denials and evidence in news articles"
_DESCRIPTION = """\
A desktop app for media analysts. Open a news article, mark passages from the keyboard, tag each one as claim, denial or
evidence, say who said it about whom, and link it to the passages that it answers or supports. Every edit is saved at
once in one project file; everything leaves as JSON that a machine can check against the text.

It brings its own Python and Qt and needs no network."""


def make(folder: Path, *, quick: bool = False) -> Path:
    """Return the package of the bundle in ``folder``, made anew. Raises BundleError when it is too big.

    ``quick``: it is to be tried only, so packed in seconds, as big as it comes, and put into ``build``.
    """
    root = contents.ROOT / "build" / "deb"
    shutil.rmtree(root, ignore_errors=True)
    _lay_out(folder, root)
    control = root / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(_control(folder, root), encoding="utf-8")
    for script in ("postinst", "postrm"):
        shutil.copyfile(Path(__file__).parent / "debian" / script, control / script)
        (control / script).chmod(0o755)
    package = contents.ROOT / ("build" if quick else "dist") / f"{contents.NAME}_{__version__}_{_architecture()}.deb"
    command = [
        "dpkg-deb",
        "--root-owner-group",
        *(("-Zgzip", "-z1") if quick else ("-Zxz",)),
        "--build",
        str(root),
        str(package),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  (Debian's own tool)
    if package.stat().st_size > MOST and not quick:
        raise bundle.BundleError(f"The package has {package.stat().st_size:,} bytes; {MOST:,} are the most.")
    return package


def _lay_out(folder: Path, root: Path) -> None:
    """Put every file where it is to lie once installed, readable for all and writable for root alone."""
    share = root / "usr/share"
    program = root / "usr/lib" / contents.NAME
    shutil.copytree(folder, program, symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin" / contents.NAME).symlink_to(f"../lib/{contents.NAME}/{contents.NAME}")
    files = shared_files() | {"metainfo/annotator.metainfo.xml": paths.resource("desktop", "annotator.metainfo.xml")}
    for place, source in files.items():
        (share / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, share / place)
    _write_compressed(share / "man/man1/annotator.1.gz", manual_page())
    changes = (contents.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    _write_compressed(share / "doc" / contents.NAME / "changelog.gz", changes)
    index = (program / "licences" / licences.INDEX).read_text(encoding="utf-8")
    own = (contents.ROOT / "LICENSE").read_text(encoding="utf-8")
    words = f"{own}\n{index}\nThe texts lie in /usr/lib/{contents.NAME}/licences.\n"
    (share / "doc" / contents.NAME / "copyright").write_text(words, encoding="utf-8")
    for path in root.rglob("*"):
        if not path.is_symlink():
            runs = path.is_dir() or path == program / contents.NAME
            path.chmod(0o755 if runs else 0o644)


def _write_compressed(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def _control(folder: Path, root: Path) -> str:
    """Return what Debian wants to know of the package."""
    lines = [line for text in _DESCRIPTION.split("\n\n") for line in (*textwrap.wrap(text, 78), ".")][:-1]
    fields = {
        "Package": contents.NAME,
        "Version": __version__,
        "Architecture": _architecture(),
        "Maintainer": os.environ.get("DEBEMAIL", "The Annotator project <annotator@localhost>"),
        "Installed-Size": str(bundle.size(root) // 1024),
        "Depends": ", ".join((f"libc6 (>= {newest_glibc(folder)})", *_DEPENDS)),
        "Recommends": ", ".join(_RECOMMENDS),
        "Suggests": ", ".join(_SUGGESTS),
        "Section": "editors",
        "Priority": "optional",
        "Description": "\n ".join([_SUMMARY, *lines]),
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def newest_glibc(folder: Path) -> str:
    """Return the newest version of the C library that something in the bundle asks for."""
    found = []
    for binary in bundle.binaries(folder):
        done = subprocess.run(["objdump", "-T", str(binary)], capture_output=True, text=True, check=False)  # noqa: S603, S607
        found += [(int(major), int(minor)) for major, minor in _GLIBC.findall(done.stdout)]
    return "{}.{}".format(*max(found))


def _architecture() -> str:
    asked = ["dpkg", "--print-architecture"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603


if __name__ == "__main__":
    try:
        made = make(contents.BUNDLE, quick="--quick" in sys.argv[1:])
    except bundle.BundleError as error:
        sys.exit(str(error))
    sys.stdout.write(f"{made}: {made.stat().st_size / 1e6:.0f} MB\n")
