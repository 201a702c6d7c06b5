"""How review sessions are asked for, and what is said and sent in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from annotator.services.project import Project
from annotator.services.session_overview import SessionOverview
from tests.services.calls.call import Calls, written
from tests.services.twins import Ids


def _but_for_times(overview: SessionOverview) -> SessionOverview:
    """Return an overview without the times at which work was submitted: a lead may know them."""
    articles = (replace(one, authors=tuple(replace(w, at="") for w in one.authors)) for one in overview.articles)
    return replace(overview, articles=tuple(articles))


SESSIONS: Calls = {
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


def _packet(project: Project, ids: Ids, folder: Path) -> Path:
    path = folder / "own.packet"
    project.packets.write(path, ids.session, receiver="Cy Dahl")
    return path


PACKETS: Calls = {
    "matching.accept": [lambda p, i, folder: p.matching.accept([(i.spare_person, i.person)])],
    "packets.preview": [lambda p, i, folder: p.packets.preview(_packet(p, i, folder))],
    "packets.take_in": [lambda p, i, folder: p.packets.take_in(_packet(p, i, folder))],
    "packets.usual_name": [lambda p, i, folder: p.packets.usual_name(i.session, "Cy Dahl")],
    "packets.write": [
        *(
            lambda p, i, folder, to=to: written(
                lambda path: p.packets.write(path, i.session, receiver=to).counts, folder, "out.packet"
            )
            for to in ("Cy Dahl", "Rae Voss", "Ann Bell")
        ),
    ],
}
