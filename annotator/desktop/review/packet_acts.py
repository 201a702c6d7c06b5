"""Packets of a review session: written for members, collected from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from annotator.desktop.actions import ActionId
from annotator.desktop.plurals import plural_text
from annotator.desktop.progress import JobCancelled, Progress
from annotator.desktop.prompts import offer_folder
from annotator.desktop.review.collect_dialog import CollectDialog
from annotator.desktop.review.match_people import MatchPeopleDialog
from annotator.desktop.review.packet_words import preview_of, refused
from annotator.desktop.review.send_dialog import Receiver, SendDialog
from annotator.desktop.review.session_words import roles_text
from annotator.desktop.sentences import told
from annotator.domain.errors import RuleError, UserError
from annotator.domain.reviews import MemberRole
from annotator.services.matching import MatchProposal
from annotator.services.merging import MergeReport
from annotator.services.packets import Packets
from annotator.services.session_overview import SessionOverview

if TYPE_CHECKING:
    from annotator.desktop.workspace import Workspace


class PacketActs(QObject):
    """Asks what an act needs and has it done; ``collected`` comes when packets have been taken in."""

    collected = Signal()

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self._space = space

    # out -----------------------------------------------------------------------------

    def send(self, overview: SessionOverview) -> None:
        """Offer a packet for every member that this one sends to: a lead to all, a member to the lead."""
        me = self._space.state.analyst
        lead = MemberRole.LEAD in overview.mine
        members = [
            member
            for member in overview.members
            if (me is None or member.analyst_id != me.id) and (lead or MemberRole.LEAD in member.roles)
        ]
        packets, id_ = self._space.project.packets, overview.session.id

        def look() -> list[Receiver]:
            found = []
            for member in members:
                about = (member.analyst_id, member.name, roles_text(member.roles))
                try:
                    found.append(Receiver(*about, file=packets.usual_name(id_, member.analyst_id)))
                except UserError as error:
                    found.append(Receiver(*about, refused=told(error.message)))
            return found

        self._space.jobs.read(look, done=partial(self._ask_whom, overview))

    def _ask_whom(self, overview: SessionOverview, receivers: list[Receiver]) -> None:
        dialog = SendDialog(
            overview.session.name,
            receivers,
            self._space.shared.folders.last,
            self._space.prompts,
            self._space,
            lead=MemberRole.LEAD in overview.mine,
        )
        dialog.accepted.connect(lambda: self._write(overview.session.id, dialog.chosen()))
        dialog.open()

    def _write(self, session_id: str, wanted: Sequence[tuple[str, Path]]) -> None:
        packets = self._space.project.packets

        def write(progress: Progress) -> Path:
            for done, (analyst_id, path) in enumerate(wanted):
                progress.step(done, len(wanted))
                packets.write(path, session_id, receiver=analyst_id)
            return wanted[0][1]

        self._space.shared.folders.note(str(wanted[0][1]))
        self._space.jobs.long(write, title=self.tr("Writing packets"), done=partial(self._tell_written, len(wanted)))

    def _tell_written(self, number: int, path: Path) -> None:
        words = (
            self.tr("Written: {0}").format(path)
            if number == 1
            else self.tr("{0} packets are in {1}").format(number, path.parent)
        )
        offer_folder(self._space.prompts, words, path)

    # in ------------------------------------------------------------------------------

    def collect(self, files: Sequence[str] = ()) -> None:
        """Show what packets bring, and take them in when the user says so."""
        if self._space.read_only:
            self._space.prompts.say(self.tr("This project is open for reading only: nothing can be taken in."))
            return
        dialog = CollectDialog(self._space)
        dialog.files_added.connect(partial(self._look_into, dialog))
        dialog.choose_requested.connect(partial(self._choose, dialog))
        dialog.accepted.connect(lambda: self._take_in(dialog.ready()))
        dialog.open()
        if files:
            dialog.add_files(files)

    def _choose(self, dialog: CollectDialog) -> None:
        folders = self._space.shared.folders

        def take(files: list[str]) -> None:
            folders.note_incoming(files[0])
            dialog.add_files(files)

        self._space.prompts.open_files(
            self.tr("Packets to collect"),
            str(folders.incoming),
            self.tr("Review packets (*.annotator-packet);;All files (*)"),
            take,
        )

    def _look_into(self, dialog: CollectDialog, files: Sequence[str]) -> None:
        packets = self._space.project.packets
        for path in files:

            def show(report: MergeReport, path: str = path) -> None:
                if not isValid(dialog):
                    return
                sender = self._space.state.analysts.get(report.packet.sender) if report.packet is not None else None
                dialog.show_preview(path, preview_of(report, sender.name if sender is not None else ""))

            def fail(error: Exception, path: str = path) -> bool:
                if isinstance(error, UserError) and isValid(dialog):
                    dialog.show_preview(path, refused(error))
                return isinstance(error, UserError)

            self._space.jobs.long(
                partial(_preview, packets, path),
                title=self.tr("Reading {0}").format(Path(path).name),
                done=show,
                failed=fail,
            )

    def _take_in(self, files: Sequence[str]) -> None:
        packets = self._space.project.packets

        def take(progress: Progress) -> list[MergeReport]:
            reports: list[MergeReport] = []
            for done, path in enumerate(files):
                progress.step(done, len(files))
                reports.append(packets.take_in(path))
            return reports

        self._space.jobs.long(
            take, title=self.tr("Taking packets in"), done=self._tell_taken, failed=self._reload, writes=True
        )

    def _reload(self, error: Exception) -> bool:
        """Show what was taken in before something went wrong, or the rest was cancelled."""
        self._space.reload()
        self.collected.emit()
        if isinstance(error, JobCancelled):
            self._space.prompts.say(self.tr("Cancelled: the packets that were taken in before stay."))
            return True
        return False

    def _tell_taken(self, reports: Sequence[MergeReport]) -> None:
        self._space.reload()
        new = sum(sum(report.added.values()) for report in reports)
        newer = sum(sum(report.changed.values()) for report in reports)
        conflicts = sum(len(report.conflicts) for report in reports)
        words = self.tr("Taken in: {0} new, {1} newer.").format(new, newer)
        if any(report.apart for report in reports):
            words = self.tr("Taken in. The work is kept apart until the reveal.")
        if conflicts:
            self._space.prompts.offer(
                self.tr("{0} {1} to decide: both sides changed the same.").format(words, conflicts),
                self.tr("Decide…"),
                lambda: self._space.all_actions.trigger(ActionId.PROJECT_CONFLICTS),
            )
            words = ""
        else:
            self._space.prompts.say(words)
        self.collected.emit()
        for session_id in dict.fromkeys(report.packet.session_id for report in reports if report.packet is not None):
            self._propose(session_id, partial(self._match_proposed, words))

    # people --------------------------------------------------------------------------

    def match(self, overview: SessionOverview) -> None:
        """Show who of the people whom members added may be one."""
        self._propose(overview.session.id, self._match)

    def _propose(self, session_id: str, done: Callable[[MatchProposal], object]) -> None:
        matching = self._space.project.matching
        self._space.jobs.read(
            lambda: matching.propose(session_id), done=done, failed=lambda error: isinstance(error, RuleError)
        )

    def _match_proposed(self, words: str, proposal: MatchProposal) -> None:
        """Ask after collecting when somebody is proposed as one; say beside ``words`` that somebody may be."""
        if proposal.groups:
            self._match(proposal)
        elif proposal.asked and words:
            added = plural_text(
                "PacketActs",
                "Members added 1 person: perhaps somebody who is here already?",
                "Members added {0} people: perhaps some who are here already?",
                len(proposal.asked),
            )
            self._space.prompts.offer(f"{words} {added}", self.tr("Match people…"), lambda: self._match(proposal))

    def _match(self, proposal: MatchProposal) -> None:
        if not proposal.groups and not proposal.asked:
            self._space.prompts.say(self.tr("There is nobody to match: everybody is in the register once."))
            return
        matching = self._space.project.matching
        dialog = MatchPeopleDialog(proposal, self._space.state, self._space)

        def make_one() -> None:
            pairs = dialog.pairs()
            said = plural_text("PacketActs", "1 person was matched.", "{0} people were matched.", len(pairs))
            self._space.jobs.write(
                lambda: matching.accept(pairs),
                done=lambda _change: self._space.prompts.say(said, undo=True),
            )

        dialog.accepted.connect(make_one)
        dialog.open()


def _preview(packets: Packets, path: str, _progress: Progress) -> MergeReport:
    return packets.preview(path)
