"""What can go wrong between the app and a store.

A connector translates everything its library raises into one of these, once, at its edge.
Each carries a `title` and a `detail` sentence for the person; nothing above parses strings.
The engine decides by type alone.
"""

from __future__ import annotations


class StoreError(Exception):
    """The environment or the store failed, not the program.

    Attributes: `title`, a few words without a full stop; `detail`, a sentence that says what
    to do or what happens next.
    """

    def __init__(self, title: str, detail: str = "") -> None:
        super().__init__(f"{title}. {detail}" if detail else title)
        self.title = title
        self.detail = detail


class OfflineError(StoreError):
    """The store can't be reached at all: pauses the whole store, burns no photo's attempts."""


class UntrustedError(OfflineError):
    """The store's certificate can't be verified. Nothing was sent."""


class StrangerError(OfflineError):
    """Something else answered, as a network's own sign-in page does."""


class NoStoreHereError(StoreError):
    """Something answers at this address, but not a store of this kind."""


class BusyError(StoreError):
    """The store asks for patience, or failed in a way that passes. Nothing arrived.

    `retry_after` is in seconds, None where the store named no time.
    """

    def __init__(self, title: str, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(title, detail)
        self.retry_after = retry_after


class GatewayError(BusyError):
    """A proxy answered in the store's place: there may be no store behind it just now."""


class BlockedError(GatewayError):
    """Something in between refuses this request, whatever the store would say.

    It may pass, or be about this very photo: one that meets it again and again is given up.
    """


class SignInNeededError(StoreError):
    """The sign-in expired or was revoked: pauses the store and asks the person."""


class WrongCredentialsError(StoreError):
    """E-mail and password don't fit."""


class NotAnAdminError(StoreError):
    """The account is real but may not upload."""


class RejectedError(StoreError):
    """The store said no to this photo, and will again: ends this photo only."""


class AmbiguousError(StoreError):
    """No answer after bytes were sent: it may have arrived. Reconcile before sending again."""


class SourceError(Exception):
    """The photo's file can't be sent as it was added; `sentence` says why.

    Not a `StoreError`: the store has nothing to do with it.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class CancelledError(Exception):
    """The person (or the end of the program) stopped this piece of work."""
