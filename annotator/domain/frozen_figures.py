"""Figures of a team as JSON: kept with a session as they were at the reveal and at the close, and read again.

Format 1: one object. ``passages`` lists annotation ids text by text; a set of passages is written once, in ``sets``, as
``FIRST.BITS``: the place in ``passages`` of the lowest, and in hexadecimal which of those from there on are in it (the
lowest bit first). Everything else follows the classes of :mod:`annotator.domain.team_figures`, with the numbers of sets
for ``ids`` and ``apart``; what is None or empty, and an n of 0, is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from annotator.domain.agreement import Figure, Reason
from annotator.domain.measures import Cell, Measure
from annotator.domain.team_figures import Scope, TeamFigures

FORMAT = 1


def freeze(figures: TeamFigures) -> str:
    """Return figures as JSON text; the same figures always as the same text."""
    sets = _Sets(_passages(figures))
    document = {
        "format": FORMAT,
        "analysts": figures.analysts,
        "least": figures.least,
        "texts": figures.texts,
        "left_out": figures.left_out,
        "whole": _scope(figures.whole, sets),
        "pairs": [_scope(scope, sets) for scope in figures.pairs],
        "tags": [_scope(scope, sets) for scope in figures.tags],
        "articles": [_scope(scope, sets) for scope in figures.articles],
        "passages": sets.passages,
        "sets": sets.written,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def thaw(text: str) -> TeamFigures:
    """Return the figures that :func:`freeze` wrote. Raises ValueError for what it did not write, whatever it is."""
    try:
        document = json.loads(text)
        if document["format"] != FORMAT:
            raise ValueError(f"figures of format {document['format']} cannot be read")
        passages = _ids(document["passages"])
        sets = [_unpacked(packed, passages) for packed in document["sets"]]
        return TeamFigures(
            analysts=_ids(document["analysts"]),
            least=float(document["least"]),
            texts=_ids(document["texts"]),
            left_out=_ids(document["left_out"]),
            whole=_scope_from(document["whole"], sets),
            **{
                name: tuple(_scope_from(scope, sets) for scope in document[name])
                for name in ("pairs", "tags", "articles")
            },
        )
    except (KeyError, TypeError, IndexError, AttributeError, RecursionError, OverflowError) as error:
        raise ValueError(f"these are no figures: {error!r}") from error


def _passages(figures: TeamFigures) -> list[str]:
    """Return the annotations behind any figure, article by article, so that the sets of one article lie together."""
    scopes = (*figures.articles, figures.whole, *figures.pairs, *figures.tags)
    return list(dict.fromkeys(id_ for scope in scopes for figure in scope.figures.values() for id_ in figure.ids))


class _Sets:
    """The sets of passages that were written so far."""

    def __init__(self, passages: list[str]) -> None:
        self.passages = passages
        self._places = {id_: place for place, id_ in enumerate(passages)}
        self._numbers: dict[str, int] = {}

    @property
    def written(self) -> list[str]:
        return list(self._numbers)

    def number(self, ids: Iterable[str]) -> int:
        """Return the number of a set, which is written if it is new."""
        places = [self._places[id_] for id_ in ids]
        first = min(places, default=0)
        bits = 0
        for place in places:
            bits |= 1 << (place - first)
        return self._numbers.setdefault(f"{first}.{bits:x}", len(self._numbers))


def _unpacked(packed: str, passages: Sequence[str]) -> tuple[str, ...]:
    first, _, digits = packed.partition(".")
    bits = bin(int(digits, 16))[:1:-1]
    return tuple(sorted(passages[int(first) + place] for place, bit in enumerate(bits) if bit == "1"))


def _scope(scope: Scope, sets: _Sets) -> dict[str, Any]:
    return _without_defaults(
        analysts=scope.analysts,
        tag_id=scope.tag_id,
        text_id=scope.text_id,
        article_id=scope.article_id,
        figures={measure.value: _figure(figure, sets) for measure, figure in scope.figures.items()},
        confusion=[[cell.one, cell.other, cell.number, sets.number(cell.ids)] for cell in scope.confusion],
    )


def _scope_from(plain: dict[str, Any], sets: Sequence[tuple[str, ...]]) -> Scope:
    return Scope(
        analysts=_ids(plain["analysts"]),
        tag_id=_id(plain.get("tag_id")),
        text_id=_id(plain.get("text_id")),
        article_id=_id(plain.get("article_id")),
        figures={Measure(name): _figure_from(figure, sets) for name, figure in plain["figures"].items()},
        confusion=tuple(
            Cell(str(one), str(other), int(n), sets[ids]) for one, other, n, ids in plain.get("confusion", ())
        ),
    )


def _figure(figure: Figure, sets: _Sets) -> dict[str, Any]:
    return _without_defaults(
        value=figure.value,
        n=figure.n or None,
        reason=figure.reason,
        low=figure.low,
        high=figure.high,
        ids=sets.number(figure.ids) if figure.ids else None,
        apart=sets.number(figure.apart) if figure.apart else None,
    )


def _figure_from(plain: dict[str, Any], sets: Sequence[tuple[str, ...]]) -> Figure:
    return Figure(
        value=_number(plain.get("value")),
        n=int(plain.get("n", 0)),
        reason=Reason(plain["reason"]) if "reason" in plain else None,
        low=_number(plain.get("low")),
        high=_number(plain.get("high")),
        ids=sets[plain["ids"]] if "ids" in plain else (),
        apart=sets[plain["apart"]] if "apart" in plain else (),
    )


def _id(plain: str | None) -> str | None:
    return None if plain is None else str(plain)


def _ids(plain: Any) -> tuple[str, ...]:  # noqa: ANN401
    if not isinstance(plain, list) or not all(isinstance(id_, str) for id_ in plain):
        raise TypeError("ids are a list of texts")
    return tuple(plain)


def _number(plain: float | None) -> float | None:
    return None if plain is None else float(plain)


def _without_defaults(**values: Any) -> dict[str, Any]:  # noqa: ANN401
    return {name: value for name, value in values.items() if value is not None and value != []}
