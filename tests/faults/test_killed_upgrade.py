"""A program that dies in the middle of an upgrade: the file is as it was, in its old format, and can be upgraded."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import paths
from annotator.domain.people import Person
from annotator.store import migrate, setup
from annotator.store.database import Database
from annotator.store.driver import SCHEMA_VERSION
from tests import children
from tests.factories import begin
from tests.store.test_upgrade import NEXT, SCRIPT, format_of

CHANGE = """
    op.execute("UPDATE person SET name = 'half'")
    import pathlib, threading
    pathlib.Path({mark!r}).touch()
    if pathlib.Path({wait!r}).exists():
        threading.Event().wait()
"""


def test_a_program_that_is_killed_while_it_upgrades_leaves_the_old_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, mark, wait = tmp_path / "story.annotator", tmp_path / "begun", tmp_path / "wait"
    with Database.create(str(project)) as database:
        begin(database)
    shutil.copytree(paths.data_folder("db"), tmp_path / "db", ignore=shutil.ignore_patterns("__pycache__"))
    script = SCRIPT.format(next=NEXT, present=SCHEMA_VERSION) + CHANGE.format(mark=str(mark), wait=str(wait))
    (tmp_path / "db" / "versions" / f"{NEXT:04d}_later.py").write_text(script, encoding="utf-8")
    monkeypatch.setattr(migrate, "data_folder", lambda name: tmp_path / name)
    monkeypatch.setattr(setup, "SCHEMA_VERSION", NEXT)
    wait.touch()

    def upgrade(tell: Callable[[str], None]) -> None:
        threading.Thread(target=lambda: _tell_when(mark, tell), daemon=True).start()
        Database.open(str(project))

    child = children.Killable(upgrade)
    assert child.await_line() == "begun"
    child.kill()
    assert format_of(project)[0] == SCHEMA_VERSION
    wait.unlink()
    with Database.open(str(project)) as database, database.read() as reader:
        assert {person.name for person in reader.all(Person)} == {"half"}, "a second try upgrades it"
    assert format_of(project)[0] == NEXT


def _tell_when(mark: Path, tell: Callable[[str], None]) -> None:
    while not mark.exists():
        threading.Event().wait(0.01)
    tell("begun")
