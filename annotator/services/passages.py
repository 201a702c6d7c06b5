"""Passages of the whole project: filtered, grouped by repeats, with what is still to finish about each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article, TextVersion
from annotator.domain.blocks import paragraph_at
from annotator.domain.errors import NotFoundError
from annotator.domain.folding import fold
from annotator.domain.freeing import free_in_pieces
from annotator.domain.link_order import LinkPlace, last_place, link_place
from annotator.domain.passages import (
    RECOGNISED_BY,
    Answer,
    BriefPassage,
    Named,
    PassageFilter,
    PassageRow,
    repeat_groups,
    unfinished,
)
from annotator.domain.people import Person
from annotator.domain.places import Places
from annotator.domain.progress import Progress, each_told, silent
from annotator.domain.relations import Relation
from annotator.domain.sentences import sentence_at
from annotator.services.analysts import layer_of
from annotator.services.context import Context, live
from annotator.services.merges import Merges
from annotator.services.passage_filtering import fits
from annotator.services.passage_register import Register, register_of
from annotator.services.session_work import find_session
from annotator.services.texts import Texts
from annotator.store.repository import Reader
from annotator.suggest.people import mentions


class Passages:
    """Lists passages across articles. Reads only."""

    def __init__(self, context: Context, texts: Texts | None = None) -> None:
        """``texts``: the texts that the project keeps in memory; an own collection when None."""
        self._context = context
        self._texts = texts or Texts()

    def query(self, wanted: PassageFilter | None = None, *, progress: Progress = silent) -> list[PassageRow]:
        """Return the passages that fit ``wanted`` by article date, article, and place in the text.

        Live annotations of the layers as they are shown: links to merged entries resolved, on the current text where
        their place in it is certain. ``progress`` is told between the steps and of the rows; it may raise to stop.
        """
        wanted = wanted or PassageFilter()
        progress(0, 0)
        with self._context.read() as reader:
            register = register_of(reader, wanted.article_id)
            annotations = self._candidates(reader, register, wanted)
            progress(0, 0)
            kept = [a for a in annotations if fits(a, wanted, register)]
            relations = _relations_of(reader, kept, Merges.of(reader), _session_of(reader, wanted))
            far = reader.get_many(Annotation, _other_ends(kept, relations))
            unknown = {a.article_id for a in far.values()} - register.articles.keys()
            register.articles |= reader.get_many(Article, unknown) if unknown else {}
            texts = reader.get_many(TextVersion, {a.text_id for a in kept})
            conflicts = {id_ for type_, id_ in reader.conflicts() if type_ == Annotation.TYPE}
        kept.sort(key=lambda a: _place(register.article(a.article_id), a))
        known = far | {a.id: a for a in kept}
        groups = repeat_groups(kept, {r.id: r for found in relations.values() for r in found}.values())
        places = {text_id: self._texts.places(text) for text_id, text in texts.items()}
        rows = []
        for a in each_told(kept, len(kept), progress):
            place, in_conflict = places[a.text_id], a.id in conflicts
            row = _row(a, register, relations[a.id], known, place, groups[a.id], conflict=in_conflict)
            if row.unfinished or not wanted.to_finish:
                rows.append(row)
        free_in_pieces(far, known, annotations, kept, relations)
        return rows

    def brief(self) -> list[BriefPassage]:
        """Return every passage with no more than what it is recognised by, by article date, article and place.

        A small part of the time of :meth:`query`: nothing is placed on another text, and no relation is read.
        """
        with self._context.read() as reader:
            register = register_of(reader, None)
            rows = reader.quotes(RECOGNISED_BY)
        speakers: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for id_, _, _, _, person_id in rows:
            if person_id is not None:
                speakers[id_][register.standing(person_id)] = register.person_name(person_id)
        found = {}
        for id_, article_id, tag_id, quote, _ in rows:
            article = register.articles.get(register.standing(article_id))
            tag = register.tags.get(register.standing(tag_id))
            if article is not None and tag is not None:
                said = tuple(speakers[id_].values())
                found[id_] = BriefPassage(annotation_id=id_, article=article, tag=tag, quote=quote, speakers=said)
        return sorted(found.values(), key=lambda brief: (brief.article.published_at, brief.article.id))

    def to_finish(self, layer: str | None = None) -> list[PassageRow]:
        """Return the passages without a speaker, denials without a relation or point, unsure ones and conflicts."""
        return self.query(PassageFilter(layer=layer, to_finish=True))

    def named_but_unmarked(
        self, person_id: str, *, article_id: str | None = None, layer: str | None = None
    ) -> list[Named]:
        """Return where the person is named, in current texts, in sentences that no passage of the person touches.

        ``layer``: count only one analyst's passages (as in a filter). Raises NotFoundError.
        """
        with self._context.read() as reader:
            register = register_of(reader, None)
            live(reader, Person, person_id, "person")
            standing = register.standing(person_id)
            articles = [a for a in register.articles.values() if article_id in (None, a.id) and a.merged_into is None]
            texts = reader.get_many(TextVersion, [a.current_text_id for a in articles if a.current_text_id])
            marked = self._candidates(reader, register, PassageFilter(article_id=article_id, layer=layer))
        covered: defaultdict[str, list[Annotation]] = defaultdict(list)
        for annotation in marked:
            if any(register.standing(entry.person_id) == standing for entry in annotation.people):
                covered[annotation.text_id].append(annotation)
        free_in_pieces(marked)
        people = list(register.people.values())
        words = register.words_of(standing)
        found: list[Named] = []
        for article in sorted(articles, key=lambda a: (a.published_at, a.id)):
            text = texts[article.current_text_id or ""]
            folded = fold(text.text)
            if not any(word in folded for word in words):
                continue  # far quicker than to look for everybody's names
            places = self._texts.places(text)
            found.extend(_named(article, text, places, people, register, standing, covered[text.id]))
        return found

    def _candidates(self, reader: Reader, register: Register, wanted: PassageFilter) -> list[Annotation]:
        """Return the passages that the database can tell fit: by layer or final version, article and analyst."""
        where: dict[str, Any] = {"session_id": _session_of(reader, wanted)}
        if wanted.article_id is not None:
            standing = register.standing(wanted.article_id)
            where["article_id"] = tuple(id_ for id_ in register.articles if register.standing(id_) == standing)
        mine = self._context.analyst(reader) if wanted.layer == "mine" else None
        analyst_id = layer_of(reader, wanted.layer, mine)
        if analyst_id is not None and wanted.article_id is None:
            where["analyst_id"] = analyst_id
        found = reader.all(Annotation, **where)
        if analyst_id is not None and wanted.article_id is not None:  # the database might go through the whole layer
            found = [annotation for annotation in found if annotation.analyst_id == analyst_id]
        return self._texts.shown_anywhere(reader, found, Merges.of(reader))


def _session_of(reader: Reader, wanted: PassageFilter) -> str | None:
    """Return the session whose final version is wanted, None when it is the layers; raises NotFoundError."""
    if not wanted.final:
        return None
    session = find_session(reader, wanted.session)
    if session is None:
        raise NotFoundError("There is no review session in this project, and so no final version.")
    return session.id


def _relations_of(
    reader: Reader, annotations: list[Annotation], merges: Merges, session_id: str | None = None
) -> dict[str, list[Relation]]:
    """Return the live relations at each of ``annotations``, by annotation id: of the layers, or of a final version."""
    found: dict[str, list[Relation]] = {annotation.id: [] for annotation in annotations}
    articles = {id_ for article_id in {a.article_id for a in annotations} for id_ in merges.article_group(article_id)}
    final = session_id is not None
    for relation in reader.all(Relation, session_id=session_id) if final else reader.relations_at_articles(articles):
        for end in {relation.source_id, relation.target_id} & found.keys():
            found[end].append(relation)
    return found


def _other_ends(annotations: list[Annotation], relations: dict[str, list[Relation]]) -> set[str]:
    here = {a.id for a in annotations}
    ends = {end for found in relations.values() for r in found for end in (r.source_id, r.target_id)}
    return ends - here


def _other_end(annotation: Annotation, relation: Relation) -> str:
    return relation.target_id if relation.source_id == annotation.id else relation.source_id


def _place(article: Article, annotation: Annotation) -> tuple[str, str, int, int, str]:
    return article.published_at, article.id, annotation.start, -annotation.end, annotation.id


def _row(
    annotation: Annotation,
    register: Register,
    relations: list[Relation],
    known: dict[str, Annotation],
    places: Places,
    group: str,
    *,
    conflict: bool,
) -> PassageRow:
    tag = register.tags[register.standing(annotation.tag_id)]
    block, repeated = places.block(annotation.start)
    analyst = register.analysts.get(annotation.analyst_id)
    people = ((e.role, register.standing(e.person_id), register.person_name(e.person_id)) for e in annotation.people)
    outgoing = [r for r in relations if r.source_id == annotation.id]
    return PassageRow(
        annotation=annotation,
        article=register.article(annotation.article_id),
        tag=tag,
        analyst=analyst.name if analyst else "",
        block=block,
        paragraph=places.paragraph(annotation.start),
        repeats=repeated,
        people=tuple(people),
        answers=tuple(_answers(annotation, relations, known, register)),
        unfinished=unfinished(annotation, tag.kind, outgoing, conflict=conflict),
        group=group,
    )


def _answers(
    annotation: Annotation, relations: list[Relation], known: dict[str, Annotation], register: Register
) -> Iterable[Answer]:
    def place(relation: Relation) -> LinkPlace:
        other = known.get(_other_end(annotation, relation))
        article = None if other is None else register.articles.get(register.standing(other.article_id))
        if other is None or article is None:
            return last_place(relation, annotation.id)
        elsewhere = None if article.id == register.standing(annotation.article_id) else article
        return link_place(relation, annotation.id, start=other.start, end=other.end, elsewhere=elsewhere)

    for relation in sorted(relations, key=place):
        outgoing = relation.source_id == annotation.id
        other = known.get(_other_end(annotation, relation))
        if other is not None and not other.deleted:
            yield Answer(
                relation.id, relation.kind, outgoing, other.id, other.article_id, other.quote, register.speakers(other)
            )


def _named(
    article: Article,
    text: TextVersion,
    places: Places,
    people: list[Person],
    register: Register,
    standing: str,
    covered: list[Annotation],
) -> Iterable[Named]:
    for mention in mentions(text.text, people, article_date=article.published_at):
        if register.standing(mention.person_id) != standing:
            continue
        sentence = sentence_at(text.text, mention.start)
        if not any(a.start < sentence.end and sentence.start < a.end for a in covered):
            around = paragraph_at(text.text, mention.start)
            paragraph = places.paragraph(mention.start)
            yield Named(article, text.id, mention.start, mention.end, paragraph, text.text[around.start : around.end])
