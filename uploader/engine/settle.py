"""What the store says of a photo that it has, written into the outbox."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from uploader.domain.cancel import CancelToken
from uploader.domain.photos import Photo, Problem
from uploader.domain.states import State
from uploader.domain.stores import RemotePhoto, RemoteState
from uploader.engine import words
from uploader.engine.verify import Compare, Verdict, verify
from uploader.outbox import Outbox
from uploader.stores.protocol import Store

log = logging.getLogger(__name__)

TOO_LATE = Problem(*words.TOO_LATE_PROBLEM)
"""Stays with a photo that the store had before it was taken back."""


class Settled(Enum):
    """How it ended."""

    GOES_ON = "goes on"
    """The store still works on it."""
    NOT_YET = "not yet"
    """The store says done, but a style isn't there: to be looked at again."""
    ENDED = "ended"
    """Live or failed; or no longer ours to follow."""


@dataclass(frozen=True, slots=True)
class Settle:
    """Takes photos that the store has to where the store says they are."""

    outbox: Outbox
    store: Store
    compare: Compare

    def arrived(self, photo: Photo, remote: RemotePhoto, event: str) -> Photo | None:
        """Commit that the store has it, and where to ask, before anything is asked.

        From UPLOADING or UNCERTAIN to PROCESSING, or to ALREADY where the picture that the store
        had is live; None where it was taken back meanwhile. What was taken back too late says so
        from here on.
        """
        done = remote.already and remote.state is RemoteState.LIVE
        late = event == words.TAKEN_BACK_TOO_LATE and not remote.already
        return self.outbox.advance(
            photo,
            State.ALREADY if done else State.PROCESSING,
            words.SENT_BEFORE if remote.already else event,
            remote_id=remote.id,
            page=remote.page,
            poll_address=remote.poll_address,
            item=remote.item or photo.item,
            problem=TOO_LATE if late else None,
            attempts=0,
            not_before=0.0,
            sent=photo.size,
        )

    def settle(self, photo: Photo, remote: RemotePhoto, cancel: CancelToken) -> Settled:
        """Follow the store's word for a photo in PROCESSING, STALLED or FAILED.

        LIVE is believed only after its styles were fetched. Raises like `verify`.
        """
        if remote.state is RemoteState.LIVE:
            return self._live(photo, remote, cancel)
        if remote.state is RemoteState.FAILED:
            return self._failed(photo, remote)
        if remote.poll_address and remote.poll_address != photo.poll_address:
            self._remember(photo, remote)
        return Settled.GOES_ON

    def _live(self, photo: Photo, remote: RemotePhoto, cancel: CancelToken) -> Settled:
        verdict = verify(photo, remote, self.store, cancel, self.compare)
        if not verdict.live:
            log.warning("photo %d: done, says the store, but %s is not there",
                        photo.id, verdict.missing)  # fmt: skip
            return Settled.NOT_YET
        self.outbox.advance(
            photo,
            State.LIVE,
            _live_event(verdict, styles=bool(self.store.capabilities.styles)),
            matches=verdict.matches,
            problem=photo.problem if photo.problem == TOO_LATE else None,
            page=remote.page,
        )
        return Settled.ENDED

    def _failed(self, photo: Photo, remote: RemotePhoto) -> Settled:
        title = remote.title or words.FAILED_PROBLEM[0]
        problem = Problem(title, remote.detail or words.FAILED_PROBLEM[1])
        event = words.FAILED.format(title=title)
        self.outbox.advance(photo, State.FAILED, event, problem=problem, page=remote.page)
        return Settled.ENDED

    def _remember(self, photo: Photo, remote: RemotePhoto) -> None:
        self.outbox.advance(photo, photo.state, poll_address=remote.poll_address)


def _live_event(verdict: Verdict, *, styles: bool) -> str:
    if not styles:
        return words.LIVE_WITHOUT_STYLES
    if verdict.matches is None:
        return words.LIVE_UNCOMPARED
    return words.LIVE if verdict.matches else words.LIVE_DIFFERENT


Clock = Callable[[], float]
"""Tells the time in seconds since the epoch; injected by tests."""
