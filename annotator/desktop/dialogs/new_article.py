"""New article: pasted, dropped or typed text with a preview of what it is made of; Enter adds it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from annotator.desktop.dialogs.article_fields import ArticleFields
from annotator.desktop.dialogs.form import FormDialog, quiet_label
from annotator.desktop.theme import Theme, mix
from annotator.desktop.widgets.exact_text import ExactTextEdit
from annotator.desktop.words import block_text
from annotator.domain.articles import Article, Block, BlockKind
from annotator.domain.blocks import byline, propose_blocks
from annotator.domain.offsets import utf16_length
from annotator.domain.text import canonical_text
from annotator.formats.draft import ArticleDraft

_PAUSE = 250
"""Milliseconds after the last key before the blocks are proposed anew."""


class NewArticleDialog(FormDialog):
    """Shows a draft: fields above, the text with its headline and captions below. The text can be changed or typed."""

    def __init__(self, draft: ArticleDraft, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("newArticleDialog", "", "", parent)
        self.setWindowTitle(self.tr("New article"))
        self.accept_button.setText(self.tr("Add"))
        self.resize(720, 680)
        self._draft = draft
        self._theme = theme
        self._blocks: tuple[Block, ...] = draft.blocks
        self._own_title = bool(draft.title)
        self._own_byline = bool(draft.byline)
        self.fields_ = ArticleFields(self, _article_of(draft))
        self.text = ExactTextEdit(draft.text, self)
        self.text.setObjectName("newArticleText")
        self.text.setAccessibleName(self.tr("Text"))
        self.text.setPlaceholderText(self.tr("Paste or type the article here, headline first."))
        self._made_of = quiet_label("", self)
        self._made_of.setObjectName("newArticleBlocks")
        self.insert(self.text, 1)
        self.insert(self._made_of)
        for warning in draft.warnings:
            self.insert(quiet_label(warning, self))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._propose)
        self.text.textChanged.connect(self._pause.start)
        self.text.textChanged.connect(self.check)
        self.fields_.title.textEdited.connect(self._keep_title)
        self.fields_.byline.textEdited.connect(self._keep_byline)
        self._propose()
        (self.fields_.outlet if draft.text else self.text).setFocus()

    def wanted(self) -> ArticleDraft:
        """Return the draft as the user changed it; blocks are proposed anew where the text was changed."""
        text = canonical_text(self.text.exact_text())
        fields: dict[str, Any] = {name: value for name, value in self.fields_.values().items() if name != "kind"}
        if text == self._draft.text:
            return replace(self._draft, **fields)
        return replace(self._draft, text=text, blocks=propose_blocks(text), **fields)

    def kind(self) -> str:
        """Return the kind of article that was chosen."""
        return self.fields_.values()["kind"]

    def problem(self) -> str:
        """Return what stands in the way of adding it."""
        return " " if self.text.document().isEmpty() else self.fields_.problem()

    def _keep_title(self) -> None:
        self._own_title = True

    def _keep_byline(self) -> None:
        self._own_byline = True

    def _propose(self) -> None:
        """Propose blocks and headline from the text as it stands, and show them."""
        text = canonical_text(self.text.exact_text())
        kept = self._draft.blocks and text == self._draft.text
        self._blocks = self._draft.blocks if kept else propose_blocks(text)
        headline = next((text[b.start : b.end] for b in self._blocks if b.kind is BlockKind.HEADLINE), "")
        if not self._own_title:
            self.fields_.title.setText(" ".join(headline.split()))
        if not self._own_byline:
            self.fields_.byline.setText(byline(text, self._blocks))
        self._made_of.setText(self._summary(text))
        self._paint(text)
        self.check()

    def _summary(self, text: str) -> str:
        counts: dict[BlockKind, int] = {}
        for block in self._blocks:
            counts[block.kind] = counts.get(block.kind, 0) + 1
        kinds = [f"{counts[kind]} × {block_text(kind).lower()}" for kind in BlockKind if kind in counts]
        words = self.tr("{0} words").format(len(text.split()))
        return "  ·  ".join([words, *kinds])

    def _paint(self, text: str) -> None:
        """Show headline, standfirst, subheads and captions by weight and colour, as extra selections of the editor."""
        marked = []
        for block in self._blocks:
            if block.kind in (BlockKind.BODY, BlockKind.OTHER):
                continue
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(utf16_length(text[: block.start]))
            cursor.setPosition(utf16_length(text[: block.end]), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            form = selection.format
            base = QColor(self._theme.base)
            if block.kind is BlockKind.CAPTION:
                form.setBackground(mix(base, QColor(self._theme.muted), 0.16))
            else:
                form.setBackground(mix(base, QColor(self._theme.accent), 0.14))
            marked.append(selection)
        self.text.setExtraSelections(marked)


def _article_of(draft: ArticleDraft) -> Article:
    return Article(
        id="",
        title=draft.title,
        outlet=draft.outlet,
        byline=draft.byline,
        url=draft.url,
        language=draft.language,
        published_at=draft.published_at,
    )
