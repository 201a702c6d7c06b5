"""One open project: where the parts meet. The desktop, the command line, scripts and tests all begin here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from os import PathLike
from types import TracebackType

from annotator.domain.analysts import Analyst
from annotator.domain.changes import ChangeSet
from annotator.domain.codebook import default_tags
from annotator.domain.entity import now
from annotator.domain.errors import NotFoundError, StorageError
from annotator.domain.ids import new_id
from annotator.domain.projects import Project as ProjectDetails
from annotator.domain.projects import Setting
from annotator.domain.rules import check_named
from annotator.services.analysts import Analysts, find_analyst, put_new_analyst
from annotator.services.annotations import Annotations
from annotator.services.articles import Articles
from annotator.services.codebook import Codebook
from annotator.services.comments import Comments
from annotator.services.context import Context, expect
from annotator.services.editing import edit_label
from annotator.services.history import History
from annotator.services.late_services import LateServices
from annotator.services.on_screen import OnScreen
from annotator.services.people import People
from annotator.services.points import Points
from annotator.services.relations import Relations
from annotator.services.texts import Texts
from annotator.settings import DeviceMemory
from annotator.store.connections import Waiting, nobody_told
from annotator.store.database import Database
from annotator.store.repository import Reader

_LABELS = {"name": "Rename project", "description": "Describe project", "settings": "Change project's settings"}


class Project(LateServices):
    """An open project; a context manager that closes it.

    Its services are its attributes. Every write is committed when its method returns; the change set goes to all
    subscribers, on the thread that wrote.
    """

    def __init__(self, context: Context) -> None:
        texts = Texts()
        super().__init__(context, texts)
        self.articles = Articles(context, texts)
        self.annotations = Annotations(context, texts)
        self.on_screen = OnScreen(context, texts)
        self.people = People(context)
        self.codebook = Codebook(context)
        self.points = Points(context)
        self.relations = Relations(context)
        self.comments = Comments(context, texts)
        self.analysts = Analysts(context)
        self.history = History(context)

    @property
    def id(self) -> str:
        """The project's id; the same in every copy of it."""
        return self.context.project_id

    @property
    def name(self) -> str:
        """The project's name."""
        return self.details().name

    @property
    def location(self) -> str:
        """The path of the file, or the URL without a password."""
        return self.context.database.location

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self.context.database.read_only

    @property
    def read_only_reason(self) -> str:
        """Why nothing can be written; empty when it can."""
        return self.context.database.read_only_reason

    @property
    def held(self) -> bool:
        """Whether nothing can be written because another program has the project open for writing."""
        return self.context.database.held

    @property
    def warning(self) -> str:
        """What the user should know about where the project lies (a network drive, a synchronised folder); or empty."""
        return self.context.database.warning

    @property
    def analyst(self) -> Analyst | None:
        """Who is writing: named at opening, else remembered on this device for this project, else nobody."""
        return self.context.analyst()

    def details(self) -> ProjectDetails:
        """Return the project's own entity: name, description, settings."""
        with self.context.read() as reader:
            return _details(reader, self.location)

    def edit(
        self,
        *,
        name: str | None = None,
        description: str | None = None,
        settings: Iterable[Setting] | None = None,
        expected: str | None = None,
    ) -> ChangeSet:
        """Change the project's name, description or settings; what is None stays."""
        with self.context.write() as uow:
            before = _details(uow, self.location)
            expect(before, expected, "project")
            after = replace(
                before,
                name=before.name if name is None else name.strip(),
                description=before.description if description is None else description,
                settings=before.settings if settings is None else tuple(settings),
            )
            check_named(after.name, "project")
            uow.put(after)
            return self.context.commit(uow, edit_label(before, after, _LABELS, "Edit project"))

    def act_as(self, who: str, *, create: bool = False) -> Analyst:
        """Name who is writing from now on, and remember it on this device for this project.

        ``who``: an analyst's id, name or initials; with ``create`` a name that nobody has becomes a new analyst.
        """
        analyst = self._analyst(who, create=create)
        self.context.remember(analyst.id)
        return analyst

    def _analyst(self, who: str, *, create: bool) -> Analyst:
        with self.context.read() as reader:
            try:
                return find_analyst(reader, who)
            except NotFoundError:
                if not create:
                    raise
        with self.context.write(nobody=True) as uow:
            analyst = put_new_analyst(uow, Analyst(id=new_id(), name=who.strip(), created_at=now()))
            self.context.commit(uow, f"Add analyst {analyst.name}")
        return analyst

    def subscribe(self, listener: Callable[[ChangeSet], None]) -> Callable[[], None]:
        """Call ``listener`` with every committed change set, on the thread that wrote it; return what ends it."""
        return self.context.subscribe(listener)

    def tell_waiting(self, waiting: Waiting) -> None:
        """Tell ``waiting`` True when another program keeps the file from being used for a while, False at its end.

        It is called on the thread that waits.
        """
        self.context.database.tell_waiting(waiting)

    def anew(self) -> Project:
        """Return the same open project with nothing known of what was in it: all of it has been replaced."""
        context = Context(self.context.database, self.context.memory, self.id)
        context.named = self.context.named
        return Project(context)

    def close(self) -> None:
        """Close the database and give the file back; may be called twice."""
        self.context.database.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()


def open_project(
    location: str | PathLike[str],
    *,
    analyst: str | None = None,
    read_only: bool = False,
    wait: float = 2.0,
    memory: DeviceMemory | None = None,
    waiting: Waiting = nobody_told,
) -> Project:
    """Open a project: a file's path or a ``postgresql+psycopg://`` URL.

    ``analyst``: who is writing, by id, name or initials; else the one remembered on this device for this project; else
    nobody, and writes raise AnalystNeededError. ``wait``: seconds to wait for another program that has the file; then
    it is opened for reading only, with the reason. ``memory``: what the device remembers; the user's own when None.
    ``waiting``: see :meth:`Project.tell_waiting`; told while opening too.
    """
    database = Database.open(str(location), read_only=read_only, wait=wait, waiting=waiting)
    try:
        with database.read() as reader:
            details = _details(reader, database.location)
            named = None if analyst is None else find_analyst(reader, analyst).id
        context = Context(database, memory or DeviceMemory(), details.id)
        context.named = named
        return Project(context)
    except BaseException:
        database.close()
        raise


def create_project(
    location: str | PathLike[str],
    *,
    name: str,
    analyst: str | None = None,
    description: str = "",
    memory: DeviceMemory | None = None,
    id: str | None = None,
) -> Project:
    """Make a project with the default codebook and open it.

    ``analyst``: the name of its first analyst, who is then remembered on this device for this project.
    What is written here is nobody's change: a project to which only this was written is *empty*.
    """
    check_named(name, "project")
    if analyst is not None:
        check_named(analyst, "analyst")  # before the file is made: a refused project leaves none
    database = Database.create(str(location))
    try:
        context = Context(database, memory or DeviceMemory(), id or new_id())
        with context.write(nobody=True) as uow:
            made = now()
            uow.put(ProjectDetails(id=context.project_id, name=name.strip(), description=description, created_at=made))
            for tag in default_tags():
                uow.put(replace(tag, created_at=made))
            context.commit(uow, "New project")
        project = Project(context)
        if analyst is not None:
            project.act_as(analyst, create=True)
        return project
    except BaseException:
        database.close()
        raise


def _details(reader: Reader, location: str) -> ProjectDetails:
    found = reader.all(ProjectDetails)
    if not found:
        raise StorageError(f"{location} holds no project.", "Make a new project, or restore a backup.")
    return found[0]
