"""What a review session has to decide: its clusters, with all that was said of each. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.domain.annotations import Annotation, Span
from annotator.domain.articles import Article
from annotator.domain.clusters import Cluster, clusters
from annotator.domain.comments import Comment
from annotator.domain.deciding import Sources, proposal
from annotator.domain.errors import RuleError
from annotator.domain.reviews import (
    Decision,
    DecisionOutcome,
    ReviewSession,
    SessionArticle,
    SessionMode,
    Verdict,
    final_passage_ids,
)
from annotator.services.merges import Merges
from annotator.services.session_access import Team
from annotator.services.session_work import SessionWork, read_work
from annotator.store.repository import Reader


@dataclass(frozen=True, slots=True)
class VerdictUnderReview:
    """What somebody said of one version. ``stale``: that version is no longer the passage's only head."""

    verdict: Verdict
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterUnderReview:
    """A cluster of a session and what was said of it.

    ``decision``: the one on exactly this cluster, or, when ``stale``, an earlier one that has to be made again.
    ``contested``: two reviewers decided it otherwise on two devices; it is to be decided again.
    ``earlier``: all decisions on other versions of its members that still stand. ``final``: the passages of the final
    version that stand for it. ``proposal``: where each row would best come from. ``unanimous``: nothing is to be
    decided, it can be taken with all its like. ``comments``: those about one of its passages or the words it covers.
    """

    article_id: str
    cluster: Cluster
    proposal: Sources
    unanimous: bool
    decision: Decision | None = None
    stale: bool = False
    contested: bool = False
    earlier: tuple[Decision, ...] = ()
    final: tuple[Annotation, ...] = ()
    verdicts: tuple[VerdictUnderReview, ...] = ()
    comments: tuple[Comment, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """What names it when something is decided: the version hashes of its members, sorted."""
        return self.cluster.key

    @property
    def decided(self) -> bool:
        """Whether it is decided as it is now."""
        return self.decision is not None and self.decision.decided and not self.stale and not self.contested

    @property
    def parked(self) -> bool:
        """Whether it is put off for the meeting."""
        parked = self.decision is not None and self.decision.outcome is DecisionOutcome.PARKED
        return parked and not self.stale and not self.contested


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalPassage:
    """A decision that no cluster stands behind: a passage that nobody had marked, or whose members are all gone.

    ``stale``: it was decided on passages that are no longer there, and has to be kept or dropped.
    """

    article_id: str
    decision: Decision
    final: tuple[Annotation, ...]
    stale: bool
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """All there is to decide in a session or one of its articles, in the order of the articles and of reading.

    ``texts``: article id → the text that the session pins. ``waiting_for``: article id → the authors who have not
    submitted it, while too few have: a review of it begins early then.
    """

    session: ReviewSession
    clusters: tuple[ClusterUnderReview, ...]
    others: tuple[FinalPassage, ...]
    texts: Mapping[str, str]
    waiting_for: Mapping[str, tuple[str, ...]]

    @property
    def decided(self) -> int:
        """How many clusters are decided."""
        return sum(found.decided for found in self.clusters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What was read of a session, before anything is computed from it.

    ``homes``: pinned text → the article it is a version of, though that may be merged into another now.
    ``waiting_for``: as in :class:`Review`. ``layers``: the passages of ``work`` with links resolved. ``crowded``: ids
    of passages with several heads. ``contested``: ids of decisions and final passages whose heads say different things.
    """

    session: ReviewSession
    places: Sequence[SessionArticle]
    homes: Mapping[str, str]
    waiting_for: Mapping[str, tuple[str, ...]]
    work: SessionWork
    layers: Sequence[Annotation]
    decisions: Sequence[Decision]
    verdicts: Sequence[Verdict]
    comments: Sequence[Comment]
    finals: Mapping[str, Annotation]
    crowded: frozenset[str]
    contested: frozenset[str]


def gather(reader: Reader, session: ReviewSession, text_ids: Collection[str] | None = None) -> Gathered:
    """Read what there is of a session, or of those of its articles whose pinned texts are given.

    Raises RuleError when another session keeps some of this work from who is looking: what is left would look like
    passages that somebody missed.
    """
    merges = Merges.of(reader)
    places = places_of(reader, session.id, text_ids)
    work = read_work(reader, session, text_ids)
    pinned = tuple(place.text_id for place in places)
    groups = tuple(dict.fromkeys(id_ for place in places for id_ in merges.article_group(place.article_id)))
    authors = {read.text_id: frozenset(read.layers) for read in work.texts}
    kept_apart = set(reader.veil.layers) if reader.veil is not None else set()
    if any((read.article_id, author) in kept_apart for read in work.texts for author in read.layers):
        raise RuleError(
            "Some of this work is kept apart by another blind session in which you have a part.",
            "Review it once that session is revealed, or let somebody else do it.",
        )
    finals = reader.all(Annotation, session_id=session.id, text_id=pinned)
    return Gathered(
        session=session,
        places=places,
        homes={held.text_id: held.article_id for held in reader.all(SessionArticle, session_id=session.id)},
        waiting_for=_waiting(session, Team.of(reader, session.id), places, authors),
        work=work,
        layers=[merges.shown(a) for read in work.texts for layer in read.layers.values() for a in layer],
        decisions=reader.all(Decision, session_id=session.id, text_id=pinned),
        verdicts=reader.all(Verdict, session_id=session.id),
        comments=reader.all(Comment, article_id=groups),
        finals={annotation.id: annotation for annotation in finals},
        contested=frozenset(id_ for _, id_ in reader.conflicts()),
        crowded=frozenset(id_ for type_, id_ in reader.with_other_heads() if type_ == Annotation.TYPE),
    )


def places_of(reader: Reader, session_id: str, text_ids: Collection[str] | None = None) -> list[SessionArticle]:
    """Return the articles of a session, or those whose pinned texts are given, by date; those without one last.

    An article that was merged into another one is named by that one.
    """
    merges = Merges.of(reader)
    found = reader.all(SessionArticle, session_id=session_id)
    held = [
        replace(p, article_id=merges.article(p.article_id)) for p in found if text_ids is None or p.text_id in text_ids
    ]
    articles = reader.get_many(Article, {place.article_id for place in held})

    def order(place: SessionArticle) -> tuple[object, ...]:
        article = articles[place.article_id]
        return article.published_at == "", article.published_at, article.title, article.id

    return sorted(held, key=order)


def _waiting(
    session: ReviewSession, team: Team, places: Iterable[SessionArticle], authors: Mapping[str, frozenset[str]]
) -> dict[str, tuple[str, ...]]:
    return {
        place.article_id: tuple(id_ for id_ in team.authors if id_ not in authors.get(place.text_id, ()))
        for place in places
        if len(authors.get(place.text_id, ())) < session.required_authors
    }


def clusters_of(gathered: Gathered) -> list[Cluster]:
    """Return the clusters of what was read, in the order of the articles and of reading."""
    texts = {read.text_id: read for read in gathered.work.texts}
    order = [texts[place.text_id] for place in gathered.places if place.text_id in texts]
    return clusters(
        {read.text_id: read.text for read in order},
        gathered.layers,
        gathered.work.relations,
        {read.text_id: read.layers for read in order},
        gathered.work.merged,
        gathered.work.least,
    )


def review_of(gathered: Gathered, found: Sequence[Cluster], article_id: str | None = None) -> Review:
    """Return the clusters of a session, or of one of its articles, with what was said of each."""
    articles = {place.text_id: place.article_id for place in gathered.places}
    said = _Said(gathered, found)
    under_review = [said.of(articles[cluster.text_id], cluster) for cluster in found]
    others = said.others(articles, {d.id for one in under_review for d in (one.decision, *one.earlier) if d})
    return Review(
        session=gathered.session,
        clusters=tuple(one for one in under_review if article_id in {None, one.article_id}),
        others=tuple(one for one in others if article_id in {None, one.article_id}),
        texts={place.article_id: place.text_id for place in gathered.places},
        waiting_for=gathered.waiting_for,
    )


class _Said:
    """What was said of the passages of a session, by what it is said of."""

    def __init__(self, gathered: Gathered, found: Iterable[Cluster]) -> None:
        self._gathered = gathered
        keys = {cluster.key for cluster in found}
        self._fresh: dict[tuple[str, ...], Decision] = {}
        self._earlier: dict[str, list[Decision]] = defaultdict(list)
        for decision in gathered.decisions:
            if decision.members and decision.key in keys:
                self._fresh[decision.key] = decision
            else:
                for member in decision.members:
                    self._earlier[member.annotation_id].append(decision)
        self._verdicts: dict[str, list[Verdict]] = defaultdict(list)
        for verdict in gathered.verdicts:
            self._verdicts[verdict.annotation_id].append(verdict)
        known = {annotation.id for annotation in gathered.layers} | gathered.finals.keys()
        self._at_passages: dict[str, list[Comment]] = defaultdict(list)
        self._at_words: dict[str | None, list[Comment]] = defaultdict(list)
        for comment in gathered.comments:
            if comment.annotation_id in known:
                self._at_passages[comment.annotation_id].append(comment)
            elif comment.start is not None:
                self._at_words[comment.text_id].append(comment)

    def of(self, article_id: str, cluster: Cluster) -> ClusterUnderReview:
        """Return a cluster with what was said of it."""
        members = cluster.annotations
        fresh = self._fresh.get(cluster.key)
        earlier = {d.id: d for member in members for d in self._earlier[member.id]}
        standing = tuple(earlier[id_] for id_ in sorted(earlier))
        decision = fresh or (standing[0] if standing else None)
        final = self._final(decision)
        peer = self._gathered.session.mode is SessionMode.PEER_CHECK
        return ClusterUnderReview(
            article_id=article_id,
            cluster=cluster,
            proposal=proposal(cluster),
            unanimous=cluster.identical and (len(cluster.sides) > 1 or peer),
            decision=decision,
            stale=fresh is None and decision is not None,
            contested=fresh is not None and not self._gathered.contested.isdisjoint({fresh.id, *(a.id for a in final)}),
            earlier=standing,
            final=final,
            verdicts=tuple(
                self._verdict(verdict, member) for member in members for verdict in self._verdicts[member.id]
            ),
            comments=self._comments(cluster.text_id, cluster.span, [*members, *final]),
        )

    def others(self, articles: Mapping[str, str], behind: Collection[str]) -> tuple[FinalPassage, ...]:
        """Return the decisions that stand behind no cluster."""
        found = []
        for decision in self._gathered.decisions:
            if decision.id not in behind:
                final = self._final(decision)
                found.append(
                    FinalPassage(
                        article_id=articles[decision.text_id],
                        decision=decision,
                        final=final,
                        stale=bool(decision.members),
                        comments=self._comments(decision.text_id, final[0].span if final else None, final),
                    )
                )
        return tuple(sorted(found, key=lambda one: (one.article_id, one.final[0].start if one.final else 0)))

    def _final(self, decision: Decision | None) -> tuple[Annotation, ...]:
        ids = () if decision is None else final_passage_ids(decision)
        return tuple(self._gathered.finals[id_] for id_ in ids if id_ in self._gathered.finals)

    def _verdict(self, verdict: Verdict, member: Annotation) -> VerdictUnderReview:
        stale = verdict.of_version != member.version or member.id in self._gathered.crowded
        return VerdictUnderReview(verdict, stale)

    def _comments(self, text_id: str, span: Span | None, passages: Iterable[Annotation]) -> tuple[Comment, ...]:
        """Return what is said about passages, and about words of the span whose passage is gone or never was."""
        here = {c.id: c for passage in passages for c in self._at_passages[passage.id]}
        for comment in self._at_words[text_id] if span is not None else ():
            start, end = comment.start or 0, comment.end or 0
            if span is not None and span.overlaps(Span(start, end)):
                here[comment.id] = comment
        return tuple(here[id_] for id_ in sorted(here))
