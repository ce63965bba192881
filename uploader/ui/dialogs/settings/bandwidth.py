"""Settings: how fast photos may be sent, by the time of day."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from uploader.background.desk import Desk
from uploader.domain.bandwidth import Bandwidth, Span
from uploader.domain.preferences import Preferences
from uploader.ui.dialogs.settings.page import Page
from uploader.ui.text import translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.buttons import ToolButton, push_button
from uploader.ui.widgets.labels import label
from uploader.ui.widgets.number_fields import LimitField, TimeField

MOST = 6
"""Times of day that can be added."""


class SpanRow(QWidget):
    """Signals: `changed()`; `removed()`."""

    changed = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, span: Span) -> None:
        super().__init__()
        self.start = TimeField(translate("Settings", "From"), span.start)
        self.end = TimeField(translate("Settings", "To"), span.end)
        self.limit = LimitField(translate("Settings", "Limit in this time"))
        self.limit.setValue(span.limit)
        remove = ToolButton(theme, "close", translate("Settings", "Remove"), compact=True)
        remove.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 8)
        row.setSpacing(8)
        row.addWidget(self.start)
        row.addWidget(label(translate("Settings", "to")))
        row.addWidget(self.end)
        row.addWidget(self.limit)
        row.addWidget(remove)
        row.addStretch(1)
        for field in (self.start, self.end):
            field.timeChanged.connect(self.changed)
        self.limit.valueChanged.connect(self.changed)

    @property
    def span(self) -> Span:
        """What stands in the fields."""
        return Span(self.start.minutes, self.end.minutes, self.limit.value())


class BandwidthPage(Page):
    """One limit for most of the time, and others by the time of day."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(theme, translate("Settings", "Bandwidth"))
        self._desk = desk
        self.rows: list[SpanRow] = []
        name = translate("Settings", "Send no faster than")
        self.limit = LimitField(name)
        self.add_field(
            name,
            self.limit,
            translate("Settings", "For all photos together. Empty or 0: as fast as the line."),
        )
        self.column.addWidget(label(translate("Settings", "At other times of the day"), "label"))
        hint = translate("Settings", "The first time that fits counts; one may go over midnight.")
        self.add_hint(hint)
        self.column.addSpacing(10)
        self._place = self.column.count()
        self.add_time = push_button(translate("Settings", "Add a time…"))
        self.add_time.clicked.connect(self._add)
        holder = QHBoxLayout()
        holder.addWidget(self.add_time)
        holder.addStretch(1)
        self.column.addLayout(holder)
        self.end()
        self._show(desk.preferences)
        self.limit.valueChanged.connect(self._set)
        desk.preferences_changed.connect(self._show)

    def _show(self, preferences: Preferences) -> None:
        """Show what is set; fields that show it already stay, with the keyboard in them."""
        if preferences.bandwidth == self._entered():
            return
        self.limit.blockSignals(True)
        self.limit.setValue(preferences.bandwidth.limit)
        self.limit.blockSignals(False)
        for row in list(self.rows):
            self._take_away(row)
        for span in preferences.bandwidth.spans:
            self._put(span)

    def _entered(self) -> Bandwidth:
        return Bandwidth(self.limit.value(), tuple(row.span for row in self.rows))

    def _put(self, span: Span) -> SpanRow:
        row = SpanRow(self.theme, span)
        row.changed.connect(self._set)
        row.removed.connect(lambda: self._remove(row))
        self.column.insertWidget(self._place + len(self.rows), row)
        self.rows.append(row)
        self.add_time.setEnabled(len(self.rows) < MOST)
        return row

    def _take_away(self, row: SpanRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self.add_time.setEnabled(True)

    def _add(self) -> None:
        # A shop's opening hours: what most are after.
        self._put(Span(8 * 60, 18 * 60, 4.0)).start.setFocus()
        self._set()

    def _remove(self, row: SpanRow) -> None:
        self._take_away(row)
        self.add_time.setFocus()
        self._set()

    def _set(self) -> None:
        entered = self._entered()
        self._desk.change_preferences(lambda now: replace(now, bandwidth=entered))
