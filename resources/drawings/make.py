"""Make the sample photos from the drawings: ``.venv/bin/python resources/drawings/make.py``.

Needs rsvg-convert (Debian: librsvg2-bin). Every picture is a drawing rendered large, framed,
and given a sensor's grain; the list at the end says which kinds of file come of it.
"""

from __future__ import annotations

import io
import random
import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageCms, ImageFilter
from pillow_heif import register_heif_opener
from raw import display_p3, save_png16

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"
_BACKGROUND = re.compile(r'<rect [^>]*url\(#wall\)"/>.*?<rect [^>]*url\(#lt\)"/>', re.DOTALL)
_GRAIN = re.compile(r'<rect [^>]*url\(#grain\)"[^>]*/>')
_VIGNETTE = re.compile(r'<rect [^>]*url\(#vg\)"[^>]*/>')

# What turns an upright picture into the pixels a camera held that way stores (EXIF 2.3, 274).
_TURNS = {
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}
_CANON, _PIXEL = ("Canon", "Canon EOS R6"), ("Google", "Pixel 8")
_HARBOUR = {1: "N", 2: (54.0, 19.0, 12.0), 3: "E", 4: (10.0, 8.0, 24.0)}

Frame = tuple[float, float, float, float]
"""Left, top, right, bottom of what is kept, in parts of the drawing."""
WHOLE: Frame = (0, 0, 1, 1)


def render(drawing: str, width: int, *, cut_out: bool = False) -> Image.Image:
    """Render a drawing `width` pixels wide, with its room or (RGBA) without."""
    svg = _GRAIN.sub("", (HERE / f"{drawing}.svg").read_text("utf-8"))
    if cut_out:
        svg = _VIGNETTE.sub("", _BACKGROUND.sub("", svg))
    command = ["rsvg-convert", "--width", str(width), "--keep-aspect-ratio"]
    png = subprocess.run(command, input=svg.encode(), capture_output=True, check=True).stdout  # noqa: S603
    return Image.open(io.BytesIO(png)).convert("RGBA" if cut_out else "RGB")


def photograph(drawing: str, width: int, frame: Frame = WHOLE, grain: float = 0.05) -> Image.Image:
    """Render what `frame` keeps of a drawing, `width` pixels wide, with grain."""
    left, top, right, bottom = frame
    whole = render(drawing, round(width / (right - left)))
    box = (
        round(left * whole.width),
        round(top * whole.height),
        round(left * whole.width) + width,
        round(bottom * whole.height),
    )
    picture = whole.crop(box)
    if not grain:
        return picture
    noise = _noise().point([round(128 + (value - 128) * grain) for value in range(256)])
    film = Image.new("L", picture.size)
    for x in range(0, film.width, noise.width):
        for y in range(0, film.height, noise.height):
            film.paste(noise, (x, y))
    return ImageChops.add(picture, Image.merge("RGB", [film] * 3), 1, -128)


@cache
def _noise() -> Image.Image:
    """Make one tile of noise, always the same, as soft as a lens leaves it."""
    tile = Image.frombytes("L", (509, 509), random.Random(7).randbytes(509 * 509))  # noqa: S311
    return tile.filter(ImageFilter.GaussianBlur(0.6))


def save_jpeg(  # one argument per property of the file
    picture: Image.Image,
    path: Path,
    *,
    quality: int = 82,
    orientation: int = 1,
    camera: tuple[str, str] | None = None,
    gps: bool = False,
    progressive: bool = False,
    profile: bytes = b"",
) -> None:
    """Write a JPEG as a camera held in `orientation` (EXIF) would."""
    exif = Image.Exif()
    if orientation != 1:
        picture = picture.transpose(_TURNS[orientation])
        exif[0x0112] = orientation
    if camera:
        exif[0x010F], exif[0x0110] = camera
        exif[0x0132] = "2026:03:14 15:09:26"
    if gps:
        exif.get_ifd(0x8825).update(_HARBOUR)
    picture.save(
        path,
        "JPEG",
        quality=quality,
        optimize=True,
        progressive=progressive,
        exif=exif.tobytes() if len(exif) else b"",
        icc_profile=profile,
    )


def save_p3(picture: Image.Image, path: Path) -> None:
    """Write a JPEG whose numbers mean Display P3, and which says so."""
    profile = display_p3()
    wide = ImageCms.profileToProfile(
        picture,
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
    )
    if wide is None:
        raise RuntimeError("profileToProfile made no picture")
    save_jpeg(wide, path, camera=_CANON, profile=profile)


