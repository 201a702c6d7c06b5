"""Quote sheets: every passage once, in words, safe to open, and without what is no client's business."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from pathlib import Path

import pytest
from lxml import html as lxml_html

from annotator.domain.errors import StorageError, UsageError
from annotator.domain.passages import PassageFilter
from annotator.formats.text import draft_from_bytes
from tests.services.conftest import Story


@pytest.fixture
def told(story: Story) -> Story:
    """Return a story with a claim that a denial answers, and a passage on a point."""
    project = story.project
    dora = project.people.add("Dora Quill")
    ivo = project.people.add("Ivo <b>Brandt</b>")
    claim = story.mark("Nobody asked us, and nobody told us", people=[(dora.id, "speaker")], note="private doubt")
    denial = story.mark("There was no secret", "Denial", people=[(ivo.id, "speaker")])
    name = story.span("Dora Quill")
    project.annotations.add_person(claim.id, dora.id, "speaker", mention=(name.start, name.end))
    project.relations.add(denial.id, claim.id)
    point = project.points.add("The tolls were doubled in secret.")
    project.annotations.add_point(denial.id, point, "denies")
    return story


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_row_tells_everything_about_a_passage(told: Story) -> None:
    claim, denial = rows(told.project.quote_sheet.render("csv"))
    assert claim["number"] == "1"
    assert claim["outlet"] == "The Daily Ferry"
    assert claim["headline"] == "Council doubled bridge tolls in secret, ferry owners claim"
    assert claim["date"] == "2024-10-24"
    assert claim["place"] == "paragraph 4"
    assert claim["tag"] == "Claim"
    assert claim["quote"] == "Nobody asked us, and nobody told us"
    assert claim["speaker as named"] == "Dora Quill"
    assert claim["speaker"] == "Dora Quill"
    assert claim["attribution"] == "direct quote"
    assert claim["what answers it"] == "rebutted by 2 (Ivo <b>Brandt</b>: There was no secret)"
    assert claim["review state"] == "unreviewed"
    assert claim["original"] == "no original kept"
    assert (claim["analyst"], claim["note"]) == ("Ann Bell", "private doubt")
    assert denial["what answers it"] == (
        "rebuts 1 (Dora Quill: Nobody asked us, and nobody told us); "
        "denies the point: The tolls were doubled in secret."
    )


def test_a_block_that_is_no_ordinary_paragraph_is_named(story: Story) -> None:
    story.mark("Council doubled bridge tolls in secret")
    assert rows(story.project.quote_sheet.render("csv"))[0]["place"] == "headline, paragraph 1"


def test_the_client_gets_no_notes_and_no_names_of_analysts(told: Story) -> None:
    for name in ("csv", "html"):
        content = told.project.quote_sheet.render(name, client=True).decode()
        assert "private doubt" not in content
        assert "Ann Bell" not in content
        assert "Nobody asked us" in content


def test_without_texts_there_are_context_and_hashes(told: Story) -> None:
    (claim, _denial) = rows(told.project.quote_sheet.render("csv", no_text=True))
    assert claim["after"].startswith(",’ said Dora Quill")
    assert len(claim["text SHA-256"]) == 64
    page = told.project.quote_sheet.render("html", no_text=True).decode()
    assert "the ferry owners said yesterday" not in page
    assert claim["text SHA-256"] in page
    assert "the ferry owners said yesterday" in told.project.quote_sheet.render("html").decode()


def test_a_filter_chooses_the_rows(told: Story) -> None:
    sheet = told.project.quote_sheet.sheet(PassageFilter(kind=told.project.codebook.tags()[1].kind))
    assert [row.tag for row in sheet.rows] == ["Denial"]
    assert sheet.rows[0].answers[0].startswith("rebuts: Dora Quill: Nobody"), "the claim has no number here"


def test_the_page_is_whole_by_itself_and_escaped(told: Story) -> None:
    page = told.project.quote_sheet.render("html").decode()
    tree = lxml_html.document_fromstring(page)
    assert tree.xpath("//script | //img | //link | //iframe") == []
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page), "nothing is loaded, and links stay on the page"
    assert "Ivo &lt;b&gt;Brandt&lt;/b&gt;" in page
    assert tree.xpath("//b") == []
    assert tree.xpath("//h1/@dir") == ["auto"]
    assert tree.xpath("//footer//code[@id='fingerprint']/text()")


def test_passages_are_marked_in_the_text_where_they_stand(told: Story) -> None:
    told.mark("asked us, and", "Evidence")
    tree = lxml_html.document_fromstring(told.project.quote_sheet.render("html").decode())
    marked = "".join(mark.text_content() for mark in tree.xpath("//div[@class='text']//mark"))
    assert marked == "Nobody asked us, and nobody told usThere was no secret"
    assert [mark.text_content() for mark in tree.xpath("//mark[@class='evidence']")] == ["asked us, and"]
    assert tree.xpath("//sup/@id") == ["t1", "t2", "t3"]
    assert {link.lstrip("#") for link in tree.xpath("//sup/a/@href")} == set(tree.xpath("//tr/@id"))
    for number in tree.xpath("//sup"):
        number.drop_tree()
    paragraphs = [paragraph.text_content() for paragraph in tree.xpath("//div[@class='text']/p")]
    assert paragraphs == [line for line in told.text.split("\n") if line.strip()]


def test_right_to_left_text_is_left_to_the_reader_s_direction(story: Story) -> None:
    text = "ראש העיר הכחיש את ההאשמות\n\nזה לא נכון, אמר."
    article = story.project.articles.add_text(text, language="he")
    story.project.annotations.add(article.id, start=27, end=38, tag="Denial")
    page = story.project.quote_sheet.render("html").decode()
    assert '<td class="quote" dir="auto">זה לא נכון,</td>' in page
    assert '<div class="text" lang="he">' in page


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(story: Story) -> None:
    project = story.project
    person = project.people.add("=HYPERLINK(1)")
    for text in ("=1+1 is what he said.", "@all of it was said.", "-5 crowns were paid.", "+5 crowns were paid."):
        article = project.articles.add_text(f"{text}\n\nThe rest of it follows here.", title=text)
        project.annotations.add(article.id, start=0, end=10, tag="Claim", people=[(person.id, "speaker")])
    for row in rows(project.quote_sheet.render("csv")):
        assert row["quote"][0] == row["headline"][0] == row["speaker"][0] == "'"


def test_an_article_from_a_file_says_that_its_original_was_kept(story: Story) -> None:
    article = story.project.articles.add(draft_from_bytes(b"A headline of some length\n\nAnd a body.\n"))
    story.project.annotations.add(article.id, start=0, end=10, tag="Claim")
    assert rows(story.project.quote_sheet.render("csv"))[0]["original"] == "original kept"
    assert "The original file was kept." in story.project.quote_sheet.render("html").decode()


def test_the_same_passages_give_the_same_fingerprint_at_any_time(told: Story) -> None:
    pages = [told.project.quote_sheet.render("html") for _ in range(2)]
    found = [re.search(rb'id="fingerprint">([0-9a-f]{64})<', page) for page in pages]
    assert all(found)
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].group(1) == found[1].group(1)


def test_a_csv_file_gets_its_hash_beside_it_for_sha256sum(told: Story, tmp_path: Path) -> None:
    told.project.quote_sheet.write(tmp_path / "quotes.csv")
    digest = hashlib.sha256((tmp_path / "quotes.csv").read_bytes()).hexdigest()
    assert (tmp_path / "quotes.csv.sha256").read_text(encoding="utf-8") == f"{digest}  quotes.csv\n"


def test_the_format_is_that_of_the_name_unless_it_is_given(told: Story, tmp_path: Path) -> None:
    told.project.quote_sheet.write(tmp_path / "a.html")
    assert (tmp_path / "a.html").read_bytes().startswith(b"<!DOCTYPE html>")
    told.project.quote_sheet.write(tmp_path / "b.txt", format_name="csv")
    assert (tmp_path / "b.txt").read_bytes().startswith(b'\xef\xbb\xbf"number"')
    for path, name in ((tmp_path / "c.docx", ""), (tmp_path / "c.html", "pdf")):
        with pytest.raises(UsageError, match="no format of a quote sheet"):
            told.project.quote_sheet.write(path, format_name=name)
    with pytest.raises(StorageError):
        told.project.quote_sheet.write(tmp_path / "no" / "a.html")


def test_an_empty_project_gives_a_sheet_without_rows(story: Story) -> None:
    assert rows(story.project.quote_sheet.render("csv")) == []
    assert "0 quotes from 0 articles" in story.project.quote_sheet.render("html").decode()
