"""How articles and what is on the screen of one are asked for."""

from __future__ import annotations

from annotator.formats.draft import ArticleDraft
from tests.services.calls.call import BEN, Calls

ARTICLES: Calls = {
    "articles.add": [lambda p, i, folder: p.articles.add(ArticleDraft("A third text about a ferry."), title="Third")],
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
        lambda p, i, folder: (p.articles.correct_text(i.held, "Other words."), p.articles.on_older_texts(i.held))[1],
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
