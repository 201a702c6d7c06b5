"""A picture of the window on a project, or an article as PDF, without a display."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImageWriter

from annotator.desktop.app import make_application
from annotator.desktop.main_window import MainWindow
from annotator.desktop.print_commands import PrintCommands
from annotator.desktop.windows import Windows
from annotator.desktop.workspace import Workspace
from annotator.domain.errors import StorageError
from annotator.settings import PAPER, Settings

_PATIENCE = 120_000
"""Milliseconds after which a project that does not show up is given up."""
_LOOK = 20
_LOOKS = 4


def render(location: str, picture: Path, *, article_id: str | None = None, size: tuple[int, int] = (1440, 900)) -> None:
    """Write a PNG of the window, ``size`` in pixels, on a project; ``article_id`` None shows its first article.

    The user's settings are neither used nor touched. Raises the UserError that opening the project raises,
    NotFoundError for an unknown article, StorageError when the picture cannot be written.
    """
    with _shown(location, article_id, size) as (window, _failures):
        _save(window, picture)


def print_pdf(location: str, path: Path, *, article_id: str | None = None, paper: str = "a4") -> None:
    """Write an article with its markings as a PDF on ``paper``, "a4" or "letter".

    Raises as :func:`render` does, and StorageError when there is no article.
    """
    with _shown(location, article_id, (1440, 900)) as (window, failures):
        space = window.workspace
        commands = space.findChild(PrintCommands) if space is not None else None
        if space is None or commands is None or space.state.article is None:
            raise StorageError("There is no article to print.", "Import one first.")
        space.shared.settings.set(PAPER, paper)
        commands.write_pdf(str(path))
        _wait(lambda: not window.jobs.busy, failures)


@contextmanager
def _shown(
    location: str, article_id: str | None, size: tuple[int, int]
) -> Iterator[tuple[MainWindow, list[Exception]]]:
    """Show a window on a project, with settings of its own, and close it after the block."""
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        windows = Windows(make_application(), Settings(Path(folder) / "settings.json"))
        window = windows.make(location, asks=False)
        failures: list[Exception] = []
        window.opening.failed.connect(failures.append)
        window.jobs.failed.connect(failures.append)
        try:
            window.resize(*size)
            window.show()
            space = _opened(window, failures)
            _show_article(window, space, article_id, failures)
            yield window, failures
        finally:
            window.close()
            _wait(lambda: not window.isVisible(), [])
            window.deleteLater()


def _opened(window: MainWindow, failures: list[Exception]) -> Workspace:
    _wait(lambda: window.workspace is not None and not window.jobs.busy, failures)
    assert window.workspace is not None
    return window.workspace


def _show_article(window: MainWindow, space: Workspace, article_id: str | None, failures: list[Exception]) -> None:
    """Open the article and choose the passage that has the most relations, as somebody at work would.

    One in sight, if any there has relations; then what is shown stays where the article begins.
    """
    if article_id is not None:
        space.state.open_article(article_id)
    window.activateWindow()
    _wait(lambda: not window.jobs.busy and window.isActiveWindow(), failures)
    relations = space.state.relations.values()
    linked = Counter(end for r in relations for end in {r.source_id, r.target_id} if end in space.state.marks)
    in_sight = space.view.visible_marks()
    choice = in_sight if any(id_ in linked for id_ in in_sight) else [*in_sight[:1], *space.state.marks]
    if choice:
        space.state.set_current(max(choice, key=lambda id_: linked[id_]))
    _wait(lambda: not window.jobs.busy, failures)


def _save(window: MainWindow, picture: Path) -> None:
    if not QImageWriter(str(picture), b"png").write(window.grab().toImage()):
        raise StorageError(f"The picture {picture} cannot be written.", "Choose a folder that can be written to.")


def _wait(ready: Callable[[], bool], failures: list[Exception]) -> None:
    """Process events until it has been ``ready`` for some looks in a row, or a failure, which is raised."""
    loop = QEventLoop()
    look, patience = QTimer(loop), QTimer(loop)
    looks = 0

    def count() -> None:
        nonlocal looks
        looks = looks + 1 if ready() else 0  # what one read brings may begin another
        if failures or looks >= _LOOKS:
            loop.quit()

    look.timeout.connect(count)
    patience.setSingleShot(True)
    patience.timeout.connect(loop.quit)
    look.start(_LOOK)
    patience.start(_PATIENCE)
    loop.exec()
    look.stop()
    patience.stop()
    if failures:
        raise failures[0]
    if not ready():
        raise StorageError("The project did not show up in two minutes.", "Try again; check the disk it lies on.")
