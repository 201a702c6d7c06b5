"""What Fusion and the palette leave to say: spacing on an 8 px grid, quiet borders, a focus ring that is seen."""

from __future__ import annotations

from PySide6.QtGui import QColor

from annotator.desktop.theme import FAINT, Theme, mix

_SHEET = """
QToolTip {{ color: {text}; background: {raised}; border: 1px solid {border}; padding: 4px 6px; }}

QMenuBar {{ background: {window}; border-bottom: 1px solid {border}; padding: 2px 4px; }}
QMenuBar::item {{ padding: 4px 10px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {hover}; }}
QMenuBar::item:pressed {{ background: {pressed}; }}
QMenu {{ background: {raised}; border: 1px solid {border}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {selection}; color: {text}; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::indicator {{ width: 14px; height: 14px; left: 6px; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 4px 8px; }}

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox {{
  background: {base}; border: 1px solid {outline}; border-radius: 4px; padding: 4px 6px;
  selection-background-color: {selection}; selection-color: {text};
}}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus {{
  border: 2px solid {accent}; padding: 3px 5px;
}}
QLineEdit[wrong="true"], QLineEdit[wrong="true"]:focus {{ border: 2px solid {danger}; padding: 3px 5px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ color: {faint}; border-color: {border}; }}
QLineEdit:read-only {{ background: {window}; }}
QLineEdit, QComboBox {{ min-height: 1.4em; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QComboBox::down-arrow {{ image: url("{pictures}/combo-{tone}.svg"); width: 12px; height: 12px; }}
QSpinBox {{
  background: {base}; border: 1px solid {outline}; border-radius: 4px; padding: 4px 6px; min-height: 1.4em;
  selection-background-color: {selection}; selection-color: {text};
}}
QSpinBox:focus {{ border: 2px solid {accent}; padding: 3px 5px; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: none; background: transparent; width: 20px; }}
QSpinBox::up-arrow {{ image: url("{pictures}/spin-{tone}.svg"); width: 10px; height: 10px; }}
QSpinBox::down-arrow {{ image: url("{pictures}/combo-{tone}.svg"); width: 10px; height: 10px; }}
QComboBox QAbstractItemView {{ background: {raised}; border: 1px solid {border}; outline: none; }}
QComboBox QAbstractItemView::item {{ min-height: 24px; }}
QSpinBox QLineEdit {{ border: none; padding: 0; }}

QPushButton {{
  background: {raised}; border: 1px solid {outline}; border-radius: 4px; padding: 5px 14px; min-height: 1.3em;
}}
QPushButton, QToolButton {{ outline: none; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {pressed}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 4px 13px; }}
QPushButton:flat {{ border: 1px solid transparent; background: transparent; text-align: left; }}
QPushButton:flat:disabled {{ border: 1px solid transparent; background: transparent; }}
QPushButton:flat:hover {{ background: {hover}; }}
QPushButton:flat:focus {{ border: 2px solid {accent}; padding: 4px 13px; }}
QPushButton:default {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton:default:hover {{ background: {accent_hover}; }}
QPushButton:default:focus {{ border: 2px solid {text}; }}
QPushButton:disabled {{ color: {faint}; background: {window}; border-color: {border}; }}

QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 4px; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {pressed}; }}
QToolButton:focus {{ border: 2px solid {accent}; padding: 3px; }}
QToolButton::menu-indicator {{ image: none; }}

QTabWidget::pane {{ border: none; border-top: 1px solid {border}; }}
QTabBar {{ background: {window}; }}
QTabBar::tab {{
  background: transparent; color: {muted}; padding: 7px 10px 6px 10px; border: none;
  border-bottom: 2px solid transparent;
}}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 2px solid {accent}; }}
QTabBar::tab:focus {{
  color: {text}; background: {hover}; border: 2px solid {accent}; border-radius: 4px; padding: 5px 8px 6px 8px;
}}

QAbstractItemView {{ outline: none; }}
QListView, QTreeView, QTableView {{
  background: {base}; border: 1px solid {border}; border-radius: 4px; padding: 1px;
}}
QListView:focus, QTreeView:focus, QTableView:focus {{ border: 2px solid {accent}; padding: 0; }}
QTableView {{ gridline-color: {border}; }}
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {{
  background: {selection}; color: {text};
}}
#paletteList::item:selected {{ border-radius: 4px; }}
QScrollArea[role="box"] {{ background: {base}; border: 1px solid {border}; border-radius: 4px; padding: 1px; }}
QScrollArea[role="box"] > QWidget, QScrollArea[role="box"] > QWidget > QWidget {{ background: transparent; }}
#passagesList::item, #returnedList::item, #concordanceList::item {{ padding: 4px 5px; }}
#shortcutsList::item, #blockTable::item, #aliasTable::item {{ padding: 0 5px; }}
QTableView[role="figures"]::item {{ padding: 0 5px; }}
#overviewTable::item {{ padding: 0 5px; }}
#sessionArticles::item {{ padding: 3px 2px; }}
QHeaderView::section {{
  background: {window}; color: {muted}; border: none; border-bottom: 1px solid {border}; padding: 4px 8px;
}}

QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
#articleView QScrollBar {{ background: {base}; }}
QScrollBar::handle {{ background: {scroll}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:disabled {{ background: transparent; }}
QScrollBar::handle:hover {{ background: {outline}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QSplitter::handle {{ background: {border}; }}
QSplitter::handle:hover {{ background: {accent}; }}
QSplitter::handle:horizontal {{ width: 1px; }}

QGroupBox {{ border: none; margin-top: 20px; font-weight: 600; }}
QGroupBox::title {{ subcontrol-origin: margin; left: 0; padding: 0; color: {muted}; }}
QProgressBar {{ border: none; border-radius: 3px; background: {hover}; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QCheckBox, QRadioButton {{ spacing: 8px; border: 2px solid transparent; border-radius: 4px; padding: 1px; }}
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator {{
  width: 14px; height: 14px; border: 1px solid {outline}; background: {base};
}}
QCheckBox::indicator, QListView::indicator {{ border-radius: 3px; }}
QRadioButton::indicator {{ border-radius: 8px; }}
QCheckBox::indicator:checked, QListView::indicator:checked {{
  background: {accent}; border-color: {accent}; image: url("{pictures}/tick-{tone}.svg");
}}
QRadioButton::indicator:checked {{ border: 5px solid {accent}; width: 6px; height: 6px; background: {on_accent}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {accent}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {border}; background: {window}; }}
QCheckBox::indicator:checked:disabled {{ background: {faint}; border-color: {faint}; }}
QRadioButton::indicator:checked:disabled {{ border-color: {faint}; }}
QCheckBox:focus, QRadioButton:focus {{ outline: none; border: 2px solid {accent}; }}

#topBar {{ background: {window}; border-bottom: 1px solid {border}; }}
#statusLine {{ background: {window}; border-top: 1px solid {border}; color: {muted}; }}
#statusLine QLabel {{ color: {muted}; }}
#projectName {{ font-weight: 600; padding: 4px 8px; }}
#tagButton {{ border: 1px solid {border}; border-radius: 4px; background: {raised}; padding: 3px 8px; }}
#tagButton:hover {{ background: {hover}; border-color: {outline}; }}
QPushButton[role="way"] {{
  text-align: left;
  background: {raised}; border: 1px solid {outline}; border-radius: 6px; padding: 8px 14px; font-weight: 600;
}}
QPushButton[role="way"]:default, QPushButton:flat:default {{ color: {text}; background: {raised}; }}
QPushButton:flat:default {{ background: transparent; }}
QPushButton[role="way"]:hover {{ background: {hover}; }}
QPushButton[role="way"]:focus {{ border: 2px solid {accent}; padding: 7px 13px; }}
#messageBar {{ border-top: 1px solid {border}; background: {raised}; }}
#messageBar[severity="error"] {{ border-top: 2px solid {danger}; }}
#messageBar[severity="done"] {{ border-top: 2px solid {success}; }}
#messageBar[severity="notice"] {{ border-top: 2px solid {accent}; }}
#drawer {{ background: {window}; border: 1px solid {border}; }}
#versionCard {{ background: {raised}; border: 1px solid {outline}; border-radius: 8px; }}
#card {{ background: {raised}; border: 1px solid {border}; border-radius: 8px; }}
#reviewCard {{ border: 2px solid transparent; }}
#reviewCard:focus {{ border-color: {accent}; }}
QLabel[role="taken"] {{ font-weight: bold; }}
QFrame[role="cardRow"] {{ background: {raised}; border: 1px solid {border}; border-radius: 6px; }}
QFrame[role="cardRow"][chosen="true"] {{ border: 2px solid {accent}; }}
QFrame[role="comment"] {{ border: none; border-left: 2px solid {border}; }}
#selectionBar {{ background: {raised}; border: 1px solid {outline}; border-radius: 6px; }}
QFrame[role="strip"] {{ background: {window}; border: none; border-top: 1px solid {border}; }}
QFrame[role="bar"] {{ background: {window}; border: none; border-bottom: 1px solid {border}; }}
QFrame[role="chip"] {{ background: {raised}; border: 1px solid {border}; border-radius: 6px; }}
QFrame[role="chip"] QToolButton {{ padding: 1px 4px; }}
QFrame[role="chip"] QToolButton:focus {{ padding: 0 3px; }}
QToolButton[role="choice"] {{ background: {raised}; border: 1px solid {border}; padding: 3px 8px; }}
QToolButton[role="choice"]:hover {{ background: {hover}; border-color: {outline}; }}
QToolButton[role="choice"]:checked {{ background: {selection}; border-color: {accent}; }}
QToolButton[role="choice"]:focus {{ border: 2px solid {accent}; padding: 2px 7px; }}
QToolButton[role="choice"]:disabled {{ color: {faint}; }}
QLabel[role="title"] {{ font-size: 20pt; font-weight: 600; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QLabel[role="heading"] {{ font-weight: 600; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="menuHeading"] {{ color: {muted}; font-weight: 600; padding: 5px 10px; }}
QLabel[role="warning"] {{ color: {warning}; }}
QLabel[role="danger"] {{ color: {danger}; }}
QLabel[role="success"] {{ color: {success}; }}
QLabel[role="key"] {{
  background: {window}; border: 1px solid {border}; border-bottom-width: 2px; border-radius: 4px; padding: 1px 6px;
}}
"""


