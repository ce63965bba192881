"""How the background works on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from uploader.domain.preferences import Network

BUNDLE = "certificates.pem"


class Settings(NamedTuple):
    """How the background works on this machine. `data` is the outbox's folder.

    A tuple, as the first paint waits for it: the first data class takes 4 ms to make.
    """

    data: Path
    uploads: int = 0
    """At once, whatever the person has set; 0: as they have."""
    verify: bool | str = True
    """Certificates, as requests takes it: True, or a bundle's path."""
    keychain: bool = True
    """Off: nobody stays signed in (the demo, whose store is gone afterwards)."""
    profile: str = ""
    """The profile to go on with; empty: the one used last."""
    resume: bool = True
    """Sign in at the start with the key that the keychain holds."""
    keep_pause: bool = True
    """A pause outlasts a restart. Off: what the window left paused is sent (scripts)."""
    heeds_person: bool = True
    """Off: nothing is sent or added but what is asked for (scripts), whatever is set."""
    channel: Path | None = None
    """The file that tells where to ask for newer versions; None: nobody is asked."""

    @property
    def bundle(self) -> Path:
        """The certificates of the person's own, and those that everybody trusts."""
        return self.data / BUNDLE

    def verified_by(self, network: Network) -> bool | str:
        """Give what certificates are checked with, as requests takes it."""
        own = self.verify is True and network.certificates
        return str(self.bundle) if own else self.verify
