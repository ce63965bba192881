"""A photo in the outbox: one value that holds all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from uploader.domain.edits import UNEDITED, Edits
from uploader.domain.findings import Facts, Finding
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.domain.styles import CENTRE, Focus


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """How a file is recognised: `bytes`, `mtime_ns` (cheap), `sha256` (hex, certain)."""

    bytes: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Payload:
    """What is sent of a file: `bytes` and `sha256` (hex) of that, and how it is made.

    The same recipe makes the same bytes of the same file, so a half-sent photo goes on after any
    restart. 0 is the file as it is; see `uploader.imaging.private`.
    """

    bytes: int
    sha256: str
    recipe: int = 0
    orientation: int = 1
    """EXIF's, 1 to 8, that it tells."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a photo isn't going on: a few words, and a sentence."""

    title: str
    detail: str = ""


LAST_POSITION = 10_000
"""The last place within an item that can be asked for."""

UNSENDABLE = "It can’t be sent from here"
"""Title of the problem of a photo that can't be sent for good, without a word from the store.

The program fails at it, or something in between refuses it.
"""


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo, from being added to being live. Times are seconds since the epoch.

    `id` is the outbox's, and gives the order in which photos were added. `reference` is our
    UUID, made when the photo is added and sent with every upload of it, so that a store can
    recognise a repeat.
    """

    id: int
    reference: str
    profile: str
    """The store (and account) that it goes to."""
    path: Path
    state: State
    added_at: float
    state_since: float
    fingerprint: Fingerprint | None = None
    facts: Facts | None = None
    findings: tuple[Finding, ...] = ()
    item: Item | None = None
    """Where it goes; with an empty `id`, an item that the upload makes."""
    candidates: tuple[Item, ...] = ()
    """Items that fit the file name equally well: the person chooses."""
    alt: str = ""
    focus: Focus = CENTRE
    problem: Problem | None = None
    attempts: int = 0
    """Tries that failed since the last success or the person's last word."""
    not_before: float = 0.0
    """The next try's earliest time, while waiting."""
    remote_id: str = ""
    poll_address: str = ""
    sent: int = 0
    """Bytes that the store is known to have, for a resumable upload."""
    matches: bool | None = None
    """Both crops compared with their previews: True equal, False not, None not compared."""
    payload: Payload | None = None
    """What is sent of the file; None: the file, as it is."""
    edits: Edits = UNEDITED
    """What the store is to do to the picture before it makes its styles."""
    position: int | None = None
    """The place within its item that is asked for, from 1 to `LAST_POSITION`; None: the end."""
    replaces: str = ""
    """The store's id of a picture of its item, whose place it takes; empty for none."""

    @property
    def content(self) -> Payload | None:
        """What is sent, and what the store knows it by; None while the file isn't known."""
        if self.payload is not None or self.fingerprint is None:
            return self.payload
        return Payload(self.fingerprint.bytes, self.fingerprint.sha256)

    @property
    def size(self) -> int:
        """Bytes that are sent in all; 0 while the file isn't known."""
        content = self.content
        return content.bytes if content else 0

    @property
    def sha256(self) -> str:
        """Hash (hex) of what is sent, by which a store knows it; empty while it isn't known."""
        content = self.content
        return content.sha256 if content else ""

    @property
    def is_cleaned(self) -> bool:
        """Whether something private of the file isn't sent."""
        file, sent = self.fingerprint, self.payload
        return file is not None and sent is not None and sent.sha256 != file.sha256

    @property
    def name(self) -> str:
        """The file's name, for people."""
        return self.path.name

    @property
    def refusal(self) -> Finding | None:
        """The finding for which it can't be used."""
        return next((f for f in self.findings if f.severity == "refusal"), None)


def may_have_arrived(photo: Photo) -> bool:
    """Whether it was taken back after its last byte, and nobody has looked for it since."""
    return photo.state is State.CANCELLED and photo.sent >= photo.size > 0


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a photo's timeline. `at` is seconds since the epoch."""

    photo_id: int
    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many photos stand in each state, and the bytes behind them."""

    by_state: dict[State, int] = field(default_factory=dict)
    bytes_total: int = 0
    bytes_to_go: int = 0

    @property
    def total(self) -> int:
        """All photos in the list, cancelled ones left out."""
        return sum(n for state, n in self.by_state.items() if state is not State.CANCELLED)

    def of(self, *states: State) -> int:
        """How many stand in any of `states`."""
        return sum(self.by_state.get(state, 0) for state in states)
