"""The app's background as a process of its own, for tests that kill it.

Arguments: the outbox's folder, the store's address, the account's e-mail, titles of items. It
signs in by itself, again and again, as a patient person would; the password is the first line
of standard input. Every photo that is ready is given an item by its name, and sent.

Obeys JSON lines: {"do": "add", "paths"}, "pause", "resume", "cancel"/"retry"/"remove" with
"ids", "try_now", "quit". Tells JSON lines: {"said": "opened"},
"connection", "noticed", "failed", "added", "signed in", "not signed in".
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer

from uploader.background.desk import Desk
from uploader.background.settings import Settings
from uploader.background.values import Connection, Link, Notice
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.stores import Credentials, Item

PATIENCE_MS = 700
"""Between two tries to sign in."""
NOT_OPENED = 3
"""The exit code where the outbox can't be opened; a person would start it again."""


def say(said: str, **more: Any) -> None:
    os.write(1, (json.dumps({"said": said, **more}) + "\n").encode())


def _first_line() -> str:
    """Read a line and not a byte more: what follows is for `Orders`."""
    line = b""
    while not line.endswith(b"\n") and (byte := os.read(0, 1)):
        line += byte
    return line.decode()


class Orders:
    """Reads lines from standard input when there are some, without ever waiting for them."""

    def __init__(self, obey: Any) -> None:
        self._obey = obey
        self._begun = b""
        os.set_blocking(0, False)
        self._notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._read)

    def _read(self) -> None:
        data = os.read(0, 1 << 20)
        if not data:
            self._notifier.setEnabled(False)
            self._obey({"do": "quit"})
            return
        *lines, self._begun = (self._begun + data).split(b"\n")
        for line in lines:
            self._obey(json.loads(line))


class Child:
    """A desk and the habits of the person at it."""

    def __init__(self, data: Path, address: str, email: str, items: list[str]) -> None:
        self._address, self._email, self._items = address, email, items
        # Never an argument: those are for everybody to read.
        self._password = _first_line().strip()
        self.desk = desk = Desk(Settings(data, keychain=False))
        self._asking = False
        self._again = QTimer()
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._sign_in)
        desk.opened.connect(self._opened)
        desk.failed.connect(self._failed)
        desk.noticed.connect(self._noticed)
        desk.added.connect(lambda count: say("added", count=count))
        desk.connection_changed.connect(self._stands)
        desk.signed_in.connect(self._signed_in)
        desk.sign_in_failed.connect(self._not_signed_in)
        desk.reset.connect(self._send)
        desk.changed.connect(self._send)
        self._orders = Orders(self._obey)

    def _opened(self) -> None:
        say("opened")
        self._again.start(0)

    def _failed(self, title: str, detail: str) -> None:
        say("failed", title=title, detail=detail)
        self.desk.close()
        QCoreApplication.exit(NOT_OPENED)

    def _sign_in(self) -> None:
        # Offline it comes back by itself, without a password.
        if self.desk.connection.link is Link.SIGNED_OUT and not self._asking:
            self._asking = True
            self.desk.sign_in(self._address, Credentials(self._email, self._password), False)

    def _stands(self, connection: Connection) -> None:
        say("connection", link=connection.link, title=connection.title, detail=connection.detail)
        if connection.link is Link.SIGNED_OUT and not self._again.isActive():
            self._again.start(PATIENCE_MS)

    def _signed_in(self) -> None:
        self._asking = False
        say("signed in")

    def _not_signed_in(self, field: str, title: str, detail: str) -> None:
        self._asking = False
        say("not signed in", field=field, title=title, detail=detail)
        self._again.start(PATIENCE_MS)

    def _noticed(self, notice: Notice) -> None:
        say("noticed", text=notice.text, detail=notice.detail)

    def _send(self, photos: list[Photo]) -> None:
        """Give what is ready an item, and send it."""
        ready = [photo for photo in photos if photo.state is State.READY]
        for title in self._items:
            ids = [photo.id for photo in ready if self._item(photo) == title]
            if ids:
                self.desk.choose_item(ids, Item("", title))
                self.desk.upload(ids)

    def _item(self, photo: Photo) -> str:
        return self._items[zlib.crc32(photo.name.encode()) % len(self._items)]

    def _obey(self, order: dict[str, Any]) -> None:
        match order.pop("do"):
            case "add":
                self.desk.add([Path(path) for path in order["paths"]])
            case "quit":
                self.desk.close()
                QCoreApplication.exit(0)
            case name:
                getattr(self.desk, name)(*order.values())


def main(data: str, address: str, email: str, *items: str) -> int:
    app = QCoreApplication([])
    child = Child(Path(data), address, email, list(items))
    child.desk.start()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
