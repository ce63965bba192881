"""The lanes that look at photos, send them, look for them in the store and follow them."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QDeadlineTimer

from uploader.background.clockwork import Clockwork
from uploader.background.contact import Contact
from uploader.background.judging import Judging
from uploader.background.lanes import Lanes
from uploader.background.service import Service, capabilities_of
from uploader.background.turns import Turns
from uploader.domain.cancel import CancelToken, Stop
from uploader.domain.errors import CancelledError, StoreError
from uploader.domain.findings import Limits
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.engine import words
from uploader.engine.check import check
from uploader.engine.clocks import DayClock
from uploader.engine.examine import Examine, examine
from uploader.engine.judge import Find
from uploader.engine.outcome import Outcome
from uploader.imaging.subject import find_subject
from uploader.outbox import Outbox, OutboxError

log = logging.getLogger(__name__)

CHECKERS = 1
AHEAD = 1
"""Photos that are claimed and wait for a connection: while the outbox notes that one has arrived,
the next is on its way already."""
RETRY = 5.0
"""Seconds until work goes on after the disk refused a change, or after a bug of ours."""

_ARRIVED = frozenset({State.PROCESSING, State.LIVE, State.ALREADY})
"""The store has done what it was asked."""

Report = Callable[[int, int], None]
"""Told a photo's id and the bytes sent of it so far."""


