"""Files that are whole or not there: the folder behind Django's storage, made durable."""

from __future__ import annotations

import contextlib
import os
import uuid
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage


class DurableStorage(FileSystemStorage):
    """Writes beside the place, syncs, and renames: no reader ever sees half a file."""

    def _save(self, name: str, content: File[Any]) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{uuid.uuid4().hex}")
        try:
            with draft.open("xb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)
        sync_folder(target.parent.parent)
        sync_folder(target.parent.parent.parent)
        return name

    def delete(self, name: str) -> None:
        """Delete a file, and its folders once nothing else is in them."""
        super().delete(name)
        place = Path(self.path(name)).parent
        with contextlib.suppress(OSError):
            place.rmdir()
            place.parent.rmdir()


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep(name: str, data: bytes) -> str:
    """Store bytes; return the name under which the storage has them."""
    return default_storage.save(name, ContentFile(data))


def keep_file(name: str, path: Path) -> str:
    """Store a copy of a file; return the name under which the storage has it."""
    with path.open("rb") as source:
        return default_storage.save(name, File(source))


def drop(names: list[str]) -> None:
    """Delete stored files; what isn't there is fine."""
    for name in names:
        default_storage.delete(name)
