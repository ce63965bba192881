"""The photo, large, with a style's crop drawn over it; the crop can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from uploader.domain.styles import Focus
from uploader.ui import numbers
from uploader.ui.crops import CropView
from uploader.ui.delegates.thumbs import fitted
from uploader.ui.roles import value_changed
from uploader.ui.text import translate
from uploader.ui.theme import FRAME_DARK, FRAME_LIGHT, HANDLE, SHADE, TAG, Role, Theme

HEIGHT = 200
HANDLE_SIZE = 28
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class CropBox(QWidget):
    """Signals: `dragged(Focus)` while the crop moves, `dropped(Focus)` when it has moved.

    Arrow keys move the crop by a hundredth of the photo, with Shift by ten.
    """

    SPOKEN_ROLE = QAccessible.Role.Graphic

    dragged = Signal(object)
    dropped = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pixmap: QPixmap | None = None
        self._crop: CropView | None = None
        self._name, self._movable = "", False
        self._held: tuple[QPointF, CropView] | None = None
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(translate("CropBox", "Photo with its crop"))
        self.setAccessibleDescription(translate("CropBox", "Arrow keys move the crop."))
        theme.changed.connect(self.update)

    @property
    def dragging(self) -> bool:
        """Whether the pointer holds the crop."""
        return self._held is not None

    def show_photo(self, pixmap: QPixmap | None) -> None:
        """Show a photo, or the mat while it isn't there."""
        self._pixmap = pixmap
        self.update()

    def show_crop(self, crop: CropView | None, style: str, movable: bool) -> None:
        """Draw a style's crop; `movable` gives it a handle."""
        moved, self._crop, self._name = crop != self._crop, crop, style
        if moved:
            value_changed(self, self.spoken_value())
        self._movable = movable and crop is not None and (crop.across or crop.down)
        focus = Qt.FocusPolicy.StrongFocus if self._movable else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(focus)
        shape = Qt.CursorShape.SizeAllCursor if self._movable else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.update()

    def spoken_value(self) -> str:
        """Say where the crop lies: which share of the photo it leaves out at each side."""
        crop, said = self._crop, list[str]()
        if crop is not None and crop.across:
            left, right = _shares(crop.x, crop.width, crop.size.width)
            text = translate("CropBox", "{left} cut at the left, {right} at the right",
                             left=left, right=right)  # fmt: skip
            said.append(text)
        if crop is not None and crop.down:
            top, bottom = _shares(crop.y, crop.height, crop.size.height)
            text = translate("CropBox", "{top} cut at the top, {bottom} at the bottom",
                             top=top, bottom=bottom)  # fmt: skip
            said.append(text)
        return ", ".join(said)

    # ---- geometry
    def photo_rect(self) -> QRect:
        """Give the photo's place in the box."""
        if self._crop is not None:
            size = QSize(self._crop.size.width, self._crop.size.height)
        elif self._pixmap is not None:
            size = self._pixmap.size()
        else:
            return QRect()
        return fitted(size, self.rect())

    def _scale(self) -> float:
        """Give box pixels per photo pixel."""
        assert self._crop is not None
        return self.photo_rect().width() / self._crop.size.width

    def crop_rect(self) -> QRectF:
        """Give the crop's place in the box; empty without a crop."""
        if self._crop is None:
            return QRectF()
        photo, scale, crop = self.photo_rect(), self._scale(), self._crop
        return QRectF(
            photo.x() + crop.x * scale,
            photo.y() + crop.y * scale,
            crop.width * scale,
            crop.height * scale,
        )

    # ---- moving
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the crop; a click outside puts its centre there first."""
        if not self._movable or event.button() != Qt.MouseButton.LeftButton or not self._crop:
            return
        self._held = (event.position(), self._crop)
        frame = self.crop_rect()
        if not frame.contains(event.position()):
            way = (event.position() - frame.center()) / self._scale()
            self.dragged.emit(self._crop.moved(way.x(), way.y()))
            self._held = (event.position(), self._crop)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the crop."""
        if self._held is not None:
            start, crop = self._held
            way = (event.position() - start) / self._scale()
            self.dragged.emit(crop.moved(way.x(), way.y()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        if self._held is not None:
            self._held = None
            if self._crop is not None:
                self.dropped.emit(self._crop.moved(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the crop in steps."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self._movable or self._crop is None:
            super().keyPressEvent(event)
            return
        far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        size = self._crop.size
        focus = self._crop.moved(
            step[0] * far * size.width / 100, step[1] * far * size.height / 100
        )
        self._move_to(focus)

    def _move_to(self, focus: Focus) -> None:
        self.dragged.emit(focus)
        self.dropped.emit(focus)

    # ---- painting
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mat, photo and crop."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._theme.colour(Role.MAT))
        photo = self.photo_rect()
        if self._pixmap is not None:
            painter.drawPixmap(photo, self._pixmap)
            if self._crop is not None:
                self._draw_crop(painter, photo)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour(Role.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _draw_crop(self, painter: QPainter, photo: QRect) -> None:
        frame = self.crop_rect()
        outside = QPainterPath()
        outside.addRect(QRectF(photo))
        inside = QPainterPath()
        inside.addRect(frame)
        painter.fillPath(outside - inside, SHADE)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for inset, width, colour in (
            (0.5, 1, FRAME_DARK), (2.0, 2, FRAME_LIGHT), (3.5, 1, FRAME_DARK)
        ):  # fmt: skip
            pen = QPen(colour, width)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(frame.adjusted(inset, inset, -inset, -inset))
        self._draw_tag(painter, frame)
        if self._movable:
            self._draw_handle(painter, frame.center())

    def _draw_tag(self, painter: QPainter, frame: QRectF) -> None:
        width = QFontMetrics(self._theme.small).horizontalAdvance(self._name) + 12
        where = QRectF(frame.x() + 9, frame.y() + 9, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(TAG)
        painter.drawRoundedRect(where, 3, 3)
        painter.setFont(self._theme.small)
        painter.setPen(FRAME_LIGHT)
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, self._name)

    def _draw_handle(self, painter: QPainter, centre: QPointF) -> None:
        """Draw a knob with arrows along the free axis."""
        assert self._crop is not None
        painter.setPen(QPen(QColor(FRAME_DARK), 1))
        painter.setBrush(FRAME_LIGHT)
        painter.drawEllipse(centre, HANDLE_SIZE / 2 - 0.5, HANDLE_SIZE / 2 - 0.5)
        pen = QPen(HANDLE, 1.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.save()
        painter.translate(centre)
        if self._crop.across:
            self._draw_arrow(painter)
        if self._crop.down:
            painter.rotate(90)
            self._draw_arrow(painter)
        painter.restore()

    @staticmethod
    def _draw_arrow(painter: QPainter) -> None:
        painter.drawLine(QPointF(-7, 0), QPointF(7, 0))
        for side in (-1, 1):
            tip = QPointF(7 * side, 0)
            painter.drawLine(tip, tip + QPointF(-3.2 * side, -3.2))
            painter.drawLine(tip, tip + QPointF(-3.2 * side, 3.2))


def _shares(before: float, kept: float, whole: float) -> tuple[str, str]:
    """Write what lies before and behind a crop as shares of the whole."""
    return numbers.percent(before / whole), numbers.percent(1 - (before + kept) / whole)
