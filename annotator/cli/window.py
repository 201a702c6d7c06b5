"""Open the window; on a machine without a display, do its main job where it can be seen: a picture and an export."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from annotator import bootstrap, system
from annotator.cli.command import DONE, Desktop
from annotator.cli.output import Output
from annotator.domain.errors import UsageError
from annotator.handing_over import Request
from annotator.instance import Start, begin
from annotator.paths import is_packet

_SIZE = (1440, 900)


def open_window(
    paths: Sequence[str], analyst: str | None, desktop: Desktop, output: Output, *, alone: bool = False
) -> int:
    """Show the window on ``paths``, or write a picture and an export of the project when there is no display.

    Args:
        paths: projects, articles and packets; empty for the start page.
        analyst: who writes there: a name, initials or an id.
        desktop: the window and its picture.
        output: where to write.
        alone: have nothing to do with an instance that runs already.

    Raises:
        SetUpError: a system library that Qt needs is missing and may not be installed from here.
        UsageError: articles were named and there is no display to preview them on.
    """
    if system.has_display():
        return _show(paths, analyst, desktop, output, alone=alone)
    output.say("There is no display: the window is drawn into a picture. `annotator --help` lists what needs none.")
    if any(map(is_packet, paths)):
        raise UsageError("A review packet opens in a window.", "Type `annotator merge NEW.annotator PACKET` instead.")
    if len(paths) > 1 or any(not _may_be_project(path) for path in paths):
        raise UsageError("Articles are brought in by a window here.", "Type `annotator import PROJECT FILE …` instead.")
    from annotator.services.sample import make_sample

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    system.ensure_system_libraries()
    location = paths[0] if paths else str(make_sample())
    folder = _writable_folder(output)
    _draw(location, folder / "annotator.png", desktop, output)
    _export(location, folder / "annotator.json", output)
    return DONE


def _show(paths: Sequence[str], analyst: str | None, desktop: Desktop, output: Output, *, alone: bool) -> int:
    """Show the window, here or in the instance that runs already."""
    start = Start() if alone else begin(Request.of(paths, analyst))
    if start.taken:
        output.say("Annotator is running: it comes to the front.")
        return DONE
    notice = "Annotator is running already but does not answer. This window works on its own." if start.silent else ""
    if notice:
        output.say(notice)
    try:
        system.ensure_system_libraries()
        return desktop.show(paths or _first_start(), analyst=analyst, claim=start.claim, notice=notice)
    finally:
        if start.claim is not None:
            start.claim.close()


def _first_start() -> list[str]:
    """Return the sample when somebody tries a checkout for the first time; else the window offers what there is."""
    from annotator.services.sample import make_sample
    from annotator.settings import Settings

    return [str(make_sample())] if bootstrap.in_checkout() and not Settings().recent_projects() else []


def _may_be_project(path: str) -> bool:
    return "://" in path or path.lower().endswith(".annotator")


def _writable_folder(output: Output) -> Path:
    """Return the current folder, or a new temporary one when nothing can be written here."""
    here = Path.cwd()
    if os.access(here, os.W_OK):
        return here
    folder = Path(tempfile.mkdtemp(prefix="annotator-"))
    output.say(f"{here} cannot be written to; the files go to {folder}")
    return folder


def _draw(location: str, picture: Path, desktop: Desktop, output: Output) -> None:
    desktop.render(location, picture, article_id=None, size=_SIZE)
    output.say(f"{picture}: the window")


def _export(location: str, file: Path, output: Output) -> None:
    """Write the exchange JSON of the project and print the project's figures."""
    from annotator.services.project import open_project

    with open_project(location, read_only=True) as project:
        project.exchange.write(file)
        output.say(f"{file}: the project as exchange JSON")
        stats = project.stats.summary()
    output.result(stats, stats.lines())
