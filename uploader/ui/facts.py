"""The inspector's facts about a photo, as pairs of name and value."""

from __future__ import annotations

from uploader.domain.findings import Facts, FindingKind
from uploader.domain.photos import Photo
from uploader.domain.states import FOLLOWED, UNSENT, State
from uploader.imaging.canvas import Canvas
from uploader.imaging.geometry import Size
from uploader.ui import numbers
from uploader.ui.text import translate

_SENT = frozenset({State.UPLOADING, State.UNCERTAIN, *FOLLOWED, State.FAILED, State.LIVE})
_TURNED = {3: "180°", 4: "180°", 5: "90°", 6: "90°", 7: "270°", 8: "270°"}


def facts_of(photo: Photo, *, removes_metadata: bool = True) -> list[tuple[str, str]]:
    """Give five facts: pixels, file, colour, camera, GPS. None are known of what isn't read.

    By `removes_metadata`, the setting, what becomes of the position of a photo that isn't begun.
    """
    facts = photo.facts
    if facts is None:
        return []
    colour = facts.profile or "sRGB"
    if facts.mode in ("CMYK", "L", "LA", "I;16") and not facts.profile:
        colour = {"CMYK": "CMYK"}.get(facts.mode, translate("Facts", "Grey"))
    if "srgb" not in colour.casefold():
        colour = f"{colour} → sRGB"
    return [
        (translate("Facts", "Pixels"), _shape(photo, facts)),
        (translate("Facts", "File"), f"{facts.format.label}, {numbers.size(facts.bytes)}"),
        (translate("Facts", "Colour"), colour),
        (translate("Facts", "Camera"), facts.camera or translate("Facts", "Unknown")),
        (translate("Facts", "GPS"), _gps(photo, removes_metadata)),
    ]


def _shape(photo: Photo, facts: Facts) -> str:
    """Tell the size of what the styles are made of, and what makes it so."""
    size = Canvas.of(Size(facts.width, facts.height), photo.edits).size
    shape = numbers.pixels(size.width, size.height)
    if photo.edits.pad:
        return translate("Facts", "{pixels}, padded", pixels=shape)
    if photo.edits.rotate:
        return translate("Facts", "{pixels}, turned", pixels=shape)
    if turned := _TURNED.get(facts.orientation):
        return f"{shape} ↻ {turned}"
    return translate("Facts", "{pixels}, upright", pixels=shape)


def _gps(photo: Photo, removes_metadata: bool) -> str:
    """Say whether the place where the photo was taken goes to the store."""
    if photo.facts is None or not photo.facts.has_gps:
        return translate("Facts", "None")
    kept = any(finding.kind is FindingKind.NOT_CLEANED for finding in photo.findings)
    removed = removes_metadata and not kept if _may_be_begun_anew(photo) else photo.is_cleaned
    if photo.state in UNSENT:
        told = translate("Facts", "Will be removed"), translate("Facts", "Will be sent")
    elif photo.state in _SENT:
        told = translate("Facts", "Removed"), translate("Facts", "Was sent")
    else:
        return translate("Facts", "Present")
    return told[0 if removed else 1]


def _may_be_begun_anew(photo: Photo) -> bool:
    """Whether the setting of the moment decides what is sent of it."""
    return photo.state in UNSENT and not photo.sent
