"""Plain text: finding the encoding of some bytes and making an article draft of them.

Bytes are decoded once: by their byte-order mark, else as what the caller claims, else as UTF-8, else as the likeliest
older encoding, which is said in a warning, because only a person can tell whether the guess is right.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from annotator.domain.articles import Capture
from annotator.domain.blocks import propose_blocks
from annotator.domain.errors import InputError
from annotator.domain.text import canonical_text
from annotator.formats.draft import ArticleDraft

MEDIA_TYPE = "text/plain"

_MARKS = (  # UTF-32 first: its little-endian mark starts with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_KINDS = (
    (b"%PDF-", "a PDF file", "Copy the text out of it and paste it."),
    (b"PK\x03\x04", "a zipped file (an office document, perhaps)", "Copy the text out of it and paste it."),
    (b"\xd0\xcf\x11\xe0", "an old office document", "Copy the text out of it and paste it."),
    (b"{\\rtf", "a rich-text file", "Save it as plain text, or paste its text."),
    (b"SQLite format 3\x00", "a database", "Open a project through File > Open."),
    (b"\x89PNG", "a picture", "Copy the text out of it and paste it."),
    (b"\xff\xd8\xff", "a picture", "Copy the text out of it and paste it."),
    (b"GIF8", "a picture", "Copy the text out of it and paste it."),
    (b"\x7fELF", "a program", "Choose a text or an HTML file."),
    (b"MZ\x90", "a program", "Choose a text or an HTML file."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
)
_WESTERN = frozenset("‘’‚“”„–—…•€£§©®°·´«»¿¡ \xad½¼¾éèêëáàâäåæãçíîïóôöõøœúùûüñßÿÉÈÊÁÀÂÄÅÆÇÍÎÓÔÖØŒÚÛÜÑ")
_WESTERN_TOLERANCE = 0.1
_NEAR_TOLERANCE = 0.02
_SHORT_OF_CERTAIN = frozenset("ìòãõøåæ")
"""Western letters that are common Central European ones in other code pages: they need a better match."""
_MOST_CONTROLS = 0.01
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\x0b\x85\x1a")


class Decoded(NamedTuple):
    """Text and how it was read; ``guessed`` tells that another encoding is possible."""

    text: str
    encoding: str
    guessed: bool


def decode(source: bytes, *, claimed: str = "") -> Decoded:
    """Decode ``source``; ``claimed`` is the encoding that its sender names (``charset=…``), empty when nobody does.

    Raises InputError for bytes that are no text, that do not fit their byte-order mark or the claimed encoding, and for
    an encoding of an unknown name.
    """
    _refuse_other_kinds(source)
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return Decoded(_strictly(source, encoding, "its byte-order mark says"), encoding, guessed=False)
    if claimed:
        name = _known_encoding(claimed)
        return Decoded(_refuse_binary(_strictly(source, name, "it claims to be")), name, guessed=False)
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    else:
        if "\x00" not in text:
            return Decoded(_refuse_binary(text), "utf-8", guessed=False)
    return _guess(source)


def draft_from_bytes(source: bytes, *, encoding: str = "") -> ArticleDraft:
    """Return the draft of a plain-text article; its first paragraph is proposed as headline and gives the title.

    Raises InputError as :func:`decode` does, and for a text with nothing in it but white space.
    """
    decoded = decode(source, claimed=encoding)
    text = canonical_text(decoded.text)
    if not text.strip():
        raise InputError("There is no text in it, only white space.", advice="Choose a file that has text in it.")
    warnings: tuple[str, ...] = ()
    if decoded.guessed:
        warnings = (f"The text was read as {decoded.encoding}: check its accents and quotation marks.",)
    blocks = propose_blocks(text)
    return ArticleDraft(
        text=text,
        title=title_of(text),
        blocks=blocks,
        capture=Capture.FILE,
        source_bytes=source,
        source_media_type=MEDIA_TYPE,
        warnings=warnings,
    )


def title_of(text: str) -> str:
    """Return the first line of ``text`` that is not blank, white space folded: its title for want of one."""
    line = next((line for line in text.split("\n") if line.strip()), "")
    return " ".join(line.split())


def _refuse_other_kinds(source: bytes) -> None:
    for start, kind, advice in _OTHER_KINDS:
        if source.startswith(start):
            raise InputError(f"This is {kind}, not text.", advice=advice)


def _known_encoding(claimed: str) -> str:
    try:
        info = codecs.lookup(claimed.strip())
        "".encode(info.name)  # codecs such as base64 turn bytes into bytes, not text
    except (LookupError, ValueError):
        raise InputError(
            f"“{claimed}” is no known encoding.", advice="Name another one, or leave it to be found."
        ) from None
    # As every browser does (WHATWG Encoding): what calls itself Latin-1 or ASCII is Windows-1252.
    return "cp1252" if info.name in {"iso8859-1", "ascii"} else info.name


def _strictly(source: bytes, encoding: str, why: str) -> str:
    try:
        return source.decode(encoding)
    except UnicodeError as error:
        place = f", at byte {error.start:,}" if isinstance(error, UnicodeDecodeError) else ""
        raise InputError(
            f"The bytes are not {encoding}, which {why}{place}.",
            advice="Save the file again as UTF-8, or name its real encoding.",
        ) from error


def _refuse_binary(text: str) -> str:
    controls = sum(1 for c in text if c < " " and c not in _ALLOWED_CONTROLS)
    if "\x00" in text or controls > _MOST_CONTROLS * len(text):
        raise InputError("This is not a text file.", advice="Choose a text or an HTML file.")
    return text


class _Candidate(Protocol):
    """One possible reading of some bytes, as charset-normalizer gives it."""

    @property
    def encoding(self) -> str: ...

    @property
    def chaos(self) -> float: ...


def _guess(source: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    candidates = list(from_bytes(source))
    if not candidates:
        raise InputError("This is not a text file.", advice="Choose a text or an HTML file.")
    encoding = _western(source, candidates) or candidates[0].encoding
    return Decoded(_refuse_binary(source.decode(encoding)), encoding, guessed=True)


def _western(source: bytes, candidates: Iterable[_Candidate]) -> str:
    """Return Windows-1252 where it reads about as well as the best candidate and gives Western letters only.

    Short English texts, whose only odd bytes are curly quotes, fit a dozen code pages equally well.
    """
    chaos = {candidate.encoding: candidate.chaos for candidate in candidates}
    try:
        odd = {c for c in source.decode("cp1252") if ord(c) > 0x7F}  # noqa: PLR2004  (the end of ASCII)
    except UnicodeDecodeError:
        return ""
    tolerance = _NEAR_TOLERANCE if odd & _SHORT_OF_CERTAIN else _WESTERN_TOLERANCE
    near = "cp1252" in chaos and chaos["cp1252"] <= min(chaos.values()) + tolerance
    same = "cp1250" in chaos and source.decode("cp1250", "replace") == source.decode("cp1252")
    return "cp1252" if odd <= _WESTERN and (near or same) else ""
