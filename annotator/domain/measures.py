"""What is measured of a team's agreement, pooled over any number of comparisons of two analysts on one text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from annotator.domain.agreement import (
    Figure,
    Reason,
    cohen_kappa,
    f_measure,
    fleiss_kappa,
    nominal_alpha,
    share,
)
from annotator.domain.annotations import Role
from annotator.domain.clusters import Cluster, People
from annotator.domain.comparisons import Comparison
from annotator.domain.link_ends import Link, is_point
from annotator.domain.pairing import Pair


class Measure(StrEnum):
    """The figures, by what they tell; ``n`` of each counts what is said behind it."""

    SAME_PASSAGE = "same_passage"
    """F1 of passages that overlap as the session asks. Passages, each once; so the five that follow."""
    SAME_ENDS = "same_ends"
    ANY_OVERLAP = "any_overlap"
    SAME_PASSAGE_AND_TAG = "same_passage_and_tag"
    SAME_ENDS_AND_TAG = "same_ends_and_tag"
    ANY_OVERLAP_AND_TAG = "any_overlap_and_tag"
    TAG_KAPPA = "tag_kappa"
    """Cohen's kappa of two analysts. Passages found by both."""
    TAG_FLEISS = "tag_fleiss"
    """Fleiss' kappa. Passages found by all."""
    TAG_ALPHA = "tag_alpha"
    """Krippendorff's alpha. Passages found by two or more."""
    TAG_SHARE = "tag_share"
    """The plain share with an equal tag. Pairs of passages."""
    ONE_TAG = "one_tag"
    """Of passages that either gave this tag, F1 of both giving it. Uses of the tag on passages found by both."""
    SAME_PEOPLE = "same_people"
    """F1 of people in their roles on passages found by both. Names, once for each colleague; so the roles' own."""
    SPEAKER = "speaker"
    ON_BEHALF_OF = "on_behalf_of"
    TARGET = "target"
    ABOUT = "about"
    REPORTED_BY = "reported_by"
    SAME_RELATIONS = "same_relations"
    """F1 of relations both ends of which both have found. Relations, once for each colleague."""
    U_ALPHA = "u_alpha"
    """Of unitising, experimental. Code points, times analysts."""
    BAR_U_ALPHA = "bar_u_alpha"
    CU_ALPHA = "cu_alpha"
    KU_ALPHA = "ku_alpha"


ROLES = {
    Measure.SPEAKER: Role.SPEAKER,
    Measure.ON_BEHALF_OF: Role.ON_BEHALF_OF,
    Measure.TARGET: Role.TARGET,
    Measure.ABOUT: Role.ABOUT,
    Measure.REPORTED_BY: Role.REPORTED_BY,
}
EXPERIMENTAL = frozenset({Measure.U_ALPHA, Measure.BAR_U_ALPHA, Measure.CU_ALPHA, Measure.KU_ALPHA})
"""Measures that are shown with a warning until the paper's own example is reproduced."""

TITLES: dict[Measure, str] = {
    Measure.SAME_PASSAGE: "same passages",
    Measure.SAME_ENDS: "same passages, with the same ends",
    Measure.ANY_OVERLAP: "same passages, by any overlap",
    Measure.SAME_PASSAGE_AND_TAG: "same passages with the same tag",
    Measure.SAME_ENDS_AND_TAG: "same passages with the same ends and tag",
    Measure.ANY_OVERLAP_AND_TAG: "same passages with the same tag, by any overlap",
    Measure.TAG_KAPPA: "same tag (Cohen’s κ)",
    Measure.TAG_FLEISS: "same tag (Fleiss’ κ)",
    Measure.TAG_ALPHA: "same tag (Krippendorff’s α)",
    Measure.TAG_SHARE: "same tag, plain share",
    Measure.ONE_TAG: "this tag given by both",
    Measure.SAME_PEOPLE: "same people",
    Measure.SPEAKER: "same speakers",
    Measure.ON_BEHALF_OF: "same people on whose behalf",
    Measure.TARGET: "same targets",
    Measure.ABOUT: "same people it is about",
    Measure.REPORTED_BY: "same people who reported it",
    Measure.SAME_RELATIONS: "same relations",
    Measure.U_ALPHA: "unitising, all of it (uα)",
    Measure.BAR_U_ALPHA: "unitising, marked or not (|uα)",
    Measure.CU_ALPHA: "unitising, tags of shared words (cuα)",
    Measure.KU_ALPHA: "unitising, this tag on shared words ((k)uα)",
}
"""What each measure is called."""

