"""A team with a file each: a lead, two authors and a reviewer, who send each other packets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from annotator.domain.annotations import Annotation
from annotator.services.merging import MergeReport
from annotator.services.packet_files import open_packet
from annotator.services.packets import Written
from annotator.services.project import Project, create_project
from annotator.settings import DeviceMemory
from tests.services.conftest import TEXT

LEAD, BEN, CY, RAE = "Ann Bell", "Ben Cole", "Cy Dahl", "Rae Voss"
OTHER_TEXT = "The ferry owners’ ledger\n\n“Not one crown was refunded,” said Dora Quill.\n"


class Office:
    """The project of the lead, and those of the members once they have opened their packets."""

    def __init__(
        self, folder: Path, stack: ExitStack, authors: Sequence[str] = (BEN, CY), *, blind: bool = True
    ) -> None:
        self.folder = folder
        self._stack = stack
        self._files = 0
        self.projects: dict[str, Project] = {}
        lead = stack.enter_context(
            create_project(folder / "lead.annotator", name="The bridge affair", analyst=LEAD, memory=self._memory(LEAD))
        )
        self.projects[LEAD] = lead
        self.ids = {name: lead.analysts.add(name).id for name in (*authors, RAE)} | {LEAD: lead.act_as(LEAD).id}
        self.articles = [
            lead.articles.add_text(TEXT, title="Tolls", outlet="The Daily Ferry").id,
            lead.articles.add_text(OTHER_TEXT, title="Ledger").id,
        ]
        lead.people.add("Ivo Brandt", aliases=["the mayor"])
        session = lead.reviews.create(
            "First round",
            articles=self.articles,
            members=[*((name, "author") for name in authors), (RAE, "reviewer")],
            blind=blind,
        )
        self.session_id = session.id
        lead.reviews.open(session.id)

    @property
    def lead(self) -> Project:
        return self.projects[LEAD]

    def _memory(self, name: str) -> DeviceMemory:
        return DeviceMemory(self.folder / f"{name}.json")

    def path(self) -> Path:
        """Return the name of the next packet."""
        self._files += 1
        return self.folder / f"{self._files}.annotator-packet"

    def packet(self, sender: str, receiver: str) -> Written:
        """Write a packet from one member to another."""
        return self.projects[sender].packets.write(self.path(), self.session_id, receiver=receiver)

    def member(self, name: str) -> Project:
        """Return the project of a member, made from the lead's packet when there is none."""
        if name not in self.projects:
            packet = self.packet(LEAD, name).path
            made = open_packet(packet, self.folder / f"{name}.annotator", memory=self._memory(name))
            self.projects[name] = self._stack.enter_context(made)
        return self.projects[name]

    def send(self, sender: str, receiver: str) -> MergeReport:
        """Send a packet and have it taken in."""
        return self.projects[receiver].packets.take_in(self.packet(sender, receiver).path)

    def mark(self, name: str, words: str, tag: str = "Claim", *, article: int = 0, **fields: object) -> Annotation:
        """Mark words of an article as a member, in the member's own project."""
        start = (TEXT, OTHER_TEXT)[article].index(words)
        project = self.member(name)
        return project.annotations.add(
            self.articles[article],
            start=start,
            end=start + len(words),
            tag=tag,
            **fields,  # type: ignore[arg-type]
        )

    def submit(self, name: str, *articles: int) -> None:
        """Submit articles (all when none is named) as a member."""
        for number in articles or range(len(self.articles)):
            self.member(name).submissions.submit(self.session_id, self.articles[number])


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Return a team whose blind session is open, and whose members have no packet yet."""
    with ExitStack() as stack:
        yield Office(tmp_path, stack)
