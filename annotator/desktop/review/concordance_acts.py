"""Shows the concordance of a session and has decided what is chosen there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from annotator.desktop.plurals import plural_text
from annotator.desktop.review.concordance_page import ConcordancePage
from annotator.domain.changes import ChangeSet
from annotator.domain.reviews import Decision, ReasonCode
from annotator.services.concordance import Concordance
from annotator.services.session_overview import SessionOverview

if TYPE_CHECKING:
    from annotator.desktop.workspace import Workspace

Keys = Sequence[tuple[str, ...]]


class ConcordanceActs(QObject):
    """Holds the page; ``session_requested`` carries a session's id."""

    session_requested = Signal(str)

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self._space = space

    @cached_property
    def page(self) -> ConcordancePage:
        """The page."""
        page = ConcordancePage(self._space.reviewing.review)
        page.accept_requested.connect(self._accept)
        page.take_requested.connect(self._take)
        page.nothing_requested.connect(self._nothing)
        page.review_requested.connect(self._open_in_review)
        page.back_requested.connect(lambda: self.session_requested.emit(self._space.reviewing.review.session_id))
        return page

    def show(self, overview: SessionOverview) -> None:
        """Show the passages of a session, once they have been read."""
        review, page = self._space.reviewing.review, self.page
        review.loaded.connect(lambda: self._space.reviewing.show(page), Qt.ConnectionType.SingleShotConnection)
        review.open(overview.session.id)

    def _accept(self, keys: Keys) -> None:
        self._decide(lambda concordance, id_: concordance.accept(id_, keys), len(keys))

    def _take(self, versions: Mapping[tuple[str, ...], str]) -> None:
        self._decide(lambda concordance, id_: concordance.take(id_, versions), len(versions))

    def _nothing(self, keys: Keys, code: ReasonCode | None, words: str) -> None:
        self._decide(
            lambda concordance, id_: concordance.nothing(id_, keys, reason_code=code, comment=words), len(keys)
        )

    def _decide(self, act: Callable[[Concordance, str], ChangeSet], wanted: int) -> None:
        concordance, id_ = self._space.project.concordance, self._space.reviewing.review.session_id

        def tell(change: ChangeSet) -> None:
            number = sum(isinstance(one, Decision) and one.decided for one in change.after(Decision.TYPE))
            words = plural_text("ConcordanceActs", "1 passage is decided.", "{0} passages are decided.", number)
            if number < wanted:
                words += " " + self.tr("Left as they were, for they do not have this version: {0}").format(
                    wanted - number
                )
            self._space.prompts.say(words, undo=True)

        self._space.jobs.write(lambda: act(concordance, id_), done=tell)

    def _open_in_review(self, cluster_id: str) -> None:
        reviewing = self._space.reviewing
        review = reviewing.review
        review.set_current(cluster_id)
        reviewing.decide(review.session_id)
