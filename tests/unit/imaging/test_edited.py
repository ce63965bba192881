"""Turned and padded pictures: geometry and pixels as the real ImageMagick 6 yields them."""

import pytest
from PIL import Image, ImageChops

from uploader.domain.edits import QUARTER_TURNS, Edits
from uploader.domain.findings import FindingKind, Limits
from uploader.domain.styles import DEFAULT_STYLES, SQUARE, THUMB, Focus, Style
from uploader.imaging.compare import mean_difference
from uploader.imaging.geometry import Size
from uploader.imaging.render import RenderError, render

MOST = 3.0
ALL_EDITS = [Edits(rotate, pad) for rotate in QUARTER_TURNS for pad in (False, True)][1:]
WHOLE = Style("whole", "100%")


@pytest.fixture
def write(tmp_path, encoded):
    def write(image, kind="JPEG", **options):
        path = tmp_path / f"photo.{kind.lower()}"
        path.write_bytes(encoded(image, kind, **options))
        return path

    return write


def oriented(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


@pytest.mark.parametrize("text", ["100x100>", "200x200#"])
@pytest.mark.parametrize("edits", ALL_EDITS, ids=str)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation(write, photo, difference, orientation, edits, text):
    path = write(photo(1003, 702), quality=92, exif=oriented(orientation))
    assert difference(path, text, edits=edits) <= 1.5


@pytest.mark.parametrize(
    "text",
    ["640x480", "300x", "x111", "50%", "30x70%", "20000@", "90x200!", "150x150^",
     "2000x2000>", "1500x1500<", "900x900#", "120x40#"],
)  # fmt: skip
@pytest.mark.parametrize("size", [(800, 533), (301, 640)])
def test_every_geometry(write, photo, difference, size, text):
    path = write(photo(*size), quality=92)
    assert difference(path, text, edits=Edits(pad=True)) <= MOST
    assert difference(path, text, edits=Edits(270)) <= MOST


@pytest.mark.parametrize("text", ["100x100>", "200x200#", "120x40#"])
@pytest.mark.parametrize(
    "size", [(2400, 1799), (2399, 1801), (1217, 913), (613, 2411), (417, 332), (90, 41), (3, 900)]
)
@pytest.mark.parametrize("edits", [Edits(pad=True), Edits(90, pad=True)], ids=str)
def test_sizes_that_meet_every_scale_of_the_decoder(*, write, photo, difference, size, edits, text):
    assert difference(write(photo(*size), quality=90), text, edits=edits) <= 1.5


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "BMP"])
@pytest.mark.parametrize("edits", [Edits(180), Edits(90, pad=True)], ids=str)
def test_every_format(write, photo, difference, kind, edits):
    options = {"lossless": True} if kind == "WEBP" else {}
    path = write(photo(901, 676), kind, **options)
    for text in ("100x100>", "200x200#"):
        assert difference(path, text, edits=edits) <= 1.5


@pytest.mark.parametrize("mode", ["L", "P", "1"])
@pytest.mark.parametrize("edits", [Edits(90), Edits(pad=True)], ids=str)
def test_grey_and_colour_maps(write, photo, difference, mode, edits):
    path = write(photo(901, 676).convert(mode), "PNG")
    assert difference(path, "100x100>", edits=edits) <= MOST


def test_printers_colours_are_padded_with_white(write, photo, difference):
    path = write(photo(901, 676).convert("CMYK"), "JPEG", quality=92)
    assert difference(path, "100x100>", "-colorspace", "sRGB", edits=Edits(pad=True)) <= MOST
    image = render(path, [THUMB], edits=Edits(pad=True))["thumb"].image
    assert image.getpixel((50, 2)) == (255, 255, 255)


