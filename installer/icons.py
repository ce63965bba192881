"""The program's icon in every size and form that systems ask for, from our one drawing.

``python -m installer.icons`` puts them into `build/icons`. Qt draws, as it does in the window; the
versions of Qt and Pillow are pinned, so that the files are the same wherever they are made.
"""

from __future__ import annotations

import os
from pathlib import Path

from installer.project import BUILD, NAME, ROOT

DRAWING = ROOT / "resources" / "icons" / "app.svg"
SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
"""Pixels; those of the hicolor theme (freedesktop.org, Icon Theme)."""
_WINDOWS = (16, 20, 24, 32, 40, 48, 64, 96, 128, 256)
"""What its shell shows in lists, on the task bar and beyond, at 100, 125, 150, 200 and 400 %."""
_MAC = (16, 32, 64, 128, 256, 512, 1024)


def draw(folder: Path) -> None:
    """Write ``NAME-SIZE.png``, NAME.ico and NAME.icns into a folder, made where it is missing."""
    from PIL import Image  # noqa: PLC0415

    from installer.ico import icon  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    for size in sorted({*SIZES, *_WINDOWS, *_MAC}):
        _draw(size, folder / f"{NAME}-{size}.png")
    pictures = {size: (folder / f"{NAME}-{size}.png").read_bytes() for size in _WINDOWS}
    (folder / f"{NAME}.ico").write_bytes(icon(pictures))
    drawn = []
    for size in _MAC:
        with Image.open(folder / f"{NAME}-{size}.png") as image:
            drawn.append(image.copy())
    drawn[-1].save(folder / f"{NAME}.icns", append_images=drawn)


def _draw(size: int, file: Path) -> None:
    from PySide6.QtCore import QRectF  # noqa: PLC0415
    from PySide6.QtGui import QImage, QPainter  # noqa: PLC0415
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415

    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    if not image.save(str(file)):
        raise OSError(f"{file} can't be written")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    draw(BUILD / "icons")
