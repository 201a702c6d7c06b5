"""Relations to passages of other articles, in the margin of the article."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.desktop.desk import Desk


def test_the_margin_names_the_other_article_and_a_click_opens_it(desk: Desk) -> None:
    project, view = desk.project, desk.area.view
    here = desk.article.id
    start = desk.text.index("Nobody sold anything")
    denial = project.annotations.add(here, start=start, end=start + len("Nobody sold anything"), tag="Denial")
    other = project.articles.add_text("The mayor\n\nThe bridge was sold, the mayor said.", title="Mayor says sold")
    claim = project.annotations.add(other.id, start=11, end=30, tag="Claim")
    project.relations.add(denial.id, claim.id, "rebuts")
    desk.settle()
    desk.open(here)
    desk.state.set_current(denial.id)
    desk.settle()
    assert view.state.elsewhere == {claim.id: "Mayor says sold"}
    columns = view.page.columns
    margin = range(columns.text_width + 1, columns.relations_right - columns.text_left)
    places = ((x, y) for y in range(view.page.view_height) for x in margin)
    x, y = next(place for place in places if view.painter.relations.at(*place) == claim.id)
    place = QPoint(columns.text_left + x + 2, y + 2)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    desk.settle()
    assert desk.article.id == other.id
    assert desk.state.current == claim.id
