"""The undo law: apply, then inverse, is identity, and so is undo all, redo all; a colleague's work is never undone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from annotator.domain.errors import ConflictError
from annotator.services.project import Project, create_project, open_project
from tests.made_once import MEMORY
from tests.services.actions import Choices, State, act, choices, sequences, state_of

# Each example is a project of its own on the disk; the fixtures only give folders.
_slow = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def fresh_project() -> Iterator[Project]:
    with (
        tempfile.TemporaryDirectory(dir=MEMORY) as folder,
        create_project(Path(folder) / "law.annotator", name="Law", analyst="Ann Bell") as project,
    ):
        article = project.articles.add_text("The ‘secret’ toll 🌉 of the bridge was naïve, they said.\n", title="A")
        project.annotations.add(article.id, start=4, end=12, tag="Claim", people=[("Dora Quill", "speaker")])
        yield project


def states_of(project: Project, sequence: Sequence[Choices]) -> list[State]:
    """Do a sequence of things and return the state before the first and after each that changed something."""
    states = [state_of(project)]
    for choice in sequence:
        after = act(project, choice, states[-1])
        if after != states[-1]:
            states.append(after)
    return states


@_slow
@given(sequences)
def test_undo_goes_back_step_by_step_and_redo_forward(sequence: list[Choices]) -> None:
    with fresh_project() as project:
        states = states_of(project, sequence)
        event(f"{min(len(states) - 1, 5)} changes or more")
        for expected in reversed(states[:-1]):
            project.history.undo()
            assert state_of(project) == expected
        for expected in states[1:]:
            project.history.redo()
            assert state_of(project) == expected
        assert project.history.redo_label() is None


@_slow
@given(sequences, st.lists(st.sampled_from(["undo", "redo", "reopen"]), max_size=20), choices)
def test_undo_and_redo_in_any_order_survive_a_restart(sequence: list[Choices], steps: list[str], last: Choices) -> None:
    with fresh_project() as project:
        states = states_of(project, sequence)
        place, here = len(states) - 1, project
        for step in steps:
            if step == "reopen":
                here.close()
                here = open_project(project.location)
            elif step == "undo" and place > 0:
                here.history.undo()
                place -= 1
            elif step == "redo" and place < len(states) - 1:
                here.history.redo()
                place += 1
            assert state_of(here) == states[place]
        if act(here, last, states[place]) != states[place]:
            assert here.history.redo_label() is None
            here.history.undo()
            assert state_of(here) == states[place]
        here.close()


@_slow
@given(st.lists(st.tuples(st.sampled_from(["AB", "BA"]), choices), min_size=2, max_size=14))
def test_undo_never_takes_back_what_a_colleague_did(sequence: list[tuple[str, Choices]]) -> None:
    with fresh_project() as project:
        project.analysts.add("Ben Ash")
        state = state_of(project)
        for who, choice in sequence:
            project.act_as(who)
            state = act(project, choice, state)
        ann = project.act_as("AB")
        while project.history.undo_label() is not None:
            before = state
            try:
                change = project.history.undo()
            except ConflictError:
                event("refused")
                assert state_of(project) == before
                break
            touched = {(edit.entity.TYPE, edit.entity.id) for edit in change.edits}
            state = state_of(project)
            assert {key for key in before | state if before.get(key) != state.get(key)} <= touched
            assert all(edit.before is not None and edit.before.updated_by == ann.id for edit in change.edits)
