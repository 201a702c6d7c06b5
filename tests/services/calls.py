"""How the tests of blindness call each public method of each service of a project.

A method that is not here fails the test: whoever adds one says here how it is called, and it is compared like all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from annotator.domain.annotations import Role
from annotator.domain.passages import PassageFilter
from annotator.formats.draft import ArticleDraft
from annotator.services.project import Project
from annotator.services.review_edits import Writing
from annotator.services.session_overview import SessionOverview
from tests.services.review_calls import review_calls
from tests.services.twins import Ids

Call = Callable[[Project, Ids, Path], object]

BEN = "Ben Cole"
NOT_COMPARED = {
    "reviews.reveal",  # shows the hidden work: it is the lead's to do
    "matching.propose",  # the lead, who collects, matches the people of all authors before the reveal
    "care.backup_if_due",  # copies the file, and goes by when that was done last
    "care.told_backups",  # has sizes and times of files; of a hidden session's passages it tells no number (test_care)
}


def _written(write: Callable[[Path], object], folder: Path, name: str) -> object:
    """Return what a method that writes a file returned, and the file."""
    path = folder / name
    return write(path), path.read_bytes()


def _but_for_times(overview: SessionOverview) -> SessionOverview:
    """Return an overview without the times at which work was submitted: a lead may know them."""
    articles = (replace(one, authors=tuple(replace(w, at="") for w in one.authors)) for one in overview.articles)
    return replace(overview, articles=tuple(articles))


def _article_calls() -> dict[str, Sequence[Call]]:
    return {
        "articles.add": [
            lambda p, i, folder: p.articles.add(ArticleDraft("A third text about a ferry."), title="Third")
        ],
        "articles.add_text": [lambda p, i, folder: p.articles.add_text("A third text.", title="Third")],
        "articles.adopt_places": [lambda p, i, folder: p.articles.adopt_places(i.held)],
        "articles.correct_text": [lambda p, i, folder: p.articles.correct_text(i.held, "Another text altogether.")],
        "articles.delete": [lambda p, i, folder: p.articles.delete(i.free)],
        "articles.edit": [lambda p, i, folder: p.articles.edit(i.held, title="Changed")],
        "articles.get": [lambda p, i, folder: p.articles.get(i.held)],
        "articles.list": [lambda p, i, folder: p.articles.list()],
        "articles.merge": [lambda p, i, folder: p.articles.merge(i.free, i.held)],
        "articles.on_older_texts": [
            lambda p, i, folder: p.articles.on_older_texts(i.held),
            lambda p, i, folder: (p.articles.correct_text(i.held, "Other words."), p.articles.on_older_texts(i.held))[
                1
            ],
        ],
        "articles.place": [
            lambda p, i, folder: p.articles.place(i.mine, 1, 7),
            lambda p, i, folder: p.articles.place(i.hidden["annotation"], 1, 7),
        ],
        "articles.set_blocks": [lambda p, i, folder: p.articles.set_blocks(i.text, ())],
        "articles.summaries": [lambda p, i, folder: p.articles.summaries()],
        "articles.text": [lambda p, i, folder: p.articles.text(i.held)],
        "articles.text_version": [lambda p, i, folder: p.articles.text_version(i.text)],
        "articles.text_versions": [lambda p, i, folder: p.articles.text_versions(i.held)],
        "articles.to_place": [
            lambda p, i, folder: (p.articles.correct_text(i.held, "Other words."), p.articles.to_place(i.held))[1],
            lambda p, i, folder: p.articles.to_place(i.held, layer=BEN),
        ],
        "on_screen.article": [
            lambda p, i, folder: p.on_screen.article(i.held),
            lambda p, i, folder: p.on_screen.article(i.free),
        ],
    }


def _passage_calls() -> dict[str, Sequence[Call]]:
    return {
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


def _register_calls() -> dict[str, Sequence[Call]]:
    return {
        "people.add": [
            lambda p, i, folder: p.people.add("Zelda Unheard"),
            lambda p, i, folder: p.people.add("New", affiliation="Zelda Unheard"),
        ],
        "people.delete": [
            lambda p, i, folder: p.people.delete(i.spare_person),
            lambda p, i, folder: p.people.delete(i.hidden["person"]),
        ],
        "people.edit": [
            lambda p, i, folder: p.people.edit(i.person, name="Zelda Unheard"),
            lambda p, i, folder: p.people.edit(i.hidden["person"], note="mine"),
        ],
        "people.find": [
            lambda p, i, folder: p.people.find("Zelda Unheard"),
            lambda p, i, folder: p.people.find("Ms Unheard"),
        ],
        "people.get": [
            lambda p, i, folder: p.people.get(i.person),
            lambda p, i, folder: p.people.get(i.hidden["person"]),
        ],
        "people.list": [lambda p, i, folder: p.people.list(), lambda p, i, folder: p.people.list(merged=True)],
        "people.match": [
            lambda p, i, folder: p.people.match("Zelda"),
            lambda p, i, folder: p.people.match(""),
            lambda p, i, folder: p.people.match("", article=i.held),
        ],
        "people.merge": [
            lambda p, i, folder: p.people.merge(i.spare_person, i.person),
            lambda p, i, folder: p.people.merge(i.spare_person, i.hidden["person"]),
        ],
        "people.resolve": [lambda p, i, folder: p.people.resolve(i.hidden["person"])],
        "people.separate": [
            lambda p, i, folder: p.people.separate(i.person),
            lambda p, i, folder: p.people.separate(i.hidden["person"]),
        ],
        "people.usage": [lambda p, i, folder: p.people.usage()],
        "points.add": [lambda p, i, folder: p.points.add("Nobody asked the owners.")],
        "points.delete": [lambda p, i, folder: p.points.delete(i.hidden["point"])],
        "points.edit": [
            lambda p, i, folder: p.points.edit(i.point, text="Nobody asked the owners."),
            lambda p, i, folder: p.points.edit(i.hidden["point"], text="mine"),
        ],
        "points.get": [
            lambda p, i, folder: p.points.get(i.point),
            lambda p, i, folder: p.points.get(i.hidden["point"]),
        ],
        "points.list": [lambda p, i, folder: p.points.list(), lambda p, i, folder: p.points.list(merged=True)],
        "points.match": [lambda p, i, folder: p.points.match("Nobody asked"), lambda p, i, folder: p.points.match("")],
        "points.merge": [lambda p, i, folder: p.points.merge(i.point, i.hidden["point"])],
        "points.resolve": [lambda p, i, folder: p.points.resolve(i.hidden["point"])],
        "points.usage": [lambda p, i, folder: p.points.usage()],
        "codebook.add": [lambda p, i, folder: p.codebook.add("Whisper")],
        "codebook.by_key": [lambda p, i, folder: p.codebook.by_key("C")],
        "codebook.delete": [lambda p, i, folder: p.codebook.delete(p.codebook.add("Whisper").id)],
        "codebook.edit": [lambda p, i, folder: p.codebook.edit(i.tag, name="Hearsay")],
        "codebook.find": [lambda p, i, folder: p.codebook.find("Rumour")],
        "codebook.get": [lambda p, i, folder: p.codebook.get(i.tag)],
        "codebook.merge": [lambda p, i, folder: p.codebook.merge(i.tag, p.codebook.find("Claim").id)],
        "codebook.move": [lambda p, i, folder: p.codebook.move(i.tag, parent_id=None, index=0)],
        "codebook.resolve": [lambda p, i, folder: p.codebook.resolve(i.tag)],
        "codebook.restore": [lambda p, i, folder: p.codebook.restore(i.tag)],
        "codebook.retire": [lambda p, i, folder: p.codebook.retire(i.tag)],
        "codebook.tags": [lambda p, i, folder: p.codebook.tags()],
        "codebook.usage": [lambda p, i, folder: p.codebook.usage()],
        "analysts.add": [lambda p, i, folder: p.analysts.add("Dan Ives")],
        "analysts.edit": [lambda p, i, folder: p.analysts.edit(i.hidden_author, colour="#112233")],
        "analysts.find": [lambda p, i, folder: p.analysts.find(BEN)],
        "analysts.get": [lambda p, i, folder: p.analysts.get(i.hidden_author)],
        "analysts.list": [lambda p, i, folder: p.analysts.list()],
    }


def _project_calls() -> dict[str, Sequence[Call]]:
    return {
        "history.change_set": [
            lambda p, i, folder: p.history.change_set(i.change),
            lambda p, i, folder: p.history.change_set(i.hidden["change"]),
        ],
        "history.of": [
            lambda p, i, folder: p.history.of("annotation", i.mine),
            *(
                lambda p, i, folder, kind=kind: p.history.of(kind, i.hidden[kind])
                for kind in ("annotation", "relation", "comment", "person", "point")
            ),
            lambda p, i, folder: p.history.of("annotation", i.hidden["deleted"]),
        ],
        "history.recent": [lambda p, i, folder: p.history.recent(), lambda p, i, folder: p.history.recent(1_000)],
        "history.redo": [lambda p, i, folder: (p.history.undo(), p.history.redo())[1]],
        "history.redo_label": [lambda p, i, folder: p.history.redo_label()],
        "history.undo": [lambda p, i, folder: p.history.undo()],
        "history.undo_label": [lambda p, i, folder: p.history.undo_label()],
        "conflicts.decide": [
            lambda p, i, folder: p.conflicts.decide("annotation", i.hidden["annotation"], i.hidden["version"])
        ],
        "conflicts.list": [lambda p, i, folder: p.conflicts.list()],
        "loose_ends.list": [lambda p, i, folder: p.loose_ends.list()],
        "search.find": [
            *(
                lambda p, i, folder, words=words: p.search.find(words)
                for words in ("hidden", "Zelda", "Unheard", "Nobody asked", "Otto", "Council")
            ),
        ],
        "stats.summary": [
            lambda p, i, folder: p.stats.summary(),
            lambda p, i, folder: p.stats.summary(layer=BEN),
            lambda p, i, folder: p.stats.summary(article_id=i.held),
        ],
        "exchange.export": [
            lambda p, i, folder: p.exchange.export(),
            lambda p, i, folder: p.exchange.export(with_journal=True),
            lambda p, i, folder: p.exchange.export(analyst=BEN),
            lambda p, i, folder: p.exchange.export(articles=[i.held]),
            lambda p, i, folder: p.exchange.export(profile="client"),
            lambda p, i, folder: p.exchange.export(no_text=True),
            lambda p, i, folder: p.exchange.export(state="unreviewed"),
        ],
        "exchange.merge": [
            lambda p, i, folder: p.exchange.merge(p.exchange.export()),
            lambda p, i, folder: p.exchange.merge({"people": [{"name": "Zelda Unheard"}]}),
        ],
        "exchange.preview": [
            lambda p, i, folder: p.exchange.preview(p.exchange.export(with_journal=True)),
            lambda p, i, folder: p.exchange.preview({"people": [{"name": "Zelda Unheard"}]}),
        ],
        "exchange.write": [
            lambda p, i, folder: _written(lambda path: p.exchange.write(path, with_journal=True), folder, "out.json")
        ],
        "verify.run": [lambda p, i, folder: p.verify.run()],
        "quote_sheet.render": [
            lambda p, i, folder: p.quote_sheet.render("html"),
            lambda p, i, folder: p.quote_sheet.render("csv"),
            lambda p, i, folder: p.quote_sheet.render("csv", PassageFilter(layer=BEN)),
        ],
        "quote_sheet.sheet": [lambda p, i, folder: p.quote_sheet.sheet()],
        "quote_sheet.write": [
            lambda p, i, folder: _written(p.quote_sheet.write, folder, "out.csv"),
        ],
        "care.backup": [lambda p, i, folder: p.care.backup(folder / f"backup of {Path(p.location).name}")],
        "care.backup_before": [lambda p, i, folder: p.care.backup_before("test") is None],
        "care.backups": [lambda p, i, folder: p.care.backups()],
        "care.check": [lambda p, i, folder: p.care.check()],
        "care.move": [lambda p, i, folder: p.care.move(folder / f"now {Path(p.location).name}").parent],
        "care.restore": [lambda p, i, folder: p.care.restore(p.care.backup(folder / "to restore.annotator")) is None],
        "care.repair": [lambda p, i, folder: replace(p.care.repair(), kept=None)],
    }


def _session_calls() -> dict[str, Sequence[Call]]:
    return {
        "reviews.add_article": [lambda p, i, folder: p.reviews.add_article(i.session, i.free)],
        "reviews.add_articles": [lambda p, i, folder: p.reviews.add_articles(i.session, [i.held, i.free])],
        "reviews.add_member": [lambda p, i, folder: p.reviews.add_member(i.session, "Rae Voss", "author")],
        "reviews.close": [lambda p, i, folder: p.reviews.close(i.session, "Ann Bell", unfinished=True)],
        "reviews.create": [lambda p, i, folder: p.reviews.create("Second round", articles=[i.held])],
        "reviews.delete": [lambda p, i, folder: p.reviews.delete(i.session)],
        "reviews.edit": [lambda p, i, folder: p.reviews.edit(i.session, name="Changed")],
        "reviews.find": [lambda p, i, folder: p.reviews.find(), lambda p, i, folder: p.reviews.find(i.session)],
        "reviews.get": [lambda p, i, folder: p.reviews.get(i.session)],
        "reviews.list": [lambda p, i, folder: p.reviews.list()],
        "reviews.members": [lambda p, i, folder: p.reviews.members(i.session)],
        "reviews.open": [lambda p, i, folder: p.reviews.open(i.session)],
        "reviews.overview": [lambda p, i, folder: _but_for_times(p.reviews.overview(i.session))],
        "reviews.remove_article": [lambda p, i, folder: p.reviews.remove_article(i.session, i.held)],
        "reviews.remove_member": [lambda p, i, folder: p.reviews.remove_member(i.session, "Rae Voss")],
        "reviews.reopen": [lambda p, i, folder: p.reviews.reopen(i.session, "Again.")],
        "reviews.unfinished": [lambda p, i, folder: p.reviews.unfinished(i.session)],
        "submissions.count": [lambda p, i, folder: p.submissions.count(i.session, i.held)],
        "submissions.get": [lambda p, i, folder: p.submissions.get(i.session, i.held)],
        "submissions.send_back": [
            lambda p, i, folder: p.submissions.send_back(i.session, i.held, i.hidden_author, "Again.").state
        ],
        "submissions.submit": [lambda p, i, folder: p.submissions.submit(i.session, i.held)],
        "submissions.to_finish": [lambda p, i, folder: p.submissions.to_finish(i.session, i.held)],
        "submissions.withdraw": [lambda p, i, folder: p.submissions.withdraw(i.session, i.held)],
    }


def _deciding_calls() -> dict[str, Sequence[Call]]:
    """Return calls of what is done in a review: all of it waits for the reveal."""

    def key(i: Ids) -> tuple[str, ...]:
        return (i.hidden["version"],)

    writing = Writing(span=(0, 7))
    return {
        "deciding.accept": [lambda p, i, folder: p.deciding.accept(i.session, key(i))],
        "deciding.accept_unanimous": [lambda p, i, folder: p.deciding.accept_unanimous(i.session)],
        "deciding.clusters": [lambda p, i, folder: p.deciding.clusters(i.session)],
        "deciding.combine": [lambda p, i, folder: p.deciding.combine(i.session, key(i), ["people"])],
        "deciding.confirm": [lambda p, i, folder: p.deciding.confirm(i.session, key(i))],
        "deciding.drop": [lambda p, i, folder: p.deciding.drop(i.session, i.hidden["annotation"])],
        "deciding.edit": [lambda p, i, folder: p.deciding.edit(i.session, key(i), writing)],
        "deciding.edit_other": [lambda p, i, folder: p.deciding.edit_other(i.session, i.hidden["annotation"], writing)],
        "deciding.explain": [lambda p, i, folder: p.deciding.explain(i.session, i.hidden["annotation"], comment="why")],
        "deciding.final": [lambda p, i, folder: p.deciding.final(i.session)],
        "deciding.judge": [
            lambda p, i, folder: p.deciding.judge(i.session, i.hidden["annotation"], "accept"),
            lambda p, i, folder: p.deciding.judge(i.session, i.mine, "accept"),
        ],
        "deciding.keep": [lambda p, i, folder: p.deciding.keep(i.session, i.hidden["annotation"])],
        "deciding.new": [lambda p, i, folder: p.deciding.new(i.session, i.held, writing)],
        "deciding.nothing": [lambda p, i, folder: p.deciding.nothing(i.session, key(i))],
        "deciding.park": [lambda p, i, folder: p.deciding.park(i.session, key(i))],
        "deciding.review": [lambda p, i, folder: p.deciding.review(i.session)],
        "deciding.take": [lambda p, i, folder: p.deciding.take(i.session, key(i), i.hidden_author)],
        "deciding.take_all": [lambda p, i, folder: p.deciding.take_all(i.session, i.hidden_author, i.tag)],
        "deciding.unpark": [lambda p, i, folder: p.deciding.unpark(i.session, key(i))],
        "deciding.unvote": [lambda p, i, folder: p.deciding.unvote(i.session, key(i))],
        "deciding.vote": [lambda p, i, folder: p.deciding.vote(i.session, key(i), i.viewer, i.hidden_author)],
        "deciding.withdraw": [lambda p, i, folder: p.deciding.withdraw(i.session, key(i))],
        "agreement.measure": [lambda p, i, folder: p.agreement.measure(i.session)],
        "agreement.passages": [lambda p, i, folder: p.agreement.passages([i.mine, i.hidden["annotation"]])],
        "agreement.steps": [lambda p, i, folder: list(p.agreement.steps(i.session))],
        "matching.accept": [lambda p, i, folder: p.matching.accept([(i.spare_person, i.person)])],
        "packets.preview": [lambda p, i, folder: p.packets.preview(_packet(p, i, folder))],
        "packets.take_in": [lambda p, i, folder: p.packets.take_in(_packet(p, i, folder))],
        "packets.usual_name": [lambda p, i, folder: p.packets.usual_name(i.session, "Cy Dahl")],
        "packets.write": [
            *(
                lambda p, i, folder, to=to: _written(
                    lambda path: p.packets.write(path, i.session, receiver=to).counts, folder, "out.packet"
                )
                for to in ("Cy Dahl", "Rae Voss", "Ann Bell")
            ),
        ],
    }


def _packet(project: Project, ids: Ids, folder: Path) -> Path:
    path = folder / "own.packet"
    project.packets.write(path, ids.session, receiver="Cy Dahl")
    return path


CALLS: dict[str, Sequence[Call]] = {
    **_article_calls(),
    **_passage_calls(),
    **_register_calls(),
    **_project_calls(),
    **_session_calls(),
    **_deciding_calls(),
    **review_calls(),
}
