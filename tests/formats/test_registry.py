from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.errors import InputError
from annotator.formats.registry import IMPORTERS, importer_for, is_exchange, read_article

PAGE = "<!doctype html><html><head><title>Tolls</title></head><body><h1>Tolls</h1><p>{}</p></body></html>".format(
    "The harbour authority said that nothing of the kind had been agreed. " * 3
)


@pytest.mark.parametrize(
    ("name", "source", "importer"),
    [
        ("a.html", b"<p>no doctype", "html"),
        ("a.HTM", b"<p>", "html"),
        ("a.txt", b"Plain words", "text"),
        ("a.txt", b"<!DOCTYPE html><p>", "html"),
        ("README", b"Plain words", "text"),
        ("a.unheard-of", b"Plain words", "text"),
    ],
)
def test_the_importer_goes_by_content_then_suffix(name: str, source: bytes, importer: str) -> None:
    assert importer_for(name, source).name == importer


def test_no_two_importers_share_a_suffix() -> None:
    suffixes = [suffix for importer in IMPORTERS for suffix in importer.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in suffixes)


def test_an_article_is_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.txt").write_text("A headline\n\nThe body of it.", encoding="utf-8")
    assert read_article(tmp_path / "a.html").title == "Tolls"
    assert read_article(tmp_path / "b.txt").text == "A headline\n\nThe body of it."


def test_a_refusal_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "scan.txt").write_bytes(b"%PDF-1.4")
    with pytest.raises(InputError, match=r"“scan\.txt” was not imported\. This is a PDF file") as raised:
        read_article(tmp_path / "scan.txt")
    assert raised.value.advice


def test_the_encoding_can_be_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Žďár".encode("iso8859-2"))
    assert read_article(tmp_path / "a.txt", encoding="iso8859-2").text == "Žďár"


def test_an_export_is_not_taken_for_an_article(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{\n  "schema": "urn:annotator:project"', encoding="utf-8")
    with pytest.raises(InputError, match="export of a project") as raised:
        read_article(tmp_path / "a.json")
    assert "Merge" in raised.value.advice
    assert not is_exchange(b"{}")
