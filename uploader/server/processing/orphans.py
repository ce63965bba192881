"""Files that no row names: what a crash leaves between a file and its row, or after its row."""

from __future__ import annotations

import contextlib
import itertools
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.storage import storages

from uploader.server.processing.files import DurableStorage
from uploader.server.store.models import ImageState, ItemImage, Upload

_AGE = 3600.0
"""Seconds; a file is made just before its row, and cleared just after it."""
_BATCH = 200
_PUBLIC = re.compile(r"[0-9a-f]{32}")


def drop_uploads() -> int:
    """Delete the bytes of uploads that are over; return of how many."""
    dropped = 0
    for path in _old(settings.STORE_UPLOADS):
        with contextlib.suppress(OSError, ValueError):
            if not Upload.objects.filter(pk=path.name, image=None).exists():
                path.unlink()
                dropped += 1
    return dropped


def drop_pictures() -> int:
    """Delete pictures of no image, and those of runs that don't count; return of how many.

    In the folder alone: a bucket's owner has life-cycle rules for that.
    """
    if not isinstance(storages["default"], DurableStorage):
        return 0
    folders = (path for path in _old(settings.MEDIA_ROOT) if _PUBLIC.fullmatch(path.name))
    dropped = 0
    while batch := list(itertools.islice(folders, _BATCH)):
        dropped += _drop(batch)
    return dropped


def _drop(folders: list[Path]) -> int:
    images = ItemImage.objects.filter(public__in=[UUID(path.name) for path in folders])
    known = {image.public.hex: image for image in images}
    lost: list[Path] = []
    for folder in folders:
        image = known.get(folder.name)
        if image is None:
            lost.append(folder)
        elif image.state != ImageState.PROCESSING:
            named = {Path(name).parts[1] for name in (image.original, *image.styles.values())}
            lost += [run for run in _old(folder) if run.name not in named]
    for path in lost:
        shutil.rmtree(path, ignore_errors=True)
    return len(lost)


def _old(folder: Path) -> Iterator[Path]:
    before = time.time() - _AGE
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before:
                yield path
