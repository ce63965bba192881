"""The connector for stores that keep the contract: the companion server, and who follows it."""

from __future__ import annotations

import contextlib
import platform
from collections.abc import Sequence
from functools import partial
from urllib.parse import quote, urljoin, urlsplit

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import (
    AmbiguousError,
    BlockedError,
    BusyError,
    NoStoreHereError,
    OfflineError,
    RejectedError,
    StoreError,
    StrangerError,
)
from uploader.domain.photos import Photo
from uploader.domain.preferences import Network
from uploader.domain.stores import (
    Account,
    Capabilities,
    Credentials,
    Item,
    Page,
    RemotePhoto,
    RemoteState,
)
from uploader.stores import instructions, records, tus
from uploader.stores.address import normalise, origin
from uploader.stores.api import Api
from uploader.stores.changes import Changes
from uploader.stores.finding import find_by_content, find_by_reference
from uploader.stores.greeting import hello
from uploader.stores.protocol import Report, Source
from uploader.stores.refusals import NOT_AN_ADMIN, not_an_admin, not_let_in, problem_type
from uploader.stores.transport import Answer, Transport

_PICTURE_LIMIT = 20_000_000
"""Bytes of one style; a shop's crops are a thousand times smaller."""

_ITEMS_AT_ONCE = "500"
"""The most that the contract gives in one page."""

_LONGEST_WAIT = 25.0
"""Seconds that the contract lets a question for changes wait."""


