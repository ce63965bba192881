"""The roles that colours play, and the palettes that fill them. The only place that names one."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtGui import QColor


class Role(StrEnum):
    """What a colour is for. The value stands in the style sheet after an @."""

    WINDOW = "window"
    BASE = "base"
    PANEL = "panel"
    MAT = "mat"
    HOVER = "hover"
    LINE = "line"
    CONTROL = "control"
    FIELD = "field"
    TRACK = "track"
    TEXT = "text"
    TEXT_2 = "text2"
    DISABLED = "disabled"
    ACCENT = "accent"
    ON_ACCENT = "on-accent"
    WASH = "wash"
    LIVE = "live"
    WARNING = "warning"
    ERROR = "error"
    ERROR_WASH = "error-wash"
    HAIRLINE = "hairline"
    THUMB = "thumb"
    """A scroll bar's handle, a history's older dots."""


def _palette(*codes: str) -> Mapping[Role, QColor]:
    """Give each role, in the order of `Role`, its colour."""
    return {role: QColor(code) for role, code in zip(Role, codes, strict=True)}


LIGHT = _palette(
    *("#F2F3F5", "#FFFFFF", "#F8F9FA", "#E6E8EB", "#F3F5F8", "#DEE1E5", "#C2C7CE", "#858C97"),
    *("#DDE1E6", "#1A1D21", "#575E69", "#9AA0AA", "#1D5BBF", "#FFFFFF", "#E5EDFA", "#1A7A3C"),
    *("#8C5400", "#B3271E", "#FCECEA", "#1A000000", "#C2C7CE"),
)
DARK = _palette(
    *("#232529", "#1A1B1E", "#1E2023", "#2C2E33", "#202226", "#34373D", "#4C5058", "#7C838F"),
    *("#383B42", "#E9EBEE", "#A9AFBA", "#676D78", "#84AFFA", "#0D1B34", "#25324A", "#6CCD89"),
    *("#E9B85C", "#FF958C", "#3B2523", "#1AFFFFFF", "#4C5058"),
)

# For people who see little: every text reaches 7:1 on every ground (WCAG's AAA), every line 4.5:1,
# and grounds differ by lines instead of shades.
LIGHT_CONTRAST = _palette(
    *("#FFFFFF", "#FFFFFF", "#FFFFFF", "#F0F0F0", "#EDEDED", "#5C5C5C", "#1A1A1A", "#1A1A1A"),
    *("#D0D0D0", "#000000", "#2E2E2E", "#5E5E5E", "#0A3A8C", "#FFFFFF", "#DCE8FF", "#0B4A20"),
    *("#573300", "#8A1009", "#FFFFFF", "#FF000000", "#1A1A1A"),
)
DARK_CONTRAST = _palette(
    *("#000000", "#000000", "#000000", "#1C1C1C", "#1F1F1F", "#A6A6A6", "#E6E6E6", "#E6E6E6"),
    *("#4D4D4D", "#FFFFFF", "#E0E0E0", "#A0A0A0", "#A8CBFF", "#000000", "#14284D", "#8BF0A8"),
    *("#FFD684", "#FFB9B3", "#000000", "#FFFFFFFF", "#E6E6E6"),
)
