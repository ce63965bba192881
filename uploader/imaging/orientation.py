"""EXIF's eight orientations: how stored pixels are turned and mirrored to be upright.

Resizing comes before turning, as it leaves fewer pixels to move: hence upright rectangles are
also told in the stored picture's own coordinates.
"""

from __future__ import annotations

from PIL import Image

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = frozenset({5, 6, 7, 8})
_FROM_RIGHT = frozenset({2, 3, 7, 8})
"""Stored left is upright right (for a lying picture: upright bottom)."""
_FROM_BOTTOM = frozenset({3, 4, 6, 7})
"""Stored top is upright bottom (for a lying picture: upright right)."""


def upright(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Swap width and height where the orientation does; its own inverse."""
    width, height = size
    return (height, width) if orientation in _LYING else (width, height)


def stored_box(box: Box, size: tuple[int, int], orientation: int) -> Box:
    """Tell where a box of the upright picture lies in the stored one of `size`."""
    left, top, right, bottom = box
    if orientation in _LYING:
        left, top, right, bottom = top, left, bottom, right
    if orientation in _FROM_RIGHT:
        left, right = size[0] - right, size[0] - left
    if orientation in _FROM_BOTTOM:
        top, bottom = size[1] - bottom, size[1] - top
    return left, top, right, bottom


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """Make stored pixels upright."""
    turn = _TURNS.get(orientation)
    return image.transpose(turn) if turn is not None else image
