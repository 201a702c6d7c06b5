"""What the keys of the review screen do: each asks what it must, and has the decider write it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.desktop.actions import ActionId
from annotator.desktop.prompts import Prompts
from annotator.desktop.review.authors import Author
from annotator.desktop.review.decider import Why
from annotator.desktop.review.review_words import row_text
from annotator.desktop.words import relation_text
from annotator.domain.annotations import Attribution
from annotator.domain.deciding import TOGETHER
from annotator.domain.relations import RelationKind
from annotator.domain.reviews import CardRow
from annotator.services.review_edits import Link, Writing
from annotator.services.under_review import ClusterUnderReview

if TYPE_CHECKING:
    from annotator.desktop.review.review_page import ReviewPage


class Decisions(QObject):
    """The slots of the review's actions, on the disagreement that is looked at."""

    def __init__(self, page: ReviewPage, prompts: Prompts) -> None:
        super().__init__(page)
        self._page = page
        self._prompts = prompts

    def say_so(self, words: str) -> None:
        """Say something in passing."""
        self._prompts.say(words)

    # deciding -------------------------------------------------------------------

    def accept(self) -> None:
        """Take what stands in the final column."""
        other = self._page.review.other
        if (id_ := self._id) is not None and (other is None or other.stale):
            self._page.decider.accept(id_, self._why())

    def nothing(self) -> None:
        """There is no passage here; the reason is asked where the session wants one."""
        if self._page.review.other is not None:
            self._page.decider.drop(self._page.review.other.decision.id)
        elif self._id is not None:
            self._refuse(self.tr("Nothing here: why?"))

    def reject(self) -> None:
        """Reject the only version, or, of several, one of them."""
        found = self._found
        if found is None:
            return
        if len(found.cluster.sides) == 1:
            self._refuse(self.tr("Reject: why?"))
            return
        authors = [author for author in self._authors if found.cluster.side(author.analyst_id) is not None]
        self._page.asking.ask_whose(self.tr("Reject whose version?"), authors, self._reject_of, self._page.card)

    def take_number(self, number: int) -> None:
        """Take the version of the analyst with a number; of the chosen row alone where one is chosen."""
        author = next((author for author in self._authors if author.number == number), None)
        if author is None:
            self.say_so(self.tr("There is no analyst {0} here.").format(number))
        elif self._page.card.chosen_row is not None:
            self.take(author.analyst_id, self._page.card.chosen_row)
        else:
            self.take(author.analyst_id, None)

    def take(self, analyst_id: str, row: CardRow | None) -> None:
        """Take an analyst's version, or a row of it; who did not mark it has “nothing here”."""
        found, id_ = self._found, self._id
        if found is None or id_ is None:
            return
        if found.cluster.side(analyst_id) is not None:
            self._page.decider.take(id_, analyst_id, row, self._why())
        elif row is None:
            self._refuse(self.tr("This analyst marked nothing here. Take that: why?"))
        else:
            self.say_so(self.tr("This analyst marked nothing here."))

    def take_together(self) -> None:
        """Take what all have together in the chosen row: people, links."""
        row, id_ = self._page.card.chosen_row, self._id
        if id_ is None or self._found is None:
            return
        if row in TOGETHER:
            self._page.decider.combine(id_, row, self._why())
        else:
            self.say_so(self.tr("Choose the row of people or of answers first: only these can be put together."))

    def ask_whose(self) -> None:
        """Ask whose version is taken: for the mouse and the palette."""
        row = self._page.card.chosen_row
        ask = self._page.asking.ask_whose
        ask(self.tr("Take whose version?"), self._authors, partial(self._take_of, row), self._page.card)

    def park(self) -> None:
        """Put it off for the meeting, with what is to be talked about; once more takes it off the agenda."""
        found, id_ = self._found, self._id
        if found is None or id_ is None:
            return
        if found.parked:
            self._page.decider.withdraw(id_)
            return
        park = self._page.decider.park
        self._page.asking.ask_reason(
            self.tr("Park for the meeting: what is to be talked about?"),
            lambda _code, words: park(id_, words),
            needed=False,
            coded=False,
            act=self.tr("Park"),
        )

    def accept_unanimous(self) -> None:
        """Take everything that all have alike."""
        self._page.decider.accept_unanimous()

    def take_all(self) -> None:
        """Take everything of an analyst to which they gave the tag that they gave here."""
        found = self._found
        if found is None:
            return
        tags = {side.analyst_id: next(iter(side.tags)) for side in found.cluster.sides if len(side.tags) == 1}
        authors = [author for author in self._authors if author.analyst_id in tags]
        names = ", ".join(sorted({tag.name for id_ in tags.values() if (tag := self._page.review.state.tag(id_))}))
        self._page.asking.ask_whose(
            self.tr("Take everything of whose with this tag ({0})?").format(names),
            authors,
            lambda analyst: self._page.decider.take_all(analyst, tags[analyst]),
            self._page.card,
        )

    def explain(self, id_: str, why: Why) -> None:
        """Change why something was decided; before that, what is given goes with the decision."""
        found = self._page.review.clusters.get(id_)
        stands = found is not None and found.decision is not None and not found.stale
        if stands or id_ in self._page.review.others:
            self._page.decider.explain(id_, why)

    def say(self, words: str, answers: str | None) -> None:
        """Add a comment."""
        if (id_ := self._id) is not None:
            self._page.decider.comment(id_, words, answers)

    # editing --------------------------------------------------------------------

    def edit(self) -> None:
        """Edit the chosen row; where none is chosen, ask which."""
        row = self._page.card.chosen_row
        if row is not None:
            self.edit_row(row)
            return
        rows = [one for one in CardRow if self._found is not None or one is not CardRow.RELATIONS]
        choices = [(row_text(one), partial(self.edit_row, one)) for one in rows]
        if self._found is not None and self._found.decision is not None and (id_ := self._id) is not None:
            choices.append((self.tr("Take the decision back"), partial(self._page.decider.withdraw, id_)))
        self._page.asking.ask_one("reviewEdit", self.tr("Edit what?"), choices, self._page.card)

    def edit_row(self, row: CardRow) -> None:
        """Edit one row of the final version."""
        asking, over, id_ = self._page.asking, self._over(row), self._id
        if id_ is None:
            return
        if row is CardRow.ENDS:
            self.move_ends()
        elif row is CardRow.TAG:
            asking.ask_tag(lambda tag_id: self._write(Writing(tag=tag_id)), over)
        elif row is CardRow.ATTRIBUTION:
            asking.ask_attribution(self._write_attribution, over)
        elif row is CardRow.PEOPLE:
            self._page.asking.ask_people(id_)
        else:
            asking.ask_one("reviewLinks", self.tr("Which links?"), self._link_choices(), over)

    def move_ends(self) -> None:
        """Let the keys move the ends of the final passage."""
        self._page.article.move_ends()

    def take_ends(self, start: int, end: int) -> None:
        """Take ends that were moved."""
        self._write(Writing(span=(start, end)))

    def mark_new(self) -> None:
        """Mark the selected words, which nobody had marked."""
        span = self._page.article.view.selected_span()
        if span is None:
            key = self._page.key_text(ActionId.REVIEW_NEW)
            self.say_so(self.tr("Select in the article what nobody had marked, then press {0}.").format(key))
            return
        add, article_id = self._page.decider.add, self._page.article.article_id
        self._page.asking.ask_tag(
            lambda tag_id: add(article_id, Writing(span=(span.start, span.end), tag=tag_id)), self._page.card
        )

    def _write_attribution(self, attribution: Attribution) -> None:
        self._write(Writing(attribution=attribution))

    def _link_choices(self) -> list[tuple[str, partial[None]]]:
        """Return every link that somebody has here or that is final, each to put in or take out, and none at all."""
        found = self._found
        if found is None:
            return []
        review = self._page.review
        now: list[Link] = [(one.target_id, one.kind) for one in review.links_from(found.final)]
        held: dict[Link, None] = dict.fromkeys(now)
        for side in found.cluster.sides:
            for relation in side.relations:
                target = review.clusters.get(review.id_of(relation.target_id) or "")
                ends = [a.id for a in target.final] if target is not None else []
                held.setdefault((ends[0] if ends else relation.target_id, relation.kind))
        choices = []
        for link in held:
            rest = [other for other in now if other != link]
            wanted = rest if link in now else [*rest, link]
            quote = review.quote(link[0])[:60] or "–"
            sign = "✓ " if link in now else ""
            words = f"{sign}{relation_text(_kind(link), outgoing=True)} “{quote}”"
            choices.append((words, partial(self._write, Writing(links=wanted))))
        return [*choices, (self.tr("No links"), partial(self._write, Writing(links=[], points=[])))]

    def _write(self, writing: Writing) -> None:
        if (id_ := self._id) is not None:
            self._page.decider.edit(id_, writing, self._why())

    # what is looked at ----------------------------------------------------------

    @property
    def _id(self) -> str | None:
        """The id of what is looked at, None while there is nothing to decide."""
        review = self._page.review
        return review.current if review.found is not None or review.other is not None else None

    @property
    def _found(self) -> ClusterUnderReview | None:
        return self._page.review.found

    @property
    def _authors(self) -> tuple[Author, ...]:
        found = self._found
        return self._page.showing.authors(found.article_id) if found is not None else ()

    def _why(self) -> Why:
        """Return the reason that stands on the card and goes with the decision; nothing where it is stored already."""
        fields, found = self._page.card.why, self._found
        if found is None or (found.decision is not None and not found.stale):
            return Why()
        return Why(fields.reason, fields.comment or None, fields.flag or None)

    def _over(self, row: CardRow) -> QWidget:
        return self._page.card.rows[row]

    def _take_of(self, row: CardRow | None, analyst_id: str) -> None:
        self.take(analyst_id, row)

    def _refuse(self, title: str) -> None:
        """Decide that nothing is here, with a reason where one is wanted and none stands on the card."""
        id_, why, session = self._id, self._why(), self._page.review.session
        if id_ is None or session is None:
            return
        nothing = self._page.decider.nothing
        given = why.reason_code is not None or bool(why.comment)
        if given or not session.reason_on_reject or self._explained:
            nothing(id_, why)
            return
        self._page.asking.ask_reason(
            title,
            lambda code, words: nothing(id_, Why(code, words or None, why.codebook_flag)),
            needed=True,
            act=self.tr("Nothing here"),
        )

    @property
    def _explained(self) -> bool:
        """Whether a reason is stored with the decision already."""
        decision = self._found.decision if self._found is not None else None
        return decision is not None and (decision.reason_code is not None or bool(decision.comment))

    def _reject_of(self, analyst_id: str) -> None:
        id_, session = self._id, self._page.review.session
        if id_ is None or session is None:
            return
        reject = self._page.decider.reject
        self._page.asking.ask_reason(
            self.tr("Reject this version: why?"),
            lambda code, words: reject(id_, analyst_id, Why(code, words or None)),
            needed=session.reason_on_reject,
            act=self.tr("Reject"),
        )


def _kind(link: Link) -> RelationKind:
    return RelationKind(link[1])
