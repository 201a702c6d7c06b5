"""What every service of an open project shares: the database, who is writing, the write lock, and the announcements."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import TypeVar

from annotator import log
from annotator.domain.analysts import Analyst
from annotator.domain.changes import REVEAL, ChangeSet
from annotator.domain.entity import Entity
from annotator.domain.errors import AnalystNeededError, ConflictError, NotFoundError, ReadOnlyError
from annotator.services.seals import Seals
from annotator.settings import DeviceMemory
from annotator.store.database import Database
from annotator.store.repository import Reader
from annotator.store.unit_of_work import UnitOfWork
from annotator.store.veil import Veil

E = TypeVar("E", bound=Entity)
Listener = Callable[[ChangeSet], None]

_log = log.logger(__name__)


class Context:
    """One open project as its services see it.

    ``memory``: what this device remembers (its id; who writes in which project). ``named``: the id of the analyst
    named when the project was opened; it goes before what is remembered.
    """

    def __init__(self, database: Database, memory: DeviceMemory, project_id: str) -> None:
        self.database = database
        self.memory = memory
        self.project_id = project_id
        self.device = memory.device
        self.named: str | None = None
        self._lock = threading.RLock()
        self._writing = False
        self._listeners: list[Listener] = []
        self._committed: list[ChangeSet] = []
        self.seals = Seals(several_write="://" in database.location or database.read_only)

    def _veil(self, reader: Reader) -> Veil | None:
        """Return what is kept from whoever is looking, None while nothing is sealed."""
        sealed = self.seals.now(reader)
        return None if sealed is None else sealed.veil(self.who())

    def analyst(self, reader: Reader | None = None) -> Analyst | None:
        """Return who is writing: named at opening, else remembered on this device, else nobody."""
        id_ = self.who()
        if id_ is None:
            return None
        if reader is None:
            with self.read() as own:
                return self.analyst(own)
        found = reader.get(Analyst, id_)
        return None if found is None or found.deleted else found

    def who(self) -> str | None:
        """Return the id of who is writing, as it was named or is remembered, without asking the project."""
        return self.named or self.memory.analyst(self.project_id, self.database.location)

    def remember(self, analyst_id: str) -> None:
        """Let an analyst write from now on, and remember it on this device for this copy of the project."""
        self.named = analyst_id
        self.memory.remember_analyst(self.project_id, analyst_id, self.database.location)

    def needed_analyst(self, reader: Reader | None = None) -> Analyst:
        """Return who is writing; raises AnalystNeededError when nobody is."""
        found = self.analyst(reader)
        if found is None:
            raise AnalystNeededError(
                "Nobody is named as the analyst who is writing.",
                "Say who you are: “Who are you in this project?” in the window, --as NAME on the command line, "
                "analyst=… in Python.",
            )
        return found

    def read(self, *, whole: bool = False) -> AbstractContextManager[Reader]:
        """Begin a short read; everything is fetched before it ends. Usable from any thread.

        ``whole``: what a blind session keeps apart is read too. Whoever asks for that must tell nobody what it holds.
        """
        return self.database.read(None if whole else self._veil)

    @contextmanager
    def write(self, *, by: str | None = None, nobody: bool = False) -> Iterator[UnitOfWork]:
        """Begin a unit of work under the project's one write lock; without ``commit`` it leaves no trace.

        ``by``: the id of the analyst who writes; the one who is named or remembered when None. ``nobody``: the project
        itself writes (setting it up, adding the analyst who is about to begin): such a change is nobody's to undo.
        Change sets are announced when the unit of work has ended. Raises AnalystNeededError, ReadOnlyError.
        """
        self.refuse_read_only()
        with self._lock:
            if self._writing:
                raise RuntimeError("a unit of work is open already: pass it on instead of beginning another")
            analyst_id = None if nobody else by or self.needed_analyst().id
            self._writing = True
            try:
                with self.database.write(analyst_id=analyst_id, device=self.device) as uow:
                    uow.veil = self._veil(uow)
                    yield uow
            finally:
                self._writing = False
                committed, self._committed = self._committed, []
                for change in committed:
                    self.seals.take(change)
                    self._announce(change)

    def commit(self, uow: UnitOfWork, label: str, *, undoes_id: str | None = None) -> ChangeSet:
        """Commit a unit of work under ``label`` and have its change set announced; one without edits is not.

        Raises RuleError when it would show what a session keeps apart, which only a reveal does.
        """
        if not label.startswith(REVEAL):
            self.seals.refuse_to_break(uow)
        change = uow.commit(label, undoes_id=undoes_id)
        if change.edits:
            self._committed.append(change)
        return change

    def refuse_read_only(self) -> None:
        """Raise ReadOnlyError when this project is open for reading only."""
        if self.database.read_only:
            raise ReadOnlyError("This project is open for reading only.", self.database.read_only_reason)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with each change set, on the thread that wrote it; return what ends it."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def _announce(self, change: ChangeSet) -> None:
        change = self._seen(change)
        for listener in tuple(self._listeners):
            try:
                listener(change)
            except Exception:  # noqa: BLE001  (the change is saved: a listener's defect must not look like a failed write)
                _log.exception("a listener of change sets failed")

    def _seen(self, change: ChangeSet) -> ChangeSet:
        """Return a change set without what is kept from whoever is looking: a merge may have brought it."""
        if self.seals.known is None or not self._listeners:
            return change
        with self.read() as reader:
            seen = {
                cls.TYPE: reader.get_many(cls, change.touched(cls.TYPE))
                for cls in {type(e.entity) for e in change.edits}
            }
        edits = tuple(edit for edit in change.edits if edit.entity.id in seen[edit.entity.TYPE])
        return change if len(edits) == len(change.edits) else replace(change, edits=edits)


def found(entity: E | None, what: str, id_: str) -> E:
    """Return ``entity`` when it is there and live; raises NotFoundError naming ``what`` otherwise."""
    if entity is None:
        raise NotFoundError(f"There is no {what} with the id “{id_}” in this project.")
    if entity.deleted:
        raise NotFoundError(f"The {what} with the id “{id_}” has been deleted.", "Undo brings it back.")
    return entity


def live(reader: Reader, cls: type[E], id_: str, what: str) -> E:
    """Return the live entity ``id_`` of ``cls``; raises NotFoundError."""
    return found(reader.get(cls, id_), what, id_)


def expect(entity: Entity, expected: str | None, what: str) -> None:
    """Raise ConflictError when the caller expects another version of ``entity`` than the one that is shown."""
    if expected is not None and entity.version != expected:
        raise ConflictError(
            f"This {what} was changed in the meantime.", "Look at its present state and make the change again."
        )
