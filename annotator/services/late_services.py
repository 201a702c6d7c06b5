"""The services of a project that are imported and made when they are first asked for: a window opens without them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from annotator.services.context import Context
from annotator.services.texts import Texts

if TYPE_CHECKING:
    from annotator.services.agreement import AgreementFigures
    from annotator.services.care import Care
    from annotator.services.concordance import Concordance
    from annotator.services.conflicts import Conflicts
    from annotator.services.deciding import Deciding
    from annotator.services.exchange import Exchange
    from annotator.services.loose_ends import LooseEnds
    from annotator.services.matching import Matching
    from annotator.services.minutes import MinutesOfSessions
    from annotator.services.packets import Packets
    from annotator.services.passages import Passages
    from annotator.services.quote_sheet import QuoteSheets
    from annotator.services.returned_work import ReturnedWorks
    from annotator.services.reviews import Reviews
    from annotator.services.search import Search
    from annotator.services.stats import Statistics
    from annotator.services.submissions import Submissions
    from annotator.services.verify import Verification


class LateServices:
    """What a :class:`~annotator.services.project.Project` offers besides what it begins with."""

    def __init__(self, context: Context, texts: Texts) -> None:
        self.context = context
        self._texts = texts

    @cached_property
    def passages(self) -> Passages:
        """Passages across articles."""
        from annotator.services.passages import Passages

        return Passages(self.context, self._texts)

    @cached_property
    def conflicts(self) -> Conflicts:
        """What a merge left to be decided."""
        from annotator.services.conflicts import Conflicts

        return Conflicts(self.context)

    @cached_property
    def loose_ends(self) -> LooseEnds:
        """What a person should settle after work of several people came together."""
        from annotator.services.loose_ends import LooseEnds

        return LooseEnds(self.context)

    @cached_property
    def search(self) -> Search:
        """Full text search."""
        from annotator.services.search import Search

        return Search(self.context)

    @cached_property
    def stats(self) -> Statistics:
        """Figures."""
        from annotator.services.stats import Statistics

        return Statistics(self.context, self._texts)

    @cached_property
    def agreement(self) -> AgreementFigures:
        """Agreement figures of review sessions."""
        from annotator.services.agreement import AgreementFigures

        return AgreementFigures(self.context)

    @cached_property
    def exchange(self) -> Exchange:
        """Export, import and merge."""
        from annotator.services.exchange import Exchange

        return Exchange(self.context)

    @cached_property
    def matching(self) -> Matching:
        """Matching of the people whom several analysts added."""
        from annotator.services.matching import Matching

        return Matching(self.context)

    @cached_property
    def packets(self) -> Packets:
        """Review packets."""
        from annotator.services.packets import Packets

        return Packets(self.context, self.exchange)

    @cached_property
    def verify(self) -> Verification:
        """Checking of quotes and hashes."""
        from annotator.services.verify import Verification

        return Verification(self.context)

    @cached_property
    def quote_sheet(self) -> QuoteSheets:
        """Quote sheets for a client."""
        from annotator.services.quote_sheet import QuoteSheets

        return QuoteSheets(self.context)

    @cached_property
    def reviews(self) -> Reviews:
        """Review sessions."""
        from annotator.services.reviews import Reviews

        return Reviews(self.context)

    @cached_property
    def deciding(self) -> Deciding:
        """Decisions, verdicts and votes of review sessions."""
        from annotator.services.deciding import Deciding

        return Deciding(self.context)

    @cached_property
    def concordance(self) -> Concordance:
        """Passages of a review session decided alike, several at once."""
        from annotator.services.concordance import Concordance

        return Concordance(self.context)

    @cached_property
    def minutes(self) -> MinutesOfSessions:
        """The minutes of review sessions."""
        from annotator.services.minutes import MinutesOfSessions

        return MinutesOfSessions(self.context)

    @cached_property
    def returned_work(self) -> ReturnedWorks:
        """What a review changed in an analyst's work, and why."""
        from annotator.services.returned_work import ReturnedWorks

        return ReturnedWorks(self.context)

    @cached_property
    def submissions(self) -> Submissions:
        """What the authors of review sessions say of their work."""
        from annotator.services.submissions import Submissions

        return Submissions(self.context, self._texts)

    @cached_property
    def care(self) -> Care:
        """Check, backup and restore."""
        from annotator.services.care import Care

        return Care(self.context)
