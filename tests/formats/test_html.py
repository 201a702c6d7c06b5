from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.articles import BlockKind
from annotator.domain.errors import InputError
from annotator.domain.text import is_canonical
from annotator.formats import html_page
from annotator.formats.apart import ReadingChild
from annotator.formats.draft import ArticleDraft
from annotator.formats.html import claimed_encoding, looks_like_html

PAGES = Path(__file__).parent / "pages"
PAGE = (PAGES / "tolls.html").read_bytes()
LONG = "The harbour authority said that nothing of the kind had been agreed with anybody at any time."


def page(body: str, head: str = '<meta charset="utf-8">') -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def blocks(draft: ArticleDraft) -> list[tuple[str, str]]:
    return [(block.kind.value, draft.text[block.start : block.end]) for block in draft.blocks]


@pytest.fixture(scope="module")
def tolls() -> ArticleDraft:
    return draft_from_bytes(PAGE)


def draft_from_bytes(source: bytes) -> ArticleDraft:
    with ReadingChild() as child:
        return child.article("page.html", source)


def test_metadata_comes_from_the_page(tolls: ArticleDraft) -> None:
    assert tolls.title == "Mayor denies secret toll deal"
    assert tolls.outlet == "The Harbour Post"
    assert tolls.byline == "Ines Okafor"
    assert tolls.published_at == "2024-10-24"
    assert tolls.language == "en-GB"
    assert tolls.url == "https://harbourpost.example/politics/tolls"
    assert tolls.source_media_type == "text/html"
    assert tolls.source_bytes == PAGE
    assert tolls.warnings == ()


def test_blocks_are_told_by_the_markup_in_reading_order(tolls: ArticleDraft) -> None:
    assert [(kind, text[:24]) for kind, text in blocks(tolls)] == [
        ("headline", "Mayor denies secret toll"),
        ("standfirst", "Opposition says the lett"),
        ("caption", "The mayor, Ada Brandt, a"),
        ("body", "The mayor of Westhaven h"),
        ("body", "Tom Reyes, who leads the"),
        ("body", "“It’s her hand,” he said"),
        ("subhead", "What the register shows"),
        ("body", "The register of the harb"),
        ("caption", "Tom Reyes holds up the l"),
        ("body", "“I have never seen this "),
        ("body", "The tolls rose from two "),
        ("body", "The ferry company carrie"),
        ("body", "The ferry company declin"),
    ]


def test_menus_scripts_advertisements_and_footers_stay_out(tolls: ArticleDraft) -> None:
    for word in ("alert", "Home", "newsletter", "Copyright", "By Ines"):
        assert word not in tolls.text


def test_the_text_is_canonical_and_blocks_tile_its_lines(tolls: ArticleDraft) -> None:
    assert is_canonical(tolls.text)
    assert [text for _kind, text in blocks(tolls)] == [line for line in tolls.text.split("\n") if line]
    assert "in March.\n“It’s" in tolls.text, "a line break is one, a paragraph's end is two"


def test_no_break_spaces_and_inline_markup_are_kept_as_text(tolls: ArticleDraft) -> None:
    assert "4,200\u00a0crowns to the" in tolls.text


def test_a_caption_outside_figcaption_is_told_by_its_class() -> None:
    caption = '<div class="img-caption">The quay at dawn.</div>'
    draft = draft_from_bytes(page(f"<article><h1>Tolls</h1><p>{LONG}</p>{caption}<p>{LONG}</p></article>"))
    assert ("caption", "The quay at dawn.") in blocks(draft)


def test_a_page_in_components_gives_its_text_without_bylines_and_advertisements() -> None:
    draft = draft_from_bytes((PAGES / "blocks.html").read_bytes())
    assert [(kind, text[:20]) for kind, text in blocks(draft)] == [
        ("headline", "Bridge tolls doubled"),
        ("caption", "Dora Quill said nobo"),
        ("body", "The council doubled "),
        ("body", "Dora Quill, who spea"),
        ("subhead", "'No secret'"),
        ("body", "Mayor Ivo Brandt den"),
        ("body", '"There was no secret'),
    ]
    assert (draft.outlet, draft.byline, draft.published_at) == ("Harbour News", "Tess Marlow", "2024-10-23")


def test_bullets_under_the_headline_are_its_standfirst_even_where_that_is_no_h1() -> None:
    draft = draft_from_bytes((PAGES / "bullets.html").read_bytes())
    assert [(kind, text[:20]) for kind, text in blocks(draft)] == [
        ("headline", "Ferry owners' fury a"),
        ("standfirst", "Tolls went from two "),
        ("standfirst", "Mayor denies any sec"),
        ("body", "The council doubled "),
        ("caption", "Dora Quill (pictured"),
        ("body", "Ms Quill said the re"),
        ("body", "Mayor Ivo Brandt sai"),
        ("body", "A spokesman for the "),
    ]
    assert draft.warnings == ()


def test_a_page_without_a_headline_takes_its_title_and_says_so() -> None:
    draft = draft_from_bytes(page(f"<p>{LONG}</p><p>{LONG} Again.</p>", "<title>Tolls doubled</title>"))
    assert blocks(draft)[0] == ("headline", "Tolls doubled")
    assert "no headline" in draft.warnings[0]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "cp1251"),
    ],
)
def test_the_charset_comes_from_the_meta_element(head: str, encoding: str) -> None:
    text = "Министр отверг обвинения, сказав, что это неправда и что завтра будет заседание совета по этому вопросу."
    source = page(f"<p>{text}</p>", head).decode().encode(encoding)
    assert text in draft_from_bytes(source).text


