"""What translators get is whole, and what they give back is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.desktop.sentences import SentenceTranslator, told
from tests import translations


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
