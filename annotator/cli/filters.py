"""Narrow passages down from the shell, by what the list of passages in the window is filtered by."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from annotator.domain.annotations import Role
from annotator.domain.codebook import TagKind
from annotator.domain.dates import is_partial_date
from annotator.domain.errors import NotFoundError, UsageError
from annotator.domain.folding import fold
from annotator.domain.passages import PassageFilter

if TYPE_CHECKING:
    from annotator.services.project import Project


def add_filters(group: argparse._ArgumentGroup) -> None:
    """Add the options that narrow passages down to a group of arguments."""
    group.add_argument("--person", metavar="NAME", help="with this person: name, alias or id")
    group.add_argument("--role", action="append", choices=[str(role) for role in Role], help="in this role; repeatable")
    group.add_argument("--with-members", action="store_true", help="count spokesmen and members as the organisation")
    group.add_argument("--tag", metavar="TAG", help="with this tag or one under it: name, id, or a kind such as denial")
    group.add_argument("--from", dest="date_from", metavar="DATE", type=_partial_date, help="in articles since then")
    group.add_argument("--to", dest="date_to", metavar="DATE", type=_partial_date, help="in articles until then")
    group.add_argument("--text", metavar="WORDS", help="with these words in the quote or the note")


def add_session(parser: argparse.ArgumentParser | argparse._ArgumentGroup, of: str) -> None:
    """Add the option that names a review session; ``of``: what is wanted of it."""
    parser.add_argument("--session", metavar="S", help=f"{of} this review session: id or name; default: the only one")


def _partial_date(word: str) -> str:
    if not is_partial_date(word):
        raise argparse.ArgumentTypeError(f"“{word}” is no date; write 2024, 2024-10 or 2024-10-24")
    return word


def used_filters(options: argparse.Namespace) -> bool:
    """Tell whether any option of :func:`add_filters` was given."""
    return any((options.person, options.role, options.tag, options.date_from, options.date_to, options.text))


def passage_filter(
    project: Project,
    options: argparse.Namespace,
    *,
    article: str | None,
    layer: str | None,
    final: bool = False,
    to_finish: bool = False,
) -> PassageFilter:
    """Return what the options of :func:`add_filters` narrow the passages down to.

    Args:
        project: where the names are looked up.
        options: what was typed.
        article: an article's id or title.
        layer: an analyst's id, name or initials.
        final: the final version of the review session that the options name, in place of the layers.
        to_finish: only passages where something is still to finish.

    Raises:
        NotFoundError: a name that nothing has.
        UsageError: a name that several have.
    """
    kind = TagKind(options.tag.lower()) if options.tag and options.tag.lower() in [*TagKind] else None
    tag = options.tag if kind is None else None
    return PassageFilter(
        person_id=options.person and project.people.find(options.person).id,
        roles=frozenset(map(Role, options.role or ())),
        with_members=options.with_members,
        tag_id=tag and project.codebook.find(tag).id,
        kind=kind,
        article_id=article and article_id(project, article),
        date_from=options.date_from or "",
        date_to=options.date_to or "",
        layer=layer and project.analysts.find(layer).id,
        final=final,
        session=options.session,
        text=options.text or "",
        to_finish=to_finish,
    )


def article_id(project: Project, word: str) -> str:
    """Return the id of the article that ``word`` names, by id or title.

    Raises:
        NotFoundError: no article has that id or title.
        UsageError: several have that title.
    """
    articles = project.articles.list()
    titled = [article.id for article in articles if fold(article.title) == fold(word)]
    if word in {article.id for article in articles}:
        return word
    if not titled:
        raise NotFoundError(f"There is no article “{word}” in this project.", "`annotator list PROJECT` shows them.")
    if len(titled) > 1:
        raise UsageError(f"{len(titled)} articles have the title “{word}”.", f"Give an id: {', '.join(titled)}.")
    return titled[0]
