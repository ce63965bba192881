"""Pictures of items, for whoever chooses among them: fetched and decoded in workers."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

from uploader.background.darkroom.client import DarkroomError, Developer
from uploader.background.darkroom.jobs import Shrink
from uploader.background.lanes import Lanes
from uploader.background.service import Service
from uploader.background.signals import DeskSignals
from uploader.background.values import Bitmap
from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError, StoreError
from uploader.domain.stores import RemotePhoto, RemoteState
from uploader.domain.styles import Style

log = logging.getLogger(__name__)

FETCHERS = 2
MOST_WANTED = 60
"""Wishes kept: what was scrolled past long ago is nobody's wish any more."""
_STYLE = Style("item", "144x144>")
"""Large enough for 48 logical pixels on a display of three times as many."""


class ItemPictures:
    """Answers each wish with `DeskSignals.item_picture`, once. Keeps no pictures itself.

    `developer` decodes, `service` gives the store in use. Methods return at once.
    """

    def __init__(
        self,
        signals: DeskSignals,
        developer: Developer,
        service: Callable[[], Service | None],
    ) -> None:
        self._signals, self._developer, self._service = signals, developer, service
        self._lock = threading.Lock()
        self._wanted: OrderedDict[str, None] = OrderedDict()
        self._lanes = Lanes(FETCHERS, self._fetch_next)
        self._closing = CancelToken()

    def want(self, addresses: Sequence[str]) -> None:
        """Ask for pictures by their addresses, the most urgent first; before older wishes."""
        with self._lock:
            for address in reversed(addresses):
                self._wanted[address] = None
                self._wanted.move_to_end(address, last=False)
            while len(self._wanted) > MOST_WANTED:
                # Said to be missing, so that it is asked for again when it comes into sight.
                self._signals.item_picture.emit(self._wanted.popitem()[0], None)
        self._lanes.wake()

    def close(self, milliseconds: int) -> bool:
        """Drop all wishes; tell whether what was under way ended in time."""
        self._closing.cancel()
        with self._lock:
            self._wanted.clear()
        return self._lanes.close(milliseconds)

    def _fetch_next(self) -> bool:
        with self._lock:
            if not self._wanted:
                return False
            address = self._wanted.popitem(last=False)[0]
        self._signals.item_picture.emit(address, self._fetch(address))
        return True

    def _fetch(self, address: str) -> Bitmap | None:
        service = self._service()
        if service is None:
            return None
        remote = RemotePhoto("", RemoteState.LIVE, urls={_STYLE.name: address})
        try:
            token = CancelToken()
            stop = token.cancel
            with service.cancel.interrupting(stop), self._closing.interrupting(stop):
                data = service.store.fetch(remote, _STYLE.name, token)
                return self._developer.do(Shrink(data, _STYLE), cancel=token)
        except (StoreError, CancelledError, DarkroomError) as error:
            log.info("no picture of an item: %s", type(error).__name__)
            return None
