"""What a web page says: its article's blocks and metadata, found in its markup.

This is for the child process that reads strangers' files (:mod:`annotator.formats.reading_child`): trafilatura takes
longer to import than the window, and a page may be made to harm its reader. trafilatura finds what belongs to the
article and tells its metadata; the text itself is taken from the markup in reading order, because an extractor drops
captions and standfirsts, which analysts quote.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

TOO_DEEP = "too deep"
NO_TEXT = "no text"

_SKIPPED = re.compile(
    "script|style|noscript|template|iframe|form|button|nav|footer|svg|canvas|audio|video|object|embed|select|textarea|"
    "head|dialog|aside|menu"
)
_BLOCK = re.compile(
    "address|article|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|h[1-6]|header|hr|html|li|"
    "main|ol|p|pre|section|summary|table|tbody|td|th|thead|tr|ul"
)
_HEADING = re.compile("h[2-6]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_STANDFIRST = re.compile(
    r"stand-?first|sub-?title|sub-?head(?:line)?\b|\bdek\b|\bdeck\b|strapline|article-?summary|\blead\b|\bintro\b"
)
_CAPTION = re.compile(r"caption")
_BOILERPLATE = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|promo\w*|related|recommend\w*|newsletter|subscri\w*|shar(?:e|ing)|social|comments?|"
    r"cookie\w*|breadcrumbs?|byline|author|timestamp|tags?|topics?|most-?read|sidebar|paywall)(?:$|[\s_-])"
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|byline|author|timestamp|newsletter|shar(?:e|ing)|related|links)(?:$|[\s_-])"
)
_UNSEEN = re.compile(r"visually-?hidden|sr-only|screen-?reader")
_SHORT = 40
_NEAR = 3
_SHARED = 0.5
_LEAST_TEXT = 50
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class Leaf:
    """A stretch of running text: ``element`` is the block-level element around it, ``kind`` what the markup says.

    ``joined`` tells that only a line break, no end of a paragraph, parts it from the one before.
    """

    text: str
    kind: str
    element: Any
    joined: bool = False

    @property
    def key(self) -> str:
        """The text without white space, to compare it with what the extractor gives."""
        return key_of(self.text)


def key_of(text: str) -> str:
    """Return ``text`` without white space and case."""
    return "".join(text.split()).casefold()


def read(source: bytes) -> dict[str, Any]:
    """Return the blocks ``[kind, text, joined]`` and metadata of a page in UTF-8, or ``{"refused": reason}``."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", no_network=True)
    try:
        tree = document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return {"refused": NO_TEXT}
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        return {"refused": TOO_DEEP}
    metadata, units = extract(tree)
    leaves = list(LeafReader().leaves(tree))
    chosen = choose(leaves, units, metadata.get("description", ""))
    if not chosen:
        return {"refused": NO_TEXT}
    chosen, headline_found = with_headline(chosen, leaves, metadata.get("title", ""))
    title = next((leaf.text for leaf in chosen if leaf.kind == "headline"), metadata.get("title", ""))
    blocks = [[leaf.kind, leaf.text, leaf.joined] for leaf in chosen]
    return {**metadata, "title": title, "blocks": blocks, "headline_found": headline_found}


