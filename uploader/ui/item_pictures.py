"""Items' pictures as pixmaps: a bounded number of them, asked for by whoever paints them."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap

from uploader.background.desk import Desk
from uploader.background.values import Bitmap, Connection, Link
from uploader.ui.delegates.thumbs import to_image

MOST = 160
"""Pictures kept: about 13 MB at most."""


class ItemPictures(QObject):
    """`get` never waits: what isn't there is asked for, and comes with a signal.

    Signals: `arrived()` after pictures have come.
    """

    arrived = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: OrderedDict[str, QPixmap | None] = OrderedDict()
        """None: it was asked for, or isn't to be had."""
        self._missing: set[str] = set()
        self._wanted: list[str] = []
        self._asking = QTimer(self, interval=0, singleShot=True)
        self._asking.timeout.connect(self._ask)
        self._telling = QTimer(self, interval=50, singleShot=True)
        self._telling.timeout.connect(self.arrived)
        desk.item_picture.connect(self._take)
        desk.connection_changed.connect(self._on_connection)

    def get(self, address: str) -> QPixmap | None:
        """Give an item's picture by its address; None while, or where, there is none."""
        if not address:
            return None
        if address in self._known:
            self._known.move_to_end(address)
            return self._known[address]
        self._keep(address, None)
        # What one paint asks for goes out together, in the order of the lines.
        self._wanted.append(address)
        self._asking.start()
        return None

    def _ask(self) -> None:
        wanted, self._wanted = self._wanted, []
        self._desk.request_pictures(wanted)

    def _take(self, address: str, bitmap: Bitmap | None) -> None:
        if bitmap is None:
            self._missing.add(address)
            return
        self._missing.discard(address)
        self._keep(address, QPixmap.fromImage(to_image(bitmap)))
        if not self._telling.isActive():
            self._telling.start()

    def _keep(self, address: str, pixmap: QPixmap | None) -> None:
        self._known[address] = pixmap
        self._known.move_to_end(address)
        while len(self._known) > MOST:
            self._missing.discard(self._known.popitem(last=False)[0])

    def _on_connection(self, connection: Connection) -> None:
        """Ask anew for what couldn't be had while the store was away."""
        if connection.link is Link.ONLINE and self._missing:
            for address in self._missing:
                self._known.pop(address, None)
            self._missing.clear()
            self.arrived.emit()
