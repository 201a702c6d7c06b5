"""What the review screen asks in between: a reason, whose version, which tag; by keys, and never over the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from annotator.desktop.panels.people_line import PeopleLine
from annotator.desktop.review.authors import Author
from annotator.desktop.review.decider import Decider
from annotator.desktop.review.final_people import FinalPeople
from annotator.desktop.review.reason_line import Answer, ReasonLine
from annotator.desktop.review.review_article import ReviewArticle
from annotator.desktop.review.review_state import ReviewState
from annotator.desktop.widgets.letter_menu import LetterMenu, with_mnemonics
from annotator.desktop.widgets.menu_heading import add_heading
from annotator.desktop.words import attribution_text
from annotator.domain.annotations import Attribution

Choices = Sequence[tuple[str, Callable[[], object]]]


class Asking(QObject):
    """Asks under the article, or in a menu over the card. ``ended``: the keys belong to the card again."""

    ended = Signal()

    def __init__(self, review: ReviewState, decider: Decider, article: ReviewArticle, page: QWidget) -> None:
        super().__init__(page)
        self._review = review
        self._page = page
        self._article = article
        self.line = ReasonLine(article)
        article.strips.addWidget(self.line)
        self.people = PeopleLine(FinalPeople(review, decider, self), article)
        article.strips.addWidget(self.people)
        for strip in (self.line, self.people):
            strip.ended.connect(self.ended)
            strip.resized.connect(article.show_current)

    def give_up(self) -> bool:
        """Close the line that asks; tell whether there was one."""
        strips = [strip for strip in (self.line, self.people) if strip.is_open]
        for strip in strips:
            strip.end()
        return bool(strips)

    def ask_people(self, cluster_id: str) -> None:
        """Ask who said it, in the people line."""
        self.line.end()
        self.people.open(cluster_id)

    def ask_reason(
        self, title: str, answer: Answer, *, needed: bool, coded: bool = True, words: str = "", act: str = ""
    ) -> None:
        """Ask for a reason in the line under the article; ``act`` names what is done then."""
        self.line.ask(title, answer, needed=needed, coded=coded, words=words, act=act)

    def ask_whose(self, title: str, authors: Sequence[Author], answer: Callable[[str], object], over: QWidget) -> None:
        """Ask for an analyst; the figure keys choose."""
        choices = [
            (str(author.number), f"{author.shape.value} {author.name}", partial(answer, author.analyst_id))
            for author in authors
        ]
        self.ask_keyed("reviewWhose", title, choices, over)

    def ask_keyed(
        self, name: str, title: str, choices: Sequence[tuple[str, str, Callable[[], object]]], over: QWidget
    ) -> None:
        """Ask for one of several, each of which has its own key: ``(key, words, what it does)``."""
        menu = self._menu(name, title)
        for key, words, slot in choices:
            text = words.replace("&", "&&")
            menu.addAction(f"&{key}  {text}" if key else text, slot)
        self._popup(menu, over)

    def ask_one(self, name: str, title: str, choices: Choices, over: QWidget) -> None:
        """Ask for one of several; the underlined letter chooses."""
        menu = self._menu(name, title)
        texts = with_mnemonics(text.replace("&", "&&") for text, _ in choices)
        for text, (_, slot) in zip(texts, choices, strict=True):
            menu.addAction(text, slot)
        self._popup(menu, over)

    def ask_tag(self, answer: Callable[[str], object], over: QWidget) -> None:
        """Ask for a tag; the tag's own key chooses where it has one."""
        tags = self._review.state.tags_in_use()
        choices = [(tag.key, tag.name, partial(answer, tag.id)) for tag in tags]
        self.ask_keyed("reviewTag", self.tr("Which tag?"), choices, over)

    def ask_attribution(self, answer: Callable[[Attribution], object], over: QWidget) -> None:
        """Ask how something was said."""
        choices = [(attribution_text(one), partial(answer, one)) for one in Attribution]
        self.ask_one("reviewAttribution", self.tr("How was it said?"), choices, over)

    def _menu(self, name: str, title: str) -> QMenu:
        menu = LetterMenu(name, self._page)
        menu.setAccessibleName(title)
        add_heading(menu, title)
        return menu

    @staticmethod
    def _popup(menu: QMenu, over: QWidget) -> None:
        menu.popup(over.mapToGlobal(QPoint(12, 12)))
