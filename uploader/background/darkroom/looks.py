"""What the engine asks of pictures, done by a developer. For workers alone: it needs Pillow."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from uploader.background.darkroom import jobs
from uploader.background.darkroom.client import DarkroomError, Developer
from uploader.domain.cancel import CancelToken
from uploader.domain.findings import Inspection, Limits
from uploader.domain.photos import Photo
from uploader.domain.styles import Style
from uploader.domain.subjects import Box
from uploader.engine.examine import Examine, Examined
from uploader.engine.judge import Find
from uploader.engine.verify import Compare
from uploader.imaging import refusals

log = logging.getLogger(__name__)


def examining(developer: Developer) -> Examine:
    """Give the checker's look; a file over which the decoder dies is refused."""

    def examine(
        path: Path, limits: Limits, *, clean: bool, cancel: CancelToken | None = None
    ) -> Examined:
        try:
            return developer.do(jobs.Examine(path, limits, clean), cancel=cancel)
        except DarkroomError:
            return Examined(Inspection(None, (refusals.DECODER_DIES,)), None)
        except MemoryError:
            return Examined(Inspection(None, (refusals.NO_MEMORY,)), None)

    return examine


def comparing(developer: Developer) -> Compare:
    """Give the comparison of what the store made; None where the decoder dies over it."""

    def compare(photo: Photo, fetched: Mapping[Style, bytes]) -> bool | None:
        try:
            return developer.do(jobs.Compare(photo, dict(fetched)))
        except (DarkroomError, MemoryError) as error:
            log.warning("photo %d: nothing to compare with: %r", photo.id, error)
            return None

    return compare


def seeking(developer: Developer) -> Find:
    """Give the look for the product; it can't be told where the decoder dies over the file."""

    def find(path: Path, limits: Limits) -> Box | None:
        try:
            return developer.do(jobs.Seek(path, limits))
        except (DarkroomError, MemoryError) as error:
            log.warning("no look for the product in %s: %r", path.name, error)
            return None

    return find
