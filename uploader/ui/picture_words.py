"""What turning and padding a picture is called, and why it can't be done."""

from __future__ import annotations

from collections.abc import Sequence

from uploader.domain.photos import Photo
from uploader.domain.stores import Capabilities
from uploader.ui.abilities import can_edit
from uploader.ui.text import translate


def rotate_left() -> str:
    """Name what turns a picture by a quarter, against the clock."""
    return translate("Picture", "Rotate left")


def rotate_right() -> str:
    """Name what turns a picture by a quarter, with the clock."""
    return translate("Picture", "Rotate right")


def pad() -> str:
    """Name what makes a picture a square without cutting any of it."""
    return translate("Picture", "Pad to a square")


def alt_texts() -> str:
    """Name what opens the dialog for alt texts."""
    return translate("Picture", "Alt text…")


def why_no_turn(photos: Sequence[Photo], can: Capabilities) -> str:
    """Say why none of these can be turned; empty where one can, or can be turned back."""
    if not can.rotates and not any(photo.edits.rotate for photo in photos):
        return translate("Picture", "This store doesn’t turn pictures.")
    return _why_none(photos)


def why_no_pad(photos: Sequence[Photo], can: Capabilities) -> str:
    """Say why none of these can be padded; empty where one can, or need be no more."""
    if not can.pads and not any(photo.edits.pad for photo in photos):
        return translate("Picture", "This store doesn’t pad pictures.")
    return _why_none(photos)


def why_no_place(photo: Photo, can: Capabilities) -> str:
    """Say why it can't be given a place; empty where it can."""
    if not can.positions:
        return translate("Picture", "This store puts new pictures last.")
    if photo.replaces:
        return translate("Picture", "It takes the place of another picture.")
    return _why_none([photo])


def why_no_text(photo: Photo) -> str:
    """Say why its alt text can't be changed; empty where it can."""
    return _why_none([photo])


def _why_none(photos: Sequence[Photo]) -> str:
    if any(can_edit(photo) for photo in photos):
        return ""
    return translate("Picture", "Only what isn’t sent yet can be changed.")
