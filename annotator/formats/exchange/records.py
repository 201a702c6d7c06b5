"""The version records that an own document carries on every entity, and its journal: checked key by key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from annotator.domain.ids import is_id
from annotator.domain.versions import Version
from annotator.formats.exchange.drafts import kind_of, shown
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.parsing import Unreadable
from annotator.formats.exchange.state import JournalEntry

_HASH = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


class RecordReader:
    """Reads version records and changes, noting what is missing or wrong in them."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._changes: set[str] = set()

    def record(self, type_: str, id_: str | None, raw: Mapping[str, Any], path: str) -> Version | None:
        """Return the version record of an object, still without a body, or None after noting what is wrong with it."""
        before = self._findings.count
        hash_ = self.text(raw, "version", path, _HASH)
        parents = self._hashes(raw, "parents", path)
        ancestors = self._hashes(raw, "ancestors", path)
        at = self.text(raw, "at", path, _TIME)
        by = raw.get("by")
        if "by" not in raw or not (by is None or is_id(by)):
            self._findings.problem(f"{path}.by", f"Expected an analyst's id or null, not {shown(by)}.")
        device = self.text(raw, "device", path, None)
        revision = raw.get("revision")
        if type(revision) is not int or revision < 1:
            self._findings.problem(f"{path}.revision", f"Expected a whole number from 1, not {shown(revision)}.")
        change_id = raw.get("change_id")
        if change_id is not None and not is_id(change_id):
            self._findings.problem(f"{path}.change_id", f"Expected an id or null, not {shown(change_id)}.")
        if self._findings.count > before or id_ is None or type(revision) is not int:
            return None
        told = tuple(sorted(set(ancestors) - set(parents)))
        return Version(hash_, type_, id_, revision, parents, None, at, by, device, change_id, told_ancestors=told)

    def text(self, raw: Mapping[str, Any], key: str, path: str, form: re.Pattern[str] | None = None) -> str:
        """Return the text under a key, empty after noting that it is none or not of the ``form``."""
        value = raw.get(key)
        if isinstance(value, str) and (form is None or form.fullmatch(value)):
            return value
        wanted = {_HASH: "a SHA-256 (64 hex digits)", _TIME: "a time in UTC"}.get(form, "a text") if form else "a text"
        if not isinstance(value, Unreadable):
            self._findings.problem(f"{path}.{key}", f"Expected {wanted}, not {shown(value)}.")
        return ""

    def _hashes(self, raw: Mapping[str, Any], key: str, path: str) -> tuple[str, ...]:
        value = raw.get(key)
        if not isinstance(value, list):
            self._findings.problem(f"{path}.{key}", f"Expected a list of hashes, not {kind_of(value)}.")
            return ()
        good = tuple(h for h in value if isinstance(h, str) and _HASH.fullmatch(h))
        if len(good) != len(value):
            self._findings.problem(f"{path}.{key}", "Expected SHA-256 hashes (64 hex digits) only.")
        return tuple(sorted(set(good)))

    def change(self, raw: Mapping[str, Any], path: str) -> JournalEntry | None:
        """Return one entry of the journal, or None after noting what is wrong with it."""
        before = self._findings.count
        ids = {key: raw.get(key) for key in ("id", "analyst_id", "undoes_id")}
        for key, value in ids.items():
            if not (is_id(value) or (value is None and key != "id")):
                self._findings.problem(f"{path}.{key}", f"Expected an id, not {shown(value)}.")
        at = self.text(raw, "at", path, _TIME)
        device, label = (self.text(raw, key, path) for key in ("device", "label"))
        id_ = str(ids["id"])
        if id_ in self._changes:
            self._findings.problem(f"{path}.id", "This change stands here twice.")
        self._changes.add(id_)
        if self._findings.count > before:
            return None
        return JournalEntry(id_, at, ids["analyst_id"], device, label, ids["undoes_id"])
