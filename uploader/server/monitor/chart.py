"""The last hour as bars, one for each minute: shapes for a small SVG, without any script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from uploader.server.monitor.health import photos, span

if TYPE_CHECKING:
    from uploader.server.processing.queue import Minute

WIDTH, HEIGHT = 720, 96
"""Of the drawing, in its own units."""

_LEAST = 2.0
"""Height of the smallest bar: one photo must be seen beside a thousand."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One minute: its two parts from the ground up, and its words."""

    x: float
    width: float
    live_y: float
    live_height: float
    failed_y: float
    failed_height: float
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars, and what the highest stands for."""

    bars: tuple[Bar, ...]
    most: int
    width: int = WIDTH
    height: int = HEIGHT


def chart(minutes: list[Minute]) -> Chart:
    """Draw photos that came live, and on top of them those that failed."""
    most = max((minute.live + minute.failed for minute in minutes), default=0)
    step = WIDTH / max(1, len(minutes))
    bars = tuple(
        _bar(minute, round(number * step, 2), round(step - 2, 2), most)
        for number, minute in enumerate(minutes)
        if minute.live or minute.failed
    )
    return Chart(bars, most)


def _bar(minute: Minute, x: float, width: float, most: int) -> Bar:
    live, failed = _height(minute.live, most), _height(minute.failed, most)
    ground = HEIGHT - live
    words = f"{minute.at:%H:%M} UTC: {photos(minute.live)} live"
    if minute.seconds is not None:
        words += f", {span(minute.seconds)} each"
    if minute.failed:
        words += f", {minute.failed} failed"
    return Bar(x, width, ground, live, max(0.0, ground - failed), failed, words)


def _height(count: int, most: int) -> float:
    return max(_LEAST, round(count / most * (HEIGHT - _LEAST), 2)) if count else 0.0
