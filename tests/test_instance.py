"""One instance a user: who is the first, what is handed over, and what an instance refuses to hear."""

from __future__ import annotations

import json
import os
import socket
import stat
import struct
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import instance
from annotator.handing_over import LONGEST, TAKEN, Request, decode, encode
from annotator.instance import Claim, Door, PortDoor, SocketDoor, Start, begin, door_of, meeting_place
from tests.children import NOBODY, Killable, run


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "PATIENCE", 0.3)
    monkeypatch.setattr(instance, "STARTING", 0.6)


@pytest.fixture(params=[SocketDoor, PortDoor])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a meeting place with each kind of door."""
    monkeypatch.setattr(instance, "door_of", lambda at: request.param(at.with_suffix(".door")))
    return tmp_path / "here"


def _first(place: Path) -> Claim:
    claim = begin(Request(), place).claim
    assert claim is not None
    return claim


def _hear(claim: Claim, answer: bytes = TAKEN) -> list[Request]:
    """Answer one start as the first instance does."""
    connection, _address = claim.listening.accept()
    received = b""
    with connection:
        while (request := decode(received, claim.secret)) is None:
            received += connection.recv(1000)
        connection.sendall(answer)
    return [request]


def test_the_second_start_hands_over_to_the_first(place: Path) -> None:
    claim = _first(place)
    heard: list[Request] = []
    first = threading.Thread(target=lambda: heard.extend(_hear(claim)))
    first.start()
    wanted = Request(("/a b/ü.annotator", "postgresql+psycopg://db/x"), "Ann Bell", "token_TIME12")
    assert begin(wanted, place) == Start(taken=True)
    first.join()
    assert heard == [wanted]
    claim.close()


def test_only_this_user_can_enter(place: Path) -> None:
    claim = _first(place)
    for file in place.parent.glob("here.*"):
        assert stat.S_IMODE(file.lstat().st_mode) == 0o600, file
    claim.close()


def test_one_that_is_killed_leaves_nothing_that_matters(place: Path) -> None:
    def be_first(tell: Callable[[str], None]) -> None:
        assert begin(Request(), place).claim is not None
        tell("listening")
        threading.Event().wait()

    child = Killable(be_first)
    assert child.await_line() == "listening"
    assert begin(Request(), place).silent, "it runs, and answers nothing"
    child.kill()
    assert len(list(place.parent.glob("here.*"))) == 2, "its lock's file and its door are still there"
    _first(place).close()


def test_of_many_starts_at_the_same_instant_one_is_the_first(place: Path) -> None:
    reading, writing = os.pipe()
    go_reading, go_writing = os.pipe()

    def start(tell: Callable[[str], None]) -> None:
        os.close(go_writing)
        os.read(go_reading, 1)
        began = begin(Request(), place)
        tell("first" if began.claim is not None else "other")
        threading.Event().wait()

    children = [Killable(start) for _ in range(8)]
    os.close(go_writing)
    said = [child.await_line() for child in children]
    for child in children:
        child.kill()
    for descriptor in (reading, writing, go_reading):
        os.close(descriptor)
    assert sorted(said) == ["first", *["other"] * 7]


def test_one_that_ends_meanwhile_is_followed(place: Path) -> None:
    claim = _first(place)
    claim.ready()
    closing = threading.Timer(0.1, claim.close)
    closing.start()
    follower = begin(Request(), place)
    closing.join()
    assert follower.claim is not None
    follower.claim.close()


def test_who_is_still_starting_is_waited_for_longer(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "STARTING", 30.0)
    claim = _first(place)
    heard: list[Request] = []
    later = threading.Timer(2 * instance.PATIENCE, lambda: heard.extend(_hear(claim)))
    later.start()
    assert begin(Request(("/x.annotator",)), place).taken
    later.join()
    assert [request.paths for request in heard] == [("/x.annotator",)]
    claim.ready()
    assert begin(Request(), place).silent, "once it is ready it has to answer soon"
    claim.close()


def test_one_that_has_only_just_become_ready_has_the_usual_time_to_answer(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, now = _first(place), [0.0]
    with monkeypatch.context() as patched:
        patched.setattr(instance, "STARTING", 20.0)
        patched.setattr("annotator.instance.time.monotonic", lambda: now[0])
        wait = instance._Wait(place)

        def waits_at(at: float) -> bool:
            now[0] = at
            return wait.goes_on

        assert waits_at(5.0), "it is still starting"
        claim.ready()
        assert waits_at(5.0 + instance.PATIENCE * 0.9), "else both would open what this start was to open"
        assert not waits_at(5.0 + instance.PATIENCE * 1.1)
    claim.close()


def test_a_later_first_instance_is_starting_again(place: Path) -> None:
    claim = _first(place)
    claim.ready()
    claim.close()
    _first(place).close()
    assert place.with_suffix(".lock").read_bytes() == b""


def _message(document: object) -> bytes:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return struct.pack(">I", len(content)) + content


_GOOD = {"paths": ["/a"], "analyst": None, "token": "", "secret": ""}


@pytest.mark.parametrize(
    "message",
    [
        struct.pack(">I", LONGEST + 1),
        _message(b"\xff\xfe"),
        _message(b"["),
        _message(b"[" * 100_000),
        _message([]),
        _message({**_GOOD, "paths": "/a"}),
        _message({**_GOOD, "paths": [1]}),
        _message({**_GOOD, "paths": ["relative.annotator"]}),
        _message({**_GOOD, "paths": ["/a\0b"]}),
        _message({**_GOOD, "paths": ["/" + "a" * 9000]}),
        _message({**_GOOD, "paths": ["/a"] * 3000}),
        _message({**_GOOD, "analyst": 7}),
        _message({**_GOOD, "token": None}),
        _message({**_GOOD, "secret": "wrong"}),
        _message({**_GOOD, "secret": ["x"]}),
    ],
)
def test_what_is_no_request_is_refused(message: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode(message)


def test_a_message_is_read_as_it_comes() -> None:
    request = Request(("/ü \udcff.annotator",), None, "t")
    message = encode(request, "s")
    assert [decode(message[:end], "s") for end in range(0, len(message), 7)] == [None] * len(range(0, len(message), 7))
    assert decode(message, "s") == request, "a name that is not UTF-8 comes through as well"
    with pytest.raises(ValueError, match="this user"):
        decode(message, "another secret")


def test_too_much_is_opened_without_handing_it_over(place: Path) -> None:
    claim = _first(place)
    assert begin(Request(("/a",) * 5000), place) == Start()
    claim.close()


def test_words_become_absolute_paths_of_the_callers_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "leave")
    asked = Request.of(["../b.annotator", "postgresql+psycopg://db/x", "/c"], "AB")
    assert asked == Request((str(tmp_path.parent / "b.annotator"), "postgresql+psycopg://db/x", "/c"), "AB", "leave")


def test_settings_and_screen_decide_who_meets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":1")
    here = meeting_place()
    assert meeting_place() == here
    monkeypatch.setenv("DISPLAY", ":2")
    other_screen = meeting_place()
    monkeypatch.setenv("ANNOTATOR_CONFIG_DIR", str(tmp_path / "other"))
    assert len({here, other_screen, meeting_place()}) == 3
    assert stat.S_IMODE(here.parent.stat().st_mode) == 0o700


def test_without_a_runtime_folder_a_private_one_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 123456)
    monkeypatch.setattr(instance, "_make_private", lambda folder: folder.parent.stat())
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    long = len(str(tmp_path)) > 60
    assert meeting_place().parent == (Path("/tmp") if long else tmp_path) / "annotator-123456"


def test_a_folder_of_somebody_elses_is_not_trusted(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (tmp_path / "link").symlink_to(target)
    with pytest.raises(PermissionError):
        instance._make_private(tmp_path / "link")
    if os.geteuid() == 0:
        os.chown(target, NOBODY, NOBODY)
        with pytest.raises(PermissionError):
            instance._make_private(target)


def test_where_nothing_can_be_written_each_start_is_on_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tmp_path.chmod(0o555)
    monkeypatch.setattr(instance, "_folders", lambda: iter([tmp_path / "annotator"]))

    def start() -> None:
        assert begin(Request()) == Start()

    run(start, as_nobody=True)
    assert not caplog.records, "the child's log is its own"


@pytest.mark.skipif(not hasattr(socket, "SO_PEERCRED"), reason="the system does not tell who calls")
def test_the_system_tells_whose_a_connection_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = socket.socketpair(socket.AF_UNIX)
    with one, other:
        assert instance.is_same_user(one)
        user = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: user + 1)
        assert not instance.is_same_user(one)


def test_the_kind_of_door_is_what_the_system_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds: list[type[Door]] = [type(door_of(tmp_path / "x"))]
    monkeypatch.delattr(socket, "AF_UNIX")
    kinds.append(type(door_of(tmp_path / "x")))
    assert kinds == [SocketDoor, PortDoor]
