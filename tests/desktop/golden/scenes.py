"""The scenes of the golden pictures: what stands in them, and how large they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from annotator.desktop import theme
from annotator.desktop.article_picture import view_theme
from annotator.desktop.article_view import ArticleHeader, ArticleView, TagStyle
from annotator.desktop.article_view.map_bar import MapBar
from annotator.desktop.article_view.thin_lanes import ThinLane
from annotator.desktop.render import render
from annotator.desktop.review.authors import Author, authors_of, draw_shape
from annotator.domain.annotations import Span
from annotator.domain.articles import Block, BlockKind
from annotator.domain.codebook import TagKind
from annotator.domain.marks import Mark
from annotator.services.project import create_project
from annotator.services.sample import make_sample
from tests.factories import make_analyst

STYLES = {
    "claim": TagStyle(TagKind.CLAIM, "#2f6fd0", "", "Claim"),
    "denial": TagStyle(TagKind.DENIAL, "#c8452b", "", "Denial"),
    "evidence": TagStyle(TagKind.EVIDENCE, "#2c8a57", "", "Evidence"),
    "other": TagStyle(TagKind.OTHER, "#8a6fc0", "X", "Context"),
    "vow": TagStyle(TagKind.CLAIM, "#b06010", "V", "Vow"),
}
HEADER = ArticleHeader("", "The Harbour Courier", "Ada Quist", "20 November 2026")
TEXT = """Harbour council denies secret toll deal
Fishermen show receipts that nobody signed
The port of Vellmouth doubled its tolls in March, and nobody can say who signed the order. Fishermen said the new toll \
would “ruin half the quay” by winter, and asked for the minutes.
“We never met the company,” said Mara Lind, the council’s leader. “The register shows a payment of 4,200 crowns, and \
it was made before I took office.”
A boat at quay seven, which pays the new toll
Tom Reed, who runs the company, declined to comment. His clerk said that the receipts were genuine, and that the \
council had asked for them twice."""
WORDS = (
    ("The port of Vellmouth doubled its tolls in March", "claim", "Ferry Board · claim"),
    ("nobody can say who signed the order", "claim", "claim"),
    ("the new toll would “ruin half the quay” by winter", "vow", "Fishermen · vow"),
    ("“We never met the company,” said Mara Lind", "denial", "Mara Lind · denial"),
    ("The register shows a payment of 4,200 crowns", "evidence", "Mara Lind · evidence"),
    ("4,200 crowns, and it was made before I took office", "denial", "Mara Lind · denial"),
    ("declined to comment", "other", "Tom Reed · context"),
    ("the receipts were genuine", "evidence", "A clerk · evidence"),
)
BIDI = """ראש העיר אמר: “the quay was closed” – והוסיף שזה לא נכון 123 פעמים, ולא הסביר למה the minutes were lost בכלל.
The mayor wrote “לא נכון, זה שקר” in a letter of 12 March, and the council read it as a denial (“שקר”) of the claim.
הרציף נסגר במרץ, והדייגים מכחישים שידעו על כך דבר לפני החורף."""
EMOJI = """Reply: “That’s false 😀😀, and the café owner knows it,” wrote José Núñez (❤, ☺) under the picture.
She answered with naïve words, cafe\u0301 and re\u0301sume\u0301 in decomposed letters, \
a\u0308o\u0308u\u0308, and 😀 again at the end 😀
Z\u0301\u0302\u0308a\u0300\u0323\u0302lgo stands higher than its line; the marks below go on."""
LONG = "Her Excellency the Permanent Under-Secretary for Harbours, Ferries and Inland Waterways Dr A. Featherstonehaugh"


@dataclass(frozen=True)
class Scene:
    """One picture: its name, who paints it, and the factor of the screen it is painted on."""

    name: str
    paint: Callable[[Path], QImage]
    scale: str = "1"


def spans(text: str, words: tuple[tuple[str, str, str], ...]) -> tuple[list[Mark], dict[str, str]]:
    """Return marks on these words with these tags, and their labels."""
    found = []
    for number, (quote, tag, _) in enumerate(words):
        start = text.index(quote)
        found.append(Mark(f"m{number}", start, start + len(quote), tag, "ab"))
    found.sort(key=lambda mark: (mark.start, mark.end))
    return found, {f"m{number}": label for number, (_, _, label) in enumerate(words)}


def blocks(text: str) -> tuple[Block, ...]:
    """Return the kinds of the paragraphs of ``TEXT``."""
    kinds = {0: BlockKind.HEADLINE, 1: BlockKind.STANDFIRST, 4: BlockKind.CAPTION}
    starts = [0]
    for paragraph in text.split("\n"):
        starts.append(starts[-1] + len(paragraph) + 1)
    return tuple(Block(start=starts[n], end=starts[n + 1] - 1, kind=kind) for n, kind in kinds.items())


def view_of(text: str = TEXT, *, size: tuple[int, int] = (800, 400), colours: theme.Theme = theme.LIGHT) -> ArticleView:
    """Return a view that is shown and has the focus, so that its caret and frame are in the picture."""
    view = ArticleView()
    view.resize(*size)
    view.set_theme(view_theme(colours))
    view.set_tag_styles(STYLES)
    view.set_article(text, blocks(text) if text == TEXT else (), header=HEADER if text == TEXT else ArticleHeader())
    view.show()
    view.activateWindow()
    view.setFocus()
    return view


def picture(view: ArticleView) -> QImage:
    """Return a view's picture once its scroll bar's map is complete, and take the view away."""
    QApplication.processEvents()
    bar = view.verticalScrollBar()
    assert isinstance(bar, MapBar)
    while bar.busy:
        QApplication.processEvents()
    image = view.grab().toImage()
    view.close()
    view.deleteLater()
    return image


def marked(
    text: str = TEXT,
    words: tuple[tuple[str, str, str], ...] = WORDS,
    *,
    size: tuple[int, int] = (800, 400),
    colours: theme.Theme = theme.LIGHT,
) -> ArticleView:
    """Return a view with passages on it."""
    view = view_of(text, size=size, colours=colours)
    marks, labels = spans(text, words)
    view.set_marks(marks)
    view.set_labels(labels)
    return view


def themed(colours: theme.Theme) -> Callable[[Path], QImage]:
    """Return what paints the usual article, its current passage and its relations, in one theme."""

    def paint(_folder: Path) -> QImage:
        view = marked(size=(900, 340), colours=colours)
        view.set_relations([("m3", "m0", "rebuts"), ("m4", "m3", "supports"), ("m7", "m4", "supports")])
        view.set_current("m3")
        return picture(view)

    return paint


def sharp(_folder: Path) -> QImage:
    """What has to stand on whole pixels of any screen: underlines, ticks, brackets, handles, the caret."""
    view = marked(size=(620, 260))
    view.set_current("m0")
    return picture(view)


def overlaps(_folder: Path) -> QImage:
    """Ten passages over one another: three lanes, and how many more."""
    view = view_of(size=(800, 300))
    start = TEXT.index("The port of Vellmouth")
    tags = list(STYLES)
    marks = [Mark(f"m{n}", start + 6 * n, start + 230 - 9 * n, tags[n % 5], "ab") for n in range(10)]
    view.set_marks(marks)
    view.set_labels({mark.id: f"Speaker {n} · {STYLES[mark.tag_id].name.lower()}" for n, mark in enumerate(marks)})
    view.set_current("m4")
    return picture(view)


def crowded(_folder: Path) -> QImage:
    """Three hundred passages on one paragraph, which are counted where they cannot be told apart."""
    view = view_of(size=(800, 300))
    start = TEXT.index("The port of Vellmouth")
    tags = list(STYLES)
    starts = [start + n * 37 % 180 for n in range(300)]
    marks = [Mark(f"m{n:03}", at, at + 8 + n * 13 % 60, tags[n % 5], "ab") for n, at in enumerate(starts)]
    view.set_marks(sorted(marks, key=lambda mark: (mark.start, mark.end)))
    view.set_labels({mark.id: f"Speaker {n % 7} · {STYLES[mark.tag_id].name.lower()}" for n, mark in enumerate(marks)})
    return picture(view)


def lanes(_folder: Path) -> QImage:
    """The final version on the line, and a thin lane with a sign for each of nine analysts below it."""
    view = view_of("No one paid.", size=(330, 124))
    names = [make_analyst(f"Analyst {n}") for n in range(1, 10)]
    authors = authors_of([analyst.id for analyst in names], {analyst.id: analyst for analyst in names})
    tags = list(STYLES)
    marks = [Mark(f"l{n}", n % 3, 11 - n // 2, tags[n % 5], "") for n in range(len(authors))]
    view.set_thin_lanes(
        [ThinLane(author.colour, partial(draw_sign, author), (marks[n],)) for n, author in enumerate(authors)]
    )
    view.set_strong_lines(frozenset(mark.id for mark in marks[:-1]))
    view.set_marks([Mark("final", 0, 11, "denial", "")])
    view.set_current("final")
    return picture(view)


def draw_sign(author: Author, painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Draw the sign of an analyst."""
    draw_shape(painter, author.shape, box, colour)


