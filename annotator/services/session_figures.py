"""The agreement figures of a session at one moment, as they are frozen at the reveal and at the close."""

from __future__ import annotations

from annotator import log
from annotator.domain.frozen_figures import freeze, thaw
from annotator.domain.team_figures import TeamFigures, run, team_figures
from annotator.services.context import Context
from annotator.services.session_access import session_of
from annotator.services.session_work import read_work

_log = log.logger(__name__)


def frozen_figures(context: Context, session_id: str) -> str:
    """Return the figures of a session as JSON (:mod:`annotator.domain.frozen_figures`); shown to nobody before."""
    with context.read(whole=True) as reader:
        work = read_work(reader, session_of(reader, session_id))
    return freeze(run(team_figures(work.texts, work.relations, work.tags, work.merged, work.least)))


def kept_figures(kept: str) -> TeamFigures | None:
    """Return the figures that were kept with a session; None when there are none, or none that can be read.

    A session can come from a newer program or from a file that somebody has changed; the log says so.
    """
    if not kept:
        return None
    try:
        return thaw(kept)
    except ValueError as error:
        _log.warning("the figures that were kept with a session cannot be read: %s", log.kind_of(error))
        return None
