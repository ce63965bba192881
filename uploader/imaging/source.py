"""Open what a person dropped: only regular files, and never waiting for one."""

from __future__ import annotations

import contextlib
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from uploader.imaging import refusals
from uploader.imaging.refusals import RefusedError

# A pipe in a file's place must not block the worker that opens it; Windows has neither.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@contextlib.contextmanager
def opened(source: Path | BinaryIO | bytes) -> Iterator[BinaryIO]:
    """Give a seekable binary file; one that the caller opened is left open, at its start.

    Raises `RefusedError` for what is missing, unreadable or not a file, and for a disk that
    fails while the file is read.
    """
    with _translating():
        if isinstance(source, bytes):
            yield io.BytesIO(source)
        elif isinstance(source, Path):
            with _open_regular(source) as file:
                yield file
        else:
            source.seek(0)
            yield source
            source.seek(0)


def byte_length(file: BinaryIO) -> int:
    """Tell a file's size, and leave it at its start."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size


@contextlib.contextmanager
def _translating() -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        raise RefusedError(refusals.MISSING) from None
    except PermissionError:
        raise RefusedError(refusals.NO_PERMISSION) from None
    except IsADirectoryError:
        raise RefusedError(refusals.FOLDER) from None
    except OSError:
        raise RefusedError(refusals.UNREADABLE) from None


def _open_regular(path: Path) -> BinaryIO:
    if "\0" in str(path):
        raise RefusedError(refusals.MISSING)
    _check_mode(path.stat().st_mode)  # also where opening alone would have effects
    descriptor = os.open(path, _FLAGS)
    try:
        _check_mode(os.fstat(descriptor).st_mode)
    except RefusedError:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def _check_mode(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise RefusedError(refusals.FOLDER)
    if not stat.S_ISREG(mode):
        raise RefusedError(refusals.NOT_A_FILE)
