"""Files of strangers are read in a child process: what comes back, and what happens to a file that takes too much."""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.articles import BlockKind
from annotator.domain.errors import InputError
from annotator.formats import apart, reading_child
from annotator.formats.apart import ReadingChild, exchange_bytes, limits_of_exchange
from annotator.formats.text import draft_from_bytes

TEXT = b"A headline about ferries\r\n\r\nThe harbour authority said nothing of the kind had been agreed.\r\n"
NEEDS_LIMITS = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")


def test_a_draft_comes_back_as_the_importer_made_it() -> None:
    with ReadingChild() as child:
        assert child.article("a.txt", TEXT) == draft_from_bytes(TEXT)
        guessed = child.article("b.txt", "Žďár: „Vyšší mýto“".encode("cp1250"), encoding="cp1250")
    assert guessed.text == "Žďár: „Vyšší mýto“"
    assert {block.kind for block in guessed.blocks} <= set(BlockKind)


def test_a_refusal_says_what_the_importer_says_and_the_child_reads_on() -> None:
    with ReadingChild() as child:
        with pytest.raises(InputError, match="only white space") as caught:
            child.article("a.txt", b"  \n")
        assert caught.value.advice == "Choose a file that has text in it."
        assert child.article("a.txt", TEXT).title == "A headline about ferries"


def test_one_child_reads_many_files_and_ends_with_its_block() -> None:
    with ReadingChild() as child:
        child.article("a.txt", TEXT)
        process = child._process
        child.article("b.txt", TEXT)
        assert child._process is process
    assert process is not None
    assert process.returncode is not None


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_is_read() -> None:
    with ReadingChild() as child:
        with pytest.raises(InputError, match="more memory or time") as caught:
            child.article("a.txt", TEXT, limits=replace(apart.ARTICLE, clock=0.0))
        assert "paste it" in caught.value.advice
        assert child.article("a.txt", TEXT).title


@NEEDS_LIMITS
def test_a_file_that_needs_too_much_memory_is_refused_and_the_next_one_is_read() -> None:
    nested = b"[" + b'{"a":{}},' * 1_000_000 + b"0]"
    with ReadingChild() as child:
        with pytest.raises(InputError, match="more memory or time"):
            child.prove_exchange(nested, limits=replace(limits_of_exchange(len(nested)), memory=300 * 1024 * 1024))
        child.prove_exchange(b"[1]")


@NEEDS_LIMITS
def test_processor_time_is_counted_for_each_file_anew() -> None:
    busy = b"[" + b"[]," * 3_000_000 + b"0]"
    with ReadingChild() as child:
        with pytest.raises(InputError, match="more memory or time"):
            child.prove_exchange(busy, limits=replace(limits_of_exchange(len(busy)), processor=0.0))
        for _ in range(3):
            child.prove_exchange(b"[1]", limits=replace(limits_of_exchange(3), processor=2))


def test_a_child_that_was_killed_is_made_anew() -> None:
    with ReadingChild() as child:
        child.article("a.txt", TEXT)
        assert child._process is not None
        os.kill(child._process.pid, signal.SIGKILL)
        child._process.wait()
        with pytest.raises(InputError, match="cannot be read"):
            child.article("a.txt", TEXT)
        assert child.article("a.txt", TEXT).title


@NEEDS_LIMITS
def test_json_that_becomes_fifty_times_as_large_is_refused(tmp_path: Path) -> None:
    """What was refused here took five gigabytes before; the limit is what a file of its size needs, three times."""
    path = tmp_path / "bomb.json"
    path.write_bytes(b'{"schema": "urn:annotator:project", "articles": [' + b"{}," * 7_000_000 + b"{}]}")
    with pytest.raises(InputError, match=r"“bomb\.json” was not taken in.*more memory") as caught:
        exchange_bytes(path)
    assert "where the file comes from" in caught.value.advice


def test_what_one_of_ours_needs_is_far_below_the_limit() -> None:
    content = (Path(__file__).parent / "golden" / "project-1.1.0.json").read_bytes()
    many = b"[" + b",".join([content] * (8_000_000 // len(content))) + b"]"
    half = replace(limits_of_exchange(len(many)), memory=256 * 1024 * 1024 + 8 * len(many))
    with ReadingChild() as child:
        child.prove_exchange(many, limits=half)


def test_a_defect_of_the_reader_is_one_of_ours_and_told_without_the_content() -> None:
    told = reading_child.answer({"task": "article", "name": None, "encoding": ""}, b"secret words")
    assert set(told) == {"defect"}
    assert "secret" not in json.dumps(told)
    with ReadingChild() as child, pytest.raises(RuntimeError, match=r"KeyError in reading_child\.py"):
        child._ask("unknown", b"", apart.ARTICLE, "")


@pytest.mark.parametrize("event", ["socket.connect", "subprocess.Popen", "os.system", "urllib.Request"])
def test_the_child_opens_no_connection_and_starts_no_program(event: str) -> None:
    reading_child.refuse_network("open", ())
    with pytest.raises(PermissionError):
        reading_child.refuse_network(event, ())
