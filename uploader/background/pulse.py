"""What changes all the time while photos are sent, told to the window at most 20 times a second."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from uploader.background.rates import Meter
from uploader.background.signals import DeskSignals
from uploader.background.tally import Tally
from uploader.background.throttle import Throttle
from uploader.background.values import Progress
from uploader.domain.photos import Photo
from uploader.domain.states import State

TOTALS_MS = 500
"""How often speed and time left are told while something is being sent."""


class Pulse(QObject):
    """Lives on the UI thread; `put` and `report` may be called from any. Speaks by `signals`.

    Keeps every photo as last told, and what was sent of those that are under way.
    """

    def __init__(self, signals: DeskSignals) -> None:
        super().__init__(signals)
        self._signals = signals
        self._tally = Tally()
        self._off: set[int] = set()
        """Removed for good: another thread may tell a change after its photo has gone."""
        self._sent: dict[int, int] = {}
        self._meters: dict[int, Meter] = {}
        self._total_meter = Meter(time.monotonic)
        self._changes = Throttle(self._deliver_changes, self)
        self._progress = Throttle(self._deliver_progress, self)
        self._ticker = QTimer(self)
        self._ticker.setInterval(TOTALS_MS)
        self._ticker.timeout.connect(self._tell_totals)
        self._stopped = False
        signals.reset.connect(self._on_reset)
        signals.removed.connect(self._on_removed)
        signals.added.connect(self._changes.flush)

    def put(self, photos: Sequence[Photo]) -> None:
        """Take changed photos; the window hears of them soon."""
        self._changes.put({photo.id: photo for photo in photos})

    def report(self, photo_id: int, sent: int) -> None:
        """Take how many bytes of a photo were sent so far."""
        self._progress.put({photo_id: sent})

    def photo(self, photo_id: int) -> Photo | None:
        """Give the photo as last told."""
        return self._tally.photo(photo_id)

    def photos(self) -> list[Photo]:
        """Give all photos as last told."""
        return self._tally.photos()

    @property
    def under_way(self) -> frozenset[int]:
        """The photos of which something was sent lately and that aren't there yet."""
        return frozenset(self._sent)

    def stop(self) -> None:
        """Tell no more totals."""
        self._stopped = True
        self._ticker.stop()

    # ---- on the UI thread
    def _on_reset(self, photos: list[Photo]) -> None:
        self._changes.flush()
        self._tally.clear()
        self._sent.clear()
        self._meters.clear()
        for photo in photos:
            self._tally.count(photo)
        self._tell_totals()

    def _on_removed(self, ids: list[int]) -> None:
        self._off.update(ids)
        for photo_id in ids:
            self._tally.forget(photo_id)
            self._sent.pop(photo_id, None)
            self._meters.pop(photo_id, None)
        self._tell_totals()

    def _deliver_changes(self, told: dict[int, Photo]) -> None:
        photos = [photo for photo in told.values() if photo.id not in self._off]
        for photo in photos:
            self._tally.count(photo)
            if photo.state is not State.UPLOADING:
                self._sent.pop(photo.id, None)
                self._meters.pop(photo.id, None)
        self._signals.changed.emit(photos)
        self._tell_totals()

    def _deliver_progress(self, sent: dict[int, int]) -> None:
        told: dict[int, Progress] = {}
        for photo_id, count in sent.items():
            photo = self._tally.photo(photo_id)
            if photo is None or photo.state is not State.UPLOADING or not photo.size:
                continue
            meter = self._meters.setdefault(photo_id, Meter(time.monotonic))
            fresh = max(0, count - self._sent.get(photo_id, photo.sent))
            meter.add(fresh)
            self._total_meter.add(fresh)
            self._sent[photo_id] = count
            told[photo_id] = Progress(count, photo.size, meter.rate())
        if told:
            self._signals.progressed.emit(told)

    def _tell_totals(self) -> None:
        if self._stopped:
            return
        totals = self._tally.totals(self._sent, self._total_meter.rate())
        self._signals.totals_changed.emit(totals)
        # Speed and time left change by themselves while something is being sent.
        busy = bool(self._sent) or totals.rate > 0
        if busy and not self._ticker.isActive():
            self._ticker.start()
        elif not busy:
            self._ticker.stop()
