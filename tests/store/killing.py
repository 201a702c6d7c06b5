"""Kills a writer at random moments, again and again; prints what was found as JSON.

A program of its own (``python -m tests.store.killing PATH KILLS``), so that the children are forked from a parent that
has everything loaded, but no Qt, no thread and no connection.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.domain.annotations import Annotation, AnnotationPerson, Role
from annotator.domain.people import Person
from annotator.services.care import Care
from annotator.services.context import Context
from annotator.settings import DeviceMemory
from annotator.store.database import Database
from tests.children import Killable
from tests.factories import DEVICE, Start, begin

LONGEST = 0.12
"""Seconds after which a child is killed at the latest."""


def write_on_and_on(path: Path, start: Start) -> Callable[[Callable[[str], None]], None]:
    """Return what a child does: write changes of several entities for ever, reporting each that was saved."""

    def work(tell: Callable[[str], None]) -> None:
        with Database.open(str(path), wait=20) as database:
            assert not database.read_only, database.read_only_reason
            people = (AnnotationPerson(person_id=start.person.id, role=Role.SPEAKER),)
            while True:
                with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
                    ann = uow.put(start.annotation(people=people, note="word " * 50))
                    person = uow.get(Person, start.person.id)
                    assert person is not None
                    uow.put(replace(person, note=ann.id))
                    change = uow.commit("Both")
                tell(f"{change.id} {ann.id}")

    return work


def kill_writers(path: Path, kills: int) -> dict[str, Any]:
    """Make a project and kill its writer ``kills`` times; return what the children reported as saved."""
    with Database.create(str(path)) as database:
        start = begin(database)
    dice = random.Random()
    began = time.monotonic()
    saved: list[str] = []
    journals = 0
    for _ in range(kills):
        child = Killable(write_on_and_on(path, start))
        first = child.await_line() if dice.random() < 0.8 else ""
        threading.Event().wait(dice.random() * LONGEST * (0.3 if first else 1))
        saved += [line for line in (first, *child.kill()) if line]
        journals += path.with_name(f"{path.name}-journal").exists()
    return {"took": time.monotonic() - began, "saved": saved, "journals": journals, "found": look(path, start)}


def look(path: Path, start: Start) -> dict[str, Any]:
    """Open the project after the last crash and return what is in it."""
    with Database.open(str(path)) as database:
        with database.read() as reader:
            changes = [change.id for change in reader.changes()]
            annotations = reader.all(Annotation)
            person = reader.get(Person, start.person.id)
        report = Care(Context(database, DeviceMemory(), start.project.id)).check()
    assert person is not None
    return {
        "changes": changes,
        "annotations": {ann.id: len(ann.people) for ann in annotations},
        "person_revision": person.revision,
        "problems": [str(problem) for problem in report.problems],
        "search_rebuilt": report.search_rebuilt,
    }


if __name__ == "__main__":
    print(json.dumps(kill_writers(Path(sys.argv[1]), int(sys.argv[2]))))