class CompanionStore:
    """A store of the contract at `address`, as a person types it.

    `verify` as requests takes it: True, or the path of a bundle of certificates to trust;
    `network` says which proxy to use.
    Time-outs and `piece` (bytes per request of a large photo) as in `Transport` and `tus`.
    Raises NoStoreHereError for an address that can't be one.
    """

    def __init__(
        self,
        address: str,
        *,
        verify: bool | str = True,
        network: Network | None = None,
        connect_timeout: float = 10.0,
        read_timeout: float = 30.0,
        piece: int | None = None,
    ) -> None:
        base = normalise(address)
        self._transport = Transport(
            verify=verify,
            network=network,
            connect_timeout=connect_timeout,
            read_timeout=read_timeout,
        )
        self._api = Api(self._transport, base)
        self._piece = piece
        self._changes = Changes()
        self._capabilities = Capabilities()
        self._begun: dict[str, str] = {}
        """Reference → address of what is half sent, for a store that can't find it by reference."""

    def __repr__(self) -> str:
        return f"CompanionStore({self._api.address!r})"

    @property
    def address(self) -> str:
        """Where it is, without a trailing slash; better known after `greet`."""
        return self._api.address

    @property
    def capabilities(self) -> Capabilities:
        """What it can do; defaults until signed in."""
        return self._capabilities

    # ---- getting in
    def greet(self) -> str:
        """Ask whether a store answers here; return its name. No sign-in needed."""
        return self._api.greet()

    def sign_in(self, credentials: Credentials) -> Account:
        """Sign in with password or token, and learn the capabilities."""
        self.greet()
        said = {} if credentials.token else self._prove(credentials)
        token = credentials.token or records.text(said, "token")
        account = records.part(said, "account")
        # A token that is no admin's gets 404 here, as does every stranger.
        answer = self._api.send("GET", self._api.url("store"), token=token)
        if answer.status == 404:
            raise (not_let_in if credentials.token else not_an_admin)(self._api.name)
        store = self._api.fields(answer)
        self._api.token = token
        self._capabilities = records.capabilities(store)
        self._api.name = records.text(store, "name") or self._api.name
        return Account(
            email=records.text(account, "email") or credentials.email,
            name=records.text(account, "name"),
            store_name=self._api.name,
            token=token,
        )

    def sign_out(self) -> None:
        """Revoke the token; never raises (an offline sign-out forgets it locally)."""
        token, self._api.token = self._api.token, ""
        if not token:
            return
        try:
            self._api.send("DELETE", self._api.url("sign-in"), token=token)
        except StoreError:
            return

    def probe(self, cancel: CancelToken | None = None) -> None:
        """Ask cheaply whether the store can be reached; raises OfflineError if not."""
        try:
            hello(self._transport, self._api.address, cancel)
        except NoStoreHereError as error:
            raise OfflineError(error.title, error.detail) from error

    # ---- the catalogue
    def items(self, query: str = "", page: str = "", since: str = "") -> Page[Item]:
        """List one page of the catalogue, all of it, what fits `query` or changed `since`."""
        said = self._api.get(
            "items", query=query, cursor=page, changed_since=since, limit=_ITEMS_AT_ONCE
        )
        return Page(
            records.items(said),
            records.text(said, "next"),
            records.total(said),
            records.text(said, "as_of"),
        )

    def images(self, item_id: str, cancel: CancelToken) -> tuple[str, ...]:
        """Give the ids of an item's pictures in their order; at most a page of them."""
        said = self._api.get("images", cancel, item=item_id)
        return records.shown_images(said, item_id)

    # ---- photos
    def upload(
        self, photo: Photo, source: Source, report: Report, cancel: CancelToken
    ) -> RemotePhoto:
        """Send one photo, going on from what the store has of it already."""
        if source.size == 0:
            raise RejectedError("The file is empty", "There is nothing to send.")
        instructions.check(photo, self._capabilities)
        upload = self._upload(photo, source.size, cancel)
        try:
            answer = upload.run(source, report)
        finally:
            self._begun[photo.reference] = upload.place
        self._begun.pop(photo.reference, None)
        report(source.size)
        return self._accepted(photo, answer, cancel)

    def find(self, photo: Photo, cancel: CancelToken | None = None) -> RemotePhoto | None:
        """Look for a photo by its reference, else by its content and item.

        None: certainly not there.
        """
        if not self._capabilities.idempotent:
            return find_by_content(self._api, photo, cancel)
        return find_by_reference(self._api, photo, cancel)

    def status(
        self, photos: Sequence[Photo], wait: float, cancel: CancelToken
    ) -> list[RemotePhoto]:
        """Tell what changed about `photos`, in one request, held back up to `wait` seconds."""

        def ask(since: int, wait: float) -> records.Record:
            seconds = min(max(wait, 0.0), _LONGEST_WAIT)
            return self._api.get(
                "images",
                cancel,
                patience=seconds,
                changed_since=str(since),
                wait=f"{seconds:g}" if seconds else "",
            )

        return self._changes.of(photos, wait, ask)

    def resubmit(self, photo: Photo, cancel: CancelToken | None = None) -> RemotePhoto:
        """Ask the store to process again a photo that it has (stalled or failed)."""
        answer = self._api.send(
            "POST",
            self._api.url(f"images/{quote(photo.remote_id, safe='')}/retry"),
            cancel=cancel,
        )
        if answer.status == 404:
            raise RejectedError(
                "No longer in the store",
                "Somebody removed it there. Send it again if it is wanted.",
            )
        return records.remote_photo(self._api.fields(answer))

    def discard(self, photo: Photo, cancel: CancelToken | None = None) -> bool:
        """Drop what the store has of a half-sent photo; True where it has become a picture.

        Nothing to drop is fine. A store that doesn't know references may only drop what this
        connection began.
        """
        known = self._begun.pop(photo.reference, "")
        if self._capabilities.idempotent:
            known = self._api.url("uploads", reference=photo.reference)
        size = photo.size
        if known and size:
            # What is refused otherwise is there no more: nothing to drop. Where a firewall lets
            # no DELETE pass, the store drops it by itself in time.
            with contextlib.suppress(RejectedError, BlockedError):
                return self._upload(photo, size, cancel or CancelToken()).drop(known)
        return False

    def fetch(self, remote: RemotePhoto, style: str, cancel: CancelToken) -> bytes:
        """Fetch one style of a live photo as a shop's visitor would: without signing in.

        Whatever its address answers instead, from a content network or a bucket too, means that
        the picture isn't there, and nothing about the sign-in: BusyError.
        """
        url = urljoin(f"{self._api.address}/", remote.urls.get(style, ""))
        if style not in remote.urls or urlsplit(url).scheme not in ("http", "https"):
            raise RejectedError("No such picture", f"The store made no {style} of this photo.")
        try:
            answer = self._transport.request(
                "GET", url, headers={"Accept": "image/*"}, cancel=cancel, limit=_PICTURE_LIMIT
            )
        except StrangerError as error:
            raise _no_picture() from error
        except OfflineError as error:
            # Of another host, it says nothing of the store.
            if origin(url) == origin(self._api.address):
                raise
            raise _no_picture() from error
        if answer.status != 200 or answer.kind == "text/html":
            raise _no_picture()
        return answer.body

    def close(self) -> None:
        """Close all connections; running requests end with an error."""
        self._transport.close()

    # ---- parts
    def _prove(self, credentials: Credentials) -> records.Record:
        """Exchange e-mail and password for a token."""
        wanted = {
            "email": credentials.email,
            "password": credentials.password,
            "device": platform.node() or "unnamed",
        }
        answer = self._api.send("POST", self._api.url("sign-in"), data=wanted, token="")
        if problem_type(answer) == NOT_AN_ADMIN:
            raise not_an_admin(self._api.name)
        return self._api.fields(answer)

    def _upload(self, photo: Photo, size: int, cancel: CancelToken) -> tus.Upload:
        return tus.Upload(
            self._api.send,
            self._api.url("uploads"),
            meta=instructions.metadata(photo, self._capabilities),
            size=size,
            cancel=cancel,
            piece=self._piece,
            repeatable=self._capabilities.idempotent,
            refused=partial(self._api.refused, cancel=cancel),
        )

    def _accepted(self, photo: Photo, answer: Answer, cancel: CancelToken) -> RemotePhoto:
        """Read the answer that completed an upload."""
        found = RemotePhoto(
            id=answer.headers.get("Store-Image", ""),
            state=RemoteState.PROCESSING,
            reference=photo.reference,
            poll_address=answer.headers.get("Store-Cursor", ""),
        )
        if answer.headers.get("Store-Outcome") == "created" and found.id and found.poll_address:
            return found
        if not found.id:
            raise _unconfirmed()
        # A picture that was there before may never change again: ask where it stands.
        try:
            said = self._api.get(f"images/{quote(found.id, safe='')}", cancel)
        except StoreError as error:
            raise _unconfirmed() from error
        already = answer.headers.get("Store-Outcome") == "already"
        return records.remote_photo(said, already=already)


def _no_picture() -> BusyError:
    return BusyError("The picture isn’t there", "The store names it, but doesn’t have it.")


def _unconfirmed() -> AmbiguousError:
    return AmbiguousError(
        "The store’s answer was cut short",
        "It may have arrived, so it is looked for in the store before it is sent again.",
    )
