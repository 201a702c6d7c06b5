"""The licence texts of everything that the bundle is made of, with an index that people can read.

Packages bring their own texts in their metadata, Debian's libraries in ``/usr/share/doc``; what belongs to nobody stops
the build, so that nothing ships without its terms.
"""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import contents

INDEX = "README.txt"
_COMMON = Path("/usr/share/common-licenses")
_TEXT = re.compile(r"(licen[cs]e|copying|copyright|notice|authors)", re.IGNORECASE)
_NAMED_COMMON = re.compile(r"common-licenses/([\w.-]*\w)")
_QT = ("PySide6_Essentials", "shiboken6")
_HEAD = """\
What this program is made of, and under which terms

Annotator itself is under the MIT licence (annotator/LICENSE). Each of the parts below comes with its licence in the
folder of its name; texts that several share are in "common".

Qt and PySide6 are used under the GNU Lesser General Public License, version 3 (common/LGPL-3 and common/GPL-3). They
are shared libraries in _internal/PySide6 that may be replaced by others of the same interface. Their source is
published at https://download.qt.io/official_releases/qt/ and https://code.qt.io/cgit/pyside/pyside-setup.git/.

"""


class LicenceError(Exception):
    """Something would ship without its licence."""


@dataclass
class Part:
    """One work that the bundle contains: its name, version, terms in a word, and the files with its licence."""

    name: str
    version: str
    terms: str = ""
    texts: list[Path] = field(default_factory=list)
    common: list[str] = field(default_factory=list)
    """Names of texts in the folder that parts share."""


def collect(sources: Iterable[str], folder: Path) -> None:
    """Write the licences of all that ``sources`` (paths of files) belong to into ``folder``, and the index.

    Raises:
        LicenceError: a file belongs to no known work, or a work has no licence text.
    """
    parts = [_annotator(), _python(), _installed("pyinstaller")]
    parts += [_installed(name) for name in _distributions(sources)]
    parts += [_debian(name) for name in _packages(sources)]
    bare = [part.name for part in parts if not part.texts and not part.common]
    if bare:
        raise LicenceError(f"No licence text was found of: {', '.join(bare)}")
    for part in parts:
        _write(part, folder)
    lines = [
        f"{part.name} {part.version}".ljust(44) + part.terms for part in sorted(parts, key=lambda p: p.name.lower())
    ]
    (folder / INDEX).write_text(_HEAD + "\n".join(line.rstrip() for line in lines) + "\n", encoding="utf-8")


def _write(part: Part, folder: Path) -> None:
    own = folder / part.name
    own.mkdir(parents=True, exist_ok=True)
    for text in part.texts:
        shutil.copyfile(text, own / text.name)
        part.common += _NAMED_COMMON.findall(text.read_text(encoding="utf-8", errors="replace"))
    common = folder / "common"
    common.mkdir(exist_ok=True)
    for name in set(part.common):
        if (_COMMON / name).is_file():
            shutil.copyfile(_COMMON / name, common / name)
    if not part.texts:
        words = " and ".join(f"common/{name}" for name in part.common)
        (own / "LICENCE.txt").write_text(f"{part.terms}: see {words}.\n", encoding="utf-8")


def _annotator() -> Part:
    from annotator import __version__

    fonts = sorted((contents.ROOT / "resources" / "fonts").glob("*.txt"))
    return Part("annotator", __version__, "MIT", [contents.ROOT / "LICENSE", *fonts])


def _python() -> Part:
    version = "{}.{}.{}".format(*sys.version_info[:3])
    short = "python{}.{}".format(*sys.version_info[:2])
    places = [
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sysconfig.get_path("stdlib")) / "LICENSE",
        Path(f"/usr/share/doc/lib{short}-stdlib/copyright"),
        Path(f"/usr/share/doc/{short}-minimal/copyright"),
    ]
    return Part("python", version, "Python Software Foundation License", [p for p in places if p.is_file()][:1])


def _installed(name: str) -> Part:
    """Return a package of Python's with the texts in its metadata."""
    package = importlib.metadata.distribution(name)
    part = Part(package.metadata["Name"], package.version, _terms(package))
    part.texts = [
        Path(str(package.locate_file(file)))
        for file in package.files or ()
        if ".dist-info" in file.parts[0] and _TEXT.search(file.name)
    ]
    if part.name in _QT:
        part.terms, part.common = "LGPL-3.0-only", ["LGPL-3", "GPL-3"]
    elif not part.texts and "Apache" in part.terms:
        part.common = ["Apache-2.0"]
    return part


def _terms(package: importlib.metadata.Distribution) -> str:
    said = package.metadata["License-Expression"] or ""
    classes = [
        line.rpartition(" :: ")[2] for line in package.metadata.get_all("Classifier") or () if "License ::" in line
    ]
    short = (package.metadata["License"] or "").strip().splitlines()[:1]
    return said or ", ".join(classes) or "".join(short)


def _distributions(sources: Iterable[str]) -> list[str]:
    """Return the names of the installed packages that some of the files belong to."""
    owners = {
        str(package.locate_file(file)): package.metadata["Name"]
        for package in importlib.metadata.distributions()
        for file in package.files or ()
    }
    names = {owners[path] for path in sources if path in owners}
    strange = [path for path in sources if "site-packages" in path and path not in owners]
    if strange:
        raise LicenceError(f"These belong to no installed package: {', '.join(strange[:9])}")
    return sorted(names - {"annotator"}, key=str.lower)


def _packages(sources: Iterable[str]) -> list[str]:
    """Return the names of Debian's packages that some of the files belong to, Python's own aside."""
    base = Path(sysconfig.get_path("stdlib"))
    ours = (contents.ROOT, Path(sys.prefix), base, Path(sys.base_prefix) / "lib" / "libpython", contents.WORK)
    names = set()
    for path in sources:
        if any(path.startswith(str(place)) for place in ours) or "site-packages" in path or "libpython" in path:
            continue
        names.add(_owner(Path(path)))
    return sorted(names)


def _owner(path: Path) -> str:
    """Return Debian's package that a file of the system belongs to."""
    for asked in _spellings(path):
        done = subprocess.run(["dpkg", "-S", str(asked)], capture_output=True, text=True, check=False)  # noqa: S603, S607
        if done.returncode == 0:
            return done.stdout.partition(":")[0]
    raise LicenceError(f"{path} belongs to no package of Debian's.")


def _spellings(path: Path) -> Iterator[Path]:
    """Yield the names under which a file may be listed: /lib is a link to /usr/lib."""
    for each in (path, path.resolve()):
        yield each
        yield Path(str(each).removeprefix("/usr"))
        yield Path("/usr" + str(each))


def _debian(name: str) -> Part:
    asked = ["dpkg-query", "-W", "-f", "${Version}", name]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout  # noqa: S603
    text = Path("/usr/share/doc") / name / "copyright"
    return Part(f"debian-{name}", version, "see its copyright file", [text] if text.is_file() else [])
