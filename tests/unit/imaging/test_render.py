"""Rendering: geometry, orientation and pixels as the real ImageMagick 6 yields them."""

import errno
import io
import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image, ImageChops, JpegImagePlugin

from uploader.domain.findings import FindingKind, Format, Limits
from uploader.domain.styles import DEFAULT_STYLES, SQUARE, THUMB, Focus, Style
from uploader.imaging.compare import mean_difference
from uploader.imaging.geometry import Geometry, GeometryError, Size
from uploader.imaging.inspect import inspect
from uploader.imaging.kinds import promised_by
from uploader.imaging.render import RenderError, render

STYLES = ["100x100>", "200x200#"]
MOST = 3.0
SCREEN_COLOURS = ("-colorspace", "sRGB")


@pytest.fixture
def write(tmp_path, encoded):
    def write(image, kind="JPEG", **options):
        path = tmp_path / f"photo.{kind.lower()}"
        path.write_bytes(encoded(image, kind, **options))
        return path

    return write


@pytest.mark.parametrize("text", STYLES)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_all_orientations(write, photo, difference, orientation, text):
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = write(photo(1003, 702), quality=92, exif=exif)
    assert difference(path, text) <= 1.5


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", [3, 6])
def test_orientation_in_other_formats(write, photo, kind, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = photo(320, 200)
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_270}[orientation]
    options = {"lossless": True} if kind == "WEBP" else {}
    image = render(write(picture, kind, exif=exif, **options), [Style("s", "100%")])["s"].image
    assert mean_difference(image, picture.transpose(turn)) == 0


@pytest.mark.parametrize(
    "text",
    ["100x100>", "200x200#", "640x480", "300x", "x111", "50%", "30x70%", "20000@", "90x200!",
     "150x150^", "2000x2000>", "1500x1500<", "900x900#", "120x40#"],
)  # fmt: skip
@pytest.mark.parametrize("size", [(800, 533), (301, 640)])
def test_every_geometry_on_photos(write, photo, difference, size, text):
    assert difference(write(photo(*size), quality=92), text) <= MOST


@pytest.mark.parametrize(
    "size", [(2400, 1800), (2399, 1801), (1600, 1203), (1217, 913), (613, 2411), (417, 333)]
)
@pytest.mark.parametrize("text", STYLES)
def test_photos_whose_sizes_meet_every_scale_of_the_decoder(write, photo, difference, size, text):
    assert difference(write(photo(*size), quality=88, subsampling=2), text) <= 1.5


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "BMP"])
@pytest.mark.parametrize("text", STYLES)
def test_every_format(write, photo, difference, kind, text):
    assert difference(write(photo(901, 677), kind, quality=90), text) <= 1.5


@pytest.mark.parametrize("kind", ["AVIF", "HEIF"])
@pytest.mark.parametrize("text", STYLES)
def test_formats_that_not_every_imagemagick_reads(*, write, photo, difference, kind, text):
    """ImageMagick gets the same pixels, decoded beforehand."""
    path = write(photo(901, 677), kind, quality=90)
    whole = render(path, [Style("s", "100%")])["s"].image
    assert mean_difference(whole, photo(901, 677)) < 5
    ours = render(path, [Style("s", text)])["s"].image
    decoded = write(whole, "PNG")
    assert difference(decoded, text) <= 1.5
    assert mean_difference(ours, render(decoded, [Style("s", text)])["s"].image) == 0


def test_small_pictures_are_never_enlarged_by_a_fitting_style(write, photo):
    thumb = render(write(photo(60, 45), "PNG"), DEFAULT_STYLES)["thumb"]
    assert thumb.size == Size(60, 45)
    assert ImageChops.difference(thumb.image, photo(60, 45)).getbbox() is None


def test_extreme_shapes(write, photo):
    path = write(photo(1, 900), "PNG")
    rendered = render(path, DEFAULT_STYLES)
    assert rendered["thumb"].size == Size(1, 100)
    assert rendered["square"].size == Size(200, 200)


def test_one_decode_serves_all_styles(write, photo, monkeypatch):
    loads = []
    load = JpegImagePlugin.JpegImageFile.load_prepare
    monkeypatch.setattr(
        JpegImagePlugin.JpegImageFile,
        "load_prepare",
        lambda self: (loads.append(self.size), load(self))[1],
    )
    styles = [*DEFAULT_STYLES, Style("large", "300x300>"), Style("tiny", "16x16#")]
    assert set(render(write(photo(2400, 1800)), styles)) == {"thumb", "square", "large", "tiny"}
    assert loads == [(600, 450)]


def test_the_decoder_keeps_what_the_largest_style_needs(write, photo, monkeypatch):
    drafts = []
    draft = JpegImagePlugin.JpegImageFile.draft
    monkeypatch.setattr(
        JpegImagePlugin.JpegImageFile,
        "draft",
        lambda self, mode, size: (drafts.append(size), draft(self, mode, size))[1],
    )
    path = write(photo(2400, 1800))
    for text in ("100x100>", "200x200#", "300x300#", "600x600#", "1300x1300#"):
        render(path, [Style("s", text)])
    assert drafts == [(300, 225), (600, 450), (600, 450), (1200, 900)]


