"""What later starts of the program hand over to this one, the first instance."""

from __future__ import annotations

import contextlib
import socket

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from annotator import log
from annotator.handing_over import LONGEST, TAKEN, decode
from annotator.instance import Claim, is_same_user

_CALLERS = 16
"""Starts that are heard at the same time; further ones wait in the system's queue."""
_PATIENCE = 2000
"""Milliseconds within which a message has to be whole."""
_PIECE = 1 << 16
_log = log.logger(__name__)


class Receiver(QObject):
    """Hears at the socket of a claim, as long as the program has windows."""

    requested = Signal(object)  # Request

    def __init__(self, claim: Claim, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._claim = claim
        self._callers: set[_Caller] = set()
        claim.listening.setblocking(False)
        self._calls = QSocketNotifier(claim.listening.fileno(), QSocketNotifier.Type.Read, self)
        self._calls.activated.connect(self._answer)
        QTimer.singleShot(0, self, claim.ready)

    def close(self) -> None:
        """Hear nothing more; who waits for an answer then is the first instance itself."""
        self._calls.setEnabled(False)
        for caller in tuple(self._callers):
            caller.end()
        self._claim.close()

    def _answer(self) -> None:
        with contextlib.suppress(OSError):  # the caller has gone again
            connection, _address = self._claim.listening.accept()
            if not is_same_user(connection):
                _log.warning("another user's program called; it was not heard")
                connection.close()
                return
            caller = _Caller(connection, self._claim.secret, self)
            self._callers.add(caller)
            caller.ended.connect(lambda: self._forget(caller))
            caller.requested.connect(self.requested)
            self._calls.setEnabled(len(self._callers) < _CALLERS)

    def _forget(self, caller: _Caller) -> None:
        self._callers.discard(caller)
        caller.deleteLater()
        self._calls.setEnabled(self._claim.listening.fileno() >= 0)


class _Caller(QObject):
    """One connection: its message is read as it comes, checked, answered and acted upon.

    It is answered first: making a window may take longer than the caller waits, which would then open everything too.
    """

    requested = Signal(object)  # Request
    ended = Signal()

    def __init__(self, connection: socket.socket, secret: str, parent: QObject) -> None:
        super().__init__(parent)
        connection.setblocking(False)
        self._connection = connection
        self._secret = secret
        self._received = bytearray()
        self._heard = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
        self._heard.activated.connect(self._read)
        QTimer.singleShot(_PATIENCE, self, self.end)

    def end(self) -> None:
        """Close the connection; once is enough."""
        if self._heard.isEnabled():
            self._heard.setEnabled(False)
            self._connection.close()
            self.ended.emit()

    def _read(self) -> None:
        try:
            piece = self._connection.recv(_PIECE)
            self._received += piece
            request = decode(bytes(self._received), self._secret)
            if request is not None and self._still_waits():
                self._connection.sendall(TAKEN)
                self.requested.emit(request)
        except BlockingIOError:
            return
        except (OSError, ValueError) as error:
            _log.warning("a message of another start was not heard: %s", error)
            self.end()
            return
        if request is not None or not piece or len(self._received) > LONGEST + 4:
            self.end()

    def _still_waits(self) -> bool:
        """Whether the caller has not given up meanwhile: then it has opened everything itself."""
        try:
            return self._connection.recv(1, socket.MSG_PEEK) != b""
        except BlockingIOError:
            return True
