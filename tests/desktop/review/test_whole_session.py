"""A whole review session: a lead, three analysts and a reviewer, on four project files with the sample articles.

Preparing, marking and sending is scripted over the services; the review is done in a real window, by keys alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.desktop.main_window import MainWindow
from annotator.domain.annotations import Annotation, Role
from annotator.domain.measures import Measure
from annotator.domain.reviews import SessionState
from annotator.formats.exchange.verifying import verify_document
from annotator.formats.review_record import Fate
from annotator.services.packet_files import open_packet
from annotator.services.project import Project, open_project
from annotator.services.sample import make_sample
from annotator.settings import DeviceMemory
from tests.desktop.fakes import FakePrompts
from tests.desktop.review.review_desk import ReviewDesk

LEAD, REVIEWER = "Lea Dahl", "Rae Voss"
ADA, BEN, CY = "Ada Holm", "Ben Cole", "Cy Berg"
CALLED = "the letter proved there had been a ‘secret arangement’ between the two ports"
PRICED = "They priced us out of our own harbour and handed the moorings to the neighbours"
DENIED = "The board denied that any berth had been promised to anybody."
OTHERS = "a rival port knew of a new toll before they did"
TALE = "rejected talk of a secret deal as ‘a fairy tale told in a net loft’"
BERTH = "nobody in Grauhaven had been promised a berth"
SEVEN = "Its own register shows seven requests since January"
NEW = "The harbour office of Grauhaven"
"""Whom no register has: each analyst adds an entry of the own."""
Marking = tuple[str, str, str]
"""Words, a tag, and who says it."""
MARKED: dict[str, list[Marking]] = {
    ADA: [
        (CALLED, "Claim", "Tor Falk"),
        (f"‘{PRICED},’", "Claim", "Tor Falk"),
        (DENIED, "Denial", "Harbour Board of Ansel"),
        (TALE, "Denial", "Oda Quist"),
        (SEVEN, "Evidence", "Harbour Board of Ansel"),
    ],
    BEN: [
        (CALLED, "Claim", "Tor Falk"),
        (PRICED, "Claim", "Tor Falk"),
        (DENIED, "Denial", "Harbour Board of Ansel"),
        (TALE, "Claim", "Oda Quist"),
        (BERTH, "Denial", "Oda Quist"),
    ],
    CY: [
        (CALLED, "Claim", "Tor Falk"),
        (f"{PRICED}", "Claim", "Tor Falk"),
        (DENIED, "Denial", "Harbour Board of Ansel"),
        (OTHERS, "Claim", ""),
        (TALE, "Denial", "Oda Quist"),
        (BERTH, "Denial", "Oda Quist"),
    ],
}
Open = Callable[..., MainWindow]
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Round:
    """The four files of one session, and who has sent what."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.stack = stack
        self.lead_file = make_sample(folder / "lead")
        self.lead = stack.enter_context(open_project(self.lead_file, memory=self._memory(LEAD)))
        self.lead.act_as(LEAD, create=True)
        for name in (REVIEWER, ADA, BEN, CY):
            self.lead.analysts.add(name)
        self.articles = [article.id for article in self.lead.articles.list()]
        members = [(REVIEWER, "reviewer"), *((name, "author") for name in MARKED)]
        self.session_id = self.lead.reviews.create("The toll", articles=self.articles, members=members).id
        self.lead.reviews.open(self.session_id)
        self.files: dict[str, Path] = {}

    def _memory(self, name: str) -> DeviceMemory:
        return DeviceMemory(self.folder / f"{name}.json")

    def send(self, project: Project, receiver: str) -> Path:
        """Write a packet and return its path."""
        path = self.folder / f"{len(list(self.folder.glob('*.annotator-packet')))}.annotator-packet"
        return project.packets.write(path, self.session_id, receiver=receiver).path

    def work(self, name: str) -> Path:
        """Let an analyst open the task, mark, submit and send; return the packet for the lead."""
        self.files[name] = self.folder / f"{name}.annotator"
        task = self.send(self.lead, name)
        with open_packet(task, self.files[name], memory=self._memory(name)) as project:
            for words, tag, speaker in MARKED[name]:
                _mark(project, words, tag, speaker)
            for article in self.articles:
                project.submissions.submit(self.session_id, article)
            return self.send(project, LEAD)


def _mark(project: Project, words: str, tag: str, speaker: str) -> Annotation:
    for article in project.articles.list():
        text = project.articles.text(article.id).text
        if words in text:
            start = text.index(words)
            people = [(speaker, Role.SPEAKER)] if speaker else []
            if words == CALLED:
                people.append((NEW, Role.TARGET))
            return project.annotations.add(article.id, start=start, end=start + len(words), tag=tag, people=people)
    raise AssertionError(words)


@pytest.fixture
def round_(tmp_path: Path) -> Iterator[Round]:
    with ExitStack() as stack:
        yield Round(tmp_path, stack)


