from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.articles import BlockKind, Capture
from annotator.domain.errors import InputError
from annotator.domain.text import canonical_text, is_canonical
from annotator.formats.text import decode, draft_from_bytes, title_of

NEWS = "The mayor said: “It’s not true” – and the café’s owner agreed. Nothing more was said about the £40 fee."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@given(text=st.text(min_size=1).filter(lambda text: "\x00" not in text and text.isprintable()))
def test_unicode_is_read_without_guessing(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text.removeprefix("\ufeff") == text.removeprefix("\ufeff")
    assert not decoded.guessed


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", NEWS),
        ("cp1252", "“No,” he said. The fee was £40."),
        ("cp1252", "Le maire a nié : « C’est faux », a-t-il dit à l’hôtel de ville, où l’œuvre est déjà achevée."),
        ("cp1252", "El alcalde negó: «No es cierto», dijo el señor Muñoz. ¿Cuánto costó? Según él, 40 €."),
        ("cp1250", "Burmistrz zaprzeczył: „To nieprawda”, powiedział. Opłata wyniosła 40 zł, a święta są później."),
        ("cp1250", "Ministr odmítl obvinění a řekl: „To není pravda.“ Zítra bude zasedání zastupitelstva Žďár."),
        ("cp1251", "Министр отверг обвинения, сказав: «Это неправда». Завтра будет заседание."),
        ("cp1254", "Belediye başkanı “Bu doğru değil” dedi. Ücret İstanbul’da 40 lira olarak açıklandı."),
        ("shift_jis", "大臣は疑惑を否定し、「それは事実ではない」と述べた。明日会議が開かれる。"),
        ("mac_roman", NEWS),
    ],
)
def test_older_encodings_are_found_and_said(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.guessed


def test_a_guess_is_told_in_a_warning() -> None:
    assert "cp1252" in draft_from_bytes(NEWS.encode("cp1252")).warnings[0]
    assert draft_from_bytes(NEWS.encode()).warnings == ()


def test_a_claimed_encoding_is_taken_at_its_word() -> None:
    assert decode("Žďár".encode("iso8859-2"), claimed="ISO-8859-2").text == "Žďár"


@pytest.mark.parametrize("name", ["ISO-8859-1", "latin1", "us-ascii"])
def test_what_calls_itself_latin_1_is_read_as_browsers_read_it(name: str) -> None:
    assert decode("“No”".encode("cp1252"), claimed=name).text == "“No”"


def test_wrong_bytes_for_the_claimed_encoding_name_the_place() -> None:
    with pytest.raises(InputError, match=r"not utf-8, which it claims to be, at byte 3") as raised:
        decode("caf\xe9 au lait".encode("latin-1"), claimed="utf-8")
    assert "Save the file again as UTF-8" in raised.value.advice


def test_wrong_bytes_behind_a_byte_order_mark_are_refused() -> None:
    with pytest.raises(InputError, match="byte-order mark says"):
        decode(b"\xef\xbb\xbfcaf\xe9")


@pytest.mark.parametrize("name", ["no-such-encoding", "base64", "rot13", "a\x00b"])
def test_an_unknown_encoding_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="no known encoding"):
        decode(b"text", claimed=name)


@pytest.mark.parametrize(
    ("source", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF file"),
        (b"PK\x03\x04rest", "a zipped file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"SQLite format 3\x00", "a database"),
        (bytes(range(256)) * 8, "not a text file"),
        (b"some text\x00with a hole", "not a text file"),
        (b"\x01\x02\x03\x04\x05\x06" * 40, "not a text file"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(source: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as raised:
        draft_from_bytes(source)
    assert raised.value.advice


def test_white_space_alone_is_refused() -> None:
    with pytest.raises(InputError, match="only white space"):
        draft_from_bytes(b" \r\n\t\n")


def test_a_draft_keeps_the_original_and_has_blocks() -> None:
    source = "\ufeffTolls doubled in secret, says council\r\n\r\nThe mayor said no.\r\nShe left.\r\n".encode()
    draft = draft_from_bytes(source)
    assert draft.source_bytes == source
    assert draft.capture is Capture.FILE
    assert draft.title == "Tolls doubled in secret, says council"
    assert draft.text == "Tolls doubled in secret, says council\n\nThe mayor said no.\nShe left.\n"
    assert draft.blocks[0].kind is BlockKind.HEADLINE
    assert [draft.text[b.start : b.end] for b in draft.blocks][1:] == ["The mayor said no.", "She left."]


@given(st.text().map(canonical_text).filter(str.strip))
def test_every_text_is_read_as_it_is(text: str) -> None:
    if any(c < " " for c in text):
        text = "".join(c if c >= " " or c == "\n" else "x" for c in text)
    draft = draft_from_bytes(b"\xef\xbb\xbf" + text.encode())
    assert draft.text == text
    assert is_canonical(draft.text)


def test_the_title_is_the_first_line_with_anything_in_it() -> None:
    assert title_of(" \n\n  A \u00a0 headline\nbody") == "A headline"
    assert title_of("") == ""
