"""The fault table of the README: every case has a test that exists and is never passed over."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASES = {*range(1, 24), 26, 28, 29}
_ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_TEST = re.compile(r"`(\S+?)::(\w+)`")
_EVERYWHERE = ("win32",)
"""What a test of the table may be skipped for: systems without kill -9, never a missing right or tool."""


def table() -> dict[int, list[tuple[str, str]]]:
    """Return the tests of each case."""
    page = (ROOT / "README.md").read_text("utf-8")
    part = page[page.index("<!-- faults -->") : page.index("<!-- /faults -->")]
    return {int(number): _TEST.findall(tests) for number, _case, _told, tests in _ROW.findall(part)}


def test_every_case_has_a_row_and_a_test() -> None:
    found = table()
    assert set(found) == CASES
    assert [number for number, tests in found.items() if not tests] == []


@pytest.mark.parametrize(("number", "file", "name"), [(n, *test) for n, tests in table().items() for test in tests])
def test_the_test_of_a_case_exists_and_is_not_skipped(number: int, file: str, name: str) -> None:
    tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    functions = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == name]
    assert len(functions) == 1, f"case {number}: no test {name} in {file}"
    for decorator in functions[0].decorator_list:
        mark = ast.unparse(decorator)
        assert "skip" not in mark or any(word in mark for word in _EVERYWHERE), mark
        assert "xfail" not in mark
    body = ast.unparse(functions[0])
    assert "pytest.skip" not in body
