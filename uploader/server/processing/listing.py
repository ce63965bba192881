"""The names of what a storage holds, whatever kind of storage it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import Storage
from django.utils import timezone


def old_files(storage: Storage, seconds: float) -> Iterator[str]:
    """Give the names of files that haven't been changed for so long.

    A bucket gives a thousand names and times with each request; other storages are asked
    folder by folder.
    """
    before = timezone.now() - timedelta(seconds=seconds)
    for name, changed in _in_bucket(storage) if hasattr(storage, "bucket") else _below(storage):
        if changed < before:
            yield name


def _in_bucket(storage: Any) -> Iterator[tuple[str, datetime]]:  # noqa: ANN401 - S3Storage
    start = f"{storage.location.strip('/')}/" if storage.location.strip("/") else ""
    for entry in storage.bucket.objects.filter(Prefix=start):
        yield entry.key.removeprefix(start), entry.last_modified


def _below(storage: Storage, folder: str = "") -> Iterator[tuple[str, datetime]]:
    folders, names = storage.listdir(folder)
    for name in names:
        place = f"{folder}/{name}" if folder else name
        yield place, storage.get_modified_time(place)
    for name in folders:
        yield from _below(storage, f"{folder}/{name}" if folder else name)
