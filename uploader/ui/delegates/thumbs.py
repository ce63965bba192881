"""Previews as pixmaps of the size the list shows, a bounded number of them."""

from __future__ import annotations

from collections import OrderedDict

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


class Thumbs:
    """Scales each preview once per size and device ratio."""

    def __init__(self, previews: Previews, box: int) -> None:
        self._previews = previews
        self._box = QRect(0, 0, box, box)
        self._pixmaps: OrderedDict[tuple[int, str, float], tuple[QPixmap, QRect]] = OrderedDict()

    def get(self, photo: Photo, style: str, ratio: float) -> tuple[QPixmap, QRect] | None:
        """Give a photo's pixmap and its place in the box; None while it isn't there."""
        key = (photo.id, style, ratio)
        if key in self._pixmaps:
            self._pixmaps.move_to_end(key)
            return self._pixmaps[key]
        bitmap = self._previews.bitmap(photo, style)
        if bitmap is None:
            return None
        self._pixmaps[key] = made = self._scale(bitmap, ratio)
        if len(self._pixmaps) > MOST:
            self._pixmaps.popitem(last=False)
        return made

    def forget(self, photo_id: int) -> None:
        """Drop what has been rendered anew."""
        for key in [key for key in self._pixmaps if key[0] == photo_id]:
            del self._pixmaps[key]

    def clear(self) -> None:
        """Drop everything."""
        self._pixmaps.clear()

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
