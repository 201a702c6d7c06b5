"""What is dropped on the window is sorted: a folder stands for the articles in it."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from annotator.desktop.drops import Drops


def test_a_folder_brings_the_articles_in_it(qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "notes.xyz", "story.annotator"):
        (tmp_path / name).write_text("4,200 crowns", encoding="utf-8")
    (tmp_path / "deeper.txt").mkdir()
    drops = Drops()
    articles: list[list[str]] = []
    drops.articles_dropped.connect(articles.append)
    drops.take_files([str(tmp_path)])
    assert articles == [[str(tmp_path / "a.html"), str(tmp_path / "b.txt")]]


def test_a_folder_without_articles_is_handed_on_to_be_told_of(qtbot: QtBot, tmp_path: Path) -> None:
    drops = Drops()
    articles: list[list[str]] = []
    drops.articles_dropped.connect(articles.append)
    drops.take_files([str(tmp_path)])
    assert articles == [[str(tmp_path)]]
