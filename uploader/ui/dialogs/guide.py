"""The help window: the guide's contents, a page, search, back and forward."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QObject, QSettings, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent, QImage, QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout

from uploader.ui.dialogs.history import is_web
from uploader.ui.guide.contents import Contents, Entry
from uploader.ui.guide.dress import COLUMN, MARGIN
from uploader.ui.guide.pages import search
from uploader.ui.guide.shelf import Shelf, Volume
from uploader.ui.guide.trail import Place, Trail
from uploader.ui.guide.view import GuideView
from uploader.ui.shortcuts import add_shortcuts
from uploader.ui.sizing import give_size
from uploader.ui.text import translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.buttons import ToolButton
from uploader.ui.widgets.labels import label
from uploader.ui.widgets.search import SearchField
from uploader.ui.widgets.toolbar import HEIGHT, SEARCH_WIDTH

CONTENTS = 232
SIZE = (980, 700)
LEAST = (CONTENTS + COLUMN + 2 * MARGIN + 16, 360)
SEARCH_MS = 120
_GEOMETRY = "guide-geometry"


class GuideDialog(QDialog):
    """Stands beside every other window, also beside one that blocks the main window.

    Signals: `diagnostics_wanted()`. `open_url` shows an address in the browser.
    """

    diagnostics_wanted = Signal()

    def __init__(
        self,
        shelf: Shelf,
        theme: Theme,
        settings: QSettings,
        place: Place = Place(),  # noqa: B008 - immutable
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        # Without a parent: a window that is modal to the main one would block its children.
        super().__init__(None)
        self._shelf, self._theme, self._settings = shelf, theme, settings
        self._open_url, self._volume, self._trail = open_url, Volume(), Trail(place)
        self.setWindowTitle(translate("Help", "Guide"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # The program ends with its main window, whether this one is open or not.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        give_size(self, theme, SIZE, LEAST)
        self.contents, self.view = Contents(theme), GuideView(theme)
        self.nothing = label("", "secondary-base")
        self.nothing.setWordWrap(True)
        self._build()
        self._connect()
        self._restore()
        shelf.fetch()

    # ---- building
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_bar())
        row = QHBoxLayout()
        row.setSpacing(0)
        side = QFrame()
        side.setObjectName("contents-side")
        side.setFixedWidth(CONTENTS)
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 8, 1, 0)
        beside.addWidget(self.nothing)
        beside.addWidget(self.contents, 1)
        self.nothing.setContentsMargins(16, 8, 8, 8)
        self.nothing.hide()
        row.addWidget(side)
        row.addWidget(self.view, 1)
        column.addLayout(row, 1)
        self.view.setFocus()

    def _make_bar(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("toolbar")
        bar.setFixedHeight(HEIGHT)
        theme = self._theme
        self.back = ToolButton(theme, "left", translate("Help", "Back"), compact=True)
        self.forward = ToolButton(theme, "right", translate("Help", "Forward"), compact=True)
        self.diagnostics = ToolButton(theme, "copy", translate("Help", "Copy diagnostics…"))
        self.search = SearchField(theme)
        self.search.setAccessibleName(translate("Help", "Search the guide"))
        self.search.setFixedWidth(SEARCH_WIDTH)
        row = QHBoxLayout(bar)
        row.setContentsMargins(7, 0, 16, 1)
        row.setSpacing(4)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        row.addStretch(1)
        row.addWidget(self.diagnostics)
        row.addSpacing(8)
        row.addWidget(self.search)
        return bar

    def _connect(self) -> None:
        self._shelf.read.connect(self._on_read)
        self._shelf.picture.connect(self._on_picture)
        self.view.followed.connect(self._follow)
        self.view.picture_wanted.connect(self._want)
        self.contents.chosen.connect(self._on_chosen)
        self.back.clicked.connect(lambda _checked: self._show(self._trail.back()))
        self.forward.clicked.connect(lambda _checked: self._show(self._trail.forward()))
        self.diagnostics.clicked.connect(lambda _checked: self.diagnostics_wanted.emit())
        self._searching = QTimer(self, interval=SEARCH_MS, singleShot=True)
        self._searching.timeout.connect(self._search)
        self.search.textChanged.connect(self._searching.start)
        self.search.returnPressed.connect(self._open_first)
        self.search.installEventFilter(self)
        acts = {
            "Alt+Left": self.back.click,
            "Alt+Right": self.forward.click,
            "Alt+Home": lambda: self.go(Place()),
            "Ctrl+F": self.search.setFocus,
        }
        add_shortcuts(self, acts)

    # ---- going about
    def go(self, place: Place) -> None:
        """Show another place; *Back* leads to the one before."""
        self._trail.go(place)
        self._show(place)

    def _show(self, place: Place) -> None:
        page = self._volume.page(place.page)
        if page is not None:
            anchor = self._volume.anchors.get(place, place.anchor)
            self.view.show_page(page, self._volume.sizes, anchor)
            self.setWindowTitle(page.title)
            self.contents.show_at(place.page, anchor)
        self.back.setEnabled(self._trail.can_go_back)
        self.forward.setEnabled(self._trail.can_go_forward)

    def _follow(self, link: str) -> None:
        if is_web(link):
            self._open_url(QUrl(link))
        elif self._volume.page((place := Place.of(link, self._trail.here.page)).page):
            self.go(place)

    def _on_chosen(self, entry: Entry) -> None:
        self.go(Place(entry.page, entry.anchor))

    # ---- what the shelf gives
    def _on_read(self, volume: Volume) -> None:
        self._volume = volume
        self.nothing.setText(
            translate("Help", "Nothing found")
            if volume.pages
            else translate("Help", "The guide can’t be read. Install the app again.")
        )
        self._search()
        self._show(self._trail.here)

    def _want(self, name: str, width: int) -> None:
        self._shelf.want(name, width, dark=self._theme.dark)

    def _on_picture(self, name: str, image: QImage) -> None:
        self.view.put_picture(name, image)

    # ---- searching
    def _search(self) -> None:
        self._searching.stop()
        query = self.search.text().strip()
        if query:
            self.contents.entries.list_hits(search(list(self._volume.pages), query))
        else:
            self.contents.entries.list_pages(self._volume.pages)
        self.nothing.setVisible(not self.contents.entries.rowCount())
        self.contents.show_at(*self._trail.here)
        self.view.mark(query)

    def _open_first(self) -> None:
        self._search()
        self.contents.open_first()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the field down into the list."""
        if watched is self.search and isinstance(event, QKeyEvent):
            down = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down
            if down:
                self.contents.setFocus()
                self.contents.open_first()
                return True
        return super().eventFilter(watched, event)

    # ---- what is remembered
    def _restore(self) -> None:
        geometry = self._settings.value(_GEOMETRY)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember the size."""
        super().hideEvent(event)
        self._settings.setValue(_GEOMETRY, self.saveGeometry())
