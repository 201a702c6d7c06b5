"""How a project as a whole is asked for: its history, search, figures, export, care."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from annotator.domain.passages import PassageFilter
from annotator.formats.export_formats import SHEETS, names
from tests.services.calls.call import BEN, Calls, written

PROJECTS: Calls = {
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
        lambda p, i, folder: written(lambda path: p.exchange.write(path, with_journal=True), folder, "out.json")
    ],
    "verify.run": [lambda p, i, folder: p.verify.run()],
    "quote_sheet.render": [
        *(lambda p, i, folder, name=name: p.quote_sheet.render(name) for name in names(SHEETS)),
        lambda p, i, folder: p.quote_sheet.render("csv", PassageFilter(layer=BEN)),
    ],
    "quote_sheet.sheet": [lambda p, i, folder: p.quote_sheet.sheet()],
    "quote_sheet.write": [
        lambda p, i, folder: written(p.quote_sheet.write, folder, "out.csv"),
    ],
    "care.backup": [lambda p, i, folder: p.care.backup(folder / f"backup of {Path(p.location).name}")],
    "care.backup_before": [lambda p, i, folder: p.care.backup_before("test") is None],
    "care.backups": [lambda p, i, folder: p.care.backups()],
    "care.check": [lambda p, i, folder: p.care.check()],
    "care.move": [lambda p, i, folder: p.care.move(folder / f"now {Path(p.location).name}").parent],
    "care.restore": [lambda p, i, folder: p.care.restore(p.care.backup(folder / "to restore.annotator")) is None],
    "care.repair": [lambda p, i, folder: replace(p.care.repair(), kept=None)],
}
