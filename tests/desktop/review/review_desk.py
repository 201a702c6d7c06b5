"""A window on the review screen of a revealed session, driven by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.desktop.main_window import MainWindow
from annotator.desktop.review.review_page import ReviewPage
from annotator.desktop.review.shown_cluster import shown_wordings
from annotator.services.deciding import FinalState
from annotator.services.under_review import ClusterUnderReview
from tests.desktop.windows import activate, settle, space_of

NONE = Qt.KeyboardModifier.NoModifier


class ReviewDesk:
    """A window with the review screen in front, driven by keys."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window
        self.space = space_of(window)
        self.session_id = self.space.project.reviews.list()[0].id
        self.space.reviewing.decide(self.session_id)
        self.settle()
        assert self.page.review.read is not None

    @property
    def page(self) -> ReviewPage:
        return self.space.reviewing.page

    @property
    def found(self) -> ClusterUnderReview:
        """The disagreement that is looked at, as the screen has it."""
        assert self.page.review.found is not None
        return self.page.review.found

    def stored(self, quote: str) -> ClusterUnderReview:
        """Return what the project has of the one disagreement in which somebody marked just these words."""
        self.settle()
        every = self.space.project.deciding.clusters(self.session_id)
        (found,) = [one for one in every if quote in {a.quote for a in one.cluster.annotations}]
        return found

    def final(self) -> FinalState:
        """Return the final version that the project has."""
        self.settle()
        return self.space.project.deciding.final(self.session_id)

    def go_to(self, quote: str) -> None:
        """Step to the disagreement in which somebody marked just these words."""
        for _ in self.page.review.clusters:
            self.press("P")
        for _ in self.page.review.clusters:
            if quote in {a.quote for a in self.found.cluster.annotations}:
                return
            self.press("N")
        raise AssertionError(f"nobody marked {quote}")

    def shown(self) -> list[str]:
        """Return the words that stand on the line for the disagreement that is looked at."""
        read = self.page.review.read
        assert read is not None
        text = read.texts[self.found.cluster.text_id].text
        return [text[wording.start : wording.end] for wording in shown_wordings(self.found)]

    def press(self, *keys: Qt.Key | str, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Press keys in whatever has the focus, each after everything before is done."""
        for key in keys:
            if QApplication.activePopupWidget() is None and QApplication.focusWidget() is None:
                activate(self.qtbot, self.window)  # after a menu, as a window system does by itself
            target = QApplication.activePopupWidget() or QApplication.focusWidget()
            assert target is not None, "nothing has the focus"
            QTest.keyClick(target, Qt.Key(ord(key)) if isinstance(key, str) else key, modifier)
            self.settle()

    def write(self, words: str) -> None:
        """Type words into whatever has the focus."""
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClicks(target, words)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is read or written any more."""
        settle(self.qtbot, self.window)
