"""Photo-like pictures, and the real ImageMagick 6 as Paperclip runs it."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from uploader.domain.edits import Edits

PROGRAM = "convert-im6.q16"


class ImageMagick:
    """Runs `convert` and reads what comes out."""

    def __init__(self, folder: Path) -> None:
        self._out = folder / "imagemagick.png"

    def text(self, *arguments: str) -> list[str]:
        done = subprocess.run(
            [PROGRAM, *arguments], check=True, capture_output=True, text=True, timeout=60
        )
        return done.stdout.splitlines()

    def fails(self, *arguments: str) -> bool:
        command = [PROGRAM, *arguments]
        done = subprocess.run(command, check=False, capture_output=True, timeout=60)
        return done.returncode > 0

    def image(self, source: Path, *arguments: str) -> Image.Image:
        """Give the first frame, eight bits, as RGBA."""
        command = [PROGRAM, f"{source}[0]", *arguments, "-depth", "8", f"PNG32:{self._out}"]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        with Image.open(self._out) as image:
            return image.convert("RGBA")


@pytest.fixture
def imagemagick(tmp_path: Path) -> ImageMagick:
    if shutil.which(PROGRAM) is None:
        pytest.fail(
            f"{PROGRAM} is missing: install ImageMagick 6 (Debian: apt install imagemagick)"
        )
    return ImageMagick(tmp_path)


@cache
def draw_photo(width: int, height: int, seed: int = 7) -> Image.Image:
    dice = random.Random(seed)

    def clouds(grain: int) -> Image.Image:
        across, down = width // grain + 2, height // grain + 2
        small = Image.frombytes("L", (across, down), dice.randbytes(across * down))
        return small.resize((width, height), Image.Resampling.BICUBIC)

    shade = Image.blend(Image.blend(clouds(max(2, width // 8)), clouds(9), 0.25), clouds(2), 0.1)
    slope = Image.linear_gradient("L").resize((width, height))
    picture = Image.merge(
        "RGB", (Image.blend(shade, slope, 0.4), shade, Image.blend(shade, slope, 0.15))
    )
    draw = ImageDraw.Draw(picture)
    for _ in range(18):
        x, y, r = dice.randrange(width), dice.randrange(height), dice.randrange(4, width // 6 + 5)
        colour = tuple(dice.randrange(256) for _ in range(3))
        shape = draw.ellipse if dice.random() < 0.6 else draw.rectangle
        shape((x - r, y - r * 0.7, x + r, y + r * 0.7), fill=colour)
    return picture.filter(ImageFilter.GaussianBlur(0.7))


@pytest.fixture
def photo() -> Callable[..., Image.Image]:
    """`photo(width, height, seed)`: a copy to do with what a test likes."""
    return lambda width=640, height=480, seed=7: draw_photo(width, height, seed).copy()


@pytest.fixture
def encoded() -> Callable[..., bytes]:
    """`encoded(image, "JPEG", quality=90)`: a file's bytes."""

    def encode(image: Image.Image, kind: str, **options: object) -> bytes:
        if kind == "HEIF":
            import pillow_heif

            pillow_heif.register_heif_opener()
        out = io.BytesIO()
        image.save(out, kind, **options)
        return out.getvalue()

    return encode


@pytest.fixture
def difference(imagemagick) -> Callable[..., float]:
    """Render a file in a style and give the mean difference to what Paperclip's command makes.

    Fails where the sizes differ. `first` are arguments before the scaling; `edits` and what
    they are in ImageMagick's words come before these. `pad` is the colour of the padding.
    """
    from uploader.domain.edits import UNEDITED
    from uploader.domain.styles import Style
    from uploader.imaging.compare import mean_difference
    from uploader.imaging.geometry import Geometry
    from uploader.imaging.inspect import inspect
    from uploader.imaging.render import render

    def compare(
        path: Path, text: str, *first: str, edits: Edits = UNEDITED, pad: str = "white"
    ) -> float:
        facts = inspect(path).facts
        width, height = facts.width, facts.height
        done = ["-rotate", str(edits.rotate), "+repage"] if edits.rotate else []
        if edits.rotate % 180:
            width, height = height, width
        if edits.pad:
            width = height = max(width, height)
            done += ["-gravity", "center", "-background", pad, "-extent", f"{width}x{height}"]
            done += ["+repage", "-gravity", "NorthWest"]
        geometry = Geometry.parse(text)
        scale, crop = text, []
        if text.endswith("#"):
            scale, window = paperclip(width, height, geometry.width, geometry.height)
            crop = ["-crop", window, "+repage"]
        # The +repage in front: ImageMagick leaves a wrong canvas after orientation 7.
        turn = ["-auto-orient", "+repage"]
        theirs = imagemagick.image(path, *turn, *done, *first, "-resize", scale, *crop)
        ours = render(path, [Style("style", text)], edits=edits)["style"]
        assert ours.image.size == theirs.size
        return mean_difference(ours.image, theirs)

    return compare


def paperclip(width: int, height: int, target_width: int, target_height: int) -> tuple[str, str]:
    """Paperclip's `transformation_to` in Ruby's arithmetic: what it passes to ImageMagick."""
    across, down = float(target_width) / width, float(target_height) / height
    size = f"{target_width}x{target_height}"
    if down <= across:
        return f"{target_width}x", f"{size}+0+{int((height * across - target_height) / 2)}"
    return f"x{target_height}", f"{size}+{int((width * down - target_width) / 2)}+0"


@pytest.fixture(name="paperclip")
def paperclip_fixture() -> Callable[[int, int, int, int], tuple[str, str]]:
    return paperclip
