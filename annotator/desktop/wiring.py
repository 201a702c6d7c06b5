"""All connections between the parts of an open project, in one block."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from annotator.desktop.actions import ActionId as A
from annotator.desktop.workspace import Workspace
from annotator.domain.annotations import Annotation, Role
from annotator.domain.articles import TextVersion
from annotator.domain.codebook import Tag
from annotator.domain.people import Person
from annotator.services.loose_ends import LooseEnd, LooseEndKind
from annotator.services.search import Hit


def connect(space: Workspace) -> None:
    """Connect the panels, the actions and the state of a workspace."""
    _connect_state(space)
    _connect_panels(space)
    _connect_views(space)


def _connect_state(space: Workspace) -> None:
    state, actions = space.state, space.all_actions
    state.loaded.connect(partial(_open_first, space))
    state.sight_changed.connect(space.reload)
    state.codebook_changed.connect(lambda: actions.set_tags(state.tags_in_use()))
    state.article_opened.connect(lambda _id: space.take_article())
    state.article_closed.connect(space.show_empty)
    for signal in (state.loaded, state.article_opened, state.article_closed, state.current_changed):
        signal.connect(lambda _value=None: space.tell_needs())
    state.articles_changed.connect(
        lambda: space.empty.set_state(articles=len(state.articles), writable=not space.read_only)
    )
    space.history.labels_changed.connect(space.take_steps)
    space.shared.themes.changed.connect(space.take_theme)


def _connect_panels(space: Workspace) -> None:
    state = space.state
    space.people_panel.passages_requested.connect(space.show_person)
    space.codebook_panel.taken_away.connect(partial(space.prompts.say, undo=True))
    space.passages.passage_requested.connect(lambda article, passage: state.open_article(article, current=passage))
    space.passages.place_requested.connect(partial(show_place, space))
    space.passages.loose_end_requested.connect(partial(_settle, space))
    space.passages.closed.connect(space.show_text)
    space.search.closed.connect(space.show_text)
    space.search.hit_chosen.connect(partial(_show_hit, space))
    space.area.note_requested.connect(partial(_show_note, space))


def _connect_views(space: Workspace) -> None:
    actions, view, panes = space.all_actions, space.view, space.panes
    for id_, slot in (
        (A.VIEW_ARTICLES, lambda: space.show_left(space.article_list)),
        (A.VIEW_PEOPLE, lambda: space.show_left(space.people_panel)),
        (A.VIEW_CODEBOOK, lambda: space.show_left(space.codebook_panel)),
        (A.EDIT_UNDO, space.history.undo),
        (A.EDIT_REDO, space.history.redo),
        (A.VIEW_TEXT, space.back_to_text),
        (A.VIEW_READING, space.take_reading),
        (A.VIEW_PASSAGES, space.show_passages),
        (A.VIEW_SPEAKER, partial(_show_speaker, space)),
        (A.VIEW_TO_FINISH, partial(_show_to_finish, space)),
        (A.VIEW_ZOOM_IN, lambda: view.set_zoom(view.zoom() + 10)),
        (A.VIEW_ZOOM_OUT, lambda: view.set_zoom(view.zoom() - 10)),
        (A.VIEW_ZOOM_RESET, lambda: view.set_zoom(100)),
        (A.ARTICLE_NEXT, lambda: space.article_list.step(1)),
        (A.ARTICLE_PREVIOUS, lambda: space.article_list.step(-1)),
        (A.PERSON_NEW, space.people_panel.add_person),
        (A.TAG_NEW, space.codebook_panel.add_tag),
    ):
        actions.on(id_, slot)
    reading = actions.action(A.VIEW_READING)
    reading.setChecked(space.area.is_reading)
    space.area.reading_changed.connect(reading.setChecked)
    space.follow_panes(panes)
    space.front.currentChanged.connect(lambda _index: space.follow_panes())
    actions.on(A.VIEW_LEFT, partial(_show_side, space, left=True))
    actions.on(A.VIEW_INSPECTOR, partial(_show_side, space, left=False))


def _show_side(space: Workspace, shown: bool, *, left: bool) -> None:
    """Show or hide an outer pane of what is in front."""
    (space.front_panes.show_left if left else space.front_panes.show_right)(shown)


def _open_first(space: Workspace) -> None:
    """Open the article that was open last, else the first."""
    state = space.state
    if state.article is not None:
        return
    last = space.first_article or space.shared.settings.layout(f"article.{space.project.id}")
    if last in state.articles:
        state.open_article(last, current=space.view.current())
    elif state.articles:
        space.article_list.step(0)
    else:
        space.show_empty()


def _show_to_finish(space: Workspace) -> None:
    space.passages.show_to_finish()
    space.show_passages()


def _show_speaker(space: Workspace) -> None:
    """Show everything that the speaker of the current passage said; its first person when nobody is its speaker."""
    passage = space.state.annotation
    people = sorted(passage.people, key=lambda entry: entry.role is not Role.SPEAKER) if passage is not None else []
    person = space.state.person(people[0].person_id) if people else None
    if person is None:
        space.show_passages()
    else:
        space.show_person(person.id)


def _settle(space: Workspace, end: LooseEnd) -> None:
    """Go where a loose end is settled: to the passage, the versions to decide between, or the panel that lists it."""
    panels: dict[str, QWidget] = {Person.TYPE: space.people_panel, Tag.TYPE: space.codebook_panel}
    if end.kind is LooseEndKind.CONFLICT:
        space.all_actions.trigger(A.PROJECT_CONFLICTS)
    elif end.entity_type == Annotation.TYPE:
        annotations, id_ = space.project.annotations, end.entity_ids[0]
        space.jobs.read(
            lambda: annotations.get(id_), done=lambda found: space.state.open_article(found.article_id, current=id_)
        )
    else:
        space.show_left(panels.get(end.entity_type, space.article_list))


def _show_hit(space: Workspace, hit: Hit) -> None:
    """Go where something was found: a place of a text, a passage, an article, a person's passages, a tag."""
    if hit.entity_type == TextVersion.TYPE and hit.article_id is not None and hit.matches:
        show_place(space, hit.article_id, *hit.matches[0])
    elif hit.entity_type == Annotation.TYPE:
        space.show_text()
        space.state.go_to(hit.entity_id)
    elif hit.entity_type == Person.TYPE:
        space.show_person(hit.entity_id)
    elif hit.article_id is not None:
        space.state.open_article(hit.article_id)
    else:
        space.show_left(space.codebook_panel)


def show_place(space: Workspace, article_id: str, start: int, end: int) -> None:
    """Show a place of an article that no passage stands for."""
    state = space.state
    if state.article is not None and state.article.id == article_id:
        space.show_text()
        space.view.select_span(start, end)
        return

    def once(opened: str) -> None:
        state.article_opened.disconnect(once)
        if opened == article_id:
            space.view.select_span(start, end)

    state.article_opened.connect(once)
    state.open_article(article_id)


def _show_note(space: Workspace) -> None:
    """Put the caret into the note, pulling the inspector out where it is a drawer."""
    space.panes.show_right(shown=True)
    space.inspector.focus_note()
