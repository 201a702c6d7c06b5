"""Until the reveal nobody gets anything of a hidden layer out of a project, by whatever method of whatever service."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import pytest

from annotator.services.first_look import first_look
from annotator.services.late_services import LateServices
from annotator.services.project import Project
from tests.services.calls import CALLS, NOT_COMPARED, Call
from tests.services.twins import Ids, Twins, make_twins

VIEWERS = ("Cy Dahl", "Ann Bell", None)
"""Another author; the lead, who is no author; nobody in particular."""


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    """Return the twins, made once: every call is made on copies."""
    made = make_twins(tmp_path_factory.mktemp("twins"))
    yield made
    made.close()


def public_methods(project: Project) -> Iterator[str]:
    """Yield ``service.method`` for everything that a service of a project offers."""
    lazy = [name for name, value in vars(LateServices).items() if isinstance(value, cached_property)]
    for name in (*vars(project), *lazy):
        service = getattr(project, name)
        if name.startswith("_") or name == "context" or not type(service).__module__.startswith("annotator.services"):
            continue
        for method, _ in inspect.getmembers(type(service), inspect.isfunction):
            if not method.startswith("_"):
                yield f"{name}.{method}"


def test_every_public_method_is_compared(twins: Twins) -> None:
    found = set(public_methods(twins.copies("Cy Dahl").without))
    missing = found - CALLS.keys() - NOT_COMPARED
    assert not missing, f"say in tests/services/calls how to call {sorted(missing)}"
    assert not CALLS.keys() - found, "these are called and are not there"


def _with(call: Call, ids: Ids, folder: Path) -> Callable[[Project], object]:
    return lambda project: call(project, ids, folder)


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("name", CALLS)
def test_nothing_of_a_hidden_layer_comes_out(twins: Twins, name: str, viewer: str | None, tmp_path: Path) -> None:
    for call in CALLS[name]:
        without, having = twins.compare(viewer, _with(call, twins.ids, tmp_path))
        assert having == without


def test_read_that_forgets_the_veil_is_found(twins: Twins) -> None:
    """What the comparison above is worth: the same reads without the veil differ."""

    def forgetful(project: Project) -> object:
        with project.context.read(whole=True) as reader:
            return reader.annotation_counts()

    without, having = twins.compare("Cy Dahl", forgetful)
    assert having != without


def test_after_the_reveal_everybody_sees_everything(twins: Twins) -> None:
    copies = twins.copies("Ann Bell")
    copies.having.reviews.reveal(twins.ids.session)
    found = {annotation.note for annotation in copies.having.annotations.list(layer="Ben Cole")}
    assert "hidden note, second thoughts" in found
    assert copies.having.people.find("Ms Unheard").name == "Zelda Unheard"
    assert [hit.entity_type for hit in copies.having.search.find("hidden comment")]
    copies.refresh()


@pytest.mark.parametrize("viewer", VIEWERS)
def test_first_look_shows_nothing_hidden(twins: Twins, viewer: str | None) -> None:
    copies = twins.copies(viewer)
    analyst = copies.having.analyst
    for who in (lambda _project: None if analyst is None else analyst.id, None):
        without, having = (
            first_look(project.location, lambda _project: twins.ids.held, who)
            for project in (copies.without, copies.having)
        )
        assert twins.plain(having) == twins.plain(without)
        assert (having is None) is (who is None)
        if having is not None:
            assert having.shown == copies.having.on_screen.article(twins.ids.held).shown
