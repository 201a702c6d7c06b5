"""How what is for after the reveal is asked for: deciding, figures, minutes, the work that comes back."""

from __future__ import annotations

from annotator.services.review_edits import Writing
from tests.services.calls.call import BEN, Calls
from tests.services.twins import Ids


def _key(ids: Ids) -> tuple[str, ...]:
    return (ids.hidden["version"],)


DECIDING: Calls = {
    "concordance.accept": [lambda p, i, folder: p.concordance.accept(i.session, [_key(i)])],
    "concordance.nothing": [lambda p, i, folder: p.concordance.nothing(i.session, [_key(i)], comment="Nothing.")],
    "concordance.take": [lambda p, i, folder: p.concordance.take(i.session, {_key(i): i.hidden_author})],
    "deciding.accept": [lambda p, i, folder: p.deciding.accept(i.session, _key(i))],
    "deciding.accept_unanimous": [
        lambda p, i, folder: p.deciding.accept_unanimous(i.session),
        lambda p, i, folder: p.deciding.accept_unanimous(i.session, i.held),
    ],
    "deciding.clusters": [
        lambda p, i, folder: p.deciding.clusters(i.session),
        lambda p, i, folder: p.deciding.clusters(i.session, i.held),
    ],
    "deciding.combine": [lambda p, i, folder: p.deciding.combine(i.session, _key(i), ["people"])],
    "deciding.confirm": [lambda p, i, folder: p.deciding.confirm(i.session, _key(i))],
    "deciding.drop": [lambda p, i, folder: p.deciding.drop(i.session, i.hidden["annotation"])],
    "deciding.edit": [lambda p, i, folder: p.deciding.edit(i.session, _key(i), Writing(note="x"))],
    "deciding.edit_other": [
        lambda p, i, folder: p.deciding.edit_other(i.session, i.hidden["annotation"], Writing(note="x"))
    ],
    "deciding.explain": [
        lambda p, i, folder: p.deciding.explain(i.session, i.hidden["annotation"], comment="Because.")
    ],
    "deciding.final": [
        lambda p, i, folder: p.deciding.final(i.session),
        lambda p, i, folder: p.deciding.final(i.session, i.held),
    ],
    "deciding.judge": [
        lambda p, i, folder: p.deciding.judge(i.session, i.hidden["annotation"], "accept"),
        lambda p, i, folder: p.deciding.judge(i.session, i.mine, "accept"),
    ],
    "deciding.keep": [lambda p, i, folder: p.deciding.keep(i.session, i.hidden["annotation"])],
    "deciding.new": [lambda p, i, folder: p.deciding.new(i.session, i.held, Writing(span=(0, 7), tag="Claim"))],
    "deciding.nothing": [lambda p, i, folder: p.deciding.nothing(i.session, _key(i), comment="Nothing.")],
    "deciding.park": [lambda p, i, folder: p.deciding.park(i.session, _key(i), "Later.")],
    "deciding.review": [
        lambda p, i, folder: p.deciding.review(i.session),
        lambda p, i, folder: p.deciding.review(i.session, i.held),
    ],
    "deciding.take": [lambda p, i, folder: p.deciding.take(i.session, _key(i), i.hidden_author)],
    "deciding.take_all": [lambda p, i, folder: p.deciding.take_all(i.session, i.hidden_author, i.tag)],
    "deciding.unpark": [lambda p, i, folder: p.deciding.unpark(i.session, _key(i))],
    "deciding.unvote": [lambda p, i, folder: p.deciding.unvote(i.session, _key(i))],
    "deciding.vote": [lambda p, i, folder: p.deciding.vote(i.session, _key(i), BEN, i.hidden_author)],
    "deciding.withdraw": [lambda p, i, folder: p.deciding.withdraw(i.session, _key(i))],
    "minutes.of": [lambda p, i, folder: p.minutes.of(i.session)],
    "minutes.render": [lambda p, i, folder: p.minutes.render(i.session)],
    "minutes.write": [lambda p, i, folder: p.minutes.write(folder / "minutes.html", i.session)],
    "returned_work.of": [
        lambda p, i, folder: p.returned_work.of(i.session),
        lambda p, i, folder: p.returned_work.of(i.session, BEN),
    ],
    "returned_work.render": [lambda p, i, folder: p.returned_work.render(i.session, BEN)],
    "returned_work.write": [lambda p, i, folder: p.returned_work.write(folder / "back.html", i.session, BEN)],
    "agreement.measure": [lambda p, i, folder: p.agreement.measure(i.session)],
    "agreement.passages": [lambda p, i, folder: p.agreement.passages([i.mine, i.hidden["annotation"]])],
    "agreement.steps": [lambda p, i, folder: list(p.agreement.steps(i.session))],
}
