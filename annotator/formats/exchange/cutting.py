"""A project's history cut down to what the receiver of a review packet may see.

Cutting is done by versions: of each entity those stay that may be seen and that refer to nothing that is left out, so
that the writer meets nothing else and can tell nothing else. What was cut joins what is known elsewhere by the same
union as any other file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article, TextVersion
from annotator.domain.codebook import Tag
from annotator.domain.comments import Comment
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.domain.projects import Project
from annotator.domain.relations import Relation
from annotator.domain.reviews import (
    MemberRole,
    ReviewSession,
    SessionArticle,
    SessionMember,
    SessionState,
    Submission,
)
from annotator.domain.versions import Version
from annotator.domain.visibility import may_see
from annotator.formats.exchange.packet import PacketHead, PacketKind
from annotator.formats.exchange.selecting import Values, referred
from annotator.formats.exchange.session_view import Known, SessionView
from annotator.formats.exchange.state import JournalEntry, ProjectHistory

_LAYERS = frozenset(cls.TYPE for cls in (Annotation, Relation, Comment))
_FRAME = frozenset(cls.TYPE for cls in (ReviewSession, SessionMember, SessionArticle))
"""What a session is made of before anybody works in it."""
_REGISTER = frozenset(cls.TYPE for cls in (Person, Point, Tag))
_TEXTS = frozenset(cls.TYPE for cls in (Article, TextVersion))
_LEADS = frozenset({Project.TYPE, Tag.TYPE, *_TEXTS, *_FRAME})
"""What a member sends only when it is new: the rest of it is the lead's to change."""


def cut(view: SessionView, head: PacketHead) -> ProjectHistory:
    """Return what of a project goes into a packet."""
    chosen = _of_work(view, head) if head.kind is PacketKind.WORK else _for_member(view, head)
    whole = _without_loose_ends(chosen)
    changes = _whole_changes(view.history, whole)
    ids = {change.id for change in changes}
    versions = [v if v.change_id in ids else v._replace(change_id=None) for v in whole]
    texts = {id_: (text, None) for id_, (text, _source) in view.history.texts.items()}
    return ProjectHistory(versions=versions, changes=changes, texts=texts)


def _for_member(view: SessionView, head: PacketHead) -> list[Known]:
    """Return what a member gets from the lead: to an author who is still to work nothing of others."""
    hidden = _Hidden(view, head.receiver)
    return [one for known in view.entities.values() for one in hidden.without(known) if _for_receiver(view, head, one)]


def _for_receiver(view: SessionView, head: PacketHead, one: Known) -> bool:
    """Whether a version that no hidden author wrote goes to a member."""
    type_, values, receiver = one.version.entity_type, one.values, head.receiver
    of_others = not (view.sealed or (head.kind is PacketKind.TASK and MemberRole.AUTHOR in view.roles[receiver]))
    if type_ in _FRAME:
        return view.session_id in {values.get("session_id"), one.version.entity_id}
    if values.get("session_id") is not None:
        own = type_ == Submission.TYPE and values["analyst_id"] == receiver
        return values["session_id"] == view.session_id and (of_others or own)
    if type_ in _TEXTS:
        return values.get("article_id", one.version.entity_id) in view.articles
    return type_ not in _LAYERS or _in_layer(view, values, receiver, of_others=of_others)


def _in_layer(view: SessionView, values: Values, receiver: str, *, of_others: bool) -> bool:
    article_id, owner = view.article_of(values), values["analyst_id"]
    if article_id not in view.articles or owner == receiver:
        return article_id in view.articles
    return of_others and owner in view.roles and may_see(receiver, owner, article_id, view.seals)


class _Hidden:
    """What hidden authors put into what the team shares: people, points, tags, texts, and their changes of others'.

    Hidden are the authors of sealed sessions whose layers the receiver may not see. What they wrote before the session
    was opened is the lead's register.
    """

    def __init__(self, view: SessionView, receiver: str) -> None:
        self._order = {change.id: number for number, change in enumerate(view.history.changes)}
        self._since: dict[str, list[Version]] = defaultdict(list)
        for seal in view.seals:
            known = view.entities[seal.session_id]
            opened = next((one for one in known if one.values.get("state") == SessionState.OPEN), known[0]).version
            for author in seal.authors - {receiver}:
                self._since[author].append(opened)

    def without(self, known: Sequence[Known]) -> Sequence[Known]:
        """Return the versions of one entity without those by hidden authors; none of what one of them made."""
        shared = known[0].version.entity_type in {*_REGISTER, *_TEXTS, Project.TYPE}
        return _untouched(known, self._by_hidden) if shared else known

    def _by_hidden(self, version: Version) -> bool:
        return any(not self._before(version, opened) for opened in self._since.get(version.by or "", ()))

    def _before(self, version: Version, opened: Version) -> bool:
        """Whether a version was here before another: by the journal, or by what it says where that does not tell."""
        one, other = self._order.get(version.change_id or ""), self._order.get(opened.change_id or "")
        return version.at < opened.at if one is None or other is None else one < other


