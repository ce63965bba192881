"""Asks once, and says whether the answer counts: signed, not an old one, not out of date."""

from __future__ import annotations

from typing import Protocol

from uploader.domain.cancel import CancelToken
from uploader.domain.updates import (
    DAY,
    Channel,
    ExpiredError,
    Manifest,
    Memory,
    ReplayedError,
    TooEarlyError,
    UnaskedError,
)
from uploader.engine.updates import words
from uploader.engine.updates.envelope import open_envelope
from uploader.engine.updates.reading import read_manifest
from uploader.engine.updates.trust import check_signature


class Fetches(Protocol):
    """The way to the network."""

    def fetch(self, address: str, cancel: CancelToken) -> bytes:
        """Fetch what is at an address."""


def ask(
    channel: Channel, memory: Memory, fetcher: Fetches, now: float, cancel: CancelToken
) -> Manifest:
    """Give the manifest that counts now. Raises UpdateError, CancelledError.

    Nothing in the answer is looked at before its signature is.
    """
    if not channel.can_ask:
        raise UnaskedError(*words.NO_KEY)
    envelope = open_envelope(fetcher.fetch(channel.address, cancel))
    manifest = read_manifest(check_signature(envelope, channel.keys))
    check_age(manifest, memory, now)
    return manifest


def check_age(manifest: Manifest, memory: Memory, now: float) -> None:
    """Refuse what was replaced since, what is out of date, and what can't be from today.

    A clock that is behind doesn't make an old answer count: no moment is earlier than the
    latest that was signed and seen. Raises ReplayedError, ExpiredError, TooEarlyError.
    """
    if manifest.serial < memory.serial or manifest.issued < memory.issued:
        raise ReplayedError(*words.REPLAYED)
    if max(now, memory.issued) >= manifest.expires:
        raise ExpiredError(*words.EXPIRED)
    if manifest.issued > now + DAY:
        # Else one wrong date would make all that follow count as old.
        raise TooEarlyError(*words.TOO_EARLY)
