"""What the services say, in another language: no word of it is left that a translator does not get."""

from __future__ import annotations

import getpass
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.desktop.pseudo_language import pseudo
from annotator.desktop.sentences import CONTEXT, SentenceTranslator
from annotator.domain.annotations import Role
from annotator.domain.codebook import TagKind
from annotator.domain.errors import InputError, UserError
from annotator.services.care import restore
from annotator.services.project import Project, create_project, open_project
from annotator.services.verify import verify_file
from annotator.services.whole_files import write_whole
from tests import translations
from tests.desktop.reading_words import left_over

TEXT = "The bridge was sold\n\nNobody sold anything, said Dora Quill. The ledger shows 4,200 crowns."
OWN = (
    "Ann Bell",
    "Dora Quill",
    "Quill",
    "Tom Reed",
    "Vow",
    "Ferry board",
    "AB",
    "Claim",
    "Denial",
    "Evidence",
    "claim",
    "denial",
)
"""What the user wrote, who must find it again."""
SYSTEM = (
    f"{getpass.getuser()}",
    socket.gethostname(),
    "database disk image is malformed",
    "malformed",
    *Role,
    *TagKind,
    "NaN",
)
"""What the system says itself, and the keys of our files."""
_LETTERS = re.compile(r"[^\W\d_](.*[^\W\d_])?", re.DOTALL)


@pytest.fixture(scope="module")
def translator() -> SentenceTranslator:
    """Return a language of which a translator has translated all that there is to translate."""
    texts = filter(translations.has_words, translations.sentences())
    return SentenceTranslator({text: translated(text) for text in texts})


def translated(text: str) -> str:
    """Return a text in the other language; what is put into it stands outside its brackets."""
    parts = re.split(r"(\{\d+\})", text)
    return "".join(part if part.startswith("{") else _LETTERS.sub(lambda m: pseudo(m[0]), part) for part in parts)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "story.annotator", name="The bridge", analyst="Ann Bell") as made:
        made.articles.add_text(TEXT)
        made.people.add("Dora Quill")
        yield made


def untranslated(translator: SentenceTranslator, text: str) -> list[str]:
    """Return the words of a text that stay as they are in the other language and that nobody wrote."""
    said = translator.translate(CONTEXT, text)
    if said is None:
        return [text]
    said = re.sub(r"“[^”]*”", "", said)
    for own in (*OWN, *SYSTEM):
        said = said.replace(own, "")
    return left_over(said)


def claim(project: Project) -> str:
    article = project.articles.list()[0]
    start = TEXT.index("Nobody")
    return project.annotations.add(article.id, start=start, end=start + 20, tag="Claim").id


REFUSED: dict[str, Callable[[Project, Path], object]] = {
    "no file": lambda p, f: open_project(f / "gone.annotator"),
    "a folder": lambda p, f: open_project(f),
    "an empty file": lambda p, f: open_project(_file(f, b"")),
    "no database": lambda p, f: open_project(_file(f, b"Dear diary" * 500)),
    "a damaged file": lambda p, f: open_project(_file(f, Path(p.care.backup(f / "b.annotator")).read_bytes()[:9000])),
    "made already": lambda p, f: create_project(p.location, name="Another"),
    "open here": lambda p, f: restore(p.care.backup(f / "b.annotator"), p.location),
    "the file itself": lambda p, f: p.care.restore(p.location),
    "another project": lambda p, f: p.care.restore(_other(f)),
    "not written over": lambda p, f: p.care.backup(_other(f)),
    "moved": lambda p, f: (Path(p.location).rename(f / "x"), p.people.add("Tom Reed")),
    "into a folder": lambda p, f: write_whole(f, b""),
    "into no folder": lambda p, f: write_whole(f / "no" / "file.json", b""),
    "nobody": lambda p, f: open_project(p.location, analyst="Rae Voss", wait=0),
    "read only": lambda p, f: open_project(p.location, wait=0).people.add("Tom Reed"),
    "twice": lambda p, f: p.people.add("Dora Quill"),
    "a tag twice": lambda p, f: p.codebook.add(name="Claim", kind="claim"),
    "no name": lambda p, f: p.people.add(" "),
    "no colour": lambda p, f: p.codebook.add(name="Vow", kind="other", colour="red"),
    "no kind": lambda p, f: p.codebook.add(name="Vow", kind="vow"),
    "no such thing": lambda p, f: p.articles.get("nowhere"),
    "no such tag": lambda p, f: p.annotations.add(p.articles.list()[0].id, start=0, end=3, tag="Vow"),
    "out of the text": lambda p, f: p.annotations.add(p.articles.list()[0].id, start=5, end=900, tag="Claim"),
    "to itself": lambda p, f: (made := claim(p), p.relations.add(made, made, "rebuts")),
    "into itself": lambda p, f: (one := p.people.list()[0].id, p.people.merge(one, one)),
    "a wrong date": lambda p, f: p.articles.edit(p.articles.list()[0].id, published_at="yesterday"),
    "the same text": lambda p, f: p.articles.correct_text(p.articles.list()[0].id, TEXT),
    "no JSON": lambda p, f: p.exchange.merge(_file(f, b'{"a": NaN, "b": 1e999, "c": "\\ud800"}')),
    "not ours": lambda p, f: p.exchange.merge({"schema": "x", "articles": 3, "people": [{"nam": 1}]}),
    "unknown names": lambda p, f: p.exchange.merge(_foreign()),
    "not to verify": lambda p, f: verify_file(_file(f, b"Dear diary")),
    "nothing to undo": lambda p, f: [p.history.undo() for _ in range(9)],
}


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "file.annotator"
    path.write_bytes(content)
    return path


