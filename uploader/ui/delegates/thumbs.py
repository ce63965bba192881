"""Previews as pixmaps of the size the list shows, a bounded number of them."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from uploader.background.previews import Previews
from uploader.background.values import Bitmap
from uploader.domain.photos import Photo
from uploader.ui.theme import Role, Theme

MOST = 400


def to_image(bitmap: Bitmap) -> QImage:
    """Wrap a bitmap's pixels; the copy makes the image own them."""
    row = bitmap.width * 4
    form = QImage.Format.Format_RGBA8888
    return QImage(bitmap.rgba, bitmap.width, bitmap.height, row, form).copy()


def draw_photo(painter: QPainter, theme: Theme, pixmap: QPixmap, where: QRect) -> None:
    """Draw a photo with its hairline; corners stay square, they belong to the result."""
    painter.drawPixmap(where, pixmap)
    painter.setPen(theme.colour(Role.HAIRLINE))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(where.adjusted(0, 0, -1, -1))


def fitted(size: QSize, box: QRect) -> QRect:
    """Fit a picture into a box, centred, never enlarged, its ratio kept."""
    if size.width() > box.width() or size.height() > box.height():
        size = size.scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
    size = size.expandedTo(QSize(1, 1))
    x = box.x() + (box.width() - size.width()) // 2
    return QRect(x, box.y() + (box.height() - size.height()) // 2, size.width(), size.height())


def _stamp(photo: Photo) -> tuple[object, ...]:
    """Give all that a photo's previews are made of."""
    return (photo.path, photo.fingerprint, photo.focus, photo.edits)


@dataclass(frozen=True, slots=True)
class _Made:
    """A scaled preview, what it was made of, and its place in the box."""

    stamp: tuple[object, ...]
    pixmap: QPixmap
    where: QRect


class Thumbs:
    """Scales each preview once per size and device ratio."""

    def __init__(self, previews: Previews, box: int) -> None:
        self._previews = previews
        self._box = QRect(0, 0, box, box)
        self._made: OrderedDict[tuple[int, str, float], _Made] = OrderedDict()

    def has(self, photo: Photo, style: str, ratio: float) -> bool:
        """Whether `get` has nothing to scale."""
        old = self._made.get((photo.id, style, ratio))
        made = old is not None and old.stamp == _stamp(photo)
        return made or self._previews.bitmap(photo, style) is None

    def get(self, photo: Photo, style: str, ratio: float) -> tuple[QPixmap, QRect] | None:
        """Give a photo's pixmap and its place in the box; None while it isn't there.

        After a change of file or crop the old one stands until the new one is rendered.
        """
        key, stamp = (photo.id, style, ratio), _stamp(photo)
        old = self._made.get(key)
        if old is not None and old.stamp == stamp:
            self._made.move_to_end(key)
            return old.pixmap, old.where
        bitmap = self._previews.bitmap(photo, style)
        if bitmap is None:
            return (old.pixmap, old.where) if old is not None else None
        made = _Made(stamp, *self._scale(bitmap, ratio))
        self._made[key] = made
        if len(self._made) > MOST:
            self._made.popitem(last=False)
        return made.pixmap, made.where

    def forget(self, photo_id: int) -> None:
        """Drop what has been rendered anew."""
        for key in [key for key in self._made if key[0] == photo_id]:
            del self._made[key]

    def clear(self) -> None:
        """Drop everything."""
        self._made.clear()

    def _scale(self, bitmap: Bitmap, ratio: float) -> tuple[QPixmap, QRect]:
        where = fitted(QSize(bitmap.width, bitmap.height), self._box)
        image = to_image(bitmap).scaled(
            round(where.width() * ratio),
            round(where.height() * ratio),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap, where
