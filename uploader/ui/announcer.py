"""What a screen reader says by itself: seldom, and only what the person would want to know."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from uploader.background.values import Connection, Link, Notice
from uploader.ui.models.groups import Group
from uploader.ui.phrasebook import say
from uploader.ui.text import counted, translate

PAUSE_MS = 3000
"""Counts are told once they have stood still for so long, as hundreds change one by one."""


class Announcer(QObject):
    """Announces notices, how the store can be reached, and what has become of the batch.

    `speak` says a sentence; without one it goes to the system's screen reader.
    """

    def __init__(self, window: QWidget, speak: Callable[[str], None] | None = None) -> None:
        super().__init__(window)
        self._window, self._speak = window, speak or self._announce
        self._link: Link | None = None
        self._told = self._counts = (0, 0, 0)
        self._settling = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._settling.timeout.connect(self.tell_counts)

    def show_notice(self, notice: Notice) -> None:
        """Say a notice."""
        self._speak(" ".join(say(part) for part in (notice.text, notice.detail) if part))

    def show_connection(self, connection: Connection) -> None:
        """Say that the store went away, came back, or wants a sign-in; not how it is at first."""
        before, self._link = self._link, connection.link
        if before is None or before is connection.link:
            return
        store = connection.store_name or connection.address
        if connection.link is Link.OFFLINE:
            self._speak(translate("Spoken", "{store} can’t be reached", store=store))
        elif connection.link is Link.ONLINE:
            self._speak(translate("Spoken", "{store} is online", store=store))
        elif connection.link is Link.SIGNED_OUT and store:
            self._speak(translate("Spoken", "Signed out of {store}", store=store))

    def show_counts(self, counts: dict[Group, int]) -> None:
        """Take new counts over; they are told when they stand still."""
        under_way = counts[Group.UPLOADING] + counts[Group.PROCESSING]
        now = (counts[Group.LIVE], counts[Group.ATTENTION], under_way)
        if now != self._counts:
            self._counts = now
            if self._speak != self._announce or QAccessible.isActive():
                self._settling.start()

    def tell_counts(self) -> None:
        """Say what has come of the batch since it was last said."""
        self._settling.stop()
        (live, trouble, under_way), before = self._counts, self._told
        if trouble > before[1]:
            self._speak(
                counted("Spoken", "1 photo needs attention", "{n} photos need attention", trouble)
            )
        if before[2] and not under_way and live > before[0]:
            self._speak(counted("Spoken", "1 photo is live", "{n} photos are live", live))
        self._told = self._counts

    def _announce(self, text: str) -> None:
        if text and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, text))
