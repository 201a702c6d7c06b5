"""The filter over the article: which tags, whose people, which analyst is shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from annotator.desktop.article_view import ArticleView
from annotator.desktop.models.state import ProjectState
from annotator.desktop.widgets.flow_layout import FlowLayout
from annotator.desktop.widgets.icons import chip_icon
from annotator.desktop.widgets.quiet_combo import QuietComboBox
from annotator.domain.folding import fold
from annotator.domain.marks import Mark


class FilterBar(QFrame):
    """Hides passages of the article view; closing the bar shows all again."""

    closed = Signal()
    applied = Signal(int)
    """The filter has been applied anew; so many passages are shown."""

    def __init__(self, state: ProjectState, view: ArticleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterBar")
        self.setProperty("role", "bar")
        self.setAccessibleName(self.tr("Filter"))
        self._state = state
        self._view = view
        self._hidden_tags: set[str] = set()
        self._tags = FlowLayout(gap=4)
        self.person = self._combo("filterPerson", self.tr("Person"))
        self.analyst = self._combo("filterAnalyst", self.tr("Analyst"))
        self._count = QLabel(self)
        self._count.setObjectName("filterCount")
        self._lay_out()
        self._connect()
        self._fill_tags()
        self._fill_people()
        self._fill_analysts()
        self.hide()

    def begin(self) -> None:
        """Show the bar and give it the focus."""
        self.show()
        self._fill_people()
        self._apply()
        self.person.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def end(self) -> None:
        """Show every passage again and hide the bar."""
        self._hidden_tags.clear()
        self.person.setCurrentIndex(0)
        self.analyst.setCurrentIndex(0)
        self._fill_tags()
        self._apply()
        self.hide()
        self.closed.emit()

    def _combo(self, name: str, spoken: str) -> QuietComboBox:
        combo = QuietComboBox(self)
        combo.setObjectName(name)
        combo.setAccessibleName(spoken)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.setMaximumWidth(160)
        return combo

    def _lay_out(self) -> None:
        tags = QWidget(self)
        tags.setLayout(self._tags)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        tags.setSizePolicy(policy)
        done = QToolButton(self)
        done.setObjectName("filterClose")
        done.setText(self.tr("Show all"))
        done.setToolTip(self.tr("Show every passage and close the filter (Esc)"))
        done.clicked.connect(self.end)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.setSpacing(8)
        layout.addWidget(tags, 1)
        layout.addWidget(self.person)
        layout.addWidget(self.analyst)
        layout.addWidget(self._count)
        layout.addWidget(done)

    def _connect(self) -> None:
        state = self._state
        state.codebook_changed.connect(self._fill_tags)
        state.people_changed.connect(self._fill_people_if_shown)
        state.analysts_changed.connect(self._fill_analysts)
        state.article_opened.connect(self._apply_if_shown)
        state.marks_changed.connect(self._apply_if_shown)
        state.marks_touched.connect(self._show_what_was_put)
        self.person.activated.connect(self._apply)
        self.analyst.activated.connect(self._apply)

    def _fill_tags(self) -> None:
        self._tags.clear()
        for tag in self._state.tags_in_use():
            button = QToolButton(self)
            button.setObjectName(f"filterTag.{tag.id}")
            button.setText(tag.name)
            button.setIcon(chip_icon(tag.colour))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setProperty("role", "choice")
            button.setCheckable(True)
            button.setChecked(tag.id not in self._hidden_tags)
            button.toggled.connect(partial(self._set_tag_shown, tag.id))
            self._tags.addWidget(button)

    def _fill_people(self) -> None:
        """Offer the people of the open article first, then everybody else."""
        here = {person_id for label in self._state.labels.values() for person_id in label.people}
        people = sorted(self._state.people_in_use(), key=lambda p: (p.id not in here, fold(p.name)))
        _refill(self.person, self.tr("Anybody"), [(person.id, person.name) for person in people])

    def _fill_people_if_shown(self) -> None:
        """Keep up with the people while they are seen: a list of thousands takes a while, and is made on showing."""
        if not self.isHidden():
            self._fill_people()

    def _fill_analysts(self) -> None:
        analysts = [(analyst.id, analyst.name) for analyst in self._state.analysts.values()]
        _refill(self.analyst, self.tr("Every analyst"), analysts)
        self.analyst.setVisible(len(analysts) > 1)

    def _set_tag_shown(self, tag_id: str, shown: bool) -> None:
        (self._hidden_tags.discard if shown else self._hidden_tags.add)(tag_id)
        self._apply()

    def _apply_if_shown(self) -> None:
        if not self.isHidden():
            self._apply()

    def _apply(self) -> None:
        """Hide in the view what the filter leaves out, and say how much is shown."""
        person = self.person.currentData()
        marks, labels = self._state.marks, self._state.labels
        hidden = frozenset(id_ for id_ in marks if person and (id_ not in labels or person not in labels[id_].people))
        analyst = self.analyst.currentData()
        analysts = frozenset(id_ for id_ in self._state.analysts if analyst and id_ != analyst)
        tags = frozenset(id_ for id_ in self._state.tags if self._is_hidden(id_))
        self._view.set_hidden(tags, hidden, analysts)
        shown = sum(
            m.id not in hidden and m.tag_id not in tags and m.analyst_id not in analysts for m in marks.values()
        )
        self._count.setText(self.tr("{0} of {1} shown").format(shown, len(marks)))
        self.applied.emit(shown)

    def _is_hidden(self, tag_id: str) -> bool:
        tag = self._state.tag(tag_id)
        return tag is not None and tag.id in self._hidden_tags

    def _show_what_was_put(self, put: tuple[Mark, ...], _removed: object) -> None:
        """A passage that is being made is shown, whatever the filter says of its tag."""
        made = {mark.tag_id for mark in put if mark.id in self._state.ahead} & self._hidden_tags
        if made:
            self._hidden_tags -= made
            self._fill_tags()
            self._apply()


def _refill(combo: QComboBox, everything: str, rows: list[tuple[str, str]]) -> None:
    """Put rows of ids and names in a list, what was chosen stays so; nothing to do when it has them already."""
    wanted = [("", everything), *rows]
    if wanted == [(combo.itemData(row), combo.itemText(row)) for row in range(combo.count())]:
        return
    chosen = combo.currentData()
    combo.clear()
    for id_, name in wanted:
        combo.addItem(name, id_)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
