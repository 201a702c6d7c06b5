"""One instance a user: later starts open their projects in it, whatever has become of the instance before."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.desktop.app import make_application
from annotator.desktop.receiving import Receiver
from annotator.desktop.windows import Windows
from annotator.handing_over import TAKEN, Request, encode
from annotator.instance import Claim, SocketDoor
from annotator.services.project import create_project
from annotator.store.locking import lock_path
from tests.desktop.windows import make_project_file, settle

ROOT = Path(__file__).resolve().parents[2]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the program as a person does; what still runs in the end is killed."""
    running: list[subprocess.Popen[str]] = []
    own = {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}

    def begin(*words: str | Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "annotator", *map(str, words)]
        process = subprocess.Popen(command, env={**os.environ, **own}, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
        running.append(process)
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=60)


@pytest.fixture
def projects(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "one.annotator", tmp_path / "two.annotator"]
    for path in paths:
        create_project(path, name=path.stem, analyst="Ann Bell").close()
    return paths


def _await_open(qtbot: QtBot, *paths: Path) -> None:
    qtbot.waitUntil(lambda: all(lock_path(path).exists() for path in paths), timeout=60_000)


def _await_end(process: subprocess.Popen[str]) -> str:
    _out, told = process.communicate(timeout=60)
    assert process.returncode == 0, told
    return told


def test_the_second_start_opens_in_the_first_and_a_killed_one_is_followed(
    qtbot: QtBot, start: Start, projects: list[Path]
) -> None:
    one, two = projects
    first = start(one)
    _await_open(qtbot, one)
    assert "comes to the front" in _await_end(start("two.annotator"))
    _await_open(qtbot, two)
    assert "comes to the front" in _await_end(start(one)), "the same project again"
    assert "comes to the front" in _await_end(start()), "no project"
    assert first.poll() is None
    first.kill()
    first.communicate(timeout=60)
    lock_path(two).unlink()
    follower = start(two)
    _await_open(qtbot, two)
    assert "comes to the front" in _await_end(start(two))
    follower.send_signal(signal.SIGTERM)
    assert _await_end(follower) == ""


def test_two_starts_at_the_same_instant_are_one_instance(qtbot: QtBot, start: Start, projects: list[Path]) -> None:
    both = [start(path) for path in projects]
    _await_open(qtbot, *projects)
    qtbot.waitUntil(lambda: any(process.poll() == 0 for process in both), timeout=60_000)
    (first,) = (process for process in both if process.poll() is None)
    first.send_signal(signal.SIGTERM)
    _await_end(first)


def test_beside_one_that_hangs_a_start_works_on_its_own_and_says_so(
    qtbot: QtBot, start: Start, projects: list[Path]
) -> None:
    one, two = projects
    first = start(one)
    _await_open(qtbot, one)
    assert "comes to the front" in _await_end(start(one)), "it is ready"
    first.send_signal(signal.SIGSTOP)
    second = start(two)
    _await_open(qtbot, two)
    first.send_signal(signal.SIGCONT)
    second.send_signal(signal.SIGTERM)
    assert "does not answer" in _await_end(second)
    first.send_signal(signal.SIGTERM)
    _await_end(first)


def test_a_start_can_be_on_its_own_by_request(qtbot: QtBot, start: Start, projects: list[Path]) -> None:
    one, two = projects
    start(one)
    _await_open(qtbot, one)
    other = start("--new-window", two)
    _await_open(qtbot, two)
    assert other.poll() is None
    other.send_signal(signal.SIGTERM)
    assert _await_end(other) == ""


# within the instance ---------------------------------------------------------------


@pytest.fixture
def windows(qtbot: QtBot, qapp: QApplication) -> Iterator[Windows]:
    """The windows of a program, closed in the end."""
    program = Windows(make_application())
    yield program
    for window in list(program.windows):
        settle(qtbot, window)
        with qtbot.waitSignal(window.closed):
            window.close()


def test_a_project_comes_to_the_front_or_into_a_window_of_its_own(
    qtbot: QtBot, windows: Windows, project_file: Path, tmp_path: Path
) -> None:
    start_page = windows.open("")
    windows.take(Request((str(project_file),)))
    assert windows.windows == [start_page], "a window without a project takes it"
    qtbot.waitUntil(lambda: start_page.project is not None)
    other = make_project_file(tmp_path / "other.annotator")
    windows.take(Request((str(other),)))
    assert len(windows.windows) == 2
    second = windows.windows[1]
    qtbot.waitActive(second)
    start_page.showMinimized()
    (tmp_path / "link.annotator").symlink_to(project_file)
    for name in (project_file, tmp_path / "link.annotator", tmp_path / "." / project_file.name):
        windows.take(Request((str(name),)))
        assert len(windows.windows) == 2, name
    qtbot.waitUntil(lambda: start_page.isActiveWindow() and not start_page.isMinimized())
    qtbot.waitUntil(lambda: second.project is not None)
    windows.take(Request())
    assert len(windows.windows) == 2
    qtbot.waitUntil(start_page.isActiveWindow)


