"""What a review screen shows of a session: read once, then kept up by change sets.

A decision, a verdict and a comment change the one disagreement that they are about. What changes the passages of a
layer, who submitted or who is a member changes what the disagreements are: they are compared anew, off the UI thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from annotator.desktop.models.registers import after
from annotator.desktop.models.state import ProjectState
from annotator.desktop.review.review_reading import ReadReview, read_review
from annotator.domain.annotations import Annotation
from annotator.domain.changes import ChangeSet
from annotator.domain.comments import Comment
from annotator.domain.relations import Relation
from annotator.domain.reviews import (
    Decision,
    ReviewSession,
    SessionArticle,
    SessionMember,
    Submission,
    Verdict,
    final_passage_ids,
)
from annotator.services.under_review import ClusterUnderReview, FinalPassage, VerdictUnderReview

_COMPARED = (SessionArticle, SessionMember, Submission)


class ReviewState(QObject):
    """A session under review. Ids of disagreements are their keys as one text.

    ``loaded`` comes when all was read anew, ``touched`` (a frozenset of ids) when some disagreements changed and
    nothing else. ``current``: the id of the disagreement that is looked at.
    """

    loaded = Signal()
    touched = Signal(object)
    current_changed = Signal(object)

    def __init__(self, state: ProjectState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self.session_id = ""
        self.read: ReadReview | None = None
        self.clusters: dict[str, ClusterUnderReview] = {}
        self.others: dict[str, FinalPassage] = {}
        self.finals: dict[str, Annotation] = {}
        self.links: dict[str, Relation] = {}
        self.current: str | None = None
        self.pending: set[str] = set()
        """Ids of disagreements of which something is being written."""
        self._watched = True
        self._behind = False
        """Whether something changed while nobody watched."""
        self._members: dict[str, str] = {}
        """Annotation id → the id of its disagreement."""

    @property
    def session(self) -> ReviewSession | None:
        """The session that is shown."""
        return self.read.review.session if self.read is not None else None

    @property
    def found(self) -> ClusterUnderReview | None:
        """The disagreement that is looked at."""
        return self.clusters.get(self.current or "")

    @property
    def other(self) -> FinalPassage | None:
        """What is looked at when no disagreement stands behind it: a passage of the final version alone."""
        return self.others.get(self.current or "")

    def article_of(self, id_: str | None) -> str:
        """Return the article of something that is to be decided, empty for none."""
        one = self.clusters.get(id_ or "") or self.others.get(id_ or "")
        return one.article_id if one is not None else ""

    def text_id_of(self, id_: str | None) -> str:
        """Return the text on which something lies that is to be decided, empty for none."""
        if id_ in self.others:
            return self.others[id_].decision.text_id
        return self.clusters[id_].cluster.text_id if id_ in self.clusters else ""

    def open(self, session_id: str) -> None:
        """Read a session; ``loaded`` follows."""
        self.session_id = session_id
        self.read_again()

    def set_watched(self, watched: bool) -> None:
        """Keep up with changes while a screen shows the session; what came meanwhile is read when one does again."""
        self._watched = watched
        if watched and self._behind:
            self.read_again()

    def read_again(self) -> None:
        """Read everything of the session anew."""
        project, session_id = self.state.project, self.session_id
        self.state.jobs.read(lambda: read_review(project, session_id), done=self._take, key="review")

    def set_current(self, id_: str | None) -> None:
        """Look at a disagreement."""
        if id_ != self.current:
            self.current = id_
            self.current_changed.emit(id_)

    def passages(self, id_: str) -> tuple[Annotation, ...]:
        """Return the passages of the final version that stand for something, else those of the layers."""
        if id_ in self.others:
            return self.others[id_].final
        found = self.clusters.get(id_)
        return (found.final or found.cluster.annotations) if found is not None else ()

    def quote(self, annotation_id: str) -> str:
        """Return the words of any passage of the session, empty when it is none of it."""
        if annotation_id in self.finals:
            return self.finals[annotation_id].quote
        found = self.clusters.get(self._members.get(annotation_id, ""))
        members = found.cluster.annotations if found is not None else ()
        return next((member.quote for member in members if member.id == annotation_id), "")

    def id_of(self, annotation_id: str) -> str | None:
        """Return the id of the disagreement that holds a passage of a layer or of the final version."""
        if annotation_id in self._members:
            return self._members[annotation_id]
        finals = [(id_, found.final) for id_, found in self.clusters.items()]
        finals += [(id_, other.final) for id_, other in self.others.items()]
        return next((id_ for id_, final in finals if any(a.id == annotation_id for a in final)), None)

    def at(self, text_id: str, offset: int) -> list[str]:
        """Return the ids of the disagreements that hold a place of a text (code points), the shortest first."""
        there = [
            (found.cluster.span.end - found.cluster.span.start, id_)
            for id_, found in self.clusters.items()
            if found.cluster.text_id == text_id and found.cluster.span.start <= offset < found.cluster.span.end
        ]
        return [id_ for _, id_ in sorted(there)]

    def links_from(self, passages: Iterable[Annotation]) -> list[Relation]:
        """Return the links of the final version that start at some of its passages."""
        ids = {passage.id for passage in passages}
        return [relation for relation in self.links.values() if relation.source_id in ids]

    # keeping up ---------------------------------------------------------------

    def apply(self, change: ChangeSet) -> None:
        """Take in what a change set says of the session."""
        if self.read is None or not self.session_id:
            return
        if not self._watched:
            self._behind = True
            return
        if self._compare_anew(change):
            self.read_again()
            return
        touched = self._apply_finals(change)
        touched |= self._apply_decisions(after(Decision, change.edits))
        touched |= self._apply_verdicts(after(Verdict, change.edits))
        touched |= self._apply_comments(after(Comment, change.edits))
        if touched:
            self.touched.emit(frozenset(touched))

    def _take(self, read: ReadReview) -> None:
        self.read, self._behind = read, False
        self.clusters = {" ".join(found.key): found for found in read.review.clusters}
        self.others = {other.decision.id: other for other in read.review.others}
        self._members = {a.id: id_ for id_, found in self.clusters.items() for a in found.cluster.annotations}
        passages = [one.final for one in read.review.clusters] + [one.final for one in read.review.others]
        self.finals = {annotation.id: annotation for final in passages for annotation in final}
        self.links = {relation.id: relation for relation in read.links}
        self.pending &= self.clusters.keys() | self.others.keys()
        if self.current not in self.clusters and self.current not in self.others:
            self.current = None
        self.loaded.emit()

    def _compare_anew(self, change: ChangeSet) -> bool:
        """Whether a change can make other disagreements than there were."""
        assert self.read is not None
        for edit in change.edits:
            entity = edit.entity
            if isinstance(entity, Annotation) and entity.session_id is None and entity.article_id in self.read.articles:
                return True
            if isinstance(entity, Relation) and entity.session_id is None and entity.source_id in self._members:
                return True
            if isinstance(entity, _COMPARED) and entity.session_id == self.session_id:
                return True
            if isinstance(entity, ReviewSession) and entity.id == self.session_id:
                return True
            if isinstance(entity, Decision) and entity.session_id == self.session_id and self._is_another(entity):
                return True
        return any(_merges(edit.before, edit.after) for edit in change.edits)

    def _is_another(self, decision: Decision) -> bool:
        """Whether a decision is about what is no disagreement now, or there was an earlier one on other versions."""
        if not decision.members:
            return False
        found = self.clusters.get(" ".join(decision.key))
        return found is None or bool(found.earlier)

    def _apply_finals(self, change: ChangeSet) -> set[str]:
        """Keep the passages and links of the final version; return the disagreements that they stand for."""
        owners = {a.id: id_ for id_, found in self.clusters.items() for a in found.final}
        owners |= {a.id: id_ for id_, other in self.others.items() for a in other.final}
        touched = set()
        for annotation in after(Annotation, change.edits):
            if annotation.session_id != self.session_id:
                continue
            if annotation.deleted:
                self.finals.pop(annotation.id, None)
            else:
                self.finals[annotation.id] = annotation
            touched |= {owners[annotation.id]} if annotation.id in owners else set()
        for relation in after(Relation, change.edits):
            if relation.session_id != self.session_id:
                continue
            if relation.deleted:
                self.links.pop(relation.id, None)
            else:
                self.links[relation.id] = relation
            touched |= {owners[relation.source_id]} if relation.source_id in owners else set()
        for id_ in touched & self.clusters.keys():
            found = self.clusters[id_]
            if found.decision is not None:
                self.clusters[id_] = replace(found, final=self._final(found.decision))
        for id_ in touched & self.others.keys():
            self.others[id_] = replace(self.others[id_], final=self._final(self.others[id_].decision))
        return touched

    def _apply_decisions(self, decisions: Sequence[Decision]) -> set[str]:
        touched = set()
        for decision in decisions:
            if decision.session_id != self.session_id:
                continue
            if not decision.members:
                self._apply_other(decision)
                touched.add(decision.id)
                continue
            id_ = " ".join(decision.key)
            final = () if decision.deleted else self._final(decision)
            given = None if decision.deleted else decision
            self.clusters[id_] = replace(self.clusters[id_], decision=given, stale=False, final=final)
            touched.add(id_)
        return touched

    def _apply_other(self, decision: Decision) -> None:
        assert self.read is not None
        if decision.deleted:
            self.others.pop(decision.id, None)
            return
        final = self._final(decision)
        article = next((id_ for id_, text in self.read.review.texts.items() if text == decision.text_id), "")
        known = self.others.get(decision.id)
        comments = known.comments if known is not None else ()
        self.others[decision.id] = FinalPassage(
            article_id=article, decision=decision, final=final, stale=False, comments=comments
        )

    def text_of(self, article_id: str) -> str:
        """Return the id of the text of an article that the session pins, empty when it is none of its articles."""
        return self.read.review.texts.get(article_id, "") if self.read is not None else ""

    def _final(self, decision: Decision) -> tuple[Annotation, ...]:
        return tuple(self.finals[id_] for id_ in final_passage_ids(decision) if id_ in self.finals)

    def _apply_verdicts(self, verdicts: Sequence[Verdict]) -> set[str]:
        touched = set()
        for verdict in verdicts:
            id_ = self._members.get(verdict.annotation_id)
            if verdict.session_id != self.session_id or id_ is None:
                continue
            found = self.clusters[id_]
            order = [member.id for member in found.cluster.annotations]
            given = [known for known in found.verdicts if known.verdict.id != verdict.id]
            if not verdict.deleted:
                member = found.cluster.annotations[order.index(verdict.annotation_id)]
                given.append(VerdictUnderReview(verdict, verdict.of_version != member.version))
            given.sort(key=lambda one: (order.index(one.verdict.annotation_id), one.verdict.id))
            self.clusters[id_] = replace(found, verdicts=tuple(given))
            touched.add(id_)
        return touched

    def _apply_comments(self, comments: Sequence[Comment]) -> set[str]:
        touched = set()
        for comment in comments:
            for id_ in self._about(comment):
                if id_ in self.others:
                    other = self.others[id_]
                    self.others[id_] = replace(other, comments=_with(other.comments, comment))
                else:
                    found = self.clusters[id_]
                    self.clusters[id_] = replace(found, comments=_with(found.comments, comment))
                touched.add(id_)
        return touched

    def _about(self, comment: Comment) -> list[str]:
        """Return the disagreements that a comment is about: by its passage, else by its words."""
        passage = self.id_of(comment.annotation_id) if comment.annotation_id is not None else None
        if passage is not None:
            return [passage]
        if comment.start is None or comment.end is None:
            return []
        return [
            id_
            for id_, found in self.clusters.items()
            if found.cluster.text_id == comment.text_id
            and found.cluster.span.start < comment.end
            and comment.start < found.cluster.span.end
        ]


def _with(comments: Sequence[Comment], comment: Comment) -> tuple[Comment, ...]:
    """Return comments with one put in, in its newest state, or taken out; in the order of writing."""
    rest = {known.id: known for known in comments if known.id != comment.id}
    if not comment.deleted:
        rest[comment.id] = comment
    return tuple(rest[key] for key in sorted(rest))


def _merges(before: object, now: object) -> bool:
    """Whether something was merged into another, or taken out of it again: what was unlike may be alike now."""
    return getattr(before, "merged_into", None) != getattr(now, "merged_into", None)