def _untouched(known: Iterable[Known], by_them: Callable[[Version], bool]) -> list[Known]:
    """Return the versions, the oldest first, that are not by certain people and do not go on from one that is."""
    touched: set[str] = set()
    left = []
    for one in known:
        if by_them(one.version) or touched & {*one.version.parents, *one.version.told_ancestors}:
            touched.add(one.version.hash)
        else:
            left.append(one)
    return left


def _of_work(view: SessionView, head: PacketHead) -> list[Known]:
    """Return what a member sends to the lead: the own work on what was submitted, and all that it refers to."""
    submitted = view.submitted_by(head.sender)
    chosen = {
        id_ for id_, known in view.entities.items() if any(_by_sender(view, head, one, submitted) for one in known)
    }
    chosen |= _referred_from(view, chosen, head.sender)
    return [one for id_ in sorted(chosen) for one in _as_shared(view.entities[id_], head.sender)]


def _as_shared(known: Sequence[Known], sender: str) -> Sequence[Known]:
    """Return the versions of one entity without the sender's changes of what is the lead's to change."""
    if known[0].version.entity_type not in _LEADS or known[0].version.by == sender:
        return known
    return _untouched(known, lambda version: version.by == sender)


def _by_sender(view: SessionView, head: PacketHead, one: Known, submitted: frozenset[str]) -> bool:
    """Whether a version is the sender's work, or what every packet has."""
    type_, values, sender = one.version.entity_type, one.values, head.sender
    if type_ in _FRAME:
        return view.session_id in {values.get("session_id"), one.version.entity_id}
    if values.get("session_id") is not None:
        decides = view.roles[sender] - {MemberRole.AUTHOR} and not view.sealed and type_ != Submission.TYPE
        return values["session_id"] == view.session_id and bool(decides or values.get("analyst_id") == sender)
    if type_ in {Annotation.TYPE, Relation.TYPE}:
        return values["analyst_id"] == sender and view.article_of(values) in submitted
    if type_ == Comment.TYPE:
        return one.version.by == sender and values["article_id"] in view.articles
    if type_ in {Person.TYPE, Point.TYPE}:
        return one.version.by == sender and values.get("article_id") in {None, *view.articles}
    return type_ == Project.TYPE or one.version.entity_id in {sender, head.receiver}


def _referred_from(view: SessionView, chosen: set[str], sender: str) -> set[str]:
    """Return what the chosen refer to, directly or not, but for own passages that are not chosen themselves."""
    found: set[str] = set()
    todo = list(chosen)
    while todo:
        for one in view.entities[todo.pop()]:
            for id_ in referred(one.version) - found - chosen:
                known = view.entities.get(id_)
                if known is not None and not (
                    known[0].version.entity_type in {Annotation.TYPE, Relation.TYPE}
                    and known[0].values["analyst_id"] == sender
                ):
                    found.add(id_)
                    todo.append(id_)
    return found


def _without_loose_ends(chosen: Iterable[Known]) -> list[Version]:
    """Return the versions that refer only to what is chosen itself."""
    left = [one.version for one in chosen]
    needed = {version.hash: referred(version) for version in left}
    while True:
        there = {version.entity_id for version in left}
        tied = [version for version in left if needed[version.hash] <= there]
        if len(tied) == len(left):
            return tied
        left = tied


def _whole_changes(history: ProjectHistory, chosen: Iterable[Version]) -> list[JournalEntry]:
    """Return the changes of which everything is chosen: the words of another might tell of what was left out."""
    here = {version.hash for version in chosen}
    written: dict[str, set[str]] = defaultdict(set)
    for version in history.versions:
        if version.change_id is not None:
            written[version.change_id].add(version.hash)
    kept: dict[str, JournalEntry] = {}
    for change in history.changes:
        whole = bool(written[change.id]) and written[change.id] <= here
        if whole and (change.undoes_id is None or change.undoes_id in kept):
            kept[change.id] = change
    return list(kept.values())