def extract(tree: Any) -> tuple[dict[str, str], list[str]]:  # noqa: ANN401  (lxml has no types)
    """Return the metadata of the page and the texts that trafilatura takes for the article's."""
    import trafilatura

    language = next((value for value in (tree.get("lang"), tree.get("xml:lang")) if value), "")
    document: Any = trafilatura.bare_extraction(
        deepcopy(tree),
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if document is None:
        return {"language": language}, []
    metadata = {
        "title": document.title,
        "byline": document.author,
        "outlet": document.sitename,
        "published_at": document.date,
        "url": document.url,
        "description": document.description,
    }
    units = [text for element in document.body.iter() for text in (element.text, element.tail) if text and text.strip()]
    whole = ["".join(element.itertext()) for element in document.body.iter("p", "head", "item", "quote", "cell")]
    return {k: v or "" for k, v in metadata.items()} | {"language": language}, units + whole


class LeafReader:
    """Cuts a page into its running texts in reading order, without scripts, menus and what is hidden."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._broken = False

    def leaves(self, tree: Any) -> Iterator[Leaf]:  # noqa: ANN401
        """Yield the leaves of a parsed page."""
        body = tree.find("body")
        if body is not None:
            yield from self._walk(body, body)

    def _walk(self, element: Any, block: Any) -> Iterator[Leaf]:  # noqa: ANN401
        opens = bool(_BLOCK.fullmatch(element.tag))
        if opens:
            yield from self._flush(block, line_break=False)
            block = element
        self._pieces.append(element.text or "")
        for child in element:
            if child.tag == "br":
                yield from self._flush(block, line_break=True)
            elif isinstance(child.tag, str) and not is_skipped(child):
                yield from self._walk(child, block)
            self._pieces.append(child.tail or "")
        if opens:
            yield from self._flush(block, line_break=False)

    def _flush(self, element: Any, *, line_break: bool) -> Iterator[Leaf]:  # noqa: ANN401
        text = _SPACE.sub(" ", "".join(self._pieces)).strip(" ")
        self._pieces.clear()
        if text.strip():
            yield Leaf(text, kind_of(element), element, joined=self._broken)
            self._broken = line_break
        elif not line_break:
            self._broken = False


def is_skipped(element: Any) -> bool:  # noqa: ANN401
    """Whether nothing under the element is read: no text for readers, or hidden from them."""
    if _SKIPPED.fullmatch(element.tag) or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search((element.get("style") or "").lower()) or _UNSEEN.search(names_of(element)))


def kind_of(element: Any) -> str:  # noqa: ANN401
    """Return what the markup around a leaf says that it is: caption, headline, subhead, standfirst or body."""
    for ancestor in (element, *element.iterancestors()):
        tag, names = ancestor.tag, names_of(ancestor)
        if tag == "figcaption" or (_CAPTION.search(names) and tag not in {"article", "main", "body", "html"}):
            return "caption"
        if tag == "h1":
            return "headline"
        if _STANDFIRST.search(names) and tag in {"p", "div", "h2", "h3", "span", "header", "section", "ul"}:
            return "standfirst" if ancestor is element or len(ancestor) <= 3 else "body"  # noqa: PLR2004
        if _HEADING.fullmatch(tag):
            return "subhead"
        if tag in {"article", "main", "body", "html"}:
            break
    return "body"


def names_of(element: Any) -> str:  # noqa: ANN401
    """Return the class, id and test names of an element, in lower case."""
    return " ".join(
        element.get(name) or "" for name in ("class", "id", "data-testid", "data-component", "itemprop")
    ).lower()


def choose(leaves: Sequence[Leaf], units: Iterable[str], description: str) -> list[Leaf]:
    """Return the leaves that are the article's: what the extractor kept, their siblings, and captions among them."""
    exact = {key_of(unit) for unit in units}
    everything = "\n".join(exact)
    kept = [leaf for leaf in leaves if leaf.key in exact or (len(leaf.key) >= _SHORT and leaf.key in everything)]
    kept = [leaf for leaf in kept if not is_furniture(leaf) and (leaf.kind != "headline" or leaf.key in exact)]
    if sum(len(leaf.text) for leaf in kept if leaf.kind != "headline") < _LEAST_TEXT:
        kept = [leaf for leaf in leaves if leaf.kind != "headline" and not is_boilerplate(leaf)]
    if not any(leaf.kind in {"body", "standfirst"} for leaf in kept):
        return []
    return among(leaves, kept, key_of(description))


def among(leaves: Sequence[Leaf], kept: Sequence[Leaf], description: str) -> list[Leaf]:
    """Add to the kept leaves, in reading order, what stands among them and belongs to the article."""
    wanted = {id(leaf) for leaf in kept}
    parents = {id(leaf.element.getparent()) for leaf in kept if leaf.kind == "body"}
    article = container([leaf.element for leaf in kept if leaf.kind != "headline"])
    positions = [i for i, leaf in enumerate(leaves) if id(leaf) in wanted and leaf.kind == "body"]
    first, last = (positions[0], positions[-1]) if positions else (0, len(leaves))
    chosen = []
    for index, leaf in enumerate(leaves):
        if index <= first and leaf.kind in {"body", "subhead"} and description and leaf.key == description:
            leaf.kind = "standfirst"
        between = first < index < last and id(leaf.element.getparent()) in parents and leaf.kind == "body"
        inside = is_inside(leaf.element, article) and not is_boilerplate(leaf)
        belongs = between or leaf.kind == "caption" or (leaf.kind == "standfirst" and index <= first)
        if id(leaf) in wanted or (inside and belongs):
            chosen.append(leaf)
    return chosen


def container(elements: Sequence[Any]) -> Any:  # noqa: ANN401
    """Return the ``article`` or ``main`` around most of the elements, else their lowest common ancestor."""
    for tag in ("article", "main"):
        counts: dict[Any, int] = {}
        for element in elements:
            around = next(element.iterancestors(tag), None)
            if around is not None:
                counts[around] = counts.get(around, 0) + 1
        best = max(counts, key=lambda around: counts[around], default=None)
        if best is not None and counts[best] * 2 > len(elements):
            return best
    common = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        line = {element, *element.iterancestors()}
        common = [ancestor for ancestor in common if ancestor in line]
    return common[0]


def is_inside(element: Any, ancestor: Any) -> bool:  # noqa: ANN401
    """Whether the element is the ancestor or lies in it."""
    return element is ancestor or any(around is ancestor for around in element.iterancestors())


def is_boilerplate(leaf: Leaf) -> bool:
    """Whether an element around the leaf is named as an advertisement, a share bar, a list of related articles."""
    for element in (leaf.element, *leaf.element.iterancestors()):
        if element.tag in {"article", "main", "body"}:
            return False
        if _BOILERPLATE.search(names_of(element)):
            return True
    return False


def is_furniture(leaf: Leaf) -> bool:
    """Whether a short leaf stands right in an element that is named as a byline, an advertisement, a list of links."""
    around = [leaf.element, *leaf.element.iterancestors()][:_NEAR]
    limits = ("article", "main", "body")
    near = itertools.takewhile(lambda element: element.tag not in limits, around)
    return len(leaf.text) < 2 * _SHORT and any(_FURNITURE.search(names_of(element)) for element in near)


def like(one: str, other: str) -> bool:
    """Whether two headlines share most of their words."""
    words, others = ({key_of(word) for word in text.split()} for text in (one, other))
    return bool(words) and len(words & others) >= _SHARED * min(len(words), len(others))


def with_headline(chosen: list[Leaf], leaves: Sequence[Leaf], title: str) -> tuple[list[Leaf], bool]:
    """Return the leaves with one headline in its place, and whether the page itself shows it.

    Of several ``h1`` the one that the metadata names is taken, else the last one before the text.
    """
    first = next(i for i, leaf in enumerate(leaves) if leaf is chosen[0])
    headings = [leaf for leaf in leaves if leaf.kind == "headline"]
    if not headings:
        headings = [leaf for leaf in leaves[: first + 1] if leaf.kind == "subhead" and like(leaf.text, title)][:1]
        for leaf in headings:
            leaf.kind = "headline"
    named = [leaf for leaf in headings if title and key_of(title).startswith(leaf.key[:_SHORT])]
    before = [leaf for leaf in headings if any(leaf is one for one in leaves[: first + 1])]
    headline = next(iter(named), before[-1] if before else next(iter(headings), None))
    rest = [leaf for leaf in chosen if leaf.kind != "headline" or leaf is headline]
    if headline is None:
        return ([Leaf(title, "headline", None), *rest] if title else rest), not title
    order = {id(leaf): i for i, leaf in enumerate(leaves)}
    unique = {id(leaf): leaf for leaf in (*rest, headline)}
    ordered = sorted(unique.values(), key=lambda leaf: order[id(leaf)])
    for leaf in itertools.takewhile(lambda leaf: leaf.element.tag == "li", ordered[ordered.index(headline) + 1 :]):
        leaf.kind = "standfirst"
    return ordered, True
