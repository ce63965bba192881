"""Files that would fill the memory never reach a decoder."""

import io
import struct
import tracemalloc
import zlib

import pytest
from PIL import Image, ImageFile

from uploader.domain.findings import FindingKind, Limits
from uploader.domain.styles import DEFAULT_STYLES
from uploader.imaging.inspect import inspect
from uploader.imaging.render import RenderError, render


def png(width, height, content=b""):
    def chunk(kind, data):
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + content + chunk(
        b"IDAT", zlib.compress(bytes(100_000_000), 9)
    ) + chunk(b"IEND", b"")  # fmt: skip


def jpeg(width, height):
    data = bytearray(_saved(Image.new("RGB", (16, 16)), "JPEG"))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def gif(width, height):
    data = bytearray(_saved(Image.new("P", (2, 2)), "GIF"))
    data[6:10] = struct.pack("<HH", width, height)
    return bytes(data)


def gif_frame(width, height):
    data = bytearray(_saved(Image.new("P", (2, 2)), "GIF"))
    frame = data.index(b"\x2c")
    data[frame + 5 : frame + 9] = struct.pack("<HH", width, height)
    return bytes(data)


def gif_frames(_width, _height):
    """Few bytes a frame, many frames: each would be a whole picture."""
    data = _saved(Image.new("P", (2000, 2000)), "GIF")
    start = data.index(b"\x2c")
    frame = data[start : start + 10] + b"\x02\x02\x44\x01\x00"
    return data[:start] + frame * 5000 + b"\x3b"


def bmp(width, height):
    return b"BM" + bytes(8) + struct.pack("<IIiiHHII", 54, 40, width, height, 1, 24, 1, 0) + b"\0"


def tiff(width, height):
    data = bytearray(_saved(Image.new("1", (1, 1)), "TIFF"))
    for tag, value in ((256, width), (257, height)):
        entry = data.index(struct.pack("<H", tag), 8)
        data[entry : entry + 12] = struct.pack("<HHII", tag, 4, 1, value)
    return bytes(data)


def webp(width, height):
    width, height = min(width, 1 << 24), min(height, 1 << 24)
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    data = _saved(Image.new("RGB", (8, 8)), "WEBP")[12:]
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + size + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def avif(width, height):
    data = bytearray(_saved(Image.new("RGB", (8, 8)), "AVIF"))
    extent = data.index(b"ispe") + 8
    data[extent : extent + 8] = struct.pack(">II", width, height)
    return bytes(data)


def _saved(image, kind):
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


@pytest.fixture(
    scope="module", params=[png, jpeg, gif, gif_frame, gif_frames, bmp, tiff, webp, avif]
)
def bomb(request):
    return request.param(50_000, 50_000)


@pytest.fixture
def no_decoding(monkeypatch):
    def load(self):
        raise AssertionError("a bomb was decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", load)
    monkeypatch.setattr(Image.Image, "load", load)


def peak_of(work):
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_bomb_is_refused_before_decoding(bomb, no_decoding):
    assert len(bomb) < 200_000
    source = io.BytesIO(bomb)
    found = []
    assert peak_of(lambda: found.append(inspect(source).refusal)) < 2_000_000
    assert found[0].kind is FindingKind.TOO_MANY_PIXELS
    with pytest.raises(RenderError) as caught:
        render(bomb, DEFAULT_STYLES)
    assert caught.value.finding.kind is FindingKind.TOO_MANY_PIXELS


def test_pillow_has_no_limit_of_its_own_that_would_refuse_what_a_store_takes(encoded):
    large = encoded(Image.new("1", (15_000, 13_000)), "PNG")
    limits = Limits(max_pixels=200_000_000)
    assert inspect(io.BytesIO(large), limits).findings == ()


def test_compressed_text_does_not_unfold(no_decoding):
    text = b"Comment\0\0" + zlib.compress(bytes(300_000_000), 9)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text
    chunk += struct.pack(">I", zlib.crc32(b"zTXt" + text))
    data = png(10, 10, chunk)
    refused = []
    assert peak_of(lambda: refused.append(inspect(io.BytesIO(data)).refusal)) < 8_000_000
    assert refused[0].kind is FindingKind.DAMAGED
