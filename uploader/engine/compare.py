"""The store's derivatives beside what the program previewed."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from uploader.domain.photos import Photo
from uploader.domain.styles import Style
from uploader.engine.fingerprint import stands
from uploader.engine.verify import NotAPictureError
from uploader.imaging.compare import matches
from uploader.imaging.render import RenderError, render

log = logging.getLogger(__name__)

_WHOLE = Style("stored", "100%")


def compare_with_preview(photo: Photo, fetched: Mapping[Style, bytes]) -> bool | None:
    """Compare every fetched style with the preview of the photo's file.

    True where all are equal, None where the file isn't there as it was sent any more.
    Raises `NotAPictureError` for a derivative that nobody could see.
    """
    for style, content in fetched.items():
        try:
            render(content, (_WHOLE,))
        except RenderError as error:
            raise NotAPictureError(style.name) from error
    if not stands(photo.path, photo.fingerprint):
        return None
    try:
        previews = render(photo.path, tuple(fetched), focus=photo.focus, edits=photo.edits)
    except (RenderError, ValueError) as error:
        log.info("photo %d: no preview to compare with: %s", photo.id, error)
        return None
    return all(matches(previews[style.name], content) for style, content in fetched.items())
