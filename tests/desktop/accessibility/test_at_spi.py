"""The program asked over AT-SPI from another process, as a screen reader asks it; and it survives being asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.annotations import Role
from annotator.services.project import create_project
from annotator.system import missing_test_tools
from tests.desktop.accessibility.client import ESCAPE, F7, FOCUSABLE, FOCUSED, SELECTED, SHOWING, Accessible
from tests.desktop.accessibility.session import Session, session

TEXT = (
    "Ferry board 🌉 denies selling the old bridge\n\n"
    "Dora Quill, who chairs the ferry board, said: “Nobody sold anything to anyone.”\n\n"
    "Mayor Tom Reed claimed that the bridge had gone for 4,200\u00a0crowns."
)
QUOTE = "Nobody sold anything to anyone"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Session]:
    """Return the program with an article that has a denial and, in it, a claim."""
    if missing := missing_test_tools():
        reason = f"no way to run a screen reader's session: install {' '.join(missing)}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    path = tmp_path / "bridge.annotator"
    with create_project(str(path), name="The bridge affair", analyst="Ann Bell") as project:
        article = project.articles.add_text(TEXT, title="Ferry board denies", outlet="Harbour Post")
        for words, tag in ((QUOTE, "Denial"), ("sold anything", "Claim")):
            start = TEXT.index(words)
            end, people = start + len(words), [("Dora Quill", Role.SPEAKER)]
            project.annotations.add(article.id, start=start, end=end, tag=tag, people=people)
    with session(path, tmp_path) as started:
        yield started
        started.assert_alive()


def find(running: Session, id_: str) -> Accessible:
    """Wait until something of this objectName is shown and return it."""
    root = running.application()

    def look() -> Accessible | None:
        running.assert_alive()
        return next((at for at in root.all() if at.id.rpartition(".")[2] == id_ and at.has(SHOWING)), None)

    return running.client.wait(look, id_)


def find_focused(running: Session) -> Accessible:
    """Click into the window to make it the active one, and return the article view, which has the focus then.

    The article is shown before its project is open; its letters act once the lists beside it are there.
    """
    find(running, "articleList")
    view = find(running, "articleView")
    running.client.click(view)
    running.client.wait(lambda: view.has(FOCUSED), "the focus in the article view")
    return view


def units(offset: int) -> int:
    """Return an offset of TEXT in UTF-16 units, which is how Qt counts on the bus."""
    return len(TEXT[:offset].encode("utf-16-le")) // 2


def test_the_whole_window_can_be_walked_and_everything_that_takes_the_focus_has_a_name(running: Session) -> None:
    view = find_focused(running)
    assert view.name == "Article"
    assert "F7" in view.description
    assert view.call("Accessible", "GetInterfaces")
    seen = [(at, at.role, at.name, at.description) for at in running.application().all()]
    assert {"frame", "menu bar", "push button", "tree", "filler"} & {role for _, role, _, _ in seen}
    assert len(seen) > 100
    nameless = [(at.id, role) for at, role, name, _ in seen if not name and at.has(FOCUSABLE) and at.has(SHOWING)]
    assert nameless == []
    running.client.press(ord("p"))
    running.client.wait(lambda: "Dora Quill" in view.description, "the passage in words")


def test_text_caret_selection_and_passages_are_read_in_the_reading_view(running: Session) -> None:
    client, start = running.client, TEXT.index(QUOTE)
    view = find_focused(running)
    client.press(F7)
    text = find(running, "readingText")
    client.wait_for_word("Reading view")
    assert (text.name, text.role) == ("Article text", "text")
    assert "Harbour Post" in text.description
    assert text.text() == TEXT
    assert text.has(FOCUSED)

    assert text.call("Text", "SetCaretOffset", "i", (units(start) + 8,))
    client.wait(lambda: text.caret() == units(start) + 8, "the caret")
    passages = find(running, "readingPassages")
    rows = client.wait(lambda: [row.name for row in passages.children() if row.role == "list item"], "the passages")
    assert [row.partition(",")[0] for row in rows] == ["Claim", "Denial"], "the innermost first"

    client.press(ord("p"))
    assert client.wait_for_word("2 of 2") == "Claim, Dora Quill, 2 of 2: “sold anything”"
    client.press(ord("p"))
    said = client.wait_for_word("1 of 2")
    assert said == f"Denial, Dora Quill, 1 of 2: “{QUOTE}”"
    client.wait(lambda: text.caret() == units(start), "the caret at the passage")
    chosen = [row.name for row in passages.children() if row.has(SELECTED)]
    assert chosen == [said]

    assert text.call("Text", "AddSelection", "ii", (units(TEXT.index("Mayor")), units(TEXT.index(" claimed"))))
    client.wait(text.selection, "the selection")
    client.press(ord("e"))
    assert client.wait_for_word("Tagged") == "Tagged as Evidence: “Mayor Tom Reed”"
    client.press(ESCAPE)
    client.wait(lambda: text.has(FOCUSED), "the focus back in the text")
    client.press(0xFFFF)
    assert client.wait_for_word("Deleted")
    client.press(F7)
    client.wait(lambda: view.has(FOCUSED), "the focus back in the article view")
