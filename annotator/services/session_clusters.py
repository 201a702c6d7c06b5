"""The clusters of a review session: the passages of its authors on the texts that it pins, matched."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.domain.annotations import Annotation
from annotator.domain.articles import TextVersion
from annotator.domain.clusters import Cluster, clusters
from annotator.domain.codebook import Tag
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.domain.reviews import PERCENT, ReviewSession
from annotator.store.repository import Reader


def session_clusters(reader: Reader, session: ReviewSession, authors: Mapping[str, frozenset[str]]) -> list[Cluster]:
    """Return the clusters of texts of a session, by text and in reading order.

    ``authors``: text version id → the analysts whose work counts there: those who submitted.
    """
    ids = tuple(authors)
    texts = {id_: text.text for id_, text in reader.get_many(TextVersion, ids).items()}
    annotations = reader.all(Annotation, text_id=ids, session_id=None) if ids else []
    relations = reader.relations_at_articles({annotation.article_id for annotation in annotations})
    merged = {**reader.merged(Tag), **reader.merged(Person), **reader.merged(Point)}
    return clusters(
        {id_: texts[id_] for id_ in ids}, annotations, relations, authors, merged, session.overlap_percent / PERCENT
    )


def cluster_keys(
    reader: Reader, session: ReviewSession, authors: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[tuple[str, ...]]]:
    """Return the keys of the clusters of each text, by text version id."""
    found: dict[str, set[tuple[str, ...]]] = {id_: set() for id_ in authors}
    for cluster in session_clusters(reader, session, authors):
        found[cluster.text_id].add(cluster.key)
    return {id_: frozenset(keys) for id_, keys in found.items()}
