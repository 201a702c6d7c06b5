"""The manual that ships with the program: chapters, and references made from the program. ``make docs`` writes it.

``chapters.html`` has the chapters, ``actions.tsv`` a sentence for each action (its id, a tab, what it does).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from annotator.cli.parser import COMMANDS
from annotator.desktop.action_table import ACTIONS, ActionId, Menu

HERE = Path(__file__).resolve().parent
MANUAL = HERE.parent.parent / "resources" / "manual"
_HEAD = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file:; style-src 'self' file:">
<title>Annotator: the manual</title>
<link rel="stylesheet" href="manual.css">
</head>
<body>
<header>
<h1>Annotator</h1>
<p>Who claims, denies and shows what in the news: a short manual.</p>
</header>
"""
_KEYS_INTRO = """\
<p>Every action of the window, by menu. Keys that are a single letter are heard while the text has the focus, or on the
screens of a review, and nowhere else. You can change keys in the settings.</p>
"""
_COMMANDS_INTRO = """\
<p><code>annotator PROJECT</code> opens the window; every other call is a command that needs no display. Add
<code>--help</code> to any of them for all its options, <code>--json</code> for output that a program reads, and
<code>--as NAME</code> to say who is writing. Exit codes: 0 done, 1 something is wrong with the project or file, 2 wrong
usage, 3 a fault.</p>
"""


def sentences() -> dict[str, str]:
    """Return what each action does, by its id."""
    lines = (HERE / "actions.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if line.strip())


def page() -> str:
    """Return ``resources/manual/index.html``."""
    chapters = "\n".join(((HERE / "chapters.html").read_text(encoding="utf-8"), *_keys(), *_commands()))
    titles = re.findall(r'<section id="(\w+)">\s*<h2>(.*?)</h2>', chapters)
    links = "\n".join(f'<li><a href="#{id_}">{title}</a></li>' for id_, title in titles)
    contents = f'<nav aria-label="Contents">\n<ol>\n{links}\n</ol>\n</nav>'
    return f"{_HEAD}{contents}\n<main>\n{chapters}\n</main>\n</body>\n</html>\n"


def _keys() -> Iterator[str]:
    does = sentences()
    yield f'<section id="keys">\n<h2>All actions and keys</h2>\n{_KEYS_INTRO}'
    for menu in Menu:
        yield f'<h3>{escape(menu.replace("&", ""))}</h3>\n<table class="reference">'
        yield "<tr><th>Action</th><th>Keys</th><th>What it does</th></tr>"
        for action in ACTIONS:
            if action.menu is menu:
                keys = " ".join(f"<kbd>{escape(key)}</kbd>" for key in action.shortcuts)
                name = escape(action.text.replace("&", ""))
                said = escape(does.get(action.id, ""))
                yield f'<tr id="{action.id}"><td>{name}</td><td>{keys}</td><td>{said}</td></tr>'
        yield "</table>"
    yield "</section>"


def _commands() -> Iterator[str]:
    yield f'<section id="commands">\n<h2>The command line</h2>\n{_COMMANDS_INTRO}<dl class="commands">'
    for command in COMMANDS.values():
        yield f'<dt id="command-{command.name}"><code>{command.name}</code></dt>'
        example = f"<code>annotator {escape(command.examples[0])}</code>" if command.examples else ""
        yield f"<dd>{escape(command.summary[0].upper() + command.summary[1:])}. {example}</dd>"
    yield "</dl>\n</section>"


def lacking() -> list[str]:
    """Return the actions that have no sentence, and the sentences whose action is no more."""
    known = {str(id_) for id_ in ActionId}
    return sorted(known ^ set(sentences()))


def draw(folder: Path) -> None:
    """Draw the pictures of the manual with the program's own command ``render``; nothing of the user's is touched."""
    import os
    import tempfile

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from annotator import open_project
    from annotator.desktop.render import render
    from annotator.services.sample import make_sample

    with tempfile.TemporaryDirectory() as own:
        sample = str(make_sample(Path(own)))
        with open_project(sample, read_only=True) as project:
            by_size = sorted(project.articles.summaries(), key=lambda summary: -summary.total)
        for name, summary in zip(("window.png", "relations.png"), by_size, strict=False):
            render(sample, folder / name, article_id=summary.article.id, size=(1366, 768))
