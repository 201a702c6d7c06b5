"""Start the program: ``annotator``, or ``python3 -m annotator`` in a checkout, which sets itself up first."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator import bootstrap, children, system

if TYPE_CHECKING:
    from annotator.instance import Claim


class _QtDesktop:
    """The window and its picture, imported when they are asked for: every other command runs without Qt."""

    def show(self, paths: Sequence[str], *, analyst: str | None, claim: Claim | None, notice: str) -> int:
        from annotator.desktop.app import main as show

        return show(list(paths), analyst=analyst, claim=claim, notice=notice)

    def print_pdf(self, location: str, path: Path, *, article_id: str | None, paper: str) -> None:
        _go_offscreen()
        from annotator.desktop.render import print_pdf

        print_pdf(location, path, article_id=article_id, paper=paper)

    def render(self, location: str, picture: Path, *, article_id: str | None, size: tuple[int, int]) -> None:
        _go_offscreen()
        from annotator.desktop.render import render

        render(location, picture, article_id=article_id, size=size)


def _go_offscreen() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # that platform tells what it lacks
    system.ensure_system_libraries()


def main(words: Sequence[str] | None = None) -> int:
    """Run one command, or open the window.

    Args:
        words: the command line without the program's name; that of the process when None.

    Returns:
        The exit code: 0 done, 1 the project or a file has a problem, 2 wrong usage, 3 a fault.
    """
    words = list(sys.argv[1:] if words is None else words)
    if children.is_bundled() and words[:1] == [children.CHILD]:
        children.run_child(words[1:])
        return 0
    from annotator.cli.parser import parse  # answers --help and wrong usage before anything is installed

    options = parse(words)
    try:
        bootstrap.continue_in_environment(["-m", "annotator", *words])
        from annotator.cli.running import run

        return run(options, _QtDesktop())
    except system.SetUpError as error:
        bootstrap.stop(error)


if __name__ == "__main__":
    sys.exit(main())
