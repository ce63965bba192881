from __future__ import annotations

import io
import os

import pytest
from PIL import Image

from uploader.domain.edits import Edits
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.styles import DEFAULT_STYLES, SQUARE, THUMB, Style
from uploader.engine.compare import compare_with_preview
from uploader.engine.verify import NotAPictureError
from uploader.imaging.render import render


@pytest.fixture
def sent(make) -> Photo:
    return make(State.PROCESSING)


@pytest.fixture
def fetched(jpeg) -> dict[Style, bytes]:
    rendered = render(jpeg, DEFAULT_STYLES)
    return {style: rendered[style.name].encode().data for style in DEFAULT_STYLES}


def test_what_the_store_made_alike_matches(sent, fetched) -> None:
    assert compare_with_preview(sent, fetched) is True


def test_the_preview_is_turned_and_padded_as_it_was_sent(sent, jpeg, outbox, fetched) -> None:
    edits = Edits(90, pad=True)
    rendered = render(jpeg, DEFAULT_STYLES, edits=edits)
    made = {style: rendered[style.name].encode().data for style in DEFAULT_STYLES}
    edited = outbox.change(sent.id, edits=edits)
    assert compare_with_preview(edited, made) is True
    assert compare_with_preview(edited, fetched) is False
    assert compare_with_preview(sent, made) is False


def test_another_picture_does_not_match(sent, fetched) -> None:
    other = io.BytesIO()
    Image.new("RGB", (200, 200), "red").save(other, "JPEG")
    assert compare_with_preview(sent, fetched | {SQUARE: other.getvalue()}) is False


def test_another_size_does_not_match(sent, fetched) -> None:
    assert compare_with_preview(sent, fetched | {THUMB: fetched[SQUARE]}) is False


@pytest.mark.parametrize("content", [b"", b"<html>Not found</html>"])
def test_what_nobody_could_see_is_no_picture(sent, fetched, content) -> None:
    with pytest.raises(NotAPictureError) as broken:
        compare_with_preview(sent, fetched | {SQUARE: content})
    assert broken.value.style == "square"


def test_half_a_picture_is_none(sent, fetched) -> None:
    half = fetched[SQUARE][: len(fetched[SQUARE]) // 2]
    with pytest.raises(NotAPictureError):
        compare_with_preview(sent, fetched | {SQUARE: half})


def test_without_the_file_nothing_is_compared(sent, fetched, jpeg, outbox) -> None:
    os.utime(jpeg, ns=(1, 1))
    assert compare_with_preview(sent, fetched) is None
    jpeg.unlink()
    assert compare_with_preview(sent, fetched) is None
    assert compare_with_preview(outbox.change(sent.id, fingerprint=None), fetched) is None


def test_a_style_that_cannot_be_read_is_not_compared(sent, fetched) -> None:
    odd = {Style("odd", "no geometry"): fetched[SQUARE]}
    assert compare_with_preview(sent, odd) is None
