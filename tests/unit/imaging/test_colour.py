"""Every kind of pixel ends as sRGB, as ImageMagick and browsers show it."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from uploader.domain.styles import DEFAULT_STYLES, SQUARE, Style
from uploader.imaging.compare import mean_difference
from uploader.imaging.render import render

STYLES = ["100x100>", "200x200#"]
WHOLE = Style("whole", "100%")


@pytest.fixture
def write(tmp_path, encoded):
    def write(image, kind="PNG", name="photo", **options):
        path = tmp_path / f"{name}.{kind.lower()}"
        path.write_bytes(encoded(image, kind, **options))
        return path

    return write


def fixed(value):
    return struct.pack(">i", round(value * 65536))


def matrix_profile(red, green, blue, gamma=2.2):
    """An RGB profile (ICC.1) of three primaries in XYZ (D50) and one gamma."""

    def xyz(values):
        return b"XYZ \0\0\0\0" + b"".join(map(fixed, values))

    text = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"Wide\0" + bytes(4 + 4 + 2 + 1 + 67) + b"\0"
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    tags = {
        b"desc": text,
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": xyz((0.9642, 1.0, 0.8249)),
        b"rXYZ": xyz(red),
        b"gXYZ": xyz(green),
        b"bXYZ": xyz(blue),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for tag, content in tags.items():
        data = content + bytes(-len(content) % 4)
        table += tag + struct.pack(">II", start + len(body), len(data))
        body += data
    head = b"\0\0\0\0" + b"lcms" + b"\x02\x10\0\0" + b"mntrRGB XYZ " + bytes(12) + b"acsp"
    head += bytes(28) + fixed(0.9642) + fixed(1.0) + fixed(0.8249) + bytes(48)
    profile = head + table + body
    return struct.pack(">I", len(profile)) + profile[4:]


# Display P3's and Adobe RGB's primaries, adapted to D50.
WIDE = {
    "P3": matrix_profile(
        (0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407)
    ),
    "Adobe": matrix_profile(
        (0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)
    ),
}


@pytest.fixture
def srgb(tmp_path):
    path = tmp_path / "srgb.icc"
    path.write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return str(path)


@pytest.mark.parametrize("text", STYLES)
@pytest.mark.parametrize("name", WIDE)
def test_wide_profiles_become_srgb_as_imagemagick_converts_them(
    *, write, photo, difference, srgb, name, text
):
    path = write(photo(801, 600), "JPEG", quality=92, icc_profile=WIDE[name])
    assert difference(path, text, "-profile", srgb) <= 1.5
    assert difference(path, text) > 2  # so that leaving the profile out would be noticed


def test_a_profile_works_with_alpha(write, photo, difference, srgb):
    picture = photo(400, 300)
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    path = write(picture, icc_profile=WIDE["P3"])
    assert difference(path, "200x200#", "-profile", srgb) <= 1.5


@pytest.mark.parametrize("profile", [b"broken" * 40, WIDE["P3"][:200]])
def test_a_broken_profile_is_taken_for_srgb(write, photo, profile):
    path = write(photo(), "JPEG", icc_profile=profile)
    plain = write(photo(), "JPEG", "plain")
    assert render(path, [SQUARE])["square"].rgba() == render(plain, [SQUARE])["square"].rgba()


def test_a_profile_for_other_channels_is_ignored(write, photo):
    path = write(photo().convert("L"), "JPEG", icc_profile=WIDE["P3"])
    plain = write(photo().convert("L"), "JPEG", "plain")
    assert render(path, [SQUARE])["square"].rgba() == render(plain, [SQUARE])["square"].rgba()


@pytest.mark.parametrize("text", STYLES)
def test_cmyk_jpegs(write, photo, difference, text):
    path = write(photo(801, 600).convert("CMYK"), "JPEG", quality=92)
    assert difference(path, text, "-colorspace", "sRGB") <= 1.5


def test_cmyk_as_adobe_writes_it_is_not_inverted(write):
    """Adobe stores ink inverted; Pillow writes CMYK that way and marks it so."""
    path = write(Image.new("CMYK", (80, 60), (0, 255, 255, 0)), "JPEG", quality=95)
    assert b"Adobe" in path.read_bytes()[:200]
    image = render(path, [WHOLE])["whole"].image
    assert mean_difference(image, Image.new("RGB", (80, 60), "red")) < 3


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("text", STYLES)
def test_grey(write, photo, difference, kind, text):
    assert difference(write(photo(801, 600).convert("L"), kind), text) <= 1.5


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "TIFF"])
@pytest.mark.parametrize("text", STYLES)
def test_palettes(write, photo, difference, kind, text):
    assert difference(write(photo(801, 600).quantize(64), kind), text) <= 1.5


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("text", [*STYLES, "400x400#"])
def test_alpha(write, photo, difference, kind, text):
    picture = photo(401, 300)
    picture.putalpha(Image.radial_gradient("L").resize(picture.size))
    options = {"lossless": True, "exact": True} if kind == "WEBP" else {}
    path = write(picture, kind, **options)
    assert difference(path, text) <= 1.5
    assert render(path, [Style("s", text)])["s"].image.mode == "RGBA"


def test_hidden_colours_do_not_bleed_into_edges(write):
    picture = Image.new("RGBA", (400, 400), (0, 255, 0, 0))
    picture.paste((255, 0, 0, 255), (100, 100, 300, 300))
    image = render(write(picture), [Style("s", "37x37")])["s"].image
    greens = [colour[1] for _, colour in image.getcolors(5000) if colour[3] > 8]
    assert max(greens) <= 8


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_palettes_with_transparency(write, photo, difference, kind):
    picture = photo(300, 200).quantize(64)
    picture.paste(63, (50, 50, 200, 150))
    path = write(picture, kind, transparency=63)
    assert render(path, [SQUARE])["square"].image.mode == "RGBA"
    assert difference(path, "200x200#") <= 2


def test_a_colour_key_is_transparency(write):
    picture = Image.new("RGB", (60, 40), "red")
    picture.paste("blue", (0, 0, 30, 40))
    image = render(write(picture, transparency=(255, 0, 0)), [WHOLE])["whole"].image
    assert (image.getpixel((5, 5)), image.getpixel((50, 5))[3]) == ((0, 0, 255, 255), 0)


@pytest.mark.parametrize(
    ("bits", "colour", "white", "key"),
    [
        (1, 0, b"\xff", b"\0\1"),
        (2, 0, b"\xff\xff", b"\0\3"),
        (4, 0, b"\xff" * 4, b"\0\x0f"),
        (16, 0, b"\xff" * 16, b"\xff\xff"),
        (16, 2, b"\xff" * 48, b"\xff" * 6),
    ],
)
def test_a_colour_key_of_any_depth_is_transparency(tmp_path, imagemagick, bits, colour, white, key):
    def chunk(kind, data):
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    rows = (b"\0" + white) * 4 + (b"\0" + bytes(len(white))) * 4
    head = struct.pack(">IIBBBBB", 8, 8, bits, colour, 0, 0, 0)
    path = tmp_path / "key.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"tRNS", key)
        + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )  # fmt: skip
    image = render(path, [WHOLE])["whole"].image
    assert (image.getpixel((0, 0))[3], image.getpixel((0, 7))) == (0, (0, 0, 0, 255))
    seen = imagemagick.text(str(path), "-format", "%[fx:p{0,0}.a] %[fx:p{0,7}.a]", "info:")
    assert " ".join(seen).split() == ["0", "1"]


@pytest.mark.parametrize(
    ("bits", "photometric", "dark", "bright"),
    [
        (12, 1, b"\0\0\0", b"\xff\xff\xff"),
        (16, 0, b"\xff\xff" * 2, b"\0\0" * 2),
        (32, 1, b"\0\0\0\0" * 2, b"\xff\xff\xff\xff" * 2),
    ],
)
def test_deep_grey_goes_by_its_tags(tmp_path, imagemagick, bits, photometric, dark, bright):
    data = dark * 4 + bright * 4
    entries = [(256, 8), (257, 2), (258, bits), (259, 1), (262, photometric), (273, 134),
               (277, 1), (278, 2), (279, len(data))]  # fmt: skip
    rows = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    path = tmp_path / "deep.tif"
    path.write_bytes(
        (b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + rows).ljust(134, b"\0") + data
    )
    image = render(path, [WHOLE])["whole"].image
    assert [image.getpixel((3, y))[0] for y in (0, 1)] == [0, 255]
    seen = imagemagick.text(str(path), "-format", "%[fx:p{3,0}.r] %[fx:p{3,1}.r]", "info:")
    assert " ".join(seen).split() == ["0", "1"]


def test_alpha_that_hides_nothing_is_dropped(write, photo):
    picture = photo(300, 200)
    picture.putalpha(255)
    assert render(write(picture), [SQUARE])["square"].image.mode == "RGB"


def ramp16():
    """Grey from 0 to 65,535 from left to right."""
    row = b"".join(struct.pack("<H", x * 65535 // 511) for x in range(512))
    return Image.frombytes("I;16", (512, 64), row * 64)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_are_scaled_not_clipped(write, difference, kind):
    path = write(ramp16(), kind)
    image = render(path, [WHOLE])["whole"].image
    assert [image.getpixel((x, 9))[0] for x in (0, 128, 256, 511)] == [0, 64, 128, 255]
    assert difference(path, "100x100>") <= 1.5


def test_sixteen_bits_of_colour(imagemagick, tmp_path, write, photo, difference):
    source = write(photo(400, 300))
    for name in ("deep.png", "deep.tiff"):
        deep = tmp_path / name
        prefix = "PNG48:" if name.endswith("png") else ""
        imagemagick.text(str(source), "-depth", "16", f"{prefix}{deep}")
        assert difference(deep, "200x200#") <= 1.5


def test_thirty_two_bits_and_floats(write):
    low = Image.new("I", (40, 30), 32896)
    assert render(write(low, "TIFF"), [WHOLE])["whole"].image.getpixel((5, 5)) == (128,) * 3
    high = Image.new("I", (40, 30), 0x40404040)
    assert render(write(high, "TIFF"), [WHOLE])["whole"].image.getpixel((5, 5)) == (64,) * 3
    floats = Image.new("F", (40, 30), 0.5)
    assert render(write(floats, "TIFF"), [WHOLE])["whole"].image.getpixel((5, 5)) == (128,) * 3


def test_lab_and_ycbcr_tiffs(write, photo):
    lab = ImageCms.profileToProfile(
        photo(80, 60), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"),
        outputMode="LAB",
    )  # fmt: skip
    image = render(write(lab, "TIFF"), [WHOLE])["whole"].image
    assert mean_difference(image, photo(80, 60)) < 3
    ycbcr = photo(80, 60).convert("YCbCr")
    image = render(write(ycbcr, "TIFF"), [WHOLE])["whole"].image
    assert mean_difference(image, photo(80, 60)) < 3


def test_black_and_white_and_grey_with_alpha(write, photo, difference):
    path = write(photo(401, 300).convert("1"))
    assert difference(path, "100x100>") <= 3
    grey = photo(401, 300).convert("LA")
    grey.putalpha(Image.linear_gradient("L").resize(grey.size))
    path = write(grey, name="grey")
    assert difference(path, "100x100>") <= 1.5


def test_a_still_of_an_animated_png_is_its_first_frame(tmp_path, photo):
    out = io.BytesIO()
    photo(60, 40, 1).save(out, "PNG", save_all=True, append_images=[photo(60, 40, 2)])
    thumb = render(out.getvalue(), DEFAULT_STYLES)["thumb"]
    assert mean_difference(thumb.image, photo(60, 40, 1)) == 0
    assert not thumb.animated


def test_text_beside_the_pixels_is_no_matter(write, photo):
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Comment", "写真", zip=True)
    assert render(write(photo(60, 40), pnginfo=info), [WHOLE])["whole"].size.width == 60
