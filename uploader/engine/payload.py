"""What is sent of a photo: the file as it is, or without what is private in it.

A photo's `payload` is on record before its first byte is sent. Once begun, it stays as it is,
whatever the setting says by then: under one reference a store gets one content.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from uploader.domain.cancel import CancelToken
from uploader.domain.findings import Facts, FindingKind, Format
from uploader.domain.photos import Fingerprint, Payload, Photo
from uploader.engine.fingerprint import fingerprint, fingerprints, open_file
from uploader.engine.readers import BLOCK, Reader
from uploader.engine.source import CheckedStream, FileTroubleError, PhotoSource
from uploader.imaging.private import VERSION, CannotCleanError, cleaned
from uploader.imaging.splice import Cutter, Splice
from uploader.outbox import Outbox
from uploader.outbox.codec import Changes
from uploader.stores.protocol import Source

KEEP_METADATA = "keep_metadata"
"""The setting (of the outbox) under which files are sent as they are."""

_TELL_ORIENTATION = frozenset({Format.JPEG, Format.PNG, Format.WEBP})
"""The others keep it in a place of their own."""


def removes_metadata(outbox: Outbox) -> bool:
    """Whether what is private is removed from what is sent: unless the person says otherwise."""
    return not outbox.get_setting(KEEP_METADATA)


def set_removes_metadata(outbox: Outbox, removes: bool) -> None:
    """Keep the setting; it holds for photos that aren't begun."""
    outbox.set_setting(KEEP_METADATA, "" if removes else "yes")


class Look(NamedTuple):
    """What one read of a file told."""

    fingerprint: Fingerprint
    payload: Payload | None
    """What is sent of it; None: the file as it is, as is wanted."""
    can_be_cleaned: bool = True


def look(
    path: Path, facts: Facts | None, *, clean: bool, cancel: CancelToken | None = None
) -> Look:
    """Read a file once: how it is recognised, and what is sent of it. Raises like `fingerprint`.

    Where what is private can't be removed, the payload is the file.
    """
    if facts is None or not clean:
        return Look(fingerprint(path, cancel), None)
    orientation = facts.orientation if facts.format in _TELL_ORIENTATION else 1

    def plan(file: BinaryIO, size: int) -> Splice:
        return cleaned(facts.format, file, size, orientation)

    print_, sent = fingerprints(path, plan, cancel)
    if sent is None:
        return Look(print_, Payload(print_.bytes, print_.sha256, VERSION), can_be_cleaned=False)
    return Look(print_, Payload(*sent, VERSION, orientation))


def prepared(photo: Photo, outbox: Outbox, cancel: CancelToken) -> Photo | None:
    """Put on record what is sent of a photo in UPLOADING, before its first byte.

    A photo that isn't begun follows the setting as it is now, under a new reference where that
    makes another content: a store may have met the old one. So does one that was begun with a
    recipe which this version doesn't know. None where it isn't ours any more. Raises
    `FileTroubleError`, `CancelledError`, `OutboxError`.
    """
    recipe = photo.payload.recipe if photo.payload else 0
    known = recipe in (0, VERSION)
    wanted = VERSION if removes_metadata(outbox) and photo.facts else 0
    if (known and photo.sent) or recipe == wanted or photo.fingerprint is None:
        return photo
    payload = None
    if wanted:
        print_, payload, _ = look(photo.path, photo.facts, clean=True, cancel=cancel)
        if print_ != photo.fingerprint:
            raise FileTroubleError(FindingKind.CHANGED)
    changes: Changes = {"payload": payload}
    after = replace(photo, payload=payload)
    if after.sha256 != photo.sha256:
        changes |= {"reference": str(uuid.uuid4()), "sent": 0}
    return outbox.advance(photo, photo.state, **changes)


def source_of(photo: Photo, cancel: CancelToken | None = None) -> Source:
    """Give the bytes that are sent of a photo. Raises `FileTroubleError`.

    Opened in its middle, it reads what lies before, until it is cancelled.
    """
    if photo.fingerprint is None:
        raise FileTroubleError(FindingKind.CHANGED)
    if photo.payload is None or not photo.is_cleaned:
        return PhotoSource(photo.path, photo.fingerprint, cancel)
    if photo.facts is None or photo.payload.recipe != VERSION:
        raise FileTroubleError(FindingKind.CHANGED)
    kind = photo.facts.format
    return CleanedSource(photo.path, kind, photo.fingerprint, photo.payload, cancel)


class CleanedSource:
    """A photo's bytes without what is private, for a connector. Made anew whenever opened."""

    def __init__(
        self,
        path: Path,
        kind: Format,
        fingerprint: Fingerprint,
        payload: Payload,
        cancel: CancelToken | None = None,
    ) -> None:
        self._cancel = cancel or CancelToken()
        self._path = path
        self._kind = kind
        self._fingerprint = fingerprint
        self._payload = payload

    @property
    def size(self) -> int:
        """Length of what is sent, in bytes."""
        return self._payload.bytes

    def open_at(self, offset: int) -> BinaryIO:
        """Open for reading from `offset` (bytes of what is sent). Raises `FileTroubleError`."""
        if not 0 <= offset <= self.size:
            raise ValueError(f"offset {offset} outside the photo")
        stream = CheckedStream(self._path, self._fingerprint)
        try:
            cleaned_ = CleanedStream(stream, self._splice(), self._payload)
            cleaned_.skip(offset, self._cancel)
        except BaseException:
            stream.close()
            raise
        return cast(BinaryIO, cleaned_)

    def _splice(self) -> Splice:
        """Tell what is sent of the file; one that can't be told from it isn't the same file."""
        size, orientation = self._fingerprint.bytes, self._payload.orientation
        try:
            with open_file(self._path) as file:
                splice = cleaned(self._kind, file, size, orientation)
        except OSError as error:
            raise FileTroubleError.of(error) from error
        except CannotCleanError as error:
            raise FileTroubleError(FindingKind.CHANGED) from error
        if splice.size != self._payload.bytes:
            raise FileTroubleError(FindingKind.CHANGED)
        return splice


class CleanedStream(Reader):
    """Reads a checked file and hands out what is sent of it.

    The last byte comes only when the whole file is known to be the one that was added, and the
    result the one that is on record. `len()` tells how many bytes remain.
    """

    def __init__(self, file: CheckedStream, splice: Splice, payload: Payload) -> None:
        super().__init__()
        self._file = file
        self._cutter = Cutter(splice)
        self._payload = payload
        self._hash = hashlib.sha256()
        self._ready = bytearray()
        self._at = 0

    def __len__(self) -> int:
        return self._payload.bytes - self._at

    def tell(self) -> int:
        """Give the position, in bytes from the start of what is sent."""
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        """Read up to `size` bytes, all that remain with -1; empty at the end."""
        wanted = len(self) if size is None or size < 0 else min(size, len(self))
        if wanted == 0:
            return b""
        ends = wanted == len(self)
        while len(self._file) and (ends or len(self._ready) < wanted):
            for part in self._cutter.feed(self._file.read(min(BLOCK, len(self._file)))):
                self._ready += part
        block = bytes(self._ready[:wanted])
        del self._ready[:wanted]
        self._hash.update(block)
        self._at += len(block)
        if ends and (self._at, self._hash.hexdigest()) != self._expected:
            raise FileTroubleError(FindingKind.CHANGED)
        return block

    def close(self) -> None:
        """Close the file. Safe to repeat."""
        self._file.close()
        super().close()

    @property
    def _expected(self) -> tuple[int, str]:
        return self._payload.bytes, self._payload.sha256
