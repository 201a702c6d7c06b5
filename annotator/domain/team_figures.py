"""The agreement of a team: figures over all articles, for two analysts, for a tag, for an article.

Only texts that both analysts have submitted count, and they are pooled: what is counted is added up over texts and
pairs of analysts, and a figure is made of the sums. The texts' own figures are never averaged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from annotator.domain.agreement import Figure, Reason, undefined
from annotator.domain.clusters import Cluster, People, clusters
from annotator.domain.comparisons import Compared, Comparison, ReadText, compare
from annotator.domain.measures import (
    ROLES,
    Cell,
    Measure,
    confusion,
    one_tag,
    same_passages,
    same_people,
    same_relations,
    same_tag_of_all,
    same_tag_of_several,
    same_tag_of_two,
    share_of_same_tag,
    shared_ends,
)
from annotator.domain.merging import resolve
from annotator.domain.pairing import ANY, EXACT, HALF
from annotator.domain.relations import Relation
from annotator.domain.unitising import Coincidences, added, bar_u_alpha, cu_alpha, intervals, ku_alpha, u_alpha

Figures = Mapping[Measure, Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The figures of one selection of the work: of two or more analysts, all of it, or of one tag or one text."""

    analysts: tuple[str, ...]
    figures: Figures
    tag_id: str | None = None
    text_id: str | None = None
    article_id: str | None = None
    confusion: tuple[Cell, ...] = ()

    @property
    def headline(self) -> tuple[Measure, Measure, Measure, Measure]:
        """The four figures that are shown first: same passages, same tag, same people, same relations."""
        tags = (Measure.ONE_TAG, Measure.TAG_KAPPA, Measure.TAG_ALPHA)
        tag = next(measure for measure in tags if measure in self.figures)
        return Measure.SAME_PASSAGE, tag, Measure.SAME_PEOPLE, Measure.SAME_RELATIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFigures:
    """All agreement figures of a team.

    ``least``: the intersection over union from which on passages are the same. ``texts``: text version ids that two or
    more have submitted. ``left_out``: those that fewer have. ``whole`` is over everything; ``pairs``, ``tags`` and
    ``articles`` are its parts.
    """

    analysts: tuple[str, ...]
    least: float
    texts: tuple[str, ...]
    left_out: tuple[str, ...]
    whole: Scope
    pairs: tuple[Scope, ...] = ()
    tags: tuple[Scope, ...] = ()
    articles: tuple[Scope, ...] = ()


Steps = Generator[tuple[int, int], None, TeamFigures]
"""Yields how much is done of how much, and returns the figures; closing it stops the work."""


def team_figures(
    texts: Sequence[ReadText],
    relations: Iterable[Relation],
    tags: Sequence[str],
    merged: Mapping[str, str],
    least: float = HALF,
) -> Steps:
    """Make the figures of a team, step by step.

    ``texts``: with the layers of those who have submitted them. ``tags``: the codebook's, in its order: a tag that
    nobody used is known too. ``merged``: loser → winner of people, tags and points.
    """
    standing = list(dict.fromkeys(resolve(tag, merged) for tag in [*tags, *_used(texts)]))
    found = _clusters(texts, relations, merged, least)
    total = len(texts) + 2
    compared: list[Compared] = []
    yield 1, total
    for done, read in enumerate(texts, 2):
        compared.append(compare(read, found[read.text_id], standing, merged, least))
        yield done, total
    people = {
        annotation.id: frozenset((p.role, resolve(p.person_id, merged)) for p in annotation.people)
        for read in texts
        for layer in read.layers.values()
        for annotation in layer
    }
    return _Pooling(compared, people, standing, least).figures()


