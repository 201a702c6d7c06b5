"""What translators get is whole, and what they give back is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.desktop.plurals import plural_text
from annotator.desktop.sentences import SentenceTranslator, told
from tests import translations

POLISH = ("{0} fragment", "{0} fragmenty", "{0} fragmentów")
"""One, some and many passages."""


def test_texts_of_calls_and_tables_are_collected() -> None:
    texts = translations.window_texts()
    assert {
        ("Actions", "&Undo"),
        ("Actions", "&Passage"),
        ("MainWindow", "Open &recent"),
        ("Role", "Speaker"),
        ("PassageMenu", "&Second passage on the same words"),
        ("Settings", "Open the last project at the start."),
    } <= texts


def test_sentences_of_the_services_are_collected_as_patterns() -> None:
    sentences = translations.sentences()
    assert "This project is open for reading only." in sentences
    assert "Merge tag {0} into {1}" in sentences
    assert not translations.is_worth_translating("{0}: {1}")


def test_a_sentence_is_found_by_its_pattern_and_so_are_those_within_it(qapp: QApplication) -> None:
    translator = SentenceTranslator(
        {"Undo {0}": "{0} zurücknehmen", "Merge tag {0} into {1}": "{1} nimmt {0} auf", "Delete article": "Löschen"}
    )
    qapp.installTranslator(translator)
    try:
        assert told("Undo Merge tag Vow into Claim") == "Claim nimmt Vow auf zurücknehmen"
        assert told("Delete article") == "Löschen"
        assert told("Something else") == "Something else"
        assert told("") == ""
        assert QCoreApplication.translate("MainWindow", "Delete article") == "Delete article"
    finally:
        qapp.removeTranslator(translator)


def test_a_language_is_begun_kept_and_loaded(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "annotator_de.ts"
    translations.update(file)
    begun = file.read_text(encoding="utf-8")
    assert begun.count('type="unfinished"') > 500
    source = "<source>Open &amp;recent</source>"
    at = begun.index('<translation type="unfinished" />', begun.index(source))
    file.write_text(
        begun[:at] + "<translation>Zuletzt</translation>" + begun[at + len('<translation type="unfinished" />') :],
        encoding="utf-8",
    )
    translations.update(file)
    assert "<translation>Zuletzt</translation>" in file.read_text(encoding="utf-8"), "what is translated stays"
    translations.release(file)
    translator = QTranslator()
    assert translator.load(str(tmp_path / "annotator_de.qm"))
    qapp.installTranslator(translator)
    try:
        assert QCoreApplication.translate("MainWindow", "Open &recent") == "Zuletzt"
    finally:
        qapp.removeTranslator(translator)


@pytest.mark.parametrize(("text", "worth"), [("Deleted {0} things", True), ("{0} {1}", False), ("x", False)])
def test_words_are_worth_translating(text: str, worth: bool) -> None:
    assert translations.is_worth_translating(text) is worth


def test_a_language_has_as_many_forms_of_a_number_as_it_needs(qapp: QApplication, tmp_path: Path) -> None:
    assert [plural_text("Count", "1 passage", "{0} passages", n) for n in (0, 1, 2)] == [
        "0 passages",
        "1 passage",
        "2 passages",
    ]
    file = tmp_path / "annotator_pl.ts"
    translations.update(file)
    content = file.read_text(encoding="utf-8")
    at = content.index("<source>{0} passages</source>", content.index("<name>Count</name>"))
    begin, end = content.index("<translation", at), content.index("</translation>", at)
    forms = "".join(
        f"<numerusform>{form}</numerusform>" for form in ("{0} fragment", "{0} fragmenty", "{0} fragmentów")
    )
    file.write_text(f"{content[:begin]}<translation>{forms}{content[end:]}", encoding="utf-8")
    translations.update(file)
    translations.release(file)
    translator = QTranslator()
    assert translator.load(str(tmp_path / "annotator_pl.qm"))
    qapp.installTranslator(translator)
    try:
        said = [plural_text("Count", "1 passage", "{0} passages", n) for n in (1, 2, 5)]
        assert said == ["1 fragment", "2 fragmenty", "5 fragmentów"]
    finally:
        qapp.removeTranslator(translator)
