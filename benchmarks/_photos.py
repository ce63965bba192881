"""Photo-like pictures, the same on every run: shapes, shading, texture and sensor noise."""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

SIZE = (4000, 3000)


def _texture(dice: random.Random, size: tuple[int, int], grain: int) -> Image.Image:
    """Clouds: random grey at a coarse grid, blown up smoothly."""
    small = (size[0] // grain + 2, size[1] // grain + 2)
    return Image.frombytes("L", small, dice.randbytes(small[0] * small[1])).resize(
        size, Image.Resampling.BICUBIC
    )


def photo(seed: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """Draw one picture; equal seeds give equal pixels."""
    dice = random.Random(seed)
    coarse = _texture(dice, size, size[0] // 12)
    middle = _texture(dice, size, max(2, size[0] // 160))
    fine = _texture(dice, size, 3)
    shade = Image.blend(Image.blend(coarse, middle, 0.3), fine, 0.12)
    tint = Image.linear_gradient("L").rotate(90 * (seed % 4)).resize(size)
    warm = Image.blend(shade, tint, 0.35)
    cool = Image.blend(shade, tint, 0.15)
    picture = Image.merge("RGB", (warm, shade, cool))
    draw = ImageDraw.Draw(picture)
    for _ in range(30):
        x, y = dice.randrange(size[0]), dice.randrange(size[1])
        r = dice.randrange(size[0] // 50, size[0] // 8)
        shape = draw.ellipse if dice.random() < 0.6 else draw.rectangle
        colour = tuple(dice.randrange(256) for _ in range(3))
        shape((x - r, y - r * 0.7, x + r, y + r * 0.7), fill=colour)
    shapes = picture.filter(ImageFilter.GaussianBlur(1.5))
    grain = Image.frombytes("L", size, dice.randbytes(size[0] * size[1]))
    return Image.blend(shapes, Image.merge("RGB", (grain, grain, grain)), 0.11)


def write_photos(folder: Path, count: int) -> list[Path]:
    """Write JPEGs as a phone does: quality 85, chroma at half the resolution."""
    paths = []
    for number in range(count):
        path = folder / f"photo-{number:02d}.jpg"
        photo(number).save(path, quality=85, subsampling=2)
        paths.append(path)
    return paths
