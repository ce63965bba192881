"""The toolbar: what can be done with the batch, search, the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from uploader.ui.text import counted, translate
from uploader.ui.theme import Role, Theme
from uploader.ui.widgets.buttons import StoreButton, ToolButton
from uploader.ui.widgets.search import SearchField

if TYPE_CHECKING:
    from uploader.background.values import Connection
    from uploader.ui.models.groups import Group

# ruff: noqa: PLC0415 - what the first paint can do without is imported when it is needed.

HEIGHT = 48
SEARCH_WIDTH = 216
SEARCH_LEAST = 144
SEARCH_SMALLEST = 64


class Toolbar(QFrame):
    """Signals: `searched(str)`; the buttons are the window's to connect."""

    searched = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self.setFixedHeight(HEIGHT)
        self.add_photos = ToolButton(theme, "add-photos", translate("Toolbar", "Add photos"))
        self.add_folder = ToolButton(theme, "add-folder", translate("Toolbar", "Add folder"))
        self.upload = ToolButton(theme, "upload", translate("Toolbar", "Upload"), accent=True)
        self.pause = ToolButton(theme, "pause", translate("Toolbar", "Pause"))
        self.retry = ToolButton(theme, "retry", translate("Toolbar", "Retry failed"))
        self.search = SearchField(theme)
        self.search.textChanged.connect(self.searched)
        self.store = StoreButton(theme)
        inspector = translate("Toolbar", "Show details")
        self.inspector = ToolButton(theme, "panel", inspector, compact=True)
        self.inspector.setCheckable(True)
        self.more = ToolButton(theme, "more", translate("Toolbar", "More"), compact=True)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._why_not, self._ready = "", 0
        self._lay_out()
        self.show_ready(0)
        for part in (self.pause, self.retry, self.search, self.inspector):
            part.setEnabled(False)
        self.store.show_store(translate("Toolbar", "Sign in"), "", "offline-dot", Role.TEXT_2)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(7, 0, 8, 1)
        row.setSpacing(4)
        separator = QWidget(self)
        separator.setObjectName("separator")
        separator.setFixedSize(1, 20)
        for widget in (self.add_photos, self.add_folder):
            row.addWidget(widget)
        row.addSpacing(10)
        row.addWidget(separator)
        row.addSpacing(7)
        for widget in (self.upload, self.pause, self.retry):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addSpacing(3)
        for widget in (self.store, self.inspector, self.more):
            row.addWidget(widget)

    # ---- what it shows
    def show_ready(self, ready: int) -> None:
        """Say how many photos Upload sends."""
        self._ready = ready
        words = counted("Toolbar", "Upload {n}", "Upload {n}", ready)
        why = translate("Toolbar", "Nothing is ready to be sent. Photos need an item first.")
        keys = QKeySequence("Ctrl+Enter").toString(QKeySequence.SequenceFormat.NativeText)
        tip = keys if ready else self._why_not or why
        self.upload.say(words if ready else translate("Toolbar", "Upload"), tip)
        self.upload.setEnabled(ready > 0)
        self._fit()

    def show_counts(self, counts: dict[Group, int], retriable: int, paused: bool) -> None:
        """Allow what there are photos for."""
        from uploader.ui.models.groups import Group

        some = counts[Group.ALL] > 0
        self.show_ready(counts[Group.READY])
        self.pause.setEnabled(paused or counts[Group.UPLOADING] > 0)
        self.retry.setEnabled(retriable > 0)
        self.search.setEnabled(some)
        self.inspector.setEnabled(some)

    def show_inspector(self, shown: bool) -> None:
        """Show whether the inspector is there, without asking for it."""
        self.inspector.blockSignals(True)
        self.inspector.setChecked(shown)
        self.inspector.blockSignals(False)

    def show_paused(self, paused: bool) -> None:
        """Turn Pause into Resume and back."""
        self.pause.say(translate("Toolbar", "Resume") if paused else translate("Toolbar", "Pause"))
        self.pause.set_icon_name("play" if paused else "pause")
        self._fit()

    def show_connection(self, connection: Connection) -> None:
        """Show the store's name and how it can be reached."""
        from uploader.background.values import Link

        name = connection.store_name or connection.address
        word, dot, role = {
            Link.SIGNED_OUT: (translate("Toolbar", "signed out"), "offline-dot", Role.TEXT_2),
            Link.CONNECTING: (translate("Toolbar", "connecting"), "offline-dot", Role.TEXT_2),
            Link.ONLINE: (translate("Toolbar", "online"), "online-dot", Role.LIVE),
            Link.OFFLINE: (translate("Toolbar", "offline"), "offline-dot", Role.TEXT_2),
        }[connection.link]
        if not name:
            name, word = translate("Toolbar", "Sign in"), ""
        self.store.show_store(name, word, dot, role)
        signed_out = connection.link is Link.SIGNED_OUT
        self._why_not = translate("Toolbar", "Sign in to your store first.") if signed_out else ""
        self.show_ready(self._ready)

    def set_menus(self, store: QMenu, more: QMenu) -> None:
        """Take over the menus."""
        self.store.setMenu(store)
        self.more.setMenu(more)

    # ---- room
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let words go where the window is narrow."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Shrink the search first; where that isn't enough, words go in the design's order."""
        going = (self.retry, self.pause, self.add_folder)
        fixed = sum(b.full_width() for b in (self.add_photos, self.upload, self.store))
        fixed += 16 + 12 * 4 + 21 + 2 * 32
        hidden, room = 0, 0
        for hidden in range(len(going) + 1):
            words = sum(b.full_width(n < hidden) for n, b in enumerate(going))
            room = self.width() - fixed - words
            if room >= (SEARCH_LEAST if hidden == 0 else SEARCH_WIDTH):
                break
        for number, button in enumerate(going):
            button.set_compact(number < hidden)
        for button in (self.store, self.add_photos):
            small = room < SEARCH_LEAST / 2
            button.set_compact(small)
            room += button.full_width() - button.full_width(small)
        self.search.setFixedWidth(max(SEARCH_SMALLEST, min(SEARCH_WIDTH, room)))
