"""What of the window is remembered as on or off, and what holds where nobody has said."""

from __future__ import annotations

from PySide6.QtCore import QSettings

STAY = "stays-in-tray"
NOTIFY = "notifies"
GUIDED = "guided"
"""Whether the first steps were gone through, or put away."""

_DEFAULTS = {STAY: False, NOTIFY: True, GUIDED: False}


def is_on(settings: QSettings, key: str) -> bool:
    """Whether it is on; files of this kind know texts alone."""
    return str(settings.value(key, str(_DEFAULTS[key]))).lower() == "true"


def remember(settings: QSettings, key: str, on: bool) -> None:
    """Keep it."""
    settings.setValue(key, "true" if on else "false")