def test_a_project_that_is_still_being_opened_is_not_opened_twice(
    qtbot: QtBot, windows: Windows, project_file: Path
) -> None:
    windows.take(Request((str(project_file), str(project_file))))
    windows.take(Request((str(project_file),)))
    assert len(windows.windows) == 1
    qtbot.waitUntil(lambda: windows.windows[0].project is not None)


def test_a_project_that_is_chosen_again_comes_to_the_front(qtbot: QtBot, windows: Windows, project_file: Path) -> None:
    window = windows.open(str(project_file))
    qtbot.waitUntil(lambda: window.project is not None)
    other = windows.open("")
    qtbot.waitActive(other)
    other.open_project(str(project_file))
    qtbot.waitUntil(window.isActiveWindow)
    assert len(windows.windows) == 2
    assert not other.opening.busy


def test_articles_go_to_the_window_used_last(qtbot: QtBot, windows: Windows, tmp_path: Path) -> None:
    window = windows.open("")
    qtbot.waitActive(window)
    windows.take(Request((str(tmp_path / "a.txt"),)))
    assert "Open or make a project" in window.message_bar.text()


def test_windows_close_behind_one_that_is_still_writing(
    qtbot: QtBot, windows: Windows, project_file: Path, tmp_path: Path
) -> None:
    for path in (project_file, make_project_file(tmp_path / "other.annotator")):
        windows.take(Request((str(path),)))
        qtbot.waitUntil(lambda: windows.windows[-1].project is not None)
    windows.windows[0].jobs.write(lambda: None)
    windows.windows[1].commands.quit()
    qtbot.waitUntil(lambda: not windows.windows)


def test_without_any_window_a_start_brings_the_start_page(qtbot: QtBot, windows: Windows) -> None:
    windows.take(Request())
    (window,) = windows.windows
    assert window.pages.currentWidget() is window.starting.page


@pytest.fixture
def receiver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Receiver, SocketDoor]]:
    door = SocketDoor(tmp_path / "d.socket")
    monkeypatch.setattr("annotator.instance.door_of", lambda _place: door)
    monkeypatch.setattr("annotator.desktop.receiving._PATIENCE", 300)
    claim = Claim.take(tmp_path / "d")
    assert claim is not None
    hearing = Receiver(claim)
    yield hearing, door
    hearing.close()


def _call(door: SocketDoor) -> socket.socket:
    connection, _secret = door.connect(1)
    connection.setblocking(False)
    return connection


def test_what_no_start_would_say_is_not_heard(
    qtbot: QtBot, receiver: tuple[Receiver, SocketDoor], caplog: pytest.LogCaptureFixture
) -> None:
    hearing, door = receiver
    heard: list[Request] = []
    hearing.requested.connect(heard.append)
    with _call(door) as nonsense, _call(door) as idle, _call(door) as good, _call(door) as gone:
        nonsense.sendall(b"GET / HTTP/1.1\r\n\r\n")
        gone.sendall(encode(Request(("/gone",))))
        gone.close()
        message = encode(Request(("/a",)))
        good.sendall(message[:9])
        qtbot.waitUntil(lambda: not hearing._callers or len(hearing._callers) <= 2)
        good.sendall(message[9:])
        qtbot.waitUntil(lambda: bool(heard))
        qtbot.waitUntil(lambda: not hearing._callers)
        assert good.recv(100) == TAKEN
        assert nonsense.recv(100) == b""
        assert idle.recv(100) == b"", "who says nothing is not waited for"
    assert heard == [Request(("/a",))], "who has given up has opened it itself"
    assert "was not heard" in caplog.text


def test_a_start_is_answered_before_its_windows_are_made(qtbot: QtBot, receiver: tuple[Receiver, SocketDoor]) -> None:
    hearing, door = receiver
    answers: list[bytes] = []
    with _call(door) as caller:
        hearing.requested.connect(lambda _request: answers.append(caller.recv(100)))
        caller.sendall(encode(Request(("/a.annotator",))))
        qtbot.waitUntil(lambda: bool(answers))
    assert answers == [TAKEN]
    qtbot.waitUntil(lambda: not hearing._callers)


_ASKED = """
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from annotator.desktop.app import make_application

application = make_application()
asked = []
QCoreApplication.sendEvent(application, QFileOpenEvent(QUrl.fromLocalFile("/early.annotator")))
application.opens_by(asked.append)
QCoreApplication.sendEvent(application, QFileOpenEvent(QUrl.fromLocalFile("/late.annotator")))
assert asked == ["/early.annotator", "/late.annotator"], asked
"""


def test_files_that_macos_asks_for_before_there_is_a_window_are_kept() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", _ASKED], env=environment, check=True, timeout=60)
