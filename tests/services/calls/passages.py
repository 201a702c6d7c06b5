"""How passages, relations and comments are asked for and written."""

from __future__ import annotations

from annotator.domain.annotations import Role
from annotator.domain.passages import PassageFilter
from tests.services.calls.call import BEN, Calls

PASSAGES: Calls = {
    "annotations.add": [
        lambda p, i, folder: p.annotations.add(i.held, start=8, end=15, tag="Claim"),
        lambda p, i, folder: p.annotations.add(
            i.held, start=8, end=15, tag="Claim", people=[("Zelda Unheard", "speaker")]
        ),
    ],
    "annotations.add_person": [
        lambda p, i, folder: p.annotations.add_person(i.mine, "Ms Unheard", "about"),
        lambda p, i, folder: p.annotations.add_person(i.mine, i.hidden["person"], "about"),
    ],
    "annotations.add_point": [
        lambda p, i, folder: p.annotations.add_point(i.mine, "Nobody asked the owners."),
        lambda p, i, folder: p.annotations.add_point(i.mine, i.hidden["point"]),
    ],
    "annotations.delete": [
        lambda p, i, folder: p.annotations.delete(i.mine),
        lambda p, i, folder: p.annotations.delete(i.hidden["annotation"]),
    ],
    "annotations.edit": [
        lambda p, i, folder: p.annotations.edit(i.mine, note="mine"),
        lambda p, i, folder: p.annotations.edit(i.hidden["annotation"], note="mine"),
    ],
    "annotations.get": [
        lambda p, i, folder: p.annotations.get(i.mine),
        lambda p, i, folder: p.annotations.get(i.hidden["annotation"]),
        lambda p, i, folder: p.annotations.get(i.hidden["deleted"]),
    ],
    "annotations.get_many": [lambda p, i, folder: p.annotations.get_many([i.mine, i.hidden["annotation"]])],
    "annotations.labels": [lambda p, i, folder: p.annotations.labels(i.held)],
    "annotations.list": [
        lambda p, i, folder: p.annotations.list(),
        lambda p, i, folder: p.annotations.list(i.held),
        lambda p, i, folder: p.annotations.list(layer=BEN),
    ],
    "annotations.marks": [lambda p, i, folder: p.annotations.marks(i.held)],
    "annotations.move": [
        lambda p, i, folder: p.annotations.move(i.mine, 1, 7),
        lambda p, i, folder: p.annotations.move(i.hidden["annotation"], 1, 7),
    ],
    "annotations.remove_person": [lambda p, i, folder: p.annotations.remove_person(i.mine, i.person)],
    "annotations.remove_point": [lambda p, i, folder: p.annotations.remove_point(i.mine, i.point)],
    "annotations.set_people": [
        lambda p, i, folder: p.annotations.set_people(i.mine, [(i.hidden["person"], Role.SPEAKER)]),
        lambda p, i, folder: p.annotations.set_people(i.mine, []),
    ],
    "annotations.set_points": [lambda p, i, folder: p.annotations.set_points(i.mine, [i.hidden["point"]])],
    "passages.brief": [lambda p, i, folder: p.passages.brief()],
    "passages.named_but_unmarked": [
        lambda p, i, folder: p.passages.named_but_unmarked(i.person),
        lambda p, i, folder: p.passages.named_but_unmarked(i.hidden["person"]),
    ],
    "passages.query": [
        lambda p, i, folder: p.passages.query(),
        lambda p, i, folder: p.passages.query(PassageFilter(layer=BEN)),
        lambda p, i, folder: p.passages.query(PassageFilter(article_id=i.held)),
        lambda p, i, folder: p.passages.query(PassageFilter(text="hidden")),
    ],
    "passages.to_finish": [
        lambda p, i, folder: p.passages.to_finish(),
        lambda p, i, folder: p.passages.to_finish(BEN),
    ],
}

LINKS: Calls = {
    "relations.add": [
        lambda p, i, folder: p.relations.add(i.mine, i.free_passage, "repeats"),
        lambda p, i, folder: p.relations.add(i.mine, i.hidden["annotation"], "repeats"),
    ],
    "relations.delete": [
        lambda p, i, folder: p.relations.delete(i.relation),
        lambda p, i, folder: p.relations.delete(i.hidden["relation"]),
    ],
    "relations.edit": [
        lambda p, i, folder: p.relations.edit(i.relation, note="mine"),
        lambda p, i, folder: p.relations.edit(i.hidden["relation"], note="mine"),
    ],
    "relations.for_article": [
        lambda p, i, folder: p.relations.for_article(i.held),
        lambda p, i, folder: p.relations.for_article(i.free),
    ],
    "relations.get": [
        lambda p, i, folder: p.relations.get(i.relation),
        lambda p, i, folder: p.relations.get(i.hidden["relation"]),
        lambda p, i, folder: p.relations.get(i.hidden["across"]),
    ],
    "relations.list": [lambda p, i, folder: p.relations.list()],
    "relations.of": [
        lambda p, i, folder: p.relations.of(i.free_passage),
        lambda p, i, folder: p.relations.of(i.hidden["annotation"]),
    ],
    "relations.propose": [
        lambda p, i, folder: p.relations.propose(i.mine, i.other_mine),
        lambda p, i, folder: p.relations.propose(i.mine, i.hidden["annotation"]),
    ],
    "relations.reverse": [
        lambda p, i, folder: p.relations.reverse(i.relation),
        lambda p, i, folder: p.relations.reverse(i.hidden["relation"]),
    ],
    "comments.add": [
        lambda p, i, folder: p.comments.add(i.held, "mine"),
        lambda p, i, folder: p.comments.add(i.held, "mine", annotation_id=i.hidden["annotation"]),
        lambda p, i, folder: p.comments.add(i.held, "mine", parent_id=i.hidden["comment"]),
    ],
    "comments.delete": [
        lambda p, i, folder: p.comments.delete(i.comment),
        lambda p, i, folder: p.comments.delete(i.hidden["comment"]),
    ],
    "comments.edit": [
        lambda p, i, folder: p.comments.edit(i.comment, "mine"),
        lambda p, i, folder: p.comments.edit(i.hidden["comment"], "mine"),
    ],
    "comments.list": [
        lambda p, i, folder: p.comments.list(),
        lambda p, i, folder: p.comments.list(article_id=i.held),
        lambda p, i, folder: p.comments.list(annotation_id=i.hidden["annotation"]),
    ],
    "comments.resolve": [
        lambda p, i, folder: p.comments.resolve(i.comment),
        lambda p, i, folder: p.comments.resolve(i.hidden["comment"]),
    ],
}
