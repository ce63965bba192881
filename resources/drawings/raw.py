"""What Pillow can't write: a Display P3 profile, and PNG with 16 bits per channel."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from PIL import Image

_P3_RED = (0.51512, 0.24120, -0.00105)
_P3_GREEN = (0.29198, 0.69225, 0.04189)
_P3_BLUE = (0.15710, 0.06657, 0.78407)
_D50 = (0.96420, 1.0, 0.82491)
_D65_TO_D50 = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168)
_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def display_p3() -> bytes:
    """Write a Display P3 profile (ICC.1:2010, version 4): P3's primaries with sRGB's curve."""
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + _fixed(*_SRGB_CURVE)
    tags = {
        b"desc": _text("Display P3"),
        b"cprt": _text("Public domain"),
        b"wtpt": _xyz(_D50),
        b"chad": b"sf32" + bytes(4) + _fixed(*_D65_TO_D50),
        b"rXYZ": _xyz(_P3_RED),
        b"gXYZ": _xyz(_P3_GREEN),
        b"bXYZ": _xyz(_P3_BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, data, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">II", start + len(data), len(content))
        data += content + bytes(-len(content) % 4)
    body = struct.pack(">I", len(tags)) + table + data
    return _header(128 + len(body)) + body


def save_png16(picture: Image.Image, path: Path) -> None:
    """Write an RGB picture as PNG with 16 bits per channel (each value × 257)."""
    width, height = picture.size
    pixels, stride = picture.convert("RGB").tobytes(), width * 3
    rows, above = bytearray(), bytes(stride * 2)
    for top in range(0, len(pixels), stride):
        row = bytes(value for value in pixels[top : top + stride] for _ in range(2))
        # Filter 2, "up": what is left of a smooth wall is nearly all zeros.
        rows += b"\x02" + bytes((a - b) & 255 for a, b in zip(row, above, strict=True))
        above = row
    header = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks))


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def _header(size: int) -> bytes:
    made = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    head = struct.pack(">I4xI", size, 0x04000000) + b"mntrRGB XYZ " + made + b"acsp"
    return (head + bytes(28) + _fixed(*_D50)).ljust(128, b"\0")


def _fixed(*values: float) -> bytes:
    """Pack as ICC's s15Fixed16Number."""
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def _xyz(value: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(*value)


def _text(text: str) -> bytes:
    encoded = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, len(encoded), 28) + encoded
