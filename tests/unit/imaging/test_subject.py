"""Where the product is; the drawings are tried in tests/gui/test_subject_drawings.py."""

import random
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter

from uploader.domain.edits import Edits
from uploader.domain.findings import Facts, Format
from uploader.domain.styles import SQUARE, THUMB, Focus, Style
from uploader.domain.subjects import Box
from uploader.imaging.cuts import cut_by, cut_of
from uploader.imaging.geometry import Size
from uploader.imaging.inspect import inspect
from uploader.imaging.islands import islands
from uploader.imaging.render import RenderError
from uploader.imaging.subject import find_subject, subject_of

SAMPLES = Path(__file__).parents[3] / "resources" / "samples"
CUT = {
    "HP-1180_bowls-speckled.jpg",
    "HP-1180_2.jpg",
    "HP-2041_lamp-terra.jpg",
    "HP-2218_2.jpg",
    "HP-4416_vase-celadon.jpg",
    "HP-6009_2.png",
    "canvas-tote-natural.heic",
    "dining-chair-oak.jpg",
    "frying-pan-28-cm.jpg",
    "serving-board-walnut.tif",
}
"""The samples whose product the centre square cuts, to the eye; all others it doesn't."""


def on_paper(box, size=(300, 200), ground="#e8e4dc", ink="#4a3a30"):
    picture = Image.new("RGB", size, ground)
    ImageDraw.Draw(picture).rectangle(box, fill=ink)
    return picture


def edges(picture, found):
    assert found is not None
    return (found.left * picture.width, found.top * picture.height,
            found.right * picture.width, found.bottom * picture.height)  # fmt: skip


@pytest.mark.parametrize("box", [(30, 40, 120, 160), (200, 20, 280, 60), (100, 50, 200, 150)])
@pytest.mark.parametrize("ground", ["white", "#e8e4dc", "#202428", "#7a9a6a"])
def test_finds_a_plain_product(box, ground):
    picture = on_paper(box, ground=ground, ink="#a04028")
    assert edges(picture, subject_of(picture)) == pytest.approx(box, abs=7)


def test_shadows_and_fading_light_are_no_product():
    picture = on_paper((110, 60, 190, 140))
    shadow = Image.new("L", picture.size, 255)
    ImageDraw.Draw(shadow).ellipse((80, 130, 260, 170), fill=175)
    shadow = shadow.filter(ImageFilter.GaussianBlur(14))
    light = Image.linear_gradient("L").resize(picture.size).point(lambda v: 200 + v * 55 // 255)
    dark = Image.new("RGB", picture.size)
    picture = Image.composite(Image.composite(picture, dark, light), dark, shadow)
    assert edges(picture, subject_of(picture)) == pytest.approx((110, 60, 190, 140), abs=10)


def test_a_table_before_a_wall_is_background():
    picture = Image.new("RGB", (300, 200), "#cfd8de")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 130, 300, 200), fill="#6a5040")
    draw.ellipse((120, 60, 180, 160), fill="#b04030")
    assert edges(picture, subject_of(picture)) == pytest.approx((120, 60, 180, 160), abs=8)


def test_a_cut_out_is_where_it_is_opaque():
    picture = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((40, 50, 140, 150), fill=(255, 255, 255, 255))
    assert edges(picture, subject_of(picture)) == pytest.approx((40, 50, 140, 150), abs=5)


def _noise(size=(240, 160)):
    dice = random.Random(3)
    return Image.frombytes("RGB", size, dice.randbytes(size[0] * size[1] * 3))


def _shelves():
    picture = Image.new("RGB", (300, 200), "#a08060")
    draw, dice = ImageDraw.Draw(picture), random.Random(5)
    for x in range(0, 300, 12):
        for y in range(0, 200, 40):
            colour = tuple(dice.randbytes(3))
            draw.rectangle((x, y + dice.randint(0, 12), x + 11, y + 36), fill=colour)
    return picture


def _stars():
    picture, dice = Image.new("RGB", (300, 300), "#101018"), random.Random(8)
    draw = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y = dice.randint(10, 290), dice.randint(10, 290)
        draw.ellipse((x, y, x + 8, y + 8), fill="white")
    return picture


NOBODY_KNOWS = {
    "noise": _noise,
    "soft noise": lambda: _noise().filter(ImageFilter.GaussianBlur(2)),
    "shelves": _shelves,
    "stars": _stars,
    "one colour": lambda: Image.new("RGB", (300, 200), "teal"),
    "light alone": lambda: Image.radial_gradient("L").convert("RGB"),
    "a detail": lambda: on_paper((0, 60, 300, 200)),
    "a strip": lambda: on_paper((100, 4, 200, 16), size=(900, 20)),
    "opaque, with alpha": lambda: Image.new("RGBA", (200, 200), "white"),
}


