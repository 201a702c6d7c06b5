"""How the tests of blindness call each public method of each service of a project.

A method that is not here fails the test: whoever adds one says here how it is called, and it is compared like all.
"""

from __future__ import annotations

from tests.services.calls.articles import ARTICLES
from tests.services.calls.call import Call, Calls
from tests.services.calls.deciding import DECIDING
from tests.services.calls.passages import LINKS, PASSAGES
from tests.services.calls.projects import PROJECTS
from tests.services.calls.registers import REGISTERS
from tests.services.calls.sessions import PACKETS, SESSIONS

__all__ = ["CALLS", "NOT_COMPARED", "Call"]

CALLS: Calls = {
    **ARTICLES,
    **PASSAGES,
    **LINKS,
    **REGISTERS,
    **PROJECTS,
    **SESSIONS,
    **PACKETS,
    **DECIDING,
}
NOT_COMPARED = {
    "reviews.reveal",  # shows the hidden work: it is the lead's to do
    "matching.propose",  # the lead, who collects, matches the people of all authors before the reveal
    "care.backup_if_due",  # copies the file, and goes by when that was done last
    "care.told_backups",  # has sizes and times of files; of a hidden session's passages it tells no number (test_care)
}
