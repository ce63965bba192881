"""The first start's ear: hears what second starts say. Never blocks the UI thread."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from uploader.ui.single.message import LIMIT, TAKEN, decode

log = logging.getLogger(__name__)

AT_ONCE = 16
"""Callers listened to at a time; the others wait until one has gone."""
LINE_MS = 5_000
"""How long a caller may take for its line."""


class Reception(QObject):
    """Signals: `asked(Message)` for every message that was understood; the rest is ignored."""

    asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        # Other users of this computer have no business here.
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._admit)
        self._callers: set[Caller] = set()

    def open(self, address: str) -> bool:
        """Listen; what a killed start left at the address is cleared. Only for the first."""
        QLocalServer.removeServer(address)
        if self._server.listen(address):
            return True
        log.warning("other starts can't find this one: %s", self._server.errorString())
        return False

    def close(self) -> None:
        """Be gone. Safe to repeat."""
        self._server.close()
        for caller in tuple(self._callers):
            caller.end()

    def _admit(self) -> None:
        while len(self._callers) < AT_ONCE and (socket := self._server.nextPendingConnection()):
            caller = Caller(socket, self)
            self._callers.add(caller)
            caller.said.connect(self.asked)
            caller.gone.connect(self._let_go)
            caller.listen()

    def _let_go(self, caller: Caller) -> None:
        self._callers.discard(caller)
        self._admit()


class Caller(QObject):
    """One connection: a line within its time and length, or nothing.

    Signals: `said(Message)`, at most once; `gone(Caller)` once it is over.
    """

    said = Signal(object)
    gone = Signal(object)

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket, self._over = socket, False
        socket.setParent(self)
        # One byte more than allowed, so that too much can be told from just enough.
        socket.setReadBufferSize(LIMIT + 1)
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(self.end)
        self._time = QTimer(self, interval=LINE_MS, singleShot=True)
        self._time.timeout.connect(self.end)

    def listen(self) -> None:
        """Begin; something may have come already."""
        self._time.start()
        self._read()

    def end(self) -> None:
        """Hang up. Safe to repeat."""
        if not self._over:
            self._over = True
            self._time.stop()
            self._socket.abort()
            self.gone.emit(self)
            self.deleteLater()

    def _read(self) -> None:
        if self._over:
            return
        if self._socket.canReadLine():
            self._heard(bytes(self._socket.readLine().data()))
        elif self._socket.bytesAvailable() > LIMIT:
            self.end()

    def _heard(self, line: bytes) -> None:
        message = decode(line)
        if message is None:
            self.end()
            return
        self._socket.readyRead.disconnect(self._read)
        self.said.emit(message)
        # It hangs up when it has the answer.
        self._socket.write(TAKEN)
        self._socket.flush()