def test_a_byte_order_mark_outranks_the_meta_element() -> None:
    source = b"\xef\xbb\xbf" + page(f"<p>“{LONG}”</p>", '<meta charset="koi8-r">')
    assert f"“{LONG}”" in draft_from_bytes(source).text


def test_wrong_bytes_for_the_charset_are_refused_with_the_place() -> None:
    source = page("<p>caf\N{LATIN SMALL LETTER E WITH ACUTE}</p>").decode().encode("latin-1")
    with pytest.raises(InputError, match="not utf-8, which it claims to be, at byte"):
        draft_from_bytes(source)


def test_a_page_without_a_charset_is_guessed_with_a_warning() -> None:
    draft = draft_from_bytes(page(f"<h1>Tolls</h1><p>“{LONG}” It’s true, £40.</p>", "").decode().encode("cp1252"))
    assert "“The harbour" in draft.text
    assert "cp1252" in draft.warnings[0]


def test_an_xml_declaration_is_no_obstacle() -> None:
    source = b'<?xml version="1.0" encoding="utf-8"?>' + page(f"<h1>Tolls</h1><p>{LONG}</p>")
    assert LONG in draft_from_bytes(source).text


def test_right_to_left_text_keeps_its_logical_order() -> None:
    text = "ראש העיר הכחיש את ההאשמות ואמר: „זה לא נכון”, והוסיף כי מועצת העיר תתכנס ביום חמישי הקרוב."
    draft = draft_from_bytes(page(f'<h1>כותרת</h1><p dir="rtl">{text}</p>'))
    assert ("body", text) in blocks(draft)


HOSTILE = f"""
<script>document.write('scripted')</script><script src="http://127.0.0.1:9/x.js"></script>
<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><style>@import url(http://127.0.0.1:9/y.css);</style>
<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/"><iframe src="http://127.0.0.1:9/f">framed</iframe>
<img src="file:///etc/passwd"><img src="//127.0.0.1/share/x.png"><object data="file:///etc/hosts">objected</object>
<h1>Tolls</h1><p>{LONG}</p><p style="display:none">hidden words</p><p>{LONG} Twice.</p>
<!ENTITY x SYSTEM "file:///etc/passwd"><p>&x;</p>"""


def test_a_hostile_page_gives_its_text_only() -> None:
    draft = draft_from_bytes(page(HOSTILE))
    assert draft.text.startswith("Tolls\n\n")
    for word in ("scripted", "framed", "objected", "hidden", "root:", "127.0.0.1"):
        assert word not in draft.text


def test_entity_expansion_is_not_followed() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    draft = draft_from_bytes(f"{bomb}<html><body><h1>T</h1><p>{LONG} &b;</p></body></html>".encode())
    assert "aaaaaaaaaa" * 2 not in draft.text


def test_twenty_thousand_nested_elements_are_refused() -> None:
    with pytest.raises(InputError, match="too deep") as raised:
        draft_from_bytes(page("<div>" * 20_000 + LONG + "</div>" * 20_000))
    assert "paste" in raised.value.advice


def test_a_page_without_an_article_is_refused() -> None:
    with pytest.raises(InputError, match="No article text"):
        draft_from_bytes(page("<nav><a href='/'>Home</a></nav>"))


def test_a_page_of_several_megabytes_is_read() -> None:
    body = "".join(f"<p>{LONG} Number {n}.</p>" for n in range(20_000))
    draft = draft_from_bytes(page(f"<article><h1>Tolls</h1>{body}</article>"))
    assert len(draft.blocks) == 20_001
    assert draft.blocks[-1].kind is BlockKind.BODY


def test_the_claimed_encoding_is_looked_for_near_the_beginning_only() -> None:
    assert claimed_encoding(b"<meta charset='UTF-8'>") == "UTF-8"
    assert claimed_encoding(b" " * 5000 + b"<meta charset='UTF-8'>") == ""


def test_a_web_page_is_known_by_its_beginning() -> None:
    assert looks_like_html(b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>")
    assert looks_like_html("<html>".encode("utf-16"))
    assert looks_like_html(b"<!-- saved --><html>")
    assert not looks_like_html(b"The <html> element")


PIECES = """
<p>|</p>|<div class='ad'>|</div>|<h1>|<h2>|<figure><figcaption>|</figure>|<br>|<!--|-->|<li>|<ul>|<table><td>|<script>|
</script>|<article>|</article>|<a href=x>|&nbsp;|<?x?>|<title>T|<svg>|<b hidden>|<p style='display:none'>|No.|\x0b|
“Yes”|ראש|🌉|<|&#0;|<head>|</body>|<p class=standfirst>
""".strip().split("|")


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(st.sampled_from([*PIECES, LONG]), max_size=40))
def test_no_tag_soup_breaks_the_reader(pieces: list[str]) -> None:
    found = html_page.read("".join(pieces).encode())
    assert ("refused" in found) != ("blocks" in found)
    for kind, text, _joined in found.get("blocks", []):
        assert BlockKind(kind)
        assert text.strip()
