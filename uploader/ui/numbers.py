"""Sizes, times and shares as people write them, in their own locale."""

from __future__ import annotations

import re

from PySide6.QtCore import QDateTime, QLocale

from uploader.ui.text import translate

_WEEKDAY = re.compile(r"dddd[,.]?|,? dddd$")

_LARGEST = 4
"""The index of the largest unit, TB."""


def _unit(size: float) -> int:
    """Choose the unit, as an index, in which `size` bytes have at most three digits."""
    index = 0
    while index < _LARGEST and size >= 999.5 * 1000**index:
        index += 1
    return index


def _number(size: float, unit: int) -> str:
    """Write bytes in a unit: one decimal from MB on where it says something."""
    value = size / 1000**unit
    decimals = 0 if unit < 2 or value >= 100 or round(value, 1) == round(value) else 1
    return QLocale().toString(value, "f", decimals)


def size(count: float) -> str:
    """Write bytes: ``8.4 MB``. Decimal units, as stores state their limits."""
    unit = _unit(count)
    return _with_unit(_number(count, unit), unit)


def _with_unit(number: str, unit: int) -> str:
    """Write a number in the unit of this index. Rows ask often: one text is looked up, not all."""
    if unit == 0:
        return translate("Numbers", "{n} B", n=number)
    if unit == 1:
        return translate("Numbers", "{n} kB", n=number)
    if unit == 2:
        return translate("Numbers", "{n} MB", n=number)
    if unit == 3:
        return translate("Numbers", "{n} GB", n=number)
    return translate("Numbers", "{n} TB", n=number)


def part_of(part: float, whole: float) -> str:
    """Write two sizes in one unit: ``5.3 of 8.4 MB``."""
    unit = _unit(whole)
    sizes = {"part": _number(part, unit), "whole": _with_unit(_number(whole, unit), unit)}
    return translate("Numbers", "{part} of {whole}", **sizes)


def rate(bytes_per_second: float) -> str:
    """Write a speed: ``1.2 MB/s``."""
    return translate("Numbers", "{size}/s", size=size(bytes_per_second))


def duration(seconds: float) -> str:
    """Write a span in its largest sensible unit: ``12 s``, ``6 min``, ``2 h``."""
    whole = max(0, round(seconds))
    if whole < 90:
        return translate("Numbers", "{n} s", n=QLocale().toString(whole))
    if whole < 90 * 60:
        return translate("Numbers", "{n} min", n=QLocale().toString(round(whole / 60)))
    return translate("Numbers", "{n} h", n=QLocale().toString(round(whole / 3600)))


def percent(share: float) -> str:
    """Write a share from 0 to 1; never says 100 before it is."""
    return translate("Numbers", "{n}\u202f%", n=QLocale().toString(int(share * 100)))


def pixels(width: int, height: int) -> str:
    """Write a picture's size in pixels: ``6000 × 4000``."""
    return f"{width} × {height}"


def clock(at: float, with_seconds: bool = True) -> str:
    """Write a time of day from seconds since the epoch: ``20:42:10``."""
    moment = QDateTime.fromSecsSinceEpoch(int(at)).time()
    pattern = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
    if with_seconds:
        # No locale has a format with seconds and without the time zone's name.
        pattern = pattern.replace("mm", "mm:ss", 1)
    return QLocale().toString(moment, pattern)


def day(at: float) -> str:
    """Write a day from seconds since the epoch: ``29 Nov 2026``, ``Nov 29, 2026``."""
    moment = QDateTime.fromSecsSinceEpoch(int(at)).date()
    full = QLocale().dateFormat(QLocale.FormatType.LongFormat)
    # The order is the locale's; the weekday's name and the month's full one take too much room.
    return QLocale().toString(moment, _WEEKDAY.sub("", full).strip().replace("MMMM", "MMM"))