def bidi(_folder: Path) -> QImage:
    """Hebrew with Latin in it and Latin with Hebrew in it, with passages over both and a selection."""
    words = (
        ("“the quay was closed” – והוסיף", "claim", "Mayor · claim"),
        ("123 פעמים, ולא הסביר למה the minutes", "evidence", "Mayor · evidence"),
        ("“לא נכון, זה שקר” in a letter", "denial", "Mayor · denial"),
        ("read it as a denial (“שקר”) of", "other", "Council · context"),
        ("והדייגים מכחישים", "denial", "Fishermen · denial"),
    )
    view = marked(BIDI, words, size=(800, 330))
    start = BIDI.index("wrote")
    view.select_span(start, start + 24)
    return picture(view)


def emoji(_folder: Path) -> QImage:
    """Pictures, and letters with marks above and below, none of which a passage or the selection cuts."""
    words = (
        ("That’s false 😀😀", "denial", "José Núñez · denial"),
        ("cafe\u0301 and re\u0301sume\u0301", "claim", "claim"),
        ("a\u0308o\u0308u\u0308, and 😀 again", "evidence", "evidence"),
        ("Z\u0301\u0302\u0308a\u0300\u0323\u0302lgo", "other", "context"),
    )
    view = marked(EMOJI, words, size=(800, 300))
    view.select_span(EMOJI.index("owner"), EMOJI.index("owner") + 14)
    return picture(view)


