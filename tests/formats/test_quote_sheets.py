"""What every format of a quote sheet keeps; ``SHEETS`` says which there are, ``tests.formats.sheets`` what is in one.

What only one format has is tested in a file of its own, beside this one or, where a project is needed, in
``tests/services/test_quote_sheet.py``.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from annotator.domain.errors import UsageError
from annotator.domain.progress import silent
from annotator.formats.export_formats import EXPORTS, JSON, SHEETS, SheetFormat, endings, format_of, names, sheet_format
from tests.formats.sheets import FORMULA, GOLDEN, KINDS, golden, sheet

every_form = pytest.mark.parametrize("form", SHEETS, ids=lambda form: form.name)


@every_form
@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_is_written_as_it_was(form: SheetFormat, kind: str) -> None:
    assert form.writer().render(sheet(kind), silent) == golden(form, kind).read_bytes(), (
        "If it should be so: `python -m tests.formats.sheets`, and look at what changed."
    )


def test_no_golden_sheet_is_of_a_format_that_is_no_more() -> None:
    assert sorted(GOLDEN.glob("sheet-*")) == sorted(golden(form, kind) for form in SHEETS for kind in KINDS)


@every_form
def test_how_far_writing_is_is_told_and_it_can_be_stopped(form: SheetFormat) -> None:
    told: list[float] = []

    def stop(done: int, total: int) -> None:
        told.append(done / total if total else 0)
        if len(told) > 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        form.writer().render(sheet("team"), stop)
    assert told == sorted(told)


@every_form
def test_a_format_that_has_its_fingerprint_inside_knows_its_own_files(form: SheetFormat) -> None:
    for other in SHEETS:
        content = other.writer().render(sheet("team"), silent)
        if form.inside is not None:
            assert form.inside().is_quote_sheet(content) == (other is form)
            assert other is not form or form.inside().verify(content).passed


def test_no_cell_is_a_formula() -> None:
    for kind in KINDS:
        text = golden(sheet_format("csv"), kind).read_text(encoding="utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
        assert any(FORMULA in cell for cell in cells)


def test_each_name_and_each_ending_is_of_one_format() -> None:
    assert len(set(names())) == len(names()) == len(EXPORTS)
    assert len(set(endings())) == len(endings())
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in endings())
    for form in EXPORTS:
        assert [format_of(Path(f"a{suffix.upper()}")) for suffix in form.suffixes] == [form] * len(form.suffixes)
    assert format_of(Path("a.json")) is JSON
    assert format_of(Path("a.docx")) is format_of(Path("a")) is None


def test_a_name_of_no_sheet_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError) as told:
        sheet_format("json")
    assert all(form.name in told.value.advice for form in SHEETS)