def test_a_product_that_was_cut_out_stands_on_nothing(write, photo, difference):
    cut = photo(400, 200).convert("RGBA")
    cut.putalpha(Image.linear_gradient("L").resize((400, 200)))
    path = write(cut, "PNG")
    for text in ("100x100>", "200x200#"):
        assert difference(path, text, edits=Edits(pad=True), pad="none") <= MOST
    assert render(path, [THUMB], edits=Edits(pad=True))["thumb"].image.getpixel((50, 2))[3] == 0


def test_alpha_that_hides_nothing_is_none(write, photo, difference):
    path = write(photo(400, 200).convert("RGBA"), "PNG")
    assert difference(path, "100x100>", edits=Edits(pad=True)) <= MOST
    image = render(path, [THUMB], edits=Edits(pad=True))["thumb"].image
    assert (image.mode, image.getpixel((50, 2))) == ("RGB", (255, 255, 255))


def test_not_a_pixel_of_the_photo_is_lost_or_moved(write, photo):
    picture = photo(61, 40)
    path = write(picture, "PNG")
    turned = render(path, [WHOLE], edits=Edits(90))["whole"].image
    assert (
        ImageChops.difference(turned, picture.transpose(Image.Transpose.ROTATE_270)).getbbox()
        is None
    )
    padded = render(path, [WHOLE], edits=Edits(pad=True))["whole"]
    assert padded.size == Size(61, 61)
    assert ImageChops.difference(padded.image.crop((0, 10, 61, 50)), picture).getbbox() is None
    assert padded.image.getpixel((30, 9)) == padded.image.getpixel((30, 50)) == (255, 255, 255)


def test_every_frame_is_padded_alike(write, photo):
    frames = [photo(80, 40, seed).convert("RGB") for seed in range(3)]
    path = write(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=80)
    rendered = render(path, [WHOLE], edits=Edits(90, pad=True))["whole"]
    assert len(rendered.frames) == 3
    for frame in rendered.frames:
        assert (frame.size, frame.mode) == ((80, 80), "RGB")
        assert frame.getpixel((3, 40)) == (255, 255, 255)
        assert frame.crop((20, 0, 60, 80)).getextrema() != ((255, 255),) * 3


@pytest.mark.parametrize("orientation", [1, 3, 6, 7])
def test_the_focus_is_a_point_of_the_turned_and_padded_picture(write, orientation):
    upright = Image.new("RGB", (400, 200), "white")
    upright.paste("red", (0, 0, 200, 200))
    inverse = {3: 3, 6: 2, 7: 6}.get(orientation)
    stored = upright if inverse is None else upright.transpose(Image.Transpose(inverse))
    path = write(stored, exif=oriented(orientation), quality=95)
    # What was on the left is at the top.
    for focus, colour in ((Focus(0.5, 0.0), "red"), (Focus(0.5, 1.0), "white")):
        image = render(path, [SQUARE], focus=focus, edits=Edits(90))["square"].image
        assert mean_difference(image, Image.new("RGB", (200, 200), colour)) < 3
    strip = [Style("strip", "400x100#")]
    image = render(path, strip, focus=Focus(0.0, 0.0), edits=Edits(0, pad=True))["strip"].image
    assert mean_difference(image, Image.new("RGB", (400, 100), "white")) < 3


def test_one_decode_serves_edited_styles_too(write, photo):
    rendered = render(write(photo(2400, 1800)), DEFAULT_STYLES, edits=Edits(90, pad=True))
    assert {name: done.size for name, done in rendered.items()} == {
        "thumb": Size(100, 100),
        "square": Size(200, 200),
    }


def test_a_square_that_would_fill_the_memory_is_refused(write):
    strip = write(Image.new("L", (8000, 10)), "PNG")
    limits = Limits(max_pixels=1_000_000)
    render(strip, [THUMB], edits=Edits(pad=True), limits=limits)
    with pytest.raises(RenderError) as caught:
        render(strip, [Style("odd", "8000x10!")], edits=Edits(pad=True), limits=limits)
    assert caught.value.finding.kind is FindingKind.TOO_MANY_PIXELS
