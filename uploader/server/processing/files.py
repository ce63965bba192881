"""Files that are whole or not there: the folder behind Django's storage, made durable."""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import uuid
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from uploader.server.store.models import DroppedFile

log = logging.getLogger(__name__)

AT_ONCE = timedelta(0)
_BATCH = 500
_PAUSE = timedelta(minutes=10)
"""Until a file that couldn't be deleted is tried again."""


class DurableStorage(FileSystemStorage):
    """Writes beside the place, syncs, and renames: no reader ever sees half a file."""

    def _save(self, name: str, content: File[Any]) -> str:
        target = Path(self.path(name))
        missing = _missing(target.parent)
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
        # The file's name, and those of its new folders: a row may say it is there from now on.
        # Of ours always, of the store's own where they are new: another process may have made
        # them a moment ago and not have come to this yet.
        ours = (target.parent, *target.parents[1:3])
        for folder in dict.fromkeys((*ours, *(place.parent for place in missing))):
            sync_folder(folder)
        return name

    def delete(self, name: str) -> None:
        """Delete a file, and its folders once nothing else is in them."""
        super().delete(name)
        place = Path(self.path(name)).parent
        with contextlib.suppress(OSError):
            place.rmdir()
            place.parent.rmdir()


def _missing(folder: Path) -> list[Path]:
    """Give the folders that have to be made first, this one and those above it."""
    above = (folder, *folder.parents)
    return list(itertools.takewhile(lambda place: not place.exists(), above))


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


def drop(names: Sequence[str]) -> None:
    """Delete stored files that no row ever named; what isn't there is fine."""
    for name in names:
        default_storage.delete(name)


def drop_later(names: Sequence[str], after: timedelta = AT_ONCE) -> None:
    """Have files deleted that the present transaction takes from their rows.

    Those that are due at once go with the commit; the sweeper drops all others in their time.
    """
    due = timezone.now() + after
    rows = DroppedFile.objects.bulk_create(
        DroppedFile(name=name, due_at=due) for name in names if name
    )
    if not after:
        mine = DroppedFile.objects.filter(pk__in=[row.pk for row in rows])

        def now() -> None:  # Django wants its name for the log, and a partial has none
            _drop_all(mine)

        transaction.on_commit(now, robust=True)


def drop_due() -> int:
    """Delete the files whose time has come; return of how many."""
    return _drop_all(DroppedFile.objects.filter(due_at__lte=timezone.now()))


def _drop_all(rows: QuerySet[DroppedFile]) -> int:
    """Delete files, and only then the rows that remember them."""
    dropped = 0
    for row in rows.order_by("pk")[:_BATCH]:
        try:
            default_storage.delete(row.name)
        except Exception as error:
            # Whatever the storage has: the row stays, and it is tried again, after all others.
            log.warning("%s can't be deleted yet: %s", row.name, error)
            row.due_at = timezone.now() + _PAUSE
            row.save(update_fields=["due_at"])
        else:
            row.delete()
            dropped += 1
    return dropped
