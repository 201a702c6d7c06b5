"""What a review shows is kept up by change sets, and is then what reading everything anew would show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from annotator.desktop.review.review_reading import read_review
from annotator.domain.annotations import Annotation
from annotator.domain.reviews import VerdictOutcome
from annotator.services.deciding import Deciding
from annotator.services.review_edits import Writing
from annotator.services.under_review import ClusterUnderReview
from tests.desktop.review.decided import BEN, CY, NO_SECRET, REGISTER, REVIEWER, SECRET, TWICE
from tests.desktop.review.review_desk import ReviewDesk


@dataclass
class Acts:
    """Acts of a reviewer, one after the other, each written off the UI thread."""

    desk: ReviewDesk
    reads: int = 0

    def do(self, act: Callable[[], object]) -> None:
        """Do something, wait until the screen has it, and hold it to what is stored."""
        self.desk.space.jobs.write(act)
        self.desk.settle()
        self.compare()

    def compare(self) -> None:
        review = self.desk.page.review
        stored = read_review(self.desk.space.project, self.desk.session_id)
        assert list(review.clusters.values()) == list(stored.review.clusters)
        assert list(review.others.values()) == list(stored.review.others)
        assert review.links == {link.id: link for link in stored.links}
        finals = [a for one in stored.review.clusters for a in one.final]
        finals += [a for other in stored.review.others for a in other.final]
        assert review.finals == {annotation.id: annotation for annotation in finals}
        assert review.pending == set()

    def found(self, quote: str) -> ClusterUnderReview:
        return self.desk.stored(quote)

    def member(self, quote: str, name: str) -> Annotation:
        (analyst,) = [a for a in self.desk.space.project.analysts.list() if a.name == name]
        return self.found(quote).cluster.members[analyst.id][0]

    @property
    def deciding(self) -> Deciding:
        return self.desk.space.project.deciding


@pytest.fixture
def acts(review_desk: ReviewDesk) -> Acts:
    return Acts(review_desk)


def test_decisions_of_every_kind_reach_the_screen_without_reading_all_anew(
    acts: Acts, monkeypatch: pytest.MonkeyPatch
) -> None:
    review, id_ = acts.desk.page.review, acts.desk.session_id

    def never() -> None:
        raise AssertionError("everything was read anew")

    monkeypatch.setattr(review, "read_again", never)
    secret, denial, register, twice = (acts.found(quote) for quote in (SECRET, NO_SECRET, REGISTER, TWICE))
    about, theirs = acts.member(SECRET, BEN), acts.member(SECRET, CY)
    ben, cy = about.analyst_id, theirs.analyst_id
    history, comments = acts.desk.space.project.history, acts.desk.space.project.comments
    acts.do(lambda: acts.deciding.take(id_, secret.key, cy))
    acts.do(lambda: acts.deciding.take(id_, denial.key, ben))
    acts.do(lambda: acts.deciding.take(id_, secret.key, ben, rows=["people"]))
    acts.do(lambda: acts.deciding.edit(id_, twice.key, Writing(tag="Denial", note="see the ledger")))
    acts.do(lambda: acts.deciding.nothing(id_, register.key, reason_code="slip"))
    acts.do(lambda: acts.deciding.park(id_, twice.key, "for the meeting"))
    acts.do(lambda: acts.deciding.withdraw(id_, twice.key))
    acts.do(lambda: acts.deciding.judge(id_, theirs.id, VerdictOutcome.REJECT, comment="no"))
    acts.do(lambda: acts.deciding.vote(id_, twice.key, BEN, "nothing"))
    acts.do(lambda: acts.deciding.unvote(id_, twice.key))
    acts.do(lambda: acts.deciding.accept_unanimous(id_))
    acts.do(lambda: acts.deciding.new(id_, secret.article_id, Writing(span=(0, 7), tag="Claim")))
    other = next(iter(review.others))
    acts.do(lambda: acts.deciding.edit_other(id_, other, Writing(tag="Evidence")))
    acts.do(lambda: comments.add(about.article_id, "Whose words?", annotation_id=about.id))
    said = acts.found(SECRET).comments[0].id
    acts.do(lambda: comments.resolve(said))
    acts.do(lambda: acts.deciding.drop(id_, other))
    for _ in range(8):
        acts.do(history.undo)
    for _ in range(8):
        acts.do(history.redo)


def test_a_layer_that_changes_is_compared_anew(acts: Acts) -> None:
    project = acts.desk.space.project
    key, mine, gone = acts.found(SECRET).key, acts.member(SECRET, BEN), acts.member(TWICE, BEN)
    acts.do(lambda: acts.deciding.accept(acts.desk.session_id, key))
    project.act_as(BEN)
    acts.do(lambda: project.annotations.edit(mine.id, note="second thoughts"))
    assert acts.found(SECRET).stale
    acts.do(lambda: project.annotations.delete(gone.id))
    project.act_as(REVIEWER)


def test_nothing_is_read_while_nobody_looks_and_all_when_somebody_does_again(
    acts: Acts, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = acts.desk
    reads: list[str] = []
    review = desk.page.review
    again = review.read_again

    def noted() -> None:
        reads.append("read")
        again()

    desk.press(Qt.Key.Key_Escape)
    monkeypatch.setattr(review, "read_again", noted)
    desk.space.project.act_as(BEN)
    mine = acts.member(SECRET, BEN)
    desk.space.jobs.write(lambda: desk.space.project.annotations.edit(mine.id, note="second thoughts"))
    desk.settle()
    assert reads == []
    desk.space.project.act_as(REVIEWER)
    desk.space.reviewing.decide(desk.session_id)
    desk.settle()
    assert reads != []
    acts.compare()
