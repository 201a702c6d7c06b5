"""Kinds of files that no importer reads: refused by their first bytes, whatever they are called."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from annotator.domain.errors import InputError
from annotator.formats.registry import read_article


def _bomb(*names: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, bytes(10_000_000))
    return whole.getvalue()


@pytest.mark.parametrize(
    ("name", "source", "kind"),
    [
        ("bomb.pdf", b"%PDF-1.7\n1 0 obj <</Length 99999999999>> stream\n" + bytes(1000), "a PDF file"),
        ("bomb.docx", _bomb("word/document.xml"), "a zipped file"),
        ("bomb.txt", _bomb("../../outside.txt", "a\\..\\..\\b.txt"), "a zipped file"),
        ("project.qdpx", _bomb("project.qde"), "a zipped file"),
        ("story.html", b"SQLite format 3\x00" + bytes(100), "a database"),
    ],
)
def test_what_there_is_no_importer_for_is_refused(tmp_path: Path, name: str, source: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(source)
    with pytest.raises(InputError, match=kind) as caught:
        read_article(path)
    assert caught.value.advice
    assert list(tmp_path.iterdir()) == [path], "nothing was unpacked"
