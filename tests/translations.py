"""The texts of the program for translators: ``make translations`` brings the files of Qt Linguist up to date.

``resources/translations/annotator_LANGUAGE.ts`` has every text of the window, by context, and under "Sentences" the
patterns of what the services say. A text that is translated keeps its translation, one that is new is unfinished, one
that is no more goes. For each language that has finished texts, ``annotator_LANGUAGE.qm`` and
``sentences_LANGUAGE.json`` are made from it, which the program loads. ``make translations LANGUAGE=de`` begins one.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

from annotator.desktop.action_table import ACTIONS, Menu
from annotator.desktop.key_sheet import LINES
from annotator.desktop.sentences import CONTEXT
from annotator.formats.export_formats import EXPORTS
from annotator.settings import SETTINGS
from tests.spoken_words import apart_sentences, labels_of_changes, values_in_sentences

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
_DESKTOP = ROOT / "annotator" / "desktop"
_BELOW = [ROOT / "annotator" / name for name in ("domain", "store", "formats", "services")]
Texts = set[tuple[str, str]]
"""Contexts and texts."""


def window_texts() -> Texts:
    """Return every text that the window translates: those written in calls, and those of the tables."""
    found: Texts = set()
    for file in sorted(_DESKTOP.rglob("*.py")):
        found |= set(_of_calls(ast.parse(file.read_text(encoding="utf-8"))))
    found |= {("Actions", action.text) for action in ACTIONS} | {("Actions", menu.value) for menu in Menu}
    found |= {("Settings", setting.help) for setting in SETTINGS}
    found |= {("ExportFormats", text) for form in EXPORTS for text in (form.kind, form.label)}
    for title, lines in LINES:
        found |= {("Actions", title), *(("Actions", text) for line in lines for text in line)}
    return found


def _of_calls(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Give the texts of ``self.tr(…)``, of ``translate(context, …)`` and of a file's own ``_tr``."""
    own = _own_contexts(tree)
    for scope in ast.walk(tree):
        owner = scope.name if isinstance(scope, ast.ClassDef) else ""
        for node in ast.walk(scope) if owner or isinstance(scope, ast.Module) else ():
            if isinstance(node, ast.Call) and (found := _of_call(node, owner, own)) is not None:
                yield found


def plurals() -> Texts:
    """Return the texts that say a number of things."""
    found: Texts = set()
    for file in sorted(_DESKTOP.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "plural_text":
                found |= {text for text in [_of_call(node, "", "")] if text is not None}
    return found


def _own_contexts(tree: ast.Module) -> str:
    """Return the context of a file's function ``_tr(text)``, empty when its ``_tr`` takes the context itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == "_tr":
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
                    return str(call.args[0].value)
    return ""


def _of_call(call: ast.Call, owner: str, own: str) -> tuple[str, str] | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    words = [arg.value for arg in call.args[:2] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if name == "tr" and owner and words:
        return owner, words[0]
    if name == "plural_text" and len(call.args) > 2 and isinstance(call.args[2], ast.Constant):
        return words[0], str(call.args[2].value)
    if name in {"_tr", "translate"} and len(words) == 2:
        return words[0], words[1]
    return (own, words[0]) if name == "_tr" and own and words else None


@cache
def sentences() -> frozenset[str]:
    """Return the patterns of what the layers under the window say: messages, advice, labels; {0} stands for a value.

    And the words written in the code that may stand in the place of a value.
    """
    found = apart_sentences(_BELOW) | values_in_sentences(_BELOW) | labels_of_changes(_BELOW)
    for folder in _BELOW:
        for file in sorted(folder.rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            found |= {text for node in ast.walk(tree) for text in _said(node)}
    return frozenset(found)


def _said(node: ast.AST) -> Iterator[str]:
    """Give the sentences in a call that makes an error or a problem, commits a change, or labels one."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name.endswith("Error") or name in {"commit", "Problem", "edit_label"}:
            yield from _patterns([*node.args, *(keyword.value for keyword in node.keywords)])
    elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any("label" in getattr(target, "id", "").lower() for target in targets):
            yield from _patterns([node.value])


def _patterns(values: list[ast.expr]) -> Iterator[str]:
    for value in values:
        if isinstance(value, ast.JoinedStr):
            yield pattern_of(value)
        elif isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value
        elif isinstance(value, ast.Dict):
            yield from _patterns(value.values)
        elif isinstance(value, ast.IfExp):
            yield from _patterns([value.body, value.orelse])


def pattern_of(joined: ast.JoinedStr) -> str:
    """Return an f-string with {0}, {1} … for its values."""
    text, number = "", 0
    for part in joined.values:
        if isinstance(part, ast.Constant):
            text += str(part.value)
        else:
            text += f"{{{number}}}"
            number += 1
    return text


def has_words(text: str) -> bool:
    """Whether a sentence, or a word that stands in one, says anything itself."""
    return is_worth_translating(text) or text.isalpha()


def is_worth_translating(text: str) -> bool:
    """Whether there are words in a text, and not the places of values alone."""
    return any(letter.isalpha() for letter in text) and " " in text.strip()


def update(file: Path) -> None:
    """Bring a file of Qt Linguist up to date."""
    known = _translations(file) if file.exists() else {}
    texts = window_texts() | {(CONTEXT, text) for text in sentences() if has_words(text)}
    numbered = plurals()
    root = ET.Element("TS", version="2.1", language=file.stem.partition("_")[2], sourcelanguage="en_GB")
    contexts: dict[str, ET.Element] = {}
    for context, text in sorted(texts):
        if context not in contexts:
            contexts[context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[context], "name").text = context
        message = ET.SubElement(contexts[context], "message")
        ET.SubElement(message, "source").text = text
        kept = known.get((context, text))
        if (context, text) in numbered:
            message.set("numerus", "yes")
        if kept is not None and _said_in(kept):
            message.append(kept)
        else:
            translation = ET.SubElement(message, "translation", type="unfinished")
            if (context, text) in numbered:
                ET.SubElement(translation, "numerusform")
    ET.indent(root)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{head}{ET.tostring(root, encoding='unicode')}\n", encoding="utf-8")


def _translations(file: Path) -> dict[tuple[str, str], ET.Element]:
    """Return what a file has, by context and text: an element with the words, or with a form for each number."""
    found = {}
    for context in ET.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None:
                found[context.findtext("name", ""), message.findtext("source", "")] = translation
    return found


def _said_in(translation: ET.Element) -> str:
    return "".join(translation.itertext()).strip()


def release(file: Path) -> None:
    """Make what the program loads of a language: a .qm, and the sentences as JSON."""
    program = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent)) or "pyside6-lrelease"
    subprocess.run([program, str(file), "-qm", str(file.with_suffix(".qm"))], check=True, capture_output=True)
    found = _translations(file).items()
    said = {text: _said_in(told) for (context, text), told in found if context == CONTEXT and _said_in(told)}
    target = file.with_name(f"sentences_{file.stem.partition('_')[2]}.json")
    target.write_text(json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main(languages: list[str]) -> None:
    """Bring the files of all languages up to date, and begin those that are named."""
    files = {FOLDER / f"annotator_{language}.ts" for language in languages} | set(FOLDER.glob("annotator_*.ts"))
    for file in sorted(files):
        update(file)
        if any(map(_said_in, _translations(file).values())):
            release(file)
        print(file.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])
