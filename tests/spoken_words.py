"""The words that the layers under the window put into their sentences, and the sentences that stand apart from errors.

A sentence is often put together: “There is no {0} with the id {1}.” gets its noun from a caller, a reason from a table,
an advice from a function. What may come to stand in the place of a value and is written in the code is looked for here,
so that a translator gets it too: constants in the braces themselves, those given to a variable or a parameter that
stands there, those in a table that is looked up there; through any number of calls.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.domain.entities import ENTITIES

UNSPOKEN = frozenset(
    {
        "minutes_html.py",
        "record_page.py",
        "returned_work_html.py",
        "review_record.py",
        "html_page.py",
        "sample.py",
        "stats.py",
        "recording.py",
        "review_words.py",
        "minutes.py",
        "quote_marks.py",
        "reporting_words.py",
        "search_words.py",
        "places_of_words.py",
    }
)
"""Modules whose words are those of an exported page, of the command line's figures, or of the articles' texts."""
_SHEETS = "quote_sheet"
"""So begin the names of modules whose words are those of quote sheets."""
_SENTENCE = re.compile(r"[A-Z“{].*[.?!:]$|.*[a-z]\.$", re.DOTALL)
_SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE|DROP|CASE|WITH|FROM|REPEATABLE|WHERE)\b")
_WORDS = re.compile(r"[A-Za-z“”’'(][A-Za-z“”’'(), -]*")
_DEEP = 3
"""How many calls a label may be away from where its words stand."""
_SHORTEST = 3
"""Letters of a word; what is shorter is a mark, a letter of an option and the like."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Source:
    """What the modules of some folders say: their functions, and the tables of constants at their beginning."""

    trees: dict[Path, ast.Module]
    functions: dict[str, list[Function]] = field(default_factory=lambda: defaultdict(list))
    tables: dict[str, list[ast.expr]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls, folders: Sequence[Path]) -> Source:
        """Parse every module of the folders but those whose words are not the window's."""
        modules = (file for folder in folders for file in sorted(folder.rglob("*.py")))
        files = [f for f in modules if f.name not in UNSPOKEN and not f.name.startswith(_SHEETS)]
        source = cls({file: ast.parse(file.read_text(encoding="utf-8")) for file in files})
        for tree in source.trees.values():
            for node in ast.walk(tree):
                if isinstance(node, Function):
                    source.functions[node.name].append(node)
            for node in tree.body:
                if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                    for target in targets:
                        if isinstance(target, ast.Name):
                            source.tables[target.id].append(node.value)
        return source

    def facts(self) -> list[Facts]:
        """Return what every function puts into sentences."""
        return [_facts(function, self) for functions in self.functions.values() for function in functions]


def apart_sentences(folders: Sequence[Path]) -> set[str]:
    """Return every text that reads as a sentence, wherever it stands; {0} stands for a value."""
    from tests.translations import pattern_of

    found: set[str] = set()
    for tree in Source.read(folders).trees.values():
        silent = set(_unspoken(tree))
        for node in ast.walk(tree):
            if node in silent:
                continue
            if isinstance(node, ast.JoinedStr):
                text = pattern_of(node)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
            else:
                continue
            if _SENTENCE.fullmatch(text) and " " in text.strip() and not _SQL.search(text) and "\n" not in text:
                found.add(text)
    return found


