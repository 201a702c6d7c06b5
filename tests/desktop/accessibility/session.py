"""A session as a screen reader finds it: a display, a message bus, the accessibility bus on it, and the program."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.desktop.accessibility.client import Accessible, Client

_LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
_ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Session:
    """The running program and what a screen reader has of it."""

    client: Client
    program: subprocess.Popen[bytes]
    log: Path

    def application(self) -> Accessible:
        """Return the program as it is on the accessibility bus."""
        return self.client.application(self.program.pid)

    def assert_alive(self) -> None:
        """Fail with what the program said when it has ended."""
        assert self.program.poll() is None, self.log.read_text(errors="replace")


@contextmanager
def session(project: Path, folder: Path) -> Iterator[Session]:
    """Run the program on a project for a screen reader; everything is ended at the end."""
    with ExitStack() as stack:
        run = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="annotator-")))  # paths of sockets are short
        environment = {name: value for name, value in os.environ.items() if name not in _OTHERS}
        environment |= {"XDG_RUNTIME_DIR": str(run), "ANNOTATOR_CONFIG_DIR": str(folder / "config")}
        environment |= {"ANNOTATOR_DATA_DIR": str(folder / "data"), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        environment |= {"QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}
        screen = ["Xvfb", "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-displayfd"]
        environment["DISPLAY"] = f":{_told(stack, lambda pipe: [*screen, str(pipe)], environment)}"
        bus = ["dbus-daemon", "--session", "--nofork", "--nopidfile"]
        address = _told(stack, lambda pipe: [*bus, f"--print-address={pipe}"], environment)
        environment["DBUS_SESSION_BUS_ADDRESS"] = address
        _run(stack, [_LAUNCHER, "--launch-immediately"], environment)
        client = stack.enter_context(Client.connected(address))
        log = folder / "program.log"
        with log.open("wb") as output:
            command = [sys.executable, "-X", "faulthandler", "-m", "annotator", str(project)]
            program = _run(stack, command, environment, output=output.fileno())
        yield Session(client, program, log)


_OTHERS = {"WAYLAND_DISPLAY", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "NO_AT_BRIDGE"}


def _told(stack: ExitStack, command: Callable[[int], list[str]], environment: dict[str, str]) -> str:
    """Start a server that writes its address to a pipe, and return the address."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as pipe:
        _run(stack, command(writing), environment, pass_fds=(writing,))
        os.close(writing)
        told = pipe.readline().strip()
    assert told, f"{command(0)[0]} did not start"
    return told


def _run(
    stack: ExitStack,
    command: list[str],
    environment: dict[str, str],
    *,
    output: int = subprocess.DEVNULL,
    pass_fds: tuple[int, ...] = (),
) -> subprocess.Popen[bytes]:
    """Start a process that is ended with the stack."""
    process = subprocess.Popen(
        command, env=environment, cwd=_ROOT, stdout=output, stderr=output, stdin=subprocess.DEVNULL, pass_fds=pass_fds
    )
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(5)
    if process.poll() is None:
        process.kill()
        process.wait()
