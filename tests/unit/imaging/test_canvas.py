from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uploader.domain.edits import QUARTER_TURNS, Edits
from uploader.domain.styles import CENTRE, Focus
from uploader.imaging.canvas import Canvas, carried
from uploader.imaging.geometry import Rect, Size

LANDSCAPE = Size(400, 301)


def test_unedited_it_is_the_picture() -> None:
    canvas = Canvas.of(LANDSCAPE, Edits())
    assert canvas == Canvas(Size(400, 301), Rect(0, 0, 400, 301), 1)
    assert not canvas.is_padded


def test_turned_it_stands() -> None:
    assert Canvas.of(LANDSCAPE, Edits(90)) == Canvas(Size(301, 400), Rect(0, 0, 301, 400), 6)
    assert Canvas.of(LANDSCAPE, Edits(180)) == Canvas(Size(400, 301), Rect(0, 0, 400, 301), 3)


def test_padded_it_is_a_square_with_the_photo_in_its_middle() -> None:
    canvas = Canvas.of(LANDSCAPE, Edits(pad=True))
    assert canvas == Canvas(Size(400, 400), Rect(0, 50, 400, 301), 1)
    assert canvas.is_padded
    assert not Canvas.of(Size(9, 9), Edits(pad=True)).is_padded


@pytest.mark.parametrize("orientation", range(1, 9))
def test_four_turns_are_none(orientation: int) -> None:
    size = Size(4, 3)
    seen = {Canvas.of(size, Edits(rotate), orientation).orientation for rotate in QUARTER_TURNS}
    assert len(seen) == 4
    # Mirrored stays mirrored.
    assert seen in ({1, 3, 6, 8}, {2, 4, 5, 7})


def test_a_point_goes_with_the_picture() -> None:
    top_left = Focus(0.0, 0.0)
    assert carried(top_left, LANDSCAPE, Edits(), Edits(90)) == Focus(1.0, 0.0)
    assert carried(top_left, LANDSCAPE, Edits(), Edits(180)) == Focus(1.0, 1.0)
    assert carried(top_left, LANDSCAPE, Edits(), Edits(270)) == Focus(0.0, 1.0)
    assert carried(top_left, LANDSCAPE, Edits(), Edits(pad=True)) == Focus(0.0, 0.125)
    assert carried(Focus(0.3, 0.01), LANDSCAPE, Edits(pad=True), Edits()) == Focus(0.3, 0.0)


def test_the_centre_stays_the_centre() -> None:
    # Also where a pixel more lies on one side: Paperclip's own crop is meant.
    assert carried(CENTRE, LANDSCAPE, Edits(), Edits(90, pad=True)) is CENTRE


@given(x=st.floats(0, 1), y=st.floats(0, 1), by=st.sampled_from(QUARTER_TURNS), pad=st.booleans())
def test_back_it_is_the_same_point(x: float, y: float, by: int, pad: bool) -> None:
    there = carried(Focus(x, y), LANDSCAPE, Edits(90), Edits(by, pad))
    back = carried(there, LANDSCAPE, Edits(by, pad), Edits(90))
    assert (back.x, back.y) == (pytest.approx(x, abs=1e-5), pytest.approx(y, abs=1e-5))
