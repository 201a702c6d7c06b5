"""What this device remembers, apart from any project: who it is, and who is writing in which project.

Kept as one small JSON file in the user's settings folder, written whole through a temporary file, so that a crash
leaves the old or the new one. A damaged file is set aside and a new one begun: nothing of a project's is in it.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
import uuid
from pathlib import Path
from typing import Any

from annotator import log, paths

_FILE = "device.json"
_log = log.logger(__name__)


class DeviceMemory:
    """The device's id, made once, and the analyst remembered for each project id on this device."""

    def __init__(self, path: Path | None = None) -> None:
        """``path``: the file to use; the user's own when None."""
        self._path = path or paths.user_config_folder() / _FILE
        self._lock = threading.Lock()

    @property
    def device(self) -> str:
        """The id of this device; made and kept at the first question."""
        with self._lock:
            known = self._load()
            device = known.get("device")
            if isinstance(device, str) and device:
                return device
            device = str(uuid.uuid4())
            self._save({**known, "device": device})
            return device

    def analyst(self, project_id: str) -> str | None:
        """Return the id of the analyst who writes in a project on this device, or None when nobody is remembered."""
        with self._lock:
            analyst = self._analysts(self._load()).get(project_id)
        return analyst if isinstance(analyst, str) else None

    def remember_analyst(self, project_id: str, analyst_id: str | None) -> None:
        """Remember (or with None: forget) who writes in a project on this device."""
        with self._lock:
            known = self._load()
            analysts = {key: value for key, value in self._analysts(known).items() if key != project_id}
            if analyst_id is not None:
                analysts[project_id] = analyst_id
            self._save({**known, "analysts": analysts})

    def _load(self) -> dict[str, Any]:
        try:
            known = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (ValueError, OSError) as error:
            _log.warning("the device's settings cannot be read (%s); a new file is begun", type(error).__name__)
            with contextlib.suppress(OSError):
                self._path.replace(self._path.with_suffix(".damaged"))
            return {}
        return known if isinstance(known, dict) else {}

    def _save(self, known: dict[str, Any]) -> None:
        fresh = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
        fresh.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        fresh.replace(self._path)

    @staticmethod
    def _analysts(known: dict[str, Any]) -> dict[str, Any]:
        analysts = known.get("analysts")
        return analysts if isinstance(analysts, dict) else {}