NOT_MARKED = ""
"""The tag of a passage that one of two analysts did not mark, in a confusion table."""


class Cell(NamedTuple):
    """One cell of a confusion table: so many pairs in which the first analyst gave one tag and the second the other.

    ``ids``: the annotations. A tag may be NOT_MARKED.
    """

    one: str
    other: str
    number: int
    ids: tuple[str, ...]


def same_passages(comparisons: Iterable[Comparison], rule: float, *, same_tag: bool, tag: str | None = None) -> Figure:
    """Return the F1 of passages found by both, by how much they must overlap; with ``tag``, of those with that tag."""
    one = other = both = 0
    ids: dict[str, bool] = {}  # whether somebody else missed it
    for comparison in comparisons:
        pairs = [p for p in comparison.pairs[rule, same_tag] if tag is None or p[0].tag_id == tag]
        mine = [p for p in comparison.mine if tag is None or p.tag_id == tag]
        theirs = [p for p in comparison.theirs if tag is None or p.tag_id == tag]
        one, other, both = one + len(mine), other + len(theirs), both + len(pairs)
        found = {passage.id for two in pairs for passage in two}
        for passage in (*mine, *theirs):
            ids[passage.id] = ids.get(passage.id, False) or passage.id not in found
    return replace(_behind(f_measure(both, one, other, Reason.NOTHING_MARKED), ids), n=len(ids))


def same_tag_of_two(comparisons: Iterable[Comparison]) -> Figure:
    """Return Cohen's kappa of the tags of passages found by both."""
    return _of_pairs(comparisons, lambda pairs: cohen_kappa([(a.tag_id, b.tag_id) for a, b in pairs]))


def share_of_same_tag(comparisons: Iterable[Comparison]) -> Figure:
    """Return the plain share of pairs with an equal tag."""
    nothing = Reason.NOTHING_IN_COMMON
    return _of_pairs(comparisons, lambda pairs: share(sum(a.tag_id == b.tag_id for a, b in pairs), len(pairs), nothing))


def one_tag(comparisons: Iterable[Comparison], tag: str) -> Figure:
    """Return how far those who found the same passages agree on one tag: its positive specific agreement."""
    pairs = [p for comparison in comparisons for p in comparison.same if tag in {p[0].tag_id, p[1].tag_id}]
    one, other = (sum(p[side].tag_id == tag for p in pairs) for side in (0, 1))
    both = sum(a.tag_id == b.tag_id for a, b in pairs)
    return _behind(f_measure(both, one, other, Reason.NOTHING_IN_COMMON), _by_tag(pairs))


def _of_pairs(comparisons: Iterable[Comparison], made: Callable[[Sequence[Pair]], Figure]) -> Figure:
    pairs = [p for comparison in comparisons for p in comparison.same]
    return _behind(made(pairs), _by_tag(pairs))


def _by_tag(pairs: Iterable[Pair]) -> dict[str, bool]:
    ids: dict[str, bool] = {}
    for a, b in pairs:
        for passage in (a, b):
            ids[passage.id] = ids.get(passage.id, False) or a.tag_id != b.tag_id
    return ids


def same_tag_of_all(clusters: Iterable[Cluster], analysts: int) -> Figure:
    """Return Fleiss' kappa of the tags of passages that all of so many ``analysts`` have found."""
    whole = [c for c in clusters if len(_labels(c)) == analysts]
    return _of_clusters(fleiss_kappa([_labels(c) for c in whole]), whole)


def same_tag_of_several(clusters: Iterable[Cluster]) -> Figure:
    """Return Krippendorff's nominal alpha of the tags of passages; who did not mark one is missing there."""
    found = [c for c in clusters if len(_labels(c)) > 1]
    return _of_clusters(nominal_alpha([_labels(c) for c in found]), found)


def _labels(cluster: Cluster) -> list[str]:
    """Return the tag that each analyst gave; who cut the passage in pieces of different tags gave none."""
    return [next(iter(side.tags)) for side in cluster.sides if len(side.tags) == 1]


def _of_clusters(figure: Figure, clusters: Iterable[Cluster]) -> Figure:
    return _behind(figure, {a.id: len(set(_labels(c))) > 1 for c in clusters for a in c.annotations})


