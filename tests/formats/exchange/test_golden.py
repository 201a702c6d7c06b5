"""One file of every version of the format: each is read for ever, and what was read is written again as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.domain.entities import ENTITIES
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.layout import SCHEMA_VERSION
from annotator.formats.exchange.reading import read_document
from annotator.formats.exchange.state import ExportOptions, ProjectHistory
from annotator.formats.exchange.upgrading import STEPS
from annotator.formats.exchange.verifying import verify_document
from annotator.formats.exchange.writing import document_of, fingerprint, to_bytes

GOLDEN = Path(__file__).parent.parent / "golden"
FILES = sorted(GOLDEN.glob("project-*.json"))
NEWEST = GOLDEN / f"project-{SCHEMA_VERSION}.json"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_version_is_read_and_passes(path: Path) -> None:
    verified = verify_document(path.read_bytes())
    assert verified.problems == ()
    assert verified.counted.quotes > 0


def test_there_is_a_file_for_the_present_version_and_for_each_that_has_a_step() -> None:
    assert NEWEST in FILES
    for version in STEPS:
        assert any(path.name.startswith(f"project-{version}.") for path in FILES)


def test_what_was_read_is_written_again_byte_for_byte() -> None:
    content = NEWEST.read_bytes()
    findings = Findings()
    document = read_document(content, findings)
    assert document is not None
    assert findings.problems == []
    assert {type(entry.entity) for entry in document.entries.values()} == set(ENTITIES), "the file has every entity"
    history = ProjectHistory(versions=list(document.versions.values()), changes=document.changes, texts=document.texts)
    written = document_of(history, ExportOptions(with_journal=True), exported_at=json.loads(content)["exported_at"])
    written["generator"] = json.loads(content)["generator"]
    written["fingerprint"] = fingerprint(written)
    assert to_bytes(written) == content
