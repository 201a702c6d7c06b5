"""What a command prints, and where."""

from __future__ import annotations

import io
import json
from enum import StrEnum

import pytest

from annotator.cli.output import Output, one_line, table, to_json
from annotator.domain.annotations import Span


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_outcome_is_text_or_json() -> None:
    for as_json, expected in ((False, "one\ntwo\n"), (True, '{\n  "ü": 1\n}\n')):
        stream = io.StringIO()
        Output(as_json=as_json, stdout=stream, stderr=io.StringIO()).result({"ü": 1}, ["one", "two"])
        assert stream.getvalue() == expected


def test_the_outcome_is_utf_8_with_plain_line_feeds_whatever_the_terminal_is() -> None:
    raw = io.BytesIO()
    terminal = io.TextIOWrapper(raw, "ascii", newline="\r\n")
    Output(as_json=False, stdout=terminal).result(None, ["“naïve” 🌉"])
    assert raw.getvalue() == "“naïve” 🌉\n".encode()


def test_dataclasses_words_and_sets_become_json() -> None:
    class Colour(StrEnum):
        RED = "red"

    document = {"span": Span(1, 2), "colours": frozenset({Colour.RED}), "bytes": b"\x01"}
    assert json.loads(to_json(document)) == {"span": {"start": 1, "end": 2}, "colours": ["red"], "bytes": "01"}
    with pytest.raises(TypeError):
        to_json(object())


def test_progress_shows_on_a_terminal_only_and_goes_away() -> None:
    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        with Output(as_json=False, stdout=io.StringIO(), stderr=stream).progress("reading") as advance:
            advance(1, 2)
            advance(2, 2)
        assert ("reading" in stream.getvalue()) is shown
        assert stream.getvalue().endswith("\r") is shown


def test_a_table_is_as_wide_as_it_must_be() -> None:
    assert list(table(("n", "name"), [(1, "Ann"), (10, "")])) == ["n   name", "1   Ann", "10"]


def test_one_line_of_a_text() -> None:
    assert one_line("a\n b\t c") == "a b c"
    assert one_line("abc def", 5) == "abc…"


def test_a_text_cannot_steer_the_terminal() -> None:
    stream = io.StringIO()
    Output(as_json=False, stdout=stream, stderr=io.StringIO()).result(None, ["a\x1b[31mred\x9b0m"])
    assert stream.getvalue() == "a\ufffd[31mred\ufffd0m\n"
