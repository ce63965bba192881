import subprocess
import sys

import pytest

from uploader.domain.styles import CENTRE, Focus
from uploader.imaging.geometry import Geometry, GeometryError, Modifier, Plan, Rect, Size


@pytest.mark.parametrize(
    ("text", "geometry"),
    [
        ("100x100>", Geometry(100, 100, Modifier.SHRINK)),
        ("200x200#", Geometry(200, 200, Modifier.FILL)),
        ("640x", Geometry(640, 0)),
        ("640", Geometry(640, 0)),
        ("x480", Geometry(0, 480)),
        ("x480<", Geometry(0, 480, Modifier.ENLARGE)),
        ("50%", Geometry(50, 0, Modifier.PERCENT)),
        ("50x25%", Geometry(50, 25, Modifier.PERCENT)),
        ("10000@", Geometry(10000, 0, Modifier.AREA)),
        ("30x40!", Geometry(30, 40, Modifier.EXACT)),
        ("30X40^", Geometry(30, 40, Modifier.COVER)),
        (" 30x40 ", Geometry(30, 40)),
    ],
)
def test_paperclips_syntax_is_read(text, geometry):
    assert Geometry.parse(text) == geometry


@pytest.mark.parametrize(
    "text",
    ["", "x", "#", "0x0", "-5x5", "5.5x5", "200x200##", "200x200?", "axb", "200 x 200", "5x5\n5",
     "x#", "x50@", "20001x1", "99999999999x1", "１００x１００"],
)  # fmt: skip
def test_what_is_no_geometry_is_refused_with_a_sentence(text):
    with pytest.raises(GeometryError) as caught:
        Geometry.parse(text)
    assert str(caught.value).startswith(f"“{text}”")
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("text", ["100x100>", "200x200#", "640", "x480<", "50%", "100@", "3x4!"])
def test_a_geometry_is_written_as_it_is_read(text):
    assert str(Geometry.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "size", "plan"),
    [
        ("100x100>", (4000, 3000), Plan(Size(100, 75))),
        ("100x100>", (60, 50), Plan(Size(60, 50))),
        ("100x100>", (4000, 3), Plan(Size(100, 1))),
        ("200x200#", (4000, 3000), Plan(Size(267, 200), Rect(33, 0, 200, 200))),
        ("200x200#", (3000, 4000), Plan(Size(200, 267), Rect(0, 33, 200, 200))),
        ("200x200#", (200, 200), Plan(Size(200, 200), Rect(0, 0, 200, 200))),
        # Paperclip truncates the offset of the unrounded 399.6 rows: 99, where IM's would be 100.
        ("200x200#", (1000, 1998), Plan(Size(200, 400), Rect(0, 99, 200, 200))),
        ("200x200#", (50, 40), Plan(Size(250, 200), Rect(25, 0, 200, 200))),
        ("200x#", (400, 300), Plan(Size(200, 150), Rect(0, 75, 200, 75))),
        ("1%", (40, 30), Plan(Size(1, 1))),
        ("10@", (4000, 3), Plan(Size(115, 1))),
    ],
)
def test_plans(text, size, plan):
    assert Geometry.parse(text).plan(Size(*size)) == plan


def test_the_result_is_the_crop_or_the_whole():
    assert Geometry.parse("200x100#").plan(Size(999, 777)).result == Size(200, 100)
    assert Geometry.parse("200x100>").plan(Size(999, 777)).result == Size(129, 100)


def test_the_crop_follows_the_focus_as_far_as_the_picture_goes():
    geometry, size = Geometry.parse("200x200#"), Size(800, 400)
    offsets = [geometry.plan(size, Focus(x, 0.9)).crop.x for x in (0.0, 0.25, 0.4, 0.6, 1.0)]
    assert offsets == [0, 0, 60, 140, 200]
    assert {geometry.plan(size, Focus(x, 0.9)).crop.y for x in (0.0, 0.5, 1.0)} == {0}


def test_the_centre_is_paperclips_own_offset_also_where_rounding_would_differ():
    geometry, size = Geometry.parse("200x200#"), Size(1000, 1998)
    assert geometry.plan(size, CENTRE).crop.y == 99
    assert geometry.plan(size, Focus(0.5, 0.5)).crop.y == 99


def test_the_crop_is_told_in_the_sources_own_pixels():
    plan = Geometry.parse("200x200#").plan(Size(800, 400))
    assert plan.crop_in_source(Size(800, 400)) == (200.0, 0.0, 400.0, 400.0)
    whole = Geometry.parse("200x200>").plan(Size(800, 400))
    assert whole.crop_in_source(Size(800, 400)) == (0.0, 0.0, 800.0, 400.0)


def test_a_size_can_be_taken_apart():
    width, height = Size(3, 4)
    assert (width, height, Size(3, 4).pixels) == (3, 4, 12)


def test_geometry_alone_loads_no_pillow():
    code = "import sys, uploader.imaging.geometry; print('PIL' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