@pytest.mark.parametrize("picture", NOBODY_KNOWS.values(), ids=NOBODY_KNOWS.keys())
def test_says_nothing_where_nobody_can_tell(picture):
    assert subject_of(picture()) is None


def test_samples_are_judged_as_the_eye_does():
    warned = set()
    for sample in sorted(SAMPLES.iterdir()):
        facts = inspect(sample).facts
        size = Size(facts.width, facts.height)
        if cut_by((THUMB, SQUARE), size, find_subject(sample)) is not None:
            warned.add(sample.name)
    assert warned == CUT


def test_a_file_that_cannot_be_used_says_so(tmp_path):
    with pytest.raises(RenderError):
        find_subject(tmp_path / "gone.jpg")


WIDE, TALL = Size(3000, 2000), Size(2000, 3000)


def test_the_square_cuts_what_lies_outside_of_it():
    handle = Box(0.1, 0.2, 0.95, 0.8)
    cut = cut_by((THUMB, SQUARE), WIDE, handle)
    assert cut is not None and cut.style == SQUARE
    assert cut.keeps is None  # wider than any square of it


def test_a_focus_keeps_whole_what_fits():
    left = Box(0.04, 0.2, 0.5, 0.8)
    cut = cut_by((SQUARE,), WIDE, left)
    assert cut is not None and cut.keeps == Focus(0.27, 0.5)
    assert cut_by((SQUARE,), WIDE, left, cut.keeps) is None


@pytest.mark.parametrize(
    ("size", "subject"),
    [
        (WIDE, None),
        (WIDE, Box(0.2, 0.1, 0.8, 0.9)),
        (TALL, Box(0.0, 0.25, 1.0, 0.75)),
        (WIDE, Box(0.15, 0.1, 0.84, 0.9)),  # by less than anybody sees
        (WIDE, Box(0.01, 0.1, 0.99, 0.9)),  # the photo cuts it on both sides
        (WIDE, Box(0.3, 0.1, 0.99, 0.9)),  # the photo cuts it there, the crop nowhere else
        (Size(800, 800), Box(0.1, 0.1, 0.9, 0.9)),
    ],
)
def test_nothing_is_said(size, subject):
    assert cut_by((THUMB, SQUARE), size, subject) is None


def test_a_moved_focus_may_cut():
    middle = Box(0.3, 0.2, 0.7, 0.8)
    assert cut_by((SQUARE,), WIDE, middle) is None
    cut = cut_by((SQUARE,), WIDE, middle, Focus(0.1, 0.5))
    assert cut is not None and cut.keeps == Focus(0.5, 0.5)


def test_islands_touch_side_by_side():
    mask = Image.new("L", (8, 5))
    for at in ((0, 0), (1, 0), (2, 1), (7, 4), (7, 3), (6, 3)):
        mask.putpixel(at, 255)
    found = islands(mask)
    assert [(island.pixels, *island[1:]) for island in found] == [
        (3, 6, 3, 8, 5), (2, 0, 0, 2, 1), (1, 2, 1, 3, 2)
    ]  # fmt: skip
    assert found[0].area == 4


def judged(subject, width=3000, height=2000, **more):
    return Facts(Format.JPEG, width, height, 1000, judged=True, subject=subject, **more)


def test_turned_it_is_cut_where_it_is_turned_to():
    facts = judged(Box(0.04, 0.2, 0.5, 0.8))
    assert cut_of(facts, (SQUARE,)).keeps == Focus(0.27, 0.5)
    assert cut_of(facts, (SQUARE,), edits=Edits(rotate=90)).keeps == Focus(0.5, 0.27)
    assert cut_of(facts, (SQUARE,), edits=Edits(rotate=180)).keeps == Focus(0.73, 0.5)
    assert cut_of(facts, (SQUARE,), edits=Edits(rotate=270)).keeps == Focus(0.5, 0.73)


def test_padded_it_is_whole():
    facts = judged(Box(0.1, 0.2, 0.95, 0.8))
    assert cut_of(facts, (SQUARE,)) is not None
    assert cut_of(facts, (SQUARE,), edits=Edits(pad=True)) is None
    wide = Style("banner", "400x100#")
    assert cut_of(facts, (wide,), edits=Edits(pad=True)) is not None


def test_nothing_is_said_of_what_nobody_has_looked_at():
    assert cut_of(None, (SQUARE,)) is None
    assert cut_of(judged(None), (SQUARE,)) is None
