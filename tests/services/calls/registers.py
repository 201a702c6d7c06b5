"""How people, points, tags and analysts are asked for and written."""

from __future__ import annotations

from tests.services.calls.call import BEN, Calls

REGISTERS: Calls = {
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
