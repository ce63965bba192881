"""What can be wrong with the outbox as a whole. Each carries a title and a sentence."""

from __future__ import annotations

import errno
import sqlite3
from typing import Final

Cause = OSError | sqlite3.Error


class OutboxError(Exception):
    """The outbox can't be used or written; the environment's fault, not the program's.

    Attributes: `title`, a few words; `detail`, a sentence that says what to do.
    """

    title = "The list of photos can’t be opened"
    detail = "The drive that it is on may be missing or failing. Check it, then try again."

    def __init__(self, detail: str = "") -> None:
        self.detail = detail or type(self).detail
        super().__init__(f"{self.title}. {self.detail}")


class OutboxInUseError(OutboxError):
    """Another process works with this outbox."""

    title = "Store Uploader is running already"
    detail = "Two can’t share one list of photos. Go on in the other window, or close it first."


class OutboxTooNewError(OutboxError):
    """A newer program made this outbox. The file is left as it is."""

    title = "The list of photos was made by a newer version"
    detail = "Install the newest Store Uploader to open it. Nothing was changed."


class OutboxBusyError(OutboxError):
    """Another program than ours holds a lock on the file."""

    title = "Another program has the list of photos open"
    detail = "A backup or a database tool may be at work. When it has finished, try again."


class OutboxForbiddenError(OutboxError):
    """The file or its folder may not be written to."""

    title = "The list of photos can’t be written to"
    detail = (
        "You may not write to its folder, or the drive is read-only. Change that and try again."
    )


class OutboxFullError(OutboxError):
    """There is no room for it."""

    title = "The disk is full"
    detail = "The list of photos needs a little room. Make some, then try again; nothing is lost."


class OutboxPlaceError(OutboxError):
    """It can't be kept in this place at all."""

    title = "The list of photos can’t be kept here"
    detail = "The drive can’t lock files, as some network drives. Choose a folder on this computer."


class OutboxWriteError(OutboxError):
    """A change could not be stored; everything is as it was before it."""

    title = "The list of photos can’t be saved"
    detail = "The disk may be full. Make some room; nothing that was saved is lost."


class OutboxDamagedError(OutboxWriteError):
    """The damage showed itself while the program ran; the next start mends it."""

    title = "The list of photos is damaged"
    detail = "Close Store Uploader and open it again: what can be read is carried over."


_KINDS: Final[tuple[tuple[type[OutboxError], frozenset[int], frozenset[int]], ...]] = (
    (
        OutboxBusyError,
        frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}),
        frozenset({errno.EBUSY, errno.ETXTBSY}),
    ),
    (
        OutboxForbiddenError,
        frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}),
        frozenset({errno.EACCES, errno.EPERM, errno.EROFS}),
    ),
    (
        OutboxFullError,
        frozenset({sqlite3.SQLITE_FULL}),
        frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT}),
    ),
    (OutboxPlaceError, frozenset(), frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS})),
)
"""Kinds by SQLite's primary result codes and by the system's error numbers."""

_ENVIRONMENT: Final = frozenset().union(*(codes for _, codes, _ in _KINDS)) | {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_INTERRUPT,
}

_GROWTH: Final = frozenset({sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})

_WRITING: Final = {
    OutboxBusyError: "Another program has it open. It goes on by itself when that has finished.",
    OutboxForbiddenError: "You may no longer write to it. Nothing that was saved is lost.",
}


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's result code without its details; 0 where the error isn't SQLite's own."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def is_damage(error: sqlite3.Error) -> bool:
    """Whether it is the file's content that SQLite stumbled over, not the disk or a lock."""
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_SHORT_READ:
        return True
    return primary_code(error) not in _ENVIRONMENT


def opening_error(cause: Cause) -> OutboxError:
    """Say why it can't be opened, by what the system or SQLite answered."""
    if isinstance(cause, FileExistsError | NotADirectoryError):
        return OutboxPlaceError("There is a file where its folder should be. Choose another place.")
    return _kind(cause)()


def writing_error(cause: sqlite3.Error) -> OutboxWriteError:
    """Say why a change couldn't be stored."""
    return OutboxWriteError(_WRITING.get(_kind(cause), ""))


def _kind(cause: Cause) -> type[OutboxError]:
    for kind, codes, numbers in _KINDS:
        if isinstance(cause, OSError):
            if cause.errno in numbers:
                return kind
        elif primary_code(cause) in codes:
            return kind
    # A log that can't grow: where the disk fails instead, room is what one looks at first too.
    grows = getattr(cause, "sqlite_errorcode", 0) in _GROWTH
    return OutboxFullError if grows else OutboxError
