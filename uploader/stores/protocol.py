"""What a connector does. The engine knows stores by this protocol alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO, Protocol

from uploader.domain.cancel import CancelToken
from uploader.domain.photos import Photo
from uploader.domain.stores import Account, Capabilities, Credentials, Item, Page, RemotePhoto

Report = Callable[[int], None]
"""Told the number of bytes (absolute, from the file's start) handed to the network so far."""


class Source(Protocol):
    """A photo's bytes, opened by the engine, re-checked while they are read."""

    @property
    def size(self) -> int:
        """Length in bytes, as fingerprinted."""

    def open_at(self, offset: int) -> BinaryIO:
        """Open for reading from `offset`.

        Its `read` raises `SourceError` where the file is no longer the one that was added,
        before its last byte is handed out.
        """


class Store(Protocol):
    """A signed-in (or not yet signed-in) connection to one store.

    Every method blocks, is called from worker threads (several at once), and raises only
    `uploader.domain.errors`. At most as many connections as calls at a time.
    """

    @property
    def capabilities(self) -> Capabilities:
        """What it can do; defaults until signed in."""

    def greet(self) -> str:
        """Ask whether a store of this kind answers here; return its name. No sign-in needed.

        Raises OfflineError, UntrustedError, NoStoreHereError.
        """

    def sign_in(self, credentials: Credentials) -> Account:
        """Sign in with password or token, and learn the capabilities.

        Raises WrongCredentialsError, NotAnAdminError, NoStoreHereError, SignInNeededError
        (a token that no longer works), OfflineError, BusyError.
        """

    def sign_out(self) -> None:
        """Revoke the token; never raises (an offline sign-out forgets it locally)."""

    def items(self, query: str = "", page: str = "", since: str = "") -> Page[Item]:
        """List one page of the catalogue, all of it or what fits `query`.

        With `since`, the `as_of` of an earlier page, only what has changed after it; asked
        only of a store that gave one.
        """

    def images(self, item_id: str, cancel: CancelToken) -> tuple[str, ...]:
        """Give the ids of an item's pictures in their order, those that failed left out.

        Only where `Capabilities.lists_images`.
        """

    def upload(
        self, photo: Photo, source: Source, report: Report, cancel: CancelToken
    ) -> RemotePhoto:
        """Send one photo, going on from what the store has of it already.

        Raises OfflineError or BusyError only when the photo certainly isn't in the store;
        AmbiguousError when it may be; RejectedError; SourceError; CancelledError.
        """

    def find(self, photo: Photo, cancel: CancelToken) -> RemotePhoto | None:
        """Look for a photo in the store, for reconciling. None: certainly not there.

        One that was removed since is found where the store still tells of it: that it arrived is
        known then, and that it is sent once more is the person's to say (`SendAgain`).

        An answer that makes no sense is an error, never None: the photo is sent again then.
        """

    def status(
        self, photos: Sequence[Photo], wait: float, cancel: CancelToken
    ) -> list[RemotePhoto]:
        """Tell what changed about `photos` (all have a `poll_address`), in one request.

        Waits up to `wait` seconds for a change where the store supports it.
        """

    def resubmit(self, photo: Photo, cancel: CancelToken) -> RemotePhoto:
        """Ask the store to process again a photo that it has (stalled or failed).

        Raises `RejectedError` for one that it has no longer.
        """

    def discard(self, photo: Photo, cancel: CancelToken) -> bool:
        """Drop what the store has of a half-sent photo; nothing to drop is fine.

        True where it had arrived whole before: it is a picture now, and stays.
        """

    def fetch(self, remote: RemotePhoto, style: str, cancel: CancelToken) -> bytes:
        """Fetch one style of a live photo as a shop's visitor would.

        RejectedError or BusyError where it isn't there. OfflineError says that the store is lost:
        not for a host of its own that pictures come from.
        """

    def probe(self, cancel: CancelToken | None = None) -> None:
        """Ask cheaply whether the store can be reached; raises OfflineError if not."""

    def close(self) -> None:
        """Close all connections; running requests end with an error."""
