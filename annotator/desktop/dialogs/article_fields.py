"""The fields of an article that a person fills, in the dialogs that have them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit

from annotator.desktop.dialogs.checked_line import CheckedLine
from annotator.desktop.dialogs.form import FormDialog
from annotator.desktop.widgets.quiet_combo import RoomyComboBox
from annotator.domain.articles import Article, ArticleKind
from annotator.domain.dates import is_partial_date, written_out

_tr = QCoreApplication.translate


class ArticleFields:
    """Title, outlet, date and so on, as rows of a form."""

    def __init__(self, dialog: FormDialog, article: Article) -> None:
        self._title = dialog.line("articleTitle", _tr("ArticleFields", "Headline"), article.title)
        self.outlet = dialog.line("articleOutlet", _tr("ArticleFields", "Outlet"), article.outlet)
        self.published = CheckedLine(article.published_at, _wrong_date, dialog)
        self.published.setPlaceholderText(_tr("ArticleFields", "2024, 2024-10 or 2024-10-24"))
        self.published.editingFinished.connect(self._write_date_out)
        dialog.checked_line("articlePublished", _tr("ArticleFields", "Published"), self.published)
        self.byline = dialog.line("articleByline", _tr("ArticleFields", "Byline"), article.byline)
        self._url = dialog.line("articleUrl", _tr("ArticleFields", "Address"), article.url, hint="https://…")
        self._language = dialog.line(
            "articleLanguage",
            _tr("ArticleFields", "Language"),
            article.language,
            hint=_tr("ArticleFields", "en, de, ar …"),
        )
        self._kind = RoomyComboBox(dialog)
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
            "published_at": written_out(self.published.text().strip()),
            "byline": self.byline.text().strip(),
            "url": self._url.text().strip(),
            "language": self._language.text().strip(),
            "kind": str(self._kind.currentData()),
        }

    def problem(self) -> str:
        """Return a space when something is wrong with the fields, which say it themselves, empty when nothing is."""
        return " " if _wrong_date(self.published.text().strip()) else ""

    def _write_date_out(self) -> None:
        """Show a date as it will be kept."""
        date = written_out(self.published.text().strip())
        if date != self.published.text() and is_partial_date(date):
            self.published.setText(date)


def _wrong_date(typed: str) -> str:
    if not typed or is_partial_date(written_out(typed)):
        return ""
    return _tr("ArticleFields", "“{0}” is no date: write 2024, 2024-10 or 2024-10-24.").format(typed)


def kind_text(kind: ArticleKind) -> str:
    """Return the word for a kind of article."""
    words = {
        ArticleKind.NEWS: _tr("ArticleFields", "News"),
        ArticleKind.OPINION: _tr("ArticleFields", "Opinion"),
        ArticleKind.RECORD: _tr("ArticleFields", "Record (a document, a transcript)"),
    }
    return words[kind]
