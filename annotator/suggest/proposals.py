"""Who is proposed as the speaker of a passage, whether the register knows the name or only the article does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from annotator.domain.annotations import Span
from annotator.domain.people import Person
from annotator.suggest.people import Mention, mentions, propose_speaker

_NO_SUBJECT = re.compile(
    r"\b(?:for|of|to|by|from|with|in|at|on|against|over|about|than|as|near|told|tells|asked|thanked|accused)\s"
    r"(?:the\s|an?\s)?$"
)
"""What stands before a name that is not the subject of its sentence, and so is seldom who speaks."""
_BACK = 24


class Proposal(NamedTuple):
    """A likely speaker: somebody of the register, or a name of the text that is not in it; both empty: nobody."""

    person_id: str = ""
    name: str = ""


def propose(
    text: str, span: Span, named: Sequence[Mention], names: Sequence[str], last_speaker: str | None = None
) -> Proposal:
    """Return who is likely to speak in the passage ``span`` (code points).

    ``named`` is where people of the register are named, ``names`` what else near the passage may be a person's name,
    the likeliest first. A name that the register lacks counts like one that it has: else whoever was entered first
    would be proposed for what the next one says. A name of one word, often a place, only stands in for nobody.
    """
    unknown = [Person(id=f"{place}:", name=name) for place, name in enumerate(names) if " " in name]
    start = max(0, span.start - 4000)
    strangers = [
        mention._replace(start=mention.start + start, end=mention.end + start)
        for mention in mentions(text[start : span.end + 600], unknown)
    ]
    strangers = [
        mention
        for mention in strangers
        if not any(mention.start < known.end and known.start < mention.end for known in named)
        and not _NO_SUBJECT.search(text, max(0, mention.start - _BACK), mention.start)
    ]
    everybody = sorted([*named, *strangers], key=lambda mention: mention.start)
    found = propose_speaker(text, span, everybody, last_speaker)
    if found is None:
        return Proposal(name=next(iter(names), ""))
    stranger = next((person for person in unknown if person.id == found), None)
    return Proposal(name=stranger.name) if stranger else Proposal(person_id=found)
