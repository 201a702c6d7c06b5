from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotator.domain.folding import fold
from annotator.domain.people import Alias
from annotator.domain.text import canonical_text
from annotator.store.database import Database
from annotator.store.finding import SearchRow
from annotator.store.search import STRETCH
from annotator.store.words import folded_words, words_of
from tests.factories import DEVICE, Start, begin, make_article, make_comment, make_person, make_point, make_text, put


def find(database: Database, query: str, limit: int = 50) -> list[SearchRow]:
    with database.read() as reader:
        return reader.search(query, limit=limit)


def add_article(database: Database, start: Start, text: str, title: str = "Other") -> str:
    article = make_article(title)
    version = make_text(article, text)
    put(database, replace(article, current_text_id=version.id), version, by=start.analyst)
    return version.id


def matched(row: SearchRow, stored: str) -> list[str]:
    return [stored[start:end] for start, end in row.matches]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("naive", ["naïve"]),
        ("NAÏVE", ["naïve"]),
        ("said nobody", ["Nobody", "said"]),
        ("led", ["ledger"]),
        ("4200", None),
        ("4,200", ["4,200"]),
        ("ledg ", None),
        ("dora  quill ", ["Dora", "Quill"]),
        ("bridge sold", ["sold", "bridge"]),
    ],
)
def test_words_are_found_whatever_their_case_and_accents(
    database: Database, query: str, words: list[str] | None
) -> None:
    start = begin(database)
    rows = [row for row in find(database, query) if row.entity_type == "text_version"]
    if words is None:
        assert rows == []
        return
    (row,) = rows
    assert matched(row, start.text.text) == words
    assert row.entity_id == start.text.id
    assert row.article_id == start.article.id
    assert row.field == "text"


def test_a_snippet_is_a_slice_of_the_stored_text(database: Database) -> None:
    start = begin(database)
    stored = "First line\n" + "Żółć 🌉 word " * 30 + "the ‘needle’s’ eye " + "and more text " * 30 + "\nlast needle"
    id_ = add_article(database, start, stored)
    (row,) = find(database, "needle")
    assert row.entity_id == id_
    assert stored[row.start : row.start + len(row.snippet)] == row.snippet
    assert "\n" not in row.snippet
    assert 60 < len(row.snippet) < 200
    assert matched(row, stored) == ["needle"]


@pytest.mark.parametrize(
    "query",
    ["", " ", '"', "*", "NEAR(a b)", "-mayor", "text:mayor", "'; DROP TABLE article; --", "%", "_", "\x00", "mayor\x00",
     "a OR b", "{mayor}", "^mayor", "mayor +", "(", "& | !", "'a':*", "\\", "x" * 5000, "w " * 10_000, "🌉", "\u0301"],
)  # fmt: skip
def test_no_input_is_an_operator_or_an_error(database: Database, query: str) -> None:
    begin(database)
    for row in find(database, query):
        assert row.matches or row.snippet


def test_not_and_or_are_words(database: Database) -> None:
    start = begin(database)
    id_ = add_article(database, start, "Take it or leave it, not both, near and far.")
    assert [row.entity_id for row in find(database, "NOT near")] == [id_]
    assert find(database, "OR mayor") == []


@given(query=st.text(max_size=40))
@example(query="½")
@example(query="Ⅷ")
@example(query="ﬁ")
@example(query="\u0345a")
@example(query="İ")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_stored_is_found_by_its_own_words(query: str, shared: tuple[Database, Start]) -> None:
    database, start = shared
    stored = canonical_text(query)
    text_id = add_article(database, start, stored or " ")
    found = {row.entity_id for row in find(database, stored + " ", limit=1000)}
    assert (text_id in found) == any(words_of(stored))


@pytest.fixture
def shared(database: Database) -> tuple[Database, Start]:
    return database, begin(database)


