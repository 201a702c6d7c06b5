"""Brings ``sample.json`` up to date with the two texts beside it: ``python resources/sample/build.py``.

The quotes in the file are the source; their offsets, the blocks and the words that name people are found again here, so
that a text can be mended without counting. Everything else in the file is written by hand.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
NEAR = 400
"""Code points before a passage within which the words that name somebody belong to it; behind it a third of that."""
sys.path.insert(0, str(FOLDER.parent.parent))

from annotator.domain.annotations import Span  # noqa: E402  (the checkout comes first on the path)
from annotator.domain.blocks import propose_blocks  # noqa: E402
from annotator.domain.people import Alias, Person, PersonKind  # noqa: E402
from annotator.suggest.people import Mention, mentions  # noqa: E402


def main() -> None:
    """Rewrite ``sample.json``."""
    path = FOLDER / "sample.json"
    path.write_text(refreshed(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def refreshed(content: str) -> str:
    """Return the file's content with everything that follows from the texts; raises ValueError for a lost quote."""
    document = json.loads(content)
    people = [_person(entry) for entry in document["people"]]
    for article in document["articles"]:
        version = article["text_versions"][0]
        version["text"] = text = text_of(article["outlet"])
        version["blocks"] = [{"start": b.start, "end": b.end, "kind": str(b.kind)} for b in propose_blocks(text)]
        named = mentions(text, people, article_date=article["published_at"])
        for annotation in article["annotations"]:
            _place(annotation, text)
            for entry in annotation.get("people", []):
                _name(entry, Span(annotation["start"], annotation["end"]), named)
        article["annotations"].sort(key=lambda annotation: (annotation["start"], annotation["end"]))
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def text_of(outlet: str) -> str:
    """Return the text of the outlet's article."""
    name = outlet.lower().replace(" ", "-") + ".txt"
    return (FOLDER / name).read_text(encoding="utf-8")


def _person(entry: dict[str, Any]) -> Person:
    aliases = tuple(Alias(**alias) for alias in entry.get("aliases", []))
    return Person(id=entry["name"], name=entry["name"], kind=PersonKind(entry["kind"]), aliases=aliases)


def _place(annotation: dict[str, Any], text: str) -> None:
    """Find the quote again, the occurrence nearest to where it was."""
    quote = annotation["quote"]
    places = [at for at in range(len(text)) if text.startswith(quote, at)]
    if not places:
        raise ValueError(f"{annotation['id']}: the text has no “{quote}”")
    annotation["start"] = min(places, key=lambda at: abs(at - annotation["start"]))
    annotation["end"] = annotation["start"] + len(quote)


def _name(entry: dict[str, Any], passage: Span, named: list[Mention]) -> None:
    """Note the words that name a person: in the passage, else the nearest before it, else just behind it."""
    near = [m for m in named if m.person_id == entry["person"] and _distance(m, passage)[1] <= NEAR]
    if near and entry.get("certainty") != "inferred":
        best = min(near, key=lambda mention: _distance(mention, passage))
        entry["mention_start"], entry["mention_end"] = best.start, best.end


def _distance(mention: Mention, passage: Span) -> tuple[int, int]:
    if mention.start < passage.end and passage.start < mention.end:
        return 0, 0
    if mention.end <= passage.start:
        return 1, passage.start - mention.end
    return 2, 3 * (mention.start - passage.end)


if __name__ == "__main__":
    main()
