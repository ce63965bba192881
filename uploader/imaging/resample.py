"""Resize as ImageMagick 6 does by default: Lanczos to shrink, Mitchell for all else."""

from __future__ import annotations

from PIL import Image, ImageFilter

from uploader.imaging.orientation import Box

# Mitchell-Netravali is, to within one per cent, Catmull-Rom and this blur over neighbours, in
# the coarser of both pictures: the filter that Pillow lacks, from the one that it has.
_SOFTENER = ImageFilter.Kernel((3, 3), (1, 16, 1, 16, 256, 16, 1, 16, 1), scale=324)


def reduced(image: Image.Image, factor: int) -> Image.Image:
    """Average blocks of `factor` × `factor` pixels: cheap, before the filter proper."""
    return image.reduce(factor) if factor > 1 else image


def resample(image: Image.Image, size: tuple[int, int], box: Box, *, soft: bool) -> Image.Image:
    """Scale the part `box` of an image to `size`.

    Pixels around the box are taken into account, so that a crop's edges are those of the
    whole picture. Colours under alpha are weighted by it. `soft` is for what ImageMagick
    gives Mitchell even when shrinking: colour maps and alpha.
    """
    left, top, right, bottom = box
    across, down = right - left, bottom - top
    untouched = across == size[0] and down == size[1] and left % 1 == 0 and top % 1 == 0
    if untouched:
        return image.crop((int(left), int(top), int(right), int(bottom)))
    grows = size[0] * size[1] > across * down
    if not (soft or grows):
        return image.resize(size, Image.Resampling.LANCZOS, box=box)
    weighted = image.convert("RGBa") if image.mode == "RGBA" else image
    if grows:
        small = weighted.filter(_SOFTENER).resize(size, Image.Resampling.BICUBIC, box=box)
    else:
        small = weighted.resize(size, Image.Resampling.BICUBIC, box=box).filter(_SOFTENER)
    return small.convert(image.mode)
