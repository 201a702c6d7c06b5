"""The fields of an article that a person fills, in the dialogs that have them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit

from annotator.desktop.dialogs.form import FormDialog
from annotator.domain.articles import Article, ArticleKind
from annotator.domain.dates import is_partial_date

_tr = QCoreApplication.translate


class ArticleFields:
    """Title, outlet, date and so on, as rows of a form."""

    def __init__(self, dialog: FormDialog, article: Article) -> None:
        self._title = dialog.line("articleTitle", _tr("ArticleFields", "Headline"), article.title)
        self.outlet = dialog.line("articleOutlet", _tr("ArticleFields", "Outlet"), article.outlet)
        self.published = dialog.line(
            "articlePublished",
            _tr("ArticleFields", "Published"),
            article.published_at,
            hint=_tr("ArticleFields", "2024, 2024-10 or 2024-10-24"),
        )
        self.byline = dialog.line("articleByline", _tr("ArticleFields", "Byline"), article.byline)
        self._url = dialog.line("articleUrl", _tr("ArticleFields", "Address"), article.url, hint="https://…")
        self._language = dialog.line(
            "articleLanguage",
            _tr("ArticleFields", "Language"),
            article.language,
            hint=_tr("ArticleFields", "en, de, ar …"),
        )
        self._kind = QComboBox(dialog)
        for kind in ArticleKind:
            self._kind.addItem(kind_text(kind), str(kind))
        self._kind.setCurrentIndex(self._kind.findData(str(article.kind)))
        dialog.row("articleKind", _tr("ArticleFields", "Kind"), self._kind)

    @property
    def title(self) -> QLineEdit:
        """The field for the headline."""
        return self._title

    def values(self) -> dict[str, str]:
        """Return what was entered, by the article's field names."""
        return {
            "title": self._title.text().strip(),
            "outlet": self.outlet.text().strip(),
            "published_at": self.published.text().strip(),
            "byline": self.byline.text().strip(),
            "url": self._url.text().strip(),
            "language": self._language.text().strip(),
            "kind": str(self._kind.currentData()),
        }

    def problem(self) -> str:
        """Return what is wrong with the fields, empty when nothing is."""
        published = self.published.text().strip()
        if published and not is_partial_date(published):
            return _tr("ArticleFields", "“{0}” is no date: write 2024, 2024-10 or 2024-10-24.").format(published)
        return ""


def kind_text(kind: ArticleKind) -> str:
    """Return the word for a kind of article."""
    words = {
        ArticleKind.NEWS: _tr("ArticleFields", "News"),
        ArticleKind.OPINION: _tr("ArticleFields", "Opinion"),
        ArticleKind.RECORD: _tr("ArticleFields", "Record (a document, a transcript)"),
    }
    return words[kind]