def same_people(
    comparisons: Iterable[Comparison],
    people: Mapping[str, People],
    *,
    role: Role | None = None,
    tag: str | None = None,
) -> Figure:
    """Return the F1 of the people named on passages found by both, in all roles or in one.

    Where neither names anybody there is nothing to agree on, so that rare roles are not made to look good. ``people``:
    by annotation id, merged ones resolved. ``tag``: only passages to which both gave it.
    """
    one = other = both = 0
    ids: dict[str, bool] = {}
    for comparison in comparisons:
        for a, b in comparison.same:
            if tag is not None and not a.tag_id == b.tag_id == tag:
                continue
            mine, theirs = (_in_role(people[passage.id], role) for passage in (a, b))
            one, other, both = one + len(mine), other + len(theirs), both + len(mine & theirs)
            if mine or theirs:
                for passage in (a, b):
                    ids[passage.id] = ids.get(passage.id, False) or mine != theirs
    return _behind(f_measure(both, one, other, Reason.NO_PEOPLE), ids)


def _in_role(people: People, role: Role | None) -> People:
    return people if role is None else frozenset(named for named in people if named[0] is role)


def same_relations(
    clusters: Sequence[Cluster], shared: Mapping[tuple[str, str], frozenset[str]], *, tag: str | None = None
) -> Figure:
    """Return the F1 of the relations of two analysts of which both have found both ends.

    ``clusters``: where the relations begin; ``shared``: for two analysts the ends that both have found
    (:func:`shared_ends`). ``tag``: only those that begin at passages to which both gave it.
    """
    one = other = both = 0
    ids: dict[str, bool] = {}
    for cluster in clusters:
        for two, ends in shared.items():
            first, second = (cluster.side(analyst) for analyst in two)
            if first is None or second is None or (tag is not None and not first.tags == second.tags == {tag}):
                continue
            mine, theirs = (_reaching(side.links, ends) for side in (first, second))
            one, other, both = one + len(mine), other + len(theirs), both + len(mine & theirs)
            if mine or theirs:
                for annotation in (*first.annotations, *second.annotations):
                    ids[annotation.id] = ids.get(annotation.id, False) or mine != theirs
    return _behind(f_measure(both, one, other, Reason.NO_RELATIONS), ids)


def shared_ends(
    clusters: Iterable[Cluster], texts: Mapping[tuple[str, str], frozenset[str]]
) -> dict[tuple[str, str], frozenset[str]]:
    """Return for each two analysts the ends of links that both have found; ``texts``: those that both submitted."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for cluster in clusters:
        for side in cluster.sides:
            found[side.analyst_id][cluster.text_id].add(cluster.end)
    return {
        (one, other): frozenset().union(*(found[one][t] for t in both))
        & frozenset().union(*(found[other][t] for t in both))
        for (one, other), both in texts.items()
    }


def _reaching(links: frozenset[Link], ends: frozenset[str]) -> frozenset[Link]:
    return frozenset(link for link in links if link[1] in ends or is_point(link[1]))


def confusion(comparisons: Sequence[Comparison]) -> tuple[Cell, ...]:
    """Return which tags two analysts gave to the same passages, and what one of them did not mark.

    Of one pair of analysts the first's tag comes first. Of more pairs it does not matter whose tag is whose: each pair
    of passages is counted in both cells, but once where the tags are equal.
    """
    cells: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    turned = len({(comparison.one, comparison.other) for comparison in comparisons}) > 1
    for one, other, ids in _cells(comparisons):
        cells[one, other].append(ids)
        if turned and one != other:
            cells[other, one].append(ids)
    return tuple(
        Cell(one, other, len(found), tuple(sorted({id_ for ids in found for id_ in ids})))
        for (one, other), found in sorted(cells.items())
    )


def _cells(comparisons: Iterable[Comparison]) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    for comparison in comparisons:
        paired = {passage.id for two in comparison.same for passage in two}
        yield from ((a.tag_id, b.tag_id, (a.id, b.id)) for a, b in comparison.same)
        yield from ((a.tag_id, NOT_MARKED, (a.id,)) for a in comparison.mine if a.id not in paired)
        yield from ((NOT_MARKED, b.tag_id, (b.id,)) for b in comparison.theirs if b.id not in paired)


def _behind(figure: Figure, ids: Mapping[str, bool]) -> Figure:
    """Return a figure with the annotations behind it; ``ids``: by id, whether analysts differ there."""
    return replace(figure, ids=tuple(sorted(ids)), apart=tuple(sorted(id_ for id_, apart in ids.items() if apart)))
