"""The pages of a review: what people wrote stands in them as they wrote it, and they load nothing."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from annotator.domain.codebook import TagKind
from annotator.domain.reviews import DecisionOutcome
from annotator.formats import minutes_html, returned_work_html
from annotator.formats.review_record import (
    CodebookEntry,
    Fate,
    FigureLine,
    FigureTable,
    Minutes,
    Recorded,
    RecordedArticle,
    Returned,
    ReturnedArticle,
    ReturnedWork,
    Said,
    Wordings,
)

NASTY = "<img src=x onerror=alert(1)> & \"quoted\" 'single' \u202e العربية"
_VOID = {"meta", "br", "link", "img"}


def wordings(**fields: object) -> Wordings:
    given = {
        "quotes": (NASTY, "a second\npiece"),
        "tag": NASTY,
        "kind": TagKind.DENIAL,
        "people": (("speaker", NASTY),),
        "attribution": "paraphrase",
        "links": (NASTY,),
        "note": NASTY,
    }
    return Wordings(**given | fields)  # type: ignore[arg-type]


def recorded(**fields: object) -> Recorded:
    given = {
        "place": "paragraph 3",
        "outcome": DecisionOutcome.TAKE,
        "decided": NASTY,
        "changed": False,
        "final": wordings(),
        "versions": ((NASTY, wordings()), ("Ben", wordings(tag="Claim", kind=TagKind.CLAIM))),
        "missing": (NASTY,),
        "differs": ("tag",),
        "reason": "a slip",
        "comment": NASTY,
        "codebook_flag": True,
        "by": NASTY,
        "at": "24 November 2026, 09:30 UTC",
        "own": True,
        "votes": ((NASTY, NASTY),),
        "comments": (Said(NASTY, "now", NASTY), Said("Ben", "now", "Yes.", answer=True, resolved=True)),
    }
    return Recorded(**given | fields)  # type: ignore[arg-type]


def minutes(*passages: Recorded, **fields: object) -> Minutes:
    article = RecordedArticle(
        title=NASTY,
        source=NASTY,
        language="ar",
        sha256="0" * 64,
        submissions=(NASTY,),
        passages=passages,
        comments=(Said(NASTY, "now", NASTY),),
    )
    given = {
        "project": NASTY,
        "session": NASTY,
        "mode": "meeting",
        "state": NASTY,
        "closed": True,
        "made_at": "now",
        "members": ((NASTY, "AB", "lead"),),
        "settings": (("mode", NASTY),),
        "events": (("now", NASTY, NASTY),),
        "notices": (NASTY,),
        "figures": FigureTable(
            moments=("at the reveal",), lines=(FigureLine("same passages", ("–",), "0", first=True),), notes=(NASTY,)
        ),
        "articles": (article,),
        "codebook": (CodebookEntry(NASTY, TagKind.OTHER, "T", NASTY, NASTY, (NASTY,), (NASTY,), depth=2),),
    }
    return Minutes(**given | fields)  # type: ignore[arg-type]


def returned() -> ReturnedWork:
    passages = tuple(
        Returned(
            place="paragraph 3",
            start=0,
            end=1,
            annotation_id="",
            fate=fate,
            mine=None if fate is Fate.ADDED else wordings(),
            final=None if fate in {Fate.REJECTED, Fate.OPEN} else wordings(),
            rows=(("tag", NASTY, NASTY),) if fate is Fate.CHANGED else (),
            reason="a slip",
            comment=NASTY,
            by=NASTY,
            at="now",
        )
        for fate in Fate
    )
    article = ReturnedArticle(id="a", title=NASTY, source=NASTY, language="ar", passages=passages)
    return ReturnedWork(project=NASTY, session=NASTY, analyst=NASTY, made_at="now", closed=False, articles=(article,))


class _Reader(HTMLParser):
    """Keeps the elements and their attributes, and that each is closed where it may be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.attributes: set[str] = set()
        self.targets: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.targets += [value or "" for name, value in attrs if name in {"href", "src"}]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


PAGES = {
    "minutes": minutes_html.render(
        minutes(
            recorded(),
            recorded(outcome=None, final=None, decided=""),
            recorded(outcome=DecisionOutcome.PARKED, final=None),
            recorded(outcome=DecisionOutcome.NOTHING, final=None, versions=(), missing=()),
            recorded(changed=True, differs=(), missing=()),
        )
    ),
    "not closed": minutes_html.render(minutes(closed=False, figures=None, codebook=())),
    "returned": returned_work_html.render(returned()),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_page_is_whole_loads_nothing_and_runs_nothing(page: bytes) -> None:
    reader = _Reader()
    reader.feed(page.decode())
    reader.close()
    assert reader.open == []
    assert not reader.seen & {"script", "img", "iframe", "link", "object", "svg", "form"}
    assert not {name for name in reader.attributes if name.startswith("on")}
    assert all(target.startswith("#") for target in reader.targets)
    assert {target[1:] for target in reader.targets} <= set(reader.ids)
    assert len(reader.ids) == len(set(reader.ids))
    assert not re.search(rb"url\(|@import|https?://", page)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_page_says_what_people_wrote(page: bytes) -> None:
    assert unescape(page.decode()).count(NASTY) >= 3


def test_what_is_open_is_listed_and_counted() -> None:
    page = PAGES["minutes"].decode()
    assert "<b>1</b><span>in the final version</span>" in page
    assert "<b>1</b><span>nothing here</span>" in page
    assert "<b>1</b><span>parked</span>" in page
    assert "<b>2</b><span>undecided</span>" in page
    assert 'href="#p2"' in page
    assert "changed since it was decided" in page