def collect(round_: Round) -> None:
    """Let everybody work and the lead take all in, one packet twice, and match the people whom all three added."""
    packets = [round_.work(name) for name in MARKED]
    for packet in (packets[2], packets[0], packets[1], packets[0]):
        round_.lead.packets.take_in(packet)
    proposal = round_.lead.matching.propose(round_.session_id)
    round_.lead.matching.accept(pair for group in proposal.groups for pair in group.pairs)
    round_.lead.reviews.reveal(round_.session_id)


def decide_all(desk: ReviewDesk) -> None:
    """Decide everything by keys: what is unanimous at once, the others one by one, one refused, one parked first."""
    desk.press("A", modifier=SHIFT)
    desk.go_to(OTHERS)
    desk.press("X", Qt.Key.Key_Down)
    desk.write("Not said by anybody")
    desk.press(Qt.Key.Key_Return)
    desk.go_to(BERTH)
    desk.press("U")
    desk.write("Is this his denial?")
    desk.press(Qt.Key.Key_Return)
    for _ in range(20):
        waiting = [found for found in desk.page.review.clusters.values() if not found.decided]
        if not waiting:
            return
        desk.go_to(waiting[0].cluster.annotations[0].quote)
        desk.press("1")
        if not desk.stored(waiting[0].cluster.annotations[0].quote).decided:
            desk.go_to(waiting[0].cluster.annotations[0].quote)
            desk.press("A")
    raise AssertionError("not everything could be decided")


def review(qtbot: QtBot, window: MainWindow) -> None:
    """Decide everything by keys in a window on the lead's file."""
    desk = ReviewDesk(qtbot, window)
    decide_all(desk)
    final = {annotation.quote for annotation in desk.final().annotations}
    assert {CALLED, DENIED, BERTH} <= final
    assert OTHERS not in final
    with qtbot.waitSignal(window.closed):
        window.close()


def layers_of(project: Project) -> dict[str, set[str]]:
    """Return for each author the versions of all that is in the layer."""
    authors = {analyst.id: analyst.name for analyst in project.analysts.list() if analyst.name in MARKED}
    found: dict[str, set[str]] = {name: set() for name in authors.values()}
    for annotation in project.annotations.list():
        if annotation.analyst_id in authors:
            found[authors[annotation.analyst_id]].add(annotation.version)
    return found


def check_export(project: Project) -> None:
    """Check that the export has all, passes, and that the one of the final version has nothing else."""
    everything = project.exchange.export(with_journal=True)
    assert verify_document(json.dumps(everything).encode()).problems == ()
    assert everything["reviews"][0]["signed_by"] == LEAD
    assert {decision["outcome"] for decision in everything["decisions"]} >= {"take", "nothing"}
    final = project.exchange.export(state="final")
    assert verify_document(json.dumps(final).encode()).problems == ()
    passages = [passage for article in final["articles"] for passage in article["annotations"]]
    assert {passage["review_state"] for passage in passages} == {"final"}
    assert {CALLED, DENIED} <= {passage["quote"] for passage in passages}


def test_a_session_from_the_first_packet_to_the_signed_off_export(
    qtbot: QtBot, open_window: Open, prompts: FakePrompts, round_: Round
) -> None:
    collect(round_)
    lead, session_id = round_.lead, round_.session_id
    figures = lead.agreement.measure(session_id).at_reveal
    assert figures is not None
    assert figures.whole.figures[Measure.SAME_PEOPLE].value == 1.0, "whom all three added is one person"
    layers = layers_of(lead)
    assert {name: len(versions) for name, versions in layers.items()} == {
        name: len(marked) for name, marked in MARKED.items()
    }
    reviewer = lead.analysts.find(REVIEWER)
    lead.close()
    DeviceMemory().remember_analyst(lead.id, reviewer.id)
    review(qtbot, open_window(round_.lead_file))
    assert prompts.errors == []

    with open_project(round_.lead_file, analyst=LEAD) as lead:
        assert lead.reviews.unfinished(session_id) == []
        lead.reviews.close(session_id, LEAD)
        assert lead.reviews.get(session_id).state is SessionState.CLOSED
        assert layers_of(lead) == layers, "a review changes no layer"
        check_export(lead)
        minutes = lead.minutes.render(session_id).decode()
        returned = round_.send(lead, ADA)
    assert "Not said by anybody" in minutes
    assert re.search(r"""(src|href)=["'][^#]|url\(|@import|<script""", minutes) is None, "it loads nothing"

    with open_project(round_.files[ADA], analyst=ADA) as ada:
        ada.packets.take_in(returned)
        work = ada.returned_work.of(session_id)
        changed = {passage.fate for article in work.articles for passage in article.passages}
        assert changed >= {Fate.KEPT, Fate.ADDED}
        assert layers_of(ada)[ADA] == layers[ADA]
