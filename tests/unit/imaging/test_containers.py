"""Where files end: cut, padded, appended to, and lying about their size."""

import io
import struct

import pytest
from PIL import Image

from uploader.domain.findings import FindingKind, Format, Limits
from uploader.imaging.containers import DamagedError, Survey, survey
from uploader.imaging.inspect import inspect

VARIANTS = {
    "jpeg": ("JPEG", {}),
    "progressive": ("JPEG", {"progressive": True}),
    "restarts": ("JPEG", {"restart_marker_blocks": 4}),
    "png": ("PNG", {}),
    "webp": ("WEBP", {}),
    "lossless webp": ("WEBP", {"lossless": True}),
    "webp with exif": ("WEBP", {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"}),
    "gif": ("GIF", {}),
    "tiff": ("TIFF", {}),
    "deflated tiff": ("TIFF", {"compression": "tiff_deflate"}),
    "big tiff": ("TIFF", {"big_tiff": True}),
    "bmp": ("BMP", {}),
    "avif": ("AVIF", {}),
    "heic": ("HEIF", {}),
}


@pytest.fixture(params=VARIANTS)
def whole(request, photo, encoded):
    kind, options = VARIANTS[request.param]
    return encoded(photo(200, 150), kind, **options)


def look(data, **options):
    return inspect(io.BytesIO(data), **options)


def test_whole_files_are_fine(whole):
    inspection = look(whole)
    assert inspection.findings == ()
    assert (inspection.facts.width, inspection.facts.height) == (200, 150)
    assert look(whole, thorough=False).facts == inspection.facts


@pytest.mark.parametrize("part", [0.02, 0.1, 0.3, 0.5, 0.8, 0.95, 0.999])
def test_cut_files_are_refused_without_decoding(whole, part):
    cut = whole[: max(32, int(len(whole) * part))]
    found = look(cut).refusal
    assert found is not None
    assert found.kind is FindingKind.TRUNCATED
    assert found.sentence == "The file is damaged: it ends half-way."


def test_every_cut_of_a_file_is_refused(photo, encoded):
    for kind in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF"):
        data = encoded(photo(24, 16), kind)
        for length in range(1, len(data) - 1):
            assert look(data[:length]).refusal is not None, (kind, length)


def test_what_follows_the_end_is_no_harm(whole):
    if whole[:2] in (b"\xff\xd8", b"\x89P", b"GI", b"RI", b"II", b"BM"):
        assert look(whole + b"a film that the phone appended" * 9).findings == ()


def test_a_file_reserved_but_never_filled_is_truncated(photo, encoded):
    data = encoded(photo(200, 150), "JPEG")
    half = len(data) // 2
    assert look(data[:half] + bytes(half)).refusal.kind is FindingKind.TRUNCATED
    assert look(data + bytes(5000)).findings == ()


def test_the_end_of_an_embedded_preview_is_not_the_end(photo, encoded):
    preview = encoded(photo(40, 30), "JPEG")
    segment = b"\xff\xe1" + struct.pack(">H", len(preview) + 2) + preview
    data = encoded(photo(200, 150), "JPEG")
    data = data[:2] + segment + data[2:]
    assert look(data).findings == ()
    assert look(data[: len(data) // 2]).refusal.kind is FindingKind.TRUNCATED
    assert look(data[: 2 + len(segment)]).refusal.kind is FindingKind.TRUNCATED


def test_tables_between_scans_may_look_like_an_end(photo, encoded):
    data = encoded(photo(200, 150), "JPEG", progressive=True)
    second = data.index(b"\xff\xda", data.index(b"\xff\xda") + 2)
    comment = b"\xff\xfe\0\x06ab\xff\xd9"
    data = data[:second] + comment + data[second:]
    assert look(data).findings == ()
    assert look(data[: len(data) * 9 // 10]).refusal.kind is FindingKind.TRUNCATED


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (Format.JPEG, b"\xff\xd8\xff\xe0\0\x04abXX" + b"\0" * 50),
        (Format.JPEG, b"\xff\xd8\xff\xda\0\x04ab" + b"\0" * 50),
        (Format.PNG, b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + b"\0" * 50),
        (Format.PNG, b"\x89PNG\r\n\x1a\n\0\0\0\x0dJUNK" + b"\1" * 50),
        (Format.GIF, b"GIF89a\1\0\1\0\0\0\0\x3b"),
        (Format.GIF, b"GIF89a\1\0\1\0\0\0\0\x99" + b"\0" * 50),
        (Format.WEBP, b"RIFF\x0c\0\0\0WEBPJUNK\0\0\0\0"),
        (Format.BMP, b"BM" + b"\0" * 8 + struct.pack("<IIiiHHII", 54, 40, 0, 5, 1, 24, 0, 0)),
        (Format.TIFF, b"II*\0\x08\0\0\0\0\0\0\0\0\0"),
        (Format.TIFF, b"II*\0\x08\0\0\0\xff\xff" + b"\0" * 50),
        (Format.HEIC, b"\0\0\0\x04ftypheic" + b"\0" * 50),
    ],
)
def test_structures_that_contradict_themselves_are_damaged(kind, data):
    with pytest.raises(DamagedError):
        survey(kind, io.BytesIO(data), len(data))


def test_damage_is_told_in_a_sentence(tmp_path):
    found = look(b"\xff\xd8\xff\xe0\0\x04abXX" + b"\0" * 50).refusal
    assert found.kind is FindingKind.DAMAGED
    assert found.sentence == "The file is damaged: it can’t be read as JPEG."


def test_a_header_that_pillow_refuses_is_damaged(photo, encoded):
    data = bytearray(encoded(photo(20, 20), "PNG"))
    data[24] = 77  # bits a channel
    inspection = look(bytes(data))
    assert inspection.refusal.kind is FindingKind.DAMAGED
    assert inspection.facts.width == 20


def test_a_tiff_that_promises_endless_strips_takes_no_memory():
    entries = [(256, 4, 1, 10), (257, 4, 1, 10), (273, 4, 0xFFFFFFFF, 8), (279, 4, 0xFFFFFFFF, 8)]
    data = b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries))
    data += b"".join(struct.pack("<HHII", *entry) for entry in entries) + bytes(40)
    assert survey(Format.TIFF, io.BytesIO(data), len(data)) == Survey(0, 0, complete=False)


def test_old_and_upside_down_bitmaps():
    row = bytes(12)
    core = b"BM" + bytes(8) + struct.pack("<IIHHHH", 26, 12, 4, 3, 1, 24) + row * 3
    assert survey(Format.BMP, io.BytesIO(core), len(core)) == Survey(4, 3)
    down = b"BM" + bytes(8) + struct.pack("<IIiiHHII", 54, 40, 4, -3, 1, 24, 0, 0) + bytes(16)
    assert survey(Format.BMP, io.BytesIO(down), len(down)) == Survey(4, 3, complete=False)


def test_boxes_may_be_long_or_reach_to_the_end():
    long = struct.pack(">I4sQ", 1, b"free", 24) + bytes(8)
    rest = struct.pack(">I4s", 0, b"mdat") + bytes(99)
    data = long + rest
    assert survey(Format.AVIF, io.BytesIO(data), len(data)) == Survey(0, 0)


def test_a_small_screen_with_a_huge_frame_counts_as_huge(encoded):
    data = bytearray(encoded(Image.new("P", (1, 1)), "GIF"))
    frame = data.index(b"\x2c")
    data[frame + 5 : frame + 9] = struct.pack("<HH", 65535, 65535)
    found = look(bytes(data), limits=Limits()).refusal
    assert found.kind is FindingKind.TOO_MANY_PIXELS


def test_a_jpeg_of_endless_scans_is_refused(photo, encoded):
    data = encoded(photo(64, 64), "JPEG", progressive=True)
    start = data.rindex(b"\xff\xda")
    last = data[start:-2]
    found = look(data[:-2] + last * 300 + b"\xff\xd9").refusal
    assert found.kind is FindingKind.DAMAGED
