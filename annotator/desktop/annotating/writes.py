"""Edits of passages on their way to the database: in the order in which they were made, quick ones folded.

An analyst edits faster than a slow disk or a far server writes. Each write is queued at once, so that an undo asked for
after it undoes it; the version that it expects is found when it runs: the one that the analyst saw, or the one that
the analyst's own earlier writes have made of it since. A field edit that has not begun takes later field edits in.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator.desktop.models.state import ProjectState
from annotator.domain.annotations import Annotation
from annotator.domain.changes import ChangeSet
from annotator.domain.errors import NotFoundError


@dataclass(slots=True)
class _FieldEdit:
    """An ``annotations.edit`` that waits; ``fields`` may grow until it begins."""

    job: int
    fields: dict[str, Any]
    stay: object
    begun: bool = False


@dataclass(slots=True)
class _Line:
    """The writes under way to one annotation. ``version``: what the next one expects (set on the writing thread)."""

    version: str | None
    jobs: list[int] = field(default_factory=list)
    waiting: _FieldEdit | None = None


class AnnotationWrites(QObject):
    """Queues the writes of annotations; used on the UI thread."""

    saving_changed = Signal(str, bool)
    """The annotation of this id has writes under way, or has none any more."""
    failed = Signal(str)
    """A write of the annotation failed: what the screen shows ahead of the database is not so."""
    _told = Signal(object)

    def __init__(self, state: ProjectState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._lines: dict[str, _Line] = {}
        self._lock = threading.Lock()
        self._stay: tuple[object, str] | None = None
        """The last stay in a text field that was written, and the id of its change (used on the writing thread)."""
        self._untold: dict[str, str] = {}
        """Versions by annotation that the writing thread has made and the window has not heard of yet."""
        self._told.connect(self._hear)
        self._unsubscribe = state.project.subscribe(self._note_versions)

    def close(self) -> None:
        """Listen to the project no more."""
        self._unsubscribe()

    def saving(self, annotation_id: str) -> bool:
        """Whether writes of this annotation are under way."""
        return annotation_id in self._lines

    def create(self, annotation_id: str, work: Callable[[], Annotation]) -> None:
        """Queue the making of an annotation whose id the caller has chosen."""
        self._queue(annotation_id, lambda _line: work())

    def change(
        self,
        annotation_id: str,
        work: Callable[[str | None], ChangeSet],
        *,
        gone: Callable[[], object] | None = None,
    ) -> None:
        """Queue a write; ``work`` gets the version that it must find (None: any).

        ``gone`` is called instead of showing an error when the annotation is not there any more.
        """
        self._queue(annotation_id, lambda line: work(line.version), gone)

    def edit(
        self,
        annotation_id: str,
        *,
        stay: object = None,
        **fields: Any,  # noqa: ANN401  (the fields of annotations.edit)
    ) -> None:
        """Queue a change of fields, or add it to one that waits and that nothing else was queued to write after.

        ``stay``: stands for one stay in a text field; what is written of it is one change as long as nothing else is
        written meanwhile.
        """
        line = self._lines.get(annotation_id)
        if line is not None and self._fold(line, fields, stay):
            return
        edit = _FieldEdit(0, dict(fields), stay)

        def work(line: _Line) -> ChangeSet:
            with self._lock:
                edit.begun = True
            return self._write_fields(annotation_id, edit, line)

        edit.job = self._queue(annotation_id, work)
        self._lines[annotation_id].waiting = edit

    def _fold(self, line: _Line, fields: dict[str, Any], stay: object) -> bool:
        with self._lock:
            edit = line.waiting
            if edit is None or edit.begun or edit.job != self._state.jobs.last_write or edit.stay is not stay:
                return False
            edit.fields.update(fields)
            return True

    def _write_fields(self, annotation_id: str, edit: _FieldEdit, line: _Line) -> ChangeSet:
        """Write a field edit, on the writing thread; further typing of one stay goes into the change that it made."""
        known = self._stay
        amends = known[1] if known is not None and edit.stay is not None and known[0] is edit.stay else None
        change = self._state.project.annotations.edit(
            annotation_id, expected=line.version, amends=amends, **edit.fields
        )
        if edit.stay is not None and change.edits:
            self._stay = (edit.stay, change.id)
        return change

    def _queue(
        self, annotation_id: str, work: Callable[[_Line], object], gone: Callable[[], object] | None = None
    ) -> int:
        line = self._lines.get(annotation_id)
        if line is None:
            line = self._lines[annotation_id] = _Line(self._seen_version(annotation_id))
            self.saving_changed.emit(annotation_id, True)
        job = self._state.jobs.write(
            lambda: _versioned(line, annotation_id, work(line)),
            done=lambda _result: self._ended(annotation_id),
            failed=lambda error: self._fell(annotation_id, error, gone),
            after=line.jobs[-1:],
        )
        line.jobs.append(job)
        line.waiting = None
        return job

    def _seen_version(self, annotation_id: str) -> str | None:
        """Return the version that an edit builds on: the one on the screen, or what this window has made of it since.

        An undo may have been written that the screen does not show yet; what follows it is no conflict with it.
        """
        with self._lock:
            untold = self._untold.get(annotation_id)
        shown = self._state.annotation
        return untold or (shown.version if shown is not None and shown.id == annotation_id else None)

    def _note_versions(self, change: ChangeSet) -> None:
        """Take the versions that any write of this window made (an undo, too), on the writing thread."""
        made = {annotation.id: annotation.version for annotation in change.after(Annotation.TYPE)}
        with self._lock:
            self._untold.update(made)
        for annotation_id, version in made.items():
            line = self._lines.get(annotation_id)
            if line is not None:
                line.version = version
        self._told.emit(made)

    def _hear(self, made: dict[str, str]) -> None:
        with self._lock:
            for annotation_id in [id_ for id_, version in made.items() if self._untold.get(id_) == version]:
                del self._untold[annotation_id]

    def _ended(self, annotation_id: str) -> None:
        line = self._lines[annotation_id]
        line.jobs.pop(0)
        if not line.jobs:
            del self._lines[annotation_id]
            self.saving_changed.emit(annotation_id, False)

    def _fell(self, annotation_id: str, error: Exception, gone: Callable[[], object] | None) -> bool:
        """Tell of a write that failed; return whether that is dealt with."""
        self._ended(annotation_id)
        self.failed.emit(annotation_id)
        if gone is None or not isinstance(error, NotFoundError):
            return False
        gone()
        return True


def _versioned(line: _Line, annotation_id: str, written: object) -> object:
    """Let the next write of the line expect what this one made; on the writing thread."""
    annotations = written.after(Annotation.TYPE) if isinstance(written, ChangeSet) else (written,)
    for annotation in annotations:
        if isinstance(annotation, Annotation) and annotation.id == annotation_id:
            line.version = annotation.version
    return written
