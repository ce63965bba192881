"""Sizes and offsets over thousands of generated cases: ours beside the real ImageMagick 6."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uploader.imaging.geometry import Geometry, Size

SIDES = st.one_of(st.integers(1, 40), st.integers(41, 1200), st.integers(300, 1200))
TARGETS = st.integers(1, 320)
SIZES = st.lists(st.tuples(SIDES, SIDES), min_size=12, max_size=12, unique=True)
FILLINGS = st.lists(st.tuples(TARGETS, TARGETS), min_size=10, max_size=10, unique=True)
# Sides beyond this are above the limit of Debian's ImageMagick policy, which then refuses.
LONGEST = 12_000


def rounds(count):
    """As many generated batches; one batch is one process with 120 pictures."""
    return settings(
        max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )


@st.composite
def scalings(draw):
    modifier = draw(st.sampled_from(["", ">", "<", "^", "!", "%", "@"]))
    width, height = draw(TARGETS), draw(TARGETS)
    if modifier == "@":
        width *= height
    forms = [f"{width}x{height}", f"{width}x", f"{width}"]
    if modifier != "@":
        forms.append(f"x{height}")
    return draw(st.sampled_from(forms)) + modifier


def possible(width, height, text):
    """Leave out what ImageMagick refuses: sides of 0 (ours: 1) and sides above its limit."""
    size = Geometry.parse(text).plan(Size(width, height)).scaled
    return max(size) <= LONGEST and (min(size) > 1 or text[-1] not in "%@")


def numbers(lines):
    return [[int(number) for number in line.split()] for line in lines]


def test_sizes_are_imagemagicks(imagemagick):
    seen = set()

    @rounds(19)
    @given(SIZES, st.lists(scalings(), min_size=10, max_size=10, unique=True))
    def compare(sizes, texts):
        cases = [(*size, text) for size, text in product(sizes, texts) if possible(*size, text)]
        arguments = []
        for width, height, text in cases:
            source = ["-size", f"{width}x{height}", "xc:", "-filter", "point"]
            arguments += ["(", *source, "-resize", str(Geometry.parse(text)), ")"]
        theirs = numbers(imagemagick.text(*arguments, "-format", "%w %h\\n", "info:"))
        for (width, height, text), size in zip(cases, theirs, strict=True):
            ours = Geometry.parse(text).plan(Size(width, height)).result
            assert [*ours] == size, (width, height, text)
        seen.update(cases)

    compare()
    assert len(seen) >= 2000


def test_filling_sizes_and_offsets_are_paperclips(imagemagick, paperclip):
    seen = set()

    @rounds(11)
    @given(SIZES, FILLINGS)
    def compare(sizes, targets):
        cases = [
            (*size, *target)
            for size, target in product(sizes, targets)
            if possible(*size, "{}x{}#".format(*target))
        ]
        arguments = []
        for case in cases:
            scale, crop = paperclip(*case)
            source = ["-size", f"{case[0]}x{case[1]}", "xc:", "-filter", "point"]
            arguments += ["(", *source, "-resize", scale, "-crop", crop, ")"]
        lines = imagemagick.text(*arguments, "-format", "%w %h %W %H %X %Y\\n", "info:")
        for case, theirs in zip(cases, numbers(lines), strict=True):
            plan = Geometry.parse(f"{case[2]}x{case[3]}#").plan(Size(case[0], case[1]))
            assert [*plan.result, *plan.scaled, plan.crop.x, plan.crop.y] == theirs, case
        seen.update(cases)

    compare()
    assert len(seen) >= 1000


@pytest.mark.parametrize(
    ("size", "scale", "crop", "text"),
    [("400x300", "200x", "200x0+0+75", "200x#"), ("400x300", "x200", "0x200+133+0", "x200#")],
)
def test_filling_with_one_side_is_what_paperclips_command_yields(
    imagemagick, size, scale, crop, text
):
    (line,) = imagemagick.text(
        "-size", size, "xc:", "-resize", scale, "-crop", crop, "-format", "%w %h", "info:"
    )
    result = Geometry.parse(text).plan(Size(400, 300)).result
    assert line == f"{result.width} {result.height}"


@pytest.mark.parametrize(("size", "text"), [("40x30", "1%"), ("4000x3", "10@")])
def test_where_imagemagick_fails_for_a_side_of_nothing_ours_is_one(imagemagick, size, text):
    assert imagemagick.fails("-size", size, "xc:", "-resize", text, "null:")
    width, height = map(int, size.split("x"))
    assert min(Geometry.parse(text).plan(Size(width, height)).result) == 1
