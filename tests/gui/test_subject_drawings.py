"""The product is found where it was put: the drawings, before backgrounds as shops have them.

Here because Qt draws the SVGs. Last measured: 95 of 97 warnings right, 66 of 73
cut products noticed.
"""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from uploader.domain.styles import SQUARE
from uploader.domain.subjects import Box
from uploader.imaging.cuts import cut_by
from uploader.imaging.geometry import Size
from uploader.imaging.subject import subject_of

DRAWINGS = sorted((Path(__file__).parents[2] / "resources" / "drawings").glob("*.svg"))
_BACKGROUND = re.compile(r'<rect [^>]*url\(#wall\)"/>.*?<rect [^>]*url\(#lt\)"/>', re.DOTALL)
_OVERALL = re.compile(r'<rect [^>]*url\(#(?:grain|vg)\)"[^>]*/>')
SHAPES = ((360, 240), (320, 240), (240, 320), (240, 360), (400, 225))
GROUNDS = ("white", "#d8d4cc", "#3a3d42", "#f3e9dc", "#b9c7c0")


@cache
def cut_out(drawing: Path) -> Image.Image:
    """Draw a product without its room, and cut it to its size (its shadow stays)."""
    svg = _OVERALL.sub("", _BACKGROUND.sub("", drawing.read_text("utf-8")))
    renderer = QSvgRenderer(svg.encode())
    size = renderer.defaultSize().scaled(300, 300, Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(size, QImage.Format.Format_RGBA8888)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return Image.frombytes("RGBA", (size.width(), size.height()), bytes(image.constBits()))


def solid(picture: Image.Image) -> tuple[int, int, int, int]:
    """The product itself, without its shadow and its glow."""
    return picture.getchannel("A").point(lambda a: 255 if a > 200 else 0).getbbox()


def room(size: tuple[int, int], dice: random.Random) -> Image.Image:
    """Paint a wall in fading light, often with a table before it, and a sensor's grain."""
    width, height = size
    wall = Image.new("RGB", size, dice.choice(GROUNDS))
    if dice.random() < 0.5:
        horizon = round(height * dice.uniform(0.55, 0.85))
        wall.paste(Image.new("RGB", size, dice.choice(GROUNDS[1:])), (0, horizon))
        wall = wall.filter(ImageFilter.GaussianBlur(dice.choice((0, 2))))
    light = Image.linear_gradient("L").resize(size).point(lambda v: 225 + v * 30 // 255)
    if dice.random() < 0.5:
        light = light.transpose(Image.Transpose.ROTATE_180)
    wall = ImageChops.multiply(wall, Image.merge("RGB", [light] * 3))
    noise = Image.frombytes("L", size, dice.randbytes(width * height))
    noise = noise.point(lambda v: 128 + (v - 128) * 14 // 255)
    return ImageChops.add(wall, Image.merge("RGB", [noise] * 3), 1, -128)


def scene(drawing: Path, dice: random.Random) -> tuple[Image.Image, Box]:
    """Put a product somewhere into a room; tell where it is."""
    picture = room(dice.choice(SHAPES), dice)
    product = cut_out(drawing)
    left, top, right, bottom = solid(product)
    fits = min(picture.width / (right - left), picture.height / (bottom - top))
    scale = fits * dice.uniform(0.45, 0.85)
    product = product.resize((round(product.width * scale), round(product.height * scale)))
    left, top, right, bottom = solid(product)
    margin = round(max(picture.size) * 0.045)
    x = dice.randint(margin, max(margin, picture.width - (right - left) - margin))
    y = dice.randint(margin, max(margin, picture.height - (bottom - top) - margin))
    picture.paste(product, (x - left, y - top), product)
    box = Box(x / picture.width, y / picture.height,
              (x + right - left) / picture.width, (y + bottom - top) / picture.height)  # fmt: skip
    return picture, box


def sticks_out(box: Box, size: Size) -> float:
    """By which part of a side the product truly lies outside the centre square."""
    side = min(size)
    across, down = side / size.width, side / size.height
    return max((1 - across) / 2 - box.left, box.right - (1 + across) / 2,
               (1 - down) / 2 - box.top, box.bottom - (1 + down) / 2)  # fmt: skip


def test_warnings_are_right(qapp, record_property):
    dice = random.Random(2026)
    right = wrong = missed = cut = unknown = whole_again = mendable = 0
    for _ in range(20):
        for drawing in DRAWINGS:
            picture, truth = scene(drawing, dice)
            size = Size(*picture.size)
            found = subject_of(picture)
            told = cut_by((SQUARE,), size, found)
            out = sticks_out(truth, size)
            unknown += found is None
            cut += out > 0.05
            missed += out > 0.05 and told is None
            if told is not None:
                right += out > 0.01
                wrong += out <= 0.01
                if told.keeps is not None:
                    mendable += 1
                    whole_again += cut_by((SQUARE,), size, truth, told.keeps) is None
    figures = (
        f"{right} warnings right, {wrong} wrong; of {cut} clearly cut {missed} unnoticed; "
        f"{unknown} of 220 not judged; {whole_again} of {mendable} whole by the focus"
    )
    record_property("figures", figures)
    assert wrong <= 0.04 * (right + wrong), figures
    assert missed <= 0.15 * cut, figures
    assert whole_again >= 0.95 * mendable, figures


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda path: path.stem)
def test_the_box_is_the_products(drawing, qapp):
    picture = room((320, 320), random.Random(1))
    product = cut_out(drawing)
    picture.paste(product, (10, 10), product)
    left, top, right, bottom = (edge + 10 for edge in solid(product))
    found = subject_of(picture)
    assert found is not None
    told = (found.left * 320, found.top * 320, found.right * 320, found.bottom * 320)
    assert told == pytest.approx((left, top, right, bottom), abs=18)