class Work:
    """Does what the outbox says is to be done. What comes next is decided by states alone.

    `heard` is called for every committed change and wakes whoever has work by it.
    """

    def __init__(
        self,
        outbox: Outbox,
        contact: Contact,
        report: Report,
        on_disk_trouble: Callable[[OutboxError], None],
        *,
        uploads: int,
        clock: DayClock | None = None,
        examine: Examine = examine,
        find: Find = find_subject,
    ) -> None:
        self._examine = examine
        self._outbox = outbox
        self._contact = contact
        self._report = report
        self._on_disk_trouble = on_disk_trouble
        self._clock = clock or DayClock()
        self._lock = threading.Lock()
        self._under_way: dict[int, CancelToken] = {}
        self._stop = CancelToken()
        self._paused = False
        self._in_sight: deque[int] = deque()
        self._checkers = Lanes(CHECKERS, self._guarded(self._check_next))
        self._judging = Judging(
            outbox, lambda: contact.profile_name, self._limits, self._stop, find
        )
        self._judges = Lanes(1, self._guarded(self._judging.step))
        self._turns = Turns(uploads)
        self._senders = Lanes(uploads + AHEAD, self._guarded(self._send_next))
        self._lookers = Lanes(1, self._guarded(self._look_for_next))
        self._followers = Lanes(1, self._guarded(self._follow))
        self._clockwork = Clockwork(outbox, contact, self._clock, self._wake_for_due)
        self._ticks = Lanes(1, self._guarded(self._clockwork.tick))

    # ---- being told
    def start(self) -> None:
        """Begin; from here on `heard` and `wake_all` keep it going."""
        self._ticks.wake()
        self.wake_all()

    def heard(self, photos: list[Photo]) -> None:
        """Wake the lanes that have work by these changes. Never blocks."""
        states = {photo.state for photo in photos}
        if State.ADDED in states:
            self._checkers.wake()
        if self._judging.heard(photos):
            self._judges.wake()
        if State.WAITING in states:
            self._senders.wake()
        if State.UNCERTAIN in states:
            self._lookers.wake()
        if states & {State.WAITING, State.UNCERTAIN}:
            self._clockwork.nudge()
        service = self._contact.service
        if State.PROCESSING in states and service is not None:
            service.follower.wake()

    def wake_all(self) -> None:
        """Something changed for all photos: the store is back, the pause has ended."""
        self._checkers.wake()
        self._judges.wake()
        self._senders.wake()
        self._lookers.wake()
        self._followers.wake()
        service = self._contact.service
        if service is not None and self._contact.link.online:
            service.follower.wake()
        self._clockwork.nudge()

    def look_first(self, ids: Sequence[int]) -> None:
        """Look at these before the others that were added. Never blocks."""
        self._in_sight = deque(ids)

    def pause(self) -> None:
        """Stop sending; what is under way goes on later from where it is."""
        self._paused = True
        with self._lock:
            tokens = list(self._under_way.values())
        for token in tokens:
            token.cancel(Stop.HALTED)

    def resume(self) -> None:
        """Go on sending."""
        self._paused = False
        self.wake_all()

    def set_uploads(self, uploads: int) -> None:
        """Send so many photos at once from now on; what is under way ends first."""
        self._turns.resize(uploads)
        self._senders.resize(uploads + AHEAD)

    def take_back(self, photo_id: int) -> bool:
        """Stop sending this photo for good; False where it isn't being sent."""
        with self._lock:
            token = self._under_way.get(photo_id)
        if token is not None:
            token.cancel(Stop.TAKEN_BACK)
        return token is not None

    def close(self, deadline: QDeadlineTimer) -> bool:
        """Halt all work and cut the connections; tell whether it ended by the deadline."""
        self._stop.cancel()
        self.pause()
        self._contact.end()
        self._clockwork.nudge()
        lanes = (
            *(self._ticks, self._followers, self._senders),
            *(self._lookers, self._checkers, self._judges),
        )
        ended = [lane.close(deadline.remainingTime()) for lane in lanes]
        return all(ended)

    # ---- one unit of work for each kind of lane
    def _check_next(self) -> bool:
        service = self._contact.service
        # Of this very service: items of one store aren't another's.
        profile = service.profile.name if service else self._contact.profile_name
        added = self._outbox.oldest(profile, State.ADDED)
        if added is None:
            return False
        added = self._added_in_sight(profile) or added
        known = capabilities_of(service)
        matcher = service.catalogue.matcher if service else None
        check(
            added,
            self._outbox,
            known.limits,
            matcher,
            styles=known.styles,
            cancel=self._stop,
            look=self._examine,
        )
        return True

    def _send_next(self) -> bool:
        service = self._contact.service
        if service is None or service.cancel.cancelled:
            return False
        if self._is_paused() or not self._contact.link.online:
            return False
        token, era = CancelToken(), self._contact.link.era
        with self._lock:
            # Claimed and entered under one lock, so that nobody can take it back in between.
            photo = self._outbox.claim(service.profile.name, self._clock())
            if photo is None:
                return False
            self._under_way[photo.id] = token
        try:
            outcome = self._send(photo, service, token)
        finally:
            with self._lock:
                # It waits already, and another lane may have claimed it since.
                if self._under_way.get(photo.id) is token:
                    del self._under_way[photo.id]
        if token.stop is Stop.TAKEN_BACK and outcome.photo is not None:
            self._heed_late(outcome.photo)
        self._ended(outcome, service, era)
        return True

    def _heed_late(self, photo: Photo) -> None:
        """Take back what was to be taken back while it ended otherwise, to be sent again."""
        if photo.state is State.UNCERTAIN:
            # Looked for in the store until it is known: all of it counts as sent.
            unsure = words.TAKEN_BACK_UNSURE
            self._outbox.advance(photo, State.CANCELLED, unsure, sent=photo.size)
        elif photo.state is State.WAITING and not self.take_back(photo.id):
            taken = self._outbox.advance(photo, State.CANCELLED, words.TAKEN_BACK)
            if taken is None:
                # Another lane has claimed it between the two looks.
                self.take_back(photo.id)

    def _send(self, photo: Photo, service: Service, token: CancelToken) -> Outcome:
        try:
            with service.cancel.interrupting(token.cancel):
                # Read anew: the pause may have come while the photo was claimed.
                if self._is_paused():
                    token.cancel(Stop.HALTED)
                turn = self._turn(token)
                return service.upload(photo, lambda n: self._report(photo.id, n), token, turn)
        except CancelledError:
            # Another account came while the photo was claimed: nothing has been sent.
            taken_back = token.stop is Stop.TAKEN_BACK
            state = State.CANCELLED if taken_back else State.WAITING
            event = words.TAKEN_BACK if taken_back else words.HALTED
            return Outcome(self._outbox.advance(photo, state, event))

    @contextlib.contextmanager
    def _turn(self, token: CancelToken) -> Iterator[None]:
        """Wait for a connection; one that is lost meanwhile isn't tried again by each photo."""
        with self._turns.taken(token):
            if not self._contact.link.online:
                token.cancel(Stop.HALTED)
            yield

    def _look_for_next(self) -> bool:
        service = self._contact.service
        if service is None or not self._contact.link.online:
            return False
        due = service.reconcile.due(service.profile.name)
        if not due or service.cancel.cancelled:
            return False
        era = self._contact.link.era
        self._ended(service.reconcile(due[0], service.cancel), service, era)
        return True

    def _follow(self) -> bool:
        service = self._contact.service
        if service is None:
            return False
        era = self._contact.link.era

        def may_ask() -> bool:
            nonlocal era
            era = self._contact.link.era
            return self._contact.link.online

        service.follower.run(
            service.cancel,
            on_trouble=lambda error: self._contact.trouble(error, service, era),
            may_ask=may_ask,
        )
        return self._contact.service is not service

    # ---- parts
    def _added_in_sight(self, profile: str) -> Photo | None:
        """Give the next photo that the person sees and nobody has looked at."""
        in_sight = self._in_sight
        while in_sight:
            with contextlib.suppress(KeyError, IndexError):
                photo = self._outbox.photo(in_sight.popleft())
                if photo.state is State.ADDED and photo.profile == profile:
                    return photo
        return None

    def _limits(self) -> Limits:
        return capabilities_of(self._contact.service).limits

    def _is_paused(self) -> bool:
        return self._paused

    def _ended(self, outcome: Outcome, service: Service, era: int) -> None:
        trouble: StoreError | None = outcome.trouble
        if trouble is not None:
            self._contact.trouble(trouble, service, era)
        elif outcome.photo is not None and outcome.photo.state in _ARRIVED:
            self._contact.link.succeeded()

    def _wake_for_due(self) -> None:
        self._senders.wake()
        self._lookers.wake()

    def _recovered(self) -> bool:
        """After the disk refused a change: free photos that it left half-way."""
        try:
            with self._lock:
                # Under the lock: what is claimed in between would count as left behind.
                self._outbox.recover(self._clock(), busy=tuple(self._under_way))
        except OutboxError as error:
            # Said again: the person reads it for as long as it lasts.
            self._on_disk_trouble(error)
            return False
        return True

    def _guarded(self, work: Callable[[], bool]) -> Callable[[], bool]:
        """Let neither a full disk nor a bug end a lane: nobody would wake it again."""

        def guarded() -> bool:
            if self._stop.cancelled:
                return False
            try:
                return work()
            except OutboxError as error:
                self._on_disk_trouble(error)
                while not self._stop.wait(RETRY):
                    if self._recovered():
                        return True
                return False
            except Exception:
                log.exception("a background worker met a bug")
                return not self._stop.wait(RETRY)

        return guarded
