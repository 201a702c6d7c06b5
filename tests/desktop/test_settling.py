"""What a merge left to settle is listed under To finish, and Enter goes where it is settled."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.main_window import MainWindow
from annotator.desktop.models.passages_model import Heading
from annotator.desktop.widgets.quiet_list import QuietTreeView
from annotator.domain.annotations import Annotation
from annotator.domain.entity import Entity
from annotator.domain.people import Person
from annotator.services.loose_ends import LooseEnd, LooseEndKind
from tests.desktop.windows import settle, space_of
from tests.factories import make_person


def put(qtbot: QtBot, window: MainWindow, *entities: Entity, delete: bool = False) -> None:
    """Write as a merge would: past the rules for a person's writing."""
    context = space_of(window).project.context

    def write() -> None:
        with context.write() as uow:
            for entity in entities:
                (uow.delete if delete else uow.put)(entity)
            context.commit(uow, "From elsewhere")

    space_of(window).jobs.write(write)
    settle(qtbot, window)


def settle_first(qtbot: QtBot, window: MainWindow) -> LooseEnd:
    """List what is to finish and activate the first thing to settle."""
    window.all_actions.trigger(ActionId.VIEW_TO_FINISH)
    qtbot.waitUntil(space_of(window).passages.isVisible)
    settle(qtbot, window)
    view = space_of(window).passages.findChild(QuietTreeView, "passagesList")
    assert view is not None
    model = space_of(window).passages._model
    headings = [model.index(row, 0) for row in range(model.rowCount())]
    (heading,) = [index for index in headings if str(model.content(index)).startswith("To settle")]
    assert isinstance(model.content(heading), Heading)
    first: QModelIndex = model.index(0, 0, heading)
    end = model.content(first)
    assert isinstance(end, LooseEnd)
    view.activated.emit(first)
    settle(qtbot, window)
    return end


def test_people_of_equal_names_are_settled_in_the_register(qtbot: QtBot, window: MainWindow) -> None:
    put(qtbot, window, make_person("Dora Quill"))
    assert settle_first(qtbot, window).kind is LooseEndKind.SAME_NAME
    assert space_of(window).left.currentWidget() is space_of(window).people_panel


def test_a_passage_that_leads_to_a_deleted_person_is_opened(qtbot: QtBot, window: MainWindow) -> None:
    project = space_of(window).project
    marked: Annotation = project.annotations.list()[-1]
    person: Person = project.people.add("Cy Dahl")
    project.annotations.add_person(marked.id, person, "target")
    put(qtbot, window, person, delete=True)
    end = settle_first(qtbot, window)
    assert (end.kind, end.entity_ids) == (LooseEndKind.LINK_TO_DELETED, (marked.id,))
    qtbot.waitUntil(lambda: space_of(window).state.current == marked.id)
