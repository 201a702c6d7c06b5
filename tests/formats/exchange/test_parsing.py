from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import InputError
from annotator.formats.exchange.findings import MOST, Findings
from annotator.formats.exchange.parsing import MAX_DEPTH, parse, step


def problems(source: bytes) -> list[str]:
    findings = Findings()
    parse(source, findings)
    return [str(problem) for problem in findings.problems]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18) + 1, 10**18 - 1) | st.text().map(lambda t: t.replace("\x00", "")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text().map(lambda t: t.replace("\x00", "")), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(json_values)
def test_clean_json_is_read_as_it_is(value: Any) -> None:
    findings = Findings()
    assert parse(json.dumps(value).encode(), findings) == value
    assert findings.problems == []


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (b'{"a": [NaN]}', ["$.a[0]: NaN is no JSON value."]),
        (b"[Infinity, -Infinity]", ["$[0]: Infinity is no JSON value.", "$[1]: -Infinity is no JSON value."]),
        (b'{"a": 1e400}', ["$.a: 1e400 is no number that a program can hold."]),
        (b'{"a": -1E+999}', ["$.a: -1E+999 is no number that a program can hold."]),
        (b'{"a": %s}' % (b"9" * 5000), ["$.a: A whole number of 5,000 digits is too large."]),
        (b'{"a": 1, "b": {"c": 1, "c": 2, "c": 3}}', ["$.b.c: This key stands here more than once."]),
        (b'{"a": "x\\ud800y"}', ["$.a: The text has a lone surrogate (U+D800) at character 1."]),
        (b'["\\u0000"]', ["$[0]: The text has U+0000 at character 0."]),
        (b'{"k\\ud800": 1}', ['$: The key "k\\ud800" has a character that no text may have.']),
        (b'{"a": 1} {"b": 2}', ["line 1, column 10: This is no JSON: Extra data."]),
        (b'{"a": 1', ["line 1, column 8: This is no JSON: Expecting ',' delimiter."]),
        (b"", ["line 1, column 1: This is no JSON: Expecting value."]),
        (b"{'a': 1}", ["line 1, column 2: This is no JSON: Expecting property name enclosed in double quotes."]),
        (b'{"a": "\xe9"}', ["byte 7: This is no UTF-8. Save the file again as UTF-8."]),
        ('{"a": 1}'.encode("utf-16"), ["The file is in UTF-16; exchange files are in UTF-8. Save it again as UTF-8."]),
    ],
)
def test_what_is_no_clean_json_is_a_problem_with_its_place(source: bytes, wanted: list[str]) -> None:
    assert problems(source) == wanted


def test_all_problems_are_found_at_once_in_the_order_of_the_file() -> None:
    source = b'{"a": [NaN, {"b": "\\u0000", "b": 1}], "c": 1e999}'
    assert [problem.split(":")[0] for problem in problems(source)] == ["$.a[0]", "$.a[1].b", "$.c"]


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 500, 100_000])
def test_deep_nesting_is_refused_at_once(opening: bytes, depth: int) -> None:
    closing = b"]" if opening == b"[" else b"}"
    (problem,) = problems(opening * depth + b"1" + closing * depth)
    assert "nested deeper than 32 levels" in problem
    assert len(problem) < 300


def test_nesting_up_to_the_limit_is_read() -> None:
    assert problems(b"[" * MAX_DEPTH + b"1" + b"]" * MAX_DEPTH) == []


def test_a_byte_order_mark_is_skipped_with_a_warning() -> None:
    findings = Findings()
    assert parse(b"\xef\xbb\xbf[1]", findings) == [1]
    assert [str(warning) for warning in findings.warnings] == [
        "The file begins with a byte-order mark, which was skipped."
    ]


@given(st.binary(max_size=200))
def test_no_bytes_break_the_parser(source: bytes) -> None:
    findings = Findings()
    if parse(source, findings) is None and source.strip() != b"null":
        assert findings.problems


def test_more_problems_than_anybody_reads_are_counted() -> None:
    findings = Findings()
    parse(b"[" + b"NaN," * (MOST + 5) + b"1]", findings)
    assert len(findings.problems) == MOST
    with pytest.raises(InputError, match=rf"The file has {MOST + 5} problems; nothing was read") as raised:
        findings.raise_if_any("The file")
    assert raised.value.problems[-1].message == "… and 5 more."


def test_a_path_quotes_keys_that_are_no_words() -> None:
    assert step("$.a", "b c") == '$.a["b c"]'
    assert step("$", "text_id") == "$.text_id"
