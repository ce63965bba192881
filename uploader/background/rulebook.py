"""Answers about matching: which rules are in force, and what others would do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from uploader.background.errands import Errands
from uploader.background.service import Service
from uploader.background.signals import DeskSignals
from uploader.background.stock import Stock
from uploader.domain.trial import Setup, try_out
from uploader.engine.matching import load_setup, save_setup
from uploader.engine.name_list import read_list
from uploader.outbox import Outbox


class Rulebook:
    """Works in a thread of its own: thousands of names, or a slow disk, hold up nobody.

    `service` gives the store in use and `profile` whose photos are on the list.
    """

    def __init__(
        self,
        outbox: Outbox,
        stock: Stock,
        signals: DeskSignals,
        heed: Callable[[Exception], bool],
        *,
        service: Callable[[], Service | None],
        profile: Callable[[], str],
    ) -> None:
        self._outbox, self._stock, self._signals = outbox, stock, signals
        self._service, self._profile = service, profile
        self._errands = Errands(heed)
        self._wanted: Setup | None = None

    def tell(self) -> None:
        """Answer with `DeskSignals.matching_told`: what is in force."""
        self._errands.run(
            lambda: self._signals.matching_told.emit(load_setup(self._outbox, self._profile()))
        )

    def try_out(self, setup: Setup) -> None:
        """Answer with `DeskSignals.matching_tried`; of several questions only the last."""
        self._wanted = setup
        self._errands.run(lambda: self._try_out(setup))

    def read(self, path: Path) -> None:
        """Read a list of names; `DeskSignals.names_read` answers."""
        self._errands.run(lambda: self._signals.names_read.emit(read_list(path)))

    def keep(self, setup: Setup) -> None:
        """Find items by these rules from now on, and match again what has none."""
        self._errands.run(lambda: self._keep(setup))

    def match_again(self) -> None:
        """Match again what has no item."""
        if (service := self._service()) is not None:
            self._stock.match_again(service)

    def close(self, milliseconds: int) -> bool:
        """Stop; tell whether what was under way ended in time."""
        self._wanted = None
        return self._errands.close(milliseconds)

    def _try_out(self, setup: Setup) -> None:
        if setup is not self._wanted:
            return
        service = self._service()
        matcher = service.catalogue.matcher_of(setup) if service is not None else None
        trial = try_out(self._outbox.photos(self._profile()), setup, matcher)
        self._signals.matching_tried.emit(trial)

    def _keep(self, setup: Setup) -> None:
        save_setup(self._outbox, self._profile(), setup)
        if (service := self._service()) is not None:
            self._stock.use(service, setup)
