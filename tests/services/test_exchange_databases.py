"""A project goes from a file to a server and back through exchange JSON, byte for byte, with nothing lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotator.formats.exchange.writing import to_bytes
from annotator.formats.export_formats import SHEETS, names
from annotator.services.project import Project, create_project
from tests.services.test_import import foreign


def content(project: Project) -> bytes:
    return to_bytes({**project.exchange.export(with_journal=True), "exported_at": ""})


def test_a_project_goes_to_every_kind_of_database_and_back(location: str, tmp_path: Path) -> None:
    with (
        create_project(location, name="There", analyst="Ann Bell") as there,
        create_project(tmp_path / "here.annotator", name="Here", analyst="Ann Bell") as here,
        create_project(tmp_path / "back.annotator", name="Back") as back,
    ):
        here.exchange.merge(foreign())
        here.annotations.edit(here.annotations.list()[0].id, note="naïve 🌉 “quoted”\u00a0\n")
        here.history.undo()
        there.exchange.merge(here.exchange.export(with_journal=True))
        assert content(there) == content(here)
        there.annotations.edit(there.annotations.list()[0].id, unsure=True)
        assert there.verify.run().problems == ()
        assert there.search.find("ferry owners")
        back.exchange.merge(there.exchange.export(with_journal=True))
        assert content(back) == content(there)
        report = here.exchange.merge(back.exchange.export())
        assert report.changed == {"annotation": 1}
        assert content(here) != content(there), "what the default leaves out is not there yet"
        here.exchange.merge(back.exchange.export(with_journal=True))
        assert content(here) == content(there)


def test_what_another_program_wrote_is_imported_on_every_kind_of_database(location: str) -> None:
    with create_project(location, name="There", analyst="Ann Bell") as there:
        assert there.exchange.merge(foreign()).added["annotation"] == 2
        assert there.exchange.merge(foreign()).nothing_new
        there.history.undo()
        assert there.annotations.list() == []


@pytest.mark.parametrize("kind", names(SHEETS))
def test_quote_sheets_are_the_same_from_every_kind_of_database(location: str, tmp_path: Path, kind: str) -> None:
    with (
        create_project(location, name="There", analyst="Ann Bell") as there,
        create_project(tmp_path / "here.annotator", name="Here") as here,
    ):
        there.exchange.merge(foreign())
        here.exchange.merge(there.exchange.export())
        sheets = [project.quote_sheet.render(kind) for project in (there, here)]
    found = [re.sub(rb'<time id="exported-at"[^>]*>[^<]*<', b"", sheet) for sheet in sheets]
    assert found[0] == found[1]
    assert b"There was no secret" in found[0]
