"""The inspector's facts about a photo, as pairs of name and value."""

from __future__ import annotations

from uploader.domain.photos import Photo
from uploader.ui import numbers
from uploader.ui.text import translate

_TURNED = {3: "180°", 4: "180°", 5: "90°", 6: "90°", 7: "270°", 8: "270°"}


def facts_of(photo: Photo) -> list[tuple[str, str]]:
    """Give five facts: pixels, file, colour, camera, GPS. None are known of what isn't read."""
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
    return [
        (translate("Facts", "Pixels"), shape),
        (translate("Facts", "File"), f"{facts.format.label}, {numbers.size(facts.bytes)}"),
        (translate("Facts", "Colour"), colour),
        (translate("Facts", "Camera"), facts.camera or translate("Facts", "Unknown")),
        (translate("Facts", "GPS"), gps),
    ]
