"""The names of what a storage holds, whatever kind of storage it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import Storage
from django.utils import timezone

AGE = 3600.0
"""Seconds; a file is made just before its row, and cleared just after it.

A clock that was set says nothing of a file's age, so an original, which there is only once, is
known by its upload as well.
"""


def old_files(storage: Storage) -> Iterator[str]:
    """Give the names of files that haven't been changed for longer than `AGE`.

    A bucket gives a thousand names and times with each request; other storages are asked
    folder by folder.
    """
    before = timezone.now() - timedelta(seconds=AGE)
    for name, changed in storage.names() if hasattr(storage, "names") else _below(storage):
        if changed < before:
            yield name


def _below(storage: Storage, folder: str = "") -> Iterator[tuple[str, datetime]]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return  # the storage's own folder is made with its first file
    for name in names:
        place = f"{folder}/{name}" if folder else name
        yield place, storage.get_modified_time(place)
    for name in folders:
        yield from _below(storage, f"{folder}/{name}" if folder else name)
