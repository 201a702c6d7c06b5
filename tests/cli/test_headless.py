"""No command but ``render`` loads Qt; none loads Alembic while the project is current."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from annotator.cli.parser import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = """
import sys
from annotator.__main__ import main
for words in {calls!r}:
    code = main(words)
    assert code == 0, (words, code)
    unwanted = {{"PySide6", "shiboken6", "sqlalchemy.orm"}} | (set() if words[0] == "upgrade" else {{"alembic"}})
    assert not unwanted & sys.modules.keys(), (words, unwanted & sys.modules.keys())
"""


def test_no_command_loads_qt_or_alembic(tmp_path: Path, reviewed: Path) -> None:
    (tmp_path / "letter.txt").write_text("The letter\n\n“I never wrote it,” said Ed Moss.\n", encoding="utf-8")
    calls = [
        ["new", "letters.annotator", "--analyst", "Ann Bell"],
        ["import", "letters.annotator", "letter.txt"],
        ["list", "letters.annotator"],
        ["list", "letters.annotator", "annotations"],
        ["list", "letters.annotator", "people"],
        ["search", "letters.annotator", "letter"],
        ["stats", "letters.annotator"],
        ["agreement", "letters.annotator"],
        ["review", str(reviewed)],
        ["packet", str(reviewed), "--session", "October", "--to", "BC"],
        ["minutes", str(reviewed), "-o", "minutes.html"],
        ["returned", str(reviewed), "--analyst", "BC", "-o", "returned.html"],
        ["export", "letters.annotator", "-o", "story.json"],
        ["export", "letters.annotator", "-f", "html", "-o", "story.html"],
        ["merge", "letters.annotator", "story.json", "--dry-run"],
        ["verify", "story.json"],
        ["check", "letters.annotator"],
        ["backup", "letters.annotator", "-o", "copy.annotator"],
        ["restore", "copy.annotator", "again.annotator"],
        ["upgrade", "letters.annotator"],
    ]
    assert {words[0] for words in calls} == set(COMMANDS) - {"render"}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(calls=calls)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
