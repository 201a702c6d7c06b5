"""Older documents brought up to the present version, one step at a time.

History: 1.0.0 is the first version. 1.1.0 has review sessions with their members, articles, submissions, verdicts and
decisions; in 1.0 "reviews" was always empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.layout import SCHEMA, SCHEMA_VERSION
from annotator.formats.exchange.parsing import Unreadable

Step = Callable[[dict[str, Any]], dict[str, Any]]
"""Takes a document of one version and returns one of the next, with its ``schema_version``."""


def _to_1_1(document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "schema_version": "1.1.0"}


STEPS: Mapping[str, Step] = {"1.0": _to_1_1}
"""By the version that a step upgrades from (``1.0``: patches need none). Add a step and a golden file together."""

_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})")


def upgraded(
    value: Any,  # noqa: ANN401  (any JSON value)
    findings: Findings,
    *,
    steps: Mapping[str, Step] = STEPS,
    present: str = SCHEMA_VERSION,
) -> dict[str, Any] | None:
    """Return the document in ``value`` in the ``present`` version, or None after noting why it is none of ours."""
    if not isinstance(value, dict):
        findings.problem("$", "This is no exchange document: the outermost value is no object.")
        return None
    document: dict[str, Any] = value
    schema = document.get("schema")
    if schema != SCHEMA:
        told = f"“{str(schema)[:60]}”" if isinstance(schema, str) else "nothing like it"
        findings.problem("$.schema", f"This is no exchange document: expected “{SCHEMA}”, found {told}.")
        return None
    while True:
        version = _version(document.get("schema_version"), findings)
        if version is None:
            return None
        wanted = _VERSION.fullmatch(present)
        assert wanted is not None
        if version[:2] == tuple(map(int, wanted.groups()[:2])):
            return document
        step = steps.get(f"{version[0]}.{version[1]}")
        if step is None:
            _refuse(version, present, findings)
            return None
        document = step(document)


def _version(given: Any, findings: Findings) -> tuple[int, int, int] | None:  # noqa: ANN401
    match = _VERSION.fullmatch(given) if isinstance(given, str) else None
    if match is None:
        if not isinstance(given, Unreadable):
            findings.problem("$.schema_version", f"Expected a version such as “{SCHEMA_VERSION}”.")
        return None
    major, minor, patch = map(int, match.groups())
    return major, minor, patch


def _refuse(version: tuple[int, int, int], present: str, findings: Findings) -> None:
    written = ".".join(map(str, version))
    findings.problem(
        "$.schema_version",
        f"The file is of version {written}; this program reads up to {present}. Install a newer Annotator to read it.",
    )
