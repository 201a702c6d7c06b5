"""The minutes of a review session: who took part, what was decided of each passage and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotator.domain.codebook import Tag
from annotator.domain.counting import counted
from annotator.domain.entity import from_plain, now
from annotator.domain.projects import Project
from annotator.domain.reviews import (
    MemberRole,
    ReviewSession,
    SessionMode,
    SessionState,
    Submission,
    SubmissionState,
)
from annotator.domain.versions import Version, entity_from
from annotator.formats import minutes_html
from annotator.formats.review_record import CodebookEntry, Minutes, RecordedArticle
from annotator.services.codebook import in_tree_order
from annotator.services.context import Context
from annotator.services.figure_table import figure_table
from annotator.services.recording import recorded, recorded_alone
from annotator.services.review_desk import revealed
from annotator.services.review_words import ReviewWords, moment, roles_in_words
from annotator.services.session_access import Team, session_of
from annotator.services.under_review import FinalPassage, Gathered, clusters_of, gather, review_of
from annotator.services.whole_files import write_whole

_MODES = {
    SessionMode.PEER_CHECK: "peer check",
    SessionMode.DOUBLE_BLIND: "double blind",
    SessionMode.MEETING: "meeting",
}


class MinutesOfSessions:
    """Makes the minutes of review sessions."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, session_id: str) -> Minutes:
        """Return the minutes as the session stands; raises RuleError while it is sealed or being prepared."""
        with self._context.read() as reader:
            session = revealed(session_of(reader, session_id, SessionState.OPEN, SessionState.CLOSED))
            gathered = gather(reader, session)
            words = ReviewWords.of(reader, gathered)
            team = Team.of(reader, session_id)
            submissions = reader.all(Submission, session_id=session_id)
            history = reader.versions(ReviewSession.TYPE, session_id)
            (project,) = reader.all(Project)
        events = tuple(_events(history.values(), words))
        return _Recording(gathered, words, team, submissions).minutes(project.name, events)

    def render(self, session_id: str) -> bytes:
        """Return the minutes as a page in UTF-8 that loads nothing from anywhere."""
        return minutes_html.render(self.of(session_id))

    def write(self, path: str | Path, session_id: str) -> None:
        """Write the minutes to a file; raises StorageError when it cannot be written."""
        write_whole(Path(path), self.render(session_id))


class _Recording:
    """Puts what was read of a session into words."""

    def __init__(self, gathered: Gathered, words: ReviewWords, team: Team, submissions: Sequence[Submission]) -> None:
        self._gathered = gathered
        self._words = words
        self._team = team
        self._submissions = submissions
        self._review = review_of(gathered, clusters_of(gathered))

    def minutes(self, project: str, events: tuple[tuple[str, str, str], ...]) -> Minutes:
        session = self._gathered.session
        return Minutes(
            project=project,
            session=session.name,
            mode=_MODES[session.mode],
            state=_state(session),
            closed=session.state is SessionState.CLOSED,
            made_at=moment(now()),
            members=tuple(self._members()),
            settings=tuple(_settings(session)),
            events=events,
            notices=tuple(self._notices()),
            figures=figure_table(session, self._words.analysts),
            articles=tuple(self._articles()),
            codebook=tuple(_codebook(session)),
        )

    def _members(self) -> Iterator[tuple[str, str, str]]:
        known = self._words.analysts
        for id_ in sorted(self._team.roles, key=lambda id_: known[id_].name):
            yield known[id_].name, known[id_].initials, roles_in_words(self._team.roles[id_])

    def _notices(self) -> Iterator[str]:
        """Yield what a reader has to know before relying on the decisions."""
        for name in sorted({self._words.name(id_) for id_ in self._deciders() if self._is_author(id_)}):
            yield f"{name} decided and was an author too."
        for place in self._gathered.places:
            waiting = self._review.waiting_for.get(place.article_id, ())
            if waiting:
                title = self._words.articles[place.article_id].title
                names = ", ".join(self._words.name(id_, place.article_id) for id_ in waiting)
                yield f"“{title}” has not been submitted by {names}."

    def _deciders(self) -> set[str]:
        return {decision.updated_by for decision in self._gathered.decisions if decision.updated_by is not None}

    def _is_author(self, analyst_id: str | None) -> bool:
        return self._team.has(analyst_id, MemberRole.AUTHOR)

    def _articles(self) -> Iterator[RecordedArticle]:
        for place in self._gathered.places:
            article = self._words.articles[place.article_id]
            text = self._words.texts[place.text_id]
            clusters = [found for found in self._review.clusters if found.article_id == article.id]
            others = [other for other in self._review.others if other.article_id == article.id]
            passages = [(found.cluster.span.start, recorded(found, self._words)) for found in clusters]
            passages += [(_start(other), recorded_alone(other, self._words)) for other in others]
            told = {c.id for found in clusters for c in found.comments} | {c.id for o in others for c in o.comments}
            rest = [c for c in self._gathered.comments if c.article_id == article.id and c.id not in told]
            yield RecordedArticle(
                title=article.title,
                source=self._words.source(article),
                language=article.language,
                sha256=text.sha256,
                submissions=tuple(self._submitted(place.text_id, article.id)),
                passages=tuple(passage for _, passage in sorted(passages, key=lambda found: found[0])),
                comments=self._words.said(rest, article.id),
            )

    def _submitted(self, text_id: str, article_id: str) -> Iterator[str]:
        here = [s for s in self._submissions if s.text_id == text_id and s.state is SubmissionState.SUBMITTED]
        for name, count in sorted((self._words.name(s.analyst_id, article_id), s.count) for s in here):
            yield f"{name} read it and marked {counted(count, 'passage')}"


