"""What a screen reader asks over AT-SPI, spoken as plain D-Bus from outside the program."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from jeepney import DBusAddress, DBusErrorResponse, MatchRule, MessageType, Properties, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

PATIENCE = 20.0
"""Seconds after which what was waited for is a failure: far more than even a busy machine needs."""
_BETWEEN = 0.02
_ATSPI = "org.a11y.atspi"
_GONE = frozenset(f"org.freedesktop.DBus.Error.Unknown{what}" for what in ("Object", "Interface"))
_REGISTRY = DBusAddress("/org/a11y/atspi/registry", f"{_ATSPI}.Registry", f"{_ATSPI}.Registry")
_KEYS = DBusAddress(
    "/org/a11y/atspi/registry/deviceeventcontroller", f"{_ATSPI}.Registry", f"{_ATSPI}.DeviceEventController"
)
_SYMBOL, _PRESS, _RELEASE = 3, 0, 1
_ON_SCREEN, _INSIDE = 0, 30
FOCUSABLE, FOCUSED, SELECTED, SHOWING = 11, 12, 23, 25
"""Bits of a state (AtspiStateType)."""
T = TypeVar("T")


@dataclass(frozen=True)
class Accessible:
    """One object of the program; each reading asks the program."""

    client: Client
    name_on_bus: str
    path: str

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.get("Accessible", "Name"))

    @property
    def description(self) -> str:
        """Its description."""
        return str(self.get("Accessible", "Description"))

    @property
    def role(self) -> str:
        """What sort of thing it is, in words."""
        return str(self.call("Accessible", "GetRoleName"))

    @property
    def id(self) -> str:
        """The name that the program gives it, with those of its parents."""
        return str(self.get("Accessible", "AccessibleId"))

    def has(self, state: int) -> bool:
        """Whether a bit of its state is set."""
        low, high = self.call("Accessible", "GetState")
        return bool((low | high << 32) >> state & 1)

    def children(self) -> list[Accessible]:
        """Return what is in it."""
        found = self.call("Accessible", "GetChildren")
        return [Accessible(self.client, name, path) for name, path in found if not path.endswith("/null")]

    def all(self) -> Iterator[Accessible]:
        """Return it and everything below it."""
        yield self
        for child in self.children():
            yield from child.all()

    def text(self) -> str:
        """Return its whole text."""
        return str(self.call("Text", "GetText", "ii", (0, -1)))

    def caret(self) -> int:
        """Return where its caret is, as the program counts."""
        return int(self.get("Text", "CaretOffset"))

    def selection(self) -> tuple[int, int] | None:
        """Return what is selected in its text."""
        if self.call("Text", "GetNSelections") == 0:
            return None
        start, end = self.call("Text", "GetSelection", "i", (0,))
        return int(start), int(end)

    def call(self, interface: str, method: str, signature: str | None = None, body: tuple[Any, ...] = ()) -> Any:
        """Call a method of one of its interfaces and return the answer, one value or a tuple of several."""
        where = DBusAddress(self.path, self.name_on_bus, f"{_ATSPI}.{interface}")
        return self.client.ask(where, method, signature, body)

    def get(self, interface: str, name: str) -> Any:
        """Return a property of one of its interfaces."""
        where = DBusAddress(self.path, self.name_on_bus, f"{_ATSPI}.{interface}")
        return self.client.reply(Properties(where).get(name))[0][1]


class Client:
    """A connection to the accessibility bus that also hears what is announced."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection
        rule = MatchRule(type="signal", interface=f"{_ATSPI}.Event.Object", member="Announcement")
        self.reply(message_bus.AddMatch(rule))
        self.ask(_REGISTRY, "RegisterEvent", "s", ("object:announcement",))
        self._heard = connection.filter(rule, bufsize=200).__enter__()

    @classmethod
    @contextmanager
    def connected(cls, session_bus: str) -> Iterator[Client]:
        """Connect by way of a session's bus."""
        with open_dbus_connection(session_bus) as session:
            where = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            reply = session.send_and_get_reply(new_method_call(where, "GetAddress"), timeout=PATIENCE)
        with open_dbus_connection(reply.body[0]) as connection:
            yield cls(connection)

    def application(self, process: int) -> Accessible:
        """Wait for the program that runs as a process and return it."""
        root = Accessible(self, f"{_ATSPI}.Registry", "/org/a11y/atspi/accessible/root")

        def find() -> Accessible | None:
            return next((app for app in root.children() if self._process(app.name_on_bus) == process), None)

        return self.wait(find, "the program on the accessibility bus")

    def wait(self, look: Callable[[], T | None], what: str) -> T:
        """Ask again and again until there is an answer, and return it; fail when there is none in time.

        What goes while it is looked at, as the rows of a list that is filled anew, is no answer.
        """
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if found := look():
                    return found
            except DBusErrorResponse as error:
                if error.name not in _GONE:
                    raise
            self._listen(_BETWEEN)
        raise AssertionError(f"waited in vain for {what}; heard: {self.heard()}")

    def press(self, *symbols: int) -> None:
        """Press the keys of X key symbols, the first ones held while the last is pressed."""
        for symbol in symbols[:-1]:
            self.ask(_KEYS, "GenerateKeyboardEvent", "isu", (_KEY_CODES[symbol], "", _PRESS))
        self.ask(_KEYS, "GenerateKeyboardEvent", "isu", (symbols[-1], "", _SYMBOL))
        for symbol in symbols[:-1]:
            self.ask(_KEYS, "GenerateKeyboardEvent", "isu", (_KEY_CODES[symbol], "", _RELEASE))

    def click(self, thing: Accessible) -> None:
        """Click into the lower right corner of something on the screen."""
        x, y, width, height = thing.call("Component", "GetExtents", "u", (_ON_SCREEN,))
        self.ask(_KEYS, "GenerateMouseEvent", "iis", (x + width - _INSIDE, y + height - _INSIDE, "b1c"))

    def heard(self) -> list[str]:
        """Return everything that was announced, oldest first."""
        return [str(message.body[3][1]) for message in self._heard]

    def wait_for_word(self, words: str) -> str:
        """Wait until something with these words has been announced and return all of it."""
        return self.wait(lambda: next((said for said in reversed(self.heard()) if words in said), None), f"“{words}”")

    def ask(self, where: DBusAddress, method: str, signature: str | None = None, body: tuple[Any, ...] = ()) -> Any:
        """Call a method and return the answer."""
        answer = self.reply(new_method_call(where, method, signature, body))
        return answer[0] if len(answer) == 1 else answer

    def reply(self, message: Any) -> tuple[Any, ...]:
        """Send a message and return the body of its reply; raises DBusErrorResponse."""
        reply = self._connection.send_and_get_reply(message, timeout=PATIENCE)
        if reply.header.message_type is MessageType.error:
            raise DBusErrorResponse(reply)
        return tuple(reply.body)

    def _process(self, name: str) -> int:
        try:
            return int(self.reply(message_bus.GetConnectionUnixProcessID(name))[0])
        except DBusErrorResponse:
            return 0

    def _listen(self, seconds: float) -> None:
        """Take in what is announced for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                self._connection.recv_messages(timeout=left)
            except TimeoutError:
                return


CONTROL, SHIFT = 0xFFE3, 0xFFE1
_KEY_CODES = {CONTROL: 37, SHIFT: 50}
"""Codes of the keys that are held, as on every PC keyboard of an X server."""
F7, ESCAPE, RETURN, TAB = 0xFFC4, 0xFF1B, 0xFF0D, 0xFF09
