"""Collecting what is wrong with a document: everything at once, each with its JSON path."""

from __future__ import annotations

from annotator.domain.errors import InputError, Problem

MOST = 1000
"""How many problems are kept; the rest is counted."""


class Findings:
    """Problems, which stop a reader, and warnings, which do not; both in the order in which they were found."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.derived: list[Problem] = []
        """Repeated values that do not fit what they repeat: a reader ignores them, ``verify`` reports them."""
        self.more = 0

    @property
    def count(self) -> int:
        """How many problems there are, those that were only counted with them."""
        return len(self.problems) + self.more

    def problem(self, path: str, message: str) -> None:
        """Note something that makes the document unreadable."""
        if len(self.problems) < MOST:
            self.problems.append(Problem(path, message))
        else:
            self.more += 1

    def warning(self, path: str, message: str) -> None:
        """Note something that a person should know and that stops nothing."""
        if len(self.warnings) < MOST:
            self.warnings.append(Problem(path, message))

    def mismatch(self, path: str, message: str) -> None:
        """Note a derived value that is not what it repeats."""
        if len(self.derived) < MOST:
            self.derived.append(Problem(path, message))

    def raise_if_any(self, what: str) -> None:
        """Raise InputError with all problems when there are any; ``what`` names the file."""
        if not self.problems:
            return
        count = self.count
        problems = tuple(self.problems)
        if self.more:
            problems += (Problem("", f"… and {self.more} more."),)
        number = "one problem" if count == 1 else f"{count} problems"
        raise InputError(
            f"{what} has {number}; nothing was read from it.", problems, "Mend the file, or ask its sender."
        )