@given(text=st.text(max_size=60))
@settings(deadline=None)
def test_words_are_folded_and_lie_where_they_say(text: str) -> None:
    end = 0
    for word in words_of(text):
        assert word.folded
        assert not set(word.folded) & set("'\\\" ")
        assert word.folded in fold(text[word.start : word.end])
        assert end <= word.end
        end = word.end


@given(text=st.text(max_size=60) | st.text(alphabet=st.characters(max_codepoint=127), max_size=60))
@settings(deadline=None)
def test_words_are_the_same_with_and_without_their_places(text: str) -> None:
    assert folded_words(text) == [word.folded for word in words_of(text)]
    assert folded_words(text, 3, 20) == [word.folded for word in words_of(text, 3, 20)]


def test_everything_that_is_written_about_is_found(database: Database) -> None:
    start = begin(database)
    ann = put(database, start.annotation(5, 9, note="Check against minutes"), by=start.analyst)
    person = put(database, make_person("Ödön Nagy", aliases=(Alias(text="the Harbourmaster"),)), by=start.analyst)
    point = put(database, make_point("The lighthouse was let."), by=start.analyst)
    comment = put(database, make_comment(start.article, start.analyst, "Ask the archivist"), by=start.analyst)
    found = {query: [(r.entity_id, r.field) for r in find(database, query)] for query in (
        "minutes", "odon", "harbourmaster", "lighthouse", "archivist", "ferry")}  # fmt: skip
    assert found == {
        "minutes": [(ann.id, "note")],
        "odon": [(person.id, "name")],
        "harbourmaster": [(person.id, "aliases")],
        "lighthouse": [(point.id, "text")],
        "archivist": [(comment.id, "text")],
        "ferry": [(start.article.id, "outlet")],
    }


def test_what_changes_or_goes_is_no_longer_found(database: Database) -> None:
    start = begin(database)
    ann = put(database, start.annotation(note="before"), by=start.analyst)
    ann = put(database, replace(ann, note="afterwards"), by=start.analyst)
    assert find(database, "before") == []
    assert [row.entity_id for row in find(database, "afterwards")] == [ann.id]
    with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
        ann = uow.delete(ann)
        uow.commit("Delete")
    assert find(database, "afterwards") == []
    put(database, replace(ann, deleted_at=None), by=start.analyst)
    assert [row.entity_id for row in find(database, "afterwards")] == [ann.id]


def test_only_the_current_text_of_a_live_article_is_found(database: Database) -> None:
    start = begin(database)
    newer = make_text(start.article, "A corrected account", replaces_id=start.text.id)
    article, _ = put(database, replace(start.article, current_text_id=newer.id), newer, by=start.analyst)
    assert [row for row in find(database, "ledger") if row.entity_type == "text_version"] == []
    assert [row.entity_id for row in find(database, "corrected")] == [newer.id]
    with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
        uow.delete(article)
        uow.commit("Delete article")
    assert find(database, "corrected") == []


def test_a_long_text_is_searched_to_its_end(database: Database) -> None:
    start = begin(database)
    stored = "filler words here\n" * (STRETCH // 8) + "the last needle"
    id_ = add_article(database, start, stored)
    (row,) = find(database, "needle")
    assert row.entity_id == id_
    assert matched(row, stored) == ["needle"]


def test_ideographs_are_found_without_spaces(database: Database) -> None:
    start = begin(database)
    id_ = add_article(database, start, "市长卖掉了大桥。")
    (row,) = find(database, "大桥")
    assert row.entity_id == id_
    assert matched(row, "市长卖掉了大桥。") == ["大桥"]
    assert find(database, "桥大") == []


def test_the_limit_holds_and_the_best_comes_first(database: Database) -> None:
    start = begin(database)
    for number in range(5):
        add_article(database, start, "plain words " * 40 + "walrus " * ((number == 3 and 9) or 1))
    rows = find(database, "walrus", limit=3)
    assert len(rows) == 3
    assert rows[0].snippet.count("walrus") > 1
