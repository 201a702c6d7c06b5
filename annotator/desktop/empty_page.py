"""What stands where the article would: how to bring the first one in."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.desktop.actions import ActionId, Actions
from annotator.desktop.icons import Icons


class EmptyPage(QWidget):
    """Says that there is no article yet, or that none is open, and what to do."""

    def __init__(self, actions: Actions, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._said = (0, True)
        actions.keys_changed.connect(self._say_again)
        self.setObjectName("emptyPage")
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        self._text = QLabel(self)
        self._text.setProperty("role", "muted")
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        self._ways = QWidget(self)
        ways = QHBoxLayout(self._ways)
        ways.setContentsMargins(0, 8, 0, 0)
        ways.setSpacing(8)
        ways.addStretch(1)
        for id_, text, symbol in (
            (ActionId.EDIT_PASTE_ARTICLE, self.tr("Paste"), "clipboard-paste"),
            (ActionId.ARTICLE_IMPORT, self.tr("Import files…"), "file-input"),
            (ActionId.ARTICLE_NEW, self.tr("Type one…"), "file-plus"),
        ):
            button = QPushButton(self._ways)
            button.setAutoDefault(True)
            button.setObjectName(f"empty.{id_}")
            button.setText(f" {text}")
            button.setAccessibleName(text)
            button.setProperty("role", "way")
            button.setIconSize(QSize(20, 20))
            icons.dress(button, symbol, "accent")
            button.clicked.connect(actions.action(id_).trigger)
            ways.addWidget(button)
            if self.focusProxy() is None:
                self.setFocusProxy(button)
        ways.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(1)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addWidget(self._ways)
        layout.addStretch(2)
        self.set_state(articles=0, writable=True)

    def set_state(self, *, articles: int, writable: bool) -> None:
        """Say what fits: no article yet, or none open; nothing can be brought into a read-only project."""
        self._said = (articles, writable)
        if articles:
            self._title.setText(self.tr("No article is open"))
            self._text.setText(self.tr("Choose one in the list on the left."))
        elif writable:
            self._title.setText(self.tr("Bring the first article in"))
            key = self._actions.key_text(ActionId.EDIT_PASTE_ARTICLE)
            self._text.setText(
                self.tr(
                    "Copy its text and press {0} here, drop a text or HTML file on the window, or choose files."
                ).format(key)
            )
        else:
            self._title.setText(self.tr("No articles"))
            self._text.setText(self.tr("The project is open for reading only."))
        self._ways.setVisible(writable and not articles)

    def _say_again(self) -> None:
        """Say the same with the keys as they are now."""
        articles, writable = self._said
        self.set_state(articles=articles, writable=writable)
