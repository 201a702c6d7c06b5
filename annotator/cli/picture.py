"""The command that makes a picture of the window or a PDF. Only this one loads Qt, and it needs no display."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from annotator.cli import opening
from annotator.cli.command import DONE, Call, Command
from annotator.cli.filters import article_id

_SMALLEST, _LARGEST = (640, 360), (7680, 4320)


def _size(word: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d+)x(\d+)", word)
    size = (int(match[1]), int(match[2])) if match else (0, 0)
    if not (_SMALLEST[0] <= size[0] <= _LARGEST[0] and _SMALLEST[1] <= size[1] <= _LARGEST[1]):
        raise argparse.ArgumentTypeError(f"“{word}” is no size between 640x360 and 7680x4320")
    return size


def _render_arguments(parser: argparse.ArgumentParser) -> None:
    opening.add_project(parser)
    parser.add_argument("-o", "--output", metavar="FILE", required=True, type=Path, help="NAME.png or NAME.pdf")
    parser.add_argument("--article", metavar="ID", help="the article to show: id or title; default: the first")
    parser.add_argument(
        "--size", metavar="WxH", type=_size, default=(1440, 900), help="of the picture; default: 1440x900"
    )
    parser.add_argument("--paper", choices=("a4", "letter"), default="a4", help="of the PDF; default: a4")


def _render(call: Call) -> int:
    options = call.options
    article = None
    if options.article:
        with opening.to_read(options) as project:
            article = article_id(project, options.article)
    if options.output.suffix.lower() == ".pdf":
        call.desktop.print_pdf(options.project, options.output, article_id=article, paper=options.paper)
        call.output.result({"pdf": str(options.output), "paper": options.paper}, [str(options.output)])
        return DONE
    call.desktop.render(options.project, options.output, article_id=article, size=options.size)
    width, height = options.size
    document = {"picture": str(options.output), "width": width, "height": height}
    call.output.result(document, [f"{options.output}: {width} x {height}"])
    return DONE


COMMANDS = (
    Command(
        name="render",
        summary="write a picture of the window, or an article with its markings as PDF",
        arguments=_render_arguments,
        run=_render,
        examples=(
            "render story.annotator -o window.png --size 1600x1000",
            "render story.annotator -o article.pdf --article 'Harbour toll' --paper letter",
        ),
    ),
)