def _start(other: FinalPassage) -> int:
    return other.final[0].start if other.final else 0


def _state(session: ReviewSession) -> str:
    if session.state is SessionState.CLOSED:
        return f"Closed on {moment(session.closed_at or '')}, signed by {session.signed_by}"
    return "Opened again" if session.reason else "Not closed"


def _events(history: Iterable[Version], words: ReviewWords) -> Iterator[tuple[str, str, str]]:
    """Yield when a session was opened, revealed, closed and opened again, what was said then, and by whom."""
    before = ReviewSession(id="")
    for version in sorted((v for v in history if v.known), key=lambda v: (v.revision, v.at, v.hash)):
        session = entity_from(version)
        assert isinstance(session, ReviewSession)
        what = _happened(before, session)
        if what:
            yield moment(version.at), what, words.name(version.by)
        before = session


def _happened(before: ReviewSession, after: ReviewSession) -> str:
    if after.revealed and not before.revealed:
        return "revealed"
    if after.state is before.state:
        return ""
    if after.state is SessionState.CLOSED:
        return f"closed, signed by {after.signed_by}"
    return f"opened again: {after.reason}" if before.state is SessionState.CLOSED else "opened"


def _settings(session: ReviewSession) -> Iterator[tuple[str, str]]:
    yield "mode", _MODES[session.mode]
    yield "authors who must have submitted an article", str(session.required_authors)
    yield "blind until the reveal", _yes(session.blind)
    yield "a rejection needs a reason", _yes(session.reason_on_reject)
    yield "names hidden from the reviewer", _yes(session.hide_names)
    yield "two passages are the same from an overlap of", f"{session.overlap_percent} %"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _codebook(session: ReviewSession) -> Iterator[CodebookEntry]:
    """Yield the tags as they were when the session was opened, those under another one behind it."""
    tags = [from_plain(Tag, values) for values in json.loads(session.codebook or "[]")]
    above = {tag.id: tag.parent_id for tag in tags}
    for tag in in_tree_order(tags):
        if tag.retired or tag.merged_into is not None:
            continue
        depth, parent = 0, tag.parent_id
        while parent is not None and depth < len(tags):
            depth, parent = depth + 1, above.get(parent)
        yield CodebookEntry(
            name=tag.name,
            kind=tag.kind,
            key=tag.key,
            description=tag.description,
            rule=tag.decision_rule,
            fits=tuple(example.text for example in tag.examples if example.fits),
            fits_not=tuple(example.text for example in tag.examples if not example.fits),
            depth=depth,
        )