_STRONG = """
QMenuBar::item:selected, QMenu::item:selected {{ background: {selection}; border: 1px solid {text}; }}
QToolTip, QMenu {{ border: 2px solid {outline}; }}
QPushButton:hover, QToolButton:hover, QComboBox:hover {{ border: 1px solid {text}; }}
QListView::item, QTableView::item, QTreeView::item {{ border: 2px solid transparent; }}
QListView::item:selected, QTableView::item:selected {{ border: 2px solid {accent}; }}
QTreeView::item:selected {{ border-top: 2px solid {accent}; border-bottom: 2px solid {accent}; }}
QTreeView::item:selected:first, QTreeView::item:selected:only-one {{ border-left: 2px solid {accent}; }}
QTreeView::item:selected:last, QTreeView::item:selected:only-one {{ border-right: 2px solid {accent}; }}
QToolButton:checked, QToolButton:pressed {{ border: 1px solid {text}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {{
  border: 3px solid {accent};
}}
QPushButton:focus, QPushButton:flat:focus {{ border: 3px solid {accent}; padding: 3px 12px; }}
QPushButton:default:focus {{ border: 3px solid {accent}; background: {base}; color: {text}; }}
QListView, QTreeView, QTableView {{ padding: 2px; }}
QListView:focus, QTreeView:focus, QTableView:focus {{ border: 3px solid {accent}; padding: 0; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {{ padding: 2px 4px; }}
QTabBar::tab:selected {{ font-weight: 600; border-bottom: 3px solid {accent}; padding-bottom: 5px; }}
QToolButton[role="choice"]:checked {{ border: 2px solid {accent}; padding: 2px 7px; }}
QToolButton:focus, QToolButton:checked:focus {{ border: 3px solid {accent}; padding: 2px; }}
QCheckBox::indicator, QRadioButton::indicator {{ border: 2px solid {outline}; }}
QRadioButton::indicator {{ border-radius: 9px; }}
QRadioButton::indicator:checked {{ border: 6px solid {accent}; width: 6px; height: 6px; }}
QScrollBar::handle {{ background: {outline}; }}
QProgressBar {{ border: 1px solid {outline}; }}
"""


def style_sheet(theme: Theme, pictures: str) -> str:
    """Return the style sheet of a theme; ``pictures`` is the folder of the small pictures that it names."""
    colours = {
        name: getattr(theme, name)
        for name in (
            *("window", "base", "raised", "hover", "pressed", "text", "muted", "border", "outline", "accent"),
            *("on_accent", "selection", "success", "warning", "danger"),
        )
    }
    return (_SHEET + _STRONG if theme.strong else _SHEET).format(
        **colours,
        tone="dark" if theme.dark else "light",
        faint=mix(QColor(theme.window), QColor(theme.text), FAINT[theme.strong]).name(),
        scroll=mix(QColor(theme.window), QColor(theme.text), 0.25).name(),
        accent_hover=mix(QColor(theme.accent), QColor(theme.text), 0.15).name(),
        pictures=pictures,
    )
