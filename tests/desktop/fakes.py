"""Stand-ins for what the desktop's tests must not show: questions that a test answers beforehand."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any


class FakePrompts:
    """Answers each question with the next of ``answers``; None stands for "cancel". Remembers what was asked and said.

    ``asked`` holds (what, title, value), ``folders`` where file dialogs began, ``filters`` the files that they
    showed; a question that nobody prepared an answer for fails the test.
    """

    def __init__(self, *answers: Any) -> None:
        self.answers = deque(answers)
        self.asked: list[tuple[str, str, str]] = []
        self.said: list[str] = []
        self.errors: list[Exception] = []
        self.folders: list[str] = []
        self.filters: list[str] = []
        self.offered: Callable[[], object] = lambda: None

    def say(self, text: str, *, undo: bool = False) -> None:
        self.said.append(f"{text} [Undo]" if undo else text)

    def offer(self, text: str, action: str, run: Callable[[], object]) -> None:
        self.said.append(f"{text} [{action}]")
        self.offered = run

    def fail(self, error: Exception) -> None:
        self.errors.append(error)

    def confirm(self, title: str, text: str, action: str, answer: Callable[[], object]) -> None:
        if self._next("confirm", title, text):
            answer()

    def text(self, title: str, label: str, value: str, answer: Callable[[str], object]) -> None:
        self._give(self._next("text", title, value), answer)

    def open_files(self, title: str, folder: str, filters: str, answer: Callable[[list[str]], object]) -> None:
        self.folders.append(folder)
        self.filters.append(filters)
        self._give(self._next("open_files", title, filters), answer)

    def open_file(self, title: str, folder: str, filters: str, answer: Callable[[str], object]) -> None:
        self.folders.append(folder)
        self.filters.append(filters)
        self._give(self._next("open_file", title, filters), answer)

    def open_folder(self, title: str, folder: str, answer: Callable[[str], object]) -> None:
        self.folders.append(folder)
        self._give(self._next("open_folder", title, folder), answer)

    def save_file(self, title: str, path: str, filters: str, answer: Callable[[str], object]) -> None:
        self.filters.append(filters)
        self._give(self._next("save_file", title, path), answer)

    def _next(self, what: str, title: str, value: str) -> Any:
        self.asked.append((what, title, value))
        assert self.answers, f"nobody answers: {title} ({value})"
        return self.answers.popleft()

    def _give(self, given: Any, answer: Callable[[Any], object]) -> None:
        if given is not None:
            answer(given)
