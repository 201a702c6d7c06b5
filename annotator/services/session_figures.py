"""The agreement figures of a session at one moment, as they are frozen at the reveal and at the close."""

from __future__ import annotations

from annotator.domain.frozen_figures import freeze
from annotator.domain.team_figures import run, team_figures
from annotator.services.context import Context
from annotator.services.session_access import session_of
from annotator.services.session_work import read_work


def frozen_figures(context: Context, session_id: str) -> str:
    """Return the figures of a session as JSON (:mod:`annotator.domain.frozen_figures`); shown to nobody before."""
    with context.read(whole=True) as reader:
        work = read_work(reader, session_of(reader, session_id))
    return freeze(run(team_figures(work.texts, work.relations, work.tags, work.merged, work.least)))
