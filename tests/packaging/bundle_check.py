"""Says whether a bundle works: ``python -m tests.packaging.bundle_check dist/annotator``, the last word of its build.

It is started as on a machine without Python: it draws its window on the sample, which must be the picture that the
source draws; it brings in a page and a text, migrates, exports and verifies.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QImage

from tests.desktop.golden.comparing import difference

_ROOT = Path(__file__).resolve().parents[2]
_SAMPLE = "Harbour toll sample.annotator"
_FEWEST_COLOURS = 500
"""What an empty window has is far less."""
_ENOUGH = 240
"""Seconds for one command on a machine that has much else to do."""
_LINE = "Nobody doubled the tolls, said Ivo Brandt of the harbour board on Monday. "
_PAGE = f"<html><body><article><h1>The tolls</h1><figure><figcaption>A pier</figcaption></figure><p>{_LINE * 5}</p>"


class CheckError(Exception):
    """The bundle does not do what it must."""


def check(program: Path) -> list[str]:
    """Return what was found good, one line each. Raises CheckError for what is not."""
    with tempfile.TemporaryDirectory(prefix="bundle ") as name:
        folder = Path(name)
        return [_looks_like_the_source(program, folder), _brings_in_articles(program, folder), _has_licences(program)]


def _run(command: Sequence[str | Path], folder: Path) -> str:
    """Run a command as a user of its own whose PATH has no Python, and return what it printed."""
    own = {"PATH": "/nowhere", "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    if command[0] == sys.executable:
        own |= {"PYTHONPATH": str(_ROOT)}
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=own, capture_output=True, text=True, timeout=_ENOUGH, check=False
    )
    if done.returncode != 0:
        raise CheckError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def _looks_like_the_source(program: Path, folder: Path) -> str:
    """Start without a display, which draws the sample, and draw the same project from source."""
    _run([program], folder)
    sample = folder / ".local" / "share" / "annotator" / _SAMPLE
    _run([sys.executable, "-m", "annotator", "render", sample, "-o", folder / "source.png"], folder)
    drawn, wanted = QImage(str(folder / "annotator.png")), QImage(str(folder / "source.png"))
    colours = {drawn.pixel(x, y) for x in range(0, drawn.width(), 2) for y in range(0, drawn.height(), 2)}
    if len(colours) < _FEWEST_COLOURS:
        raise CheckError(f"The window has {len(colours)} colours: it is as good as blank.")
    differs = difference(drawn, wanted)
    if differs.matters:
        kept = Path(tempfile.mkdtemp(prefix="bundle-pictures-"))
        drawn.save(str(kept / "bundle.png"))
        wanted.save(str(kept / "source.png"))
        raise CheckError(f"The window is not as from source: {differs}. Both pictures: {kept}")
    return f"the window as from source ({differs}; {len(colours)} colours)"


def _brings_in_articles(program: Path, folder: Path) -> str:
    """Import a page, which a child process reads, and a text; export and verify what came of it."""
    project, exported = folder / "tolls.annotator", folder / "tolls.json"
    (folder / "tolls.html").write_text(_PAGE, encoding="utf-8")
    (folder / "ledger.txt").write_text(f"The ledger\n\n{_LINE * 2}\n", encoding="utf-8")
    _run([program, "new", project, "--analyst", "Ann Bell"], folder)
    _run([program, "import", project, folder / "tolls.html", folder / "ledger.txt"], folder)
    titles = {each["title"] for each in json.loads(_run([program, "list", project, "--json"], folder))}
    if titles != {"The tolls", "The ledger"}:
        raise CheckError(f"Two articles were brought in; there are {titles}.")
    _run([program, "check", project], folder)
    _run([program, "export", project, "-o", exported], folder)
    _run([program, "verify", exported], folder)
    return "a page and a text brought in, the project checked, its export verified"


def _has_licences(program: Path) -> str:
    """Look whether each part that the index names has a text."""
    folder = program.parent / "licences"
    parts = [path for path in folder.iterdir() if path.is_dir()]
    index = (folder / "README.txt").read_text(encoding="utf-8")
    bare = [part.name for part in parts if not any(part.iterdir())]
    unnamed = [part.name for part in parts if part.name not in index and part.name != "common"]
    missing = [name for name in ("LGPL-3", "GPL-3") if not (folder / "common" / name).is_file()]
    if bare or unnamed or missing:
        raise CheckError(f"Licences: without a text {bare}, not in the index {unnamed}, missing {missing}.")
    return f"the licences of {len(parts) - 1} parts"


def main() -> None:
    """Check the bundle in the folder that the command line names."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        for line in check(Path(sys.argv[1]).resolve() / "annotator"):
            sys.stdout.write(f"{line}\n")
    except CheckError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
