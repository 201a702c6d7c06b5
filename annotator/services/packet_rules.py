"""When a packet is refused as a whole: for somebody else, of another session, forged."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.analysts import Analyst
from annotator.domain.comments import Comment
from annotator.domain.folding import fold
from annotator.domain.reviews import MemberRole
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.packet import PacketHead, PacketKind
from annotator.formats.exchange.reading import Document
from annotator.formats.exchange.state import ProjectState
from annotator.services.authorship import LAYERS, SAID, Roles, is_of_review, new_versions, session_of

_PERSONAL = LAYERS | SAID | {Comment.TYPE}
"""What is one person's own word or work."""


@dataclass(frozen=True, slots=True)
class PacketRules:
    """The rules for taking one packet in.

    ``me``: who is writing here. ``take_over``: the project is empty and would become the packet's.
    """

    state: ProjectState
    document: Document
    head: PacketHead
    me: Analyst | None
    take_over: bool

    def check(self, findings: Findings) -> None:
        """Note everything that forbids it."""
        self._check_receiver(findings)
        self._check_session(findings)
        if not self.take_over:
            self._check_authors(findings)

    def _check_receiver(self, findings: Findings) -> None:
        receiver = self._name(self.head.receiver)
        if self.take_over:
            wrong = self.me is not None and fold(self.me.name) != fold(receiver)
        else:
            wrong = self.me is None or self.me.id != self.head.receiver
        if wrong:
            here = "nobody is named as who writes here" if self.me is None else f"{self.me.name} writes here"
            findings.problem("$.packet.receiver", f"The packet is for {receiver}, and {here}.")

    def _check_session(self, findings: Findings) -> None:
        head, roles = self.head, Roles(self.state, self.document)
        needed = head.kind is PacketKind.WORK or (head.kind is PacketKind.RETURN and not self.take_over)
        if needed and head.session_id not in roles.known:
            findings.problem("$.packet.session_id", "There is no such review session in this project.")
        for hash_, version in self.document.versions.items():
            if is_of_review(version) and session_of(version) not in {None, head.session_id}:
                findings.problem(self.document.places[hash_], "This is of another review session than the packet.")
        sender = roles.of(head.session_id, head.sender)
        if not sender:
            name = self._name(head.sender)
            findings.problem("$.packet.sender", f"It is from {name}, who is no member of the review session.")
        elif head.kind is not PacketKind.WORK and sender == {MemberRole.AUTHOR}:
            findings.problem("$.packet.sender", "Only the lead of a review session sends such a packet.")

    def _check_authors(self, findings: Findings) -> None:
        """Note new work in the receiver's own name, and in a member's packet what is not the member's."""
        from_member = self.head.kind is PacketKind.WORK
        for path, version in new_versions(self.state, self.document):
            if version.entity_type in _PERSONAL and version.by == self.head.receiver:
                findings.problem(
                    path, "This is in your own name and did not come from here. If it is yours, merge an export of it."
                )
            elif from_member and version.entity_type in _PERSONAL and version.by != self.head.sender:
                findings.problem(path, "This is not the sender's own work.")

    def _name(self, analyst_id: str) -> str:
        entry = self.document.entries.get(analyst_id)
        return entry.entity.name if entry is not None and isinstance(entry.entity, Analyst) else analyst_id