def _other(folder: Path) -> Path:
    with create_project(folder / "other.annotator", name="Another", analyst="Ann Bell") as made:
        return Path(made.location)


def _foreign() -> dict[str, object]:
    passage = {
        "start": 0,
        "end": 300,
        "quote": "Something",
        "tag": "Vow",
        "people": [{"person": "Rae", "role": "boss"}],
    }
    article = {"title": "Foreign", "text_versions": [{"text": TEXT, "sha256": "00"}], "annotations": [passage]}
    return {"schema": "urn:annotator:project", "schema_version": "1.0.0", "articles": [article]}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_told_in_the_users_language(
    translator: SentenceTranslator, project: Project, tmp_path: Path, name: str
) -> None:
    with pytest.raises(UserError) as caught:
        REFUSED[name](project, tmp_path)
    said = [caught.value.message, caught.value.advice]
    if isinstance(caught.value, InputError):
        said += [problem.message for problem in caught.value.problems]
    assert {text: untranslated(translator, text) for text in said if text and untranslated(translator, text)} == {}


def test_the_names_of_changes_are_told_in_the_users_language(translator: SentenceTranslator, project: Project) -> None:
    passage = claim(project)
    other = project.annotations.add(project.articles.list()[0].id, start=0, end=10, tag="Denial").id
    quill = project.people.list()[0].id
    project.annotations.edit(passage, note="A note", unsure=True)
    project.annotations.edit(passage, note="Another note")
    project.annotations.add_person(passage, quill, Role.SPEAKER)
    project.relations.add(other, passage, "rebuts")
    project.people.edit(quill, position="Chair")
    project.people.edit(quill, aliases=["Quill"], note="A note")
    project.people.merge(project.people.add("Tom Reed").id, quill)
    project.codebook.add(name="Vow", kind="other")
    project.articles.edit(project.articles.list()[0].id, outlet="Ferry board")
    project.articles.correct_text(project.articles.list()[0].id, TEXT.replace("sold", "given away"))
    project.edit(name="Ferry board")
    project.history.undo()
    project.history.redo()
    project.annotations.delete(other)
    project.history.undo()
    labels = [change.change.label for change in project.history.recent(100)]
    assert len(labels) > 15
    assert {label: untranslated(translator, label) for label in labels if untranslated(translator, label)} == {}


@pytest.mark.parametrize("text", ["It cannot be", "There is no ferry with the id “x” in this project."])
def test_a_word_that_is_not_translated_is_found(translator: SentenceTranslator, text: str) -> None:
    assert untranslated(translator, text)


def test_what_a_user_wrote_is_not_taken_for_a_sentence(translator: SentenceTranslator) -> None:
    assert translator.translate(CONTEXT, "Tag as Proof of Payment") == translated("Tag as {0}").format(
        "Proof of Payment"
    )