def run(steps: Steps) -> TeamFigures:
    """Take all steps at once and return the figures."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            figures: TeamFigures = end.value
            return figures


def _used(texts: Iterable[ReadText]) -> Iterable[str]:
    return (annotation.tag_id for read in texts for layer in read.layers.values() for annotation in layer)


def _clusters(
    texts: Sequence[ReadText], relations: Iterable[Relation], merged: Mapping[str, str], least: float
) -> dict[str, list[Cluster]]:
    everything = [annotation for read in texts for layer in read.layers.values() for annotation in layer]
    authors = {read.text_id: list(read.layers) for read in texts}
    by_text: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters({read.text_id: read.text for read in texts}, everything, relations, authors, merged, least):
        by_text[cluster.text_id].append(cluster)
    return by_text


@dataclass(frozen=True, slots=True)
class _Pooling:
    """What the figures of every scope are pooled from."""

    compared: Sequence[Compared]
    people: Mapping[str, People]
    tags: Sequence[str]
    least: float
    shared: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def figures(self) -> TeamFigures:
        both = [one for one in self.compared if len(one.authors) > 1]
        analysts = sorted({analyst for one in self.compared for analyst in one.authors})
        pairs = {two: frozenset(c.text_id for c in both if {*two} <= {*c.authors}) for two in combinations(analysts, 2)}
        pairs = {two: texts for two, texts in pairs.items() if texts}
        self.shared.update(shared_ends((c for one in both for c in one.clusters), pairs))
        whole = self._scope(both, tuple(analysts))
        return TeamFigures(
            analysts=tuple(analysts),
            least=self.least,
            texts=tuple(one.text_id for one in both),
            left_out=tuple(one.text_id for one in self.compared if len(one.authors) < 2),  # noqa: PLR2004
            whole=self._with_intervals(whole, both),
            pairs=tuple(self._scope([c for c in both if c.text_id in texts], two) for two, texts in pairs.items()),
            tags=tuple(self._tag(both, tuple(analysts), tag) for tag in self.tags),
            articles=tuple(
                replace(self._scope([one], one.authors), text_id=one.text_id, article_id=one.article_id) for one in both
            ),
        )

    def _scope(self, compared: Sequence[Compared], analysts: tuple[str, ...]) -> Scope:
        """Return all figures of texts, of the analysts that are given."""
        comparisons = _of(compared, analysts)
        found = [cluster for one in compared for cluster in one.clusters]
        figures = {
            measure: same_passages(comparisons, rule, same_tag=same_tag)
            for measure, (rule, same_tag) in self._rules().items()
        }
        if len(analysts) > 2:  # noqa: PLR2004
            figures[Measure.TAG_ALPHA] = same_tag_of_several(found)
            figures[Measure.TAG_FLEISS] = same_tag_of_all(found, len(analysts))
        else:
            figures[Measure.TAG_KAPPA] = same_tag_of_two(comparisons)
        figures[Measure.TAG_SHARE] = share_of_same_tag(comparisons)
        figures[Measure.SAME_PEOPLE] = same_people(comparisons, self.people)
        for measure, role in ROLES.items():
            figures[measure] = same_people(comparisons, self.people, role=role)
        figures[Measure.SAME_RELATIONS] = same_relations(found, self._ends(analysts))
        figures.update(_unitising(_coincidences(compared, analysts), comparisons))
        if not comparisons:
            figures = dict.fromkeys(figures, undefined(Reason.ONE_ANALYST))
        return Scope(analysts=analysts, figures=figures, confusion=confusion(comparisons))

    def _tag(self, compared: Sequence[Compared], analysts: tuple[str, ...], tag: str) -> Scope:
        comparisons = _of(compared, analysts)
        found = [cluster for one in compared for cluster in one.clusters]
        figures = {
            measure: same_passages(comparisons, rule, same_tag=True, tag=tag)
            for measure, (rule, same_tag) in self._rules().items()
            if not same_tag
        }
        figures[Measure.ONE_TAG] = one_tag(comparisons, tag)
        figures[Measure.SAME_PEOPLE] = same_people(comparisons, self.people, tag=tag)
        figures[Measure.SAME_RELATIONS] = same_relations(found, self._ends(analysts), tag=tag)
        figures[Measure.KU_ALPHA] = undefined(Reason.ONE_ANALYST)
        if not comparisons:
            return Scope(analysts=analysts, tag_id=tag, figures=dict.fromkeys(figures, undefined(Reason.ONE_ANALYST)))
        unitising = ku_alpha(added(_coincidences(compared, analysts)), tag)
        figures[Measure.KU_ALPHA] = replace(unitising, ids=_ids(comparisons, tag))
        return Scope(analysts=analysts, tag_id=tag, figures=figures)

    def _rules(self) -> dict[Measure, tuple[float, bool]]:
        return {
            Measure.SAME_PASSAGE: (self.least, False),
            Measure.SAME_ENDS: (EXACT, False),
            Measure.ANY_OVERLAP: (ANY, False),
            Measure.SAME_PASSAGE_AND_TAG: (self.least, True),
            Measure.SAME_ENDS_AND_TAG: (EXACT, True),
            Measure.ANY_OVERLAP_AND_TAG: (ANY, True),
        }

    def _ends(self, analysts: Sequence[str]) -> dict[tuple[str, str], frozenset[str]]:
        return {two: ends for two, ends in self.shared.items() if {*two} <= {*analysts}}

    def _with_intervals(self, whole: Scope, compared: Sequence[Compared]) -> Scope:
        parts = _coincidences(compared, whole.analysts)
        figures = dict(whole.figures)
        for measure, found in zip(_UNITISING, intervals(parts, list(_UNITISING.values())), strict=True):
            if found is not None and figures[measure].value is not None:
                figures[measure] = replace(figures[measure], low=found[0], high=found[1])
        return replace(whole, figures=figures)


_UNITISING = {Measure.U_ALPHA: u_alpha, Measure.BAR_U_ALPHA: bar_u_alpha, Measure.CU_ALPHA: cu_alpha}


def _unitising(parts: Sequence[Coincidences], comparisons: Iterable[Comparison]) -> dict[Measure, Figure]:
    if not parts:
        return dict.fromkeys(_UNITISING, undefined(Reason.ONE_ANALYST))
    whole, ids = added(parts), _ids(comparisons)
    return {measure: replace(coefficient(whole), ids=ids) for measure, coefficient in _UNITISING.items()}


def _ids(comparisons: Iterable[Comparison], tag: str | None = None) -> tuple[str, ...]:
    return tuple(sorted({p.id for c in comparisons for p in c.passages if tag is None or p.tag_id == tag}))


def _coincidences(compared: Iterable[Compared], analysts: tuple[str, ...]) -> list[Coincidences]:
    """Return the coincidences of these analysts: of two, or of all who submitted each text."""
    two = len(analysts) == 2  # noqa: PLR2004
    return [one.coincidences[analysts if two else one.authors] for one in compared if one.coincidences]


def _of(compared: Iterable[Compared], analysts: Sequence[str]) -> list[Comparison]:
    return [c for one in compared for c in one.comparisons if {c.one, c.other} <= {*analysts}]
