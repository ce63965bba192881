"""Photos that the person takes back, or off the list: at once here, in the store when it can be.

Every wish is on record before it is carried out, so that a restart neither sends what was taken
back nor shows what was removed. What the store has of a half-sent photo is dropped there; while
the store can't be reached, the cancelled photo's `sent` remembers that this is to be done.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from uploader.background.contact import Contact
from uploader.background.errands import Errands
from uploader.background.service import Service
from uploader.background.signals import DeskSignals
from uploader.background.values import Notice
from uploader.background.work import Work
from uploader.domain.errors import AmbiguousError, BusyError, StoreError
from uploader.domain.photos import Photo, may_have_arrived
from uploader.domain.states import IN_FLIGHT, State
from uploader.engine import words
from uploader.engine.backoff import Backoff
from uploader.engine.clocks import steady
from uploader.engine.outcome import STORE_TROUBLE
from uploader.engine.reconcile import SETTLING
from uploader.engine.settle import Clock
from uploader.outbox import Edit, Outbox

log = logging.getLogger(__name__)

_TAKE_BACK = frozenset({State.ADDED, State.CHECKING, State.READY, State.WAITING, State.REJECTED})
_AGAIN = 5.0
"""Seconds, at least, until a store that had no time to drop something is asked once more."""
_FINISHED = (State.LIVE, State.ALREADY, State.CANCELLED)


class Withdrawals:
    """`forgotten` is called with photos that have left for good. Its methods block."""

    def __init__(
        self,
        outbox: Outbox,
        contact: Contact,
        work: Work,
        signals: DeskSignals,
        *,
        heed: Callable[[Exception], bool],
        forgotten: Callable[[Sequence[Photo]], None],
        passing: Clock = steady,
    ) -> None:
        self._outbox = outbox
        self._contact = contact
        self._work = work
        self._signals = signals
        self._forgotten = forgotten
        self._partings = Errands(heed)
        self._droppings = Errands(heed)
        self._passing = passing
        self._hurried = threading.Event()
        self._seen: dict[tuple[int, float], float] = {}
        """When each photo that may have arrived (and since when) was first not there."""
        self._leaving = set(outbox.leaving())

    def is_leaving(self, photo_id: int) -> bool:
        """Whether it was taken off the list, and only waits to have stopped."""
        return photo_id in self._leaving

    def go_on(self) -> None:
        """Go on at the start with what the last run didn't come to."""
        left = list(self._leaving)
        self._partings.run(lambda: self._part(left))

    def close(self, milliseconds: int) -> bool:
        """Stop; tell whether it ended in time. What is left is done after the next start."""
        return all([self._partings.close(milliseconds), self._droppings.close(milliseconds)])

    # ---- what the person asks
    def cancel(self, ids: Iterable[int]) -> None:
        """Take back what isn't in the store."""
        left = self._take_back(ids)
        if any(photo.state is State.UNCERTAIN for photo in self._outbox.some(left)):
            self._signals.noticed.emit(Notice(*words.NOT_YET_CANCELLED))

    def remove(self, ids: Iterable[int]) -> None:
        """Take photos off the list; what is being sent is stopped first."""
        gone = list(ids)
        self._take_off(gone)
        self._part(gone)

    def remove_finished(self) -> None:
        """Take all that is live, was there already or was cancelled off the list."""
        gone = self._outbox.ids(self._contact.profile_name, *_FINISHED)
        self._take_off(gone)
        self._let_go(gone)

    # ---- being told
    def heard(self, photos: Sequence[Photo]) -> None:
        """See to photos that have stopped. Never blocks."""
        stopped = [photo.id for photo in photos if photo.id in self._leaving and _may_go(photo)]
        if stopped:
            # Anew from the start: one that waits again has to be taken back first.
            self._partings.run(lambda: self._part(stopped))
        if any(may_have_arrived(photo) for photo in photos):
            self.drop_half_sent()

    def drop_half_sent(self) -> None:
        """Have the store drop what it has of cancelled photos, now if it can be reached."""
        service = self._contact.service
        if service is not None and self._contact.link.online:
            # Whoever waits for a store to settle does this first.
            self._hurried.set()
            self._droppings.run(lambda: self._drop(service))

    # ---- parts
    def _take_off(self, ids: Sequence[int]) -> None:
        # Before the look at their states: whichever stops from now on is heard.
        self._leaving.update(ids)
        self._outbox.take_off(ids)
        self._signals.removed.emit(list(ids))

    def _part(self, ids: Sequence[int]) -> None:
        self._take_back(ids)
        self._let_go(ids)

    def _take_back(self, ids: Iterable[int]) -> list[int]:
        """Stop or cancel each; give those that can be neither now."""
        idle = [photo_id for photo_id in ids if not self._work.take_back(photo_id)]
        moved = self._outbox.move_many(idle, State.CANCELLED, words.TAKEN_BACK, only=_TAKE_BACK)
        ended = {photo.id for photo in moved}
        if any(photo.sent for photo in moved):
            self.drop_half_sent()
        # One may have been claimed between the two looks.
        return [i for i in idle if i not in ended and not self._work.take_back(i)]

    def _let_go(self, ids: Sequence[int]) -> None:
        gone = [photo for photo in self._outbox.some(ids) if _may_go(photo)]
        if gone:
            numbers = [photo.id for photo in gone]
            self._outbox.remove(numbers)
            self._leaving.difference_update(numbers)
            self._forgotten(gone)

    def _drop(self, service: Service) -> None:
        """Have all of it dropped, and look as often as it takes to know what has arrived."""
        refused = Counter[int]()
        while True:
            self._hurried.clear()
            try:
                pauses = self._drop_all(service, refused)
            except STORE_TROUBLE as error:
                self._contact.trouble(error, service)
                return
            except BusyError as error:
                # The others would hear the same. Nothing hurries it: the store named a time.
                service.cancel.wait(Backoff(least=_AGAIN).delay(1, error.retry_after))
                service.cancel.check()
                continue
            left = [pause for pause in pauses if pause > 0]
            if not left:
                return
            with service.cancel.interrupting(self._hurried.set):
                self._hurried.wait(min(left))
            service.cancel.check()

    def _drop_all(self, service: Service, refused: Counter[int]) -> list[float]:
        """Have each dropped, up to the first for which the store has no time.

        What it `refused` most often comes last: one that is never dropped holds up no other.
        """
        pauses = list[float]()
        for photo in sorted(self._to_drop(service), key=lambda photo: refused[photo.id]):
            try:
                pauses.append(self._drop_one(photo, service))
            except BusyError as error:
                log.info("photo %d: the store has no time to drop it: %s", photo.id, error)
                refused[photo.id] += 1
                raise
        return pauses

    def _to_drop(self, service: Service) -> list[Photo]:
        left = self._outbox.to_drop(service.profile.name)
        keys = {_uncertainty(photo) for photo in left}
        self._seen = {key: at for key, at in self._seen.items() if key in keys}
        return left

    def _drop_one(self, photo: Photo, service: Service) -> float:
        """Have one dropped; give the seconds until it has to be looked at again, or 0."""
        try:
            arrived = service.store.discard(photo, service.cancel)
            if (arrived or may_have_arrived(photo)) and self._has_arrived(service, photo):
                return 0.0
        except AmbiguousError as error:
            log.info("photo %d: what arrived isn't dropped yet: %s", photo.id, error)
            return _AGAIN
        except (BusyError, *STORE_TROUBLE):
            raise
        except StoreError as error:
            log.info("photo %d: what arrived can't be dropped: %s", photo.id, error)
        if (left := self._unsettled(photo, service)) > 0:
            return left
        self._outbox.edit_many([photo.id], _dropped)
        return 0.0

    def _unsettled(self, photo: Photo, service: Service) -> float:
        """Seconds for which a store that knows no references may still be storing it."""
        if not may_have_arrived(photo) or service.store.capabilities.idempotent:
            return 0.0
        now = self._passing()
        return self._seen.setdefault(_uncertainty(photo), now) + SETTLING - now

    def _has_arrived(self, service: Service, photo: Photo) -> bool:
        """Own up to a photo that was in the store before it was taken back."""
        remote = service.store.find(photo, service.cancel)
        if remote is not None:
            service.upload.settle.arrived(photo, remote, words.TAKEN_BACK_TOO_LATE)
        return remote is not None


def _may_go(photo: Photo) -> bool:
    """Whether nothing of it is on its way, nor is left to be dropped by the store."""
    return photo.state not in IN_FLIGHT and not (photo.state is State.CANCELLED and photo.sent)


def _uncertainty(photo: Photo) -> tuple[int, float]:
    return photo.id, photo.state_since


def _dropped(photo: Photo) -> Edit | None:
    return Edit(photo.state, "", {"sent": 0}) if photo.state is State.CANCELLED else None