def paletted(picture: Image.Image) -> Image.Image:
    """Reduce to 256 colours, the rare ones (a brass knob, an oak handle) among them."""
    return picture.quantize(method=Image.Quantize.MAXCOVERAGE, kmeans=4)


def save_zoom(picture: Image.Image, path: Path) -> None:
    """Write an animated GIF that moves closer to the picture's middle."""
    width, height = 320, 320 * picture.height // picture.width
    frames = []
    for step in range(8):
        edge = step * 0.035
        box = tuple(
            part * size
            for part, size in zip((edge, edge, 1 - edge, 1 - edge), picture.size * 2, strict=True)
        )
        frames.append(picture.resize((width, height), Image.Resampling.LANCZOS, box))
    first, *rest = (paletted(frame) for frame in frames)
    first.save(path, "GIF", save_all=True, append_images=rest, duration=120, loop=0)


def _jpegs() -> dict[str, Callable[[Path], None]]:
    return {
        "HP-1180_bowls-speckled.jpg": lambda to: save_jpeg(
            photograph("bowls", 4000), to, camera=_CANON, gps=True
        ),
        "HP-1180_2.jpg": lambda to: save_jpeg(
            photograph("bowls", 3600, (0.02, 0.25, 0.98, 0.88)), to, camera=_CANON
        ),
        "dining-chair-oak.jpg": lambda to: save_jpeg(
            photograph("chair", 2400), to, orientation=6, camera=_PIXEL, gps=True
        ),
        "HP-3310_2.jpg": lambda to: save_jpeg(
            photograph("chair", 1500, (0.15, 0.1, 0.85, 0.6)).convert("L"), to
        ),
        "HP-2041_lamp-terra.jpg": lambda to: save_jpeg(
            photograph("lamp", 2000), to, progressive=True
        ),
        "cast-iron-teapot-1-l.jpg": lambda to: save_p3(photograph("teapot", 4032), to),
        "HP-5102_2.jpg": lambda to: save_jpeg(
            photograph("bag", 1500, (0.18, 0.14, 0.82, 0.62)), to, orientation=8, camera=_PIXEL
        ),
        "frying-pan-28-cm.jpg": lambda to: save_jpeg(
            photograph("pan", 3600), to, orientation=3, camera=_CANON
        ),
        "harbour-mug-blue-2.jpg": lambda to: save_jpeg(
            photograph("mug", 180, (0.1, 0.2, 0.95, 0.88), grain=0), to, quality=90
        ),
        "HP-4416_vase-celadon.jpg": lambda to: save_jpeg(
            photograph("vase", 1300, (0.08, 0, 0.9, 1)), to, camera=_PIXEL
        ),
        "HP-2218_2.jpg": lambda to: save_jpeg(
            photograph("board", 1800, (0.1, 0.2, 1, 0.86)).convert("CMYK"), to
        ),
    }


def _others() -> dict[str, Callable[[Path], None]]:
    heic = {"format": "HEIF", "quality": 50}
    return {
        "HP-2041_2.webp": lambda to: photograph("lamp", 1400, (0.1, 0.5, 0.9, 0.95)).save(
            to, quality=80, method=6
        ),
        "HP-1042.png": lambda to: render("mug", 720, cut_out=True).save(to, optimize=True),
        "canvas-tote-natural.heic": lambda to: photograph("bag", 2250, grain=0.03).save(to, **heic),
        "harbour-mug-sand.avif": lambda to: photograph("mugsand", 1600).save(to, quality=70),
        "serving-board-walnut.tif": lambda to: photograph("board", 900, grain=0).save(
            to, compression="tiff_lzw", dpi=(300, 300)
        ),
        "HP-6009_candle-fig.png": lambda to: photograph("candle", 800, grain=0).save(
            to, optimize=True
        ),
        "HP-6009_2.png": lambda to: save_png16(
            photograph("candle", 400, (0.25, 0.2, 0.75, 0.9), grain=0), to
        ),
        "HP-2207_2.png": lambda to: paletted(
            photograph("pan", 900, (0, 0, 0.66, 0.99), grain=0)
        ).save(to),
        "HP-1022_zoom.gif": lambda to: save_zoom(photograph("teapot", 1200, grain=0), to),
    }


def main() -> None:
    """Make every sample anew."""
    register_heif_opener()
    for name, make in (_jpegs() | _others()).items():
        make(SAMPLES / name)


if __name__ == "__main__":
    main()
