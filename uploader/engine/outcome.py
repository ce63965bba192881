"""How one piece of work on a photo ended."""

from __future__ import annotations

from dataclasses import dataclass

from uploader.domain.errors import (
    NoStoreHereError,
    NotAnAdminError,
    OfflineError,
    SignInNeededError,
    StoreError,
    WrongCredentialsError,
)
from uploader.domain.photos import Photo

STORE_TROUBLE = (
    OfflineError,
    NoStoreHereError,
    SignInNeededError,
    NotAnAdminError,
    WrongCredentialsError,
)
"""Errors that concern every photo: the whole store pauses, no photo's attempts are burnt."""

SIGN_IN_TROUBLE = (SignInNeededError, NotAnAdminError, WrongCredentialsError)
"""Those of them that the person ends by signing in."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The photo as it stands now, and what is wrong with the store as a whole.

    `photo` is None where the person cancelled or removed it meanwhile. With a `trouble`
    (one of `STORE_TROUBLE`) nothing more should be sent until the store answers again.
    """

    photo: Photo | None
    trouble: StoreError | None = None
