"""One store, signed in to or about to be, with the parts of the engine that work for it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from uploader.background.catalogue import Catalogue
from uploader.background.profiles import Profile
from uploader.domain.cancel import CancelToken
from uploader.domain.stores import Capabilities, Credentials
from uploader.engine.bandwidth import Bucket
from uploader.engine.compare import compare_with_preview
from uploader.engine.follow import Follower
from uploader.engine.reconcile import Reconcile
from uploader.engine.resend import SendAgain
from uploader.engine.settle import Clock, Settle
from uploader.engine.upload import StandIn, UploadOne, as_it_is
from uploader.engine.verify import Compare
from uploader.outbox import Outbox
from uploader.stores.protocol import Store


@dataclass(slots=True)
class Service:
    """Everything that belongs to one profile. `cancel` ends all of it.

    `credentials` stay in memory until the store has taken them: a start without network signs
    in as soon as it can.
    """

    profile: Profile
    store: Store
    credentials: Credentials
    catalogue: Catalogue
    upload: UploadOne
    reconcile: Reconcile
    follower: Follower
    send_again: SendAgain
    cancel: CancelToken
    signed_in: bool = False
    capabilities: Capabilities = field(default_factory=Capabilities)
    """What the store can do, as it said last; also while it can't be reached."""
    catalogue_read: float | None = None
    """When the store was last asked for its catalogue, by the monotonic clock."""

    @classmethod
    def of(
        cls,
        profile: Profile,
        store: Store,
        credentials: Credentials,
        outbox: Outbox,
        *,
        clock: Clock = time.time,
        compare: Compare = compare_with_preview,
        bucket: Bucket | None = None,
        stand_in: StandIn = as_it_is,
    ) -> Service:
        """Put the engine's parts together for one store."""
        settle = Settle(outbox, store, compare)
        reconcile = Reconcile(settle, clock=clock)
        return cls(
            profile=profile,
            store=store,
            credentials=credentials,
            catalogue=Catalogue(),
            upload=UploadOne(
                settle, reconcile, clock=clock, bucket=bucket or Bucket(), stand_in=stand_in
            ),
            reconcile=reconcile,
            follower=Follower(settle, profile.name, clock=clock),
            send_again=SendAgain(settle),
            cancel=CancelToken(),
        )

    def end(self) -> None:
        """Stop all that works for it; requests under way are cut."""
        self.cancel.cancel()
        self.store.close()


def capabilities_of(service: Service | None) -> Capabilities:
    """Give what the store in use can do; defaults where there is none yet."""
    return service.capabilities if service else Capabilities()
