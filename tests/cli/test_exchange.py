"""Carrying work out and in from the shell, and checking what was carried."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from annotator import open_project
from annotator.cli.exchange import STATES
from annotator.cli.parser import COMMANDS
from annotator.formats.exchange.layout import REVIEW_STATES
from annotator.formats.export_formats import EXPORTS, JSON, SHEETS, ExportFormat, endings, format_of, names
from tests.cli.conftest import Annotator

TEXT = "The letter\n\n“I never wrote it,” said Ed Moss – naïve 🌉.\n\nThe ledger shows his hand."


@pytest.fixture
def story(annotator: Annotator, tmp_path: Path) -> Path:
    """A project with two passages by Ann Bell, one of them with a note, and a link between them."""
    path = tmp_path / "story.annotator"
    annotator("new", path, "--analyst", "Ann Bell")
    with open_project(path) as project:
        article = project.articles.add_text(TEXT, title="The letter", outlet="The Ferry", published_at="2024-10-24")
        moss = project.people.add("Ed Moss")
        start = TEXT.index("“I never")
        denial = project.annotations.add(
            article.id, start=start, end=start + 19, tag="Denial", people=[(moss, "speaker")], note="ask him again"
        )
        start = TEXT.index("The ledger")
        evidence = project.annotations.add(article.id, start=start, end=start + 26, tag="Evidence")
        project.relations.add(evidence.id, denial.id, "rebuts")
    return path


def exported(annotator: Annotator, project: Path, *words: str) -> dict[str, Any]:
    done = annotator("export", project, *words)
    assert done.code == 0, done.err
    document = json.loads(done.out)
    assert isinstance(document, dict)
    return document


def without_time(text: str) -> list[str]:
    return [line for line in text.splitlines() if '"exported_at"' not in line]


def test_standard_output_gets_what_the_file_gets(annotator: Annotator, story: Path, tmp_path: Path) -> None:
    done = annotator("export", story, "-o", "out.json", "--json")
    assert done.json["file"] == "out.json"
    written = (tmp_path / "out.json").read_text(encoding="utf-8")
    assert without_time(written) == without_time(annotator("export", story).out)
    assert json.loads(written)["fingerprint"] == done.json["fingerprint"]


def test_an_export_into_an_empty_project_comes_out_the_same(annotator: Annotator, story: Path, tmp_path: Path) -> None:
    annotator("export", story, "-o", "out.json")
    annotator("new", "other.annotator")
    first = annotator("merge", "other.annotator", "out.json")
    assert first.code == 0
    assert "became the file's project" in first.out
    again = annotator("merge", "other.annotator", "out.json")
    assert "Nothing new" in again.out
    assert without_time(annotator("export", "other.annotator").out) == without_time(annotator("export", story).out)


def test_a_dry_run_changes_nothing(annotator: Annotator, story: Path) -> None:
    annotator("export", story, "-o", "out.json")
    annotator("new", "other.annotator")
    done = annotator("merge", "other.annotator", "out.json", "--dry-run", "--json")
    assert done.json["added"]["annotation"] == 2
    assert done.json["dry_run"] is True
    assert annotator("list", "other.annotator", "--json").json == []
    assert "2 passages would be added" in annotator("merge", "other.annotator", "out.json", "--dry-run").out


def test_two_edits_of_one_thing_are_a_conflict_and_none_is_lost(
    annotator: Annotator, story: Path, tmp_path: Path
) -> None:
    annotator("export", story, "-o", "base.json")
    annotator("new", "other.annotator")
    annotator("merge", "other.annotator", "base.json")
    for path, name in ((story, "Edward Moss"), (tmp_path / "other.annotator", "E. Moss")):
        with open_project(path, analyst="AB") as project:
            project.people.edit(project.people.find("Ed Moss").id, name=name)
    annotator("export", "other.annotator", "-o", "theirs.json")
    done = annotator("merge", story, "theirs.json", "--json")
    assert done.code == 0
    assert [conflict["entity_type"] for conflict in done.json["conflicts"]] == ["person"]
    assert "conflict: entry of the register" in annotator("merge", story, "theirs.json").out


def test_another_programs_file_is_imported_by_somebody(annotator: Annotator, story: Path, tmp_path: Path) -> None:
    document = {
        "schema": "urn:annotator:project",
        "schema_version": "1.0.0",
        "offset_unit": "codepoint",
        "articles": [
            {
                "title": "Elsewhere",
                "text_versions": [{"text": "Nobody sold the bridge."}],
                "annotations": [
                    {"start": 0, "end": 22, "tag": "Denial", "people": [{"person": "Ed Moss", "role": "about"}]}
                ],
            }
        ],
    }
    (tmp_path / "tool.json").write_text(json.dumps(document), encoding="utf-8")
    done = annotator("merge", story, "tool.json", "--as", "AB", "--json")
    assert done.code == 0, done.err
    assert (done.json["kind"], done.json["added"]["annotation"]) == ("import", 1)
    assert annotator("list", story, "annotations", "--person", "Ed Moss", "--role", "about", "--json").json
    again = annotator("merge", story, "tool.json", "--as", "AB", "--json")
    assert again.json["added"] == {}


@pytest.mark.parametrize("content", ["", "{", "[]", '{"schema": "urn:annotator:project"', "[" * 100_000, '{"a": NaN}'])
def test_what_is_no_exchange_file_is_told(annotator: Annotator, story: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.json").write_text(content, encoding="utf-8")
    before = annotator("export", story).out
    for words in (["merge", story, "bad.json"], ["verify", "bad.json"]):
        done = annotator(*words)
        assert done.code == 1, done.out
        assert "Traceback" not in done.err
    assert without_time(annotator("export", story).out) == without_time(before)


@pytest.mark.parametrize(
    ("old", "new"),
    [("I never wrote it", "I never wrote it!"), ('"start": 12', '"start": 13'), ("his hand", "her hand")],
)
def test_one_changed_character_is_found(annotator: Annotator, story: Path, tmp_path: Path, old: str, new: str) -> None:
    annotator("export", story, "-o", "out.json")
    assert annotator("verify", "out.json").code == 0
    text = (tmp_path / "out.json").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "out.json").write_text(text.replace(old, new, 1), encoding="utf-8")
    done = annotator("verify", "out.json", "--json")
    assert done.code == 1
    assert done.json["passed"] is False
    assert done.json["problems"]
    assert done.json["problems"][0]["path"].startswith("$")


def test_a_project_is_verified_too(annotator: Annotator, story: Path) -> None:
    done = annotator("verify", story)
    assert done.code == 0
    assert "2 quotes checked" in done.out


def test_a_missing_file_is_told(annotator: Annotator, story: Path) -> None:
    for words in (["merge", story, "nowhere.json"], ["verify", "nowhere.json"], ["verify", "nowhere.annotator"]):
        done = annotator(*words)
        assert done.code == 1
        assert "nowhere" in done.err
    assert annotator("export", story, "-o", "no/such/folder.json").code == 1


def test_a_client_gets_no_notes_and_no_names(annotator: Annotator, story: Path) -> None:
    for name in names():
        out = annotator("export", story, "--for", "client", "-f", name).out
        assert "I never wrote it" in out
        assert "ask him again" not in out
        assert "Ann Bell" not in out
    assert exported(annotator, story, "--for", "client")["profile"] == "client"
    assert "shows his hand" not in json.dumps(exported(annotator, story, "--no-text")["articles"][0]["text_versions"])


def test_a_quote_sheet_has_a_row_a_passage_and_takes_filters(annotator: Annotator, story: Path, tmp_path: Path) -> None:
    done = annotator("export", story, "-o", "quotes.csv", "--json")
    assert done.json == {"file": "quotes.csv", "quotes": 2}
    assert (tmp_path / "quotes.csv.sha256").exists()
    assert annotator("verify", "quotes.csv").code == 0
    everything = list(csv.reader(io.StringIO(annotator("export", story, "-f", "csv").out.removeprefix("\ufeff"))))
    filtered = list(csv.reader(io.StringIO(annotator("export", story, "-f", "csv", "--tag", "denial").out)))
    assert (len(everything), len(filtered)) == (3, 2)
    assert annotator("export", story, "-o", "quotes.html").code == 0
    assert annotator("verify", "quotes.html").code == 0


def test_options_that_do_not_fit_the_format_are_wrong_usage(annotator: Annotator, story: Path) -> None:
    assert annotator("export", story, "--tag", "denial").code == 2
    assert annotator("export", story, "-f", "csv", "--with-journal").code == 2
    assert annotator("export", story, "-f", "xml").code == 2


def test_articles_are_chosen_or_left_out(annotator: Annotator, story: Path) -> None:
    with open_project(story, analyst="AB") as project:
        project.articles.add_text("Other news.", title="Other")
    assert [a["title"] for a in exported(annotator, story, "--article", "other")["articles"]] == ["Other"]
    assert [a["title"] for a in exported(annotator, story, "--without-article", "Other")["articles"]] == ["The letter"]
    assert annotator("export", story, "--article", "Nowhere").code == 1


def test_the_states_of_the_help_are_those_there_are() -> None:
    assert STATES == REVIEW_STATES


def test_the_help_names_every_format() -> None:
    for command in ("export", "verify"):
        told = f"{COMMANDS['export'].summary} {COMMANDS[command].parser().format_help()}"
        assert [sheet.name for sheet in SHEETS if sheet.name.upper() not in told] == []


@pytest.mark.parametrize("form", EXPORTS, ids=lambda form: form.name)
def test_the_ending_of_a_file_says_what_is_written_into_it(
    annotator: Annotator, story: Path, tmp_path: Path, form: ExportFormat
) -> None:
    for suffix in (*form.suffixes, form.suffixes[0].upper()):
        assert annotator("export", story, "-o", f"by-ending{suffix}").code == 0
        assert annotator("export", story, "-f", form.name, "-o", f"by-name{suffix}").code == 0
        written = [(tmp_path / f"by-{way}{suffix}").read_bytes() for way in ("ending", "name")]
        assert written[0].startswith(b"{") == written[1].startswith(b"{") == (form is JSON)
        assert len(written[0]) == len(written[1])
        assert annotator("verify", f"by-ending{suffix}").code == 0


@pytest.mark.parametrize("ending", [".txt", ".tsvx", ".json.gz"])
def test_an_ending_that_no_format_has_is_refused_with_those_there_are(
    annotator: Annotator, story: Path, tmp_path: Path, ending: str
) -> None:
    done = annotator("export", story, "-o", f"out{ending}")
    assert done.code == 2
    assert not (tmp_path / f"out{ending}").exists()
    assert all(word in done.err for word in (*endings(), "-f", *names()))
    assert format_of(Path(f"out{ending}")) is None
    assert annotator("export", story, "-f", JSON.name, "-o", f"out{ending}").code == 0
    assert (tmp_path / f"out{ending}").read_bytes().startswith(b"{")


def test_without_an_ending_it_is_json_and_a_dash_is_standard_output(
    annotator: Annotator, story: Path, tmp_path: Path
) -> None:
    assert annotator("export", story, "-o", "out").code == 0
    assert json.loads((tmp_path / "out").read_bytes())["schema"] == "urn:annotator:project"
    assert without_time(annotator("export", story, "-o", "-").out) == without_time(annotator("export", story).out)
    assert annotator("export", story, "-f", "csv", "-o", "-").out == annotator("export", story, "-f", "csv").out
    assert not (tmp_path / "-").exists()


def test_passages_are_chosen_by_their_state(annotator: Annotator, story: Path) -> None:
    (article,) = exported(annotator, story, "--state", "unreviewed")["articles"]
    assert len(article["annotations"]) == 2
    (article,) = exported(annotator, story, "--state", "final")["articles"]
    assert article["annotations"] == []


def test_packets_go_from_the_lead_to_an_author_and_back(annotator: Annotator, story: Path, tmp_path: Path) -> None:
    with open_project(story) as project:
        project.analysts.add("Ben Cole")
        project.analysts.add("Cy Dahl")
        (article,) = project.articles.list()
        members = [("Ben Cole", "author"), ("Cy Dahl", "author"), ("Ann Bell", "reviewer")]
        session = project.reviews.create("First round", articles=[article.id], members=members)
        project.reviews.open(session.id)
    done = annotator("packet", story, "--session", "first round", "--to", "BC", "--json")
    packet = tmp_path / "First-round-task-Ben-Cole.annotator-packet"
    assert done.json["file"] == packet.name
    assert (done.json["packet"]["kind"], done.json["counts"].get("annotation")) == ("task", None)
    opened = annotator("merge", "ben.annotator", packet)
    assert "you write as Ben Cole" in opened.out
    with open_project(tmp_path / "ben.annotator", analyst="Ben Cole") as project:
        project.annotations.add(article.id, start=0, end=3, tag="Claim")
        project.submissions.submit(session.id, article.id)
    annotator("packet", "ben.annotator", "--session", session.id, "--to", "Ann Bell", "-o", "b.annotator-packet")
    preview = annotator("merge", story, "b.annotator-packet", "--as", "Ann Bell", "--dry-run")
    assert "kept apart, and not told of, until the reveal\n1 submission would be added" in preview.out
    assert "passage" not in preview.out
    taken = annotator("merge", story, "b.annotator-packet", "--as", "Ann Bell", "--json")
    assert (taken.code, taken.json["added"]) == (0, {"submission": 1})
    with open_project(story) as project:
        project.reviews.reveal(session.id)
        assert len(project.annotations.list()) == 3
    refused = annotator("merge", "ben.annotator", "b.annotator-packet", "--as", "Ben Cole")
    assert refused.code == 1
    assert "The packet is for Ann Bell, and Ben Cole writes here." in refused.err


def test_a_sealed_file_is_not_taken_in_and_the_exit_code_says_so(annotator: Annotator, story: Path) -> None:
    with open_project(story) as project:
        for name in ("Ben Cole", "Cy Dahl"):
            project.analysts.add(name)
        (article,) = project.articles.list()
        members = [("Ben Cole", "author"), ("Cy Dahl", "author"), ("Ann Bell", "reviewer")]
        session = project.reviews.create("Second", articles=[article.id], members=members)
        project.reviews.open(session.id)
    for name in ("ben", "cy"):
        annotator(
            "packet",
            story,
            "--session",
            "Second",
            "--to",
            {"ben": "Ben Cole", "cy": "Cy Dahl"}[name],
            "-o",
            f"{name}.annotator-packet",
        )
        annotator("merge", f"{name}.annotator", f"{name}.annotator-packet")
    with open_project("ben.annotator", analyst="Ben Cole") as project:
        project.annotations.add(article.id, start=0, end=3, tag="Claim")
    annotator("export", "ben.annotator", "-o", "ben.json")
    for words in ((), ("--dry-run",)):
        done = annotator("merge", "cy.annotator", "ben.json", "--as", "Cy Dahl", *words)
        assert (done.code, done.out.count("\n")) == (1, 1)
        assert done.out.startswith("sealed: It has work of others in a blind review session")
