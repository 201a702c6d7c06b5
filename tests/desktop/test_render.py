"""The picture of the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from annotator.desktop.render import render
from annotator.desktop.theme import LIGHT
from annotator.domain.errors import StorageError, UserError
from annotator.services.project import open_project
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


def test_what_cannot_be_shown_or_written_is_said(qtbot: QtBot, project_file: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        render(str(tmp_path / "none.annotator"), tmp_path / "window.png")
    with pytest.raises(StorageError, match="picture"):
        render(str(project_file), tmp_path / "no folder" / "window.png")
