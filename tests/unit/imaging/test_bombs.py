"""Files that would fill the memory never reach a decoder."""

import io
import struct
import tracemalloc
import zlib

import pytest
from PIL import Image, ImageFile

from uploader.domain.findings import FindingKind, Format, Limits
from uploader.domain.styles import DEFAULT_STYLES
from uploader.imaging.containers import survey
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


def test_an_animation_of_more_frames_than_anyone_looks_at_is_refused():
    dot = gif(1, 1)
    frame = dot[dot.index(b"\x2c") : -1]
    found = inspect(io.BytesIO(dot[:-1] + frame * 10_000 + dot[-1:])).refusal
    assert found.kind is FindingKind.TOO_MANY_PIXELS
    assert found.sentence == "Too long: 10,001 frames are more than 10,000."
    assert inspect(io.BytesIO(dot[:-1] + frame * 99 + dot[-1:])).facts.frames == 100


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
    assert peak_of(lambda: refused.append(inspect(io.BytesIO(data)).refusal)) < 40_000_000
    assert refused[0].kind is FindingKind.DAMAGED


def test_long_text_is_no_damage():
    text = b"Comment\0\0" + zlib.compress(bytes(3_000_000), 9)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text
    data = png(10, 10, chunk + struct.pack(">I", zlib.crc32(b"zTXt" + text)))
    assert inspect(io.BytesIO(data)).findings == ()


def one_bit_tiff(*entries, end=b""):
    """A picture of 16 x 16; `end` begins at byte 400."""
    usual = [(256, 4, 1, 16), (257, 4, 1, 16), (258, 3, 1, 1), (259, 3, 1, 1), (262, 3, 1, 1)]
    rows = [struct.pack("<HHII", *entry) for entry in (*usual, *entries)]
    head = b"II*\0\x08\0\0\0" + struct.pack("<H", len(rows)) + b"".join(rows)
    return (head + bytes(4)).ljust(400, b"\0") + end


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        # One tile, larger than any picture.
        (one_bit_tiff((322, 4, 1, 60_000), (323, 4, 1, 60_000)), FindingKind.DAMAGED),
        (one_bit_tiff((273, 1, 1_500_000, 400), end=bytes(1_500_000)), FindingKind.DAMAGED),
        # Directories beyond whatever a file can be.
        (b"II+\0" + struct.pack("<HHQ", 8, 0, 2**64 - 1) + bytes(64), FindingKind.TRUNCATED),
        (b"II+\0" + struct.pack("<HHQ", 8, 0, 2**62) + bytes(64), FindingKind.TRUNCATED),
    ],
)
def test_a_tiff_that_promises_too_much(data, kind, no_decoding):
    refused = []
    assert peak_of(lambda: refused.append(inspect(io.BytesIO(data)).refusal)) < 4_000_000
    assert refused[0].kind is kind


def test_a_tag_that_is_repeated_is_read_once():
    reads = []

    class File(io.BytesIO):
        def read(self, size=-1):
            reads.append(size)
            return super().read(size)

    same = [(273, 1, 100_000, 400)] * 20
    data = one_bit_tiff(*same, end=bytes(100_000))
    survey(Format.TIFF, File(data), len(data))
    assert reads.count(100_000) == 1


def test_scans_of_one_component_each_are_counted_too():
    data = _saved(Image.new("RGB", (16, 16)), "JPEG")
    start = data.index(b"\xff\xda")
    scan = b"\xff\xda\0\x08\x01\x01\0\0\x3f\0"
    few, many = (data[:start] + scan * count + data[start:] for count in (2, 3000))
    assert inspect(io.BytesIO(few)).findings == ()
    assert inspect(io.BytesIO(many)).refusal.kind is FindingKind.DAMAGED
    with pytest.raises(RenderError) as caught:
        render(many, DEFAULT_STYLES)
    assert caught.value.finding.kind is FindingKind.DAMAGED
