"""The picture of the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from annotator.desktop.render import render
from annotator.desktop.theme import LIGHT
from annotator.domain.errors import StorageError, UserError
from annotator.services.project import create_project, open_project
from annotator.services.sample import make_sample
from annotator.settings import Settings


def test_the_picture_has_the_size_and_shows_the_article(qtbot: QtBot, project_file: Path, tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    render(str(project_file), picture, size=(1000, 700))
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1000, 700)
    colours = {image.pixel(x, y) for x in range(0, 1000, 7) for y in range(0, 700, 3)}
    assert QColor(LIGHT.base).rgb() in colours
    assert QColor(LIGHT.text).rgb() in colours
    assert Settings().recent_projects() == [], "the user's settings are not touched"


def test_another_article_gives_another_picture(qtbot: QtBot, project_file: Path, tmp_path: Path) -> None:
    with open_project(str(project_file)) as project:
        first, second = (article.id for article in project.articles.list())
    for name, article in (("a", first), ("b", second), ("c", first)):
        render(str(project_file), tmp_path / f"{name}.png", article_id=article, size=(800, 600))
    assert QImage(str(tmp_path / "a.png")) == QImage(str(tmp_path / "c.png"))
    assert QImage(str(tmp_path / "a.png")) != QImage(str(tmp_path / "b.png"))


def test_the_sample_made_anew_gives_the_same_picture(qtbot: QtBot, tmp_path: Path) -> None:
    """Its ids are others each time: nothing that is shown may go by them."""
    pictures = []
    for name in ("a", "b", "c"):
        sample = str(make_sample(tmp_path / name))
        with open_project(sample, read_only=True) as project:
            fullest = max(project.articles.summaries(), key=lambda summary: summary.total)
        render(sample, tmp_path / f"{name}.png", article_id=fullest.article.id)
        pictures.append(QImage(str(tmp_path / f"{name}.png")))
    assert pictures[0] == pictures[1] == pictures[2]


def test_a_linked_passage_is_gone_to_where_none_is_in_sight(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "long.annotator"
    text = "The tolls were doubled.\n\n" + "Nobody said a word of it.\n\n" * 200 + "It was published. It was not."
    with create_project(str(file), name="Long", analyst="Ann Bell") as project:
        article = project.articles.add_text(text, title="The tolls")
        project.annotations.add(article.id, start=0, end=23, tag="Claim")
        end = len(text)
        claim, denial = (
            project.annotations.add(article.id, start=start, end=stop, tag=tag).id
            for start, stop, tag in ((end - 29, end - 12, "Claim"), (end - 11, end, "Denial"))
        )
    render(str(file), tmp_path / "before.png", size=(800, 600))
    with open_project(str(file)) as project:
        project.relations.add(denial, claim)
    render(str(file), tmp_path / "after.png", size=(800, 600))
    assert QImage(str(tmp_path / "before.png")) != QImage(str(tmp_path / "after.png"))


def test_what_cannot_be_shown_or_written_is_said(qtbot: QtBot, project_file: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        render(str(tmp_path / "none.annotator"), tmp_path / "window.png")
    with pytest.raises(StorageError, match="picture"):
        render(str(project_file), tmp_path / "no folder" / "window.png")
