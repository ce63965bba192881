import io

import pytest
from PIL import Image, ImageEnhance

from uploader.domain.styles import DEFAULT_STYLES, SQUARE, THUMB
from uploader.imaging.compare import matches, mean_difference
from uploader.imaging.geometry import Size
from uploader.imaging.render import render


@pytest.fixture
def rendered(photo, encoded):
    return render(encoded(photo(640, 480), "JPEG", quality=92), DEFAULT_STYLES)


def test_the_difference_is_the_mean_over_pixels_and_channels():
    black, grey = Image.new("RGB", (4, 4)), Image.new("RGB", (4, 4), (30, 0, 0))
    assert mean_difference(black, black) == 0
    assert mean_difference(black, grey) == 10
    half = black.copy()
    half.paste((30, 0, 0), (0, 0, 4, 2))
    assert mean_difference(half, black) == 5


def test_alpha_is_seen_over_white():
    clear = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    assert mean_difference(clear, Image.new("RGB", (4, 4), "white")) == 0
    assert mean_difference(clear, Image.new("L", (4, 4), 0)) == 255


def test_different_sizes_cannot_be_compared():
    with pytest.raises(ValueError, match="sizes differ"):
        mean_difference(Image.new("RGB", (4, 4)), Image.new("RGB", (4, 5)))


@pytest.mark.parametrize("style", [THUMB.name, SQUARE.name])
def test_what_the_store_encodes_matches(rendered, style):
    assert matches(rendered[style], rendered[style].encode().data)


def test_imagemagicks_derivative_matches(rendered, photo, imagemagick, tmp_path):
    photo(640, 480).save(tmp_path / "photo.jpg", quality=92)
    imagemagick.text(str(tmp_path / "photo.jpg"), "-resize", "100x100>", str(tmp_path / "t.jpg"))
    assert matches(rendered["thumb"], (tmp_path / "t.jpg").read_bytes())
    assert not matches(rendered["square"], (tmp_path / "t.jpg").read_bytes())


def test_the_noise_of_jpeg_is_no_difference(rendered, encoded):
    thumb = rendered["thumb"]
    data = encoded(thumb.image, "JPEG", quality=92, subsampling=2)
    with Image.open(io.BytesIO(data)) as stored:
        assert mean_difference(thumb.image, stored) > 3
    assert matches(thumb, data)


@pytest.mark.parametrize("pixels", [2, 33])
def test_another_crop_does_not_match(rendered, photo, encoded, pixels):
    left = 33 - pixels
    shifted = photo(640, 480).resize((267, 200)).crop((left, 0, left + 200, 200))
    assert not matches(rendered["square"], encoded(shifted, "PNG"))


def test_other_colours_do_not_match(rendered, encoded):
    brighter = ImageEnhance.Brightness(rendered["square"].image).enhance(1.1)
    assert not matches(rendered["square"], encoded(brighter, "PNG"))


@pytest.mark.parametrize("data", [b"", b"<html>Not found</html>"])
def test_what_is_no_picture_does_not_match(rendered, data):
    assert not matches(rendered["square"], data)


def test_half_a_derivative_does_not_match(rendered):
    data = rendered["square"].encode().data
    assert not matches(rendered["square"], data[: len(data) // 2])


def test_the_derivative_is_read_as_a_browser_shows_it(rendered, encoded):
    exif = Image.Exif()
    exif[0x0112] = 3
    turned = rendered["square"].image.transpose(Image.Transpose.ROTATE_180)
    assert matches(rendered["square"], encoded(turned, "JPEG", quality=95, exif=exif))
    assert not matches(rendered["square"], encoded(turned, "JPEG", quality=95))


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_animations_match_by_their_first_frame(photo, encoded, kind):
    frames = [photo(300, 240, seed) for seed in range(3)]
    options = {"save_all": True, "append_images": frames[1:], "duration": 80}
    moving = render(encoded(frames[0], kind, **options), DEFAULT_STYLES)["square"]
    assert moving.size == Size(200, 200)
    assert matches(moving, moving.encode().data)
    options["append_images"] = frames[:1]
    other = render(encoded(frames[1], kind, **options), DEFAULT_STYLES)["square"]
    assert not matches(moving, other.encode().data)


def test_alpha_matches_over_white(photo, encoded):
    picture = photo(300, 300)
    picture.putalpha(Image.radial_gradient("L").resize(picture.size))
    square = render(encoded(picture, "PNG"), [SQUARE])["square"]
    assert matches(square, square.encode().data)
    white = Image.new("RGB", square.image.size, "white")
    white.paste(square.image, mask=square.image.getchannel("A"))
    assert matches(square, encoded(white, "PNG"))
