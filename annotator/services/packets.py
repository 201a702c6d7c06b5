"""Review packets: the work of a session between the lead and its members, as files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.analysts import Analyst
from annotator.domain.entity import now
from annotator.domain.errors import RuleError
from annotator.domain.ids import new_id
from annotator.domain.reviews import (
    Decision,
    MemberRole,
    ReviewSession,
    SessionState,
    Verdict,
)
from annotator.formats.exchange.cutting import cut
from annotator.formats.exchange.packet import PacketHead, PacketKind
from annotator.formats.exchange.session_view import SessionView
from annotator.formats.exchange.state import ExportOptions, ProjectHistory
from annotator.formats.exchange.streaming import Writing
from annotator.formats.exchange.writing import pieces_of
from annotator.paths import PACKET_SUFFIX
from annotator.services.analysts import find_analyst
from annotator.services.context import Context
from annotator.services.merging import MergeReport
from annotator.services.project_state import history_of
from annotator.services.session_access import Team, session_of
from annotator.services.whole_files import write_whole
from annotator.store.bulk import without_collections
from annotator.store.repository import Reader
from annotator.store.sealing import read_sealed

if TYPE_CHECKING:
    from annotator.services.exchange import Exchange


@dataclass(frozen=True, slots=True)
class Written:
    """A packet that was written.

    ``counts``: how many entities of each type are in it, but for what its sender may not see yet: a packet to an author
    has that author's own layer.
    """

    path: Path
    head: PacketHead
    fingerprint: str
    counts: Mapping[str, int]


class Packets:
    """Packets of the sessions of a project, out and in."""

    def __init__(self, context: Context, exchange: Exchange) -> None:
        self._context = context
        self._exchange = exchange

    def write(self, path: str | Path, session_id: str, *, receiver: str) -> Written:
        """Write a packet from who is writing to another member of a session (id, name or initials).

        What kind it is follows from who sends it to whom, and what is in it from what the receiver may see now. Nothing
        half written is ever left. Raises RuleError when there is nothing to send, or not to this receiver;
        StorageError when the file cannot be written.
        """
        with without_collections():
            with self._context.read(whole=True) as reader:
                head = self._head(reader, session_id, receiver)
                sealed = read_sealed(reader.run)
                view = SessionView(history_of(reader), session_id, sealed.seals if sealed else ())
            if head.kind is PacketKind.WORK and not _anything_to_send(view, head):
                raise RuleError(
                    "You have submitted no article of this session.", "Submit what you have read; then send it."
                )
            content = cut(view, head)
            options = ExportOptions(with_journal=True, packet=head)
            writing = Writing(pieces_of(content, options, exported_at=head.created_at))
            write_whole(Path(path), writing.chunks())
        return Written(Path(path), head, writing.fingerprint, _counts(content, view, head.sender))

    def usual_name(self, session_id: str, receiver: str) -> str:
        """Return what a packet is called when nobody says: session, kind, and the member that it is for or from.

        A lead gets work from several, into one folder: it is named after who sends it.
        """
        with self._context.read() as reader:
            head = self._head(reader, session_id, receiver)
            member = find_analyst(reader, head.sender if head.kind is PacketKind.WORK else head.receiver)
            words = (session_of(reader, session_id).name, head.kind, member.name)
        return "-".join(re.sub(r"[^\w]+", "-", word).strip("-") for word in words) + PACKET_SUFFIX

    def preview(self, path: str | Path) -> MergeReport:
        """Return what :meth:`take_in` would do."""
        return self._exchange.preview(path)

    def take_in(self, path: str | Path) -> MergeReport:
        """Take a packet in: all of it in one transaction, or nothing; the project is saved before.

        The report says what was new, known, newer, in conflict, on other texts; or that the packet stays sealed, and
        nothing was taken in. Raises InputError with every reason for which it is refused.
        """
        return self._exchange.merge(path)

    def _head(self, reader: Reader, session_id: str, receiver: str) -> PacketHead:
        session = session_of(reader, session_id, SessionState.OPEN, SessionState.CLOSED)
        me, other = self._context.needed_analyst(reader), find_analyst(reader, receiver)
        team = Team.of(reader, session_id)
        return PacketHead(
            id=new_id(),
            session_id=session_id,
            sender=me.id,
            receiver=other.id,
            kind=_kind(reader, session, team, me, other),
            created_at=now(),
        )


def _kind(reader: Reader, session: ReviewSession, team: Team, me: Analyst, other: Analyst) -> PacketKind:
    """Return what a packet between two members is; raises RuleError when one of them sends the other nothing."""
    for analyst in (me, other):
        if analyst.id not in team.roles:
            raise RuleError(f"{analyst.name} is no member of the session.", "Its lead can add them.")
    if me.id == other.id:
        raise RuleError("This packet would be for yourself.", "Choose another member.")
    if not team.has(me.id, MemberRole.LEAD):
        if not team.has(other.id, MemberRole.LEAD):
            raise RuleError("Members send packets to the lead of the session only.", "Choose the lead.")
        return PacketKind.WORK
    over = session.revealed or session.state is SessionState.CLOSED
    begun = not session.blind and (
        reader.count(Verdict, session_id=session.id) or reader.count(Decision, session_id=session.id)
    )
    return PacketKind.RETURN if team.has(other.id, MemberRole.AUTHOR) and (over or begun) else PacketKind.TASK


def _anything_to_send(view: SessionView, head: PacketHead) -> bool:
    return view.has_said(head.sender) or bool(view.roles[head.sender] - {MemberRole.AUTHOR})


def _counts(content: ProjectHistory, view: SessionView, sender: str) -> dict[str, int]:
    untold = {author for seal in view.seals for author in seal.authors} - {sender}
    seen: dict[str, set[str]] = {}
    for version in content.versions:
        if version.by not in untold:
            seen.setdefault(version.entity_type, set()).add(version.entity_id)
    return {type_: len(ids) for type_, ids in seen.items()}
