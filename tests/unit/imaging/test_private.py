"""What the camera, or an attacker, wrote beside the pixels doesn't reach the styles."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from uploader.domain.styles import DEFAULT_STYLES
from uploader.imaging.render import render

MARK = b"SECRET<script>alert(1)</script>"
SIGNS = (b"SECRET", b"script", b"Exif", b"eXIf", b"iCCP", b"ICC_PROFILE", b"xmp", b"tEXt", b"iTXt")


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = MARK.decode()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 33.0, 4.0), 3: "E", 4: (9.0, 59.0, 36.0)})
    return exif


def _text() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", MARK.decode())
    info.add_itxt("XML:com.adobe.xmp", MARK.decode())
    return info


def _files() -> Iterator[tuple[str, bytes]]:
    plain = Image.effect_noise((320, 240), 50).convert("RGB")
    clear = plain.copy()
    clear.putalpha(90)
    turned = plain.rotate(180)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    private: dict[str, Any] = {"exif": _exif(), "icc_profile": profile, "xmp": MARK}

    def made(kind: str, picture: Image.Image = plain, **options: Any) -> bytes:
        out = io.BytesIO()
        picture.save(out, kind, **options)
        return out.getvalue()

    moving = {"save_all": True, "append_images": [turned], "duration": 80}
    png = {"pnginfo": _text(), "exif": _exif()}
    yield "jpeg", made("JPEG", comment=MARK, **private)
    yield "jpeg without a profile", made("JPEG", comment=MARK, exif=_exif())
    yield "cmyk", made("JPEG", plain.convert("CMYK"), comment=MARK, exif=_exif())
    yield "mpo", made("MPO", save_all=True, append_images=[turned], comment=MARK)
    yield "png", made("PNG", icc_profile=profile, **png)
    yield "png with alpha", made("PNG", clear, icc_profile=profile, **png)
    yield "png with a palette", made("PNG", plain.convert("P"), **png)
    yield "gif", made("GIF", comment=MARK)
    yield "moving gif", made("GIF", comment=MARK, loop=0, **moving)
    yield "webp", made("WEBP", clear, **private)
    yield "moving webp", made("WEBP", **moving, **private)
    yield "tiff", made("TIFF", description=MARK.decode(), exif=_exif(), icc_profile=profile)
    yield "html after the picture", made("JPEG") + b"<html>" + MARK


FILES = dict(_files())


@pytest.mark.parametrize("kind", FILES)
def test_styles_hold_pixels_and_nothing_else(kind):
    assert b"SECRET" in FILES[kind]
    for name, rendered in render(FILES[kind], DEFAULT_STYLES).items():
        data = rendered.encode().data
        assert [sign for sign in SIGNS if sign in data] == [], name
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            assert not picture.getexif()
            assert not picture.info.keys() & {"comment", "icc_profile", "exif", "xmp"}
