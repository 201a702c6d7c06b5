from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator.desktop.models.codebook_model import CodebookModel
from annotator.desktop.models.passages_model import Column, Heading, PassagesModel, passages_tree
from annotator.desktop.models.rows import RowsModel
from annotator.desktop.models.two_line import RowRole
from annotator.domain.annotations import Annotation, Role
from annotator.domain.articles import Article, BlockKind
from annotator.domain.codebook import Tag, TagKind
from annotator.domain.passages import Answer, Named, PassageRow, Unfinished
from annotator.domain.relations import RelationKind
from annotator.services.loose_ends import LooseEnd, LooseEndKind

Pair = tuple[str, str]


def rows_model() -> RowsModel[Pair]:
    return RowsModel(lambda row: row[0], {Qt.ItemDataRole.DisplayRole: lambda row: row[1]})


def watched(model: CodebookModel | PassagesModel | RowsModel[Pair]) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_rows_with_the_same_keys_are_replaced_in_place(qtbot: QtBot) -> None:
    model = rows_model()
    tester = watched(model)
    model.set_rows([("a", "one"), ("b", "two")])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as changed:
        model.set_rows([("a", "one"), ("b", "TWO")])
    assert changed.args is not None
    assert changed.args[0].row() == 1
    assert model.index(1).data() == "TWO"
    assert model.index_of("b").row() == 1
    assert not model.index_of("z").isValid()
    with qtbot.waitSignal(model.modelReset):
        model.set_rows([("b", "TWO")])
    assert model.index(0).data(RowRole.ID) == "b"
    assert model.row_at(QModelIndex()) is None
    assert tester.model() is model


def test_the_codebook_is_a_tree_in_order_without_merged_tags() -> None:
    model = CodebookModel()
    tester = watched(model)
    tags = [
        Tag(id="b", name="Second", position=1, key="D"),
        Tag(id="a", name="First", position=0),
        Tag(id="c", name="Child", parent_id="a", position=0),
        Tag(id="d", name="Old", position=2, retired=True),
        Tag(id="e", name="Gone", position=3, merged_into="a"),
    ]
    model.set_tags(tags, retired=False)
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["First", "Second"]
    child = model.index_of("c")
    assert model.parent(child) == model.index_of("a")
    assert [t.id for t in model.siblings_of("b")] == ["a", "b"]
    model.set_tags(tags, retired=True)
    assert model.rowCount() == 3
    assert model.index_of("d").data(RowRole.FADED)
    assert not model.index_of("e").isValid()
    assert tester.model() is model


def test_a_circle_of_tags_after_a_merge_of_files_is_shown_once() -> None:
    model = CodebookModel()
    tester = watched(model)
    model.set_tags([Tag(id="a", parent_id="b", position=0), Tag(id="b", parent_id="a", position=1)], retired=False)
    assert model.index_of("a").isValid()
    assert model.index_of("b").isValid()
    assert model.rowCount() == 1
    assert tester.model() is model


def row(id_: str, *, group: str, speaker: str = "Ada Lund") -> PassageRow:
    return PassageRow(
        annotation=Annotation(
            id=id_,
            article_id="x",
            text_id="t",
            start=0,
            end=4,
            quote="‘No,\nnever’",
            tag_id="g",
            analyst_id="n",
            unsure=True,
        ),
        article=Article(id="x", title="Toll row", outlet="Harbour Post", published_at="2026-03"),
        tag=Tag(id="g", name="Denial", kind=TagKind.DENIAL, colour="#c8452b"),
        analyst="AB",
        block=BlockKind.BODY,
        paragraph=3,
        repeats=False,
        people=((Role.SPEAKER, "p", speaker), (Role.TARGET, "q", "Bo Ek")),
        answers=(Answer("r", RelationKind.REBUTS, False, "z", "x", "quote", ("Bo Ek",)),),
        unfinished=(Unfinished.UNSURE,),
        group=group,
    )


def test_repeats_stand_under_the_first_and_places_named_only_at_the_end() -> None:
    model = PassagesModel(QColor)
    tester = watched(model)
    place = Named(Article(id="x", title="Toll row"), "t", 5, 9, 2, "Said Ada Lund.")
    rows = [row("1", group="1"), row("2", group="2"), row("3", group="1")]
    model.show(passages_tree(rows, [place], grouped=True))
    assert model.rowCount() == 3
    first = model.index(0, 0)
    assert model.rowCount(first) == 1
    last = model.index(2, 0)
    assert isinstance(model.content(last), Heading)
    assert model.index(0, Column.PASSAGE, last).data() == "Said Ada Lund."
    texts = [model.index(0, column).data() for column in Column]
    assert texts == [
        "Ada Lund",
        "Denial ?",
        "‘No, never’",
        "rebutted by Bo Ek",
        "Harbour Post ¶ 3 · Toll row",
        "2026-03",
    ]
    assert "Unsure" in model.index(0, Column.PASSAGE).data(Qt.ItemDataRole.ToolTipRole)
    loose = LooseEnd(LooseEndKind.SAME_NAME, "person", ("p", "q"), "2 people have the same name.")
    model.show(passages_tree([], [place], [loose], grouped=True))
    assert [str(model.content(model.index(row, 0))) for row in range(model.rowCount())] == [
        "Named here but not marked (1)",
        "To settle in the project (1)",
    ]
    settle = model.index(1, 0)
    assert model.content(model.index(0, 0, settle)) == loose
    assert [model.index(0, column, settle).data() for column in Column].count(loose.message) == 1
    model.show(passages_tree(rows, [], grouped=False))
    assert model.rowCount() == 3
    assert all(model.rowCount(model.index(place, 0)) == 0 for place in range(3))
    assert tester.model() is model
