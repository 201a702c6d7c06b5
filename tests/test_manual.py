"""The manual that ships: up to date, complete, and whole without a network."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from typing_extensions import override

from annotator import paths
from annotator.cli.parser import COMMANDS
from annotator.desktop.action_table import ActionId
from tests import manual

_MOST = 1_000_000
"""Bytes of the whole manual, pictures included."""
VOID = {"meta", "link", "img", "br"}


class Checker(HTMLParser):
    """Notes the ids, links and sources of a page, and tags that are not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.files: list[str] = []
        self.alternatives: list[str] = []
        self.tags: set[str] = set()
        self._open: list[str] = []
        self.wrong: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.ids += [given["id"]] if "id" in given else []
        for name, value in given.items():
            if name == "href" and value.startswith("#"):
                self.targets.append(value[1:])
            elif name in {"href", "src"}:
                self.files.append(value)
        if tag == "img":
            self.alternatives.append(given.get("alt", ""))
        if tag not in VOID:
            self._open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.wrong.append(f"{tag} at {self.getpos()}")


@pytest.fixture
def checked() -> Checker:
    """Return what was found in the manual as it ships."""
    checker = Checker()
    checker.feed(paths.resource("manual", "index.html").read_text(encoding="utf-8"))
    return checker


def test_every_action_has_a_sentence() -> None:
    assert manual.lacking() == [], (
        "each of these ids needs a line in tests/manual/actions.tsv that says what the action does (ID, a tab, one"
        " sentence), or its line is to go; then run `make docs`"
    )
    for id_, sentence in manual.sentences().items():
        assert re.fullmatch(r"[A-Z][^\t]{10,}\.", sentence), (
            f"{id_}: a sentence begins with a capital and ends with a stop"
        )


def test_the_page_is_up_to_date() -> None:
    assert paths.resource("manual", "index.html").read_text(encoding="utf-8") == manual.page(), "run `make docs`"


def test_every_action_and_command_is_in_it(checked: Checker) -> None:
    assert {str(id_) for id_ in ActionId} <= set(checked.ids)
    assert {f"command-{name}" for name in COMMANDS} <= set(checked.ids)


def test_it_is_whole_without_a_network(checked: Checker) -> None:
    assert checked.wrong == []
    assert len(checked.ids) == len(set(checked.ids))
    assert set(checked.targets) <= set(checked.ids)
    assert all(checked.alternatives)
    assert not checked.tags & {"script", "iframe", "object", "form"}
    for name in checked.files:
        assert re.fullmatch(r"[\w.-]+", name), f"{name} is no file beside the page"
        assert paths.resource("manual", name).is_file(), f"{name}: run `make docs`"
    style = paths.resource("manual", "manual.css").read_text(encoding="utf-8")
    assert "url(" not in style
    assert "@import" not in style
    assert "prefers-color-scheme: dark" in style


def test_it_is_small() -> None:
    assert sum(file.stat().st_size for file in paths.resource("manual").iterdir()) < _MOST


def test_a_page_that_is_wrong_is_found() -> None:
    checker = Checker()
    checker.feed('<p><b>never</p><a href="#nowhere">x</a><img src="https://example.org/x.png">')
    assert checker.wrong
    assert checker.targets == ["nowhere"]
    assert checker.files == ["https://example.org/x.png"]
    assert checker.alternatives == [""]
