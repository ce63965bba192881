"""Keeps a store's catalogue: from the disk at once, from the store when it can be reached."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from uploader.background.cache import Cache, Known
from uploader.background.errands import Errands
from uploader.background.service import Service
from uploader.background.signals import DeskSignals
from uploader.domain.errors import CancelledError, StoreError
from uploader.domain.stores import Item
from uploader.domain.trial import Setup
from uploader.engine.backoff import Backoff, asked_by
from uploader.engine.matching import load_setup, match_again
from uploader.engine.outcome import STORE_TROUBLE
from uploader.outbox import Outbox

log = logging.getLogger(__name__)

GROWS_OLD = 300.0
"""Seconds after which a catalogue is read anew when the store comes back."""


class Stock:
    """`serve`, `refresh` and `find` return soon; the reading has a thread of its own."""

    def __init__(
        self,
        outbox: Outbox,
        cache: Cache,
        signals: DeskSignals,
        *,
        heed: Callable[[Exception], bool],
        on_trouble: Callable[[StoreError, Service], None],
    ) -> None:
        self._outbox = outbox
        self._cache = cache
        self._signals = signals
        self._on_trouble = on_trouble
        self._readings = Errands(heed)
        self._backoff = Backoff(base=3.0, cap=60.0)

    def serve(self, service: Service) -> None:
        """Take what the last time left: styles, limits and items, before anybody is asked."""
        service.catalogue.use(load_setup(self._outbox, service.profile.name))
        known = self._cache.load(service.profile)
        if known is None or service.signed_in:
            return
        service.capabilities = known.capabilities
        self._signals.capabilities_changed.emit(known.capabilities)
        service.catalogue.take(known.items)
        self._readings.run(lambda: self._match_again(service))

    def refresh(self, service: Service) -> None:
        """Read the catalogue, now that the store can be reached, unless that was done lately."""
        if self._is_old(service):
            self._readings.run(lambda: self._read(service))

    def use(self, service: Service, setup: Setup) -> None:
        """Find items by other rules from now on, also for photos that wait for one."""
        service.catalogue.use(setup)
        self.match_again(service)

    def match_again(self, service: Service) -> None:
        """Match what has no item anew, by the catalogue as it is now in the store."""

        def again() -> None:
            if service.signed_in:
                self._read(service, anyway=True)
            self._match_again(service, ask_again=True)

        self._readings.run(again)

    def find(self, service: Service | None, query: str) -> list[Item]:
        """Look in what is known of the store."""
        return service.catalogue.find(query) if service else []

    def close(self, milliseconds: int) -> bool:
        """Stop reading; tell whether that ended in time."""
        return self._readings.close(milliseconds)

    # ---- parts
    def _is_old(self, service: Service) -> bool:
        read = service.catalogue_read
        return read is None or time.monotonic() - read > GROWS_OLD

    def _read(self, service: Service, *, anyway: bool = False) -> None:
        """Read until it is read; a busy store is asked ever more rarely.

        `anyway`: also what was read lately, once.
        """
        tries = 0
        while (anyway or self._is_old(service)) and not service.cancel.cancelled:
            try:
                count = service.catalogue.fetch(service.store)
            except STORE_TROUBLE as error:
                self._on_trouble(error, service)
                return
            except CancelledError:
                return
            except StoreError as error:
                tries += 1
                log.info("the catalogue can't be read yet: %s", error)
                asked = asked_by(error)
                service.cancel.wait(self._backoff.delay(tries, asked))
            else:
                service.catalogue_read, anyway = time.monotonic(), False
                self._match_again(service)
                self._signals.catalogue_loaded.emit(count)
                self._cache.save(
                    service.profile, Known(service.capabilities, service.catalogue.items)
                )

    def _match_again(self, service: Service, *, ask_again: bool = False) -> None:
        matcher = service.catalogue.matcher
        if matcher is not None:
            match_again(self._outbox, service.profile.name, matcher, ask_again=ask_again)
