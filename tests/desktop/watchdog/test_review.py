"""A review of 2,400 passages of three authors in 40 articles: from the reveal to the minutes the window is free."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from annotator.desktop.actions import ActionId as A
from annotator.desktop.review.concordance_page import ConcordancePage
from annotator.desktop.review.session_steps import Step
from tests.desktop.fakes import FakePrompts
from tests.desktop.watchdog.stage import CTRL, SHIFT, Stage, key

K = Qt.Key


def test_a_review(stage_on: Callable[[Path], Stage], worked_file: Path, prompts: FakePrompts, tmp_path: Path) -> None:
    stage = stage_on(worked_file)
    reviewing = stage.space.reviewing

    def take(step: Step) -> Callable[[], object]:
        return lambda: stage.child(QPushButton, f"step.{step}").click()

    stage.act("show the session", key(K.Key_R, CTRL), until=lambda: reviewing.screen is not None)
    prompts.answers.append(True)
    stage.act("reveal", take(Step.REVEAL))
    stage.act("review", take(Step.REVIEW), until=reviewing.page.isVisible)
    assert len(reviewing.page.review.clusters) > 800
    stage.act("accept what is unanimous", key(K.Key_A, SHIFT))
    decided = sum(found.decided for found in reviewing.page.review.clusters.values())
    stage.act("decide forty", *[key(K.Key_A), stage.settled, key(K.Key_N), stage.settled] * 40)
    assert sum(found.decided for found in reviewing.page.review.clusters.values()) == decided + 40
    stage.act("meet", key(K.Key_M, CTRL | SHIFT), until=reviewing.meeting.isVisible)
    stage.act(
        "vote and go on",
        *[key(K.Key_1), stage.settled, key(K.Key_Space), stage.settled, key(K.Key_Return), stage.settled] * 3,
    )
    stage.act("end the meeting", key(K.Key_M, CTRL | SHIFT))
    stage.act("how far they agree", stage.action(A.REVIEW_AGREEMENT))
    stage.act("show the session again", key(K.Key_R, CTRL))
    stage.act("concordance", take(Step.CONCORDANCE))
    assert isinstance(reviewing.screen, ConcordancePage)
    stage.act("show the session again", key(K.Key_R, CTRL))
    prompts.answers.append(str(tmp_path / "minutes.html"))
    stage.act("minutes", take(Step.MINUTES))
    assert (tmp_path / "minutes.html").stat().st_size > 100_000
    stage.act("review", take(Step.REVIEW), until=reviewing.page.isVisible)
    stage.go_through_themes()
    assert prompts.errors == []