def long_names(_folder: Path) -> QImage:
    """Speakers whose names do not fit the margin, one of them shown whole because the mouse is over it."""
    view = marked(words=tuple((quote, tag, f"{LONG} · {tag}") for quote, tag, _ in WORDS))
    view.hover("m4", on_label=True)
    return picture(view)


def no_passages(_folder: Path) -> QImage:
    """An article on which nothing is marked yet."""
    return picture(view_of(size=(800, 300)))


def selection(_folder: Path) -> QImage:
    """Words selected over three paragraphs, passages among them."""
    view = marked()
    view.select_span(TEXT.index("signed the order"), TEXT.index("before I took"))
    return picture(view)


def moving(_folder: Path) -> QImage:
    """The current passage while keys move its ends: bolder handles."""
    view = marked()
    view.set_current("m5")
    view.begin_move_ends()
    return picture(view)


def zoomed(_folder: Path) -> QImage:
    """Everything twice as large."""
    view = marked()
    view.set_zoom(200)
    view.set_current("m0")
    return picture(view)


def found(_folder: Path) -> QImage:
    """What was searched for: all of it, and the one that is looked at."""
    view = marked(size=(800, 300))
    view.find("the")
    view.find_next()
    view.find_next()
    return picture(view)


def found_and_gone_to(_folder: Path) -> QImage:
    """The same where colours are few, and a paragraph that is pointed out."""
    view = marked(size=(620, 300), colours=theme.STRONG_DARK)
    view.find("the")
    view.find_next()
    view.find_next()
    start = TEXT.index("Fishermen show")
    view.point_out(Span(start, TEXT.index("\n", start)))
    return picture(view)


def windowed(*size: int) -> Callable[[Path], QImage]:
    """Return what paints the window on the sample."""

    def paint(folder: Path) -> QImage:
        target = folder / "window.png"
        sample = make_sample(folder)
        with closing(sqlite3.connect(sample)) as connection, connection:  # the inspector shows when things were done
            for table in ("change", "version"):
                connection.execute(f"UPDATE {table} SET at = '2025-03-14T09:30:00.000Z'")
        render(str(sample), target, size=(size[0], size[1]))
        return QImage(str(target))

    return paint


def empty_window(folder: Path) -> QImage:
    """The window on a project without articles: it says how to begin."""
    target = folder / "window.png"
    path = folder / "Harbour tolls.annotator"
    create_project(str(path), name="Harbour tolls", analyst="Ada Quist").close()
    render(str(path), target, size=(1100, 640))
    return QImage(str(target))


SCENES = (
    Scene("light", themed(theme.LIGHT)),
    Scene("dark", themed(theme.DARK)),
    Scene("high contrast light", themed(theme.STRONG_LIGHT)),
    Scene("high contrast dark", themed(theme.STRONG_DARK)),
    Scene("overlaps ten deep", overlaps),
    Scene("three hundred on a paragraph", crowded),
    Scene("bidi", bidi),
    Scene("emoji", emoji),
    Scene("long names", long_names),
    Scene("no passages", no_passages),
    Scene("no articles", empty_window),
    Scene("selection", selection),
    Scene("moving the ends", moving),
    Scene("lanes of analysts", lanes),
    Scene("zoom 200", zoomed),
    Scene("found", found),
    Scene("found and gone to", found_and_gone_to),
    Scene("window 1366 x 768", windowed(1366, 768)),
    Scene("window 683 x 384", windowed(683, 384)),
    Scene("scale 1.25", sharp, scale="1.25"),
    Scene("scale 2", sharp, scale="2"),
)
