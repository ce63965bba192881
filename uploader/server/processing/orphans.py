"""Files that no row names: what a crash leaves between a file and its row, or after its row."""

from __future__ import annotations

import contextlib
import itertools
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.core.files.storage import storages
from django.db.models import Q

from uploader.server.processing import belonging
from uploader.server.processing.files import DurableStorage
from uploader.server.processing.listing import AGE, old_files
from uploader.server.store.models import DroppedFile, ImageState, ItemImage, Upload

T = TypeVar("T")

_BATCH = 200
_OURS = re.compile(r"[0-9a-f]{32}")
"""An upload's name, and that of an image's folder."""


def drop_uploads() -> int:
    """Delete the bytes of uploads that are over; return of how many."""
    dropped = 0
    for path in _old_of_ours(settings.STORE_UPLOADS):
        with contextlib.suppress(OSError):
            if not Upload.objects.filter(pk=path.name, image=None).exists():
                path.unlink()
                dropped += 1
    return dropped


def drop_pictures(*, in_bucket: bool = False) -> int:
    """Delete pictures of no image, and those of runs that don't count; return of how many.

    In the folder by its own folders' times. Any other storage is looked through file by file,
    and only if `in_bucket`: that takes a request for each thousand, for the night, not for
    every half hour.
    """
    if not belonging.confirmed():
        return 0
    if isinstance(storages["default"], DurableStorage):
        return sum(map(_drop_folders, _batches(_old_of_ours(settings.MEDIA_ROOT))))
    names = old_files(storages["default"]) if in_bucket else iter(())
    return sum(map(_drop_files, _batches(names)))


def _drop_folders(folders: list[Path]) -> int:
    named = _named({path.name for path in folders})
    lost: list[Path] = []
    for folder in folders:
        runs = named.get(folder.name, set())
        if not runs:
            lost.append(folder)
        else:
            lost += [run for run in _old(folder) if not _stays(run.name, runs)]
    for path in lost:
        shutil.rmtree(path, ignore_errors=True)
    return len(lost)


def _drop_files(names: list[str]) -> int:
    parts = {name: PurePosixPath(name).parts for name in names}
    ours = {name: p for name, p in parts.items() if len(p) == 3 and _OURS.fullmatch(p[0])}
    named = _named({p[0] for p in ours.values()})
    lost = [n for n, p in ours.items() if not _stays(p[1], named.get(p[0], set()))]
    for name in lost:
        storages["default"].delete(name)
    return len(lost)


_ALL = "*"
"""Stands for everything of an image that is about to be one."""
_RUNS = "#"
"""Stands for the numbered runs of an image: one of them is at work."""


def _stays(run: str, named: set[str]) -> bool:
    return run in named or _ALL in named or (_RUNS in named and run.isdecimal())


def _named(publics: set[str]) -> dict[str, set[str]]:
    """Tell which runs' files of these images are still named; images without any are left out."""
    # Uploads first: one that ends meanwhile has its image by the time those are read.
    coming = {upload.public.hex for upload in Upload.objects.filter(image=None).only("pk")}
    named: dict[str, set[str]] = {public: {_ALL} for public in publics & coming}
    for image in ItemImage.objects.filter(public__in=map(UUID, publics)):
        files = (image.original, *image.styles.values())
        runs = {PurePosixPath(name).parts[1] for name in files if name}
        # The latest may be under way: of a live image too, whose styles are made anew.
        runs |= {str(image.runs), *([_RUNS] if image.state == ImageState.PROCESSING else [])}
        named.setdefault(image.public.hex, set()).update(runs)
    # What was replaced stays for a while: it has a row of its own that lets it go.
    waiting = Q()
    for public in publics:
        waiting |= Q(name__startswith=f"{public}/")
    for name in DroppedFile.objects.filter(waiting).values_list("name", flat=True):
        public, run, _ = PurePosixPath(name).parts
        named.setdefault(public, set()).add(run)
    return named


def _batches(entries: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(itertools.islice(entries, _BATCH)):
        yield batch


def _old_of_ours(folder: Path) -> Iterator[Path]:
    """Leave out what others put there: a desktop, a file system, a person."""
    return (path for path in _old(folder) if _OURS.fullmatch(path.name))


def _old(folder: Path) -> Iterator[Path]:
    before = time.time() - AGE
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before:
                yield path
