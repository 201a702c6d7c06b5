"""Errors that a person can act on, apart from defects of ours.

A :class:`UserError` says what is wrong and what to do; it is shown as it is, without a traceback. Any other
exception that reaches the top is a defect and gets the crash report.
"""

from __future__ import annotations

from dataclasses import dataclass


class UserError(Exception):
    """Something the user can mend: ``message`` says what is wrong, ``advice`` what to do about it."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class UsageError(UserError):
    """A command or a call was given words that do not fit (exit code 2)."""


class RuleError(UserError):
    """A rule of the domain refuses what a person writes (``annotator/domain/rules.py``)."""


class DuplicateError(RuleError):
    """The project has this already; adding it once more has to be asked for."""


class NotFoundError(UserError):
    """What was named does not exist in this project."""


class AnalystNeededError(UserError):
    """A write was asked for and nobody is named as the analyst who writes."""


class ReadOnlyError(UserError):
    """A write was asked for on a project that is open for reading only."""


class ConflictError(UserError):
    """The entity changed under the edit, or an undo would undo a colleague's work."""


class StorageError(UserError):
    """The disk, the lock or the file stands in the way; nothing was written."""


class UnwritableError(StorageError):
    """The project cannot be written where it is: what is open can be saved elsewhere, and the work go on there."""


class DamagedError(StorageError):
    """The project file itself is damaged: it is left as it is, and a backup can take its place."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input: ``path`` says where (a JSON path, or ``line 3``), ``message`` what."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class InputError(UserError):
    """A file or a document was refused; ``problems`` lists everything that is wrong with it, in order."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = (), advice: str = "") -> None:
        super().__init__(message, advice)
        self.problems = problems
