"""The picture beside the installer's last page, in place of the one that NSIS brings along."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from installer.project import BUILD, NAME

SIZE = (164, 314)
"""Pixels; NSIS stretches it with the font."""
_GROUND = "#1D5BBF"
"""The icon's own, so that only its drawing is seen."""


def make(target: Path) -> None:
    """Write it, as a bitmap; the icon is drawn already."""
    picture = Image.new("RGB", SIZE, _GROUND)
    with Image.open(BUILD / "icons" / f"{NAME}-128.png") as icon:
        picture.paste(icon, ((SIZE[0] - icon.width) // 2, 56), icon)
    picture.save(target, "BMP")
