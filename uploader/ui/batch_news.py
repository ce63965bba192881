"""What becomes of a batch, told once: when nothing of it moves any more, or it needs someone."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from uploader.background.desk import Desk
from uploader.background.values import Connection, Link
from uploader.domain.photos import Photo
from uploader.ui.models.groups import Group, group_of
from uploader.ui.text import counted

SETTLED_MS = 2000
"""How long nothing moves before a batch counts as done: photos that come singly are one batch."""

_MOVING = frozenset({Group.UPLOADING, Group.PROCESSING})


class BatchNews(QObject):
    """A batch is all that is on its way until nothing is.

    Signals: `told(str)`, a sentence for the person; at most once for a batch.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._moving: set[int] = set()
        self._ended: dict[int, Group] = {}
        self._said = False
        self._settled = QTimer(self, interval=SETTLED_MS, singleShot=True)
        self._settled.timeout.connect(self._end)
        desk.reset.connect(self._begin_anew)
        desk.changed.connect(self._hear)
        desk.removed.connect(self._forget)
        desk.connection_changed.connect(self._on_connection)

    def _begin_anew(self, photos: list[Photo]) -> None:
        """Another store's list: what becomes of the one before is told when it is back."""
        self._moving.clear()
        self._ended.clear()
        self._said = False
        self._settled.stop()
        self._hear(photos)

    def _hear(self, photos: Iterable[Photo]) -> None:
        for photo in photos:
            group = group_of(photo)
            if group in _MOVING:
                self._moving.add(photo.id)
                self._ended.pop(photo.id, None)
            elif photo.id in self._moving:
                self._moving.discard(photo.id)
                self._ended[photo.id] = group
        self._look()

    def _forget(self, ids: Iterable[int]) -> None:
        self._moving.difference_update(ids)
        self._look()

    def _look(self) -> None:
        if self._moving:
            self._settled.stop()
        elif self._ended and not self._settled.isActive():
            self._settled.start()

    def _on_connection(self, connection: Connection) -> None:
        # Without a title the person has signed out: no news to them.
        if connection.link is Link.SIGNED_OUT and connection.title and self._moving:
            self._say(
                counted(
                    "News",
                    "{n} photo waits for you to sign in.",
                    "{n} photos wait for you to sign in.",
                    len(self._moving),
                )
            )

    def _end(self) -> None:
        ended = list(self._ended.values())
        self._ended.clear()
        self._say(_sentence(ended.count(Group.LIVE), ended.count(Group.ATTENTION)))
        self._said = False

    def _say(self, sentence: str) -> None:
        if sentence and not self._said:
            self._said = True
            self.told.emit(sentence)


def _sentence(live: int, attention: int) -> str:
    """Say how a batch ended; empty where nobody has to know: all was cancelled."""
    parts = []
    if live:
        parts.append(counted("News", "{n} photo is live.", "{n} photos are live.", live))
    if attention:
        needs = counted("News", "{n} photo needs you.", "{n} photos need you.", attention)
        parts.append(needs)
    return " ".join(parts)
