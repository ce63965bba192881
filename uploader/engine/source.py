"""A photo's file as a stream that is re-checked while it is read: never half old, half new."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO, cast

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import SourceError
from uploader.domain.findings import Finding, FindingKind, Severity
from uploader.domain.photos import Fingerprint
from uploader.engine import words
from uploader.engine.readers import Reader

_SENTENCES = {
    FindingKind.MISSING: words.FILE_MISSING,
    FindingKind.UNREADABLE: words.FILE_UNREADABLE,
    FindingKind.CHANGED: words.FILE_CHANGED,
}


class FileTroubleError(SourceError):
    """The file is gone, unreadable or another than was added; `kind` says which."""

    def __init__(self, kind: FindingKind) -> None:
        super().__init__(_SENTENCES[kind])
        self.kind = kind

    @classmethod
    def of(cls, error: OSError) -> FileTroubleError:
        """Tell a file that is gone from one that the system refuses to read."""
        gone = isinstance(error, FileNotFoundError | NotADirectoryError)
        return cls(FindingKind.MISSING if gone else FindingKind.UNREADABLE)

    @property
    def finding(self) -> Finding:
        """The same, as it is kept with the photo."""
        return Finding(self.kind, Severity.REFUSAL, self.sentence)


def finding_of(error: SourceError) -> Finding:
    """Give the finding for any source error, a connector's own ones included."""
    if isinstance(error, FileTroubleError):
        return error.finding
    return Finding(FindingKind.CHANGED, Severity.REFUSAL, error.sentence)


class PhotoSource:
    """The bytes of one photo, for a connector (`uploader.stores.protocol.Source`)."""

    def __init__(
        self, path: Path, fingerprint: Fingerprint, cancel: CancelToken | None = None
    ) -> None:
        self._path = path
        self._fingerprint = fingerprint
        self._cancel = cancel or CancelToken()

    @property
    def size(self) -> int:
        """Length in bytes, as fingerprinted."""
        return self._fingerprint.bytes

    def open_at(self, offset: int) -> BinaryIO:
        """Open for reading from `offset` (bytes). Raises `FileTroubleError`.

        What lies before the offset is read and hashed too, so that the whole file is known to
        be the one that was added before the last block is handed out.
        """
        if not 0 <= offset <= self.size:
            raise ValueError(f"offset {offset} outside the file")
        stream = CheckedStream(self._path, self._fingerprint)
        try:
            stream.skip(offset, self._cancel)
        except BaseException:
            stream.close()
            raise
        return cast(BinaryIO, stream)


class CheckedStream(Reader):
    """Reads a file, hashes it, and compares before it hands out the last block.

    `len()` tells how many bytes remain, so that a request can declare its length.
    """

    def __init__(self, path: Path, fingerprint: Fingerprint) -> None:
        super().__init__()
        self._fingerprint = fingerprint
        self._hash = hashlib.sha256()
        self._at = 0
        try:
            # O_NONBLOCK: a pipe that took the file's place mustn't hold us for ever.
            flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
            self._file = os.fdopen(os.open(path, flags), "rb", buffering=0)
        except OSError as error:
            raise FileTroubleError.of(error) from error
        self._check_outside()

    def __len__(self) -> int:
        return self._fingerprint.bytes - self._at

    def tell(self) -> int:
        """Give the position, in bytes from the file's start."""
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        """Read up to `size` bytes, all that remain with -1; empty at the end."""
        wanted = len(self) if size is None or size < 0 else min(size, len(self))
        if wanted == 0:
            return b""
        try:
            block = self._file.read(wanted)
        except OSError as error:
            raise FileTroubleError.of(error) from error
        if not block:
            # It has become shorter under our hands.
            raise FileTroubleError(FindingKind.CHANGED)
        self._hash.update(block)
        self._at += len(block)
        if len(self) == 0:
            self._check_inside()
        return block

    def close(self) -> None:
        """Close the file. Safe to repeat."""
        if hasattr(self, "_file"):
            self._file.close()
        super().close()

    def _check_outside(self) -> None:
        """Compare size and time: cheap, and done before anything is read."""
        known = os.fstat(self._file.fileno())
        if (known.st_size, known.st_mtime_ns) != (
            self._fingerprint.bytes,
            self._fingerprint.mtime_ns,
        ):
            self.close()
            raise FileTroubleError(FindingKind.CHANGED)

    def _check_inside(self) -> None:
        """Compare the hash: certain that every byte is the one that was added."""
        if self._hash.hexdigest() != self._fingerprint.sha256:
            raise FileTroubleError(FindingKind.CHANGED)
