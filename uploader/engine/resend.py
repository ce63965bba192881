"""*Retry* and *Send again*: what the person's word does to photos that don't go on."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import RejectedError, StoreError
from uploader.domain.photos import Photo, Problem
from uploader.domain.states import State
from uploader.domain.stores import RemotePhoto
from uploader.engine import words
from uploader.engine.outcome import STORE_TROUBLE, Outcome
from uploader.engine.reconcile import finish
from uploader.engine.settle import Settle
from uploader.outbox import Outbox


def retry(outbox: Outbox, profile: str, ids: Collection[int] = ()) -> list[Photo]:
    """Make everything due now that waits or was rejected: `ids`, or all.

    Overrides every back-off. Returns the stalled and failed photos, for `SendAgain`, which
    has to ask the store.
    """
    chosen = [
        photo
        for photo in outbox.in_state(
            profile, State.WAITING, State.UNCERTAIN, State.REJECTED, State.STALLED, State.FAILED
        )
        if not ids or photo.id in ids
    ]
    outbox.reset_backoff(photo.id for photo in chosen)
    rejected = [photo.id for photo in chosen if photo.state is State.REJECTED]
    outbox.move_many(
        rejected, State.WAITING, words.QUEUED, problem=None, attempts=0, not_before=0.0
    )
    return [photo for photo in chosen if photo.state in {State.STALLED, State.FAILED}]


@dataclass(frozen=True, slots=True)
class SendAgain:
    """Has the store process again what it has; sends again what it no longer has."""

    settle: Settle

    def __call__(self, photo: Photo, cancel: CancelToken, *, named: bool = True) -> Outcome:
        """Resubmit one photo in STALLED or FAILED. Without an answer it stays there.

        `named`: the person means this photo, not all that failed. Somebody may have removed it
        from the store on purpose, so only then is such a one sent anew.
        """
        try:
            return self._resubmit(photo, cancel, named=named)
        except STORE_TROUBLE as trouble:
            return Outcome(photo, trouble)
        except StoreError as error:
            problem = Problem(error.title, error.detail)
            return Outcome(self.settle.outbox.advance(photo, photo.state, problem=problem))

    def _resubmit(self, photo: Photo, cancel: CancelToken, *, named: bool) -> Outcome:
        event = words.SENT_AGAIN
        try:
            remote = self.settle.store.resubmit(photo, cancel)
        except RejectedError:
            found = self.settle.store.find(photo, cancel)
            if found is None or (found.removed and named):
                return Outcome(self._send_anew(photo))
            if found.removed or found.id == photo.remote_id:
                raise
            # The same picture is there under another number: ours, whoever sent it.
            remote, event = found, words.LOOKED_THERE
        again = self._processing(photo, remote, event)
        return finish(self.settle, again, remote, cancel)

    def _processing(self, photo: Photo, remote: RemotePhoto, event: str) -> Photo | None:
        return self.settle.outbox.advance(
            photo,
            State.PROCESSING,
            event,
            problem=None,
            remote_id=remote.id or photo.remote_id,
            poll_address=remote.poll_address or photo.poll_address,
        )

    def _send_anew(self, photo: Photo) -> Photo | None:
        """Make another upload of it, in one step: nothing of the old one is asked after again.

        Under the old reference a store that has it on record would make nothing.
        """
        return self.settle.outbox.advance(
            photo,
            State.WAITING,
            words.GONE,
            reference=str(uuid.uuid4()),
            remote_id="",
            poll_address="",
            problem=None,
            attempts=0,
            not_before=0.0,
            sent=0,
        )
