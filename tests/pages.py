"""The pages in ``docs/`` that are made from the program itself: ``make docs`` writes them, a test compares them."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from annotator.cli.command import Command
from annotator.cli.parser import COMMANDS
from annotator.desktop.action_table import ACTIONS, Context, Menu
from annotator.domain.codebook import default_tags
from tests import manual

DOCS = Path(__file__).resolve().parent.parent / "docs"

_HEAD = """\
# The command line

`annotator [--as NAME] [--new-window] [PROJECT | ARTICLE …]` opens the window, in the Annotator that is running already
if there is one; `--new-window` starts another beside it. Every other call names one of the commands below, needs no
display, and never loads Qt (`render` aside). In a checkout, `python3 -m annotator` is the same and sets itself up.

Exit codes: 0 done, 1 the project or a file has a problem (printed), 2 wrong usage, 3 a fault. The outcome goes to
standard output, as JSON with `--json`; messages go to standard error.

**Who is writing** is never guessed: it is `--as NAME`, else what this device remembers for the project
(`new --analyst` sets it), else nobody, and then nothing is written.

`annotator --install-shortcut` puts the program into the desktop's menu (in `XDG_DATA_HOME`): a double click then opens
projects and packets; `annotator --remove-shortcut` undoes that. The Debian package needs neither.

This page is made from the program; `make docs` writes it.
"""


def command_page() -> str:
    """Return ``docs/cli.md``."""
    return "\n".join([_HEAD, *(line for command in COMMANDS.values() for line in _section(command))])


def _section(command: Command) -> Iterator[str]:
    parser = command.parser()
    yield f"## `{command.name}`\n"
    yield f"{command.summary[0].upper()}{command.summary[1:]}. {command.details}".strip().replace("\n", " ") + "\n"
    yield "| argument | |\n| --- | --- |"
    for action in parser._actions:
        if not isinstance(action, argparse._HelpAction):
            yield f"| {_words(action)} | {(action.help or '').replace('|', '/')} |"
    yield ""
    if command.examples:
        yield "```sh"
        yield from (f"annotator {example}" for example in command.examples)
        yield "```\n"


def _words(action: argparse.Action) -> str:
    value = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if action.choices is not None:
        value = " · ".join(map(str, action.choices))
    if action.nargs == 0:
        value = ""
    elif action.nargs == "+":
        value += " …"
    return " ".join(f"`{word}`" for word in (", ".join(action.option_strings), value) if word)


_KEYS_HEAD = """\
# Actions and keys

Every action of the window with its stable id, by menu. Keys marked *text* are heard while the article has the focus and
nowhere else: single letters never do anything unseen. The article has the focus when it opens; Esc returns to it. Keys
marked *review* are heard on the screens of a review.

In the window F1 shows all keys, Ctrl+K finds any action by name.

This page is made from the program; `make docs` writes it.
"""


def key_page() -> str:
    """Return ``docs/keys.md``."""
    lines = [_KEYS_HEAD, "## Tags\n", "| key | makes a passage, or changes the tag of the current one |\n| --- | --- |"]
    lines += [f"| {_key(tag.key)} *text* | {tag.name} |" for tag in default_tags() if tag.key]
    lines.append("\nShift and the key: a second passage on the same words.\n")
    for menu in Menu:
        lines.append(f"## {menu.replace('&', '')}\n\n| action | keys | id |\n| --- | --- | --- |")
        for action in ACTIONS:
            if action.menu is menu:
                keys = " ".join(map(_key, action.shortcuts)) + _WHERE.get(action.context, "")
                lines.append(f"| {action.text.replace('&', '')} | {keys if action.shortcuts else ''} | `{action.id}` |")
        lines.append("")
    return "\n".join(lines)


_WHERE = {Context.ARTICLE: " *text*", Context.REVIEW: " *review*", Context.FIGURE: " *review*"}


def _key(key: str) -> str:
    return f"`{key}`"


PAGES = {"cli.md": command_page, "keys.md": key_page}


def main() -> None:
    """Write all pages, the manual, and the pictures of the window."""
    DOCS.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
    _draw(DOCS / "annotator.png")
    (manual.MANUAL / "index.html").write_text(manual.page(), encoding="utf-8")
    manual.draw(manual.MANUAL)


def _draw(picture: Path) -> None:
    """Draw the window on the sample, as the command ``render`` does."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from annotator import open_project
    from annotator.desktop.render import render
    from annotator.services.sample import make_sample

    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = folder  # nothing of the person who runs this
        sample = str(make_sample())
        with open_project(sample, read_only=True) as project:
            fullest = max(project.articles.summaries(), key=lambda summary: summary.total)
        render(sample, picture, article_id=fullest.article.id)


if __name__ == "__main__":
    main()