def _unspoken(tree: ast.Module) -> Iterator[ast.AST]:
    """Give what is no text for people: docstrings, pieces of texts, what goes to the log."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from node.values
        elif isinstance(node, ast.Call) and getattr(getattr(node.func, "value", None), "id", "") == "_log":
            yield from node.args


@dataclass
class Facts:
    """What a function puts into sentences: ``braces`` itself, ``given`` to others as (their name, parameter, value)."""

    name: str
    parameters: set[str]
    braces: list[ast.expr] = field(default_factory=list)
    given: list[tuple[str, str, ast.expr]] = field(default_factory=list)
    assigned: Mapping[str, list[ast.expr]] = field(default_factory=lambda: defaultdict(list))


def _facts(function: Function, source: Source) -> Facts:
    arguments = function.args
    every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    assigned: dict[str, list[ast.expr]] = defaultdict(list)
    facts = Facts(function.name, {argument.arg for argument in every}, assigned=assigned)
    for node in ast.walk(function):
        if isinstance(node, ast.FormattedValue):
            facts.braces.append(node.value)
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for taker in source.functions.get(called, ()):
                names = [a.arg for a in (*taker.args.posonlyargs, *taker.args.args) if a.arg not in {"self", "cls"}]
                facts.given += [(called, name, value) for name, value in zip(names, node.args, strict=False)]
                facts.given += [(called, keyword.arg or "", keyword.value) for keyword in node.keywords]
        elif isinstance(node, ast.Assign):
            for target in (inner for outer in node.targets for inner in ast.walk(outer)):
                if isinstance(target, ast.Name):
                    assigned[target.id].append(node.value)
    return facts


def values_in_sentences(folders: Sequence[Path]) -> set[str]:
    """Return the words written in the code that may stand in the place of a value of a sentence."""
    source = Source.read(folders)
    everything = source.facts()
    spoken = _reached(everything, set(), in_braces=True)
    found = {cls.TYPE.replace("_", " ") for cls in ENTITIES}
    for facts in everything:
        for said in _said_by(facts, spoken):
            found |= set(_constants(said, facts, source))
    return {word for word in found if _may_be_said(word) and not _SQL.search(word) and len(word) >= _SHORTEST}


def _may_be_said(text: str) -> bool:
    """Whether these are words, or words around a value."""
    return _WORDS.fullmatch(re.sub(r"\(?[^\s(]*\{\d+\}\S*", "a", text)) is not None


def labels_of_changes(folders: Sequence[Path]) -> set[str]:
    """Return the patterns of the labels under which changes are committed, wherever they are made."""
    source = Source.read(folders)
    everything = source.facts()
    given = _reached(everything, {("commit", "label")}, in_braces=False)
    return {
        text
        for facts in everything
        for called, name, value in facts.given
        if (called, name) in given
        for text in map(_numbered, _constants(value, facts, source, depth=_DEEP))
        if text[:1].isupper() or text.startswith("{")
    }


def _numbered(text: str) -> str:
    """Return a text whose values ``str.format`` fills in with numbers for their places."""
    numbers = itertools.count()
    return re.sub(r"\{\}", lambda _place: f"{{{next(numbers)}}}", text)


def _reached(everything: Sequence[Facts], begin: set[tuple[str, str]], *, in_braces: bool) -> set[tuple[str, str]]:
    """Return the parameters of functions that come to stand where those of ``begin`` do, or in the braces of a text."""
    reached, before = begin, -1
    while len(reached) != before:
        before = len(reached)
        for facts in everything:
            for said in _said_by(facts, reached) if in_braces else _given_to(facts, reached):
                reached = reached | {(facts.name, name) for name in _names(said) & facts.parameters}
    return reached


def _given_to(facts: Facts, reached: set[tuple[str, str]]) -> Iterator[ast.expr]:
    yield from (value for called, name, value in facts.given if (called, name) in reached)


def _said_by(facts: Facts, spoken: set[tuple[str, str]]) -> Iterator[ast.expr]:
    """Give the expressions that come to stand in a sentence: in braces, or given to who puts them there."""
    yield from facts.braces
    yield from _given_to(facts, spoken)


def _names(said: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(said) if isinstance(node, ast.Name)}


def _constants(said: ast.expr, facts: Facts, source: Source, *, depth: int = 1) -> Iterator[str]:
    """Give the texts that an expression may be: its own, those of its variables, its tables and its calls."""
    yield from _texts(said)
    for name in _names(said):
        for value in (*source.tables.get(name, ()), *facts.assigned.get(name, ())):
            if name in facts.assigned:
                yield from _constants(value, replace(facts, assigned={}), source, depth=depth - 1)
            else:
                yield from _texts(value)
    for node in ast.walk(said) if depth > 0 else ():
        for other in source.functions.get(getattr(getattr(node, "func", None), "id", ""), ()):
            inner = _facts(other, source)
            for returned in ast.walk(other):
                if isinstance(returned, ast.Return) and returned.value is not None:
                    yield from _constants(returned.value, inner, source, depth=depth - 1)


def _texts(expression: ast.expr) -> Iterator[str]:
    """Give the constants of an expression, and its texts with values as patterns."""
    from tests.translations import pattern_of

    inner: set[ast.AST] = set()
    for node in ast.walk(expression):
        if isinstance(node, ast.JoinedStr):
            inner.update(node.values)
            yield pattern_of(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in inner:
            yield node.value