def test_the_focus_moves_the_crop(write, photo):
    path = write(photo(900, 300), "PNG")
    whole = render(path, [Style("s", "x200")])["s"].image
    for focus, left in ((Focus(0, 0.5), 0), (Focus(1, 0.5), 400), (Focus(0.4, 0), 140)):
        crop = render(path, [SQUARE], focus=focus)["square"].image
        assert mean_difference(crop, whole.crop((left, 0, left + 200, 200))) < 0.1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_focus_is_a_point_of_the_upright_picture(write, orientation):
    upright = Image.new("RGB", (400, 200), "white")
    upright.paste("red", (0, 0, 200, 200))
    inverse = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)
    stored = upright if inverse is None else upright.transpose(Image.Transpose(inverse))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = write(stored, exif=exif, quality=95)
    image = render(path, [SQUARE], focus=Focus(0.0, 0.5))["square"].image
    assert mean_difference(image, Image.new("RGB", (200, 200), "red")) < 3
    image = render(path, [SQUARE], focus=Focus(1.0, 0.5))["square"].image
    assert mean_difference(image, Image.new("RGB", (200, 200), "white")) < 3


def test_paths_files_and_bytes_are_sources(write, photo):
    path = write(photo())
    expected = render(path, [THUMB])["thumb"].rgba()
    assert render(path.read_bytes(), [THUMB])["thumb"].rgba() == expected
    with path.open("rb") as file:
        assert render(file, [THUMB])["thumb"].rgba() == expected
        assert not file.closed
    assert len(expected) == 100 * 75 * 4


def test_no_styles_need_no_decoding(write, photo):
    assert render(write(photo()), []) == {}


def test_a_style_that_is_none_is_told(write, photo):
    with pytest.raises(GeometryError):
        render(write(photo()), [Style("bad", "200*200")])


def refusal(source, **options):
    with pytest.raises(RenderError) as caught:
        render(source, DEFAULT_STYLES, **options)
    return caught.value.finding.kind


def test_what_inspection_refuses_is_refused(write, photo, tmp_path):
    path = write(photo())
    assert refusal(b"") is FindingKind.EMPTY
    assert refusal(b"text" * 99) is FindingKind.NOT_A_PHOTO
    assert refusal(tmp_path / "gone.jpg") is FindingKind.MISSING
    assert refusal(path, limits=Limits(max_bytes=99)) is FindingKind.TOO_MANY_BYTES
    assert refusal(path, limits=Limits(max_pixels=99)) is FindingKind.TOO_MANY_PIXELS
    formats = frozenset({Format.PNG})
    assert refusal(path, limits=Limits(formats=formats)) is FindingKind.TYPE_NOT_TAKEN


