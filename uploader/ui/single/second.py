"""A second start: finds the first, hands its files over, and is done."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtNetwork import QLocalSocket

from uploader.ui.single.message import TAKEN, Message, split
from uploader.ui.single.place import Place

ANSWER_MS = 3_000
"""How long the first may take to answer; it does at once unless it is frozen."""
FINDING_MS = 15_000
"""How long the first may be nowhere to be found: it is still starting, or already closing."""
LEAVING_MS = 20_000
"""How long the first may take to end: it stops within seconds, whatever it is at."""
PAUSE_S = 0.05


class Standing(Enum):
    """What a start turned out to be."""

    FIRST = auto()
    HANDED_OVER = auto()
    UNHEARD = auto()
    """Another is running and doesn't answer."""


class _Answer(Enum):
    TAKEN = auto()
    SILENCE = auto()
    NOBODY = auto()
    """None is there, or one that is just going."""


_ABSENT = (
    QLocalSocket.LocalSocketError.ServerNotFoundError,
    QLocalSocket.LocalSocketError.ConnectionRefusedError,
)


def hand_over(place: Place, paths: Sequence[Path]) -> Standing:
    """Bring the first start forward and give it files; become the first where it has gone.

    Blocks, but never for ever.
    """
    message = Message(
        tuple(path.absolute() for path in paths), os.environ.get("XDG_ACTIVATION_TOKEN", "")
    )
    patience = QDeadlineTimer(FINDING_MS)
    while (answer := _tell(place.address, split(message))) is _Answer.NOBODY:
        if place.take():
            return Standing.FIRST
        if patience.hasExpired():
            return Standing.UNHEARD
        time.sleep(PAUSE_S)
    return Standing.HANDED_OVER if answer is _Answer.TAKEN else Standing.UNHEARD


def ask_to_leave(place: Place) -> bool:
    """Have the first start end; tell whether it has, or there is none. Blocks, but not for ever."""
    patience, heard = QDeadlineTimer(LEAVING_MS), False
    while not place.take():
        if patience.hasExpired():
            return False
        if not heard:
            answer = _tell(place.address, [Message(leave=True)])
            if answer is _Answer.SILENCE:
                return False
            heard = answer is _Answer.TAKEN
        time.sleep(PAUSE_S)
    place.leave()
    return True


def _tell(address: str, messages: Sequence[Message]) -> _Answer:
    """Say all messages, each on a line of its own."""
    for message in messages:
        socket = QLocalSocket()
        socket.connectToServer(address)
        if not socket.waitForConnected(ANSWER_MS):
            return _Answer.NOBODY if socket.error() in _ABSENT else _Answer.SILENCE
        _allow_to_come_forward()
        if (answer := _say(socket, message.encode())) is not _Answer.TAKEN:
            return answer
    return _Answer.TAKEN


def _say(socket: QLocalSocket, line: bytes) -> _Answer:
    deadline = QDeadlineTimer(ANSWER_MS)
    socket.write(line)
    while socket.bytesToWrite() and socket.waitForBytesWritten(deadline.remainingTime()):
        pass
    while not socket.canReadLine() and socket.waitForReadyRead(deadline.remainingTime()):
        pass
    if socket.readLine().data() == TAKEN:
        return _Answer.TAKEN
    here = socket.state() is QLocalSocket.LocalSocketState.ConnectedState
    return _Answer.SILENCE if here else _Answer.NOBODY


def _allow_to_come_forward() -> None:
    """Windows lets only the program in front put another there."""
    if sys.platform == "win32":  # pragma: no cover (another system's branch)
        import ctypes  # noqa: PLC0415

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
