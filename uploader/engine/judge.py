"""Where the product is in a photo: looked for once the photo is ready, and kept with its facts.

Whether a crop cuts it follows from that by arithmetic (`uploader.imaging.cuts`), so a warning
comes and goes with the focus point, without another look at the file.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from uploader.domain.errors import CancelledError
from uploader.domain.findings import Facts, Limits
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.subjects import Box
from uploader.imaging.render import RenderError
from uploader.imaging.subject import find_subject
from uploader.outbox import Edit, Outbox

log = logging.getLogger(__name__)

Find = Callable[[Path, Limits], Box | None]
"""Looks for the product in a file; may raise `RenderError`."""

JUDGED = frozenset({State.READY})
"""What is about to be sent, and can still be changed."""


def asks(photo: Photo) -> bool:
    """Whether nobody has looked for the product in a photo that is about to be sent."""
    return photo.state in JUDGED and photo.facts is not None and not photo.facts.judged


def judge(photo: Photo, limits: Limits, find: Find = find_subject) -> Facts | None:
    """Look for the product; give the facts with what was found, None of a photo that isn't read.

    A file that can't be decoded (any more) is judged too: there is nothing to be said of it here.
    Raises `CancelledError` where `find` does.
    """
    if photo.facts is None:
        return None
    subject = None
    try:
        subject = find(photo.path, limits)
    except CancelledError:
        raise
    except RenderError as error:
        log.info("photo %d: where the product is can't be told: %s", photo.id, error)
    except Exception:
        # Only a hint is lost; the same file would be met again and again.
        log.warning("photo %d: the look for the product failed", photo.id, exc_info=True)
    return replace(photo.facts, judged=True, subject=subject)


def keep(outbox: Outbox, judged: Mapping[int, Facts]) -> list[Photo]:
    """Put on record what was found of photos, unless their file is another by now."""

    def decide(photo: Photo) -> Edit | None:
        facts = judged[photo.id]
        if not asks(photo) or replace(facts, judged=False, subject=None) != photo.facts:
            return None
        return Edit(photo.state, "", {"facts": facts})

    return outbox.edit_many(judged, decide)