def test_a_style_that_would_make_too_many_pixels_is_refused(write, photo):
    with pytest.raises(RenderError) as caught:
        render(write(photo()), [Style("huge", "20000x20000!")])
    assert caught.value.finding.kind is FindingKind.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    ("kind", "times", "longest"), [("JPEG", 5, 65_500), ("GIF", 5, 65_500), ("WEBP", 3, 16_383)]
)
def test_a_side_no_file_holds_is_refused_and_the_longest_is_written(encoded, kind, times, longest):
    def strip(height):
        moving = {}
        if kind != "JPEG":
            red = Image.new("RGB", (1, height), "red")
            moving = {"save_all": True, "append_images": [red]}
        data = encoded(Image.new("RGB", (1, height), "blue"), kind, **moving)
        return render(data, [Style("strip", f"{times}x")])["strip"]

    with Image.open(io.BytesIO(strip(longest // times).encode().data)) as image:
        assert (image.format, image.size) == (kind, (times, longest))
    with pytest.raises(RenderError) as caught:
        strip(longest // times + 1)
    assert caught.value.finding.kind is FindingKind.TOO_MANY_PIXELS
    assert f"its strip would be {times} × {longest + times:,} pix" in caught.value.finding.sentence


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF", "HEIF"])
def test_a_cut_file_is_refused_by_the_decoder_too(photo, encoded, kind):
    data = encoded(photo(400, 300), kind)
    assert refusal(data[: len(data) * 6 // 10]) in (FindingKind.TRUNCATED, FindingKind.DAMAGED)


def test_damage_inside_is_found_by_decoding(photo, encoded):
    data = bytearray(encoded(photo(400, 300), "PNG"))
    middle = len(data) // 2
    data[middle : middle + 64] = bytes(64)
    assert refusal(bytes(data)) is FindingKind.DAMAGED


class FailingDisk(io.BytesIO):
    """Gives the headers, and at the pixels the error of a card that was pulled out."""

    failing = False

    def read(self, size=-1):
        if self.failing:
            raise OSError(errno.EIO, "Input/output error")
        return super().read(size)


def test_a_disk_that_fails_while_decoding_is_no_damage(photo, encoded, monkeypatch):
    source = FailingDisk(encoded(photo(), "JPEG"))
    prepare = JpegImagePlugin.JpegImageFile.load_prepare

    def pulled_out(self):
        prepare(self)
        source.failing = True

    monkeypatch.setattr(JpegImagePlugin.JpegImageFile, "load_prepare", pulled_out)
    assert refusal(source) is FindingKind.UNREADABLE


def test_running_out_of_memory_is_a_finding(write, photo, monkeypatch):
    def exhausted(self):
        raise MemoryError

    monkeypatch.setattr(JpegImagePlugin.JpegImageFile, "load_prepare", exhausted)
    assert refusal(write(photo())) is FindingKind.TOO_MANY_PIXELS


def test_many_threads_render_alike(write, photo):
    paths = [write(photo(800, 600, 1)), write(photo(800, 600, 2), "PNG")]
    expected = [render(path, DEFAULT_STYLES)["square"].rgba() for path in paths]
    barrier = threading.Barrier(4)

    def work(number):
        barrier.wait(timeout=30)
        return [
            render(paths[number % 2], DEFAULT_STYLES)["square"].rgba() == expected[number % 2]
            for _ in range(6)
        ]

    with ThreadPoolExecutor(4) as pool:
        assert all(all(equal) for equal in pool.map(work, range(4)))


def test_heic_is_registered_by_whichever_thread_comes_first(photo, encoded, tmp_path):
    (tmp_path / "photo.heic").write_bytes(encoded(photo(64, 48), "HEIF"))
    code = f"""
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uploader.domain.styles import DEFAULT_STYLES
from uploader.imaging.render import render
assert "pillow_heif" not in sys.modules
source = Path({str(tmp_path)!r}) / "photo.heic"
with ThreadPoolExecutor(4) as pool:
    sizes = list(pool.map(lambda _: tuple(render(source, DEFAULT_STYLES)["thumb"].size), range(8)))
assert sizes == [(64, 48)] * 8
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=60)


def test_rotated_heic_is_turned_once(photo, tmp_path):
    import pillow_heif

    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    heif = pillow_heif.from_pillow(photo(320, 200))
    heif.save(out, quality=95, exif=exif.tobytes())
    image = render(out.getvalue(), [Style("s", "100%")])["s"].image
    assert image.size == (200, 320)
    expected = photo(320, 200).transpose(Image.Transpose.ROTATE_270)
    assert mean_difference(image, expected) < 4


def test_of_several_pictures_a_heic_shows_its_primary_one(tmp_path, photo):
    import pillow_heif

    pillow_heif.register_heif_opener()
    path = tmp_path / "burst.heic"
    red, blue = Image.new("RGB", (64, 64), "red"), Image.new("RGB", (128, 96), "blue")
    red.save(path, "HEIF", save_all=True, append_images=[blue], primary_index=1)
    image = render(path, [Style("s", "100%")])["s"].image
    assert image.size == (128, 96)
    assert image.getpixel((9, 9))[2] > 240


def test_the_plan_is_kept(write, photo):
    square = render(write(photo(800, 600)), [SQUARE])["square"]
    assert square.plan == Geometry.parse("200x200#").plan(Size(800, 600))
    assert square.source is Format.JPEG


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF", "HEIF"])
def test_damage_anywhere_is_a_finding_and_nothing_else(photo, encoded, kind):
    whole = encoded(photo(48, 32), kind)
    dice = random.Random(kind)
    outcomes = set()
    for _ in range(120):
        data = bytearray(whole)
        for _ in range(dice.choice([1, 4, 20])):
            data[dice.randrange(12, len(data))] = dice.randrange(256)
        inspection = inspect(io.BytesIO(bytes(data)))
        try:
            render(bytes(data), DEFAULT_STYLES)
            outcomes.add("rendered")
        except RenderError as error:
            outcomes.add(error.finding.kind)
        else:
            assert inspection.facts is not None
    assert outcomes > {"rendered"}


def test_a_phones_file_of_several_pictures_is_its_first(photo, tmp_path, difference):
    path = tmp_path / "portrait.jpg"
    first, second = photo(640, 480, 1), photo(160, 120, 2)
    first.save(path, "MPO", save_all=True, append_images=[second], quality=92)
    assert inspect(path).findings == ()
    assert difference(path, "200x200#") <= 1.5


def test_the_samples_that_ship_are_imagemagicks_to_the_pixel(difference):
    samples = Path(__file__).resolve().parents[3] / "resources" / "samples"
    photos = [path for path in sorted(samples.glob("*.*")) if promised_by(path.name)]
    assert len(photos) >= 12
    for path in photos:
        if path.suffix in (".heic", ".avif"):  # not every ImageMagick reads them
            continue
        assert difference(path, "200x200#", *SCREEN_COLOURS) <= MOST, path.name
