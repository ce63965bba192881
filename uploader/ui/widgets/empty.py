"""What the window shows before the first photo: the whole of it is the drop area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from uploader.ui.text import translate
from uploader.ui.theme import Role, Theme
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.labels import label

if TYPE_CHECKING:
    from uploader.background.values import Connection
    from uploader.domain.stores import Capabilities
    from uploader.ui.widgets.first_steps import FirstSteps

# ruff: noqa: PLC0415 - what the first paint can do without is imported when it is needed.

CENTRE = Qt.AlignmentFlag.AlignCenter
MARGIN = 40
"""Around the words, inside the dashes."""


class Drawing(QWidget):
    """A photo of a mug, its crop, and the two pictures that the store makes of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(QSize(284, 134))
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw with lines only."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._frame(painter, QRectF(1, 1, 180, 120), Role.FIELD)
        self._line(painter, Role.CONTROL, QPointF(12, 102), QPointF(52, 102))
        self._line(painter, Role.CONTROL, QPointF(122, 102), QPointF(170, 102))
        self._frame(painter, QRectF(31, 1, 120, 120), Role.ACCENT, 2.5, 0)
        self._mug(painter, 62, 28, 64)
        for y in (46, 91):
            self._line(painter, Role.CONTROL, QPointF(192, y), QPointF(208, y))
            self._line(painter, Role.CONTROL, QPointF(203, y - 5), QPointF(208, y))
            self._line(painter, Role.CONTROL, QPointF(203, y + 5), QPointF(208, y))
        self._frame(painter, QRectF(222, 21, 60, 40), Role.FIELD)
        self._mug(painter, 242, 30, 22)
        self._frame(painter, QRectF(222, 71, 60, 60), Role.ACCENT, 2.5)
        self._mug(painter, 237, 85, 33)

    def _pen(self, role: Role, width: float) -> QPen:
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        return QPen(self._theme.colour(role), width, Qt.PenStyle.SolidLine, cap, join)

    def _frame(
        self, painter: QPainter, where: QRectF, role: Role, width: float = 2, radius: float = 2
    ) -> None:
        painter.setPen(self._pen(role, width))
        ground = self._theme.colour(Role.PANEL)
        painter.setBrush(ground if role is Role.FIELD or where.x() > 200 else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(where, radius, radius)

    def _line(self, painter: QPainter, role: Role, start: QPointF, end: QPointF) -> None:
        painter.setPen(self._pen(role, 2))
        painter.drawLine(start, end)

    def _mug(self, painter: QPainter, x: float, y: float, size: float) -> None:
        """Draw a mug into a square of `size`, the lines as thick as the size allows."""
        part = size / 64
        painter.save()
        painter.translate(x, y)
        painter.setPen(self._pen(Role.TEXT_2, 1.5 if size < 40 else 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        body = QPainterPath(QPointF(0, 7 * part))
        body.lineTo(4 * part, 57 * part)
        body.quadTo(QPointF(5 * part, 64 * part), QPointF(24 * part, 64 * part))
        body.quadTo(QPointF(43 * part, 64 * part), QPointF(44 * part, 57 * part))
        body.lineTo(48 * part, 7 * part)
        painter.drawPath(body)
        painter.drawEllipse(QRectF(0, 0, 48 * part, 13 * part))
        handle = QPainterPath(QPointF(47 * part, 18 * part))
        handle.cubicTo(
            QPointF(66 * part, 16 * part),
            QPointF(66 * part, 46 * part),
            QPointF(45.5 * part, 45 * part),
        )
        painter.drawPath(handle)
        painter.restore()


class EmptyState(QWidget):
    """Signals: `photos_wanted()`, `folder_wanted()`, `sign_in_wanted()`, `another_try()`."""

    sign_in_wanted = Signal()
    photos_wanted = Signal()
    folder_wanted = Signal()
    another_try = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._invitation = translate("Empty", "Drop photos or folders here")
        self._welcome = translate("Empty", "Three steps to your first photos in the shop")
        self._heading = label(self._invitation, "heading")
        self._hint = label("", "secondary-base")
        paste = QKeySequence(QKeySequence.StandardKey.Paste).toString(
            QKeySequence.SequenceFormat.NativeText
        )
        self._paste = label(translate("Empty", "or paste with {keys}", keys=paste), "secondary")
        self._takes = label("", "secondary")
        naming = translate(
            "Empty", "Name a photo after a SKU or a title and it finds its item by itself."
        )
        self._naming = label(naming, "secondary")
        self.steps: FirstSteps | None = None
        self._guides = self._failed = False
        self._connected = ""
        self._lay_out()
        theme.changed.connect(self.update)
        self._invite(signed_out=True, takes="")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(19)
        self._drawing = Drawing(self._theme)
        column.addWidget(self._drawing, 0, CENTRE)
        self._air = QWidget()
        self._air.setFixedHeight(40)
        column.addWidget(self._air)
        # As wide as the window, so that their height fits however often they break.
        for text in (self._heading, self._hint):
            text.setWordWrap(True)
            text.setAlignment(CENTRE)
            text.setContentsMargins(MARGIN, 0, MARGIN, 0)
        column.addWidget(self._heading)
        column.addSpacing(4)
        column.addWidget(self._hint)
        column.addSpacing(24)
        self._steps_place = QVBoxLayout()
        column.addLayout(self._steps_place)
        self._buttons = self._make_buttons()
        column.addWidget(self._buttons)
        self.again = push_button(translate("Empty", "Try again"), "accent")
        self.again.clicked.connect(self._try_again)
        self.again.hide()
        column.addWidget(self.again, 0, CENTRE)
        column.addSpacing(12)
        column.addWidget(self._paste, 0, CENTRE)
        column.addSpacing(42)
        for text in (self._takes, self._naming):
            text.setWordWrap(True)
            text.setAlignment(CENTRE)
            text.setContentsMargins(MARGIN, 0, MARGIN, 0)
        column.addWidget(self._takes)
        column.addSpacing(4)
        column.addWidget(self._naming)
        column.addStretch(17)

    def _make_buttons(self) -> QWidget:
        # One of the two fills with the accent: while signed out that is signing in.
        self.sign_in = push_button(translate("Empty", "Sign in…"), "accent")
        self.photos = push_button(translate("Empty", "Choose photos…"))
        folder = push_button(translate("Empty", "Choose a folder…"))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        for button, signal in (
            (self.sign_in, self.sign_in_wanted),
            (self.photos, self.photos_wanted),
            (folder, self.folder_wanted),
        ):
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        return holder

    def show_store(self, connection: Connection, capabilities: Capabilities) -> None:
        """Say what the store takes, or that one has to sign in first."""
        from uploader.background.values import Link

        signed_out = connection.link is Link.SIGNED_OUT
        # Of a store that nobody has named yet nothing is known.
        known = bool(connection.store_name) or not signed_out
        takes = self._what_it_takes(connection.store_name, capabilities) if known else ""
        self._connected = "" if signed_out else connection.store_name
        self._invite(signed_out=signed_out, takes=takes)

    def _invite(self, *, signed_out: bool, takes: str) -> None:
        self.sign_in.setVisible(signed_out)
        if bool(self.photos.property("accent")) is signed_out:
            self.photos.setProperty("accent", not signed_out)
            self.photos.style().polish(self.photos)
        self._hint.setText(
            translate("Empty", "Sign in to your store first: photos find their items there.")
            if signed_out
            else translate("Empty", "You see how the shop will crop them before anything is sent.")
        )
        self._takes.setText(takes)
        if self.steps is not None:
            self.steps.show_connected(self._connected)
        self._arrange()

    def guide(self, on: bool) -> None:
        """Show the first steps in the drawing's place, or the drawing again."""
        self._guides = on
        if on and self.steps is None:
            from uploader.ui.widgets.first_steps import FirstSteps

            self.steps = FirstSteps(self._theme)
            self.steps.show_connected(self._connected)
            self._steps_place.addWidget(self.steps, 0, CENTRE)
        self._arrange()

    def show_failure(self, title: str, detail: str) -> None:
        """Say why nothing can be done here but to try again."""
        from uploader.ui.phrasebook import say

        self._heading.setText(say(title))
        self._hint.setText(say(detail))
        self._show_failed(True)

    def show_invitation(self, connection: Connection, capabilities: Capabilities) -> None:
        """Take a failure back: photos may come."""
        self._show_failed(False)
        self.show_store(connection, capabilities)

    def _show_failed(self, failed: bool) -> None:
        self._failed = failed
        self.again.setEnabled(True)
        self._arrange()

    def _arrange(self) -> None:
        """Show what belongs to the invitation, the first steps or the failure, and only that."""
        failed, guides = self._failed, self._guides and not self._failed
        self.again.setVisible(failed)
        self._buttons.setHidden(failed)
        if self.steps is not None:
            self.steps.setVisible(guides)
        self._hint.setHidden(guides)
        for widget in (self._drawing, self._air, self._paste, self._naming):
            widget.setHidden(failed or guides)
        self._takes.setVisible(bool(self._takes.text()) and not (failed or guides))
        if not failed:
            self._heading.setText(self._welcome if guides else self._invitation)
        self.update()

    def _try_again(self) -> None:
        # Until there is an answer; another click would do nothing more.
        self.again.setEnabled(False)
        self.another_try.emit()

    def _what_it_takes(self, name: str, capabilities: Capabilities) -> str:
        from uploader.domain.findings import Format
        from uploader.ui import numbers

        limits = capabilities.limits
        kinds = [kind.label for kind in Format if not limits.formats or kind in limits.formats]
        return translate(
            "Empty",
            "{store} takes {kinds} and {last}, up to {size} and {pixels} megapixels each.",
            store=name or translate("Empty", "The store"),
            kinds=", ".join(kinds[:-1]),
            last=kinds[-1],
            size=numbers.size(limits.max_bytes),
            pixels=self.locale().toString(limits.max_pixels // 1_000_000),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the drop area; where nothing can be dropped there is none."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Not `fillRect`: at its first call PySide builds Qt’s 180 gradients, a tenth of the start.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(Role.WINDOW))
        painter.drawRect(self.rect())
        if self._failed:
            return
        pen = QPen(self._theme.colour(Role.FIELD), 1.5)
        pen.setDashPattern([2.5, 2])
        painter.setPen(pen)
        painter.setBrush(self._theme.colour(Role.BASE))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(24.5, 24.5, -24.5, -24.5), 10, 10)
