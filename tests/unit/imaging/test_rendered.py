"""What the shop stores: stills, alpha, and animations with every frame."""

import io

import pytest
from PIL import Image, ImageSequence

from uploader.domain.findings import Format
from uploader.domain.styles import DEFAULT_STYLES, SQUARE, THUMB
from uploader.imaging.compare import mean_difference
from uploader.imaging.render import render


def reopened(encoded):
    return Image.open(io.BytesIO(encoded.data))


@pytest.fixture
def moving(photo, encoded):
    def make(kind, **options):
        frames = [photo(300, 240, seed) for seed in range(4)]
        return frames, encoded(frames[0], kind, save_all=True, append_images=frames[1:], **options)

    return make


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "AVIF"])
def test_opaque_stills_become_jpeg(photo, encoded, kind):
    square = render(encoded(photo(), kind), [SQUARE])["square"]
    file = square.encode()
    assert (square.format, file.mime, file.suffix) == (Format.JPEG, "image/jpeg", ".jpg")
    with reopened(file) as image:
        assert (image.format, image.size, image.info.get("icc_profile")) == (
            "JPEG",
            (200, 200),
            None,
        )
        assert mean_difference(image, square.image) < 2


def test_alpha_becomes_png_without_loss(photo, encoded):
    picture = photo(300, 200)
    picture.putalpha(Image.radial_gradient("L").resize(picture.size))
    square = render(encoded(picture, "WEBP"), [SQUARE])["square"]
    file = square.encode()
    assert (square.format, file.mime, file.suffix) == (Format.PNG, "image/png", ".png")
    with reopened(file) as image:
        assert image.tobytes() == square.rgba()


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_animations_keep_every_frame_its_time_and_the_loop(moving, kind):
    sources, data = moving(kind, duration=[40, 80, 120, 200], loop=3)
    square = render(data, DEFAULT_STYLES)["square"]
    assert (square.animated, len(square.frames), square.durations) == (True, 4, (40, 80, 120, 200))
    file = square.encode()
    assert file.mime == f"image/{kind.lower()}" and file.suffix == f".{kind.lower()}"
    with reopened(file) as image:
        assert (image.n_frames, image.info["loop"]) == (4, 3)
        for number, frame in enumerate(ImageSequence.Iterator(image)):
            frame.load()
            assert frame.info["duration"] == square.durations[number]
            assert mean_difference(frame.convert("RGB"), square.frames[number]) < 8
    for frame, source in zip(square.frames, sources, strict=True):
        whole = source.resize((250, 200)).crop((25, 0, 225, 200))
        assert mean_difference(frame, whole) < 8


def test_an_animation_that_plays_once_still_does(moving):
    _, data = moving("GIF", duration=50)
    thumb = render(data, [THUMB])["thumb"]
    assert thumb.loop is None
    with reopened(thumb.encode()) as image:
        assert "loop" not in image.info


def test_frames_are_coalesced_as_imagemagick_does(imagemagick, tmp_path):
    """Frames that hold a changed corner alone become whole pictures."""
    frames = []
    for number in range(3):
        frame = Image.new("RGB", (120, 90), (20, 60, 120))
        frame.paste((250, 200, 0), (number * 40, 30, number * 40 + 30, 60))
        frames.append(frame.quantize(8))
    path = tmp_path / "moving.gif"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=70, disposal=1)
    imagemagick.text(
        str(path), "-coalesce", "-resize", "100x100>", "-depth", "8", f"PNG32:{tmp_path}/f-%d.png"
    )
    thumb = render(path, [THUMB])["thumb"]
    assert len(thumb.frames) == 3
    for number, frame in enumerate(thumb.frames):
        with Image.open(tmp_path / f"f-{number}.png") as theirs:
            assert theirs.size == frame.size
            assert mean_difference(frame, theirs) <= 1.5


def test_transparent_animations_stay_transparent(tmp_path):
    frames = []
    for number in range(3):
        frame = Image.new("RGBA", (120, 120), (0, 0, 0, 0))
        frame.paste((250, 60, 0, 255), (number * 30, 30, number * 30 + 40, 90))
        frames.append(frame)
    path = tmp_path / "moving.gif"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=70, disposal=2)
    square = render(path, [SQUARE])["square"]
    assert {frame.mode for frame in square.frames} == {"RGBA"}
    with reopened(square.encode()) as image:
        assert image.n_frames == 3
        for number, frame in enumerate(ImageSequence.Iterator(image)):
            shown = frame.convert("RGBA")
            assert shown.getpixel((190, 10))[3] == 0
            assert mean_difference(shown, square.frames[number]) < 6


def test_one_frame_is_no_animation(photo, encoded):
    thumb = render(encoded(photo(), "GIF"), [THUMB])["thumb"]
    assert (thumb.animated, thumb.durations, thumb.format) == (False, (), Format.JPEG)


def test_rgba_is_four_bytes_a_pixel(photo, encoded):
    thumb = render(encoded(photo(90, 60), "PNG"), [THUMB])["thumb"]
    data = thumb.rgba()
    assert len(data) == 90 * 60 * 4
    assert data[:4] == bytes([*photo(90, 60).getpixel((0, 0)), 255])
    assert thumb.rgba() == data


def test_metadata_of_the_original_is_left_out(photo, encoded):
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    file = render(encoded(photo(), "JPEG", exif=exif), [SQUARE])["square"].encode()
    assert b"Secret" not in file.data
