"""The inspector's facts about a photo, as pairs of name and value."""

from __future__ import annotations

from uploader.domain.photos import Photo
from uploader.domain.states import UNSENT
from uploader.ui import numbers
from uploader.ui.text import translate

_TURNED = {3: "180°", 4: "180°", 5: "90°", 6: "90°", 7: "270°", 8: "270°"}


def facts_of(photo: Photo, *, removes_metadata: bool = True) -> list[tuple[str, str]]:
    """Give five facts: pixels, file, colour, camera, GPS. None are known of what isn't read.

    A sixth where the photo is sent without what is private in it; by `removes_metadata`, if it
    isn't begun.
    """
    facts = photo.facts
    if facts is None:
        return []
    shape = numbers.pixels(facts.width, facts.height)
    turned = _TURNED.get(facts.orientation)
    if turned:
        shape = f"{shape} ↻ {turned}"
    else:
        shape = translate("Facts", "{pixels}, upright", pixels=shape)
    colour = facts.profile or "sRGB"
    if facts.mode in ("CMYK", "L", "LA", "I;16") and not facts.profile:
        colour = {"CMYK": "CMYK"}.get(facts.mode, translate("Facts", "Grey"))
    if "srgb" not in colour.casefold():
        colour = f"{colour} → sRGB"
    gps = translate("Facts", "Present") if facts.has_gps else translate("Facts", "None")
    known = [
        (translate("Facts", "Pixels"), shape),
        (translate("Facts", "File"), f"{facts.format.label}, {numbers.size(facts.bytes)}"),
        (translate("Facts", "Colour"), colour),
        (translate("Facts", "Camera"), facts.camera or translate("Facts", "Unknown")),
        (translate("Facts", "GPS"), gps),
    ]
    told = photo.is_cleaned and (facts.has_gps or facts.camera)
    if told and (removes_metadata or not _may_be_begun_anew(photo)):
        removed = translate("Facts", "Location and camera data are removed before sending")
        known.append((translate("Facts", "Private"), removed))
    return known


def _may_be_begun_anew(photo: Photo) -> bool:
    """Whether the setting of the moment decides what is sent of it."""
    return photo.state in UNSENT and not photo.sent
