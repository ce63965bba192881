from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uploader.background.darkroom import wire
from uploader.background.darkroom.wire import Frame, WireError


def written(*frames: Frame) -> bytes:
    out = io.BytesIO()
    for frame in frames:
        wire.write(out, frame)
    return out.getvalue()


def test_frames_come_as_they_went() -> None:
    frames = [Frame({"a": 1}), Frame({}, (b"", b"\0" * 70_000, b"SUdr"))]
    pipe = io.BytesIO(written(*frames))
    assert [wire.read(pipe), wire.read(pipe)] == frames
    with pytest.raises(EOFError):
        wire.read(pipe)


@pytest.mark.parametrize("left", [1, 7, 9, 40, 63])
def test_what_is_cut_off_is_no_frame(left) -> None:
    whole = written(Frame({"a": 1}, (b"x" * 40,)))
    with pytest.raises(WireError):
        wire.read(io.BytesIO(whole[:left]))


@pytest.mark.parametrize(
    "head",
    [b"{}", b"[]", b"7", b"{", b"\xff", b'{"sizes": 3}', b'{"sizes": [-1]}', b'{"sizes": [true]}',
     b'{"sizes": [1e3]}', b'{"sizes": [9999999999]}', b'{"sizes": ["1"]}'],
)  # fmt: skip
def test_a_head_that_makes_no_sense(head) -> None:
    with pytest.raises(WireError):
        wire.read(io.BytesIO(b"SUdr" + len(head).to_bytes(4, "big") + head))


@given(st.binary(min_size=1, max_size=200))
def test_noise_is_no_frame(noise) -> None:
    with pytest.raises(WireError):
        wire.read(io.BytesIO(noise))
