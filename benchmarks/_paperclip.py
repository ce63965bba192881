"""What Paperclip has ImageMagick do for one photo, with its own arguments."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from _photos import SIZE

from uploader.domain.styles import SQUARE, THUMB
from uploader.imaging.geometry import Geometry, Size

CONVERT, IDENTIFY = "convert-im6.q16", "identify-im6.q16"


def run(*command: str | Path) -> None:
    """Run a program to its end, its words thrown away."""
    quiet = subprocess.DEVNULL
    subprocess.run(command, check=True, stdin=quiet, stdout=quiet, stderr=quiet)


def crops(path: Path, out: Path, suffix: str = ".jpg") -> None:
    """Make `thumb` and `square` of a photo of `SIZE`: one `convert` each."""
    crop = Geometry.parse(SQUARE.geometry).plan(Size(*SIZE)).crop
    assert crop
    source = f"{path}[0]"
    thumb, square = out / f"thumb{suffix}", out / f"square{suffix}"
    run(CONVERT, source, "-auto-orient", "-resize", THUMB.geometry, "+repage", thumb)
    window = f"{crop.width}x{crop.height}+{crop.x}+{crop.y}"
    scale = ["-resize", "x200", "-crop", window, "+repage"]
    run(CONVERT, source, "-auto-orient", *scale, square)


def paperclip(path: Path, out: Path) -> None:
    """Do all of it: size and orientation, whether it is animated, and both crops.

    Paperclip asks both questions once for each style; here they are asked once for both.
    """
    run(IDENTIFY, "-format", "%wx%h,%[exif:orientation]", f"{path}[0]")
    run(IDENTIFY, "-format", "%m", f"{path}[0]")
    crops(path, out)
