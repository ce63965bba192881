"""Copies of photos, kept until they are live: what is sent where a file has gone meanwhile."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

from uploader.domain.cancel import CancelToken
from uploader.domain.photos import Photo
from uploader.engine.readers import BLOCK

_PART = ".part"


class Copies:
    """Files in `folder`, named by the photos' numbers. Its methods block; raise OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, photo: Photo) -> Path:
        """Where the copy of a photo is, or would be."""
        return self._folder / f"{photo.id}{photo.path.suffix}"

    def keep(self, photo: Photo, cancel: CancelToken) -> bool:
        """Copy a photo's file; False where it isn't (any more) the one that was added.

        Raises `CancelledError`. A copy has the file's time, by which it is recognised too.
        """
        known, target = photo.fingerprint, self.of(photo)
        if known is None:
            return False
        self._folder.mkdir(mode=0o700, exist_ok=True)
        part = target.with_name(target.name + _PART)
        try:
            if _copy(photo.path, part, cancel) != (known.bytes, known.sha256):
                return False
            os.utime(part, ns=(known.mtime_ns, known.mtime_ns))
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        return True

    def drop(self, photo: Photo) -> None:
        """Remove a photo's copy, if there is one."""
        self.of(photo).unlink(missing_ok=True)

    def drop_number(self, number: int) -> None:
        """Remove the copy of a photo that nobody knows any more."""
        for path in self._folder.glob(f"{number}.*"):
            path.unlink(missing_ok=True)

    def numbers(self) -> set[int]:
        """Tell of which photos there are copies; what was left half-way is removed."""
        found = set[int]()
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            if path.suffix == _PART:
                path.unlink(missing_ok=True)
            elif path.stem.isdecimal():
                found.add(int(path.stem))
        return found

    def stand_in(self, photo: Photo) -> Photo:
        """Give the photo with its copy's path where its own file has gone; else as it is.

        A file that has changed hasn't gone: whatever is there now, the person decides.
        """
        try:
            photo.path.stat()
        except OSError:
            copy = self.of(photo)
            return replace(photo, path=copy) if copy.is_file() else photo
        return photo


def _copy(source: Path, target: Path, cancel: CancelToken) -> tuple[int, str]:
    """Copy a file; give the bytes and the hash (hex) of what was copied."""
    count, sha256 = 0, hashlib.sha256()
    with source.open("rb") as file, target.open("wb") as copy:
        while block := file.read(BLOCK):
            cancel.check()
            copy.write(block)
            sha256.update(block)
            count += len(block)
        copy.flush()
        os.fsync(copy.fileno())
    return count, sha256.hexdigest()
