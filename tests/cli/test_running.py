"""Whatever goes wrong ends as a message and an exit code."""

from __future__ import annotations

import json

import pytest

from annotator.cli.command import Call, Command
from annotator.cli.parser import COMMANDS
from annotator.domain.errors import AnalystNeededError, InputError, NotFoundError, Problem, StorageError, UsageError
from annotator.system import SetUpError
from tests.cli.conftest import Annotator


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Make the command ``stats`` end with ``error``."""

    def run(_call: Call) -> int:
        raise error

    monkeypatch.setitem(COMMANDS, "stats", Command(name="stats", summary="fail", run=run))


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (UsageError("Two of that name.", "Give the id."), 2, "annotator: Two of that name.\nGive the id.\n"),
        (AnalystNeededError("Nobody writes."), 2, "annotator: Nobody writes.\n"),
        (NotFoundError("No such person."), 1, "annotator: No such person.\n"),
        (StorageError("The disk is full.", "Free some space."), 1, "annotator: The disk is full.\nFree some space.\n"),
        (PermissionError(13, "Permission denied", "out.json"), 1, "annotator: out.json: Permission denied\n"),
        (OSError(28, "No space left on device"), 1, "annotator: standard output: No space left on device\n"),
        (SetUpError("Type this:\nsudo something"), 3, "Type this:\nsudo something\n"),
        (KeyboardInterrupt(), 130, "Stopped; what was not finished was not saved.\n"),
    ],
)
def test_each_error_has_its_message_and_code(
    annotator: Annotator, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, message: str
) -> None:
    failing(monkeypatch, error)
    done = annotator("stats")
    assert (done.code, done.err, done.out) == (code, message, "")


def test_all_problems_of_a_file_are_listed_with_their_places(
    annotator: Annotator, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = (Problem("$.articles[0].title", "is missing"), Problem("$.people[1].id", "is there twice"))
    failing(monkeypatch, InputError("The file has 2 problems.", problems, "Mend it."))
    done = annotator("stats", "--json")
    assert done.code == 1
    assert "\n  $.articles[0].title: is missing\n  $.people[1].id: is there twice\nMend it.\n" in done.err
    assert json.loads(done.out) == {
        "error": "The file has 2 problems.",
        "advice": "Mend it.",
        "problems": [{"path": problem.path, "message": problem.message} for problem in problems],
    }


def test_a_defect_is_told_apart_from_what_a_person_can_mend(
    annotator: Annotator, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, LookupError("how could this be"))
    done = annotator("stats")
    assert done.code == 3
    assert "how could this be" in done.err
    assert "fault of Annotator" in done.err
